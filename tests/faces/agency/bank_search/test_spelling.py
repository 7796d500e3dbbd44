"""Slips of the finger and of the ear, against a table worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proche.faces.agency.bank_search.spelling import Vocabulary, distances

WORDS = ("coiffeuse", "coiffeur", "montreal", "tremblay", "tremblant", "genevieve", "laval", "roy")


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("montral", "montreal", 1),  # one letter left out
        ("coifuse", "coiffeuse", 2),  # two left out
        ("tremblai", "tremblay", 1),  # one for another
        ("veronqiue", "veronique", 1),  # two neighbours swapped
        ("laval", "laval", 0),
        ("ca", "abc", 3),  # no part is edited twice (1 + 1 + 1, where Damerau alone says 2)
        ("abcd", "badc", 2),  # two swaps
    ],
)
def test_the_distance_is_the_one_worked_out_by_hand(one: str, other: str, far: int) -> None:
    assert distance(one, other) == far


@given(st.text("abcd", min_size=1, max_size=9), st.text("abcd", min_size=1, max_size=9))
def test_the_distance_of_many_words_at_once_is_that_of_each_alone(one: str, other: str) -> None:
    assert distance(one, other) == plain_distance(one, other)


def distance(one: str, other: str) -> int:
    letters = np.array([[ord(letter) for letter in other]], np.uint16)
    return int(distances(one, letters, np.array([len(other)]))[0])


def plain_distance(one: str, other: str) -> int:
    """The recurrence as it is written, one cell at a time."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            table[i, j] = min(
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (one[i - 1] != other[j - 1]),
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("montral", ("montreal",)),
        ("coifuse", ("coiffeuse",)),
        ("coiffeu", ("coiffeur",)),
        ("tremblai", ("tremblay",)),
        ("genevive", ("genevieve",)),
        ("coiffeuse", ("coiffeur",)),  # itself is no other word
        ("roi", ()),  # three letters hold no slip: it could be any other word
        ("xylophone", ()),
    ],
)
def test_a_word_nobody_has_is_taken_for_the_nearest(typed: str, taken: tuple[str, ...]) -> None:
    assert Vocabulary.of(WORDS).nearest(typed) == taken


def test_words_equally_near_are_all_taken_most_frequent_first() -> None:
    assert Vocabulary.of(["lise", "lisa", "louis"]).nearest("lisi") == ("lise", "lisa")
