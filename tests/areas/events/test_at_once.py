"""Two hands at the same moment: the rows are locked one by one, which SQLite does for us."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection, connections

from proche.areas.events.actions import check_in, invite
from proche.areas.events.models import CheckIn, Invitation
from proche.common.errors import Refusal
from tests.cast import make_cast
from tests.factories.campaigns import an_exchange, who_agreed
from tests.factories.events import a_guest, an_event

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs rows locked one by one"),
]


def at_once(acts: Sequence[Callable[[], Any]]) -> list[str]:
    """What each thread got: the code of its refusal, or nothing."""
    ready, outcomes = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        ready.wait()
        try:
            act()
            outcomes.append("")
        except Refusal as refused:
            outcomes.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_the_last_seat_goes_to_one_of_two_who_say_yes_at_once() -> None:
    programme = make_cast().programme
    event = an_event(programme, seats=1)
    exchanges = [an_exchange(who_agreed(programme), event.campaign) for _guest in range(2)]
    at_once([lambda exchange=exchange: invite(exchange) for exchange in exchanges])  # type: ignore[misc]
    states = Invitation.objects.values_list("state", flat=True)
    assert sorted(states) == [Invitation.State.ACCEPTED, Invitation.State.WAITLISTED]


def test_two_hands_at_the_door_let_a_guest_in_once() -> None:
    guest = a_guest(an_event(make_cast().programme))
    outcomes = at_once([lambda: check_in(guest, by=None)] * 2)
    assert outcomes == ["", "already_in"]
    assert CheckIn.objects.count() == 1
