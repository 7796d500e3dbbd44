"""Offers withdrawn, then offered again: with the days they lost, and with the answers that came
meanwhile. Only whoever learned of the withdrawal is written to, once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.campaigns.actions.line import call_line
from proche.areas.campaigns.actions.telling import locked, tell, write_offer
from proche.areas.campaigns.actions.waves import locked_campaign
from proche.areas.campaigns.models import Campaign, Offer, Wave, WavePlan
from proche.areas.campaigns.queries import places_open, with_brief
from proche.areas.campaigns.rules import refusals_to_restore
from proche.areas.people.models import Person
from proche.common.errors import Refusal

State = Offer.State


@dataclass(frozen=True)
class Restored:
    """The offers that wait again, and who may no longer be asked, each with the reason."""

    offers: list[Offer]
    left_out: list[tuple[Person, str | Promise]]


@transaction.atomic
def restore_stopped(campaign: Campaign, *, by: User | None) -> Restored:
    """Undo of `stop_waves`: the waves go on, and every offer it withdrew waits again. Whoever left,
    sleeps or is being asked by another campaign meanwhile stays as they are."""
    campaign = locked_campaign(campaign)
    _still_on(campaign)
    WavePlan.objects.filter(campaign=campaign).update(stopped_at=None, stopped_by=None)
    stopped = campaign.offers.filter(state=State.WITHDRAWN, stopped_at__isnull=False)
    return _restored(campaign, list(_locked(stopped)), by)


@transaction.atomic
def take_back_withdrawal(offer: Offer, *, by: User | None) -> None:
    """Undo of `withdraw_offer`: the offer waits for its answer again. Raises Refusal where its
    person may no longer be asked."""
    campaign = locked_campaign(Campaign(pk=offer.campaign_id))
    current = locked(offer)
    if current.state != State.WITHDRAWN:
        raise Refusal(_("This offer was not withdrawn."), code="not_withdrawn")
    _still_on(campaign)
    done = _restored(campaign, [current], by)
    for _person, reason in done.left_out:
        raise Refusal(reason, code="not_askable")


def _still_on(campaign: Campaign) -> None:
    if campaign.brief.ends_on < timezone.localdate():
        raise Refusal(_("This brief is over. Change its dates first."), code="brief_over")


def _locked(offers: Iterable[Offer]) -> Iterable[Offer]:
    ids = [offer.pk for offer in offers]
    return with_brief(Offer.objects.select_for_update(of=("self",)).filter(pk__in=ids)).order_by(
        "pk"
    )


def _restored(campaign: Campaign, offers: list[Offer], by: User | None) -> Restored:
    # The people are locked, as whoever sends does: nobody is asked by two campaigns at once.
    ids = [offer.person_id for offer in offers]
    people = list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    why_not = refusals_to_restore(campaign.brief, people)
    now = timezone.now()
    back = [offer for offer in offers if offer.person_id not in why_not]
    told = [offer for offer in back if offer.withdrawal_read_at or offer.meanwhile == "yes"]
    # Who stood in line all the while comes first.
    call_line(campaign)
    for offer in back:
        _wait_again(offer, now, by, told=offer in told)
    _move_waves(back)
    for offer in sorted(told, key=lambda one: one.wanted_at or now):
        if offer.state == State.SENT:
            _tell_again(campaign, offer, now, by)
    return Restored(
        back, [(person, why_not[person.pk]) for person in people if person.pk in why_not]
    )


def _wait_again(offer: Offer, now: datetime, by: User | None, *, told: bool) -> None:
    """A no that came meanwhile is the answer; a yes stands in line since that moment."""
    answer, at = offer.meanwhile, offer.meanwhile_at
    offer.respond_by = _moved(offer, now)
    offer.state, offer.answered_at = State.SENT, None
    if answer == Offer.Meanwhile.NO:
        offer.state, offer.answered_at = State.DECLINED, at
    elif answer == Offer.Meanwhile.YES:
        offer.wanted_at = offer.wanted_at or at
    offer.meanwhile, offer.meanwhile_at = "", None
    offer.stopped_at = offer.withdrawal_read_at = None
    offer.save()
    tell(offer, "offer_waits_again", by=by, told=told and offer.state == State.SENT)
    if answer == Offer.Meanwhile.NO:
        tell(offer, "offer_declined")


def _moved(offer: Offer, now: datetime) -> date:
    """Their last day, further away by the days the offer was withdrawn, within the brief."""
    today = timezone.localdate(now)
    since = timezone.localdate(offer.answered_at) if offer.answered_at else today
    last = (offer.respond_by or today) + (today - since)
    return max(today, min(last, offer.campaign.brief.ends_on))


def _move_waves(offers: list[Offer]) -> None:
    """A wave waits as long as the last of its offers."""
    last: dict[int, date] = {}
    for offer in offers:
        if offer.wave_id is not None and offer.respond_by is not None:
            last[offer.wave_id] = max(last.get(offer.wave_id, offer.respond_by), offer.respond_by)
    for wave_id, day in last.items():
        Wave.objects.filter(pk=wave_id, respond_by__lt=day).update(respond_by=day)


def _tell_again(campaign: Campaign, offer: Offer, now: datetime, by: User | None) -> None:
    """One message; for a yes that was kept, with the place that is kept now."""
    if offer.wanted_at is not None and places_open(campaign) > 0:
        offer.called_at = now
        offer.save(update_fields=["called_at"])
    write_offer(offer, "offer_back", once_key=f"offer_back:{offer.pk}:{now.isoformat()}", by=by)
