"""Offers in waves: planned, prepared as drafts, sent."""

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
)
from proche.areas.campaigns.actions.line import call_line
from proche.areas.campaigns.models import Campaign, Offer, Wave, WavePlan
from proche.areas.campaigns.waves import (
    is_over,
    keeps_back,
    open_wave,
    past_for,
    room_of,
    turn_of,
)
from proche.areas.matching.actions import bring_back, let_go
from proche.areas.matching.models import Roster
from proche.areas.people.models import Person
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
    campaign = locked_campaign(open_campaign(brief, by=by))
    put_aside(campaign)
    plan, _made = WavePlan.objects.update_or_create(
        campaign=campaign, defaults={**facts, "set_at": timezone.now(), "set_by": by}
    )
    return plan


def locked_campaign(campaign: Campaign) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",))
    current: Campaign = rows.select_related("brief__brand__programme").get(pk=campaign.pk)
    return current


def put_aside(campaign: Campaign) -> None:
    """Nobody was told of a prepared wave: it goes, with its drafts."""
    campaign.offers.filter(state=Offer.State.DRAFT).delete()
    campaign.waves.filter(sent_at=None).delete()


@transaction.atomic
def prepare_wave(campaign: Campaign, *, by: User | None) -> Wave | None:
    """The next people to ask, as drafts nobody is sent. None where no place, or nobody, is left.

    Calling it again gives the same wave. Raises Refusal while the last wave still waits.
    """
    campaign = locked_campaign(campaign)
    return prepare_next(campaign, plan_in_force(campaign), by, timezone.now())


def plan_in_force(campaign: Campaign) -> WavePlan:
    plan = WavePlan.objects.filter(campaign=campaign).first()
    if plan is None:
        raise Refusal(_("Say first how the offers go out."), code="no_plan")
    if plan.stopped_at is not None:
        raise Refusal(_("The waves are stopped. Start them again first."), code="stopped")
    if plan.paused_at is not None:
        raise Refusal(_("The waves are paused. Go on first."), code="paused")
    return plan


def prepare_next(campaign: Campaign, plan: WavePlan, by: User | None, now: datetime) -> Wave | None:
    current = open_wave(campaign)
    turn = turn_of(campaign.brief, from_reserve=plan.from_reserve)
    if current is not None and current.sent_at is None:
        if current.offers.filter(person__in=turn.ready).exists():
            return current
    elif current is not None:
        _end(current, now)
    call_line(campaign)
    put_aside(campaign)
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
def send_wave(wave: Wave, *, by: User | None, by_itself: bool = False) -> SentOffers:
    """Ask the people of a prepared wave, in their order and within the room there is now; whoever
    may no longer be asked is left out with the reason. Raises Refusal where nothing may leave."""
    campaign = locked_campaign(wave.campaign)
    plan, now = plan_in_force(campaign), timezone.now()
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
    done = send_offers(campaign, people, by=by, wave=current, by_itself=by_itself)
    prepared = {draft.person_id for draft in drafts}
    campaign.offers.filter(state=Offer.State.DRAFT).delete()
    gone = [(person, why) for person, why in turn.left_out if person.pk in prepared]
    return SentOffers(done.sent, [*done.left_out, *gone])


@transaction.atomic
def let_go_from_wave(campaign: Campaign, person: Person, *, by: User | None) -> None:
    """Somebody of a prepared wave is let go before it leaves: the next one takes their place."""
    campaign = locked_campaign(campaign)
    if not campaign.offers.filter(state=Offer.State.DRAFT, person=person).exists():
        raise Refusal(
            _("No prepared wave asks this person any more. Look at the page again."),
            code="not_prepared",
        )
    let_go(Roster.objects.get(shortlist__brief=campaign.brief_id), person, by=by)
    _prepare_again(campaign, by)


@transaction.atomic
def bring_back_to_waves(campaign: Campaign, person: Person, *, by: User | None) -> None:
    """Undo of `let_go_from_wave`; a prepared wave is made anew with them in their turn."""
    campaign = locked_campaign(campaign)
    bring_back(Roster.objects.get(shortlist__brief=campaign.brief_id), person, by=by)
    _prepare_again(campaign, by)


def _prepare_again(campaign: Campaign, by: User | None) -> None:
    plan = WavePlan.objects.filter(campaign=campaign, stopped_at=None, paused_at=None).first()
    current = open_wave(campaign)
    if plan is None or (current is not None and current.sent_at is not None):
        return
    put_aside(campaign)
    prepare_next(campaign, plan, by, timezone.now())


@transaction.atomic
def ask_now(brief: Brief, *, by: User | None, **facts: Unpack[PlanFacts]) -> SentOffers:
    """Keep the plan, then prepare and send its next wave. Raises Refusal where nobody can be asked,
    and then the plan is not kept either."""
    plan = plan_waves(brief, by=by, **facts)
    wave = prepare_wave(plan.campaign, by=by)
    if wave is None:
        raise Refusal(_("Nobody can be asked now."), code="nobody_to_ask")
    return send_wave(wave, by=by)
