"""Whom the next wave would ask, how many, and what keeps it from leaving."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.brands.models import Brief
from proche.areas.campaigns.acceptance import Past, past_of
from proche.areas.campaigns.models import Campaign, Offer, Wave, WavePlan
from proche.areas.campaigns.queries import Standing, standing_of, waiting_for_answer
from proche.areas.campaigns.rules import refusals_for
from proche.areas.matching.candidates import MISFITS
from proche.areas.matching.models import BrandReview, RosterPlace, ShortlistEntry
from proche.areas.matching.queries import let_go_for
from proche.areas.people.models import Person
from proche.common.errors import Refusal

# A no can be taken back: the wave that it ends waits a little before the next one leaves.
SECOND_THOUGHTS = timedelta(minutes=15)
# Waves that leave by themselves leave at these hours of the day, and wait for them otherwise.
FIRST_HOUR, LAST_HOUR = 9, 19


@dataclass(frozen=True)
class Turn:
    """`ready` may be asked, in this order; `reserve` of them stand outside the roster. `left_out`
    are people of the roster, each with the reason."""

    ready: list[Person]
    reserve: int
    left_out: list[tuple[Person, str | Promise]]


def turn_of(brief: Brief, *, from_reserve: bool) -> Turn:
    """The roster in its order; then, where allowed, the shortlist in its own, without those in whom
    nothing touches the brief. Constant queries, whatever their number."""
    seats = RosterPlace.objects.filter(roster__shortlist__brief=brief).select_related("person")
    seated = [place.person for place in seats.order_by("position")]
    others = _reserve(brief, seated) if from_reserve else []
    why_not = refusals_for(brief, [*seated, *others])
    spare = [person for person in others if person.pk not in why_not]
    return Turn(
        ready=[person for person in seated if person.pk not in why_not] + spare,
        reserve=len(spare),
        left_out=[(person, why_not[person.pk]) for person in seated if person.pk in why_not],
    )


def _reserve(brief: Brief, seated: list[Person]) -> list[Person]:
    """Whoever was let go by hand stays out of it."""
    left_out = let_go_for(brief).order_by()
    ranked = (
        ShortlistEntry.objects.filter(shortlist__brief=brief)
        .exclude(person__in=[person.pk for person in seated])
        .exclude(person__in=left_out.values("person"))
        .select_related("person")
        .order_by("rank")
    )
    return [
        entry.person
        for entry in ranked
        if not any(caution["code"] in MISFITS for caution in entry.against)
    ]


@dataclass(frozen=True)
class Room:
    """`places` neither taken nor kept; `out` offers wait for an answer; `ask` more may leave."""

    places: int
    out: int
    ask: int


def room_of(campaign: Campaign, plan: WavePlan, past: Past) -> Room:
    """How many the next wave may ask: never more than the plan says, and never so many that past
    answers, or the places themselves, do not call for them."""
    return room_for(standing_of(campaign), plan, past)


def room_for(standing: Standing, plan: WavePlan, past: Past) -> Room:
    call_for = called_for(standing.open, plan.limit, past)
    return Room(standing.open, standing.out, max(0, min(plan.size, call_for - standing.out)))


def called_for(places: int, limit: str, past: Past) -> int:
    """Offers out at once for so many places. Without a past nobody is asked for nothing."""
    asked = past.to_ask(places) if limit == WavePlan.Limit.LIKELY else None
    return asked.people if asked is not None else places


def past_for(brief: Brief) -> Past:
    return past_of(brief.brand.programme, brief.exchange)


def open_wave(campaign: Campaign) -> Wave | None:
    return campaign.waves.filter(ended_at=None).first()


def is_over(wave: Wave, now: datetime) -> bool:
    """Nobody has still to answer, and whoever said no last had time to think again."""
    if wave.sent_at is None:
        return False
    waiting = waiting_for_answer(wave.offers.all())
    if waiting.exists():
        return False
    if wave.respond_by is not None and wave.respond_by < timezone.localdate(now):
        return True
    return not wave.offers.filter(answered_at__gt=now - SECOND_THOUGHTS).exists()


def may_leave_by_itself(now: datetime) -> bool:
    return FIRST_HOUR <= timezone.localtime(now).hour < LAST_HOUR


def keeps_back(brief: Brief) -> Refusal | None:
    """Why nobody may be asked for this brief now, whoever would send."""
    if brief.ends_on < timezone.localdate():
        return Refusal(_("This brief is over. Change its dates first."), code="brief_over")
    # The page of the brand promises it: nobody is written to until its question has an answer.
    if _reviews(brief).filter(state=BrandReview.State.QUESTIONED).exists():
        return Refusal(
            _("The brand asked a question and waits for your answer. Answer it first."),
            code="question_open",
        )
    return None


def _reviews(brief: Brief) -> QuerySet[BrandReview]:
    return BrandReview.objects.filter(
        roster__shortlist__brief=brief, revoked_at=None, expires_at__gt=timezone.now()
    )


def refused_by_brand(brief: Brief) -> bool:
    """The latest answer is a no, and the roster is still the one it was about."""
    latest = _reviews(brief).exclude(answered_at=None).select_related("roster")
    review = latest.order_by("-answered_at").first()
    return (
        review is not None
        and review.state == BrandReview.State.REFUSED
        and review.answered_at is not None
        and review.roster.made_at <= review.answered_at
    )


def offers_of_wave(wave: Wave) -> list[Offer]:
    """In the order they were chosen."""
    return list(wave.offers.select_related("person").order_by("pk"))
