"""Shortlists, rosters and what brands answered, made by the actions that people use."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brief
from proche.areas.matching.actions import choose_roster, compose_roster, let_go, make_shortlist
from proche.areas.matching.conditions import Limit, conditions_of
from proche.areas.matching.history import Histories
from proche.areas.matching.models import (
    BrandReview,
    Factors,
    ReviewWord,
    Roster,
    RosterTerm,
    Shortlist,
)
from proche.areas.matching.queries import trace
from proche.areas.people.models import Person
from proche.sample.calendar import Calendar
from proche.sample.draw import Draw

State = BrandReview.State
SHIPPING_CENTS = 1200


@dataclass(frozen=True)
class Answer:
    """What a brand said of a roster, shown so many days ago."""

    state: State
    shown: int
    answered: int | None = None
    comment: str = ""
    # A question that was asked before, and what the team replied.
    asked: str = ""
    reply: str = ""


def choose(
    brief: Brief,
    histories: Histories,
    *,
    at: datetime,
    by: User,
    seats: int | None = None,
    keep: Sequence[Person] = (),
    leave: Sequence[int] = (),
) -> Roster:
    """Rank the bank and compose the roster: those to keep, and so many seats beside them."""
    shortlist = make_shortlist(brief, histories, by=by)
    ranked = set(shortlist.entries.values_list("person", flat=True))
    kept = [person.pk for person in keep if person.pk in ranked]
    size = None if seats is None else seats + len(kept)
    roster = choose_roster(shortlist, by=by, size=size, locked_in=kept, locked_out=leave)
    Shortlist.objects.filter(pk=shortlist.pk).update(made_at=at)
    Roster.objects.filter(pk=roster.pk).update(made_at=at)
    Factors.objects.filter(brief=brief).update(ranked_at=at, chosen_at=at)
    return roster


def under_conditions(roster: Roster, *, at: datetime, by: User) -> None:
    """Composed again for three quarters of the cost, one in four new to it, fewer of the region
    that has the most, somebody kept and somebody left out."""
    places = list(roster.places.select_related("person").order_by("position"))
    region, most = Counter(place.person.region for place in places).most_common(1)[0]
    now = conditions_of(roster)
    cost = now.spent_on(place.person_id for place in places)
    wanted = replace(
        now,
        budget_cents=cost * 3 // 4,
        shipping_cents=SHIPPING_CENTS,
        newcomers=25,
        limits=(Limit("region", region, most=max(1, most - 1)),),
        kept=(places[-1].person_id,),
        left_out=frozenset({places[0].person_id}),
    )
    composed = compose_roster(roster.shortlist, wanted, by=by)
    Roster.objects.filter(pk=composed.pk).update(made_at=at)


def let_one_go(roster: Roster, *, at: datetime, by: User) -> None:
    """The last of those nobody keeps, let go by hand."""
    # Read again: the ranking it rests on was dated since.
    roster = Roster.objects.select_related("shortlist__brief").get(pk=roster.pk)
    place = roster.places.filter(locked=False).select_related("person").latest("position")
    let_go(roster, place.person, by=by)
    RosterTerm.objects.filter(roster=roster, person=place.person).update(let_go_at=at)
    Roster.objects.filter(pk=roster.pk).update(made_at=at)


def show(roster: Roster, answer: Answer, calendar: Calendar, *, by: User) -> BrandReview:
    """The link itself is known to nobody: only its trace is kept, as for a real one."""
    contact = roster.shortlist.brief.brand.contacts.order_by("pk")[0]
    review = BrandReview.objects.create(
        roster=roster,
        contact=contact,
        token_hash=trace(Draw(f"review {roster.shortlist.brief.title_fr}").key()),
        expires_at=calendar.at(answer.shown - 14, 11),
        state=answer.state,
        comment=answer.comment,
        answered_at=None if answer.answered is None else calendar.at(answer.answered, 15, 20),
        sent_by=by,
        opened_at=calendar.at(answer.shown - 1, 9, 40),
    )
    review.created_at = calendar.at(answer.shown, 11)
    review.save(update_fields=["created_at"])
    _say(review, answer, calendar, by)
    return review


def _say(review: BrandReview, answer: Answer, calendar: Calendar, by: User) -> None:
    day = answer.shown - 1
    said = (
        (State.QUESTIONED, answer.asked, calendar.at(day, 9, 45), None),
        ("", answer.reply, calendar.at(day, 13, 10), by),
        (answer.state, answer.comment, review.answered_at or review.created_at, None),
    )
    ReviewWord.objects.bulk_create(
        ReviewWord(review=review, state=state, text=text, at=at, by=who)
        for state, text, at, who in said
        if text
    )
