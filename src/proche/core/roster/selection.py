"""The best choice when every account has a fixed value: seats, caps and floors by group, a budget.

Within seats, caps and floors the accounts of highest value are the best (a laminar matroid). A
budget is relaxed by a price per unit of cost, found by bisection; at the right price the bound is
that of the linear programme, and two choices are mixed so that the mixture spends the budget
exactly.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.problem import NO_GROUP, Grouping, Problem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HALVINGS = 24


@dataclass(frozen=True, eq=False)
class Selection:
    """`places` are those of the accounts looked at. `value` bounds every allowed choice; an
    account worth no more than `least` beyond its price cannot raise it."""

    places: Ints
    amounts: Floats
    value: float
    least: float
    price: float = 0.0


def best_selection(problem: Problem, rows: Ints, values: Floats) -> Selection:
    costs = problem.costs
    free = _highest(problem, rows, values)
    if costs is None or costs[rows[free]].sum() <= problem.budget:
        return _selection(problem, rows, values, free, 0.0)
    low, high = 0.0, _dearest(values, costs[rows])
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        places = _highest(problem, rows, values - middle * costs[rows])
        if costs[rows[places]].sum() > problem.budget:
            low = middle
        else:
            high = middle
    return _mixed(problem, rows, values, low, high)


def _highest(problem: Problem, rows: Ints, values: Floats) -> Ints:
    """Places of the most valuable accounts that fit seats, caps and floors; never a worthless one
    that no floor asks for.

    Of several groupings the one that holds the value down the most is kept, the others relaxed.
    The value still bounds every allowed choice.
    """
    if not problem.groupings:
        count = min(problem.seats, len(values))
        top: Ints = np.argpartition(-values, count - 1)[:count]
        return top[values[top] > 0]
    order: Ints = np.argsort(-values, kind="stable")
    found = [
        _within(grouping, rows, order, values, problem.seats) for grouping in problem.groupings
    ]
    return min(found, key=lambda places: float(values[places].sum()))


def _within(grouping: Grouping, rows: Ints, order: Ints, values: Floats, seats: int) -> Ints:
    """The first of each group up to its floor, then the best of the others within the caps.

    Where the accounts looked at are fewer than a floor, they are all taken: the others are worth
    less than any of the selection, so that the bound holds.
    """
    if not grouping.need.any():
        order = order[values[order] > 0]
    if not len(grouping.room):
        return order[:seats]
    groups = grouping.group_of[rows[order]]
    grouped = groups != NO_GROUP
    rank = _rank_in_group(groups)
    fits = ~grouped | (rank < grouping.room[groups])
    owed = grouped & (rank < grouping.need[groups])
    others = order[fits & ~owed & (values[order] > 0)]
    needed = order[owed]
    return np.concatenate((needed, others[: max(seats - len(needed), 0)]))


def _rank_in_group(groups: Ints) -> Ints:
    by_group = np.argsort(groups, kind="stable")
    ordered = groups[by_group]
    first = np.searchsorted(ordered, ordered)
    rank = np.empty(len(groups), dtype=np.int64)
    rank[by_group] = np.arange(len(groups)) - first
    return rank


def _selection(
    problem: Problem, rows: Ints, values: Floats, places: Ints, price: float
) -> Selection:
    costs = problem.costs
    worth = values if costs is None or price == 0 else values - price * costs[rows]
    paid = price * problem.budget if price > 0 else 0.0
    full = len(places) == problem.seats
    least = float(worth[places].min()) if full and len(places) else 0.0
    amounts = np.ones(len(places))
    return Selection(places, amounts, paid + float(worth[places].sum()), least, price)


def _mixed(problem: Problem, rows: Ints, values: Floats, low: float, high: float) -> Selection:
    assert problem.costs is not None
    costs = problem.costs[rows]
    dear = _highest(problem, rows, values - low * costs)
    cheap = _highest(problem, rows, values - high * costs)
    over, under = float(costs[dear].sum()), float(costs[cheap].sum())
    share = (problem.budget - under) / (over - under) if over > under else 0.0
    share = min(max(share, 0.0), 1.0)
    bound = _selection(problem, rows, values, cheap, high)
    amounts = np.zeros(len(rows))
    amounts[cheap] += 1.0 - share
    amounts[dear] += share
    places = np.flatnonzero(amounts)
    return Selection(places, amounts[places], bound.value, bound.least, high)


def _dearest(values: Floats, costs: Floats) -> float:
    paid = costs > 0
    return float((values[paid] / costs[paid]).max()) + 1.0
