"""Answering: a yes under the lock of the campaign, a no, a change of mind."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brief
from proche.areas.campaigns.actions.line import call_line
from proche.areas.campaigns.actions.telling import locked, tell
from proche.areas.campaigns.models import Campaign, Exchange, Offer, Parcel
from proche.areas.campaigns.queries import place_in_line, places_open
from proche.common.errors import Refusal


@dataclass(frozen=True)
class Address:
    """Where the parcel goes; kept until it is received, then erased."""

    street: str
    town: str
    postal_code: str
    note: str = ""


def accept(offer: Offer, *, address: Address | None = None, by: User | None = None) -> Exchange:
    """Make the exchange of an offer. Raises Refusal when every place is taken: the yes is kept,
    and this person stands in line. It is kept too where the offer was withdrawn meanwhile."""
    exchange = _accept_if_place(offer, address, by)
    if exchange is not None:
        return exchange
    if Offer.objects.filter(pk=offer.pk, state=Offer.State.WITHDRAWN).exists():
        raise Refusal(
            _(
                "The agency withdrew this offer meanwhile. Your yes is kept: if it is offered "
                "again, we write to you and you come before anybody new."
            ),
            code="offer_withdrawn",
        )
    raise Refusal(_in_line(place_in_line(offer)), code="places_taken")


def _in_line(place: int) -> str | Promise:
    if place > 1:
        return gettext(
            "All the places were taken a moment ago. Your yes is kept: you are number %(place)s in "
            "line if places open."
        ) % {"place": place}
    return _(
        "All the places were taken a moment ago. Your yes is kept: you are first in line "
        "if a place opens."
    )


@transaction.atomic
def _accept_if_place(offer: Offer, address: Address | None, by: User | None) -> Exchange | None:
    # The campaign is locked before counting: of two people on the last place, one waits here.
    campaign = Campaign.objects.select_for_update().get(pk=offer.campaign_id)
    offer = locked(offer)
    if offer.state == Offer.State.ACCEPTED:
        return offer.exchange
    if offer.state == Offer.State.WITHDRAWN:
        _keep_meanwhile(offer, Offer.Meanwhile.YES)
        return None
    _still_open(offer)
    if places_open(campaign, to=offer) == 0:
        _keep_the_yes(offer)
        return None
    brief = offer.campaign.brief
    if brief.format == Brief.Format.PRODUCT and address is None:
        raise Refusal(
            _("We need an address to send the parcel."), code="address_missing", field="street"
        )
    Offer.objects.filter(pk=offer.pk).update(state=Offer.State.ACCEPTED, answered_at=timezone.now())
    exchange = _make_exchange(offer, brief)
    if brief.format == Brief.Format.PRODUCT and address is not None:
        Parcel.objects.create(
            exchange=exchange,
            street=address.street,
            town=address.town,
            postal_code=address.postal_code,
            note=address.note,
        )
    tell(offer, "offer_accepted", by=by)
    return exchange


def _still_open(offer: Offer) -> None:
    today = timezone.localdate()
    late = offer.respond_by is not None and offer.respond_by < today
    if offer.state == Offer.State.SENT and not late:
        return
    sentences = {
        Offer.State.DECLINED: _("You declined this offer. Take your answer back first."),
        Offer.State.EXPIRED: _("The date to answer has passed. Write to us if you still want it."),
    }
    # The nightly job may not have closed it yet.
    state = Offer.State.EXPIRED if offer.state == Offer.State.SENT else Offer.State(offer.state)
    sentence = sentences.get(state, _("This offer was not sent yet."))
    raise Refusal(sentence, code=f"offer_{state}")


def _keep_the_yes(offer: Offer) -> None:
    if offer.wanted_at is None:
        Offer.objects.filter(pk=offer.pk).update(wanted_at=timezone.now())
        tell(offer, "offer_in_line")


def _keep_meanwhile(offer: Offer, answer: Offer.Meanwhile) -> None:
    """An answer to an offer that is withdrawn; the same one twice is kept once."""
    if offer.meanwhile != answer:
        Offer.objects.filter(pk=offer.pk).update(meanwhile=answer, meanwhile_at=timezone.now())
        tell(offer, f"offer_{answer}_kept")


def _make_exchange(offer: Offer, brief: Brief) -> Exchange:
    return Exchange.objects.create(
        offer=offer,
        kind=brief.exchange,
        obligation=brief.obligation,
        fair_value_cents=brief.fair_value_cents,
        agreed_at=timezone.now(),
    )


@transaction.atomic
def decline(offer: Offer, *, reason: str = "") -> None:
    """A no, with a reason if the person wishes; it weighs on nothing that follows. A place that was
    kept for them goes to the next in line. Of an offer withdrawn meanwhile, the no is kept."""
    campaign = Campaign.objects.select_for_update().get(pk=offer.campaign_id)
    current = locked(offer)
    if current.state == Offer.State.WITHDRAWN:
        _keep_meanwhile(current, Offer.Meanwhile.NO)
        return
    _still_open(current)
    Offer.objects.filter(pk=current.pk).update(
        state=Offer.State.DECLINED, answered_at=timezone.now(), decline_reason=reason.strip()
    )
    tell(current, "offer_declined")
    if current.called_at is not None:
        call_line(campaign)


def note_withdrawal_read(offer: Offer) -> None:
    """The member read that it was withdrawn: offered again, they are told."""
    Offer.objects.filter(pk=offer.pk, state=Offer.State.WITHDRAWN, withdrawal_read_at=None).update(
        withdrawal_read_at=timezone.now()
    )


@transaction.atomic
def say_why(offer: Offer, *, reason: str) -> None:
    """The reason of a no, given afterwards by whoever wishes to."""
    current = locked(offer)
    if current.state != Offer.State.DECLINED:
        raise Refusal(_("This offer was not declined."), code="not_declined")
    Offer.objects.filter(pk=current.pk).update(decline_reason=reason.strip())


@transaction.atomic
def reconsider(offer: Offer) -> None:
    """Undo of `decline`, until the last day to answer."""
    current = locked(offer)
    if current.state != Offer.State.DECLINED:
        raise Refusal(_("This offer was not declined."), code="not_declined")
    if current.respond_by is not None and current.respond_by < timezone.localdate():
        raise Refusal(
            _("The date to answer has passed. Write to us if you still want it."),
            code="offer_expired",
        )
    # A place that was kept for them went to the next in line: they stand in line again.
    Offer.objects.filter(pk=current.pk).update(
        state=Offer.State.SENT, answered_at=None, decline_reason="", called_at=None
    )
    tell(current, "offer_reconsidered")


@transaction.atomic
def give_up(exchange: Exchange, *, by: User | None = None) -> None:
    """Take a yes back while the parcel has not left; whoever was first in line is told."""
    campaign = Campaign.objects.select_for_update().get(pk=exchange.offer.campaign_id)
    offer = locked(exchange.offer)
    parcel = Parcel.objects.filter(exchange__offer=offer).first()
    if parcel is None or parcel.state != Parcel.State.TO_PREPARE or not parcel.street:
        raise Refusal(
            _("The parcel has left: write to us, a person reads you."), code="parcel_left"
        )
    Exchange.objects.filter(offer=offer).delete()
    Offer.objects.filter(pk=offer.pk).update(
        state=Offer.State.DECLINED, answered_at=timezone.now(), wanted_at=None
    )
    tell(offer, "yes_taken_back", by=by)
    call_line(campaign)
