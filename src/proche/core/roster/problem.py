"""What a choice must respect, in row numbers: who may be chosen, how many, at what cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.audience import Audience, Ints

NO_GROUP = -1


@dataclass(frozen=True)
class Caps:
    """At most `limits[group]` accounts of each group; a group without a limit has none."""

    groups: Mapping[str, str]
    limits: Mapping[str, int]


@dataclass(frozen=True, eq=False)
class Problem:
    """The candidates that remain once those locked in are seated and paid for."""

    audience: Audience
    seats: int
    locked: Ints
    eligible: NDArray[np.bool_]
    costs: NDArray[np.float64] | None
    budget: float
    group_of: Ints
    room: Ints
    covered: NDArray[np.bool_] = field(repr=False)


def state(
    audience: Audience,
    *,
    size: int,
    costs: Mapping[str, float] | None,
    budget: float | None,
    caps: Caps | None,
    locked_in: Sequence[str],
    locked_out: Sequence[str],
) -> Problem:
    locked = audience.index_of(dict.fromkeys(locked_in))
    eligible = np.ones(len(audience.account_ids), dtype=np.bool_)
    eligible[locked] = False
    eligible[audience.index_of(locked_out)] = False
    group_of, room = _grouped(audience, caps, locked)
    if len(room):
        eligible &= (group_of == NO_GROUP) | (room[group_of] > 0)
    prices = _priced(audience, costs, eligible)
    covered = np.zeros(audience.person_count, dtype=np.bool_)
    for index in locked:
        covered[audience.row(index)] = True
    spent = 0.0 if prices is None else float(prices[locked].sum())
    return Problem(
        audience=audience,
        seats=max(0, min(size - len(locked), int(np.count_nonzero(eligible)))),
        locked=locked,
        eligible=eligible,
        costs=None if budget is None else prices,
        budget=np.inf if budget is None else max(budget - spent, 0.0),
        group_of=group_of,
        room=room,
        covered=covered,
    )


def _priced(
    audience: Audience, costs: Mapping[str, float] | None, eligible: NDArray[np.bool_]
) -> NDArray[np.float64] | None:
    if costs is None:
        return None
    # an account without a known cost cannot be shown to fit a budget: it stays out
    prices = np.array([costs.get(name, -1.0) for name in audience.account_ids], dtype=np.float64)
    eligible &= prices >= 0
    paid: NDArray[np.float64] = np.maximum(prices, 0.0)
    return paid


def _grouped(audience: Audience, caps: Caps | None, locked: Ints) -> tuple[Ints, Ints]:
    group_of = np.full(len(audience.account_ids), NO_GROUP, dtype=np.int64)
    if caps is None:
        return group_of, np.empty(0, dtype=np.int64)
    number = {group: place for place, group in enumerate(caps.limits)}
    for place, name in enumerate(audience.account_ids):
        group_of[place] = number.get(caps.groups.get(name, ""), NO_GROUP)
    room = np.array(list(caps.limits.values()), dtype=np.int64)
    taken = group_of[locked]
    np.subtract.at(room, taken[taken != NO_GROUP], 1)
    return group_of, np.maximum(room, 0)
