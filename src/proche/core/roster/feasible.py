"""Whether floors can be met at all together with the rest, and what would have to give.

Method: a small integer programme over the candidates (SciPy's HiGHS), with a slack for each floor.
It knows nothing of reach; it is asked only where greedy leaves a floor unmet.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from proche.core.roster.problem import Problem, without_caps

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Loosening:
    """What would let every floor hold; None: loosening that alone would not be enough."""

    floors: dict[tuple[int, str], int]
    seats: int | None = None
    budget: float | None = None
    without_caps: bool = False
    without_apart: bool = False


def nearest(problem: Problem) -> list[int]:
    """As few rows as possible that lack as few seats under the floors as any allowed choice."""
    sizes = problem.audience.sizes
    # of as few, rather those who reach more
    price = 1.0 - sizes / (2.0 * max(int(sizes.max(initial=0)), 1))
    found = _solved(problem, price, slack=problem.seats + 1.0)
    return [] if found is None else found


def loosening(problem: Problem) -> Loosening:
    """The least that the floors lack, and each other bound that alone would make them hold."""
    everyone = int(np.count_nonzero(problem.eligible))
    one_each = np.ones(len(problem.eligible))
    roomy = _solved(replace(problem, seats=everyone), one_each)
    dear = None
    if problem.costs is not None:
        rich = replace(problem, seats=problem.asked, budget=np.inf)
        if (rows := _solved(rich, problem.costs)) is not None:
            dear = float(problem.costs[rows].sum())
    return Loosening(
        floors=problem.lacking(nearest(problem)),
        seats=None if roomy is None else len(roomy),
        budget=dear,
        without_caps=_solved(without_caps(problem), one_each) is not None,
        without_apart=bool(len(problem.apart))
        and _solved(replace(problem, apart=problem.apart[:0]), one_each) is not None,
    )


def _solved(problem: Problem, price: Floats, *, slack: float | None = None) -> list[int] | None:
    """The allowed rows of least price; with `slack`, floors may lack seats at that price each."""
    rows = np.flatnonzero(problem.eligible)
    floors = sum(len(grouping.groups) for grouping in problem.groupings)
    if not len(rows):
        return [] if slack is not None or not problem.lacking([]) else None
    matrix, low, high = _constraints(problem, rows, floors)
    lacking = np.full(floors, 0.0 if slack is None else np.inf)
    found = milp(
        np.concatenate((price[rows], np.full(floors, slack or 0.0))),
        constraints=LinearConstraint(matrix, low, high),
        integrality=np.ones(len(rows) + floors),
        bounds=Bounds(0, np.concatenate((np.ones(len(rows)), lacking))),
    )
    if found.x is None:
        return None
    return [int(row) for row in rows[found.x[: len(rows)] > 0.5]]


def _constraints(
    problem: Problem, rows: NDArray[np.int64], floors: int
) -> tuple[sparse.csr_matrix, Floats, Floats]:
    count = len(rows)
    lines: list[Floats] = [np.ones(count)]
    low, high = [0.0], [float(problem.seats)]
    if problem.costs is not None:
        lines.append(problem.costs[rows])
        low.append(0.0)
        high.append(float(problem.budget))
    for first, second in problem.apart:
        lines.append(((rows == first) | (rows == second)).astype(np.float64))
        low.append(0.0)
        high.append(1.0)
    plain = len(lines)
    for grouping in problem.groupings:
        for group in range(len(grouping.groups)):
            lines.append((grouping.group_of[rows] == group).astype(np.float64))
            high.append(float(grouping.room[group]))
            low.append(0.0)
    caps = len(lines) - plain
    lines += lines[plain:]
    low += [float(need) for grouping in problem.groupings for need in grouping.least]
    high += [np.inf] * caps
    slack = sparse.vstack(
        [sparse.csr_matrix((plain + caps, floors)), sparse.identity(floors, format="csr")]
    )
    matrix = sparse.hstack([sparse.csr_matrix(np.array(lines)), slack], format="csr")
    return matrix, np.array(low), np.array(high)
