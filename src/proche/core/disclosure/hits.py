"""Where the words of disclosure stand in one text.

A hashtag counts whole or not at all; only brand and role ("#SapinelleAmbassadrice") are made
of two parts. A denial ("pas commandité", "not an ad") is never a hit.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from proche.core.disclosure.lexicon import OPENING, Entry, Lexicon, lexicon
from proche.core.disclosure.model import Link, Span, Value
from proche.core.disclosure.normalise import BrandNames, Text, brand_names, squash

_TAG = re.compile(r"#([\w-]+)")
_MARK = re.compile(r"(?<![\w@])[@#]\w")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
CODE = re.compile(
    r"(?i:\bcode(?:\s+(?:promo|rabais|de\s+r[ée]duction|de\s+rabais))?)\s*:?\s*[«\"“]?\s*"
    r"(?:[A-Z][A-Z0-9]{3,}|[A-Za-z]+\d+)\b"
)
_DENIAL = re.compile(
    r"(?:\b(?:not|never|no|without|pas|non|jamais|sans|aucune?|nicht|keine?|zero)|n't|\bni)\s+"
    r"(?:(?:an?|une?|any|de|du|tout|la|le|the|ete|etre|been|being|really|actually|even|vraiment"
    r"|meme|way|vraie?|paid|ein|eine)\s+|d')*#?$"
)
_DENIAL_REACH = 40
# One of these words must stand in the text for a denial; "t" is the end of "isn't".
_DENYING = frozenset(
    (
        *("not", "never", "no", "without", "pas", "non", "jamais", "sans", "aucun", "aucune"),
        *("nicht", "kein", "keine", "zero", "t", "ni"),
    )
)


class Hit(Value, frozen=True):
    """A word of the lexicon in a text; offsets in the folded text, for order, and `span` in
    the supplied one."""

    entry: Entry
    start: int
    end: int
    span: Span
    is_tag: bool = False

    @property
    def kind(self) -> str:
        return self.entry.kind


class Scope(Value, frozen=True):
    """What decides which words are looked for: the brand, the place, the language."""

    names: BrandNames
    jurisdiction: str
    words: Lexicon


@lru_cache(maxsize=8192)
def scope_of(link: Link, jurisdiction: str, language: str | None) -> Scope:
    words = lexicon(jurisdiction, english=language == "en")
    return Scope(brand_names(link), jurisdiction, words)


class Reading(Value, frozen=True):
    """One text, read: its hits in order, and what stands around them."""

    text: Text
    hits: tuple[Hit, ...]


def read(raw: str, scope: Scope, *, spoken: bool = False) -> Reading:
    """Find every hit; `spoken`: speech or writing on screen, where bare words count too."""
    text = Text(raw, scope.names)
    return _reading(text, text.words(), scope, spoken=spoken)


def read_all(given: Sequence[tuple[str, Scope]]) -> list[Reading]:
    """The captions, in order, each step over all of them."""
    texts = [Text(raw, scope.names) for raw, scope in given]
    present = [text.words() for text in texts]
    return [
        _reading(text, words, scope)
        for text, words, (_, scope) in zip(texts, present, given, strict=True)
    ]


def _reading(text: Text, present: set[str], scope: Scope, *, spoken: bool = False) -> Reading:
    if not text.raw:
        return Reading(text, ())
    found = _word_hits(text, scope, present, spoken=spoken)
    if "#" in text.folded:
        found += _tag_hits(text, scope)
    if found and not _DENYING.isdisjoint(present):
        found = [hit for hit in found if not _denied(text.covered, hit)]
    if len(found) > 1:
        found.sort(key=lambda hit: (hit.start, -hit.end, hit.entry.id))
    return Reading(text, tuple(found))


def _hit(text: Text, entry: Entry, start: int, end: int, *, is_tag: bool = False) -> Hit:
    return Hit(entry, start, end, text.span(start, end), is_tag)


def _tag_hits(text: Text, scope: Scope) -> list[Hit]:
    return [
        _hit(text, entry, match.start(), match.end(), is_tag=True)
        for match in _TAG.finditer(text.folded)
        if not text.folded[match.start() - 1 : match.start()].isalnum()
        for entry in _tag_entries(match[1].replace("-", ""), scope)
    ]


def _tag_entries(tag: str, scope: Scope) -> tuple[Entry, ...]:
    words = scope.words
    if tag in words.tags:
        return words.tags[tag]
    for alias in scope.names.spellings:
        if tag.startswith(alias) and tag[len(alias) :] in words.branded:
            return (words.branded[tag[len(alias) :]],)
        if tag.endswith(alias) and tag[: -len(alias)] in ("thanks", "thankyou", "merci"):
            return (words.thanks,)
    is_team = scope.jurisdiction == "CA" and tag.startswith("team") and len(tag) > len("team")
    if is_team and tag[len("team") :] not in scope.names.squashed:
        return (words.team,)
    return ()


def _word_hits(text: Text, scope: Scope, present: set[str], *, spoken: bool) -> list[Hit]:
    words, hits = scope.words, list[Hit]()
    known = words.words & present
    if not known:
        return hits
    tried: set[str] = set()
    for word in known:
        for entry in words.by_word[word]:
            phrases = entry.phrases if text.places else entry.nameless
            if phrases and entry.id not in tried and (spoken or not entry.spoken):
                tried.add(entry.id)
                if not (entry.beside and entry.beside.isdisjoint(present)):
                    hits += _phrase_hits(text, entry, phrases)
    # Most of these words stand in hashtags, which head nothing.
    covered = text.covered
    for word in words.opening_words & known:
        if covered.count(word) > covered.count(f"#{word}"):
            return hits + _heading_hits(text, words)
    return hits


def _phrase_hits(text: Text, entry: Entry, phrases: re.Pattern[str]) -> list[Hit]:
    return [
        _hit(text, entry, match.start(), match.end())
        for match in phrases.finditer(text.covered)
        if _starts_a_word(text.covered, match.start())
    ]


def _starts_a_word(covered: str, at: int) -> bool:
    if at == 0:
        return True
    before = covered[at - 1]
    if before == "-":
        return at == 1 or not covered[at - 2].isalnum()
    return not before.isalnum() and before != "@"


def _heading_hits(text: Text, words: Lexicon) -> list[Hit]:
    hits = []
    for opening in OPENING.finditer(text.covered):
        match = words.headings.match(text.covered, opening.end())
        if match and match.lastindex:
            hits.append(_hit(text, words.heading_entries[match.lastindex - 1], *match.span()))
    return hits


def _denied(covered: str, hit: Hit) -> bool:
    if hit.start == 0:
        return False
    before = covered[max(0, hit.start - _DENIAL_REACH) : hit.start]
    return _DENIAL.search(before) is not None


def only_names_brand(texts: list[Text], mentions: tuple[str, ...], names: BrandNames) -> bool:
    """The brand is tagged, mentioned or sold with a code: naming it discloses nothing."""
    tagged = any(text.folded[start] in "@#" for text in texts for start, _ in text.places)
    mentioned = any(squash(m) in names.squashed for m in mentions)
    return tagged or mentioned or any(sells_with_code(text) for text in texts)


def sells_with_code(text: Text) -> bool:
    return "code" in text.folded and CODE.search(text.raw) is not None


def first_url(caption: str, links: tuple[str, ...]) -> int | None:
    """Where the first address of the caption starts."""
    match = _URL.search(caption)
    starts = [caption.find(link) for link in links if link and link in caption]
    return min([*starts, *([match.start()] if match else [])], default=None)


def other_marks(text: Text, hits: tuple[Hit, ...]) -> int | None:
    """Where the first mention or hashtag stands, before a hit, that is no part of one."""
    before = text.folded[: hits[-1].start]
    if "#" not in before and "@" not in before:
        return None
    waiting, covered_to = iter(hits), 0
    following = next(waiting, None)
    for match in _MARK.finditer(before):
        while following is not None and following.start <= match.start():
            covered_to = max(covered_to, following.end)
            following = next(waiting, None)
        if match.start() >= covered_to:
            return match.start()
    return None
