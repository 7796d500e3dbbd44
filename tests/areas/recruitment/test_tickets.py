"""The ticket of a form: whose, since when, with which work."""

import time
from hashlib import sha256

import pytest

from proche.areas.recruitment import actions, tickets
from proche.areas.recruitment.actions import Sent
from proche.areas.recruitment.models import Call
from proche.common.errors import Refusal
from tests.areas.recruitment.conftest import a_call
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("clock_stands")


def worked(ticket: tickets.Ticket) -> str:
    """By brute force, bit by bit, without the code under test."""
    number = 0
    while True:
        digest = sha256(f"{ticket.text}|{number}".encode()).digest()
        if "".join(f"{byte:08b}" for byte in digest).startswith("0" * ticket.bits):
            return str(number)
        number += 1


def refused(call: Call, sent: Sent) -> str:
    with pytest.raises(Refusal) as refusal:
        actions.admit(call, sent, "192.0.2.1")
    return refusal.value.code


def ago(call: Call, seconds: float, bits: int = 6) -> tickets.Ticket:
    return tickets.issue(call, bits=bits, now=time.time() - seconds)


def test_a_form_with_its_work_done_is_let_in(call: Call) -> None:
    ticket = ago(call, 5)
    admitted = actions.admit(call, Sent(ticket.text, worked(ticket)), "192.0.2.1")
    assert (admitted.key, admitted.worked, admitted.notice_version) == (ticket.key, True, 1)


def test_the_address_is_kept_as_a_mark_that_is_another_one_elsewhere(call: Call) -> None:
    ticket = ago(call, 5)
    sent = Sent(ticket.text, worked(ticket))
    addresses = ("192.0.2.1", "192.0.2.2")
    marks = [actions.admit(call, sent, address).mark for address in addresses]
    assert len(set(marks)) == 2
    assert not any(address in mark for address in addresses for mark in marks)


def test_without_work_the_answer_to_the_question_is_enough_after_a_while(call: Call) -> None:
    early, later = ago(call, 5), ago(call, 9)
    assert refused(call, Sent(early.text, answer=str(sum(early.question)))) == "too_fast"
    admitted = actions.admit(call, Sent(later.text, answer=str(sum(later.question))), "x")
    assert not admitted.worked


def test_the_answer_may_be_written_in_words(call: Call) -> None:
    ticket = ago(call, 9)
    words = dict(zip(range(4, 19), WORDS.split(), strict=True))
    assert tickets.has_answered(ticket, f" {words[sum(ticket.question)]} ")


WORDS = "quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize " + (
    "dix-sept dix-huit"
)


@pytest.mark.parametrize(
    ("seconds", "code"), [(0, "too_fast"), (1, "too_fast"), (6 * 3600 + 5, "stale_form")]
)
def test_a_form_sent_too_fast_or_too_late_waits(call: Call, seconds: float, code: str) -> None:
    ticket = ago(call, seconds)
    assert refused(call, Sent(ticket.text, worked(ticket))) == code


def test_wrong_work_gets_the_question(call: Call) -> None:
    # Of so many bits that no work is right by chance.
    ticket = ago(call, 5, bits=60)
    for work in ("", "0", "1e9", "-1", "9" * 13):
        assert refused(call, Sent(ticket.text, work)) == "question"


def test_work_of_one_form_is_worth_nothing_for_another(call: Call) -> None:
    work = worked(ago(call, 5, bits=14))
    # One form in 16,384 happens to ask for the same number.
    others = (ago(call, 5, bits=14) for _ in range(9))
    other = next(ticket for ticket in others if not tickets.has_worked(ticket, work))
    assert refused(call, Sent(other.text, work)) == "question"


def test_a_ticket_of_another_call_or_changed_is_refused(call: Call, cast: Cast) -> None:
    other = a_call(cast, slug="autre")
    ticket = ago(other, 5)
    easier = ticket.text.replace(".6.", ".0.", 1)
    assert refused(call, Sent(ticket.text, worked(ticket))) == "stale_form"
    assert refused(other, Sent(easier, "0")) == "stale_form"


def test_the_field_nobody_sees_stops_a_form(call: Call) -> None:
    ticket = ago(call, 5)
    assert refused(call, Sent(ticket.text, worked(ticket), trap="https://spam")) == "trap"
