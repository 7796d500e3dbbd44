"""The best choice when every account has a fixed value: seats, caps and floors by group, a budget.

Within seats, caps and floors the accounts of highest value are the best (a laminar matroid). A
budget is relaxed by a price per unit of cost: the one at which a choice that spends too much and
one that does not are worth the same, and no other is worth more (as in Handler and Zang,
1980). There the bound is that of the linear programme, and the two are mixed to spend the budget
exactly.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.problem import NO_GROUP, Grouping, Problem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# far more than are needed to find the price
CUTS = 30
ROUNDING = 1e-9


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
    dear = _highest(problem, rows, values)
    if costs is None or costs[rows[dear]].sum() <= problem.budget:
        return _selection(problem, rows, values, dear, 0.0)
    paid = costs[rows]
    price = _dearest(values, paid)
    cheap = _highest(problem, rows, values - price * paid)
    if paid[cheap].sum() > problem.budget:
        return _selection(problem, rows, values, cheap, price)
    for _ in range(CUTS):
        # where the two are worth the same
        lost, saved = _sum(values, dear) - _sum(values, cheap), _sum(paid, dear) - _sum(paid, cheap)
        price = max(lost / saved, 0.0)
        worth = values - price * paid
        found = _highest(problem, rows, worth)
        if _sum(worth, found) <= _sum(worth, cheap) + ROUNDING * _sum(values, dear):
            break
        if _sum(paid, found) > problem.budget:
            dear = found
        else:
            cheap = found
    bound = _selection(problem, rows, values, found, price)
    over, under = _sum(paid, dear), _sum(paid, cheap)
    return _mixed(bound, dear, cheap, (problem.budget - under) / (over - under))


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


def _mixed(bound: Selection, dear: Ints, cheap: Ints, share: float) -> Selection:
    """So much of the dear choice, the rest of the cheap one."""
    amounts = np.zeros(1 + max(int(dear.max(initial=0)), int(cheap.max(initial=0))))
    amounts[dear] += share
    amounts[cheap] += 1.0 - share
    places = np.flatnonzero(amounts)
    return replace(bound, places=places, amounts=amounts[places])


def _sum(values: Floats, places: Ints) -> float:
    return float(values[places].sum())


def _dearest(values: Floats, costs: Floats) -> float:
    paid = costs > 0
    return float((values[paid] / costs[paid]).max()) + 1.0
