"""How far the best possible choice could be: an upper bound that anyone can check again.

Method: Lagrangian dual of maximum coverage. For any weight w in [0, 1] per person,

    reach(any allowed choice) <= sum(1 - w) + best allowed choice of accounts valued by sum(w),

because a person reached counts at most (1 - w) plus one w. The right side is easy: the accounts
of highest value within seats, caps and floors, with a price per unit of cost where a budget binds.
Two people who may not be together are not asked of it: that only lifts the bound. The
weights are moved by projected subgradients with Polyak's step (B. T. Polyak, 1969); every one of
them gives a valid bound and the lowest is kept.
"""

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.problem import Problem, without_floors
from proche.core.roster.selection import Selection, best_selection

Floats = NDArray[np.float64]

ROUNDS = 200
# entries of the incidence read in all rounds together: it bounds the time by the input alone,
# so the same input gives the same bound on a slow machine
READS = 40_000_000
# on large instances the last half of a thousandth costs more than it tells
ENOUGH, ENOUGH_READS = 0.9995, 5_000_000
# a step this much shorter than Polyak's no longer lowers the bound
SHORTEST = 1 / 128
MOMENTUM = 0.8
PATIENCE = 3
# the sums are of floating numbers: a bound a hair too low would not be a bound
SLACK = 1e-9


def upper_bound(problem: Problem, chosen: list[int], reach: int) -> int:
    """No allowed choice reaches more persons than this: none within seats, budget and caps that
    keeps the floors too. Where the choice misses a floor, the bound asks for none."""
    if problem.lacking(chosen):
        problem = without_floors(problem)
    most = _most(problem)
    if problem.seats == 0 or not np.any(most > 0):
        return reach
    search = _Search(problem, most, chosen)
    best = np.inf
    stale, reads, damping = 0, 0, 1.0
    for _ in range(ROUNDS):
        selection = search.select()
        bound = search.bound(selection)
        stale = 0 if bound < best * (1 - 1e-5) else stale + 1
        best = min(best, bound)
        reads += search.entries
        if stale >= PATIENCE:
            damping, stale = damping / 2, 0
        if _whole(best) <= reach or reads > READS or damping < SHORTEST:
            break
        if reads > ENOUGH_READS and reach >= ENOUGH * best:
            break
        search.move(selection, damping * max(bound - reach, 0.0))
    return max(_whole(best), reach)


def _whole(bound: float) -> int:
    return int(np.floor(bound * (1 + SLACK) + SLACK))


class _Search:
    """The weights, kept only for the persons that the accounts looked at reach: for anyone else
    the best weight is 1, which adds nothing to the bound."""

    def __init__(self, problem: Problem, most: Floats, chosen: list[int]) -> None:
        self.problem = problem
        self.most = most
        rows = np.flatnonzero(most > 0)
        self.order = rows[np.argsort(-most[rows], kind="stable")]
        self.already = int(np.count_nonzero(problem.covered))
        self.persons = np.empty(0, dtype=np.int64)
        self.weights: Floats = np.empty(0)
        self.slope: Floats = np.empty(0)
        self._look_at(min(len(self.order), max(4 * problem.seats, 64)))
        self.weights = self._first_weights(chosen)

    @property
    def entries(self) -> int:
        return len(self.reached) + len(self.persons)

    def bound(self, selection: Selection) -> float:
        return self.already + float(np.sum(1.0 - self.weights)) + selection.value

    def select(self) -> Selection:
        """The best allowed choice at these weights. An account is worth at most all the persons
        it reaches, so those that cannot come in even then are never counted."""
        while True:
            values = np.add.reduceat(self.weights[self.reached], self.starts[:-1])
            selection = best_selection(self.problem, self.rows, values)
            beyond = self.order[len(self.rows) :]
            worth = self.most[beyond]
            if self.problem.costs is not None:
                worth = worth - selection.price * self.problem.costs[beyond]
            coming = np.flatnonzero(worth > selection.least)
            if not len(coming):
                return selection
            more = max(int(coming[-1]) + 1, len(self.rows))
            self._look_at(min(len(self.order), len(self.rows) + more))

    def move(self, selection: Selection, gap: float) -> None:
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

    def _first_weights(self, chosen: list[int]) -> Floats:
        """Near the optimum already: little for a person reached twice, all for one not reached."""
        times = np.zeros(self.problem.audience.person_count, dtype=np.int64)
        for index in chosen:
            times[self.problem.audience.row(index)] += 1
        here = times[self.persons]
        return np.where(here == 0, 1.0, np.where(here == 1, 0.9, 0.3))

    def _look_at(self, count: int) -> None:
        """Take the first `count` candidates into the part that every round reads."""
        audience = self.problem.audience
        self.rows = self.order[:count]
        joined = np.concatenate([audience.row(int(index)) for index in self.rows])
        new = ~self.problem.covered[joined]
        kept = np.concatenate(([0], np.cumsum(new)))
        ends = np.cumsum(audience.sizes[self.rows])
        self.starts = np.concatenate(([0], kept[ends]))
        joined = joined[new]
        here = np.zeros(audience.person_count, dtype=np.bool_)
        here[joined] = True
        place = np.cumsum(here) - 1
        self._renumber(np.flatnonzero(here), place)
        self.reached = place[joined]

    def _renumber(self, persons: NDArray[np.int64], place: NDArray[np.int64]) -> None:
        weights, slope = np.ones(len(persons)), np.zeros(len(persons))
        weights[place[self.persons]] = self.weights
        slope[place[self.persons]] = self.slope
        self.persons, self.weights, self.slope = persons, weights, slope


def _most(problem: Problem) -> Floats:
    """The persons each candidate could add at the very most."""
    audience = problem.audience
    if len(problem.locked):
        new = np.concatenate(([0], np.cumsum(~problem.covered[audience.persons])))
        most = (new[audience.starts[1:]] - new[audience.starts[:-1]]).astype(np.float64)
    else:
        most = audience.sizes.astype(np.float64)
    most[~problem.eligible] = 0.0
    return most
