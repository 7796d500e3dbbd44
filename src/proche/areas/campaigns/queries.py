"""Reads of campaigns used by several pages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from proche.areas.accounts.models import Programme
from proche.areas.brands.models import Brief
from proche.areas.campaigns.models import Campaign, Exchange, Offer, Parcel
from proche.areas.consent.models import Purpose
from proche.areas.consent.queries import agreed
from proche.areas.people.models import Account, Person

State = Offer.State


def in_language(row: Any, field: str, language: str) -> str:
    """`title_fr` or `title_en` of a brief, an event, a call; French where English is missing."""
    side = "en" if language.startswith("en") else "fr"
    return str(getattr(row, f"{field}_{side}") or getattr(row, f"{field}_fr"))


def programme_of_campaign(campaign: Campaign) -> Programme:
    return campaign.brief.brand.programme


# A yes that came too late stands in line, even once its last day has passed.
IN_LINE = [State.SENT, State.EXPIRED]
# Whoever left before anything was sent to them holds no place any more.
LEFT_EARLY = Q(person__state=Person.State.LEFT, exchange__parcel__isnull=True)
TAKEN = Q(state=State.ACCEPTED) & ~LEFT_EARLY


def accepted_count(campaign: Campaign) -> int:
    return campaign.offers.filter(TAKEN).count()


def places_left(campaign: Campaign) -> int:
    return max(0, campaign.brief.quantity - accepted_count(campaign))


def kept_places(campaign: Campaign) -> QuerySet[Offer]:
    """The offers of those called from the line, whose place is kept until their last day."""
    return campaign.offers.filter(
        state=State.SENT, called_at__isnull=False, respond_by__gte=timezone.localdate()
    )


def places_open(campaign: Campaign, *, to: Offer | None = None) -> int:
    """Places neither taken nor kept for somebody else than the person of this offer."""
    kept = kept_places(campaign)
    if to is not None:
        kept = kept.exclude(pk=to.pk)
    return max(0, places_left(campaign) - kept.count())


@dataclass(frozen=True)
class Standing:
    """`left` places are not taken, `kept` of them for who is called from the line; `out` offers
    wait for an answer."""

    left: int
    kept: int
    out: int

    @property
    def open(self) -> int:
        return max(0, self.left - self.kept)


def standing_of(campaign: Campaign) -> Standing:
    """One query."""
    waits = Q(state=State.SENT, respond_by__gte=timezone.localdate())
    counts = campaign.offers.aggregate(
        accepted=Count("pk", filter=TAKEN),
        kept=Count("pk", filter=waits & Q(called_at__isnull=False)),
        out=Count("pk", filter=waits & Q(wanted_at=None)),
    )
    left = max(0, campaign.brief.quantity - counts["accepted"])
    return Standing(left, counts["kept"], counts["out"])


def waiting_for_answer(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Sent, not answered, their last day still to come."""
    return offers.filter(state=State.SENT, wanted_at=None, respond_by__gte=timezone.localdate())


def with_brief(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    return offers.select_related("campaign__brief__brand__programme", "person")


def offers_to_answer(person: Person) -> QuerySet[Offer]:
    return with_brief(person.offers.filter(state=State.SENT)).order_by("respond_by", "pk")


def first_in_line(campaign: Campaign) -> QuerySet[Offer]:
    """Who said yes when every place was taken, in that order; a yes outlives its last day, until
    they are called, once."""
    return campaign.offers.filter(
        state__in=IN_LINE,
        wanted_at__isnull=False,
        called_at=None,
        person__state=Person.State.MEMBER,
    ).order_by("wanted_at", "pk")


def place_in_line(offer: Offer) -> int:
    """1 for whoever is called next; 0 for who does not stand in line."""
    line = list(first_in_line(offer.campaign).values_list("pk", flat=True))
    return line.index(offer.pk) + 1 if offer.pk in line else 0


def exchanges_of(person: Person) -> QuerySet[Exchange]:
    return Exchange.objects.filter(offer__person=person).select_related(
        "offer__campaign__brief__brand__programme", "parcel"
    )


def parcels_with_people(parcels: QuerySet[Parcel]) -> QuerySet[Parcel]:
    return parcels.select_related(
        "exchange__offer__person", "exchange__offer__campaign__brief__brand__programme"
    )


@dataclass(frozen=True)
class Came:
    """Who accepted and agreed to be named to brands: what the brand then sees."""

    name: str
    accounts: tuple[Account, ...]


def who_came(brief: Brief) -> tuple[list[Came], int]:
    """Those who accepted, in the order of their yes, named only with their consent of today; and
    how many others accepted. Two queries, whatever their number."""
    accepted = (
        Offer.objects.filter(campaign__brief=brief, state=State.ACCEPTED)
        .exclude(person__state=Person.State.LEFT)
        .annotate(agreed=agreed(Purpose.BRANDS, "person"))
        .select_related("person")
        .prefetch_related("person__accounts")
        .order_by("answered_at", "pk")
    )
    named = [
        Came(str(offer.person), tuple(offer.person.accounts.all()))
        for offer in accepted
        if offer.agreed
    ]
    return named, len(accepted) - len(named)
