"""What somebody cannot or will not take, read from their own words, against what a product holds.

A word is looked for whatever stands before it, unless a denial does: « pas de noix » is a limit,
and so is « allergie aux noix », but not « pas d’allergie aux noix ». When in doubt the person is
left in peace; "why not this person?" says so.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from proche.core.matching.denials import held, limiting
from proche.core.topics.words import english_stem, fold, french_stem, stop_words, words

STEMS: tuple[Callable[[str], str], ...] = (french_stem, english_stem)


@dataclass(frozen=True, slots=True)
class Limit:
    code: str
    fr: str
    en: str
    terms_fr: tuple[str, ...]
    terms_en: tuple[str, ...]

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.fr

    @property
    def terms(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.terms_fr, self.terms_en


@cache
def limits() -> tuple[Limit, ...]:
    text = (files(__package__) / "data" / "limits.toml").read_text(encoding="utf-8")
    return tuple(
        Limit(code, row["fr"], row["en"], tuple(row["terms_fr"]), tuple(row["terms_en"]))
        for code, row in tomllib.loads(text).items()
    )


@cache
def _things() -> frozenset[str]:
    return frozenset(fold(term) for limit in limits() for term in limit.terms_en)


def limit_named(word: str) -> str:
    """The code of this code, name or term; the word as typed where it is none of them."""
    wanted = fold(word.strip())
    for limit in limits():
        if wanted in {fold(name) for name in (limit.code, limit.fr, limit.en)}:
            return limit.code
    return word.strip()


@lru_cache(maxsize=1 << 12)
def keys_of(text: str) -> frozenset[str]:
    """What a member's words keep them from: codes, and the stems of each word for the rest."""
    if not text.strip():
        return frozenset()
    said = limiting(text, _things())
    found = {_word(stem(word)) for word in _telling(said) for stem in STEMS}
    return frozenset(found | _codes(said))


def asked_keys(contained: str) -> tuple[frozenset[str], ...]:
    """What to look for: one set of keys for each word, any key of a set answers for its word."""
    if contained in {limit.code for limit in limits()}:
        return (frozenset({contained}),)
    return tuple(
        frozenset({_word(french_stem(word)), _word(english_stem(word))})
        for word in _telling(held(contained))
    )


def cannot_take(contained: Iterable[str], said: str) -> bool:
    """Whether somebody's own words keep them from a product that contains this."""
    keys = keys_of(said)
    return any(_meets(asked_keys(one), keys) for one in contained)


def _meets(asked: tuple[frozenset[str], ...], keys: frozenset[str]) -> bool:
    return bool(asked) and all(one & keys for one in asked)


def _codes(said: list[str]) -> set[str]:
    stemmed = [[stem(word) for word in said] for stem in STEMS]
    return {code for code, side, term in _terms() if _within(term, stemmed[side])}


@cache
def _terms() -> tuple[tuple[str, int, list[str]], ...]:
    """The code of each term, the place of its language in STEMS, and its stems."""
    return tuple(
        (limit.code, side, [stem(word) for word in words(term)])
        for limit in limits()
        for side, (stem, terms) in enumerate(zip(STEMS, limit.terms, strict=True))
        for term in terms
    )


def _within(term: list[str], said: list[str]) -> bool:
    size = len(term)
    return term[0] in said and any(
        said[place : place + size] == term for place in range(len(said) - size + 1)
    )


def _telling(said: list[str]) -> Iterator[str]:
    small = stop_words("fr") | stop_words("en")
    return (word for word in said if len(word) > 1 and word not in small)


def _word(stem: str) -> str:
    return f"word:{stem}"
