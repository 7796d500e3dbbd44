"""Asking, and answering: offers from the first mail to a yes, a no or the last day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brief
from proche.areas.campaigns.models import Campaign, Exchange, Offer, Parcel
from proche.areas.campaigns.queries import in_language, places_left, with_brief
from proche.areas.campaigns.rules import refusals
from proche.areas.messages.actions import Recipient, send
from proche.areas.people.actions import record
from proche.areas.people.models import Person
from proche.common.errors import Refusal


@dataclass(frozen=True)
class Address:
    """Where the parcel goes; kept until it is received, then erased."""

    street: str
    town: str
    postal_code: str
    note: str = ""


@dataclass(frozen=True)
class SentOffers:
    """Who was asked, and who was not, each with the sentence that says why."""

    sent: list[Offer]
    left_out: list[tuple[Person, str | Promise]]


@transaction.atomic
def open_campaign(brief: Brief, *, by: User | None) -> Campaign:
    """The campaign of a brief, opened once; a second call gives the same one."""
    campaign: Campaign | None = Campaign.objects.filter(brief=brief).first()
    if campaign is not None:
        return campaign
    if brief.ends_on < timezone.localdate():
        raise Refusal(_("This brief is over. Change its dates first."), code="brief_over")
    return Campaign.objects.create(brief=brief, opened_at=timezone.now(), opened_by=by)


@transaction.atomic
def send_offers(campaign: Campaign, people: Iterable[Person], *, by: User | None) -> SentOffers:
    """Ask each of these people once. More may be asked than there are places; fewer may accept."""
    ids = [person.pk for person in people]
    # The rows are locked, so that two campaigns sent at once cannot both use the last ask.
    chosen = list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    why_not = refusals(campaign, chosen)
    order = {pk: place for place, pk in enumerate(ids)}
    chosen.sort(key=lambda person: order[person.pk])
    return SentOffers(
        sent=[_send_one(campaign, person, by) for person in chosen if person.pk not in why_not],
        left_out=[(person, why_not[person.pk]) for person in chosen if person.pk in why_not],
    )


def _send_one(campaign: Campaign, person: Person, by: User | None) -> Offer:
    programme = campaign.brief.brand.programme
    offer, _created = Offer.objects.update_or_create(
        campaign=campaign,
        person=person,
        defaults={
            "state": Offer.State.SENT,
            "sent_at": timezone.now(),
            "sent_by": by,
            "respond_by": timezone.localdate() + timedelta(days=programme.answer_days),
        },
    )
    _write_to(offer, "offer", once_key=f"offer:{offer.pk}", by=by)
    _tell(offer, "offer_sent", by=by)
    return offer


def _write_to(offer: Offer, kind: str, *, once_key: str, by: User | None) -> None:
    brief, person = offer.campaign.brief, offer.person
    send(
        brief.brand.programme,
        kind,
        Recipient.of(person),
        once_key=once_key,
        by=by,
        context={
            "offer": offer,
            "brief": brief,
            "brand": brief.brand.name,
            "title": in_language(brief, "title", person.language),
            "gets": in_language(brief, "gets", person.language),
            "asks": in_language(brief, "asks", person.language),
            "address": reverse("member:offer", args=[offer.key]),
        },
    )


def _tell(offer: Offer, verb: str, *, by: User | None = None, **details: str) -> None:
    brand = offer.campaign.brief.brand.name
    record(
        offer.person, verb, by=by, brand=brand, campaign=offer.campaign.brief.title_fr, **details
    )


def accept(offer: Offer, *, address: Address | None = None, by: User | None = None) -> Exchange:
    """Make the exchange of an offer. Raises Refusal when every place is taken: the yes is kept,
    and this person is first in line."""
    exchange = _accept_if_place(offer, address, by)
    if exchange is None:
        raise Refusal(
            _(
                "All the places were taken a moment ago. Your yes is kept: you are first in line "
                "if a place opens."
            ),
            code="places_taken",
        )
    return exchange


@transaction.atomic
def _accept_if_place(offer: Offer, address: Address | None, by: User | None) -> Exchange | None:
    # The campaign is locked before counting: of two people on the last place, one waits here.
    campaign = Campaign.objects.select_for_update().get(pk=offer.campaign_id)
    offer = _locked(offer)
    if offer.state == Offer.State.ACCEPTED:
        return offer.exchange
    _still_open(offer)
    if places_left(campaign) == 0:
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
    _tell(offer, "offer_accepted", by=by)
    return exchange


def _still_open(offer: Offer) -> None:
    today = timezone.localdate()
    late = offer.respond_by is not None and offer.respond_by < today
    if offer.state == Offer.State.SENT and not late:
        return
    sentences = {
        Offer.State.DECLINED: _("You declined this offer. Take your answer back first."),
        Offer.State.EXPIRED: _("The date to answer has passed. Write to us if you still want it."),
        Offer.State.WITHDRAWN: _("This offer was withdrawn."),
    }
    # The nightly job may not have closed it yet.
    state = Offer.State.EXPIRED if offer.state == Offer.State.SENT else Offer.State(offer.state)
    sentence = sentences.get(state, _("This offer was not sent yet."))
    raise Refusal(sentence, code=f"offer_{state}")


def _keep_the_yes(offer: Offer) -> None:
    if offer.wanted_at is None:
        Offer.objects.filter(pk=offer.pk).update(wanted_at=timezone.now())
        _tell(offer, "offer_in_line")


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
    """A no, with a reason if the person wishes; it weighs on nothing that follows."""
    current = _locked(offer)
    _still_open(current)
    Offer.objects.filter(pk=current.pk).update(
        state=Offer.State.DECLINED, answered_at=timezone.now(), decline_reason=reason.strip()
    )
    _tell(current, "offer_declined")


@transaction.atomic
def say_why(offer: Offer, *, reason: str) -> None:
    """The reason of a no, given afterwards by whoever wishes to."""
    current = _locked(offer)
    if current.state != Offer.State.DECLINED:
        raise Refusal(_("This offer was not declined."), code="not_declined")
    Offer.objects.filter(pk=current.pk).update(decline_reason=reason.strip())


@transaction.atomic
def reconsider(offer: Offer) -> None:
    """Undo of `decline`, until the last day to answer."""
    current = _locked(offer)
    if current.state != Offer.State.DECLINED:
        raise Refusal(_("This offer was not declined."), code="not_declined")
    if current.respond_by is not None and current.respond_by < timezone.localdate():
        raise Refusal(
            _("The date to answer has passed. Write to us if you still want it."),
            code="offer_expired",
        )
    Offer.objects.filter(pk=current.pk).update(
        state=Offer.State.SENT, answered_at=None, decline_reason=""
    )
    _tell(current, "offer_reconsidered")


@transaction.atomic
def withdraw_offer(offer: Offer, *, by: User | None) -> None:
    current = _locked(offer)
    if current.state != Offer.State.SENT:
        raise Refusal(
            _("Only an offer that waits for an answer can be withdrawn."), code="not_waiting"
        )
    Offer.objects.filter(pk=current.pk).update(
        state=Offer.State.WITHDRAWN, answered_at=timezone.now()
    )
    _tell(current, "offer_withdrawn", by=by)


@transaction.atomic
def remind_offer(offer: Offer, *, by: User | None) -> None:
    """One reminder, no more; a second one is refused."""
    current = _locked(offer)
    if current.state != Offer.State.SENT:
        raise Refusal(_("This offer no longer waits for an answer."), code="not_waiting")
    if current.reminded_at is not None:
        raise Refusal(_("One reminder was already sent: no more than one."), code="reminded_once")
    Offer.objects.filter(pk=current.pk).update(reminded_at=timezone.now())
    _write_to(current, "offer_reminder", once_key=f"offer_reminder:{current.pk}", by=by)
    _tell(current, "offer_reminded", by=by)


@transaction.atomic
def expire_offers() -> int:
    """Close the offers whose last day has passed; returns how many."""
    late = with_brief(
        Offer.objects.select_for_update(of=("self",)).filter(
            state=Offer.State.SENT, respond_by__lt=timezone.localdate()
        )
    )
    offers = list(late)
    Offer.objects.filter(pk__in=[offer.pk for offer in offers]).update(
        state=Offer.State.EXPIRED, answered_at=timezone.now()
    )
    for offer in offers:
        _tell(offer, "offer_expired")
    return len(offers)


def _locked(offer: Offer) -> Offer:
    return with_brief(Offer.objects.select_for_update(of=("self",))).get(pk=offer.pk)
