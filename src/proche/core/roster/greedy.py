"""Lazy greedy for maximum coverage.

Method: Minoux, "Accelerated greedy algorithms for maximizing submodular set functions" (1978).
What an account adds only shrinks as others are chosen, so a figure computed earlier is a bound:
an account is counted again only when its bound comes first. The answer is the one of plain
greedy, ties going to the account that comes first in the audience.
"""

from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.problem import NO_GROUP, Problem

Key = tuple[float, int]


def pick(problem: Problem, *, per_cost: bool = False) -> list[int]:
    """Rows in the order they are chosen, best first; by people reached or by people per cost.

    Seats are filled even by accounts that add nobody, unless a budget would pay for them.
    """
    queue = _Queue(problem, per_cost=per_cost)
    covered = problem.covered.copy()
    room = problem.room.copy()
    left = problem.budget
    chosen: list[int] = []
    while len(chosen) < problem.seats and (index := queue.next(covered, room, left)) is not None:
        chosen.append(index)
        covered[problem.audience.row(index)] = True
        if problem.group_of[index] != NO_GROUP:
            room[problem.group_of[index]] -= 1
        if problem.costs is not None:
            left -= problem.costs[index]
    return chosen


class _Queue:
    """Candidates by their bound: a sorted list never looked at twice, and a small heap of those
    already counted again. Building a heap of every candidate would cost more than choosing."""

    def __init__(self, problem: Problem, *, per_cost: bool) -> None:
        self.problem = problem
        self.per_cost = per_cost
        rows = np.flatnonzero(problem.eligible)
        keys = self._first_bounds(rows)
        order = np.argsort(-keys, kind="stable")
        self.sorted_rows = rows[order]
        self.sorted_keys = -keys[order]
        self.place = 0
        self.heap: list[Key] = []

    def next(self, covered: NDArray[np.bool_], room: NDArray[np.int64], left: float) -> int | None:
        fresh: set[int] = set()
        while (top := self._pop()) is not None:
            _, index = top
            if index in fresh:
                return index
            if not self._fits(index, room, left):
                continue
            row = self.problem.audience.row(index)
            gain = len(row) - int(np.count_nonzero(covered.take(row)))
            if gain == 0 and self.problem.costs is not None:
                continue
            key = (-self._key(gain, index), index)
            if key <= self._first():
                return index
            fresh.add(index)
            heappush(self.heap, key)
        return None

    def _first_bounds(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        bounds: NDArray[np.float64] = self.problem.audience.sizes[rows].astype(np.float64)
        if self.per_cost and self.problem.costs is not None:
            costs = self.problem.costs[rows]
            free = np.full(len(rows), np.inf)
            bounds = np.divide(bounds, costs, out=free, where=costs > 0)
        return bounds

    def _key(self, gain: int, index: int) -> float:
        if not self.per_cost or self.problem.costs is None:
            return float(gain)
        cost = float(self.problem.costs[index])
        return gain / cost if cost > 0 else np.inf

    def _fits(self, index: int, room: NDArray[np.int64], left: float) -> bool:
        group = self.problem.group_of[index]
        if group != NO_GROUP and room[group] == 0:
            return False
        return self.problem.costs is None or self.problem.costs[index] <= left

    def _first(self) -> Key:
        waiting = self._waiting()
        return min(self.heap[0], waiting) if self.heap else waiting

    def _waiting(self) -> Key:
        if self.place == len(self.sorted_rows):
            return (np.inf, 0)
        return (float(self.sorted_keys[self.place]), int(self.sorted_rows[self.place]))

    def _pop(self) -> Key | None:
        waiting = self._waiting()
        if self.heap and self.heap[0] < waiting:
            return heappop(self.heap)
        if self.place == len(self.sorted_rows):
            return None
        self.place += 1
        return waiting
