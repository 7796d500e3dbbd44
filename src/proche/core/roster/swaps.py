"""Swap local search: give a seat to someone else as long as that adds persons.

Method: one-for-one exchange, as in Nemhauser, Wolsey and Fisher (1978). Helps where caps or a
budget led greedy astray; a choice that no swap improves is left as it is.
"""

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.problem import Problem, count_groups

Counts = NDArray[np.int32]

SWAPS = 200


def swap(problem: Problem, chosen: list[int]) -> list[int]:
    """The choice after at most SWAPS swaps, each the first one found that adds persons."""
    rows = list(chosen)
    times = np.zeros(problem.audience.person_count, dtype=np.int32)
    times[problem.covered] = 1
    for index in rows:
        times[problem.audience.row(index)] += 1
    for _ in range(SWAPS):
        if not _improve(problem, rows, times):
            break
    return rows


def _improve(problem: Problem, rows: list[int], times: Counts) -> bool:
    audience = problem.audience
    losses = [int(np.count_nonzero(times[audience.row(index)] == 1)) for index in rows]
    for place in sorted(range(len(rows)), key=lambda at: (losses[at], rows[at])):
        times[audience.row(rows[place])] -= 1
        better = _better(problem, rows, place, times, losses[place])
        rows[place] = rows[place] if better is None else better
        times[audience.row(rows[place])] += 1
        if better is not None:
            return True
    return False


def _better(problem: Problem, rows: list[int], place: int, times: Counts, loss: int) -> int | None:
    """The account that adds the most in this seat, if it adds more than the one who leaves."""
    audience = problem.audience
    seated = set(rows)
    best, found = loss, None
    order = np.flatnonzero(problem.eligible & (audience.sizes > loss))
    order = order[np.argsort(-audience.sizes[order], kind="stable")]
    for index in order.tolist():
        row = audience.row(index)
        if len(row) <= best:
            break
        if index in seated or not _fits(problem, rows, place, index):
            continue
        gain = int(np.count_nonzero(times.take(row) == 0))
        if gain > best:
            best, found = gain, index
    return found


def _fits(problem: Problem, rows: list[int], place: int, index: int) -> bool:
    after = [*rows[:place], index, *rows[place + 1 :]]
    if len(problem.apart) and np.isin(problem.apart, after).all(axis=1).any():
        return False
    for grouping in problem.groupings:
        before_count = count_groups(grouping.group_of[rows], len(grouping.room))
        count = count_groups(grouping.group_of[after], len(grouping.room))
        # a floor that could not be met must at least not be left further behind
        floor = np.minimum(grouping.need, before_count)
        if np.any(count > grouping.room) or np.any(count < floor):
            return False
    return problem.costs is None or float(problem.costs[after].sum()) <= problem.budget
