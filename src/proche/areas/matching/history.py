"""What happened with a person so far, as the ranking reads it. The caller brings it: offers and
posts live in higher areas."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class History:
    asks_this_quarter: int = 0
    # None: never asked.
    months_since_last_ask: int | None = None
    # Other brands the person made an exchange with, and the whole months since.
    recent_brands: tuple[tuple[str, int], ...] = ()
    # Posts agreed to whose day has come, and how many of them were handed in.
    owed: int = 0
    posted: int = 0
    # Of the newest posts they handed in.
    captions: tuple[str, ...] = ()


NEW = History()
Histories = Mapping[int, History]
