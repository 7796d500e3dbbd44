"""French stems and English words are kept apart, and people of both languages are still found."""

import pytest

from proche.core.matching import Brief, rank
from proche.core.matching.relevance import Query, query
from proche.core.matching.terms import asked, held, sentences
from tests.core.matching.members import member


def found(title: str, text: str) -> bool:
    [match] = rank(Brief(title=title), [member(text=text, hashtags=())], top=1).results
    return match.values["relevance"] > 0


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Fir bud oil", "I love sitting by the fire."),
        ("Fir bud oil", "Fire pit"),
        ("The oil of the fir", "We sit around the fire in the evening."),
    ],
)
def test_a_french_stem_does_not_meet_an_english_word(title: str, text: str) -> None:
    assert not found(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Fir bud oil", "We make oils from the fir of our woods."),
        ("Fir bud oil", "firs"),
        ("The oil of the fir", "Fir oils"),
        ("Une tuque pour les érables", "Érablière familiale, érables centenaires"),
        ("Laine", "Je tricote des laines de chez nous."),
    ],
)
def test_a_word_is_met_in_its_own_language_and_where_none_is_told(title: str, text: str) -> None:
    assert found(title, text)


def test_each_sentence_is_told_by_its_small_words() -> None:
    text = "J’aime la forêt. I like the woods! Rimouski"
    assert list(sentences(text)) == [
        ("fr", ["j", "aime", "la", "foret"]),
        ("en", ["i", "like", "the", "woods"]),
        ("", ["rimouski"]),
    ]


@pytest.mark.parametrize("of_the_brief", ["fr", "en", ""])
@pytest.mark.parametrize("of_the_member", ["fr", "en", ""])
def test_the_same_word_counts_once_or_not_at_all(of_the_brief: str, of_the_member: str) -> None:
    """A word that answered twice would weigh double for nothing but its language."""
    met = set(asked("tricot", of_the_brief)) & set(held("tricot", of_the_member))
    other = {of_the_brief, of_the_member} == {"fr", "en"}
    assert len(met) == (0 if other else 1)


def test_a_brief_still_shows_its_words_as_written() -> None:
    asked_for: Query = query(Brief(title="Des érables"))
    assert set(asked_for.shown.values()) == {"erables"}
