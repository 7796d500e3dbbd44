"""Sentences about many accounts: each written once, each account in its own order."""

import numpy as np

from proche.core.results import Sentence
from proche.core.tiers.lines import Lines


def flags(*values: bool) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.array(values, dtype=np.bool_)


def counted(number: float, name: str) -> Sentence:
    return Sentence("counted", f"{name} {number:.0f}", f"{name} {number:.0f}")


def test_sentences_keep_the_order_they_are_added_in() -> None:
    lines = Lines(3)
    numbers, names = np.array([7.0, 8.0, 7.0]), np.array(["a", "b", "b"])
    lines.write(flags(True, False, True), counted, numbers, names)
    lines.add(flags(True, True, False), Sentence("last", "fin", "end"))
    assert [[s.en for s in each] for each in lines.each()] == [["a 7", "end"], ["end"], ["b 7"]]
    assert lines.column().to_pylist()[2] == [{"code": "counted", "fr": "b 7", "en": "b 7"}]


def test_equal_sentences_are_written_a_single_time() -> None:
    written = []

    def once(number: float) -> Sentence:
        written.append(number)
        return Sentence("n", str(number), str(number))

    Lines(1000).write(np.ones(1000, dtype=np.bool_), once, np.arange(1000) % 3)
    assert written == [0, 1, 2]


def test_nothing_added_gives_empty_lists() -> None:
    assert Lines(2).column().to_pylist() == [[], []]
    assert Lines(2).each() == [(), ()]
