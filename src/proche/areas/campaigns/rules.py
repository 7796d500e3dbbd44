"""Who may be asked, how often, and what may still be done with a parcel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proche.areas.brands.models import Brief
from proche.areas.campaigns.models import Campaign, Offer, Parcel
from proche.areas.consent.models import Consent, Purpose
from proche.areas.people.models import Person
from proche.common.words import month_day
from proche.core.matching import cannot_take

# What may be done next with a parcel, by its state.
SHIPPABLE = {Parcel.State.TO_PREPARE}
RECEIVABLE = {Parcel.State.TO_PREPARE, Parcel.State.SHIPPED, Parcel.State.LOST}
LOSABLE = {Parcel.State.SHIPPED}
BREAKABLE = {Parcel.State.SHIPPED, Parcel.State.RECEIVED}
REPLACEABLE = {Parcel.State.LOST, Parcel.State.BROKEN, Parcel.State.RETURNED}

# Of a brief whose first offer is sent: what no member read in it, and a last day further away.
MAY_STILL_CHANGE = {
    "quantity",
    "ends_on",
    "budget_cents",
    "topics",
    "regions",
    "languages",
    "archetypes",
    "contains",
}


def was_sent(brief: Brief) -> bool:
    """Whether a member was asked with it; a draft of an offer is no asking."""
    return Offer.objects.filter(campaign__brief=brief).exclude(state=Offer.State.DRAFT).exists()


def quarter_start(day: date) -> date:
    """The first day of the calendar quarter: what people mean by « this quarter »."""
    return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)


def asks_this_quarter(people: Iterable[Person], *, today: date) -> dict[int, int]:
    """Offers sent to each person since the quarter began, whatever became of them."""
    rows = (
        Offer.objects.filter(
            person__in=[person.pk for person in people],
            sent_at__date__gte=quarter_start(today),
        )
        .order_by()
        .values_list("person")
        .annotate(n=Count("pk"))
    )
    return dict(rows)


def refusals(campaign: Campaign, people: Iterable[Person]) -> dict[int, str | Promise]:
    """Why each of these people may not be asked now, by person; absent where they may be."""
    return refusals_for(campaign.brief, people)


def refusals_for(brief: Brief, people: Iterable[Person]) -> dict[int, str | Promise]:
    """The same before the campaign is opened, for whoever looks before sending."""
    people = list(people)
    ids = [person.pk for person in people]
    here, elsewhere = _asked(brief, ids)
    asks = asks_this_quarter(people, today=timezone.localdate())
    ceiling = brief.brand.programme.asks_per_quarter
    known = _Known(
        agreed=_agreed(ids),
        elsewhere=elsewhere,
        asked=here,
        at_ceiling={pk for pk in ids if asks.get(pk, 0) >= ceiling},
    )
    return _reasons(people, brief, known)


def refusals_to_restore(brief: Brief, people: Iterable[Person]) -> dict[int, str | Promise]:
    """Why an offer that was withdrawn may not wait again: it was asked and counted once already."""
    people = list(people)
    ids = [person.pk for person in people]
    return _reasons(people, brief, _Known(_agreed(ids), _asked(brief, ids)[1]))


def _asked(brief: Brief, ids: list[int]) -> tuple[dict[int, Offer], dict[int, Offer]]:
    """By person: the offer of this brief, and the one of another campaign of the programme that
    waits for their answer. One query."""
    here = Q(campaign__brief=brief) & ~Q(state=Offer.State.DRAFT)
    waits = Q(state=Offer.State.SENT, wanted_at=None, respond_by__gte=timezone.localdate())
    offers = Offer.objects.in_programme(brief.brand.programme).filter(here | waits, person__in=ids)
    found: tuple[dict[int, Offer], dict[int, Offer]] = {}, {}
    for offer in offers.select_related("campaign__brief__brand", "sent_by").order_by("sent_at"):
        found[offer.campaign.brief_id != brief.pk][offer.person_id] = offer
    return found


def _agreed(ids: list[int]) -> set[int]:
    given = Consent.objects.filter(person__in=ids, purpose=Purpose.OFFERS, withdrawn_at=None)
    return set(given.values_list("person", flat=True))


@dataclass(frozen=True)
class _Known:
    """Of these people: who agreed to offers, is being asked by another campaign, was asked by this
    one, and was asked as often as the quarter allows."""

    agreed: set[int]
    elsewhere: Mapping[int, Offer]
    asked: Mapping[int, Offer] = field(default_factory=dict)
    at_ceiling: set[int] = field(default_factory=set)


def _reasons(people: list[Person], brief: Brief, known: _Known) -> dict[int, str | Promise]:
    found = {person.pk: _reason(person, brief, known) for person in people}
    return {pk: reason for pk, reason in found.items() if reason is not None}


def _reason(person: Person, brief: Brief, known: _Known) -> str | Promise | None:
    if person.programme_id != brief.brand.programme_id:
        return _("Belongs to another programme.")
    if person.state == Person.State.ASLEEP:
        return _("Takes a break: no offer until they come back.")
    if person.state != Person.State.MEMBER:
        return _("Is not a member.")
    if person.pk in known.asked:
        return _already_asked(known.asked[person.pk])
    if person.pk in known.elsewhere:
        return _being_asked(known.elsewhere[person.pk])
    if person.pk not in known.agreed:
        return _("Did not agree to receive offers by email.")
    if brief.adults_only and not person.adult:
        return _("Did not say they are 18 or older; this brief is for adults.")
    if brief.alcohol and not person.accepts_alcohol:
        return _("Did not say that they accept alcohol.")
    if cannot_take(brief.contains, person.limits):
        return _("Wrote of an allergy, a diet or another limit against what it contains.")
    if brief.contains and person.limits_to_ask:
        return _("Wrote of a limit that we may not read before they agree.")
    if person.pk in known.at_ceiling:
        return _("Already received as many offers this quarter as the programme allows.")
    return None


def _already_asked(offer: Offer) -> str | Promise:
    """When and by whom, so that two of the team do not ask one person twice."""
    if offer.sent_at is None:
        return _("Was already asked for this brief.")
    when = date_format(timezone.localtime(offer.sent_at), "DATETIME_FORMAT")
    if offer.sent_by is None:
        return gettext("Was already asked for this brief, on %(when)s.") % {"when": when}
    told = {"when": when, "name": offer.sent_by}
    return gettext("Was already asked for this brief, on %(when)s by %(name)s.") % told


def _being_asked(offer: Offer) -> str:
    """An ask under way in another campaign, so that nobody gets two at once."""
    told = {
        "brand": offer.campaign.brief.brand.name,
        "when": month_day(offer.sent_at),
        "day": month_day(offer.respond_by),
        "name": offer.sent_by,
    }
    if offer.sent_by is None:
        return gettext("Asked for %(brand)s on %(when)s: has until %(day)s to answer.") % told
    return (
        gettext("Asked for %(brand)s on %(when)s by %(name)s: has until %(day)s to answer.") % told
    )
