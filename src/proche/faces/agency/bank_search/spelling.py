"""The words of the bank nearest to one that nobody has.

Distance: optimal string alignment (Damerau 1964; insertions, deletions, substitutions and swaps
of neighbours, no part edited twice), by its recurrence, for all the words at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHORTEST = 4
MOST_SAID = 3
LONGEST = 32
FAR = 9


def tolerance(word: str) -> int:
    """How many slips a word of this length may hold before it could be any other."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < 6 else 2


@dataclass(frozen=True)
class Vocabulary:
    """Distinct words, most frequent first."""

    words: tuple[str, ...]
    letters: NDArray[np.uint16]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, words: Sequence[str]) -> "Vocabulary":
        kept = tuple(word for word in words if SHORTEST - 1 <= len(word) <= LONGEST)
        letters = np.zeros((len(kept), LONGEST), np.uint16)
        for place, word in enumerate(kept):
            letters[place, : len(word)] = [min(ord(letter), 0xFFFF) for letter in word]
        return cls(kept, letters, np.fromiter(map(len, kept), np.int64, len(kept)))

    def nearest(self, word: str) -> tuple[str, ...]:
        """At most three other words, at the smallest distance tolerated; none if all are far."""
        allowed = tolerance(word)
        if not allowed or len(word) > LONGEST:
            return ()
        near = np.flatnonzero(np.abs(self.lengths - len(word)) <= allowed)
        if not len(near):
            return ()
        far = distances(word, self.letters[near, : len(word) + allowed], self.lengths[near])
        # Itself is no other word.
        far[far == 0] = FAR
        closest = int(far.min())
        if closest > allowed:
            return ()
        return tuple(self.words[place] for place in near[far == closest][:MOST_SAID])


def distances(
    word: str, letters: NDArray[np.uint16], lengths: NDArray[np.int64]
) -> NDArray[np.int8]:
    """From `word` to each row of `letters`, whose first `lengths` letters count."""
    count, width = letters.shape
    typed = [min(ord(letter), 0xFFFF) for letter in word]
    # One line a letter typed, one column a letter of the words, one place a word.
    before = np.full((width + 1, count), FAR, np.int8)
    above = np.repeat(np.arange(width + 1, dtype=np.int8)[:, None], count, axis=1)
    columns = np.ascontiguousarray(letters.T)
    for i, letter in enumerate(typed, start=1):
        line = np.empty_like(above)
        line[0] = i
        for j in range(1, width + 1):
            other = columns[j - 1] != letter
            line[j] = np.minimum(above[j - 1] + other, np.minimum(above[j], line[j - 1]) + 1)
            if i > 1 and j > 1:
                swapped = (columns[j - 1] == typed[i - 2]) & (columns[j - 2] == letter)
                line[j] = np.where(swapped, np.minimum(line[j], before[j - 2] + 1), line[j])
        before, above = above, line
    return above[lengths, np.arange(count)]
