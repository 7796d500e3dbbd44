"""Who has a word: the texts of the bank as a list of distinct words and who owns each.

A word is found wherever it stands inside another, as `search_text__contains` would."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from proche.faces.agency.bank_search.spelling import Vocabulary

Mask = NDArray[np.bool_]
END = "\n"


@dataclass(frozen=True)
class Words:
    """`recent` holds the whole text of the people who changed since the list was made."""

    size: int
    # The words one after the other, each ended by a line feed; where each begins.
    letters: NDArray[np.uint8]
    starts: NDArray[np.int64]
    # The people of word w: owners[firsts[w]:firsts[w + 1]].
    owners: NDArray[np.int32]
    firsts: NDArray[np.int64]
    vocabulary: Vocabulary
    recent: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Words":
        numbers: dict[str, int] = {}
        rows, said = [], []
        for row, text in enumerate(texts):
            found = set(text.split())
            rows += [row] * len(found)
            said += [numbers.setdefault(word, len(numbers)) for word in found]
        of_word = np.asarray(said, np.int64)
        order = np.argsort(of_word, kind="stable")
        letters = "".join(word + END for word in numbers).encode()
        buffer = np.frombuffer(letters, np.uint8)
        ends = np.flatnonzero(buffer == ord(END))
        return cls(
            size=len(texts),
            letters=buffer,
            starts=np.concatenate([[0], ends[:-1] + 1]) if len(ends) else np.zeros(0, np.int64),
            owners=np.asarray(rows, np.int32)[order],
            firsts=np.searchsorted(of_word[order], np.arange(len(numbers) + 1)),
            vocabulary=Vocabulary.of(_plain_words(texts)),
        )

    def changed(self, texts: Mapping[int, str], size: int) -> "Words":
        """The same with the new texts of these rows."""
        return replace(self, size=size, recent={**self.recent, **texts})

    def having(self, word: str) -> Mask:
        """True for each row whose text holds the word, inside another one too."""
        found = np.zeros(self.size, np.bool_)
        numbers = self._numbers(word)
        begin, many = self.firsts[numbers], self.firsts[numbers + 1] - self.firsts[numbers]
        # Every place of every range [begin, begin + many), one after the other.
        within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        found[self.owners[np.repeat(begin, many) + within]] = True
        for row, text in self.recent.items():
            found[row] = word in text
        return found

    def nearest(self, word: str) -> tuple[str, ...]:
        """Words near to one that few have; those of the newest people too."""
        lately = Vocabulary.of(_plain_words(tuple(self.recent.values())))
        first, second = self.vocabulary.nearest(word), lately.nearest(word)
        return tuple(dict.fromkeys((*first, *second)))

    def _numbers(self, word: str) -> NDArray[np.int64]:
        """The words that contain it, by number."""
        sought = np.frombuffer(word.encode(), np.uint8)
        last = len(self.letters) - len(sought)
        if not len(sought) or last < 0:
            return np.zeros(0, np.int64)
        places = np.flatnonzero(self.letters[: last + 1] == sought[0])
        for offset, letter in enumerate(sought[1:], start=1):
            places = places[self.letters[places + offset] == letter]
        inside = np.searchsorted(self.starts, places, side="right") - 1
        return np.unique(inside)


def _plain_words(texts: Sequence[str]) -> list[str]:
    """What people type: words of names, trades, places and topics, most frequent first.

    A compound counts whole and by its parts; addresses and handles are nobody's spelling."""
    said = Counter(chain.from_iterable(text.split() for text in texts))
    parts: Counter[str] = Counter()
    for word, times in said.items():
        if "@" in word or any(letter in "0123456789._" for letter in word):
            continue
        # In an order: of two words as frequent, every process of the server prefers the same.
        for part in dict.fromkeys((word, *word.replace("'", "-").split("-"))):
            parts[part] += times
    return [word for word, _ in parts.most_common()]
