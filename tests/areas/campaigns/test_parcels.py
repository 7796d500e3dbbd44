"""The parcel and the posting clock: what starts it, what erases the address, what undoes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import Schedule

from proche.areas.campaigns.actions import (
    Address,
    confirm_receipt,
    feedback,
    give_address,
    mark_lost,
    mark_returned,
    replace_parcel,
    report_broken,
    ship,
    take_back_shipping,
    take_back_thanks,
    thank,
)
from proche.areas.campaigns.models import Exchange, Parcel
from proche.areas.campaigns.tasks import tell_shipped, tell_thanks
from proche.areas.content.models import Post
from proche.areas.messages.models import Message
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.campaigns import an_exchange, received, shipped, who_agreed

State = Parcel.State


def parcel_of(exchange: Exchange) -> Parcel:
    return Parcel.objects.get(exchange=exchange)


def letters(kind: str) -> int:
    return Message.objects.filter(kind=kind).count()


def test_shipping_keeps_the_tracking_number_and_tells_the_member_later(cast: Cast) -> None:
    exchange = an_exchange(who_agreed(cast.programme))
    ship(exchange.parcel, tracking=" 7023 1234 ", by=cast.assistant)
    parcel = parcel_of(exchange)
    assert (parcel.state, parcel.tracking) == (State.SHIPPED, "7023 1234")
    assert letters("parcel_shipped") == 0
    job = Schedule.objects.get(func="proche.areas.campaigns.tasks.tell_shipped")
    assert (job.args, job.schedule_type) == (f"({parcel.pk},)", Schedule.ONCE)
    tell_shipped(parcel.pk)
    tell_shipped(parcel.pk)
    assert letters("parcel_shipped") == 1
    assert "7023 1234" in Message.objects.get(kind="parcel_shipped").body


def test_undoing_a_shipping_tells_nobody(cast: Cast) -> None:
    exchange = an_exchange(who_agreed(cast.programme))
    ship(exchange.parcel, tracking="7023 1234", by=cast.assistant)
    take_back_shipping(exchange.parcel, by=cast.assistant)
    parcel = parcel_of(exchange)
    assert (parcel.state, parcel.tracking, parcel.shipped_at) == (State.TO_PREPARE, "", None)
    tell_shipped(parcel.pk)
    assert letters("parcel_shipped") == 0
    ship(parcel, by=cast.assistant)
    assert parcel_of(exchange).state == State.SHIPPED


def test_a_parcel_is_shipped_once(cast: Cast) -> None:
    exchange = shipped(who_agreed(cast.programme))
    with pytest.raises(Refusal) as refused:
        ship(exchange.parcel, by=cast.assistant)
    assert refused.value.code == "parcel_shipped"


def test_the_address_is_erased_at_receipt(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    exchange = received(person)
    parcel = parcel_of(exchange)
    assert parcel.state == State.RECEIVED
    assert (parcel.street, parcel.town, parcel.postal_code, parcel.note) == ("", "", "", "")
    assert "rue de la Gare" not in str(list(person.timeline.values_list("details", flat=True)))


def test_the_posting_clock_starts_at_receipt_and_not_before(cast: Cast) -> None:
    cast.programme.posting_days = 10
    cast.programme.save()
    exchange = shipped(who_agreed(cast.programme), exchange="agreed", obligation=True)
    assert (exchange.post_due_on, Post.objects.count()) == (None, 0)
    confirm_receipt(exchange.parcel)
    exchange.refresh_from_db()
    assert exchange.post_due_on == timezone.localdate() + timedelta(days=10)
    assert Post.objects.get().state == Post.State.EXPECTED


def test_no_post_is_expected_without_obligation(cast: Cast) -> None:
    exchange = received(who_agreed(cast.programme), obligation=False)
    assert exchange.post_due_on is None
    assert Post.objects.count() == 0


def test_receipt_is_confirmed_once(cast: Cast) -> None:
    exchange = received(who_agreed(cast.programme), exchange="agreed", obligation=True)
    with pytest.raises(Refusal) as refused:
        confirm_receipt(exchange.parcel)
    assert refused.value.code == "parcel_received"
    assert Post.objects.count() == 1


def test_a_lost_parcel_that_arrives_after_all_is_received(cast: Cast) -> None:
    exchange = shipped(who_agreed(cast.programme))
    mark_lost(exchange.parcel, by=cast.assistant)
    confirm_receipt(exchange.parcel)
    assert parcel_of(exchange).state == State.RECEIVED


def test_nothing_is_owed_about_a_thing_that_came_broken(cast: Cast) -> None:
    exchange = received(who_agreed(cast.programme), exchange="agreed", obligation=True)
    report_broken(exchange.parcel, what="Le pot est brisé.")
    exchange.refresh_from_db()
    parcel = parcel_of(exchange)
    assert (parcel.state, parcel.problem) == (State.BROKEN, "Le pot est brisé.")
    assert (exchange.post_due_on, Post.objects.count()) == (None, 0)


def test_the_clock_starts_again_when_the_replacement_is_received(cast: Cast) -> None:
    exchange = received(who_agreed(cast.programme), exchange="agreed", obligation=True)
    report_broken(exchange.parcel, what="Le pot est brisé.")
    replace_parcel(exchange.parcel, by=cast.assistant)
    assert letters("parcel_replaced") == 1
    with pytest.raises(Refusal) as refused:
        ship(exchange.parcel, by=cast.assistant)
    assert refused.value.code == "address_missing"
    give_address(exchange.parcel, Address("3, rue du Quai", "Matane", "G4W 2A2"))
    ship(exchange.parcel, by=cast.assistant)
    confirm_receipt(exchange.parcel)
    exchange.refresh_from_db()
    assert exchange.post_due_on is not None
    assert Post.objects.get().state == Post.State.EXPECTED


def test_a_lost_parcel_is_replaced_at_the_address_still_known(cast: Cast) -> None:
    exchange = shipped(who_agreed(cast.programme))
    mark_lost(exchange.parcel, by=cast.assistant)
    replace_parcel(exchange.parcel, by=cast.assistant)
    parcel = parcel_of(exchange)
    assert (parcel.state, parcel.street, parcel.tracking) == (
        State.TO_PREPARE,
        "12, rue de la Gare",
        "",
    )


def test_a_parcel_shipped_again_is_told_again(cast: Cast) -> None:
    exchange = shipped(who_agreed(cast.programme))
    tell_shipped(exchange.parcel.pk)
    mark_lost(exchange.parcel, by=cast.assistant)
    replace_parcel(exchange.parcel, by=cast.assistant)
    ship(exchange.parcel, by=cast.assistant)
    tell_shipped(exchange.parcel.pk)
    assert letters("parcel_shipped") == 2


def test_the_address_cannot_change_once_the_parcel_left(cast: Cast) -> None:
    exchange = shipped(who_agreed(cast.programme))
    with pytest.raises(Refusal):
        give_address(exchange.parcel, Address("3, rue du Quai", "Matane", "G4W 2A2"))
    assert parcel_of(exchange).town == "Rimouski"


@pytest.mark.parametrize(
    ("verb", "fails_from"),
    [(mark_lost, "to_prepare"), (mark_returned, "to_prepare"), (replace_parcel, "shipped")],
)
def test_a_parcel_goes_only_where_its_state_leads(
    cast: Cast, verb: object, fails_from: str
) -> None:
    exchange = an_exchange(who_agreed(cast.programme))
    Parcel.objects.update(state=fails_from)
    with pytest.raises(Refusal):
        verb(exchange.parcel, by=cast.assistant)  # type: ignore[operator]
    assert parcel_of(exchange).state == fails_from


def test_every_step_of_a_parcel_is_told_on_the_timeline(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    exchange = received(person, exchange="agreed", obligation=True)
    report_broken(exchange.parcel, what="Le pot est brisé.")
    assert list(person.timeline.order_by("id").values_list("verb", flat=True)) == [
        "offer_sent",
        "offer_accepted",
        "parcel_shipped",
        "post_expected",
        "parcel_received",
        "post_no_longer_expected",
        "parcel_broken",
    ]


def test_private_words_are_kept_and_stay_off_the_timeline(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    exchange = an_exchange(person)
    feedback(exchange, " L’odeur m’a donné mal à la tête. ")
    exchange.refresh_from_db()
    assert exchange.feedback == "L’odeur m’a donné mal à la tête."
    assert "odeur" not in str(list(person.timeline.values_list("details", flat=True)))


def test_thanks_leave_once_and_not_when_taken_back(cast: Cast) -> None:
    exchange = received(who_agreed(cast.programme))
    thank(exchange, by=cast.strategist)
    take_back_thanks(exchange, by=cast.strategist)
    tell_thanks(exchange.pk)
    assert letters("thanks") == 0
    thank(exchange, by=cast.strategist)
    tell_thanks(exchange.pk)
    tell_thanks(exchange.pk)
    assert letters("thanks") == 1
    with pytest.raises(Refusal) as refused:
        thank(exchange, by=cast.owner)
    assert refused.value.code == "already_thanked"
