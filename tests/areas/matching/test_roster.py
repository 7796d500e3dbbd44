import pytest

from proche.areas.matching.actions import (
    add_to_roster,
    choose_roster,
    let_go,
    lock_place,
)
from proche.areas.matching.models import Roster
from proche.areas.matching.reach import added_by, audiences, covered_by
from proche.areas.people.models import Account, Person
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.brands import BriefFactory
from tests.factories.matching import a_member, a_roster, a_shortlist
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def seats(roster: Roster) -> list[tuple[str, int | None, bool]]:
    places = roster.places.select_related("person").order_by("position")
    return [(place.person.given_name, place.gain, place.locked) for place in places]


@pytest.fixture
def trio(cast: Cast) -> dict[str, Person]:
    """By hand: A reaches 1–100, B 51–140, C 101–160. A+C reach 160, A+B 140, B+C 110."""
    return {
        "A": a_member(cast.programme, given_name="A", reached=range(1, 101)),
        "B": a_member(cast.programme, given_name="B", reached=range(51, 141)),
        "C": a_member(cast.programme, given_name="C", reached=range(101, 161)),
    }


def test_two_seats_go_to_the_two_who_reach_the_most_together(
    cast: Cast, trio: dict[str, Person]
) -> None:
    roster = a_roster(BriefFactory.create(brand__programme=cast.programme, quantity=2))
    assert seats(roster) == [("A", 100, False), ("C", 60, False)]
    assert (roster.method, roster.reach, roster.upper_bound, roster.proven) == (
        "coverage",
        160,
        160,
        1,
    )
    assert roster.without_audience == 0


def test_a_locked_person_keeps_the_first_seat_and_the_bound_counts_with_them(
    cast: Cast, trio: dict[str, Person]
) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme, quantity=2)
    roster = choose_roster(a_shortlist(brief), by=None, locked_in=[trio["B"].pk])
    assert seats(roster) == [("B", 90, True), ("A", 50, False)]
    assert roster.reach == 140
    assert roster.upper_bound is not None
    assert 140 <= roster.upper_bound < 160


def test_somebody_locked_out_gets_no_seat(cast: Cast, trio: dict[str, Person]) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme, quantity=2)
    roster = choose_roster(a_shortlist(brief), by=None, locked_out=[trio["A"].pk])
    assert sorted(name for name, _, _ in seats(roster)) == ["B", "C"]
    assert roster.reach == 110


def test_people_chosen_by_hand_are_counted_once_each(cast: Cast, trio: dict[str, Person]) -> None:
    roster = a_roster(BriefFactory.create(brand__programme=cast.programme, quantity=1))
    assert seats(roster) == [("A", 100, False)]
    add_to_roster(roster, trio["B"], by=cast.strategist)
    add_to_roster(roster, trio["B"], by=cast.strategist)
    roster.refresh_from_db()
    assert seats(roster) == [("A", 100, False), ("B", 40, False)]
    assert (roster.reach, roster.upper_bound, roster.made_by) == (140, 160, cast.strategist)
    assert roster.proven == pytest.approx(0.875)
    let_go(roster, trio["A"], by=None)
    roster.refresh_from_db()
    assert seats(roster) == [("B", 90, False)]
    assert roster.reach == 90


def test_locking_a_seat_moves_it_first_and_unlocking_frees_it(
    cast: Cast, trio: dict[str, Person]
) -> None:
    roster = a_roster(BriefFactory.create(brand__programme=cast.programme, quantity=2))
    lock_place(roster, trio["C"], locked=True, by=None)
    assert seats(roster) == [("C", 60, True), ("A", 100, False)]
    lock_place(roster, trio["C"], locked=False, by=None)
    assert seats(roster) == [("C", 60, False), ("A", 100, False)]


def test_where_neither_publics_nor_sizes_are_known_seats_go_by_rank_and_it_says_so(
    cast: Cast,
) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme, quantity=2)
    a_member(cast.programme, given_name="Sujet")
    a_member(cast.programme, given_name="Aussi")
    a_member(
        cast.programme,
        given_name="Large",
        reached=range(50),
        topics=[],
        own_words="",
        occupation="",
    )
    Account.objects.update(followers=None)
    roster = a_roster(brief)
    assert roster.method == "rank"
    assert sorted(name for name, _, _ in seats(roster)) == ["Aussi", "Sujet"]
    assert (roster.reach, roster.proven, roster.upper_bound) == (None, None, None)
    assert roster.without_audience == 2


def test_a_seat_that_reach_cannot_fill_goes_by_rank_and_is_counted_apart(
    cast: Cast, trio: dict[str, Person]
) -> None:
    a_member(cast.programme, given_name="D")
    roster = a_roster(BriefFactory.create(brand__programme=cast.programme, quantity=4))
    assert [name for name, _, _ in seats(roster)][-1] == "D"
    assert (roster.method, roster.reach, roster.without_audience) == ("coverage", 160, 1)


def test_reach_never_buys_somebody_in_whom_nothing_touches_the_brief(
    cast: Cast, trio: dict[str, Person]
) -> None:
    a_member(
        cast.programme,
        given_name="Vedette",
        reached=range(1000, 3000),
        topics=[],
        own_words="Le bois.",
        occupation="ébéniste",
    )
    brief = BriefFactory.create(brand__programme=cast.programme, quantity=3)
    assert sorted(name for name, _, _ in seats(a_roster(brief))) == ["A", "B", "C"]
    assert "Vedette" in [name for name, _, _ in seats(a_roster(brief, size=4))]


def test_nobody_to_choose_from_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        a_roster(BriefFactory.create(brand__programme=cast.programme))
    assert refused.value.code == "nobody_to_choose"
    assert Roster.objects.count() == 0


def test_somebody_set_aside_cannot_be_chosen_by_hand(cast: Cast, trio: dict[str, Person]) -> None:
    roster = a_roster(BriefFactory.create(brand__programme=cast.programme, quantity=1))
    with pytest.raises(Refusal) as refused:
        add_to_roster(roster, PersonFactory.create(programme=cast.programme), by=None)
    assert refused.value.code == "not_ranked"
    assert len(seats(roster)) == 1


def test_reach_is_that_of_the_union_worked_by_hand(cast: Cast, trio: dict[str, Person]) -> None:
    a, b, c = (trio[name].pk for name in "ABC")
    keys = audiences([a, b, c])
    assert {pk: len(row) for pk, row in keys.items()} == {a: 100, b: 90, c: 60}
    assert covered_by([b, c, a, -1], keys).gains == (90, 20, 50, None)
    assert covered_by([b, c, a], keys).reach == 160
    assert added_by([b, c, -1], [a], keys) == {b: 40, c: 60}
    assert added_by([a], [], keys) == {a: 100}
