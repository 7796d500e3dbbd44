from itertools import combinations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from proche.core.roster import Audience, Caps, Roster, Terms, attainable, choose
from proche.core.roster.choosing import stated
from proche.core.roster.feasible import Loosening, loosening
from proche.core.roster.swaps import swap

Pairs = dict[str, set[int]]

people = st.sets(st.integers(0, 14), max_size=8)
small_graphs = st.dictionaries(st.sampled_from("abcdefgh"), people, min_size=1, max_size=8)


def audience_of(pairs: Pairs) -> Audience:
    return Audience.from_keys({name: np.array(sorted(keys)) for name, keys in pairs.items()})


def reach_of(pairs: Pairs, names: tuple[str, ...]) -> int:
    return len(set().union(*(pairs[name] for name in names)))


def plain_greedy(pairs: Pairs, size: int) -> tuple[str, ...]:
    chosen: list[str] = []
    covered: set[int] = set()
    for _ in range(min(size, len(pairs))):
        left = [name for name in sorted(pairs) if name not in chosen]
        best = max(left, key=lambda name: len(pairs[name] - covered))
        chosen.append(best)
        covered |= pairs[best]
    return tuple(chosen)


def test_hand_worked_table_gives_order_gains_and_proof() -> None:
    pairs = {"ana": {1, 2, 3, 4}, "bob": {3, 4, 5}, "cleo": {6, 7}, "dan": {1, 2}}
    assert choose(audience_of(pairs), size=3) == Roster(
        chosen=("ana", "cleo", "bob"), gains=(4, 2, 1), reach=7, upper_bound=7, proven=1.0
    )


def test_pairs_given_twice_or_in_another_order_change_nothing() -> None:
    once = Audience.from_pairs(["b", "a", "b", "c"], [10, 10, 20, 30])
    again = Audience.from_pairs(["c", "b", "b", "a", "b"], [30, 20, 10, 10, 20])
    assert choose(once, size=2) == choose(again, size=2)
    assert once.sizes.tolist() == [1, 2, 1]


def test_keys_and_pairs_of_text_give_the_same_choice() -> None:
    pairs = Audience.from_pairs(["x", "x", "y"], ["p1", "p2", "p2"])
    keys = Audience.from_keys({"y": np.array([2]), "x": np.array([1, 2])})
    assert choose(pairs, size=2) == choose(keys, size=2)


@given(small_graphs, st.integers(0, 9))
@settings(max_examples=150, deadline=None)
def test_choice_is_the_one_of_plain_greedy(pairs: Pairs, size: int) -> None:
    roster = choose(audience_of(pairs), size=size)
    assert roster.chosen == plain_greedy(pairs, size)
    assert roster.reach == sum(roster.gains) == reach_of(pairs, roster.chosen)


@given(small_graphs, st.integers(1, 5))
@settings(max_examples=150, deadline=None)
def test_no_choice_reaches_more_than_the_upper_bound(pairs: Pairs, size: int) -> None:
    roster = choose(audience_of(pairs), size=size)
    best = max(reach_of(pairs, names) for names in combinations(pairs, min(size, len(pairs))))
    assert roster.reach <= best <= roster.upper_bound
    assert roster.proven <= (roster.reach / best if best else 1.0)


@given(small_graphs, st.integers(1, 5), st.integers(0, 2), st.integers(0, 2), st.booleans())
@settings(max_examples=150, deadline=None)
def test_caps_hold_and_the_bound_holds_under_caps(
    pairs: Pairs, size: int, north: int, south: int, swaps: bool
) -> None:
    groups = {name: "north" if name < "e" else "south" for name in pairs if name != "h"}
    limits = {"north": north, "south": south}
    caps = Caps(groups, limits)

    def allowed(names: tuple[str, ...]) -> bool:
        seats = [groups[name] for name in names if name in groups]
        return all(seats.count(group) <= limit for group, limit in limits.items())

    roster = choose(audience_of(pairs), size=size, caps=caps, swaps=swaps)
    assert allowed(roster.chosen)
    assert roster.reach <= best_of(pairs, size, allowed) <= roster.upper_bound


@given(small_graphs, st.integers(1, 6), st.integers(0, 3), st.integers(0, 3), st.booleans())
@settings(max_examples=150, deadline=None)
def test_floors_hold_wherever_they_can_and_the_bound_holds_with_them(
    pairs: Pairs, size: int, north: int, even: int, swaps: bool
) -> None:
    sides = {name: "north" if name < "d" else "south" for name in pairs}
    turns = {name: "even" for name in pairs if ord(name) % 2 == 0}
    floor = Caps(sides, floors={"north": north})
    caps = (floor, Caps(turns, {"even": even}))
    possible = min(north, size, sum(side == "north" for side in sides.values()))

    def allowed(names: tuple[str, ...]) -> bool:
        return sum(name in turns for name in names) <= even

    roster = choose(audience_of(pairs), size=size, caps=caps, swaps=swaps)
    assert allowed(roster.chosen)
    assert roster.reach <= best_of(pairs, size, allowed)
    alone = choose(audience_of(pairs), size=size, caps=floor, swaps=swaps)
    assert len(alone.chosen) == min(size, len(pairs))
    assert sum(sides[name] == "north" for name in alone.chosen) >= possible


def test_a_floor_costs_the_people_it_costs() -> None:
    pairs = {"a": {1, 2, 3}, "b": {4, 5}, "new1": {1}, "new2": {6}}
    newcomers = Caps({"new1": "new", "new2": "new"}, floors={"new": 1})
    audience = audience_of(pairs)
    assert choose(audience, size=2).reach == 5
    with_one = choose(audience, size=2, caps=newcomers)
    assert (with_one.chosen, with_one.reach) == (("a", "new2"), 4)


@given(
    small_graphs,
    st.integers(1, 5),
    st.lists(st.integers(0, 9), min_size=8, max_size=8),
    st.integers(0, 20),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_budget_holds_and_the_bound_holds_under_a_budget(
    pairs: Pairs, size: int, prices: list[int], budget: int, swaps: bool
) -> None:
    costs = dict(zip("abcdefgh", map(float, prices), strict=True))

    def allowed(names: tuple[str, ...]) -> bool:
        return sum(costs[name] for name in names) <= budget

    roster = choose(audience_of(pairs), size=size, costs=costs, budget=budget, swaps=swaps)
    assert allowed(roster.chosen)
    assert roster.cost == sum(costs[name] for name in roster.chosen)
    assert roster.reach <= best_of(pairs, size, allowed) <= roster.upper_bound


@given(small_graphs, st.integers(2, 5), st.data())
@settings(max_examples=100, deadline=None)
def test_those_locked_in_come_first_and_those_locked_out_never(
    pairs: Pairs, size: int, data: st.DataObject
) -> None:
    inside = data.draw(st.sampled_from(sorted(pairs)))
    outside = data.draw(st.sampled_from(sorted(pairs)))
    out = () if outside == inside else (outside,)
    roster = choose(audience_of(pairs), size=size, locked_in=(inside,), locked_out=out)

    def allowed(names: tuple[str, ...]) -> bool:
        return inside in names and not set(out) & set(names)

    assert roster.chosen[0] == inside
    assert not set(out) & set(roster.chosen)
    assert roster.reach <= best_of(pairs, size, allowed) <= roster.upper_bound


@given(small_graphs, st.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_swaps_never_lose_a_person(pairs: Pairs, size: int) -> None:
    audience = audience_of(pairs)
    assert choose(audience, size=size, swaps=True).reach >= choose(audience, size=size).reach


def test_swaps_mend_what_greedy_spoils() -> None:
    pairs = {"all": {1, 2, 3, 4}, "left": {1, 2, 5}, "right": {3, 4, 6}}
    audience = audience_of(pairs)
    assert choose(audience, size=2).reach == 5
    assert set(choose(audience, size=2, swaps=True).chosen) == {"left", "right"}


@given(
    small_graphs,
    st.integers(1, 5),
    st.lists(st.integers(0, 9), min_size=8, max_size=8),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_after_the_swaps_no_allowed_swap_adds_anybody(
    pairs: Pairs, size: int, prices: list[int], data: st.DataObject
) -> None:
    """Tried one by one, from a choice that is allowed and no better than chance."""
    costs = dict(zip("abcdefgh", map(float, prices), strict=True))
    north = {name: "north" for name in pairs if name < "d"}
    apart = [("a", "e")] if {"a", "e"} <= {*pairs} else []
    caps = Caps(north, {"north": 2}, {"north": 1})
    terms = Terms(size=size, costs=costs, budget=20.0, caps=caps, apart=apart)

    def allowed(names: tuple[str, ...]) -> bool:
        cost = sum(costs[name] for name in names)
        seats = sum(name in north for name in names)
        return cost <= 20 and min(1, len(north)) <= seats <= 2 and not {"a", "e"} <= {*names}

    every = combinations(sorted(pairs), min(size, len(pairs)))
    starts = [names for names in every if allowed(names)]
    assume(starts)
    audience = audience_of(pairs)
    start = data.draw(st.sampled_from(starts))
    rows = swap(stated(audience, terms), audience.index_of(start).tolist())
    after = tuple(audience.account_ids[row] for row in rows)
    assert allowed(after)
    assert reach_of(pairs, after) >= reach_of(pairs, start)
    for leaving in after:
        others = tuple(name for name in after if name != leaving)
        better = [(*others, name) for name in pairs if name not in after]
        best = max((reach_of(pairs, n) for n in better if allowed(n)), default=0)
        assert best <= reach_of(pairs, after)


def test_an_account_without_a_known_cost_stays_out_of_a_budget() -> None:
    pairs = {"a": {1, 2, 3}, "b": {4}}
    roster = choose(audience_of(pairs), costs={"b": 2.0}, budget=10.0)
    assert roster.chosen == ("b",)


def test_more_seats_than_accounts_takes_everyone() -> None:
    roster = choose(audience_of({"a": {1}, "b": set()}), size=10)
    assert (roster.chosen, roster.gains, roster.proven) == (("a", "b"), (1, 0), 1.0)


def test_nobody_to_choose_gives_an_empty_roster() -> None:
    assert choose(audience_of({}), size=3) == Roster((), (), 0, 0, 1.0)


@given(
    small_graphs,
    st.integers(1, 6),
    st.integers(0, 3),
    st.lists(st.integers(0, 9), min_size=8, max_size=8),
    st.integers(5, 30),
    st.data(),
)
@settings(max_examples=200, deadline=None)
def test_the_bound_holds_with_budget_caps_floors_and_people_apart_together(
    pairs: Pairs, size: int, north: int, prices: list[int], budget: int, data: st.DataObject
) -> None:
    """Against every possible choice: no allowed one reaches more, and where one keeps the floors
    so does the choice."""
    sides = {name: "north" if name < "d" else "south" for name in pairs}
    turns = {name: "even" for name in pairs if ord(name) % 2 == 0}
    costs = dict(zip("abcdefgh", map(float, prices), strict=True))
    two = st.tuples(st.sampled_from(sorted(pairs)), st.sampled_from(sorted(pairs)))
    apart = [pair for pair in data.draw(st.lists(two, max_size=2)) if pair[0] != pair[1]]
    caps = (Caps(sides, {"south": 2}, {"north": north}), Caps(turns, {}, {"even": 1}))

    def allowed(names: tuple[str, ...]) -> bool:
        cost = sum(costs[name] for name in names)
        beside = any({*pair} <= {*names} for pair in apart)
        return cost <= budget and not beside and [sides[n] for n in names].count("south") <= 2

    def keeps_floors(names: tuple[str, ...]) -> bool:
        enough = [sides[name] for name in names].count("north") >= north
        return enough and any(name in turns for name in names) and allowed(names)

    roster = choose(
        audience_of(pairs), size=size, costs=costs, budget=budget, caps=caps, apart=apart
    )
    assert allowed(roster.chosen)
    possible = any(
        keeps_floors(names)
        for count in range(1, min(size, len(pairs)) + 1)
        for names in combinations(pairs, count)
    )
    assert (roster.lacking == ()) == possible
    within = keeps_floors if possible else allowed
    assert roster.reach <= best_of(pairs, size, within) <= roster.upper_bound


def test_floors_lower_the_bound_by_what_they_cost() -> None:
    pairs = {"a": {1, 2, 3}, "b": {4, 5}, "new1": {1}, "new2": {6}}
    newcomers = Caps({"new1": "new", "new2": "new"}, floors={"new": 1})
    roster = choose(audience_of(pairs), size=2, caps=newcomers)
    assert (roster.reach, roster.upper_bound, roster.proven) == (4, 4, 1.0)


def test_where_all_cost_the_same_a_budget_is_proven_as_the_seats_it_pays() -> None:
    pairs = {"a": {1, 2, 3}, "b": {4, 5}, "c": {6}, "d": {7}}
    costs = dict.fromkeys(pairs, 30.0)
    roster = choose(audience_of(pairs), size=4, costs=costs, budget=110.0)
    assert (roster.chosen, roster.upper_bound, roster.proven) == (("a", "b", "c"), 6, 1.0)


def test_two_kept_apart_are_never_chosen_together_unless_both_are_locked_in() -> None:
    pairs = {"a": {1, 2, 3}, "b": {4, 5, 6}, "c": {7}}
    audience = audience_of(pairs)
    assert choose(audience, size=2).chosen == ("a", "b")
    assert choose(audience, size=2, apart=[("b", "a")]).chosen == ("a", "c")
    assert choose(audience, size=2, apart=[("b", "a")], locked_in=["b"]).chosen == ("b", "c")
    both = choose(audience, size=2, apart=[("b", "a")], locked_in=["a", "b"])
    assert both.chosen == ("a", "b")


def test_what_bounds_cost_is_seen_by_choosing_without_them() -> None:
    pairs = {"a": {1, 2, 3}, "b": {4, 5}, "c": {6}}
    audience = audience_of(pairs)
    assert attainable(audience, size=2) == 5
    assert attainable(audience, size=2, locked_in=["c"]) == 4


def test_floors_that_greedy_would_miss_are_met_where_any_choice_meets_them() -> None:
    """Each floor asks for one, and only one account is in both groups; it reaches the fewest."""
    pairs = {"big": {1, 2, 3}, "wide": {4, 5}, "both": {1}}
    caps = (
        Caps({"big": "x", "both": "x"}, floors={"x": 1}),
        Caps({"wide": "y", "both": "y"}, floors={"y": 1}),
    )
    roster = choose(audience_of(pairs), size=1, caps=caps)
    assert (roster.chosen, roster.lacking) == (("both",), ())


def test_what_to_loosen_is_the_least_each_floor_lacks_and_what_else_would_do() -> None:
    pairs = {"a": {1, 2}, "b": {3}, "c": {4}, "d": {5}}
    caps = Caps({"a": "n", "b": "n", "c": "n"}, {"n": 3}, {"n": 3})
    costs = {"a": 5.0, "b": 5.0, "c": 5.0, "d": 1.0}
    terms = Terms(size=2, costs=costs, budget=10.0, caps=caps, apart=[("a", "b")])
    audience = audience_of(pairs)
    assert choose(audience, **terms).lacking == ((0, "n", 1),)
    alone = loosening(stated(audience, terms))
    assert alone == Loosening({(0, "n"): 1})
    roomy = loosening(stated(audience, {**terms, "size": 3, "apart": []}))
    assert roomy == Loosening({(0, "n"): 1}, budget=15.0)
    rich = loosening(stated(audience, {**terms, "budget": 15.0, "apart": []}))
    assert rich == Loosening({(0, "n"): 1}, seats=3)


def best_of(pairs: Pairs, size: int, allowed: object) -> int:
    assert callable(allowed)
    return max(
        reach_of(pairs, names)
        for count in range(min(size, len(pairs)) + 1)
        for names in combinations(pairs, count)
        if allowed(names)
    )
