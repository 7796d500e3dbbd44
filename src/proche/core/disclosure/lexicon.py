"""The lexicon, read once from lexicon.toml and compiled."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from proche.core.disclosure.normalise import BRAND
from proche.core.disclosure.platforms import read_toml

# Words that may stand between "par", "merci", "with" and the brand's name.
_SMALL = (
    r"(?:(?:a|au|aux|la|le|les|de|du|des|chez|toute|equipe|gang|marque|gens|amis|mes|nos|notre|ma"
    r"|to|the|our|my|at|brand|team|friends|folks|people|good)\s+|[ld]'\s?){0,5}+"
)
_X = rf"{_SMALL}{BRAND}"
# French agreement, epicene spellings included: invitée, invité(e)s, invité.e, invité·es.
_E = r"(?:es?|s|[.(·-]e[).·-]?s?)?"
_AFTER = r"(?!\w|-\w)"
# What stands before the first words of a text, a line or a sentence: emoji, brackets, dashes, a
# thread number.
_SIGNS = r"[^\w#@\n\ue000]{0,40}"
OPENING = re.compile(rf"(?:\A|\n|[.!?][\"')»\]]{{0,3}}\s){_SIGNS}(?:\d+/\d*\s{_SIGNS})?")

ALL_JURISDICTIONS = frozenset(("CA", "FR", "US", "UK", "DE", "NZ"))


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One family of words and what it is worth."""

    id: str
    kind: str
    language: str | None
    accepted: frozenset[str]
    only_in: frozenset[str]
    rule: str
    spoken: bool
    not_in_english: bool
    beside: frozenset[str]
    """One of them must stand in a text too for a phrase to; empty: nothing more is needed."""
    phrases: re.Pattern[str] | None
    nameless: re.Pattern[str] | None
    """Of the phrases, those that name no brand: all that may stand where none is named."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One of `words` must stand in a text for a phrase or a heading to, of `opening_words` for a
    heading."""

    tags: dict[str, tuple[Entry, ...]]
    by_word: dict[str, tuple[Entry, ...]]
    headings: re.Pattern[str]
    """One group for each of `heading_entries`, in order: the first that stands there."""
    heading_entries: tuple[Entry, ...]
    branded: dict[str, Entry]
    team: Entry
    thanks: Entry
    words: frozenset[str]
    opening_words: frozenset[str]


def _phrases(sources: list[str]) -> re.Pattern[str] | None:
    """All phrases of an entry at once. Starting on a literal keeps the search fast; that a
    word starts there is checked on what is found."""
    if not sources:
        return None
    patterns = (re.sub(r"^{X}", BRAND, source) for source in sources)
    joined = "|".join(patterns).replace(" ", r"[\s-]{1,3}").replace("{X}", _X).replace("{E}", _E)
    return re.compile(f"(?:{joined}){_AFTER}")


def _headings(rows: list[dict[str, Any]]) -> re.Pattern[str]:
    joined = "|".join(f"({'|'.join(row['headings'])}){_AFTER}" for row in rows)
    return re.compile(joined.replace(" ", r"[\s-]{1,3}").replace("{E}", _E))


def _entry(row: dict[str, Any]) -> Entry:
    phrases = row.get("phrases", [])
    return Entry(
        id=row["id"],
        kind=row["class"],
        language=row.get("language"),
        accepted=frozenset(row.get("accepted", ())),
        only_in=frozenset(row.get("only_in", ALL_JURISDICTIONS)),
        rule=row.get("rule", "D-WORD-1"),
        spoken=row.get("spoken", False),
        not_in_english=row.get("not_in_english", False),
        beside=frozenset(row.get("beside", ())),
        phrases=_phrases(phrases),
        nameless=_phrases([phrase for phrase in phrases if "{X}" not in phrase]),
    )


def _made(id: str, kind: str, language: str | None, rule: str = "D-WORD-1") -> Entry:
    return _entry({"id": id, "class": kind, "language": language, "rule": rule})


@cache
def _entries() -> dict[str, Entry]:
    return {row["id"]: _entry(row) for row in read_toml("lexicon.toml")["entry"]}


@cache
def lexicon(jurisdiction: str, *, english: bool) -> Lexicon:
    """What is looked for in one place, in a text in English or not."""
    document = read_toml("lexicon.toml")
    read = [row for row in document["entry"] if _is_read(row["id"], jurisdiction, english=english)]
    tags: dict[str, tuple[Entry, ...]] = {}
    by_word: dict[str, tuple[Entry, ...]] = {}
    for row in read:
        entry = _entries()[row["id"]]
        for tag in row.get("tags", ()):
            tags[tag] = (*tags.get(tag, ()), entry)
        for word in row.get("on", ()):
            by_word[word] = (*by_word.get(word, ()), entry)
    opening = [row for row in read if "headings" in row]
    opening_words = frozenset(word for row in opening for word in row["on"])
    branded = {
        role: _made(f"branded-{language}", "BRANDED", language)
        for language, roles in document["branded"].items()
        for role in roles
    }
    return Lexicon(
        tags=tags,
        by_word=by_word,
        headings=_headings(opening),
        heading_entries=tuple(_entries()[row["id"]] for row in opening),
        branded=branded,
        team=_made("team", "AMBIGUOUS", None, "D-WORD-4"),
        thanks=_entries()["thanks"],
        words=opening_words.union(by_word),
        opening_words=opening_words,
    )


def _is_read(entry: str, jurisdiction: str, *, english: bool) -> bool:
    one = _entries()[entry]
    return jurisdiction in one.only_in and not (one.not_in_english and english)
