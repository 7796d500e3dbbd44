"""What a choice must respect, in row numbers: who may be chosen, how many, at what cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.audience import Audience, Ints

NO_GROUP = -1


@dataclass(frozen=True)
class Caps:
    """At most `limits[group]` and at least `floors[group]` accounts of each group; a group named
    in neither has no bound. Floors that cannot be met are met as far as they can be."""

    groups: Mapping[str, str]
    limits: Mapping[str, int] = field(default_factory=dict)
    floors: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Grouping:
    """One way of grouping the accounts: `room` is how many more of each group may be chosen,
    `need` how many more must be, as far as there are any."""

    groups: tuple[str, ...]
    group_of: Ints
    room: Ints
    least: Ints
    need: Ints

    def short_of(self, chosen: Sequence[int]) -> Ints:
        seated = count_groups(self.group_of[np.asarray(chosen, dtype=np.int64)], len(self.groups))
        short: Ints = np.maximum(self.least - seated, 0)
        return short


@dataclass(frozen=True, eq=False)
class Problem:
    """The candidates that remain once those locked in are seated and paid for."""

    audience: Audience
    seats: int
    # as many as were asked for, whatever the budget pays
    asked: int
    locked: Ints
    eligible: NDArray[np.bool_]
    costs: NDArray[np.float64] | None
    budget: float
    groupings: tuple[Grouping, ...]
    # pairs of candidates that may not both be chosen
    apart: Ints
    # kept out by a cap that the seated fill already
    capped: NDArray[np.bool_]
    covered: NDArray[np.bool_] = field(repr=False)

    def lacking(self, chosen: Sequence[int]) -> dict[tuple[int, str], int]:
        """How many the choice lacks of each group under its floor, by grouping and name."""
        return {
            (number, group): int(short)
            for number, grouping in enumerate(self.groupings)
            for group, short in zip(grouping.groups, grouping.short_of(chosen), strict=True)
            if short > 0
        }


def state(
    audience: Audience,
    *,
    size: int,
    costs: Mapping[str, float] | None,
    budget: float | None,
    caps: Sequence[Caps],
    apart: Sequence[tuple[str, str]] = (),
    locked_in: Sequence[str],
    locked_out: Sequence[str],
) -> Problem:
    locked = audience.index_of(dict.fromkeys(locked_in))
    eligible = np.ones(len(audience.account_ids), dtype=np.bool_)
    eligible[audience.index_of(locked_out)] = False
    pairs = audience.index_of(name for pair in apart for name in pair).reshape(-1, 2)
    # whoever may not be beside somebody seated cannot be chosen any more
    eligible[pairs[np.isin(pairs, locked).any(axis=1)].ravel()] = False
    eligible[locked] = False
    prices = _priced(audience, costs, eligible)
    groupings = tuple(_grouping(audience, one, locked, eligible) for one in caps)
    open_to = eligible.copy()
    for grouping in groupings:
        group_of = grouping.group_of
        eligible &= (group_of == NO_GROUP) | (grouping.room[group_of] > 0)
    covered = np.zeros(audience.person_count, dtype=np.bool_)
    for index in locked:
        covered[audience.row(index)] = True
    asked = max(0, min(size - len(locked), int(np.count_nonzero(eligible))))
    money = np.inf
    if budget is not None:
        money = max(budget - (0.0 if prices is None else float(prices[locked].sum())), 0.0)
    return Problem(
        audience=audience,
        seats=min(asked, _paid_for(prices, eligible, money)),
        asked=asked,
        locked=locked,
        eligible=eligible,
        costs=None if budget is None else prices,
        budget=money,
        groupings=groupings,
        apart=pairs[eligible[pairs].all(axis=1)],
        capped=open_to & ~eligible,
        covered=covered,
    )


def _priced(
    audience: Audience, costs: Mapping[str, float] | None, eligible: NDArray[np.bool_]
) -> NDArray[np.float64] | None:
    if costs is None:
        return None
    # an account without a known cost cannot be shown to fit a budget: it stays out
    found = map(costs.get, audience.account_ids, repeat(-1.0))
    prices = np.fromiter(found, dtype=np.float64, count=len(audience.account_ids))
    eligible &= prices >= 0
    paid: NDArray[np.float64] = np.maximum(prices, 0.0)
    return paid


def _paid_for(prices: NDArray[np.float64] | None, eligible: NDArray[np.bool_], money: float) -> int:
    """How many of the cheapest the money pays: no choice has more, so the proof need not either."""
    if prices is None or not np.isfinite(money):
        return len(eligible)
    spent = np.cumsum(np.sort(prices[eligible]))
    # a sum in another order may round to a hair more
    return int(np.searchsorted(spent, money * (1 + 1e-9) + 1e-9, side="right"))


def _grouping(
    audience: Audience, caps: Caps, locked: Ints, eligible: NDArray[np.bool_]
) -> Grouping:
    number = {group: place for place, group in enumerate({**caps.limits, **caps.floors})}
    everyone = len(audience.account_ids)
    named = map(caps.groups.get, audience.account_ids, repeat(""))
    numbers = map(number.get, named, repeat(NO_GROUP))
    group_of = np.fromiter(numbers, dtype=np.int64, count=everyone)
    most = np.array([caps.limits.get(group, everyone) for group in number], dtype=np.int64)
    least = np.array([caps.floors.get(group, 0) for group in number], dtype=np.int64)
    seated = count_groups(group_of[locked], len(number))
    room = np.maximum(most - seated, 0)
    available = np.minimum(room, count_groups(group_of[eligible], len(number)))
    left = np.maximum(least - seated, 0)
    return Grouping(tuple(number), group_of, room, left, np.minimum(left, available))


def without_floors(problem: Problem) -> Problem:
    def free(grouping: Grouping) -> Grouping:
        nothing = np.zeros_like(grouping.need)
        return replace(grouping, least=nothing, need=nothing)

    return replace(problem, groupings=tuple(free(grouping) for grouping in problem.groupings))


def without_caps(problem: Problem) -> Problem:
    """The caps lifted; whom they kept out from the start stays out only if something else did."""

    def open_to_all(grouping: Grouping) -> Grouping:
        return replace(grouping, room=np.full_like(grouping.room, len(problem.eligible)))

    groupings = tuple(open_to_all(grouping) for grouping in problem.groupings)
    return replace(problem, eligible=problem.eligible | problem.capped, groupings=groupings)


def count_groups(groups: Ints, count: int) -> Ints:
    return np.bincount(groups[groups != NO_GROUP], minlength=count)
