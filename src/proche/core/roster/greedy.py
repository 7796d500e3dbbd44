"""Lazy greedy for maximum coverage.

Method: Minoux, "Accelerated greedy algorithms for maximizing submodular set functions" (1978).
What an account adds only shrinks as others are chosen, so a figure computed earlier is a bound:
an account is counted again only when its bound comes first. The answer is the one of plain
greedy, ties going to the account that comes first in the audience.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.allowance import Allowance
from proche.core.roster.problem import Problem

Key = tuple[float, int]
Floats = NDArray[np.float64]

# few choices read further than the first stretch of the list
FIRST, LONGER = 1024, 4
LAST: Key = (np.inf, -1)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a gain is worth once it has been paid for: the gain less `price` per unit of cost, or
    the gain per unit of cost. Either way it shrinks with the gain, as lazy greedy requires."""

    price: float = 0.0
    per_cost: bool = False

    def of(self, gains: Floats, costs: Floats) -> Floats:
        if not self.per_cost:
            return gains - self.price * costs
        free = np.full(len(gains), np.inf)
        np.divide(gains, costs, out=free, where=costs > 0)
        return free

    def of_one(self, gain: float, cost: float) -> float:
        if not self.per_cost:
            return gain - self.price * cost
        return gain / cost if cost > 0 else np.inf


BY_REACH = Worth()
PER_COST = Worth(per_cost=True)


def pick(problem: Problem, worth: Worth = BY_REACH, *, start: Sequence[int] = ()) -> list[int]:
    """Rows in the order they are chosen, those of `start` first, then the most worth.

    Seats are filled even by accounts that add nobody, unless a budget would pay for them.
    """
    covered = problem.covered.copy()
    allowance = Allowance(problem)
    chosen: list[int] = list(start)
    for row in chosen:
        covered[problem.audience.row(row)] = True
        allowance.take(row)
    queue = _Queue(problem, worth, allowance)
    while (index := queue.next(covered)) is not None:
        chosen.append(index)
        covered[problem.audience.row(index)] = True
        allowance.take(index)
    return chosen


class _Queue:
    """Candidates by their bound: a heap of those already counted again, beside a list sorted only
    as far as it is read. Sorting every candidate would cost more than choosing."""

    def __init__(self, problem: Problem, worth: Worth, allowance: Allowance) -> None:
        self.problem = problem
        self.worth = worth
        self.allowance = allowance
        self.rest = np.flatnonzero(problem.eligible)
        bounds = problem.audience.sizes[self.rest].astype(np.float64)
        costs = problem.costs
        self.rest_keys = -(bounds if costs is None else worth.of(bounds, costs[self.rest]))
        self.length = FIRST
        self.listed: Iterator[Key] = iter(())
        self.heap: list[Key] = []
        self.waiting = self._listed()

    def next(self, covered: NDArray[np.bool_]) -> int | None:
        """The candidate worth the most now; None when nobody fits any more."""
        audience, heap = self.problem.audience, self.heap
        while (top := self._pop()) is not LAST:
            _, index = top
            if not self.allowance.fits(index):
                continue
            row = audience.row(index)
            gain = len(row) - int(np.count_nonzero(covered.take(row)))
            if gain == 0 and self.problem.costs is not None:
                continue
            key = self._key(gain, index)
            if key <= self.waiting and (not heap or key <= heap[0]):
                return index
            heappush(heap, key)
        return None

    def _key(self, gain: int, index: int) -> Key:
        costs = self.problem.costs
        # the operations of the first bounds, or rounding could undo a tie
        return (-(gain if costs is None else self.worth.of_one(gain, float(costs[index]))), index)

    def _pop(self) -> Key:
        if self.heap and self.heap[0] < self.waiting:
            return heappop(self.heap)
        top = self.waiting
        if top is not LAST:
            self.waiting = self._listed()
        return top

    def _listed(self) -> Key:
        """The next candidate of the list that fits."""
        while True:
            for key in self.listed:
                if self.allowance.fits(key[1]):
                    return key
            if not len(self.rest):
                return LAST
            self._list_more()

    def _list_more(self) -> None:
        """Sort the next stretch of those who still fit, each time a longer one."""
        fit = self.allowance.fit(self.rest)
        rows, keys = self.rest[fit], self.rest_keys[fit]
        # equal keys stay together, so that the sort settles their order
        last = np.partition(keys, self.length)[self.length] if len(keys) > self.length else np.inf
        now = keys <= last
        order = np.argsort(keys[now], kind="stable")
        self.listed = zip(keys[now][order].tolist(), rows[now][order].tolist(), strict=True)
        self.rest, self.rest_keys = rows[~now], keys[~now]
        self.length *= LONGER
