"""Asking: the campaign opened, offers sent, reminded once, withdrawn, closed on their last day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brief
from proche.areas.campaigns.actions.line import call_line
from proche.areas.campaigns.actions.telling import locked, tell, write_offer
from proche.areas.campaigns.models import Campaign, Offer, Wave
from proche.areas.campaigns.queries import with_brief
from proche.areas.campaigns.rules import refusals
from proche.areas.people.models import Person
from proche.common.errors import Refusal


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
def send_offers(
    campaign: Campaign,
    people: Iterable[Person],
    *,
    by: User | None,
    wave: Wave | None = None,
    by_itself: bool = False,
) -> SentOffers:
    """Ask each of these people once. More may be asked than there are places; fewer may accept."""
    ids = [person.pk for person in people]
    # The rows are locked, so that two campaigns sent at once cannot both use the last ask.
    chosen = list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    why_not = refusals(campaign, chosen)
    order = {pk: place for place, pk in enumerate(ids)}
    chosen.sort(key=lambda person: order[person.pk])
    last_day = wave.respond_by if wave is not None else None
    last_day = last_day or answer_day(campaign.brief, campaign.brief.brand.programme.answer_days)
    return SentOffers(
        sent=[
            _send_one(
                Offer(campaign=campaign, person=person, wave=wave, sent_by=by, respond_by=last_day),
                by_itself,
            )
            for person in chosen
            if person.pk not in why_not
        ],
        left_out=[(person, why_not[person.pk]) for person in chosen if person.pk in why_not],
    )


def answer_day(brief: Brief, days: int) -> date:
    """The last day to answer an offer sent today: not after the brief is over."""
    today = timezone.localdate()
    return max(today, min(today + timedelta(days=days), brief.ends_on))


def _send_one(asked: Offer, by_itself: bool) -> Offer:
    """The offer as it is asked; a draft of it becomes it."""
    by, wave = asked.sent_by, asked.wave
    offer, _created = Offer.objects.update_or_create(
        campaign=asked.campaign,
        person=asked.person,
        defaults={
            "wave": wave,
            "state": Offer.State.SENT,
            "sent_at": timezone.now(),
            "sent_by": by,
            "respond_by": asked.respond_by,
        },
    )
    write_offer(offer, "offer", once_key=f"offer:{offer.pk}", by=by)
    road = {"wave": wave.number, "by_itself": by_itself} if wave is not None else {}
    tell(offer, "offer_sent", by=by, **road)
    return offer


@transaction.atomic
def withdraw_offer(offer: Offer, *, by: User | None) -> None:
    """Nobody is written to; a place that was kept for them goes to the next in line."""
    campaign = Campaign.objects.select_for_update().get(pk=offer.campaign_id)
    withdraw_one(campaign, offer, by=by)


def withdraw_one(
    campaign: Campaign, offer: Offer, *, by: User | None, stopped_at: datetime | None = None
) -> None:
    """Call it with the campaign locked; `stopped_at` where the whole campaign stops."""
    current = locked(offer)
    if current.state != Offer.State.SENT:
        raise Refusal(
            _("Only an offer that waits for an answer can be withdrawn."), code="not_waiting"
        )
    Offer.objects.filter(pk=current.pk).update(
        state=Offer.State.WITHDRAWN,
        answered_at=timezone.now(),
        called_at=None,
        stopped_at=stopped_at,
    )
    tell(current, "offer_withdrawn", by=by)
    if current.called_at is not None:
        call_line(campaign)


@transaction.atomic
def remind_offer(offer: Offer, *, by: User | None) -> None:
    """One reminder, no more; a second one is refused."""
    current = locked(offer)
    if current.state != Offer.State.SENT:
        raise Refusal(_("This offer no longer waits for an answer."), code="not_waiting")
    if current.reminded_at is not None:
        raise Refusal(_("One reminder was already sent: no more than one."), code="reminded_once")
    Offer.objects.filter(pk=current.pk).update(reminded_at=timezone.now(), reminded_by=by)
    write_offer(current, "offer_reminder", once_key=f"offer_reminder:{current.pk}", by=by)
    tell(current, "offer_reminded", by=by)


def expire_offers() -> int:
    """Close the offers whose last day has passed; returns how many."""
    late = Offer.objects.filter(state=Offer.State.SENT, respond_by__lt=timezone.localdate())
    campaigns = late.order_by("campaign").values_list("campaign", flat=True).distinct()
    return sum(_expire_in(campaign_id) for campaign_id in list(campaigns))


@transaction.atomic
def _expire_in(campaign_id: int) -> int:
    # The campaign first, as whoever accepts does: in another order, two could wait on each other.
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    late = campaign.offers.filter(state=Offer.State.SENT, respond_by__lt=timezone.localdate())
    offers = list(with_brief(late.select_for_update(of=("self",))))
    Offer.objects.filter(pk__in=[offer.pk for offer in offers]).update(
        state=Offer.State.EXPIRED, answered_at=timezone.now()
    )
    for offer in offers:
        tell(offer, "offer_expired")
    if any(offer.called_at for offer in offers):
        call_line(campaign)
    return len(offers)
