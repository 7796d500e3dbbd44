"""A thousand forms sent by scripts, of six kinds, and a newsroom behind one address.

Time does not pass in a test: a form that waited carries a ticket issued as long ago. A script that
does the work of the browser and waits as people do is not told from one; the limit of its address
holds it (`limits.MOST_WORKED` an hour), which the tests of the area show."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from proche.areas.recruitment import limits, tickets
from proche.areas.recruitment.limits import bits_for
from proche.areas.recruitment.marks import address_mark
from proche.areas.recruitment.models import Call, Nomination
from tests.areas.recruitment.conftest import a_call
from tests.areas.recruitment.test_tickets import worked
from tests.cast import Cast

TICKET = re.compile(r'name="ticket" value="([^"]+)"')
EACH, KINDS = 167, 6
Script = Callable[[Call, Client, int], Any]


@pytest.fixture
def call(cast: Cast) -> Call:
    return a_call(cast, slug="gens")


def waited(call: Call, seconds: float) -> tickets.Ticket:
    return tickets.issue(call, bits=limits.EASIEST, now=time.time() - seconds)


def send(client: Client, **fields: str) -> Any:
    return client.post("/appels/gens/", fields)


def posts_blindly(call: Call, client: Client, n: int) -> None:
    send(client, nominator_name=f"Robot {n}")


def sends_one_form_again(call: Call, client: Client, n: int) -> None:
    kept = call.__dict__.setdefault("_form", waited(call, 30))
    work = call.__dict__.setdefault("_work", worked(kept))
    send(client, nominator_name=f"Robot {n}", ticket=kept.text, work=work)


def runs_no_script(call: Call, client: Client, n: int) -> None:
    send(client, nominator_name=f"Robot {n}", ticket=waited(call, 30).text)


def reads_the_page_and_sends_at_once(call: Call, client: Client, n: int) -> None:
    found = TICKET.search(client.get("/appels/gens/").content.decode())
    assert found
    ticket = tickets.read(call, found[1])
    send(client, ticket=ticket.text, answer=str(sum(ticket.question)))


def fills_every_field(call: Call, client: Client, n: int) -> None:
    ticket = waited(call, 30)
    answer = str(sum(ticket.question))
    send(client, nominator_name="Robot", ticket=ticket.text, answer=answer, website="https://x")


def answers_the_question_and_waits(call: Call, client: Client, n: int) -> None:
    ticket = waited(call, 30)
    send(client, ticket=ticket.text, answer=str(sum(ticket.question)))


SCRIPTS: dict[Script, int] = {
    posts_blindly: 0,
    sends_one_form_again: 1,
    runs_no_script: 0,
    reads_the_page_and_sends_at_once: 0,
    fills_every_field: 0,
    answers_the_question_and_waits: limits.MOST_ASKED,
}


def test_of_a_thousand_scripted_forms_five_get_a_link(call: Call) -> None:
    """167 of each kind, each kind from an address of its own: 997 of 1,002 stopped."""
    through = {}
    for n, script in enumerate(SCRIPTS):
        before = Nomination.objects.count()
        client = Client(REMOTE_ADDR=f"192.0.2.{n}")
        for sent in range(EACH):
            script(call, client, sent)
        through[script] = Nomination.objects.count() - before
    assert through == SCRIPTS
    assert 1 - sum(through.values()) / (EACH * KINDS) >= 0.99


def test_a_newsroom_of_sixty_behind_one_address_gets_sixty_links(call: Call) -> None:
    """Within the hour, three of them without JavaScript; the work asked is what the page asks."""
    client = Client(REMOTE_ADDR="198.51.100.7")
    mark = address_mark("198.51.100.7", timezone.localdate())
    for n in range(60):
        bits = bits_for(call, mark)
        ticket = tickets.issue(call, bits=bits, now=time.time() - 20)
        if n % 20 == 19:
            answer = send(client, ticket=ticket.text, answer=str(sum(ticket.question)))
        else:
            answer = send(client, ticket=ticket.text, work=worked(ticket))
        assert answer.status_code == 302, n
    assert Nomination.objects.count() == 60
