"""Reads of campaigns used by several pages."""

from typing import Any

from django.db.models import QuerySet

from proche.areas.accounts.models import Programme
from proche.areas.campaigns.models import Campaign, Exchange, Offer, Parcel
from proche.areas.people.models import Person

State = Offer.State


def in_language(row: Any, field: str, language: str) -> str:
    """`title_fr` or `title_en` of a brief, an event, a call; French where English is missing."""
    side = "en" if language.startswith("en") else "fr"
    return str(getattr(row, f"{field}_{side}") or getattr(row, f"{field}_fr"))


def programme_of_campaign(campaign: Campaign) -> Programme:
    return campaign.brief.brand.programme


def accepted_count(campaign: Campaign) -> int:
    return campaign.offers.filter(state=State.ACCEPTED).count()


def places_left(campaign: Campaign) -> int:
    return max(0, campaign.brief.quantity - accepted_count(campaign))


def with_brief(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    return offers.select_related("campaign__brief__brand__programme", "person")


def offers_to_answer(person: Person) -> QuerySet[Offer]:
    return with_brief(person.offers.filter(state=State.SENT)).order_by("respond_by", "pk")


def first_in_line(campaign: Campaign) -> QuerySet[Offer]:
    """Who said yes when every place was taken, in that order; a yes outlives its last day."""
    waiting = [State.SENT, State.EXPIRED]
    return campaign.offers.filter(state__in=waiting, wanted_at__isnull=False).order_by("wanted_at")


def exchanges_of(person: Person) -> QuerySet[Exchange]:
    return Exchange.objects.filter(offer__person=person).select_related(
        "offer__campaign__brief__brand__programme", "parcel"
    )


def parcels_with_people(parcels: QuerySet[Parcel]) -> QuerySet[Parcel]:
    return parcels.select_related(
        "exchange__offer__person", "exchange__offer__campaign__brief__brand__programme"
    )
