"""The bank in memory, as it stood at one moment; a change gives another one."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from proche.areas.accounts.models import Programme
from proche.faces.agency.bank_search.facts import NOWHERE, Facts, Ints, Read, Several, read
from proche.faces.agency.bank_search.words import Words

# Beyond so many people changed since it was read, reading it whole again costs less.
MOST_RECENT = 1_000
# A step between names so small that a thousand of them fit between two of the first list.
STEP = 1e-6


@dataclass(frozen=True)
class Bank:
    """Everybody of one programme, whatever their state; row i is `facts.pk[i]`."""

    facts: Facts
    topics: Several
    tags: Several
    asks: Several
    words: Words
    # The row of each person.
    rows: dict[int, int]
    # Every name at the first reading, in order, and the place of each row among them.
    names: list[str]
    rank: NDArray[np.float64]
    # All rows, by name.
    by_name: Ints
    # The names of those who changed since, by row.
    renamed: dict[int, str]

    @cached_property
    def topic_values(self) -> Ints:
        """The topics somebody has, by number."""
        return np.flatnonzero(np.bincount(self.topics.values))

    @cached_property
    def _asks(self) -> dict[float, Ints]:
        return {}

    def asks_since(self, moment: float) -> Ints:
        """How many offers were sent to each since then, in seconds; a quarter is asked often."""
        if moment not in self._asks:
            rows = self.asks.rows[self.asks.values >= moment]
            self._asks[moment] = np.bincount(rows, minlength=len(self.facts.pk))
        return self._asks[moment]

    @classmethod
    def whole(cls, programme: Programme) -> "Bank":
        found = read(programme)
        pks = found.facts.pk.tolist()
        order = sorted(range(len(pks)), key=lambda row: (found.names[row], pks[row]))
        rank = np.empty(len(pks), np.float64)
        rank[order] = np.arange(len(pks))
        return cls(
            facts=found.facts,
            topics=found.topics,
            tags=found.tags,
            asks=found.asks,
            words=Words.of(found.texts),
            rows={pk: row for row, pk in enumerate(pks)},
            names=[found.names[row] for row in order],
            rank=rank,
            by_name=np.asarray(order, np.int64),
            renamed={},
        )

    def after(self, programme: Programme, people: Sequence[int]) -> "Bank":
        """The same once these people changed, came, or are gone."""
        if len(self.renamed) + len(people) > MOST_RECENT:
            return Bank.whole(programme)
        found = read(programme, people)
        held = (found.facts.state != NOWHERE).tolist()
        there = {pk for pk, is_held in zip(found.facts.pk.tolist(), held, strict=True) if is_held}
        if any(pk in self.rows and self._held(pk) and pk not in there for pk in people):
            # Names and words read before stay in these lists: who left must not stay in them.
            return Bank.whole(programme)
        return self._with(found)

    def _held(self, pk: int) -> bool:
        return bool(self.facts.state[self.rows[pk]] != NOWHERE)

    def _with(self, new: Read) -> "Bank":
        table = dict(self.rows)
        places = [table.setdefault(pk, len(table)) for pk in new.facts.pk.tolist()]
        rows, size = np.asarray(places, np.int64), len(table)
        renamed = {**self.renamed, **dict(zip(places, new.names, strict=True))}
        rank = np.empty(size, np.float64)
        rank[: len(self.rank)] = self.rank
        for step, (name, row) in enumerate(sorted((n, r) for r, n in renamed.items())):
            rank[row] = bisect_left(self.names, name) - 0.5 + step * STEP
        return Bank(
            facts=self.facts.changed(rows, new.facts, size),
            topics=self.topics.changed(rows, new.topics, size),
            tags=self.tags.changed(rows, new.tags, size),
            asks=self.asks.changed(rows, new.asks, size),
            words=self.words.changed(dict(zip(places, new.texts, strict=True)), size),
            rows=table,
            names=self.names,
            rank=rank,
            by_name=np.argsort(rank, kind="stable"),
            renamed=renamed,
        )
