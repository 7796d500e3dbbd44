"""The language of a caption nobody declared, from small words.

Hashtags, mentions and addresses are left out. A sentence of four words or more in French and
one in English make a bilingual text; fewer than four words in all cannot be told.
"""

import re
from functools import lru_cache

from proche.core.disclosure.platforms import read_toml

_LEFT_OUT = re.compile(r"(?:https?://|www\.)\S+|[#@＃＠][\w.-]*")
_SENTENCE = re.compile(r"[.!?…\n]+")
_WORD = re.compile(r"[^\W\d_]+'?")
_ENOUGH = 4

_SMALL_WORDS = {name: frozenset(text.split()) for name, text in read_toml("languages.toml").items()}
_FRENCH, _ENGLISH, _GERMAN = (_SMALL_WORDS[name] for name in ("french", "english", "german"))
# Words of two of the languages tell nothing.
_SHARED = (_FRENCH & _ENGLISH) | (_ENGLISH & _GERMAN) | (_FRENCH & _GERMAN) | {"a", "me", "as"}
_TELLING = tuple(small - _SHARED for small in (_FRENCH, _ENGLISH, _GERMAN))


@lru_cache(maxsize=256)
def declared(language: str | None) -> str | None:
    """The two-letter language of a declared one; "bilingual" as is; None when not declared."""
    if not language or not language.strip():
        return None
    value = language.strip().lower().replace("_", "-")
    if value in ("bilingual", "bilingue", "fr+en", "en+fr", "fr/en", "en/fr", "mul"):
        return "bilingual"
    return value.split("-")[0]


def detect(caption: str) -> str | None:
    """ "fr", "en", "bilingual", "other", or None when there are too few words to tell."""
    text = _LEFT_OUT.sub(" ", caption).replace("’", "'").casefold()
    sentences = [_WORD.findall(part) for part in _SENTENCE.split(text)]
    if sum(map(len, sentences)) < _ENOUGH:
        return None
    found = {_language_of(words) for words in sentences if len(words) >= _ENOUGH} - {"other"}
    if not found:
        return _language_of([word for words in sentences for word in words])
    return found.pop() if len(found) == 1 else "bilingual"


def _language_of(words: list[str]) -> str:
    french, english, german = (sum(word in small for word in words) for small in _TELLING)
    best = max(french, english, german)
    if best == 0 or best == german or french == english:
        return "other"
    return "fr" if french > english else "en"
