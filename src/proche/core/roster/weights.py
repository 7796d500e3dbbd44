"""A weight for each person, and the accounts that matter at these weights; for the certificate."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.audience import Ints
from proche.core.roster.problem import Problem
from proche.core.roster.selection import Selection, best_selection

Floats = NDArray[np.float64]

MOMENTUM = 0.8
# an instance with fewer pairs than this is looked at whole
SMALL = 100_000
# an account worth this share of the least that comes in may come in some rounds later
SOON = 0.85
# near the best weights already: what a person is worth whom the choice to be proven reaches once,
# and one it reaches more often
ONCE, TWICE = 0.9, 0.3


class Weights:
    """They are kept only for the persons whom several of the accounts looked at reach: for anyone
    else the best weight is 1, which adds to the bound once, through the account."""

    def __init__(self, problem: Problem, chosen: Sequence[int]) -> None:
        self.problem = problem
        # nobody adds more persons than they reach
        self.most = np.where(problem.eligible, problem.audience.sizes, 0).astype(np.float64)
        self.already = int(np.count_nonzero(problem.covered))
        self.looked = np.zeros(len(self.most), dtype=np.bool_)
        self.persons = np.empty(0, dtype=np.int64)
        self.weights: Floats = np.empty(0)
        self.slope: Floats = np.empty(0)
        first = _first_weights(problem, chosen)
        self.look_at(self._first_rows(chosen, first))
        self.weights = first[self.persons]

    @property
    def entries(self) -> int:
        return len(self.reached) + len(self.persons)

    def bound(self, selection: Selection) -> float:
        return self.already + float(np.sum(1.0 - self.weights)) + selection.value

    def best(self) -> Selection:
        """The best allowed choice among the accounts looked at."""
        return best_selection(self.problem, self.rows, self._values())

    def best_of_all(self, best: Selection) -> tuple[Selection, Ints]:
        """The best allowed choice among all accounts, and who ought to be looked at for it."""
        if self.whole:
            return best, self.rows[:0]
        weights = np.ones(self.problem.audience.person_count)
        weights[self.problem.covered] = 0.0
        weights[self.persons] = self.weights
        selection, near = self._completed(self.rows, self._values(), weights)
        return selection, near[~self.looked[near]]

    def move(self, selection: Selection, gap: float) -> None:
        """One step down the slope, as long as Polyak's where the gap is that to the optimum."""
        self.slope *= MOMENTUM
        self.slope -= 1.0
        for place, amount in zip(selection.places, selection.amounts, strict=True):
            self.slope[self.reached[self.starts[place] : self.starts[place + 1]]] += amount
        # a slope that points out of [0, 1] moves nothing and must not shorten the step
        outward = np.where(self.slope < 0, self.weights >= 1.0, self.weights <= 0.0)
        step = np.where(outward, 0.0, self.slope)
        # not a BLAS product: its sum depends on how many threads it gets
        length = float(np.sum(np.square(step)))
        if length > 0.0:
            step *= gap / length
            self.weights -= step
            np.clip(self.weights, 0.0, 1.0, out=self.weights)

    def look_at(self, more: Ints) -> None:
        """Take these accounts into the part that every round reads."""
        audience = self.problem.audience
        self.looked[more] = True
        self.rows = np.flatnonzero(self.looked)
        self.whole = not np.any(self.most[~self.looked] > 0)
        joined, _ = _joined(self.problem, self.rows)
        times = np.bincount(joined, minlength=audience.person_count)
        shared = (times > 1) & ~self.problem.covered
        place = np.cumsum(shared) - 1
        kept = shared[joined]
        ends = np.cumsum(audience.sizes[self.rows])
        self.starts = _counted(kept, ends)
        new = _counted(~self.problem.covered[joined], ends)
        self.alone = np.diff(new) - np.diff(self.starts)
        self._renumber(np.flatnonzero(shared), place)
        self.reached = place[joined[kept]]

    def _values(self) -> Floats:
        values = self.alone.astype(np.float64)
        filled = np.flatnonzero(np.diff(self.starts))
        if len(filled):
            values[filled] += np.add.reduceat(self.weights[self.reached], self.starts[filled])
        return values

    def _renumber(self, persons: Ints, place: Ints) -> None:
        weights, slope = np.ones(len(persons)), np.zeros(len(persons))
        weights[place[self.persons]] = self.weights
        slope[place[self.persons]] = self.slope
        self.persons, self.weights, self.slope = persons, weights, slope

    def _first_rows(self, chosen: Sequence[int], weights: Floats) -> Ints:
        """Who comes in or soon will, told by those chosen and by the accounts that reach most."""
        able = np.flatnonzero(self.most > 0)
        if self.most.sum() <= SMALL:
            return able
        count = min(len(able), 2 * self.problem.seats)
        few = np.zeros(len(self.most), dtype=np.bool_)
        few[chosen] = True
        few[able[np.argpartition(-self.most[able], count - 1)[:count]]] = True
        rows = np.flatnonzero(few & (self.most > 0))
        values = _valued(self.problem, rows, weights)
        return self._completed(rows, values, weights)[1]

    def _completed(self, rows: Ints, values: Floats, weights: Floats) -> tuple[Selection, Ints]:
        """The best of all accounts, begun with these, and all that are nearly worth as much. An
        account is worth at most all the persons it reaches, so those that could not come in even
        then are never counted."""
        left = self.most > 0
        while True:
            left[rows] = False
            selection = best_selection(self.problem, rows, values)
            beyond = np.flatnonzero(left)
            worth = self._beyond_price(beyond, self.most[beyond], selection)
            coming = beyond[worth > selection.least]
            if not len(coming):
                break
            rows = np.concatenate((rows, coming))
            values = np.concatenate((values, _valued(self.problem, coming, weights)))
        near = self._beyond_price(rows, values, selection) > SOON * selection.least
        near[selection.places] = True
        return selection, rows[near]

    def _beyond_price(self, rows: Ints, values: Floats, selection: Selection) -> Floats:
        costs = self.problem.costs
        return values if costs is None else values - selection.price * costs[rows]


def _first_weights(problem: Problem, chosen: Sequence[int]) -> Floats:
    weights = np.ones(problem.audience.person_count)
    for index in chosen:
        row = problem.audience.row(index)
        weights[row] = np.where(weights[row] < 1.0, TWICE, ONCE)
    weights[problem.covered] = 0.0
    return weights


def _counted(which: NDArray[np.bool_], ends: Ints) -> Ints:
    """How many come before each account, and in all."""
    counts: Ints = np.concatenate(([0], np.cumsum(which)))[np.concatenate(([0], ends))]
    return counts


def _joined(problem: Problem, rows: Ints) -> tuple[NDArray[np.int32], Ints]:
    """The persons of these accounts, one after the other, and where each account begins."""
    audience = problem.audience
    joined = np.concatenate([audience.row(row) for row in rows.tolist()])
    return joined, np.cumsum(audience.sizes[rows]) - audience.sizes[rows]


def _valued(problem: Problem, rows: Ints, weights: Floats) -> Floats:
    joined, starts = _joined(problem, rows)
    values: Floats = np.add.reduceat(weights[joined], starts)
    return values
