"""Counts of a call, and what of them may leave the agency."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from proche.areas.recruitment import counts
from proche.areas.recruitment.counts import Masked
from proche.areas.recruitment.models import Call, Nomination, Supporter
from tests.factories.people import PersonFactory

HERE = ZoneInfo("America/Montreal")


def nomination(call: Call, at: datetime | None = None, **facts: object) -> Nomination:
    moment = at or timezone.now()
    return Nomination.objects.create(call=call, created_at=moment, changed_at=moment, **facts)


def test_days_are_those_of_the_place_and_empty_ones_are_zeros(call: Call) -> None:
    first, today = call.opens_on, timezone.localdate()
    late = datetime.combine(first, datetime.min.time(), HERE) + timedelta(hours=23, minutes=30)
    nomination(call, late)
    nomination(call, late + timedelta(hours=1))
    nomination(call)
    expected = {first: 1, first + timedelta(days=1): 1, first + timedelta(days=2): 0, today: 1}
    assert counts.by_day(call) == expected


def test_regions_count_those_who_joined(call: Call) -> None:
    for region, state in (
        ("01", "accepted"),
        ("01", "accepted"),
        ("06", "accepted"),
        ("03", "invited"),
    ):
        nomination(call, state=state, person=PersonFactory.create(region=region))
    nomination(call, state="accepted")
    found = counts.by_region(call)
    assert {code: n for code, n in found.items() if n} == {"01": 2, "06": 1}
    assert len(found) == 17


def test_supporters_fall_into_four_groups(call: Call) -> None:
    for readers in (1, 1, 4, 5, 9, 40):
        row = nomination(call, trace=f"t{readers}{Nomination.objects.count()}")
        Supporter.objects.bulk_create(
            Supporter(nomination=row, key=f"{row.pk}-{n}", created_at=timezone.now())
            for n in range(readers)
        )
    nomination(call)
    assert counts.by_supporters(call) == {1: 2, 2: 1, 5: 2, 10: 1}


def test_a_cell_under_five_is_hidden_zero_included() -> None:
    assert counts.masked({"a": 5, "b": 4, "c": 0, "d": 12}) == Masked(
        {"a": 5, "b": None, "c": None, "d": 12}, 21
    )


def test_the_total_is_hidden_where_it_would_give_the_one_hidden_cell_away() -> None:
    """12 + 7 + 3 = 22: whoever reads 22, 12 and 7 reads 3."""
    assert counts.masked({"a": 12, "b": 7, "c": 3}).total is None
    assert counts.masked({"a": 12, "b": 7}).total == 19
    assert counts.masked({"a": 2, "b": 1}).total is None


def test_nothing_is_counted_before_the_call_begins(call: Call) -> None:
    call.opens_on = timezone.localdate() + timedelta(days=2)
    assert counts.by_day(call) == {}
    assert counts.masked({}) == Masked({}, None)
    assert isinstance(call.closes_on, date)
