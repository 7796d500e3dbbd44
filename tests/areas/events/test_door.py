from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from proche.areas.content.models import Post
from proche.areas.events.actions import (
    cancel,
    check_in,
    confirm,
    mark_no_shows,
    take_back_check_in,
)
from proche.areas.events.models import CheckIn, Invitation
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.events import a_guest, an_event, finished, last_verb

pytestmark = pytest.mark.django_db
State = Invitation.State


def test_a_guest_comes_in_once_and_a_second_try_tells_when(cast: Cast) -> None:
    guest = a_guest(an_event(cast.programme))
    check_in(guest, by=cast.assistant)
    seven = datetime(2025, 10, 4, 23, 4, tzinfo=UTC)
    CheckIn.objects.update(at=seven)
    for language, sentence in (
        ("fr", "Déjà sur place depuis 19\u00a0h\u00a004"),
        ("en", "Already in at 7:04 p.m."),
    ):
        with translation.override(language), pytest.raises(Refusal) as again:
            check_in(guest, by=cast.assistant)
        assert (again.value.code, str(again.value.sentence)) == ("already_in", sentence)
    assert CheckIn.objects.get().by == cast.assistant


def test_the_posting_clock_starts_at_the_door_where_a_post_is_owed(cast: Cast) -> None:
    guest = a_guest(an_event(cast.programme, obligation=True))
    check_in(guest, by=None)
    assert guest.exchange is not None
    guest.exchange.refresh_from_db()
    days = cast.programme.posting_days
    assert guest.exchange.post_due_on == timezone.localdate() + timedelta(days=days)
    assert Post.objects.get().exchange == guest.exchange


def test_no_clock_starts_where_nothing_is_owed(cast: Cast) -> None:
    guest = a_guest(an_event(cast.programme))
    check_in(guest, by=None)
    assert guest.exchange is not None
    guest.exchange.refresh_from_db()
    assert guest.exchange.post_due_on is None
    assert not Post.objects.exists()


def test_taking_a_check_in_back_takes_back_the_post_that_was_due(cast: Cast) -> None:
    guest = a_guest(an_event(cast.programme, obligation=True))
    check_in(guest, by=None)
    take_back_check_in(guest, by=cast.assistant)
    guest.refresh_from_db()
    assert guest.exchange is not None
    assert (guest.state, guest.exchange.post_due_on) == (State.CONFIRMED, None)
    assert not CheckIn.objects.exists()
    assert not Post.objects.exists()
    check_in(guest, by=None)
    assert CheckIn.objects.count() == 1


def test_whoever_waits_or_gave_up_their_place_is_not_let_in(cast: Cast) -> None:
    event = an_event(cast.programme, seats=1)
    gone, waiting = a_guest(event), a_guest(event)
    with pytest.raises(Refusal) as in_line:
        check_in(waiting, by=None)
    cancel(gone)
    with pytest.raises(Refusal) as given_up:
        check_in(gone, by=None)
    assert (in_line.value.code, given_up.value.code) == (
        "invitation_waitlisted",
        "invitation_cancelled",
    )
    assert not CheckIn.objects.exists()


def test_absences_are_marked_after_the_end_and_only_for_those_expected(cast: Cast) -> None:
    event = an_event(cast.programme, seats=3)
    came, confirmed, silent, waiting = (a_guest(event) for _guest in range(4))
    check_in(came, by=None)
    confirm(confirmed)
    with pytest.raises(Refusal) as early:
        mark_no_shows(event, by=None)
    assert early.value.code == "not_over"

    assert mark_no_shows(finished(event), by=cast.assistant) == 2
    assert mark_no_shows(event, by=cast.assistant) == 0
    states = {guest.pk: guest.state for guest in Invitation.objects.all()}
    assert [states[guest.pk] for guest in (came, confirmed, silent, waiting)] == [
        State.CHECKED_IN,
        State.NO_SHOW,
        State.NO_SHOW,
        State.WAITLISTED,
    ]
    assert last_verb(silent) == "did_not_come"


def test_somebody_marked_absent_who_was_there_can_still_be_let_in(cast: Cast) -> None:
    event = an_event(cast.programme)
    guest = a_guest(event)
    mark_no_shows(finished(event), by=None)
    check_in(guest, by=None)
    guest.refresh_from_db()
    assert guest.state == State.CHECKED_IN
