"""Asleep until a day: out of shortlists, offers and letters; awake by itself on the morning."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from proche.areas.campaigns.actions import send_offers
from proche.areas.content.breaks import (
    change_end,
    come_back,
    propose_break,
    take_break,
    wake,
)
from proche.areas.messages.actions import deliver_now
from proche.areas.messages.models import Message
from proche.areas.messages.team_letters import TeamLetter
from proche.areas.messages.writing import reach_of
from proche.areas.people.kept import Break
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.campaigns import a_brief, a_campaign, who_agreed
from tests.factories.matching import a_shortlist

TODAY = timezone.localdate


def state(person: Person) -> str:
    return str(Person.objects.values_list("state", flat=True).get(pk=person.pk))


def test_a_sleeper_gets_no_offer_no_letter_and_no_place_in_a_shortlist(cast: Cast) -> None:
    sleeper, other = who_agreed(cast.programme), who_agreed(cast.programme)
    take_break(sleeper, until=TODAY() + timedelta(days=30))
    sleeper.refresh_from_db()
    sent = send_offers(a_campaign(cast.programme), [sleeper, other], by=None)
    assert [offer.person for offer in sent.sent] == [other]
    letter = TeamLetter.objects.create(
        programme=cast.programme, people=[sleeper.pk, other.pk], subject_fr="a", body_fr="b"
    )
    assert reach_of(letter).left_out == {"asleep": 1}
    ranked = a_shortlist(a_brief(cast.programme))
    assert [entry.person for entry in ranked.entries.all()] == [other]


def test_a_break_ends_by_itself_on_its_day_and_not_before(cast: Cast) -> None:
    until, open_end = who_agreed(cast.programme), who_agreed(cast.programme)
    take_break(until, until=TODAY() + timedelta(days=1))
    take_break(open_end)
    assert wake() == 0
    Break.objects.filter(person=until).update(until=TODAY())
    assert (wake(), wake()) == (1, 0)
    assert (state(until), state(open_end)) == ("member", "asleep")
    assert until.timeline.first().verb == "person_came_back"  # type: ignore[union-attr]


def test_an_undo_of_the_return_brings_the_same_break_back(cast: Cast) -> None:
    person, day = who_agreed(cast.programme), TODAY() + timedelta(days=9)
    take_break(person, until=day)
    assert come_back(person) == day
    take_break(person, until=day)
    change_end(person, until=None)
    assert Break.objects.get(person=person, ended_at=None).until is None
    assert come_back(person) is None
    with pytest.raises(Refusal):
        change_end(person, until=None)


@pytest.mark.parametrize(("days", "code"), [(0, "past_day"), (-3, "past_day"), (800, "far_day")])
def test_a_break_ends_on_a_day_to_come_within_two_years(cast: Cast, days: int, code: str) -> None:
    person = who_agreed(cast.programme)
    with pytest.raises(Refusal) as refused:
        take_break(person, until=TODAY() + timedelta(days=days))
    assert (refused.value.code, state(person)) == (code, "member")


def test_the_team_proposes_a_break_once_a_month_and_changes_nothing(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    person = who_agreed(cast.programme)
    propose_break(person, by=cast.strategist)
    deliver_now(Message.objects.get(kind="break_proposed").pk)
    assert "/moi/donnees/" in mailoutbox[0].body
    with pytest.raises(Refusal):
        propose_break(person, by=cast.owner)
    assert (state(person), Message.objects.count()) == ("member", 1)
