"""What a text says somebody does not have (« pas d’allergie aux noix », "not vegan"), and what it
says a product does not hold (« sans noix », "nut-free").

« Pas de noix » denies nothing: it is a limit. A denial is believed only where nothing else can be
meant. In doubt the words are read as if nobody had denied them, and the person is left in peace.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from proche.core.topics.words import fold, stop_words

# A clause and what ends it. A hyphen inside a word ends nothing.
CLAUSE = re.compile(r"(.+?)(\s[-–—]+\s|[.;:!?()\[\]\n\r•|]|$)")
TOKEN = re.compile(r"[^\W_]+|,")
ANSWERED = {":", "?"}
# « Je ne suis vraiment plus »: how far back « ne » may stand.
NE_WITHIN = 3
NOTHING = ""

Words = list[str]
Spans = Iterator[range]


@cache
def _the(kind: str) -> frozenset[str]:
    text = (files(__package__) / "data" / "denials.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[kind])


def limiting(text: str, things: frozenset[str]) -> Words:
    """The words of somebody's limits in order; denied ones are empty. `things` are the English
    words that may come before "allergy": "no nut allergy"."""
    clauses = [(TOKEN.findall(clause), end) for clause, end in CLAUSE.findall(fold(text))]
    said: Words = []
    for place, (clause, end) in enumerate(clauses):
        answer = clauses[place + 1][0] if place + 1 < len(clauses) else []
        if end in ANSWERED and _denied_by(answer, clause):
            continue
        later = [word for others, _end in clauses[place + 1 :] for word in others]
        said += clause if end == "?" else _without(clause, _denied(clause, later, things))
        # Words on either side of a full stop are no term of two words.
        said.append(NOTHING)
    return [NOTHING if word == "," else word for word in said]


def held(text: str) -> Words:
    """The words of what a product holds, without those it is said not to."""
    said: Words = []
    for clause, _end in CLAUSE.findall(fold(text)):
        words = TOKEN.findall(clause)
        said += _without(words, _lacking(words))
    return [word for word in said if word not in {NOTHING, ",", *_the("says_nothing")}]


def _without(words: Words, spans: Spans) -> Words:
    out = {place for span in spans for place in span}
    return [NOTHING if place in out else word for place, word in enumerate(words)]


def _denied_by(answer: Words, asked: Words) -> bool:
    """« Allergie aux noix : non »."""
    names = not (_the("conditions") | _the("diets")).isdisjoint(asked)
    plain = _the("negators").isdisjoint(asked) and "," not in asked
    return names and plain and bool(answer) and _the("no_answers").issuperset(answer)


def _denied(words: Words, later: Words, things: frozenset[str]) -> Spans:
    if not _the("doubts").isdisjoint(words):
        return
    start = 0
    for end in [*_places(words, "except"), len(words)]:
        part = words[start:end]
        if not _avoided_all_the_same([*words[end + 1 :], *later]):
            for place in range(len(part)):
                if _negates(part, place):
                    spans = (*_condition(part, place, things), *_diet(part, place))
                    yield from (range(start + s.start, start + s.stop) for s in spans)
        start = end + 1


def _places(words: Words, kind: str) -> list[int]:
    return [place for place, word in enumerate(words) if word in _the(kind)]


def _avoided_all_the_same(after: Words) -> bool:
    """« … mais je n’en mange pas »."""
    pairs = zip([NOTHING, *after], after, strict=False)
    return any(
        word in _the("avoided")
        or (before in _the("subjects") and word in _the("avoided_after_subject"))
        for before, word in pairs
    )


def _negates(words: Words, place: int) -> bool:
    word = words[place]
    if word not in _the("negators"):
        return False
    if word == "t" and (not place or words[place - 1] not in _the("before_t")):
        return False
    if word == "plus" and {"ne", "n"}.isdisjoint(words[max(0, place - NE_WITHIN) : place]):
        return False
    before = place - 1
    while before >= 0 and words[before] in _the("links") - _the("negators"):
        before -= 1
    # « Pas sans allergie » denies that there is none.
    return before < 0 or words[before] not in _the("negators")


def _condition(words: Words, place: int, things: frozenset[str]) -> Spans:
    at, named = place + 1, False
    while at < len(words) and words[at] in _the("links") | _the("or") | things:
        named = named or words[at] in things
        at += 1
    if at == len(words) or words[at] not in _the("conditions"):
        return
    # « Pas de gluten, allergie » is often written without its comma.
    adjective = words[at] in _the("adjectives")
    english = words[place] == "not" if adjective else words[place] in _the("english")
    if english or not named:
        yield range(place, _reach(words, at + 1))


def _reach(words: Words, at: int) -> int:
    """Where what is denied ends: « d’allergie au lait ni aux œufs »."""
    of_what, run = False, at
    while at < len(words):
        word, after = words[at], words[at + 1 : at + 2]
        if word in _the("to"):
            of_what = True
        elif word in _the("conditions"):
            if _told_before(words, at) not in _the("or"):
                # « Pas allergique aux noix intolérante au lait »: what stands before is doubtful.
                return run
            of_what = False
        elif word in _the("or") or word in _the("links"):
            pass
        elif word == "," or word in _the("and"):
            if not after or after[0] not in _the("to") | _the("or"):
                return at
        elif not of_what or _says_more(word):
            return at
        at += 1
        if word in _the("or"):
            run = at
    return at


def _told_before(words: Words, at: int) -> str:
    """The nearest word before that says something."""
    told = (word for word in reversed(words[:at]) if word not in _the("links"))
    return next(told, NOTHING)


def _says_more(word: str) -> bool:
    small = word in stop_words("fr") or word in stop_words("en")
    return small or word in _the("diets") or word in _the("negators")


def _diet(words: Words, place: int) -> Spans:
    """Only of oneself and of nothing else: "nothing that is not vegan" is a diet."""
    before = place - 1
    while before >= 0 and words[before] in _the("self") | _the("before_t"):
        before -= 1
    if before >= 0 and words[before] not in _the("and") | _the("or") | {","}:
        return
    at, last = place + 1, place
    while at < len(words) and words[at] in _the("links") | _the("or") | _the("diets"):
        last = at if words[at] in _the("diets") else last
        at += 1
    while at < len(words) and words[at] in _the("ends"):
        at += 1
    over = at == len(words) or words[at] == "," or words[at] in _the("and")
    if last > place and over:
        yield range(place, last + 1)


def _lacking(words: Words) -> Spans:
    """« Sans gluten », "gluten-free", « exempt de gluten »; of two denials none is believed."""
    start = 0
    stops = _the("except") | _the("goes_on") | {","}
    for end in [*(p for p, word in enumerate(words) if word in stops), len(words)]:
        part = words[start:end]
        told = [p for p, word in enumerate(part) if word in _the("lacking") or word in _the("free")]
        if len(told) == 1:
            [at] = told
            english = part[at] == "free" and part[at + 1 : at + 2] != ["of"]
            yield range(start, start + at + 1) if english else range(start + at, end)
        start = end + 1
