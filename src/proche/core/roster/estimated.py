"""A public for accounts of which nobody knows who reacts: numbered people, drawn so that accounts
overlap by region and topic.

Method: an account is given as many people as it has followers, times its closeness. They are drawn
from crowds, one for each region and topic, an even part for each topic of the account. A crowd is
CROWD times the largest part drawn from it, so two accounts overlap by no more than one in CROWD in
a topic they share, by less where they are small, and not at all across regions or topics. That is
an assumption, said wherever the figure is shown; draws depend on the account and the crowd alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

CROWD = 3
# where closeness is unknown, the middle of the scale
MIDDLE = 50.0

Keys = NDArray[np.uint64]
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sized:
    """What is known of an account: followers, closeness from 0 to 100, where, about what."""

    account_id: str
    followers: int
    closeness: float | None
    region: str
    topics: tuple[str, ...]


def estimated(accounts: Iterable[Sized]) -> dict[str, Keys]:
    """Sorted, distinct numbers of people for each account, as `Audience.from_keys` takes them."""
    parts = {account.account_id: _parts(account) for account in accounts}
    crowds = _crowds(parts)
    return {
        account_id: np.sort(
            np.concatenate([_drawn(account_id, cell, n, crowds[cell]) for cell, n in cells.items()])
        )
        for account_id, cells in parts.items()
        if cells
    }


def _parts(account: Sized) -> dict[Cell, int]:
    closeness = MIDDLE if account.closeness is None else account.closeness
    people = round(account.followers * closeness / 100)
    topics = sorted(set(account.topics)) or [""]
    share, rest = divmod(people, len(topics))
    cells = {(account.region, topic): share + (place < rest) for place, topic in enumerate(topics)}
    return {cell: n for cell, n in cells.items() if n}


def _crowds(parts: Mapping[str, Mapping[Cell, int]]) -> dict[Cell, tuple[int, int]]:
    """The first number of each crowd, and how many people it holds."""
    largest: dict[Cell, int] = defaultdict(int)
    for cells in parts.values():
        for cell, n in cells.items():
            largest[cell] = max(largest[cell], n)
    crowds, first = {}, 0
    for cell in sorted(largest):
        crowds[cell] = (first, CROWD * largest[cell])
        first += CROWD * largest[cell]
    return crowds


def _drawn(account_id: str, cell: Cell, n: int, crowd: tuple[int, int]) -> Keys:
    first, size = crowd
    rng = np.random.default_rng(crc32("\0".join((account_id, *cell)).encode()))
    found: Keys = (rng.choice(size, n, replace=False, shuffle=False) + first).astype(np.uint64)
    return found
