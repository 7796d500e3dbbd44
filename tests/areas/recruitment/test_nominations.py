"""A nomination keeps nothing of the nominee, and forgets the nominator on a no."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from proche.areas.recruitment import actions
from proche.areas.recruitment.models import Call, Nomination
from proche.areas.recruitment.queries import with_counts
from proche.common.errors import Refusal
from tests.cast import Cast

State = Nomination.State


@pytest.fixture
def call(cast: Cast) -> Call:
    today = timezone.localdate()
    return actions.open_call(
        cast.programme,
        slug="les-gens-d-ici",
        partner_name="Bordée",
        title_fr="Qui vous donne envie d’essayer?",
        title_en="Who makes you want to try?",
        text_fr="Une coiffeuse, un boulanger.",
        text_en="A hairdresser, a baker.",
        opens_on=today - timedelta(days=3),
        closes_on=today + timedelta(days=3),
    )


def test_a_link_is_opened_then_refused_and_the_row_forgets_everything(call: Call) -> None:
    nomination = actions.propose_nomination(call, nominator_name="Luc Tremblay")
    actions.open_nomination(nomination)
    nomination.refresh_from_db()
    assert nomination.state == State.INVITED
    actions.refuse_nomination(nomination)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.nominator_name, nomination.handle) == (
        State.REFUSED,
        "",
        "",
    )


def test_a_refused_link_cannot_be_taken_up_again(call: Call) -> None:
    nomination = actions.propose_nomination(call)
    actions.refuse_nomination(nomination)
    nomination.refresh_from_db()
    with pytest.raises(Refusal):
        actions.accept_nomination(nomination)
    with pytest.raises(Refusal):
        actions.refuse_nomination(nomination)


def test_after_thirty_days_an_unanswered_nomination_forgets_who_asked(call: Call) -> None:
    old = actions.propose_nomination(call, nominator_name="Luc")
    fresh = actions.propose_nomination(call, nominator_name="Anne")
    long_ago = timezone.now() - timedelta(days=31)
    Nomination.objects.filter(pk=old.pk).update(created_at=long_ago)
    assert actions.expire_nominations(timezone.now()) == 1
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.state, old.nominator_name) == (State.EXPIRED, "")
    assert (fresh.state, fresh.nominator_name) == (State.PROPOSED, "Anne")


def test_a_closed_call_gives_no_link(call: Call) -> None:
    call.opens_on, call.closes_on = date(2020, 1, 1), date(2020, 2, 1)
    call.save()
    with pytest.raises(Refusal) as refusal:
        actions.propose_nomination(call)
    assert refusal.value.code == "closed"


def test_a_call_counts_its_nominations_by_state(call: Call) -> None:
    for _ in range(3):
        actions.propose_nomination(call)
    actions.refuse_nomination(actions.propose_nomination(call))
    counted: Any = with_counts(Call.objects.all()).get()
    assert (counted.total, counted.proposed, counted.refused, counted.accepted) == (4, 3, 1, 0)


def test_two_calls_cannot_share_an_address(call: Call, cast: Cast) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.open_call(
            cast.programme, slug=call.slug, opens_on=call.opens_on, closes_on=call.closes_on
        )
    assert refusal.value.field == "slug"
