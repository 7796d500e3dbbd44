"""Do the right people come first? Graded briefs in one language, profiles in two.

nDCG at 10 (Järvelin and Kekäläinen, 2002) with gains 2^grade - 1. The comparison is plain BM25
over folded words, title, text and topics together: what a search box would give.
"""

import tomllib
from math import log2
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import pytest

from proche.core.matching import Brief, Pool, rank
from proche.core.topics.words import words
from tests.core.matching.members import member

DATA = Path(__file__).resolve().parents[2] / "data" / "matching"
DEPTH = 10


def loaded(name: str) -> Any:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


PROFILES: dict[str, dict[str, str]] = loaded("profiles.toml")
BRIEFS: list[dict[str, Any]] = loaded("briefs.toml")["brief"]


def ndcg(order: list[str], grades: dict[str, int]) -> float:
    best = sorted(grades.values(), reverse=True)
    return gained([grades.get(name, 0) for name in order]) / gained(best)


def gained(grades: list[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(grades[:DEPTH]))


@pytest.fixture(scope="module")
def ours() -> list[float]:
    pool = Pool.of(
        [
            member(name, text=profile["text"], hashtags=tuple(profile["hashtags"].split()))
            for name, profile in PROFILES.items()
        ]
    )
    return [ndcg(ranked(pool, brief), brief["grades"]) for brief in BRIEFS]


def ranked(pool: Pool, brief: dict[str, Any]) -> list[str]:
    asked = Brief(
        title=brief["title"], text=brief.get("text", ""), topics=tuple(brief.get("topics", ()))
    )
    return [match.member_id for match in rank(asked, pool, top=DEPTH).results]


@pytest.fixture(scope="module")
def plain() -> list[float]:
    names = list(PROFILES)
    engine = bm25s.BM25()
    documents = [
        words(profile["text"] + " " + profile["hashtags"]) for profile in PROFILES.values()
    ]
    engine.index(documents, show_progress=False)
    found = []
    for brief in BRIEFS:
        asked = " ".join([brief["title"], brief.get("text", ""), *brief.get("topics", ())])
        scores = engine.get_scores(words(asked))
        order = [names[place] for place in np.argsort(-scores, kind="stable")]
        found.append(ndcg(order, brief["grades"]))
    return found


def test_the_set_is_of_the_size_it_says_and_grades_only_who_is_there() -> None:
    assert (len(PROFILES), len(BRIEFS)) == (60, 30)
    for brief in BRIEFS:
        assert set(brief["grades"]) <= set(PROFILES)
        assert 3 in brief["grades"].values()


def test_the_right_people_come_first_whatever_their_language(ours: list[float]) -> None:
    assert np.mean(ours) >= 0.80


def test_topics_find_people_whom_words_alone_do_not(ours: list[float], plain: list[float]) -> None:
    assert np.mean(ours) >= np.mean(plain) + 0.10
