"""How far the best possible choice could be: an upper bound that anyone can check again.

Method: Lagrangian dual of maximum coverage. For any weight w in [0, 1] per person,

    reach(any allowed choice) <= sum(1 - w) + best allowed choice of accounts valued by sum(w),

because a person reached counts at most (1 - w) plus one w. The right side is easy: the accounts
of highest value within seats and caps, with a price per unit of cost where a budget binds. The
weights are moved by projected subgradients with Polyak's step (B. T. Polyak, 1969); every one of
them gives a valid bound and the lowest is kept.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.problem import Problem
from proche.core.roster.selection import Selection, best_selection

Floats = NDArray[np.float64]

ROUNDS = 200
# entries of the incidence read in all rounds together: it bounds the time by the input alone,
# so the same input gives the same bound on a slow machine
READS = 400_000_000
# a step this much shorter than Polyak's no longer lowers the bound
SHORTEST = 1 / 128
MOMENTUM = 0.8
PATIENCE = 3
# the sums are of floating numbers: a bound a hair too low would not be a bound
SLACK = 1e-9


def upper_bound(problem: Problem, chosen: list[int], reach: int) -> int:
    """No allowed choice reaches more persons than this."""
    most = _most(problem)
    if problem.seats == 0 or not np.any(most > 0):
        return reach
    search = _Search(problem, most)
    weights = search.first_weights(chosen)
    best = np.inf
    stale, reads, damping = 0, 0, 1.0
    for _ in range(ROUNDS):
        selection = search.select(weights)
        bound = float(np.sum(1.0 - weights)) + selection.value
        stale = 0 if bound < best * (1 - 1e-5) else stale + 1
        best = min(best, bound)
        reads += search.entries
        if stale >= PATIENCE:
            damping, stale = damping / 2, 0
        if _whole(best) <= reach or reads > READS or damping < SHORTEST:
            break
        weights = search.moved(weights, selection, damping * max(bound - reach, 0.0))
    return max(_whole(best), reach)


def _whole(bound: float) -> int:
    return int(np.floor(bound * (1 + SLACK) + SLACK))


@dataclass
class _Part:
    """The candidates looked at in each round, as their own compressed rows."""

    rows: NDArray[np.int64]
    persons: NDArray[np.int32]
    starts: NDArray[np.int64]


class _Search:
    def __init__(self, problem: Problem, most: Floats) -> None:
        self.problem = problem
        self.most = most
        rows = np.flatnonzero(most > 0)
        self.order = rows[np.argsort(-most[rows], kind="stable")]
        self.part = self._part(min(len(self.order), max(4 * problem.seats, 64)))
        self.last_slope: Floats = np.zeros(problem.audience.person_count)

    @property
    def entries(self) -> int:
        return len(self.part.persons) + self.problem.audience.person_count

    def first_weights(self, chosen: list[int]) -> Floats:
        """Near the optimum already: nothing for a person reached twice, all for one not reached."""
        times = np.zeros(self.problem.audience.person_count, dtype=np.int64)
        for index in chosen:
            times[self.problem.audience.row(index)] += 1
        weights = np.where(times == 0, 1.0, np.where(times == 1, 0.9, 0.3))
        weights[self.problem.covered] = 0.0
        return weights

    def select(self, weights: Floats) -> Selection:
        """The best allowed choice at these weights. An account is worth at most all the persons
        it reaches, so those that cannot come in even then are never counted."""
        while True:
            values = np.add.reduceat(weights[self.part.persons], self.part.starts)
            selection = best_selection(self.problem, self.part.rows, values)
            beyond = self.order[len(self.part.rows) :]
            worth = self.most[beyond]
            if self.problem.costs is not None:
                worth = worth - selection.price * self.problem.costs[beyond]
            if not np.any(worth > selection.least):
                return selection
            reaching = int(np.flatnonzero(worth > selection.least)[-1]) + 1
            self.part = self._part(
                min(len(self.order), len(self.part.rows) + max(reaching, len(self.part.rows)))
            )

    def moved(self, weights: Floats, selection: Selection, gap: float) -> Floats:
        slope = np.full(len(weights), -1.0)
        for index, amount in zip(selection.rows, selection.amounts, strict=True):
            slope[self.problem.audience.row(int(index))] += amount
        slope += MOMENTUM * self.last_slope
        self.last_slope = slope.copy()
        # a slope that points out of [0, 1] moves nothing and must not shorten the step
        slope[(slope < 0) & (weights >= 1.0)] = 0.0
        slope[(slope > 0) & (weights <= 0.0)] = 0.0
        slope[self.problem.covered] = 0.0
        length = float(slope @ slope)
        if length == 0.0:
            return weights
        return np.clip(weights - (gap / length) * slope, 0.0, 1.0)

    def _part(self, count: int) -> _Part:
        rows = self.order[:count]
        audience = self.problem.audience
        sizes = audience.sizes[rows]
        starts = np.zeros(len(rows), dtype=np.int64)
        np.cumsum(sizes[:-1], out=starts[1:])
        joined = np.concatenate([audience.row(int(index)) for index in rows])
        return _Part(rows, joined, starts)


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
