"""Words as both languages and hurried typing meet them: folded, split, stemmed.

Stemming: the Snowball algorithms for French and English (M. F. Porter, 2001), on folded letters
because hashtags and phones lose the accents first.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from Stemmer import Stemmer

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss"})
WORD = re.compile(r"[^\W_]+")
ACCENTS = re.compile("[\u0300-\u036f]+")
HASHTAG = re.compile(r"[#＃](\w+)")
# A hashtag, a word, or the end of a sentence.
TOKEN = re.compile(r"[#＃]\w+|[^\W_]+|[.!?\n\r]+")

_french = Stemmer("french", 0)
_english = Stemmer("english", 0)


def fold(text: str) -> str:
    """Small letters without accents or ligatures: « Œuvre d’été » becomes "oeuvre d’ete"."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    return ACCENTS.sub("", plain).casefold()


@lru_cache(maxsize=16)
def tokens(text: str) -> tuple[str, ...]:
    """Hashtags, words and ends of sentences; kept for the next who reads the same text."""
    return tuple(TOKEN.findall(unicodedata.normalize("NFC", text)))


def words(text: str) -> list[str]:
    return WORD.findall(fold(text))


@lru_cache(maxsize=1 << 18)
def french_stem(word: str) -> str:
    return str(_french.stemWord(word))


@lru_cache(maxsize=1 << 18)
def english_stem(word: str) -> str:
    return str(_english.stemWord(word))


@lru_cache(maxsize=1 << 18)
def stems(word: str) -> tuple[str, ...]:
    """The stem in each language, once if both agree; none for a word that carries no subject."""
    if word in stop_words("fr") or word in stop_words("en") or (len(word) < 2 and word.isalpha()):
        return ()
    french, english = french_stem(word), english_stem(word)
    return (french,) if french == english else (french, english)


@lru_cache(maxsize=2)
def stop_words(language: str) -> frozenset[str]:
    text = (files(__package__) / "data" / f"stop_{language}.txt").read_text(encoding="utf-8")
    return frozenset(fold(text).split())
