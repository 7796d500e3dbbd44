"""BM25 as one writes it from the paper: a dictionary of postings, a loop a term.

The form of Lucene (Kamphuis et al., 2020), k1 = 1.5 and b = 0.75 as bm25s has them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

K1, B = 1.5, 0.75


class ByHand:
    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self.lengths = [len(document) for document in documents]
        self.usual = sum(self.lengths) / len(documents)
        self.holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row, document in enumerate(documents):
            for term, times in Counter(document).items():
                self.holders[term].append((row, times))

    def scores(self, terms: Mapping[str, float]) -> NDArray[np.float64]:
        """Of every document, each term counted as much as it is worth."""
        found = np.zeros(len(self.lengths))
        for term, worth in terms.items():
            holders = self.holders.get(term, [])
            rarity = log(1 + (len(self.lengths) - len(holders) + 0.5) / (len(holders) + 0.5))
            for row, times in holders:
                long = 1 - B + B * self.lengths[row] / self.usual
                found[row] += worth * rarity * times / (times + K1 * long)
        return found
