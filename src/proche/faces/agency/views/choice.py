"""What the page of a brief shows of the choice made: rows, reach, reviews, offers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext, npgettext

from proche.areas.brands.models import Brief
from proche.areas.brands.queries import topic_names
from proche.areas.campaigns.models import Offer
from proche.areas.matching.models import (
    BrandReview,
    ReviewWord,
    Roster,
    RosterPlace,
    Shortlist,
    ShortlistEntry,
)
from proche.areas.matching.queries import let_go_and_costs
from proche.areas.matching.reach import Keys, added_by, publics_beside
from proche.common.choices import Archetype
from proche.common.regions import region_name
from proche.common.words import first_of_month, language, month_day
from proche.faces.agency.roster_page import standing

MOST_NAMES = 2


@dataclass(frozen=True)
class Row:
    entry: ShortlistEntry
    # What the person adds, or would add, to those already chosen; None where nobody knows.
    gain: int | None


def choice_of(brief: Brief, shortlist: Shortlist, entries: list[ShortlistEntry]) -> dict[str, Any]:
    roster = getattr(shortlist, "roster", None)
    if roster is None:
        rows = [Row(entry, None) for entry in entries]
        return {"roster": None, "rows": rows, "total": shortlist.considered}
    ranked = ShortlistEntry.objects.filter(shortlist=shortlist, person=OuterRef("person"))
    seated = roster.places.select_related("person").annotate(ranked=Exists(ranked))
    places: list[Any] = list(seated.order_by("position"))
    keys = _keys(roster, places, entries)
    # Read once, for those let go and for the conditions.
    prefetch_related_objects([roster], Prefetch("terms", let_go_and_costs()))
    reviews = list(
        roster.reviews.select_related("contact", "sent_by")
        .prefetch_related(Prefetch("words", ReviewWord.objects.select_related("by")))
        .order_by("-created_at")
    )
    return {
        "roster": roster,
        "places": places,
        "rows": _rows(places, entries, keys),
        "steps": [(short_name(p), p.gain) for p in places if p.gain is not None],
        # Still chosen, though the last ranking set them aside.
        "dropped": [place for place in places if not place.ranked],
        **standing(roster, places),
        "let_go": [term for term in roster.terms.all() if term.left_out],
        "reviews": reviews,
        "approved": any(review.state == BrandReview.State.APPROVED for review in reviews),
        "offers": _offers(brief),
        "total": shortlist.considered,
    }


def for_whom(brief: Brief) -> str:
    """Who the brief is for, in one line: what they talk about, what they do, where."""
    said = topic_names(brief.topics)[:MOST_NAMES]
    said += [str(Archetype(name).label) for name in brief.archetypes]
    if len(brief.regions) <= MOST_NAMES:
        said += [region_name(code, language()) for code in brief.regions]
    else:
        said.append(gettext("%(n)s regions") % {"n": len(brief.regions)})
    if brief.adults_only:
        said.append(gettext("18 or older"))
    return ", ".join(said) or gettext("Everybody in the bank")


def when(brief: Brief) -> str:
    """« 3 au 7 décembre », “December 3 to 7”: the month once where it is the same."""
    first, last = brief.starts_on, brief.ends_on
    same = (first.year, first.month) == (last.year, last.month)
    if first == last:
        return first_of_month(date_format(last, "DATE_FORMAT"))
    start, end = month_day(first), month_day(last)
    if same and language().startswith("en"):
        end = str(last.day)
    elif same:
        start = start.partition(" ")[0]
    return gettext("%(first)s to %(last)s") % {"first": start, "last": end}


def rows_with_gain(shortlist: Shortlist, entries: list[ShortlistEntry]) -> list[Row]:
    roster: Roster | None = getattr(shortlist, "roster", None)
    if roster is None:
        return [Row(entry, None) for entry in entries]
    places = list(roster.places.all())
    return _rows(places, entries, _keys(roster, places, entries))


def _keys(
    roster: Roster, places: list[RosterPlace], entries: list[ShortlistEntry]
) -> dict[int, Keys]:
    if not places:
        return {}
    shown = {place.person_id for place in places} | {entry.person_id for entry in entries}
    return publics_beside(roster, shown)


def _rows(
    places: list[RosterPlace], entries: list[ShortlistEntry], keys: dict[int, Keys]
) -> list[Row]:
    held = {place.person_id: place.gain for place in places}
    others = [entry.person_id for entry in entries if entry.person_id not in held]
    would_add = added_by(others, held, keys)
    return [Row(entry, {**would_add, **held}.get(entry.person_id)) for entry in entries]


def short_name(place: RosterPlace) -> str:
    return f"{place.person.given_name} {place.person.family_name[:1]}."


def _offers(brief: Brief) -> list[tuple[str, int]]:
    """How many offers are in each state, with the words of that number."""
    rows = Offer.objects.filter(campaign__brief=brief).order_by().values_list("state")
    counts = dict(rows.annotate(n=Count("pk")))
    return [(told(counts[state]), counts[state]) for state, told in TOLD.items() if state in counts]


TOLD: dict[str, Callable[[int], str]] = {
    "accepted": lambda n: npgettext("offers", "accepted", "accepted", n),
    "sent": lambda n: npgettext("offers", "waits for an answer", "wait for an answer", n),
    "declined": lambda n: npgettext("offers", "declined", "declined", n),
    "expired": lambda n: npgettext("offers", "left without an answer", "left without an answer", n),
    "withdrawn": lambda n: npgettext("offers", "withdrawn", "withdrawn", n),
}
