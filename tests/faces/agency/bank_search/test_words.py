"""Who has a word, wherever it stands: worked out by hand on four texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proche.faces.agency.bank_search.words import Words

TEXTS = [
    "camille ouellet coiffeuse rimouski camille@example.org",
    "gabriel tremblay ebeniste gaspe camille.bois",
    "",
    "louis-philippe roy guide sept-iles l.roy@example.org",
]


def having(words: Words, word: str) -> list[int]:
    found: list[int] = words.having(word).nonzero()[0].tolist()
    return found


@pytest.mark.parametrize(
    ("word", "rows"),
    [
        ("camille", [0, 1]),
        ("coiff", [0]),
        ("roy", [3]),
        ("example", [0, 3]),
        ("iles", [3]),
        ("e", [0, 1, 3]),
        ("zebre", []),
        ("ouelletcoiffeuse", []),  # never across two words
    ],
)
def test_a_word_is_found_inside_others_and_never_across_two(word: str, rows: list[int]) -> None:
    assert having(Words.of(TEXTS), word) == rows


def test_who_changed_has_the_new_words_and_no_longer_the_old() -> None:
    words = Words.of(TEXTS).changed({0: "camille ouellet fleuriste", 4: "zoe fleuriste"}, 5)
    assert having(words, "fleuriste") == [0, 4]
    assert having(words, "coiffeuse") == []
    assert having(words, "gabriel") == [1]


def test_a_slip_finds_the_words_of_the_newest_people_too() -> None:
    words = Words.of(TEXTS).changed({4: "zenaide fleuriste"}, 5)
    assert words.nearest("flueriste") == ("fleuriste",)
    assert words.nearest("coifeuse") == ("coiffeuse",)


def test_of_words_as_near_and_as_frequent_every_process_names_the_same_three() -> None:
    assert Words.of(["jean-bean-dean-lean-mean"]).nearest("zean") == ("jean", "bean", "dean")


def test_addresses_and_handles_correct_nobody() -> None:
    assert Words.of(TEXTS).nearest("camille.boiss") == ()


@given(st.lists(st.text("ab- ", max_size=8), max_size=6), st.text("ab-", min_size=1, max_size=3))
def test_it_finds_what_a_plain_search_of_each_text_finds(texts: list[str], word: str) -> None:
    assert having(Words.of(texts), word) == [n for n, t in enumerate(texts) if word in t]
