"""BM25 over terms: scores worked out once, then added up for the terms of a query.

Method: Okapi BM25 (Robertson and Zaragoza, 2009) in the form of Lucene, as Kamphuis et al. (2020)
write it down and bm25s (X. H. Lù, 2024) computes it; a test holds these scores to its own.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

K1, B = 1.5, 0.75
# From a term that one member in so many uses, a column of everybody is read sooner than a list.
COMMON = 8
# Below one member in so many, their scores are added up alone.
FEW = 8

Rows = NDArray[np.intp]
Worths = Mapping[str, float]
Found = list[tuple[float, slice]]


@dataclass(frozen=True, eq=False)
class Postings:
    """For each term, the rows that hold it and the score it gives each of them."""

    count: int
    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    # 64 bits although 32 would hold them: NumPy converts any other index on every query.
    rows: Rows
    scores: NDArray[np.float32]
    # For each common term the score of everybody, 0 for who does not use it; it has no list.
    common: Mapping[str, NDArray[np.float32]]
    # How many terms a member holds, on average.
    length: float

    def part(self, term: str) -> slice | None:
        """Where the rows of a term lie; None where it has no list."""
        place = self.vocabulary.get(term)
        return None if place is None else slice(self.starts[place], self.starts[place + 1])

    def score_of(self, term: str, row: int) -> float | None:
        """What a term gives one member; None where they do not use it."""
        if (column := self.common.get(term)) is not None:
            return float(column[row]) or None
        part = self.part(term) or slice(0, 0)
        at = int(np.searchsorted(self.rows[part], row))
        held = at < part.stop - part.start and self.rows[part][at] == row
        return float(self.scores[part][at]) if held else None

    def rarity(self, terms: Iterable[str]) -> "Rarity":
        return Rarity(self.count, self.length, {term: self._holders(term) for term in terms})

    def _holders(self, term: str) -> int:
        if (column := self.common.get(term)) is not None:
            return int(np.count_nonzero(column))
        part = self.part(term) or slice(0, 0)
        return int(part.stop - part.start)


@dataclass(frozen=True)
class Rarity:
    """What the scores of some terms rest on: how many members there are, how many terms each holds
    on average, and how many members hold each of these."""

    members: int
    length: float
    holders: Mapping[str, int]


def index(documents: Iterable[Iterable[str]]) -> Postings:
    """`documents` holds the terms of each member, in the order of the rows."""
    vocabulary: defaultdict[str, int] = defaultdict()
    vocabulary.default_factory = vocabulary.__len__
    numbered, lengths = array("i"), array("q")
    for document in documents:
        before = len(numbered)
        numbered.extend(map(vocabulary.__getitem__, document))
        lengths.append(len(numbered) - before)
    terms = np.array(numbered, dtype=np.intc)
    return _postings(dict(vocabulary), terms, np.array(lengths, dtype=np.int64))


def index_one(document: Iterable[str], rarity: Rarity) -> Postings:
    """One member alone, scored as among those the rarity was counted in; the terms it does not
    name are left out."""
    times = Counter(document)
    held = [term for term in times if term in rarity.holders]
    places = np.arange(len(held))
    scores = _scores(
        places,
        np.zeros(len(held), dtype=np.intp),
        np.array([times[term] for term in held], dtype=np.float32),
        # Nobody held it then: somebody does now.
        np.array([max(1, rarity.holders[term]) for term in held], dtype=np.intp),
        np.array([times.total()], dtype=np.int64),
        rarity,
    )
    return Postings(
        1,
        {term: place for place, term in enumerate(held)},
        np.arange(len(held) + 1),
        np.zeros(len(held), dtype=np.intp),
        scores,
        {},
        rarity.length,
    )


def _postings(
    vocabulary: dict[str, int], terms: NDArray[np.intc], lengths: NDArray[np.int64]
) -> Postings:
    held, rows, times = _counted(terms, lengths)
    holders = np.bincount(held, minlength=len(vocabulary))
    mean = float(np.mean(lengths)) if len(lengths) else 0.0
    scores = _scores(held, rows, times, holders, lengths, Rarity(len(lengths), mean, {}))
    common = holders * COMMON >= len(lengths)
    starts = np.concatenate(([0], np.cumsum(holders)))
    columns: dict[str, NDArray[np.float32]] = {}
    for term, place in vocabulary.items():
        if common[place]:
            part = slice(starts[place], starts[place + 1])
            columns[term] = np.zeros(len(lengths), dtype=np.float32)
            columns[term][rows[part]] = scores[part]
    listed = ~common[held]
    return Postings(
        len(lengths),
        {term: place for term, place in vocabulary.items() if term not in columns},
        np.concatenate(([0], np.cumsum(np.where(common, 0, holders)))),
        rows[listed],
        scores[listed],
        columns,
        mean,
    )


def _counted(
    terms: NDArray[np.intc], lengths: NDArray[np.int64]
) -> tuple[Rows, Rows, NDArray[np.float32]]:
    """Each pair of term and row once, in that order, with how many times it comes."""
    # Term and row in one number: sorting those is several times faster than sorting pairs.
    pairs = terms.astype(np.int64) << 32
    pairs |= np.repeat(np.arange(len(lengths)), lengths)
    pairs.sort()
    first = np.flatnonzero(np.diff(pairs, prepend=-1))
    times = np.diff(first, append=len(pairs)).astype(np.float32)
    pairs = pairs[first]
    return pairs >> 32, pairs & 0xFFFFFFFF, times


def _scores(
    held: Rows,
    rows: Rows,
    times: NDArray[np.float32],
    holders: NDArray[np.intp],
    lengths: NDArray[np.int64],
    among: Rarity,
) -> NDArray[np.float32]:
    rare = np.log(1 + (among.members - holders + 0.5) / (holders + 0.5)).astype(np.float32)
    long = K1 * (1 - B + B * lengths / among.length) if len(held) else lengths
    scores: NDArray[np.float32] = (rare[held] * (times / (long[rows] + times))).astype(np.float32)
    return scores


def added_up(postings: Postings, worths: Worths, rows: Rows | None = None) -> NDArray[np.float64]:
    """The score of these rows (None: of everybody), each term counted as much as it is worth.

    Products of 32 bits are added in 64, where their sums are exact: no order of adding, and so no
    way of finding them, changes a score."""
    found = [
        (worth, part)
        for worth, term in sorted((worth, term) for term, worth in worths.items())
        if (part := postings.part(term)) is not None
    ]
    if not found:
        total = np.zeros(postings.count if rows is None else len(rows))
    elif rows is not None and len(rows) * FEW <= postings.count:
        total = _of_few(postings, found, rows)
    else:
        total = _of_all(postings, found)
        total = total if rows is None else total[rows]
    for term in postings.common.keys() & worths.keys():
        column = postings.common[term]
        total += np.float32(worths[term]) * (column if rows is None else column[rows])
    return total


def _of_all(postings: Postings, found: Found) -> NDArray[np.float64]:
    rows = np.concatenate([postings.rows[part] for _, part in found])
    values = np.concatenate([postings.scores[part] for _, part in found])
    # Terms of one worth lie side by side: one product for all of them.
    start = 0
    for worth, parts in groupby(found, key=itemgetter(0)):
        end = start + sum(part.stop - part.start for _, part in parts)
        values[start:end] *= np.float32(worth)
        start = end
    summed = np.bincount(rows, weights=values, minlength=postings.count)
    return summed.astype(np.float64, copy=False)


def _of_few(postings: Postings, found: Found, rows: Rows) -> NDArray[np.float64]:
    """Looks at every row of the lists, but at the scores of those asked for alone."""
    asked = np.zeros(postings.count, dtype=np.bool_)
    asked[rows] = True
    listed = np.concatenate([postings.rows[part] for _, part in found])
    hits = np.flatnonzero(asked[listed])
    starts = np.array([part.start for _, part in found])
    ends = np.cumsum([part.stop - part.start for _, part in found])
    term = np.searchsorted(ends, hits, side="right")
    shift = starts - np.concatenate(([0], ends[:-1]))
    worths = np.array([worth for worth, _ in found], dtype=np.float32)
    values = worths[term] * postings.scores[hits + shift[term]]
    places = np.searchsorted(rows, listed[hits])
    summed = np.bincount(places, weights=values, minlength=len(rows))
    return summed.astype(np.float64, copy=False)
