"""The waves of a brief as the page of its answers shows them: each one, and what comes next."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils import timezone

from proche.areas.brands.models import Brief
from proche.areas.campaigns.models import Campaign, Offer, Wave, WavePlan
from proche.areas.campaigns.queries import Standing, standing_of
from proche.areas.campaigns.waves import keeps_back, offers_of_wave, refused_by_brand
from proche.areas.matching.models import RosterTerm
from proche.areas.matching.queries import let_go_for
from proche.common.errors import Refusal

State = Offer.State


@dataclass(frozen=True)
class Panel:
    """`next` names the one sentence said of what comes: see the template."""

    plan: WavePlan
    waves: list[Wave]
    next: str
    standing: Standing
    current: Wave | None = None
    drafts: list[Offer] = field(default_factory=list)
    held: Refusal | None = None
    # Withdrawn by a stop: they can be offered again.
    stopped: int = 0
    let_go: list[RosterTerm] = field(default_factory=list)


def panel_of(brief: Brief) -> Panel | None:
    """None while nothing was planned."""
    campaign = (
        Campaign.objects.filter(brief=brief, plan__isnull=False)
        .select_related("brief__brand__programme", "plan__paused_by", "plan__stopped_by")
        .annotate(
            stopped=Count(
                "offers",
                filter=Q(offers__state=State.WITHDRAWN, offers__stopped_at__isnull=False),
            )
        )
        .first()
    )
    if campaign is None:
        return None
    waves = list(_counted(campaign))
    current = next((wave for wave in waves if wave.ended_at is None), None)
    standing = standing_of(campaign)
    held = keeps_back(brief)
    drafts = offers_of_wave(current) if current and current.sent_at is None else []
    return Panel(
        plan=campaign.plan,
        waves=[wave for wave in waves if wave.sent_at is not None],
        next=_next(campaign.plan, brief, current, standing.left, held),
        standing=standing,
        current=current,
        drafts=drafts,
        held=held,
        stopped=campaign.stopped,
        let_go=list(let_go_for(brief)),
    )


def _next(
    plan: WavePlan, brief: Brief, current: Wave | None, left: int, held: Refusal | None
) -> str:
    if plan.stopped_at is not None:
        return "stopped"
    if plan.paused_at is not None:
        return "paused"
    if left == 0:
        return "full"
    if held is not None:
        return "held"
    if current is not None and current.sent_at is None:
        return "prepared"
    if refused_by_brand(brief):
        return "refused"
    return "waits" if current is not None else "between"


def _counted(campaign: Campaign) -> "list[Wave]":
    """Each wave with what came of its offers; one query."""
    today = timezone.localdate()
    waits = Q(offers__state=State.SENT, offers__wanted_at=None, offers__respond_by__gte=today)
    in_line = Q(offers__state__in=[State.SENT, State.EXPIRED], offers__wanted_at__isnull=False)
    return list(
        campaign.waves.select_related("sent_by")
        .annotate(
            asked=Count("offers"),
            yes=Count("offers", filter=Q(offers__state=State.ACCEPTED) | in_line),
            no=Count("offers", filter=Q(offers__state=State.DECLINED)),
            wait=Count("offers", filter=waits),
        )
        .order_by("number")
    )
