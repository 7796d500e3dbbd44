"""What may still be chosen while seats are given out: seats, room and need by group, money."""

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.audience import Ints
from proche.core.roster.problem import NO_GROUP, Grouping, Problem


class Allowance:
    """Only ever shrinks: a candidate that does not fit now never will again."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.seats = problem.seats
        self.money = problem.budget
        self.rooms = [grouping.room.copy() for grouping in problem.groupings]
        self.needs = [grouping.need.copy() for grouping in problem.groupings]
        self.barred = np.zeros(len(problem.eligible), dtype=np.bool_)

    def fit(self, rows: Ints) -> NDArray[np.bool_]:
        fits = np.full(len(rows), self.seats > 0)
        if self.problem.costs is not None:
            fits &= self.problem.costs[rows] <= self.money
        if len(self.problem.apart):
            fits &= ~self.barred[rows]
        for grouping, room, need in self._bounds():
            groups = grouping.group_of[rows]
            grouped = groups != NO_GROUP
            if len(room):
                fits &= ~grouped | (room[groups] > 0)
            # the last seats belong to the groups that still need them
            if need.sum() >= self.seats:
                fits &= grouped & (need[groups] > 0)
        return fits

    def take(self, index: int) -> None:
        self.seats -= 1
        if self.problem.costs is not None:
            self.money -= float(self.problem.costs[index])
        for first, second in self.problem.apart:
            if index in (first, second):
                self.barred[[first, second]] = True
        for grouping, room, need in self._bounds():
            group = grouping.group_of[index]
            if group != NO_GROUP:
                room[group] -= 1
                need[group] = max(need[group] - 1, 0)

    def _bounds(self) -> "zip[tuple[Grouping, Ints, Ints]]":
        return zip(self.problem.groupings, self.rooms, self.needs, strict=True)
