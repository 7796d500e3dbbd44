"""Choose the accounts that reach the most distinct persons, and prove how good the choice is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from proche.core.roster.audience import Audience
from proche.core.roster.certificate import upper_bound
from proche.core.roster.greedy import PER_COST, Worth, pick
from proche.core.roster.problem import Caps, Problem, state
from proche.core.roster.swaps import swap

PRICES = 8


@dataclass(frozen=True, slots=True)
class Roster:
    """Accounts in the order they were chosen, and the persons each one added.

    `upper_bound`: no allowed choice reaches more. `proven`: reach as a share of it, so the
    choice is at least that share of the best possible.
    """

    chosen: tuple[str, ...]
    gains: tuple[int, ...]
    reach: int
    upper_bound: int
    proven: float
    cost: float | None = None


def choose(
    audience: Audience,
    *,
    size: int | None = None,
    costs: Mapping[str, float] | None = None,
    budget: float | None = None,
    caps: Caps | Sequence[Caps] | None = None,
    locked_in: Sequence[str] = (),
    locked_out: Sequence[str] = (),
    swaps: bool = False,
) -> Roster:
    """The exact lazy-greedy choice; those locked in come first, in the order given.

    With a budget the best of several greedy choices is taken. With `swaps` chosen and unchosen
    accounts then change places as long as that adds persons. A locked-in account is seated even
    above its cap or the budget: the strategist decided.
    """
    problem = state(
        audience,
        size=len(audience.account_ids) if size is None else size,
        costs=costs,
        budget=budget,
        caps=(caps,) if isinstance(caps, Caps) else tuple(caps or ()),
        locked_in=locked_in,
        locked_out=locked_out,
    )
    chosen = _best_greedy(problem)
    if swaps:
        chosen = swap(problem, chosen)
    everyone = [int(index) for index in problem.locked] + chosen
    gains = _gains(audience, everyone)
    reach = sum(gains)
    bound = upper_bound(problem, chosen, reach)
    names = tuple(audience.account_ids[index] for index in everyone)
    return Roster(
        chosen=names,
        gains=gains,
        reach=reach,
        upper_bound=bound,
        proven=1.0 if bound == 0 else reach / bound,
        cost=None if costs is None else float(sum(costs.get(name, 0.0) for name in names)),
    )


def _best_greedy(problem: Problem) -> list[int]:
    """Greedy by reach; under a budget the best of several greedy choices.

    By reach alone spends the budget before the seats are taken, by reach per cost takes the
    seats before it is spent. Between them a price per unit of cost, halved towards the one where
    both run out together, finds the better choice.
    """
    best = pick(problem)
    if problem.costs is None:
        return best
    reach = problem.audience.reach
    cheap = pick(problem, PER_COST)
    best = max(best, cheap, key=reach)
    spent = float(problem.costs[cheap].sum())
    low, high = 0.0, reach(cheap) / spent if spent else 0.0
    for _ in range(PRICES if high else 0):
        price = (low + high) / 2
        chosen = pick(problem, Worth(price))
        best = max(best, chosen, key=reach)
        low, high = (low, price) if len(chosen) == problem.seats else (price, high)
    return best


def _gains(audience: Audience, rows: Sequence[int]) -> tuple[int, ...]:
    covered = np.zeros(audience.person_count, dtype=np.bool_)
    gains = []
    for index in rows:
        row = audience.row(index)
        gains.append(len(row) - int(np.count_nonzero(covered[row])))
        covered[row] = True
    return tuple(gains)
