"""Waves under way: paused, stopped, and taken up again by the job when the last one has ended."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.campaigns.actions.asking import withdraw_one
from proche.areas.campaigns.actions.line import call_line
from proche.areas.campaigns.actions.waves import (
    locked_campaign,
    plan_in_force,
    prepare_next,
    put_aside,
    send_wave,
)
from proche.areas.campaigns.models import Campaign, Offer, Wave, WavePlan
from proche.areas.campaigns.queries import IN_LINE, waiting_for_answer
from proche.areas.campaigns.waves import (
    is_over,
    keeps_back,
    may_leave_by_itself,
    open_wave,
    refused_by_brand,
)
from proche.common.errors import Refusal


@transaction.atomic
def pause_waves(campaign: Campaign, *, by: User | None) -> None:
    """Nothing more leaves until somebody goes on; those who were asked still answer."""
    campaign = locked_campaign(campaign)
    plan = plan_in_force(campaign)
    put_aside(campaign)
    plan.paused_at, plan.paused_by = timezone.now(), by
    plan.save(update_fields=["paused_at", "paused_by"])


@transaction.atomic
def resume_waves(campaign: Campaign, *, by: User | None) -> None:
    """Undo of `pause_waves`, and of a stop whose offers stay withdrawn (see `restore_stopped`)."""
    campaign = locked_campaign(campaign)
    WavePlan.objects.filter(campaign=campaign).update(
        paused_at=None, paused_by=None, stopped_at=None, stopped_by=None
    )


@transaction.atomic
def stop_waves(campaign: Campaign, *, by: User | None, withdraw: bool) -> int:
    """Nobody else is asked; a place that frees still goes to the line. `withdraw` closes the offers
    that wait for an answer too, until `restore_stopped`. Returns how many it closed."""
    campaign = locked_campaign(campaign)
    plan = WavePlan.objects.filter(campaign=campaign, stopped_at=None).first()
    if plan is None:
        raise Refusal(_("The waves are stopped already."), code="stopped")
    put_aside(campaign)
    waiting = list(waiting_for_answer(campaign.offers.all())) if withdraw else []
    now = timezone.now()
    for offer in waiting:
        withdraw_one(campaign, offer, by=by, stopped_at=now)
    plan.stopped_at, plan.stopped_by = now, by
    plan.save(update_fields=["stopped_at", "stopped_by"])
    return len(waiting)


def go_on(now: datetime | None = None) -> int:
    """The job: call the line where a place is free, prepare each wave whose turn has come, send it
    where it leaves by itself. Returns how many were prepared or sent; run twice, it does no more.
    """
    moment = now or timezone.now()
    runs = Q(plan__isnull=False, plan__stopped_at=None, plan__paused_at=None)
    in_line = Offer.objects.filter(campaign=OuterRef("pk"), state__in=IN_LINE, called_at=None)
    campaigns = Campaign.objects.filter(
        runs | Exists(in_line.filter(wanted_at__isnull=False)),
        brief__ends_on__gte=timezone.localdate(moment),
    )
    found = campaigns.order_by("pk").values_list("pk", flat=True)
    return sum(_go_on_with(campaign_id, moment) for campaign_id in list(found))


@transaction.atomic
def _go_on_with(campaign_id: int, now: datetime) -> int:
    campaign = locked_campaign(Campaign(pk=campaign_id))
    call_line(campaign)
    plan = WavePlan.objects.filter(campaign=campaign, stopped_at=None, paused_at=None).first()
    if plan is None or keeps_back(campaign.brief) or refused_by_brand(campaign.brief):
        return 0
    current = open_wave(campaign)
    if current is not None and current.sent_at is not None and not is_over(current, now):
        return 0
    wave = prepare_next(campaign, plan, None, now)
    if wave is None:
        return 0
    if plan.by_itself and may_leave_by_itself(now) and _sent(wave, plan):
        return 1
    return int(wave != current)


def _sent(wave: Wave, plan: WavePlan) -> bool:
    """What may not leave now waits for the next time; the other campaigns go on."""
    try:
        send_wave(wave, by=plan.set_by, by_itself=True)
    except Refusal:
        return False
    return True
