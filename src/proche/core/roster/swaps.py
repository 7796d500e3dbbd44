"""Swap local search: give a seat to someone else as long as that adds persons.

Method: one-for-one exchange, as in Nemhauser, Wolsey and Fisher (1978). Helps where caps or a
budget led greedy astray; a choice that no swap improves is left as it is. All exchanges are
weighed in one reading of the candidates: for each, how many of its persons nobody chosen reaches,
and how many only the one in each seat.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.audience import Audience, Ints
from proche.core.roster.problem import Grouping, Problem, count_groups

Bools = NDArray[np.bool_]

SWAPS = 200
# pairs read at once: it bounds the memory that a large audience takes
BLOCK = 1_000_000


def swap(problem: Problem, chosen: list[int]) -> list[int]:
    """The choice after at most SWAPS swaps, each the best for the first seat that gains by one."""
    rows = np.array(chosen, dtype=np.int64)
    for _ in range(SWAPS):
        if not len(rows) or not _improve(problem, rows):
            break
    return [int(row) for row in rows]


def _improve(problem: Problem, rows: Ints) -> bool:
    """Seats in the order of what they would lose; the most that each could gain, larger accounts
    first between equals."""
    holder = _holders(problem, rows)
    losses = np.bincount(holder, minlength=len(rows) + 2)[: len(rows)]
    best, found = losses.copy(), np.full(len(rows), -1)
    for block in _blocks(problem, rows, int(losses.min())):
        gains = _gains(problem.audience, block, holder, len(rows))
        gains[~_fit(problem, rows, block)] = -1
        top = gains.argmax(axis=0)
        gained = gains[top, np.arange(len(rows))]
        found[gained > best] = block[top[gained > best]]
        np.maximum(best, gained, out=best)
    for place in np.lexsort((rows, losses)).tolist():
        if found[place] >= 0:
            rows[place] = found[place]
            return True
    return False


def _holders(problem: Problem, rows: Ints) -> Ints:
    """For each person the seat that alone reaches them; else len(rows) where nobody does, and one
    more where several do, or somebody locked in."""
    audience = problem.audience
    times = problem.covered.astype(np.int32)
    for row in rows.tolist():
        times[audience.row(row)] += 1
    holder = np.where(times == 0, len(rows), len(rows) + 1)
    for place, row in enumerate(rows.tolist()):
        persons = audience.row(row)
        holder[persons[times[persons] == 1]] = place
    return holder


def _blocks(problem: Problem, rows: Ints, loss: int) -> Iterator[Ints]:
    """Those without a seat who reach more than the least lost, the largest first."""
    sizes = problem.audience.sizes
    able = problem.eligible & (sizes > loss)
    able[rows] = False
    order = np.flatnonzero(able)
    order = order[np.argsort(-sizes[order], kind="stable")]
    cuts = np.flatnonzero(np.diff(np.cumsum(sizes[order]) // BLOCK)) + 1
    return iter(block for block in np.split(order, cuts) if len(block))


def _gains(audience: Audience, block: Ints, holder: Ints, seats: int) -> Ints:
    """What each of the block would add, a column for each seat that it might take."""
    joined = np.concatenate([audience.row(row) for row in block.tolist()])
    account = np.repeat(np.arange(len(block)), audience.sizes[block])
    kinds = seats + 2
    counts = np.bincount(account * kinds + holder[joined], minlength=len(block) * kinds)
    by_holder = counts.reshape(len(block), kinds)
    gains: Ints = by_holder[:, :seats] + by_holder[:, seats : seats + 1]
    return gains


def _fit(problem: Problem, rows: Ints, block: Ints) -> Bools:
    """Whether each of the block may take each seat, the others staying."""
    fit = np.ones((len(block), len(rows)), dtype=np.bool_)
    for grouping in problem.groupings:
        fit &= _keeps(grouping, rows, block)
    if problem.costs is not None:
        others = problem.costs[rows].sum() - problem.costs[rows]
        fit &= problem.costs[block][:, None] + others <= problem.budget
    for pair in problem.apart:
        for one, other in (pair, pair[::-1]):
            # beside somebody kept apart there is only the seat of that one
            fit[block == one] &= (rows == other) | ~np.any(rows == other)
    return fit


def _keeps(grouping: Grouping, rows: Ints, block: Ints) -> Bools:
    """A floor that could not be met must at least not be left further behind."""
    arriving, leaving = grouping.group_of[block], grouping.group_of[rows]
    counts = count_groups(leaving, len(grouping.room))
    # one place more, read by those in no group
    roomy = np.append(counts < grouping.room, True)[arriving]
    spared = np.append(counts > grouping.need, True)[leaving]
    keeps: Bools = (arriving[:, None] == leaving) | (roomy[:, None] & spared)
    return keeps
