"""Whichever way a score is found, it is the same one; and it is that of a library made for it."""

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proche.core.matching.postings import Postings, added_up, index

documents = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=12), min_size=1, max_size=40)


def test_a_hand_worked_score() -> None:
    """Two members of two terms each, k1 = 1.5, b = 0.75: ln(1 + 1.5/1.5) × 2/(2 + 1.5)."""
    postings = index([["pêche", "pêche"], ["bois", "laine"]])
    assert added_up(postings, {"pêche": 3.0}) == pytest.approx([3 * 0.693147 * 2 / 3.5, 0])
    assert postings.score_of("bois", 1) == pytest.approx(0.693147 / 2.5)
    assert postings.score_of("bois", 0) is None
    assert postings.score_of("cuir", 0) is None


@given(documents)
@settings(max_examples=100, deadline=None)
def test_scores_are_those_of_bm25s(drawn: list[list[str]]) -> None:
    if not any(drawn):
        assert added_up(index(drawn), {"a": 1.0}).tolist() == [0.0] * len(drawn)
        return
    peer = bm25s.BM25(method="lucene")
    peer.index(drawn, show_progress=False)
    postings = index(drawn)
    for term in {term for document in drawn for term in document}:
        assert np.array_equal(added_up(postings, {term: 1.0}), peer.get_scores([term]))


def spread(count: int) -> Postings:
    """Terms that everybody, one in three, one in fifty and one in 97 use."""
    return index(
        ["all", *(f"of{n}" for n in (3, 50, 97) if row % n == 0), *["all"] * (row % 4)]
        for row in range(count)
    )


def test_few_rows_get_the_very_scores_that_everybody_would() -> None:
    postings = spread(2_000)
    assert set(postings.common) == {"all", "of3"}
    worths = {"all": 0.25, "of3": 6.0, "of50": 1.5, "of97": 6.0, "nobody": 1.0}
    everybody = added_up(postings, worths)
    for rows in (np.arange(0, 2_000, 150), np.arange(2_000)[::3], np.array([0]), np.array([1_999])):
        assert np.array_equal(added_up(postings, worths, rows), everybody[rows])
    assert np.array_equal(added_up(postings, {"of50": 1.0}, np.array([1, 50])) > 0, [False, True])
    assert added_up(postings, worths, np.empty(0, dtype=np.intp)).tolist() == []


def test_nobody_at_all_gives_an_empty_index() -> None:
    assert added_up(index([]), {"a": 1.0}).tolist() == []
