"""A nomination keeps nothing of the nominee, and forgets the nominator on a no."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from proche.areas.recruitment import actions, limits
from proche.areas.recruitment.models import Attempt, Call, Nomination
from proche.areas.recruitment.queries import with_counts
from proche.common.errors import Refusal
from tests.areas.recruitment.conftest import a_call, let_in
from tests.cast import Cast

State = Nomination.State


def proposed(call: Call, name: str = "") -> Nomination:
    key = actions.propose_nomination(call, let_in(), nominator_name=name)
    found: Nomination = Nomination.objects.get(key=key)
    return found


def test_a_link_is_opened_then_refused_and_the_row_forgets_everything(call: Call) -> None:
    nomination = proposed(call, "Luc Tremblay")
    actions.open_nomination(nomination)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.notice_version) == (State.INVITED, 1)
    actions.refuse_nomination(nomination)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.nominator_name, nomination.handle) == (
        State.REFUSED,
        "",
        "",
    )


def test_a_refused_link_cannot_be_taken_up_again(call: Call) -> None:
    nomination = proposed(call)
    actions.refuse_nomination(nomination)
    nomination.refresh_from_db()
    with pytest.raises(Refusal):
        actions.accept_nomination(nomination)
    with pytest.raises(Refusal):
        actions.refuse_nomination(nomination)


def test_after_thirty_days_an_unanswered_nomination_forgets_who_asked(call: Call) -> None:
    old, fresh = proposed(call, "Luc"), proposed(call, "Anne")
    long_ago = timezone.now() - timedelta(days=31)
    Nomination.objects.filter(pk=old.pk).update(created_at=long_ago)
    assert actions.forget(timezone.now()) == 1
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.state, old.nominator_name) == (State.EXPIRED, "")
    assert (fresh.state, fresh.nominator_name) == (State.PROPOSED, "Anne")


def test_the_same_form_sent_again_gives_the_same_link_and_counts_once(call: Call) -> None:
    admitted = let_in()
    keys = {actions.propose_nomination(call, admitted, nominator_name="Luc") for _ in range(3)}
    assert keys == {admitted.key}
    assert (Nomination.objects.count(), Attempt.objects.count()) == (1, 1)


def test_an_email_or_a_telephone_is_refused_where_a_name_is_asked(call: Call) -> None:
    for typed in ("luc@exemple.example", "Luc 418 555-0134"):
        with pytest.raises(Refusal) as refusal:
            actions.propose_nomination(call, let_in(), nominator_name=typed)
        assert refusal.value.code == "contact_given"
    assert not Nomination.objects.exists()


def test_one_address_gets_its_hour_s_worth_and_the_next_address_goes_on(call: Call) -> None:
    for _ in range(limits.MOST_WORKED):
        actions.propose_nomination(call, let_in("a"))
    with pytest.raises(Refusal) as refusal:
        actions.propose_nomination(call, let_in("a"))
    assert refusal.value.code == "address_limit"
    actions.propose_nomination(call, let_in("b"))
    an_hour_ago = timezone.now() - limits.WINDOW - timedelta(seconds=1)
    Attempt.objects.filter(trace="a").update(at=an_hour_ago)
    actions.propose_nomination(call, let_in("a"))
    assert Nomination.objects.count() == limits.MOST_WORKED + 2


def test_without_work_an_address_gets_less_and_those_with_work_are_not_counted(
    call: Call,
) -> None:
    for _ in range(10):
        actions.propose_nomination(call, let_in("a"))
    for _ in range(limits.MOST_ASKED):
        actions.propose_nomination(call, let_in("a", worked=False))
    with pytest.raises(Refusal) as refusal:
        actions.propose_nomination(call, let_in("a", worked=False))
    assert refusal.value.code == "address_limit"
    actions.propose_nomination(call, let_in("a"))


def test_a_full_call_says_so(cast: Cast) -> None:
    call = a_call(cast, most_nominations=1)
    actions.propose_nomination(call, let_in())
    later = a_call(cast, slug="autre", most_nominations=1)
    Nomination.objects.update(call=later)
    with pytest.raises(Refusal) as refusal:
        actions.propose_nomination(later, let_in())
    assert refusal.value.code == "call_full"


def test_work_doubles_with_the_pace_of_the_call_and_of_the_address(call: Call) -> None:
    assert limits.bits_for(call, "a") == limits.EASIEST
    Attempt.objects.bulk_create(
        Attempt(trace="a", with_work=True, at=timezone.now()) for _ in range(60)
    )
    # A newsroom of sixty: four times the work, still under a second for a browser.
    assert limits.bits_for(call, "a") == limits.EASIEST + 2
    assert limits.bits_for(call, "b") == limits.EASIEST


def test_marks_of_addresses_are_destroyed_after_a_day(call: Call) -> None:
    actions.propose_nomination(call, let_in())
    now = timezone.now()
    assert limits.forget_attempts(now + timedelta(hours=23)) == 0
    assert limits.forget_attempts(now + timedelta(hours=25)) == 1


def test_a_closed_call_lets_no_form_in(call: Call) -> None:
    call.opens_on, call.closes_on = date(2020, 1, 1), date(2020, 2, 1)
    with pytest.raises(Refusal) as refusal:
        actions.admit(call, actions.Sent("anything"), "192.0.2.1")
    assert refusal.value.code == "closed"


def test_a_call_counts_its_nominations_by_state(call: Call) -> None:
    for _ in range(3):
        proposed(call)
    actions.refuse_nomination(proposed(call))
    counted: Any = with_counts(Call.objects.all()).get()
    assert (counted.total, counted.proposed, counted.refused, counted.accepted) == (4, 3, 1, 0)


def test_two_calls_cannot_share_an_address(call: Call, cast: Cast) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.open_call(
            cast.programme, slug=call.slug, opens_on=call.opens_on, closes_on=call.closes_on
        )
    assert refusal.value.field == "slug"
