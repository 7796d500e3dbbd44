"""What somebody cannot or will not take, read from their own words, against what a product holds.

A word is looked for whatever stands before it: « pas de noix » is a limit, and so is « allergie
aux noix ». When in doubt the person is left in peace; "why not this person?" says so.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from proche.core.topics.words import english_stem, fold, french_stem, stop_words, words

Stem = Callable[[str], str]
Sides = tuple[tuple[Stem, tuple[str, ...]], ...]


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
    def sides(self) -> Sides:
        return (french_stem, self.terms_fr), (english_stem, self.terms_en)


@cache
def limits() -> tuple[Limit, ...]:
    text = (files(__package__) / "data" / "limits.toml").read_text(encoding="utf-8")
    return tuple(
        Limit(code, row["fr"], row["en"], tuple(row["terms_fr"]), tuple(row["terms_en"]))
        for code, row in tomllib.loads(text).items()
    )


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
    said = words(text)
    found = {_word(stem(word)) for word in _telling(said) for stem in (french_stem, english_stem)}
    return frozenset(found | {limit.code for limit in limits() if _touches(limit, said)})


def asked_keys(contained: str) -> tuple[frozenset[str], ...]:
    """What to look for: one set of keys for each word, any key of a set answers for its word."""
    if contained in {limit.code for limit in limits()}:
        return (frozenset({contained}),)
    return tuple(
        frozenset({_word(french_stem(word)), _word(english_stem(word))})
        for word in _telling(words(contained))
    )


def cannot_take(contained: Iterable[str], said: str) -> bool:
    """Whether somebody's own words keep them from a product that contains this."""
    keys = keys_of(said)
    return any(_meets(asked_keys(one), keys) for one in contained)


def _meets(asked: tuple[frozenset[str], ...], keys: frozenset[str]) -> bool:
    return bool(asked) and all(one & keys for one in asked)


def _touches(limit: Limit, said: list[str]) -> bool:
    return any(
        _within([stem(word) for word in words(term)], [stem(word) for word in said])
        for stem, terms in limit.sides
        for term in terms
    )


def _within(term: list[str], said: list[str]) -> bool:
    size = len(term)
    return any(said[place : place + size] == term for place in range(len(said) - size + 1))


def _telling(said: list[str]) -> Iterator[str]:
    small = stop_words("fr") | stop_words("en")
    return (word for word in said if len(word) > 1 and word not in small)


def _word(stem: str) -> str:
    return f"word:{stem}"
