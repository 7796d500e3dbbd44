"""Which topics a text and its hashtags speak of, and how often."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter

from proche.core.topics.taxonomy import Topic, load
from proche.core.topics.words import (
    english_stem,
    fold,
    french_stem,
    stop_words,
    tokens,
    words,
)

# From the first stem of a term to the stems of the whole term and its topic.
Terms = dict[str, list[tuple[tuple[str, ...], str]]]
Stem = Callable[[str], str]
# Of a word its two stems, +1 for a small French word or -1 for an English one, and whether a
# term may begin there. The end of a sentence has no stem.
Reading = tuple[str, str, int, bool]
FRENCH, ENGLISH, LEANING, STARTS = map(itemgetter, range(4))

LONGEST_TAG = 60
# shorter pieces of a joined hashtag are more often chance than words
SHORTEST_PIECE, LONGEST_PIECE = 2, 24
SHORTEST_TERM_WORD = 3


def find(text: str, hashtags: Iterable[str] = ()) -> list[tuple[str, int]]:
    """Codes with the number of times they are named, most named first.

    French terms are not looked for in a sentence that is plainly English, nor the reverse:
    « pain » is bread in one and pain in the other. Hashtags count in both languages.
    """
    counts: dict[str, int] = {}
    for code in mentions(text, hashtags):
        counts[code] = counts.get(code, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def mentions(text: str, hashtags: Iterable[str] = ()) -> list[str]:
    """The code of each topic each time it is named, in no promised order."""
    found = tokens(text)
    tags = [token for token in found if token[0] in "#＃"]
    if tags:
        found = tuple(token for token in found if token[0] not in "#＃")
    readings = list(map(_read, found))
    codes: list[str] = []
    # Most captions name nothing: one look at their words tells.
    if any(map(STARTS, readings)):
        for sentence in _sentences(readings):
            codes += _in_sentence(sentence)
    for tag in (*tags, *hashtags):
        codes += _in_hashtag(tag)
    return codes


@lru_cache(maxsize=1 << 18)
def _read(word: str) -> Reading:
    folded = word.lower() if word.isascii() and word.isalnum() else "".join(words(word))
    french, english = french_stem(folded), english_stem(folded)
    leaning = (folded in stop_words("fr")) - (folded in stop_words("en"))
    return french, english, leaning, french in _terms("fr") or english in _terms("en")


def _sentences(readings: list[Reading]) -> Iterator[list[Reading]]:
    """Where people mix languages they change between sentences, so each is told apart."""
    start = 0
    for place, reading in enumerate(readings):
        if not reading[0]:
            yield readings[start:place]
            start = place + 1
    yield readings[start:]


def _in_sentence(readings: list[Reading]) -> list[str]:
    starts = [place for place, reading in enumerate(readings) if reading[3]]
    if not starts:
        return []
    leaning = sum(map(LEANING, readings))
    codes: list[str] = []
    if leaning >= 0:
        codes += _terms_in(list(map(FRENCH, readings)), starts, _terms("fr"))
    if leaning <= 0:
        english = _terms_in(list(map(ENGLISH, readings)), starts, _terms("en"))
        codes += [code for code in english if code not in codes] if codes else english
    return codes


def _terms_in(stems: list[str], starts: Iterable[int], terms: Terms) -> list[str]:
    """Codes of the terms named, the longest term at each place and never two on one word. A term
    may begin at `starts` alone."""
    codes: list[str] = []
    after = 0
    for place in starts:
        if place < after or (begun := terms.get(stems[place])) is None:
            continue
        longest = 0
        named: list[str] = []
        for term, code in begun:
            length = len(term)
            if length < longest or (length > 1 and tuple(stems[place : place + length]) != term):
                continue
            named = [*named, code] if length == longest else [code]
            longest = length
        codes += named
        after = place + longest
    return codes


@lru_cache(maxsize=1 << 17)
def _in_hashtag(tag: str) -> tuple[str, ...]:
    """Topics of one hashtag, its joined words taken apart when every piece is known."""
    readings = [_read(piece) for piece in split_hashtag(tag)]
    starts = range(len(readings))
    french = _terms_in(list(map(FRENCH, readings)), starts, _terms("fr"))
    english = _terms_in(list(map(ENGLISH, readings)), starts, _terms("en"))
    return tuple(dict.fromkeys(french + english))


@lru_cache(maxsize=1 << 17)
def split_hashtag(tag: str) -> list[str]:
    """« randoquebec » becomes ["rando", "quebec"]; a tag that cannot be split stays whole."""
    parts = words(_spaced(tag))
    return [piece for part in parts for piece in _split(part)]


def _spaced(tag: str) -> str:
    """Capitals inside a tag show where its words begin, unless all of it is capitals."""
    tag = tag.lstrip("#＃").replace("_", " ")
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
    vocabulary = _vocabulary()
    for start, before in enumerate(best):
        if before is None:
            continue
        for end in range(start + SHORTEST_PIECE, min(start + LONGEST_PIECE, len(part)) + 1):
            current = best[end]
            if part[start:end] in vocabulary and (not current or len(before) + 1 < len(current)):
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
