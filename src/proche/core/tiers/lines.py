"""Sentences about many accounts at once: each different one is written a single time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from proche.core.results import Sentence

SENTENCE_TYPE = pa.struct([("code", pa.string()), ("fr", pa.string()), ("en", pa.string())])


@dataclass(slots=True)
class Lines:
    """Collects (account, sentence) in the order they are added."""

    accounts: int
    _sentences: list[Sentence] = field(default_factory=list)
    _rows: list[NDArray[np.int64]] = field(default_factory=list)
    _chosen: list[NDArray[np.int64]] = field(default_factory=list)

    def add(self, where: NDArray[np.bool_], sentence: Sentence) -> None:
        self.write(where, lambda: sentence)

    def write(
        self, where: NDArray[np.bool_], sentence: Callable[..., Sentence], *values: NDArray[Any]
    ) -> None:
        """Write `sentence(*values)` for each account of `where`."""
        rows = np.flatnonzero(where)
        if not len(rows):
            return
        keys, which = _different([column[rows] for column in values], len(rows))
        start = len(self._sentences)
        self._sentences += [sentence(*key) for key in keys]
        self._rows.append(rows)
        self._chosen.append(which + start)

    def column(self) -> pa.Array:
        """One list of sentences an account."""
        rows, chosen = self._ordered()
        counts = np.bincount(rows, minlength=self.accounts)
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        written = pa.array(
            [{"code": s.code, "fr": s.fr, "en": s.en} for s in self._sentences], SENTENCE_TYPE
        )
        return pa.ListArray.from_arrays(pa.array(offsets), written.take(pa.array(chosen)))

    def each(self) -> list[tuple[Sentence, ...]]:
        rows, chosen = self._ordered()
        found: list[list[Sentence]] = [[] for _ in range(self.accounts)]
        for row, choice in zip(rows.tolist(), chosen.tolist(), strict=True):
            found[row].append(self._sentences[choice])
        return [tuple(sentences) for sentences in found]

    def _ordered(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if not self._rows:
            none = np.zeros(0, dtype=np.int64)
            return none, none
        rows, chosen = np.concatenate(self._rows), np.concatenate(self._chosen)
        order = np.argsort(rows, kind="stable")
        return rows[order], chosen[order]


def _different(
    columns: Sequence[NDArray[Any]], rows: int
) -> tuple[list[tuple[Any, ...]], NDArray[np.int64]]:
    codes = np.zeros(rows, dtype=np.int64)
    for column in columns:
        kinds, code = np.unique(column, return_inverse=True)
        _, codes = np.unique(codes * len(kinds) + code, return_inverse=True)
    _, first = np.unique(codes, return_index=True)
    keys = [tuple(column[place].item() for column in columns) for place in first]
    return keys, codes.astype(np.int64)
