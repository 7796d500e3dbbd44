"""One member scored by what a ranking left is scored as in the ranking itself."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proche.core.matching import Brief, Member, Pool, Weights, explain, explain_alone, rank
from tests.bench.bench_match import drawn_brief, drawn_members, vocabulary
from tests.core.matching.members import member

HAIR = Brief(
    title="Huile pour les cheveux", topics=("coiffure",), categories=("coiffure",), regions=("01",)
)
WEIGHTS = Weights(relevance=7, fairness=0.5)
texts = st.sampled_from(
    ["", "coiffure", "haircut", "pêche", "cheveux et huile, huile", "bois et forêt", "#coiffure"]
)
anyone = st.builds(
    member,
    text=texts,
    closeness=st.none() | st.floats(0, 100),
    mentioned_brand=st.none() | st.booleans(),
    months_since_last_ask=st.none() | st.integers(0, 40),
    region=st.sampled_from(["01", "01", "06", None]),
    asleep=st.booleans(),
)


def assert_alone_is_as_among_all(brief: Brief, pool: Pool) -> None:
    yardstick = rank(brief, pool, top=0, weights=WEIGHTS).yardstick
    for one in pool.members:
        among = explain(brief, pool, one.member_id, weights=WEIGHTS)
        alone = explain_alone(brief, one, yardstick, weights=WEIGHTS)
        assert alone.filters == among.filters
        assert alone.match == among.match
        if alone.match and among.match:
            assert alone.match.values == among.match.values
            assert alone.match.reasons == among.match.reasons
            assert alone.match.against == among.match.against


@given(st.lists(anyone, min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_alone_is_as_among_all_in_a_small_bank(drawn: list[Member]) -> None:
    members = [replace(one, member_id=f"m{place:02}") for place, one in enumerate(drawn)]
    assert_alone_is_as_among_all(HAIR, Pool.of(members))


def test_alone_is_as_among_all_where_words_have_the_frequencies_of_a_language() -> None:
    rng = np.random.default_rng(7)
    words = vocabulary(rng)
    pool = Pool.of(drawn_members(rng, words, 400))
    for _ in range(3):
        assert_alone_is_as_among_all(drawn_brief(rng, words), pool)


def test_who_came_since_is_scored_by_the_best_of_those_ranked() -> None:
    """Half as relevant as the one who was ranked, and no longer the best of one."""
    yardstick = rank(HAIR, [member("a", text="coiffure, cheveux, huile")], top=1).yardstick
    newer = explain_alone(HAIR, member("b", text="coiffure"), yardstick)
    best = explain_alone(HAIR, member("c", text="coiffure, cheveux, huile"), yardstick)
    assert newer.match
    assert best.match
    assert 0 < newer.match.values["relevance"] < best.match.values["relevance"] == 1
    assert newer.total < best.total
    assert newer.match.score == pytest.approx(newer.total, abs=0.006)


def test_a_reading_of_many_says_how_far_it_is() -> None:
    said: list[int] = []
    Pool.of((member(f"m{n:05}", text="") for n in range(4_001)), tell=said.append)
    assert said == [0, 2_000, 4_000]
