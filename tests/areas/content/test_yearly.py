"""“Is this still you?”: asked after a year, reminded after a month, then for the team to ask."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from proche.areas.content.links import question_of, still_true_token
from proche.areas.content.tasks import ask_if_still_true
from proche.areas.content.yearly import (
    A_NIGHT,
    answer_question,
    last_confirmed,
    take_answer_back,
    to_ask,
)
from proche.areas.messages.actions import deliver_now
from proche.areas.messages.models import Message
from proche.areas.people.kept import StillTrue
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.people import PersonFactory


def member(cast: Cast, days: int, state: str = "member") -> Person:
    joined = timezone.now() - timedelta(days=days)
    return PersonFactory.create(programme=cast.programme, joined_at=joined, state=state)


def aged(question: StillTrue, **days: int) -> None:
    moments = {name: timezone.now() - timedelta(days=n) for name, n in days.items()}
    StillTrue.objects.filter(pk=question.pk).update(**moments)


def test_only_members_of_a_year_are_asked_and_once(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    old = member(cast, 366)
    member(cast, 360)
    member(cast, 800, "asleep")
    member(cast, 800, "left")
    for _night in range(3):
        ask_if_still_true()
    assert list(Message.objects.values_list("kind", "person")) == [("still_true", old.pk)]
    message = Message.objects.get()
    deliver_now(message.pk)
    link = next(word for word in mailoutbox[0].body.split() if "/moi/toujours-moi/" in word)
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert question_of(token).person == old
    message.refresh_from_db()
    assert token not in message.body


def test_silence_is_reminded_once_then_left_to_the_team_and_removes_nobody(cast: Cast) -> None:
    person = member(cast, 400)
    ask_if_still_true()
    question = StillTrue.objects.get()
    aged(question, asked_at=29)
    ask_if_still_true()
    assert not Message.objects.filter(kind="still_true_again").exists()
    aged(question, asked_at=31)
    for _night in range(2):
        ask_if_still_true()
    assert Message.objects.filter(kind="still_true_again").count() == 1
    assert not to_ask(cast.programme).exists()
    aged(question, asked_at=500, reminded_at=470)
    ask_if_still_true()
    assert list(to_ask(cast.programme)) == [question]
    assert not to_ask(cast.stranger.roles.get().programme).exists()
    assert (Message.objects.count(), Person.objects.get().state) == (2, "member")
    assert Person.objects.get() == person


def test_an_answer_counts_for_a_year_and_closes_the_link(cast: Cast) -> None:
    person = member(cast, 400)
    ask_if_still_true()
    token = still_true_token(StillTrue.objects.get())
    answer_question(person, "true")
    with pytest.raises(Refusal):
        question_of(token)
    ask_if_still_true()
    assert Message.objects.count() == 1
    aged(StillTrue.objects.get(), answered_at=366)
    ask_if_still_true()
    assert StillTrue.objects.count() == 2


def test_what_the_team_heard_is_signed_and_can_be_taken_back(cast: Cast) -> None:
    person = member(cast, 400)
    ask_if_still_true()
    heard = answer_question(person, "true", by=cast.assistant)
    confirmed = last_confirmed(person)
    assert confirmed is not None
    assert confirmed.by == cast.assistant
    take_answer_back(heard)
    assert last_confirmed(person) is None
    assert StillTrue.objects.filter(answered_at=None).count() == 1


def test_a_night_asks_so_many_and_the_next_one_goes_on(cast: Cast) -> None:
    joined = timezone.now() - timedelta(days=400)
    Person.objects.bulk_create(
        Person(
            programme=cast.programme,
            given_name="A",
            family_name=str(n),
            email=f"n{n}@example.org",
            region="01",
            archetype="consumer",
            state="member",
            joined_at=joined,
        )
        for n in range(A_NIGHT + 5)
    )
    ask_if_still_true()
    assert StillTrue.objects.count() == A_NIGHT
    ask_if_still_true()
    assert StillTrue.objects.count() == A_NIGHT + 5
