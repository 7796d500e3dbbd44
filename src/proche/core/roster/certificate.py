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

from proche.core.roster.problem import Problem, without_floors
from proche.core.roster.weights import Weights

ROUNDS = 200
# entries of the incidence read in all rounds together: it bounds the time by the input alone,
# so the same input gives the same bound on a slow machine
READS = 12_000_000
# on large instances the last half of a thousandth costs more than it tells
ENOUGH, ENOUGH_READS = 0.9995, 5_000_000
# rounds after which those not looked at are asked whether they matter by now
LOOKS = frozenset({8, 32, 128})
# a step this much shorter than Polyak's no longer lowers the bound
SHORTEST = 1 / 128
PATIENCE = 3
# the sums are of floating numbers: a bound a hair too low would not be a bound
SLACK = 1e-9


def upper_bound(problem: Problem, chosen: list[int], reach: int) -> int:
    """No allowed choice reaches more persons than this: none within seats, budget and caps that
    keeps the floors too. Where the choice misses a floor, the bound asks for none."""
    if problem.lacking(chosen):
        problem = without_floors(problem)
    if problem.seats == 0 or not np.any(problem.audience.sizes[problem.eligible] > 0):
        return reach
    weights = Weights(problem, chosen)
    # `lowest` is among those looked at, `best` holds for all accounts
    best = lowest = np.inf
    stale, reads, damping = 0, 0, 1.0
    for turn in range(ROUNDS):
        selection = weights.best()
        bound = weights.bound(selection)
        stale = 0 if bound < lowest * (1 - 1e-5) else stale + 1
        lowest = min(lowest, bound)
        reads += weights.entries
        if stale >= PATIENCE:
            damping, stale = damping / 2, 0
        enough = reads > ENOUGH_READS and reach >= ENOUGH * lowest
        done = _whole(lowest) <= reach or enough or damping < SHORTEST
        if done or reads > READS or turn in LOOKS or weights.whole:
            among_all, missing = weights.best_of_all(selection)
            best = min(best, weights.bound(among_all))
            if reads > READS or (done and not len(missing)):
                break
            if len(missing):
                weights.look_at(missing)
                lowest = np.inf
                continue
        weights.move(selection, damping * max(bound - reach, 0.0))
    return max(min(_whole(best), problem.audience.person_count), reach)


def _whole(bound: float) -> int:
    return int(np.floor(bound * (1 + SLACK) + SLACK))
