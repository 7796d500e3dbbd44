"""Reads of shortlists, rosters and reviews."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from proche.areas.brands.models import Brief
from proche.areas.brands.queries import topic_names
from proche.areas.consent.models import Purpose
from proche.areas.consent.queries import agreed
from proche.areas.matching.models import BrandReview, RosterPlace, RosterTerm, ShortlistEntry
from proche.areas.people.models import Person

# The reasons a brand may read; the others tell of what a person did for other brands.
FOR_BRANDS = {"topics", "words", "near_topic", "unprompted", "unprompted_kind", "close", "wish"}


def briefs_with_choice(briefs: QuerySet[Brief]) -> QuerySet[Brief]:
    """Each brief with its brand; its shortlist, roster and ranking run, where it has them."""
    return briefs.select_related("brand__programme", "shortlist__roster", "ranking_run__started_by")


def entries_with_people(entries: QuerySet[ShortlistEntry]) -> QuerySet[ShortlistEntry]:
    """Each entry with its person, and whether they are chosen and keep their seat."""
    place = RosterPlace.objects.filter(
        roster__shortlist=OuterRef("shortlist"), person=OuterRef("person")
    )
    return entries.select_related("person").annotate(
        chosen=Exists(place), locked=Subquery(place.values("locked")[:1])
    )


def let_go_for(brief: Brief) -> QuerySet[RosterTerm]:
    """Who stays out of the roster of a brief and of its reserve, the latest first."""
    return let_go_and_costs().filter(roster__shortlist__brief=brief, left_out=True)


def let_go_and_costs() -> QuerySet[RosterTerm]:
    """What rosters hold about one person each, with names."""
    terms = RosterTerm.objects.select_related("person", "let_go_by")
    return terms.order_by("-let_go_at", "pk")


def with_let_go(people: QuerySet[Person], brief: Brief) -> QuerySet[Person]:
    """Each person with `let_go` (bool), and when and by whom (a name) where it was done by hand."""
    terms = RosterTerm.objects.filter(
        roster__shortlist__brief=brief, left_out=True, person=OuterRef("pk")
    )
    return people.annotate(
        let_go=Exists(terms),
        let_go_at=Subquery(terms.values("let_go_at")[:1]),
        let_go_by=Subquery(terms.values("let_go_by__name")[:1]),
    )


def trace(token: str) -> str:
    """What is kept of the secret of a link."""
    return sha256(token.encode()).hexdigest()


def review_by_link(token: str) -> BrandReview | None:
    rows = BrandReview.objects.select_related(
        "contact", "roster__shortlist__brief__brand__programme"
    )
    kept = trace(token)
    return rows.filter(Q(token_hash=kept) | Q(reply_hash=kept)).first()


@dataclass(frozen=True)
class Shown:
    """Everything a brand may see of a person before they accept; nothing else leaves."""

    given_name: str
    region: str
    topics: tuple[str, ...]
    reasons: tuple[dict[str, Any], ...]


def shown_to_brand(review: BrandReview) -> list[Shown]:
    """The people of the roster in its order; name and region only with their consent of today."""
    places = (
        review.roster.places.filter(person__state=Person.State.MEMBER)
        .select_related("person")
        .annotate(agreed=agreed(Purpose.BRANDS, "person"))
        .order_by("position")
    )
    reasons = dict(
        ShortlistEntry.objects.filter(shortlist=review.roster.shortlist_id).values_list(
            "person", "reasons"
        )
    )
    return [
        Shown(
            given_name=place.person.given_name if place.agreed else "",
            region=place.person.region if place.agreed else "",
            topics=tuple(topic_names(place.person.topics)),
            reasons=tuple(r for r in reasons.get(place.person_id, []) if r["code"] in FOR_BRANDS),
        )
        for place in places
    ]
