"""The words of a text as terms of an index, each stemmed in the language of its sentence.

"fir" and "fire" are one stem in French and two in English: stems of one language never meet those
of the other. Where nothing tells the language of a sentence, a word meets a sentence of a known
language by its stem there, and another such word only as it is written, but for a plural.
"""

from collections.abc import Iterator
from functools import lru_cache

from proche.core.topics.words import (
    english_stem,
    french_stem,
    stop_words,
    tokens,
    words,
)

FRENCH, ENGLISH, UNTOLD = "fr", "en", ""
SHORTEST_PLURAL = 4
# In the place of what a word leans to.
HASHTAG = 2
Terms = tuple[str, ...]


def sentences(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each sentence with its language, without hashtags; small words tell the language."""
    found: list[str] = []
    leaning = 0
    for word, leans in map(_read, tokens(text)):
        if word:
            found.append(word)
            leaning += leans
        elif found and leans != HASHTAG:
            yield _language(leaning), found
            found, leaning = [], 0
    if found:
        yield _language(leaning), found


@lru_cache(maxsize=1 << 18)
def _read(token: str) -> tuple[str, int]:
    """The word, folded, and +1 for a small French one or -1 for an English one."""
    if token[0] in "#＃":
        return "", HASHTAG
    word = "".join(words(token))
    return word, (word in stop_words("fr")) - (word in stop_words("en"))


def _language(leaning: int) -> str:
    return FRENCH if leaning > 0 else ENGLISH if leaning < 0 else UNTOLD


@lru_cache(maxsize=1 << 18)
def held(word: str, language: str) -> Terms:
    """The terms under which a member's word is found."""
    if _carries_nothing(word):
        return ()
    if language == FRENCH:
        return (f"fr:{french_stem(word)}",)
    if language == ENGLISH:
        return (f"en:{english_stem(word)}",)
    return (f"fr?{french_stem(word)}", f"en?{english_stem(word)}", f"as:{_singular(word)}")


@lru_cache(maxsize=1 << 12)
def asked(word: str, language: str) -> Terms:
    """The terms that a word of the brief looks for; a member's word answers to one at most."""
    if _carries_nothing(word):
        return ()
    if language == FRENCH:
        return (f"fr:{french_stem(word)}", f"fr?{french_stem(word)}")
    if language == ENGLISH:
        return (f"en:{english_stem(word)}", f"en?{english_stem(word)}")
    return (f"fr:{french_stem(word)}", f"en:{english_stem(word)}", f"as:{_singular(word)}")


def _carries_nothing(word: str) -> bool:
    small = word in stop_words("fr") or word in stop_words("en")
    return small or (len(word) < 2 and word.isalpha())


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= SHORTEST_PLURAL and word[-1] in "sx" else word
