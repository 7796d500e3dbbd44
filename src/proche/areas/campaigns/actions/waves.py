"""Offers in waves: planned, prepared, sent, paused, stopped; the next when the last has ended."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brief
from proche.areas.campaigns.actions.asking import (
    SentOffers,
    answer_day,
    open_campaign,
    send_offers,
    withdraw_offer,
)
from proche.areas.campaigns.actions.line import call_line
from proche.areas.campaigns.models import Campaign, Offer, Wave, WavePlan
from proche.areas.campaigns.queries import first_in_line, waiting_for_answer
from proche.areas.campaigns.waves import (
    is_over,
    keeps_back,
    may_leave_by_itself,
    open_wave,
    past_for,
    refused_by_brand,
    room_of,
    turn_of,
)
from proche.common.errors import Refusal

MOST_AT_ONCE = 200
MOST_DAYS = 60


class PlanFacts(TypedDict):
    size: int
    answer_days: int
    limit: str
    by_itself: bool
    from_reserve: bool


@transaction.atomic
def plan_waves(brief: Brief, *, by: User | None, **facts: Unpack[PlanFacts]) -> WavePlan:
    """Open the campaign where it is not, and keep how its offers go out. A wave that was prepared
    under the plan before goes; one already sent stays as it is."""
    if not 1 <= facts["size"] <= MOST_AT_ONCE:
        raise Refusal(_("A wave asks from 1 to 200 people."), code="wave_size", field="size")
    if not 1 <= facts["answer_days"] <= MOST_DAYS:
        raise Refusal(
            _("Give from 1 to 60 days to answer."), code="answer_days", field="answer_days"
        )
    campaign = _locked(open_campaign(brief, by=by))
    _put_aside(campaign)
    plan, _made = WavePlan.objects.update_or_create(
        campaign=campaign, defaults={**facts, "set_at": timezone.now(), "set_by": by}
    )
    return plan


def _locked(campaign: Campaign) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",))
    current: Campaign = rows.select_related("brief__brand__programme").get(pk=campaign.pk)
    return current


def _put_aside(campaign: Campaign) -> None:
    """Nobody was told of a prepared wave: it goes, with its drafts."""
    campaign.offers.filter(state=Offer.State.DRAFT).delete()
    campaign.waves.filter(sent_at=None).delete()


@transaction.atomic
def prepare_wave(campaign: Campaign, *, by: User | None) -> Wave | None:
    """The next people to ask, as drafts nobody is sent. None where no place, or nobody, is left.

    Calling it again gives the same wave. Raises Refusal while the last wave still waits.
    """
    campaign = _locked(campaign)
    return _prepare(campaign, _plan_of(campaign), by, timezone.now())


def _plan_of(campaign: Campaign) -> WavePlan:
    plan = WavePlan.objects.filter(campaign=campaign).first()
    if plan is None:
        raise Refusal(_("Say first how the offers go out."), code="no_plan")
    if plan.stopped_at is not None:
        raise Refusal(_("The waves are stopped. Start them again first."), code="stopped")
    if plan.paused_at is not None:
        raise Refusal(_("The waves are paused. Go on first."), code="paused")
    return plan


def _prepare(campaign: Campaign, plan: WavePlan, by: User | None, now: datetime) -> Wave | None:
    current = open_wave(campaign)
    turn = turn_of(campaign.brief, from_reserve=plan.from_reserve)
    if current is not None and current.sent_at is None:
        if current.offers.filter(person__in=turn.ready).exists():
            return current
    elif current is not None:
        _end(current, now)
    call_line(campaign)
    _put_aside(campaign)
    room = room_of(campaign, plan, past_for(campaign.brief))
    if room.ask == 0 or not turn.ready:
        return None
    number = campaign.waves.count() + 1
    wave: Wave = Wave.objects.create(campaign=campaign, number=number, made_at=now, made_by=by)
    Offer.objects.bulk_create(
        Offer(campaign=campaign, person=person, wave=wave) for person in turn.ready[: room.ask]
    )
    return wave


def _end(wave: Wave, now: datetime) -> None:
    if not is_over(wave, now):
        raise Refusal(_("The last wave still waits for answers."), code="wave_waits")
    Wave.objects.filter(pk=wave.pk).update(ended_at=now)


@transaction.atomic
def send_wave(wave: Wave, *, by: User | None) -> SentOffers:
    """Ask the people of a prepared wave, in their order and within the room there is now; whoever
    may no longer be asked is left out with the reason. Raises Refusal where nothing may leave."""
    campaign = _locked(wave.campaign)
    plan, now = _plan_of(campaign), timezone.now()
    held = keeps_back(campaign.brief)
    if held is not None:
        raise held
    current = Wave.objects.filter(pk=wave.pk, sent_at=None, ended_at=None).first()
    if current is None:
        raise Refusal(_("Somebody has already sent this wave."), code="wave_sent")
    room = room_of(campaign, plan, past_for(campaign.brief))
    if room.ask == 0:
        raise Refusal(_("Every place is taken or asked for already."), code="no_room")
    drafts = current.offers.filter(state=Offer.State.DRAFT).select_related("person").order_by("pk")
    turn = turn_of(campaign.brief, from_reserve=plan.from_reserve)
    wanted = {person.pk for person in turn.ready}
    people = [draft.person for draft in drafts if draft.person_id in wanted][: room.ask]
    if not people:
        raise Refusal(
            _("Nobody of this wave may be asked any more. Prepare the next one."),
            code="nobody_left",
        )
    current.sent_at, current.sent_by = now, by
    current.respond_by = answer_day(campaign.brief, plan.answer_days)
    current.save(update_fields=["sent_at", "sent_by", "respond_by"])
    done = send_offers(campaign, people, by=by, wave=current)
    prepared = {draft.person_id for draft in drafts}
    campaign.offers.filter(state=Offer.State.DRAFT).delete()
    gone = [(person, why) for person, why in turn.left_out if person.pk in prepared]
    return SentOffers(done.sent, [*done.left_out, *gone])


@transaction.atomic
def ask_now(brief: Brief, *, by: User | None, **facts: Unpack[PlanFacts]) -> SentOffers:
    """Keep the plan, then prepare and send its next wave. Raises Refusal where nobody can be asked,
    and then the plan is not kept either."""
    plan = plan_waves(brief, by=by, **facts)
    wave = prepare_wave(plan.campaign, by=by)
    if wave is None:
        raise Refusal(_("Nobody can be asked now."), code="nobody_to_ask")
    return send_wave(wave, by=by)


@transaction.atomic
def pause_waves(campaign: Campaign, *, by: User | None) -> None:
    """Nothing more leaves until somebody goes on; those who were asked still answer."""
    campaign = _locked(campaign)
    plan = _plan_of(campaign)
    _put_aside(campaign)
    plan.paused_at, plan.paused_by = timezone.now(), by
    plan.save(update_fields=["paused_at", "paused_by"])


@transaction.atomic
def resume_waves(campaign: Campaign, *, by: User | None) -> None:
    """Undo of `pause_waves` and of `stop_waves`; what a stop withdrew stays withdrawn."""
    campaign = _locked(campaign)
    WavePlan.objects.filter(campaign=campaign).update(
        paused_at=None, paused_by=None, stopped_at=None, stopped_by=None
    )


@transaction.atomic
def stop_waves(campaign: Campaign, *, by: User | None, withdraw: bool) -> int:
    """Nobody else is asked; a place that frees still goes to the line. `withdraw` closes the offers
    that wait for an answer too. Returns how many it closed."""
    campaign = _locked(campaign)
    plan = WavePlan.objects.filter(campaign=campaign, stopped_at=None).first()
    if plan is None:
        raise Refusal(_("The waves are stopped already."), code="stopped")
    _put_aside(campaign)
    waiting = list(waiting_for_answer(campaign.offers.all())) if withdraw else []
    for offer in waiting:
        withdraw_offer(offer, by=by)
    plan.stopped_at, plan.stopped_by = timezone.now(), by
    plan.save(update_fields=["stopped_at", "stopped_by"])
    return len(waiting)


def go_on(now: datetime | None = None) -> int:
    """The job: call the line where a place is free, prepare each wave whose turn has come, send it
    where it leaves by itself. Returns how many were prepared or sent; run twice, it does no more.
    """
    moment = now or timezone.now()
    running = WavePlan.objects.filter(
        stopped_at=None, paused_at=None, campaign__brief__ends_on__gte=timezone.localdate(moment)
    )
    waiting = Offer.objects.filter(wanted_at__isnull=False, called_at=None)
    campaigns = {
        *running.values_list("campaign", flat=True),
        *waiting.values_list("campaign", flat=True).distinct(),
    }
    return sum(_go_on_with(campaign_id, moment) for campaign_id in sorted(campaigns))


@transaction.atomic
def _go_on_with(campaign_id: int, now: datetime) -> int:
    campaign = _locked(Campaign(pk=campaign_id))
    if first_in_line(campaign).exists():
        call_line(campaign)
    plan = WavePlan.objects.filter(campaign=campaign, stopped_at=None, paused_at=None).first()
    if plan is None or keeps_back(campaign.brief) or refused_by_brand(campaign.brief):
        return 0
    current = open_wave(campaign)
    if current is not None and current.sent_at is not None and not is_over(current, now):
        return 0
    wave = _prepare(campaign, plan, None, now)
    if wave is None:
        return 0
    if plan.by_itself and may_leave_by_itself(now) and _sent(wave, plan):
        return 1
    return int(wave != current)


def _sent(wave: Wave, plan: WavePlan) -> bool:
    """What may not leave now waits for the next time; the other campaigns go on."""
    try:
        send_wave(wave, by=plan.set_by)
    except Refusal:
        return False
    return True
