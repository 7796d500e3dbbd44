"""What may still be chosen while seats are given out: seats, room and need by group, money."""

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.audience import Ints
from proche.core.roster.problem import NO_GROUP, Grouping, Problem


class Allowance:
    """Only ever shrinks: a candidate that does not fit now never will again. So who is `open` is
    narrowed when a seat closes a whole group, and a candidate is told in two look-ups."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.seats = problem.seats
        self.money = problem.budget
        self.open = problem.eligible.copy()
        self.bounds = [_Bounds(grouping, self.open, self.seats) for grouping in problem.groupings]

    def fits(self, index: int) -> bool:
        if not self.seats or not self.open[index]:
            return False
        costs = self.problem.costs
        return costs is None or bool(costs[index] <= self.money)

    def fit(self, rows: Ints) -> NDArray[np.bool_]:
        fits = self.open[rows] & (self.seats > 0)
        if self.problem.costs is not None:
            fits &= self.problem.costs[rows] <= self.money
        return fits

    def take(self, index: int) -> None:
        self.seats -= 1
        self.open[index] = False
        if self.problem.costs is not None:
            self.money -= float(self.problem.costs[index])
        for pair in self.problem.apart:
            if index in pair:
                self.open[pair] = False
        for bounds in self.bounds:
            bounds.take(index, self.seats)


class _Bounds:
    """Room and need by group, closing in `open` whoever they leave no seat for."""

    def __init__(self, grouping: Grouping, open: NDArray[np.bool_], seats: int) -> None:
        self.group_of = grouping.group_of
        self.open = open
        self.room = grouping.room.copy()
        self.need = grouping.need.copy()
        self.owed = int(self.need.sum())
        self.tight = False
        self._keep_for_the_owed(seats)

    def take(self, index: int, seats: int) -> None:
        group = self.group_of[index]
        if group != NO_GROUP:
            self.room[group] -= 1
            if self.need[group] > 0:
                self.need[group] -= 1
                self.owed -= 1
            if self.room[group] <= 0 or (self.tight and self.need[group] == 0):
                self._close(group)
        self._keep_for_the_owed(seats)

    def _keep_for_the_owed(self, seats: int) -> None:
        """The last seats belong to the groups that still need them. Once that is so it stays so:
        every seat given from then on is one that was owed."""
        if self.tight or not self.owed or self.owed < seats:
            return
        self.tight = True
        for group in (NO_GROUP, *np.flatnonzero(self.need == 0)):
            self._close(group)

    def _close(self, group: int) -> None:
        self.open[self.group_of == group] = False
