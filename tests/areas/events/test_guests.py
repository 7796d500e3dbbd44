from datetime import timedelta

import pytest
from django.utils import timezone

from proche.areas.accounts.models import Programme
from proche.areas.events.actions import (
    cancel,
    change_event,
    confirm,
    invite,
    plan_event,
    reinstate,
    take_back_confirm,
)
from proche.areas.events.letters import cancelled_letter
from proche.areas.events.models import Event, Invitation
from proche.areas.messages.models import Message
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.campaigns import a_campaign, an_exchange, who_agreed
from tests.factories.events import a_guest, an_event, evening, event_campaign, last_verb

pytestmark = pytest.mark.django_db
State = Invitation.State


def states(event: Event) -> list[str]:
    return list(event.invitations.order_by("pk").values_list("state", flat=True))


def kinds(programme: Programme) -> list[str]:
    sent = Message.objects.filter(programme=programme, kind__startswith="event_")
    return list(sent.order_by("pk").values_list("kind", flat=True))


def test_the_third_guest_of_two_seats_waits_in_line(cast: Cast) -> None:
    event = an_event(cast.programme)
    guests = [a_guest(event) for _guest in range(3)]
    assert states(event) == [State.ACCEPTED, State.ACCEPTED, State.WAITLISTED]
    assert kinds(cast.programme) == ["event_place", "event_place", "event_in_line"]
    assert last_verb(guests[2]) == "in_line_for_event"


def test_inviting_again_changes_nothing(cast: Cast) -> None:
    event = an_event(cast.programme)
    guest = a_guest(event)
    assert guest.exchange is not None
    assert invite(guest.exchange) == guest
    confirm(guest)
    again = invite(guest.exchange)
    assert again is not None
    assert again.state == State.CONFIRMED
    assert kinds(cast.programme) == ["event_place"]


def test_whoever_accepted_before_the_date_was_known_is_seated_when_it_is(cast: Cast) -> None:
    campaign = event_campaign(cast.programme)
    early = [an_exchange(who_agreed(cast.programme), campaign) for _person in range(2)]
    assert invite(early[0]) is None
    event = plan_event(campaign, evening(seats=1), by=None)
    assert states(event) == [State.ACCEPTED, State.WAITLISTED]
    assert event.invitations.get(state=State.ACCEPTED).exchange == early[0]


def test_a_place_given_up_goes_to_who_waited_longest(cast: Cast) -> None:
    event = an_event(cast.programme, seats=1)
    seated, first, second = (a_guest(event) for _guest in range(3))
    cancel(seated, by=cast.strategist)
    assert states(event) == [State.CANCELLED, State.ACCEPTED, State.WAITLISTED]
    assert last_verb(first) == "place_opened"
    assert kinds(cast.programme)[-1] == "event_place"
    assert second.person.messages.filter(kind="event_place").count() == 0


def test_the_undo_of_a_cancellation_finds_the_place_taken_and_waits(cast: Cast) -> None:
    event = an_event(cast.programme, seats=1)
    seated, _waiting = a_guest(event), a_guest(event)
    cancel(seated)
    assert reinstate(seated).state == State.WAITLISTED
    alone = a_guest(an_event(cast.programme))
    cancel(alone)
    assert reinstate(alone).state == State.ACCEPTED


def test_a_cancellation_taken_back_in_time_is_told_to_nobody(cast: Cast) -> None:
    guest = a_guest(an_event(cast.programme))
    cancel(guest)
    reinstate(guest)
    cancelled_letter(guest.pk)
    assert kinds(cast.programme) == ["event_place"]
    cancel(guest)
    cancelled_letter(guest.pk)
    cancelled_letter(guest.pk)
    assert kinds(cast.programme) == ["event_place", "event_cancelled"]


def test_a_confirmation_can_be_taken_back(cast: Cast) -> None:
    event = an_event(cast.programme)
    guest = a_guest(event)
    confirm(guest, by=cast.assistant)
    with pytest.raises(Refusal) as twice:
        confirm(guest)
    assert twice.value.code == "invitation_confirmed"
    take_back_confirm(guest)
    assert states(event) == [State.ACCEPTED]


def test_more_seats_open_the_line_and_fewer_than_taken_are_refused(cast: Cast) -> None:
    facts = evening(seats=1)
    event = plan_event(event_campaign(cast.programme), facts, by=None)
    for _guest in range(3):
        a_guest(event)
    change_event(event, evening(seats=2, starts_at=facts.starts_at, ends_at=facts.ends_at), by=None)
    assert states(event) == [State.ACCEPTED, State.ACCEPTED, State.WAITLISTED]
    assert "event_moved" not in kinds(cast.programme)
    with pytest.raises(Refusal) as refused:
        change_event(event, evening(seats=1), by=None)
    assert (refused.value.code, refused.value.field) == ("seats_taken", "seats")


def test_guests_are_written_to_each_time_the_event_moves(cast: Cast) -> None:
    event = an_event(cast.programme)
    guest = a_guest(event)
    for days in (10, 11):
        starts_at = timezone.now() + timedelta(days=days)
        moved = evening(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
        change_event(event, moved, by=cast.owner)
    assert kinds(cast.programme) == ["event_place", "event_moved", "event_moved"]
    letter = Message.objects.filter(kind="event_moved").latest("pk")
    assert letter.person == guest.person
    assert "La Fabrique, 85, rue Saint-Paul, Québec" in letter.body


def test_an_event_is_planned_once_for_a_campaign_about_an_event(cast: Cast) -> None:
    campaign = event_campaign(cast.programme)
    starts_at = timezone.now() + timedelta(days=3)
    backwards = evening(starts_at=starts_at, ends_at=starts_at)
    for wrong, facts, code in (
        (a_campaign(cast.programme), evening(), "not_an_event"),
        (campaign, backwards, "ends_before_start"),
        (an_event(cast.programme).campaign, evening(), "already_planned"),
    ):
        with pytest.raises(Refusal) as refused:
            plan_event(wrong, facts, by=None)
        assert refused.value.code == code


def test_a_guest_reads_the_invitation_in_their_language(cast: Cast) -> None:
    a_guest(an_event(cast.programme), language="en")
    letter = Message.objects.get(kind="event_place")
    assert letter.subject == "Your place is kept: Fall evening"
    assert "Where: La Fabrique" in letter.body
