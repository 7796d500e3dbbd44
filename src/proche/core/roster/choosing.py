"""Choose the accounts that reach the most distinct persons, and prove how good the choice is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack

import numpy as np

from proche.core.roster.audience import Audience
from proche.core.roster.certificate import upper_bound
from proche.core.roster.greedy import PER_COST, Worth, pick
from proche.core.roster.problem import Caps, Problem, state
from proche.core.roster.swaps import swap

PRICES = 8


class Terms(TypedDict, total=False):
    """What a choice must respect. `costs` and `budget` are in one unit of money; `caps` holds one
    grouping or several; the two of a pair of `apart` are never both chosen."""

    size: int | None
    costs: Mapping[str, float] | None
    budget: float | None
    caps: Caps | Sequence[Caps] | None
    apart: Sequence[tuple[str, str]]
    locked_in: Sequence[str]
    locked_out: Sequence[str]
    swaps: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """Accounts in the order they were chosen, and the persons each one added.

    `upper_bound`: no allowed choice reaches more. `proven`: reach as a share of it, so the
    choice is at least that share of the best possible. `lacking`: how many seats each floor
    lacks, by grouping and group, where no allowed choice keeps them all.
    """

    chosen: tuple[str, ...]
    gains: tuple[int, ...]
    reach: int
    upper_bound: int
    proven: float
    cost: float | None = None
    lacking: tuple[tuple[int, str, int], ...] = ()


def choose(audience: Audience, **terms: Unpack[Terms]) -> Roster:
    """The exact lazy-greedy choice; those locked in come first, in the order given.

    With a budget the best of several greedy choices is taken. With `swaps` chosen and unchosen
    accounts then change places as long as that adds persons. Floors hold wherever any allowed
    choice keeps them. A locked-in account is seated even above its cap, over the budget or beside
    somebody it is kept apart from: the strategist decided.
    """
    problem = stated(audience, terms)
    chosen = _chosen(problem, swaps=terms.get("swaps", False))
    everyone = [int(index) for index in problem.locked] + chosen
    gains = _gains(audience, everyone)
    reach = sum(gains)
    bound = upper_bound(problem, chosen, reach)
    names = tuple(audience.account_ids[index] for index in everyone)
    costs = terms.get("costs")
    return Roster(
        chosen=names,
        gains=gains,
        reach=reach,
        upper_bound=bound,
        proven=1.0 if bound == 0 else reach / bound,
        cost=None if costs is None else float(sum(costs.get(name, 0.0) for name in names)),
        lacking=tuple((*place, short) for place, short in problem.lacking(chosen).items()),
    )


def attainable(audience: Audience, **terms: Unpack[Terms]) -> int:
    """The reach of that choice, without its proof: to see what a bound costs."""
    problem = stated(audience, terms)
    chosen = _chosen(problem, swaps=terms.get("swaps", False))
    return audience.reach([*map(int, problem.locked), *chosen])


def stated(audience: Audience, terms: Terms) -> Problem:
    size, caps = terms.get("size"), terms.get("caps")
    return state(
        audience,
        size=len(audience.account_ids) if size is None else size,
        costs=terms.get("costs"),
        budget=terms.get("budget"),
        caps=(caps,) if isinstance(caps, Caps) else tuple(caps or ()),
        apart=tuple(terms.get("apart", ())),
        locked_in=terms.get("locked_in", ()),
        locked_out=terms.get("locked_out", ()),
    )


def _chosen(problem: Problem, *, swaps: bool) -> list[int]:
    chosen = _best_greedy(problem)
    lacking = problem.lacking(chosen)
    if lacking:
        from proche.core.roster.feasible import nearest  # SciPy's solvers take long to load

        # greedy met each floor in turn; what lacks fewer seats is sought among all choices
        found = nearest(problem)
        if sum(problem.lacking(found).values()) < sum(lacking.values()):
            return swap(problem, pick(problem, start=found))
    return swap(problem, chosen) if swaps else chosen


def _best_greedy(problem: Problem) -> list[int]:
    """Greedy by reach; under a budget the best of several greedy choices.

    By reach alone spends the budget before the seats are taken, by reach per cost takes the
    seats before it is spent. Between them a price per unit of cost, halved towards the one where
    both run out together, finds the better choice.
    """
    best = pick(problem)
    if problem.costs is None:
        return best
    most = _merit(problem, best)

    def tried(worth: Worth) -> list[int]:
        nonlocal best, most
        chosen = pick(problem, worth)
        merit = _merit(problem, chosen)
        if merit > most:
            best, most = chosen, merit
        return chosen

    cheap = tried(PER_COST)
    spent = float(problem.costs[cheap].sum())
    low, high = 0.0, problem.audience.reach(cheap) / spent if spent else 0.0
    for _ in range(PRICES if high else 0):
        price = (low + high) / 2
        low, high = (low, price) if len(tried(Worth(price))) == problem.seats else (price, high)
    return best


def _merit(problem: Problem, chosen: list[int]) -> tuple[int, int]:
    return -sum(problem.lacking(chosen).values()), problem.audience.reach(chosen)


def _gains(audience: Audience, rows: Sequence[int]) -> tuple[int, ...]:
    covered = np.zeros(audience.person_count, dtype=np.bool_)
    gains = []
    for index in rows:
        row = audience.row(index)
        gains.append(len(row) - int(np.count_nonzero(covered[row])))
        covered[row] = True
    return tuple(gains)
