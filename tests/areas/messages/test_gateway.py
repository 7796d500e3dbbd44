"""One gateway: consent first, one message an act, nothing typed becomes a header."""

import pytest
from django.core import mail

from proche.areas.consent.actions import withdraw
from proche.areas.consent.models import Purpose
from proche.areas.messages.actions import Recipient, answer, ask_team, deliver_now, send
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.people import PersonFactory, consenting


@pytest.fixture
def member(cast: Cast) -> Person:
    person: Person = PersonFactory.create(programme=cast.programme, given_name="Camille")
    return consenting(person)


def welcome(person: Person, key: str = "welcome:1") -> Message:
    context = {"address": "/moi/"}
    return send(person.programme, "welcome", Recipient.of(person), once_key=key, context=context)


def test_the_same_act_sends_one_message(member: Person) -> None:
    assert welcome(member) == welcome(member)
    assert Message.objects.count() == 1


def test_a_message_is_in_the_language_of_the_person_with_the_address_of_the_agency(
    member: Person,
) -> None:
    french = welcome(member)
    member.language = "en"
    english = welcome(member, "welcome:2")
    assert "Bonjour Camille," in french.body
    assert "Hello Camille," in english.body
    for message in (french, english):
        assert member.programme.postal_address in message.body
        assert member.programme.officer_email in message.body


def test_a_commercial_message_needs_the_consent_to_offers(member: Person) -> None:
    withdraw(member, Purpose.OFFERS)
    with pytest.raises(Refusal) as refusal:
        send(member.programme, "offer", Recipient.of(member), once_key="offer:1", context={})
    assert refusal.value.code == "no_consent_to_offers"
    assert not Message.objects.exists()


def test_delivering_twice_sends_once(member: Person) -> None:
    message = welcome(member)
    deliver_now(message.pk)
    deliver_now(message.pk)
    message.refresh_from_db()
    assert message.state == Message.State.SENT
    assert [sent.to for sent in mail.outbox] == [[member.email]]


def test_a_name_cannot_add_a_header(member: Person) -> None:
    member.programme.name = "Gens\r\nBcc: tous@exemple.example"
    message = welcome(member)
    assert "\n" not in message.subject
    assert "\r" not in message.subject


def test_a_question_waits_until_somebody_answers_it_once(member: Person, cast: Cast) -> None:
    question = ask_team(member, "Le parfum est-il fort?")
    reply = answer(question, "Non, à peine.", by=cast.assistant)
    question.refresh_from_db()
    reply.refresh_from_db()
    assert (question.state, reply.answers) == (Message.State.ANSWERED, question)
    assert "Non, à peine." in reply.body
    with pytest.raises(Refusal) as refusal:
        answer(question, "Encore", by=cast.owner)
    assert refusal.value.code == "already_answered"
