"""Lazy greedy for maximum coverage.

Method: Minoux, "Accelerated greedy algorithms for maximizing submodular set functions" (1978).
What an account adds only shrinks as others are chosen, so a figure computed earlier is a bound:
an account is counted again only when its bound comes first. The answer is the one of plain
greedy, ties going to the account that comes first in the audience.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.allowance import Allowance
from proche.core.roster.problem import Problem

Key = tuple[float, int]
Floats = NDArray[np.float64]

BLOCK = 128
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
    left = problem.eligible.copy()
    left[chosen] = False
    queue = _Queue(replace(problem, eligible=left), worth)
    while (index := queue.next(covered, allowance)) is not None:
        chosen.append(index)
        covered[problem.audience.row(index)] = True
        allowance.take(index)
    return chosen


class _Queue:
    """Candidates by their bound: a sorted list read in blocks, and a small heap of those already
    counted again. Building a heap of every candidate would cost more than choosing."""

    def __init__(self, problem: Problem, worth: Worth) -> None:
        self.problem = problem
        self.worth = worth
        rows = np.flatnonzero(problem.eligible)
        bounds = problem.audience.sizes[rows].astype(np.float64)
        keys = -(bounds if problem.costs is None else worth.of(bounds, problem.costs[rows]))
        order = np.argsort(keys, kind="stable")
        self.sorted_rows = rows[order]
        self.sorted_keys = keys[order]
        self.place = -1
        self.waiting = LAST
        self.heap: list[Key] = []

    def next(self, covered: NDArray[np.bool_], allowance: Allowance) -> int | None:
        """The candidate worth the most now; None when nobody fits any more."""
        if self.place < 0:
            self._advance(allowance)
        while (top := self._pop(allowance)) is not LAST:
            _, index = top
            if not allowance.fit(np.array([index]))[0]:
                continue
            row = self.problem.audience.row(index)
            gain = len(row) - int(np.count_nonzero(covered.take(row)))
            if gain == 0 and self.problem.costs is not None:
                continue
            key = self._key(gain, index)
            if key <= self.waiting and (not self.heap or key <= self.heap[0]):
                return index
            heappush(self.heap, key)
        return None

    def _key(self, gain: int, index: int) -> Key:
        if self.problem.costs is None:
            return (-float(gain), index)
        # through the same arithmetic as the first bounds, or rounding could undo a tie
        costs = self.problem.costs[index : index + 1]
        return (-float(self.worth.of(np.array([float(gain)]), costs)[0]), index)

    def _pop(self, allowance: Allowance) -> Key:
        if self.heap and self.heap[0] < self.waiting:
            return heappop(self.heap)
        top = self.waiting
        if top is not LAST:
            self._advance(allowance)
        return top

    def _advance(self, allowance: Allowance) -> None:
        """Go to the next candidate of the list that fits, a block at a time."""
        self.place += 1
        while self.place < len(self.sorted_rows):
            block = self.sorted_rows[self.place : self.place + BLOCK]
            fitting = np.flatnonzero(allowance.fit(block))
            if len(fitting):
                self.place += int(fitting[0])
                index = int(self.sorted_rows[self.place])
                self.waiting = (float(self.sorted_keys[self.place]), index)
                return
            self.place += len(block)
        self.waiting = LAST
