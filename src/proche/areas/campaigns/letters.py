"""Messages about an exchange; some leave a little after the act, if it still stands."""

from django.db import transaction
from django.urls import reverse

from proche.areas.accounts.models import User
from proche.areas.campaigns.models import Exchange, Parcel
from proche.areas.campaigns.queries import in_language, parcels_with_people
from proche.areas.messages.actions import Recipient, send
from proche.areas.people.models import Person


@transaction.atomic
def shipped_letter(parcel_id: int) -> None:
    """Nothing is sent where the shipping was taken back, or the parcel is there already."""
    rows = parcels_with_people(Parcel.objects.filter(state=Parcel.State.SHIPPED))
    parcel = rows.filter(pk=parcel_id).first()
    if parcel is not None and parcel.shipped_at is not None:
        # A parcel shipped again after a loss is told again: the moment is part of the act.
        write_to(
            parcel.exchange,
            "parcel_shipped",
            f"{parcel.pk}:{parcel.shipped_at.isoformat()}",
            tracking=parcel.tracking,
        )


@transaction.atomic
def thanks_letter(exchange_id: int) -> None:
    exchange = (
        Exchange.objects.filter(pk=exchange_id, thanked_at__isnull=False)
        .select_related("offer__person", "offer__campaign__brief__brand__programme")
        .first()
    )
    if exchange is not None:
        write_to(exchange, "thanks", str(exchange.pk))


def write_to(
    exchange: Exchange, kind: str, act: str, *, by: User | None = None, **context: object
) -> None:
    """Write to the member about an exchange they accepted; the same act is told once."""
    person, brief = exchange.offer.person, exchange.offer.campaign.brief
    if person.state == Person.State.LEFT:
        return
    send(
        brief.brand.programme,
        kind,
        Recipient.of(person),
        once_key=f"{kind}:{act}",
        by=by,
        context={
            "brand": brief.brand.name,
            "title": in_language(brief, "title", person.language),
            "exchange": exchange,
            "address": reverse("member:exchange", args=[exchange.offer.key]),
            **context,
        },
    )
