"""Which topics a text and its hashtags speak of, and how often."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.resources import files

from proche.core.topics.taxonomy import Topic, load
from proche.core.topics.words import (
    HASHTAG,
    english_stem,
    fold,
    french_stem,
    language_of,
    sentences,
    stop_words,
    words,
)

Terms = dict[str, list[tuple[tuple[str, ...], str]]]
Stem = Callable[[str], str]

LONGEST_TAG = 60
# shorter pieces of a joined hashtag are more often chance than words
SHORTEST_PIECE = 2
SHORTEST_TERM_WORD = 3


def find(text: str, hashtags: Iterable[str] = ()) -> list[tuple[str, int]]:
    """Codes with the number of times they are named, most named first.

    French terms are not looked for in a sentence that is plainly English, nor the reverse:
    « pain » is bread in one and pain in the other. Hashtags count in both languages.
    """
    counts: Counter[str] = Counter()
    for found in sentences(HASHTAG.sub(" ", text)):
        counts.update(_in_sentence(found))
    for tag in (*HASHTAG.findall(text), *hashtags):
        counts.update(_in_hashtag(tag))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _in_sentence(found: list[str]) -> list[str]:
    language = language_of(found)
    codes: list[str] = []
    if language != "en":
        codes += _terms_in(found, _terms("fr"), french_stem)
    if language != "fr":
        seen = set(codes)
        codes += [code for code in _terms_in(found, _terms("en"), english_stem) if code not in seen]
    return codes


def _terms_in(found: list[str], terms: Terms, stem: Stem) -> list[str]:
    """Codes of the terms named, the longest term at each place and never two on one word."""
    codes: list[str] = []
    stemmed = [stem(word) for word in found]
    after = 0
    for place, first in enumerate(stemmed):
        if place < after or first not in terms:
            continue
        matches = [
            (len(term), code)
            for term, code in terms[first]
            if tuple(stemmed[place : place + len(term)]) == term
        ]
        if matches:
            longest = max(length for length, _ in matches)
            codes += [code for length, code in matches if length == longest]
            after = place + longest
    return codes


@lru_cache(maxsize=1 << 17)
def _in_hashtag(tag: str) -> tuple[str, ...]:
    """Topics of one hashtag, its joined words taken apart when every piece is known."""
    pieces = split_hashtag(tag)
    if not pieces:
        return ()
    french = _terms_in(pieces, _terms("fr"), french_stem)
    english = _terms_in(pieces, _terms("en"), english_stem)
    return tuple(dict.fromkeys(french + english))


@lru_cache(maxsize=1 << 17)
def split_hashtag(tag: str) -> list[str]:
    """« randoquebec » becomes ["rando", "quebec"]; a tag that cannot be split stays whole."""
    parts = words(_spaced(tag))
    return [piece for part in parts for piece in _split(part)]


def _spaced(tag: str) -> str:
    """Capitals inside a tag show where its words begin, unless all of it is capitals."""
    tag = tag.lstrip("#").replace("_", " ")
    if tag.isupper() or tag.islower():
        return tag
    return "".join(
        f" {letter}" if letter.isupper() and place and tag[place - 1].islower() else letter
        for place, letter in enumerate(tag)
    )


def _split(part: str) -> list[str]:
    if part in _vocabulary() or len(part) > LONGEST_TAG:
        return [part]
    known = _known_pieces(part) or [part]
    # pieces that are mostly small words are chance: « font-ai-ne-bleu »
    small = sum(len(piece) for piece in known if piece in _small_words())
    return known if 2 * small < len(part) else [part]


def _known_pieces(part: str) -> list[str] | None:
    """The fewest known words that make up the whole part, longest first among equals."""
    best: list[list[str] | None] = [[]] + [None] * len(part)
    for end in range(1, len(part) + 1):
        for start in range(max(0, end - 24), end - SHORTEST_PIECE + 1):
            before = best[start]
            if before is None or part[start:end] not in _vocabulary():
                continue
            current = best[end]
            if current is None or len(before) + 1 < len(current):
                best[end] = [*before, part[start:end]]
    return best[-1]


@cache
def _vocabulary() -> frozenset[str]:
    """Words a hashtag may be joined of: those of the terms, small words, and common tag words."""
    common = (files(__package__) / "data" / "tag_words.txt").read_text(encoding="utf-8")
    found = {word for topic in load() for term in _every_name(topic) for word in words(term)}
    found = {word for word in found if len(word) >= SHORTEST_TERM_WORD}
    return frozenset(found | set(fold(common).split())) | _small_words()


@cache
def _small_words() -> frozenset[str]:
    small = stop_words("fr") | stop_words("en")
    return frozenset(word for word in small if len(word) >= SHORTEST_PIECE)


def _every_name(topic: Topic) -> tuple[str, ...]:
    return (topic.fr, topic.en, *topic.terms_fr, *topic.terms_en)


@cache
def _terms(language: str) -> Terms:
    stem: Stem = french_stem if language == "fr" else english_stem
    terms: Terms = {}
    for topic in load():
        name, more = (topic.fr, topic.terms_fr) if language == "fr" else (topic.en, topic.terms_en)
        for term in dict.fromkeys((name, *more)):
            stemmed = tuple(stem(word) for word in words(term))
            if stemmed and (stemmed, topic.code) not in terms.setdefault(stemmed[0], []):
                terms[stemmed[0]].append((stemmed, topic.code))
    return terms
