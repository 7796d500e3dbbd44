"""How much a member speaks of what the brief is about: BM25 over words and topics.

Method: Okapi BM25 in the form of Lucene (Robertson and Zaragoza, 2009), scores computed when the
index is built (bm25s: X. H. Lù, 2024). A member is a list of terms: the stems of every word in
French and in English, and one term for each topic named, with its wider topics. Topics make the
two languages meet: « coiffure » and "hair" give the same term, and « balayage » gives it too.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, repeat

from proche.core import topics
from proche.core.matching.postings import Postings
from proche.core.matching.records import Brief, Member
from proche.core.matching.terms import UNTOLD, asked, held, sentences
from proche.core.topics.finding import split_hashtag
from proche.core.topics.words import HASHTAG

TOPIC = "topic:"
# a topic named many times says little more than one named a few times
MOST_TIMES = 4
ASKED_TOPIC = 6.0
ASKED_WORD = 1.5
READ_TOPIC = 2.0
READ_WORD = 1.0
# someone who speaks of the wider subject is nearer than someone who does not
WIDER = 0.25

TopicCounts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """Terms of the brief with what each is worth; `topics` are those it asks for by name, or
    failing that those its text speaks of; `shown` tells how a stem was written in the brief."""

    terms: Mapping[str, float]
    topics: tuple[str, ...]
    shown: Mapping[str, str]


def query(brief: Brief) -> Query:
    terms: dict[str, float] = {}
    shown: dict[str, str] = {}
    named: list[str] = []
    for name in brief.topics:
        codes = topics.named(name)
        named += codes
        _add_topics(terms, codes, ASKED_TOPIC)
        _add_words(terms, shown, name.replace("_", " "), ASKED_WORD)
    text = f"{brief.title}\n{brief.text}"
    read = [code for code, _ in topics.find(text)]
    _add_topics(terms, read, READ_TOPIC if named else ASKED_TOPIC)
    _add_words(terms, shown, text, READ_WORD)
    return Query(terms, tuple(dict.fromkeys(named or read)), shown)


def _add_topics(terms: dict[str, float], codes: Iterable[str], worth: float) -> None:
    for code in codes:
        _raise(terms, TOPIC + code, worth)
        for wider in topics.wider(code):
            _raise(terms, TOPIC + wider, worth * WIDER)


def _add_words(terms: dict[str, float], shown: dict[str, str], text: str, worth: float) -> None:
    for language, words in sentences(text):
        for word in words:
            for term in asked(word, language):
                _raise(terms, term, worth)
                shown.setdefault(term, word)


def _raise(terms: dict[str, float], term: str, worth: float) -> None:
    terms[term] = max(terms.get(term, 0.0), worth)


def spoken_of(member: Member) -> TopicCounts:
    """What the member speaks of without being asked."""
    return tuple(topics.find(member.text, member.hashtags))


def topics_of(member: Member, spoken: TopicCounts) -> TopicCounts:
    """What the member speaks of, unasked or for a brand, and what they said at sign-up."""
    counts = Counter(dict(spoken))
    if member.captions:
        counts.update(dict(topics.find("\n".join(member.captions), ())))
    for name in member.topics:
        counts.update(topics.named(name))
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def terms_of(member: Member, found: TopicCounts) -> list[str]:
    terms: list[str] = []
    text = "\n".join((member.text, *member.captions))
    for language, words in sentences(text):
        terms += chain.from_iterable(map(held, words, repeat(language)))
    tags = HASHTAG.findall(text) if "#" in text or "＃" in text else ()
    for tag in (*tags, *member.hashtags):
        for word in split_hashtag(tag):
            terms += held(word, UNTOLD)
    wider: set[str] = set()
    for code, count in found:
        terms += [TOPIC + code] * min(count, MOST_TIMES)
        wider.update(topics.wider(code))
    return terms + [TOPIC + code for code in sorted(wider)]


def words_in_common(postings: Postings, query: Query, row: int) -> list[str]:
    """The words of the brief that this member uses, the rarest first."""
    found: dict[str, float] = {}
    for term, word in query.shown.items():
        if (value := postings.score_of(term, row)) is not None:
            found[word] = max(found.get(word, 0.0), value)
    return sorted(found, key=lambda word: (-found[word], word))
