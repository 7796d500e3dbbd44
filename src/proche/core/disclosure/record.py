"""JSON records in and out: the shape of `proche disclose`."""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any

from msgspec import DecodeError, Meta, ValidationError, convert
from msgspec.json import Decoder

from proche.core.disclosure.check import check, check_all
from proche.core.disclosure.model import (
    JURISDICTIONS,
    KINDS,
    NO_FACTS,
    PERKS,
    Check,
    Facts,
    Finding,
    Frame,
    Link,
    Post,
    Spoken,
    Value,
    field_refused,
    unknown_value,
)
from proche.core.disclosure.platforms import FAMILY_OF, FORMATS
from proche.core.disclosure.suggest import suggest
from proche.core.results import InputRefused, Sentence

_Seconds = Annotated[float, Meta(ge=0)]
_Texts = tuple[str, ...]


class _Frame(Value, frozen=True):
    text: str | None = None
    seconds: _Seconds | None = None
    names_brand: bool | None = None


class _Spoken(Value, frozen=True):
    text: str
    at: _Seconds | None = None


class _Brand(Value, frozen=True):
    name: str
    aliases: _Texts | None = None


class _Link(Value, frozen=True):
    kind: str
    brand: _Brand
    obligation: bool | None = None
    perks: _Texts | None = None
    required_words: _Texts | None = None


class Supplied(Value, frozen=True):
    """One record as it comes. Null is what nobody supplied; unknown fields are left alone."""

    platform: str
    format: str
    jurisdiction: str
    link: _Link
    id: Any = None
    caption: str | None = None
    language: str | None = None
    content_warning: str | None = None
    frames: tuple[_Frame, ...] | None = None
    transcript: tuple[_Spoken, ...] | None = None
    platform_label: bool | None = None
    links: _Texts | None = None
    mentions: _Texts | None = None
    in_bio_only: bool | None = None
    facts: Facts | None = None


_decode = Decoder(Supplied).decode
_AT = re.compile(r"at `\$\.?([^`]*)`")
_NAMED = re.compile(r"(missing required|unknown) field `([^`]*)`")
_POSITION = re.compile(r"\[\d+\]$")
_TEXT, _LIST = ("un texte", "text"), ("une liste", "a list")
_FLAG, _OBJECT = ("true ou false", "true or false"), ("un objet", "an object")
_TEXTS, _NUMBER = ("une liste de textes", "a list of texts"), ("un nombre", "a number")
_ONE_OF = {
    "format": FORMATS,
    "jurisdiction": JURISDICTIONS,
    "link.kind": KINDS,
    "link.perks": PERKS,
    "facts": Facts.__struct_fields__,
}
# By the last part of a field's name.
_EXPECTED = {
    **dict.fromkeys(("platform", "caption", "language", "content_warning", "text", "name"), _TEXT),
    **dict.fromkeys(("links", "mentions", "aliases", "perks", "required_words"), _TEXTS),
    **dict.fromkeys(("frames", "transcript"), _LIST),
    **dict.fromkeys(("link", "brand", "facts"), _OBJECT),
    **dict.fromkeys(("seconds", "at"), _NUMBER),
}


class _Given(Value, frozen=True):
    id: Any
    post: Post
    link: Link


Answer = dict[str, Any]


def check_lines(lines: Sequence[bytes]) -> list[Answer | InputRefused]:
    """Check lines of JSON Lines, in order; some tens at once are a quarter faster than one by one.

    One that cannot be read gives its refusal, naming the field, in place of an answer.
    """
    read = [_read_line(line) for line in lines]
    given = [one for one in read if isinstance(one, _Given)]
    checks = iter(check_all([(one.post, one.link) for one in given]))
    return [_answer(one, next(checks)) if isinstance(one, _Given) else one for one in read]


def check_record(record: Mapping[str, Any]) -> Answer:
    """Check one record; raises InputRefused naming the field that cannot be read."""
    given = _converted(record)
    return _answer(given, check(given.post, given.link))


def _read_line(line: bytes) -> _Given | InputRefused:
    try:
        return _given(_decode(line))
    except InputRefused as refused:
        return refused
    except ValidationError as error:
        return _refused(error)
    except (DecodeError, UnicodeDecodeError, RecursionError):
        # Half a surrogate pair, or a byte order mark: for Python to read, or to refuse.
        try:
            return _converted(_read_slowly(line))
        except InputRefused as refused:
            return refused


def _converted(record: Mapping[str, Any]) -> _Given:
    try:
        return _given(convert(record, Supplied))
    except ValidationError as error:
        raise _refused(error) from error


def _given(supplied: Supplied) -> _Given:
    return _Given(supplied.id, _post(supplied), _link(supplied.link))


def _answer(given: _Given, result: Check) -> Answer:
    language = result.language or given.post.language or "fr"
    return {
        "id": given.id,
        "verdict": result.verdict,
        "findings": [_told(found, language) for found in result.findings],
        "suggestion": "" if result.verdict == "OK" else suggest(given.link, language),
        "not_seen": [sentence.code.removeprefix("not_seen_") for sentence in result.not_seen],
    }


def _told(found: Finding, language: str) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "verdict": found.verdict,
        "fr": found.fr.text,
        "en": found.en.text,
        "suggestion": found.suggestion(language),
        "source": found.source,
        "where": found.where,
        "spans": found.spans,
    }


def _post(given: Supplied) -> Post:
    if given.format not in FAMILY_OF:
        raise InputRefused(unknown_value("format", FORMATS))
    if given.jurisdiction not in JURISDICTIONS:
        raise InputRefused(unknown_value("jurisdiction", JURISDICTIONS))
    return Post(
        platform=given.platform.lower(),
        format=given.format,
        caption=given.caption,
        language=given.language,
        jurisdiction=given.jurisdiction,
        content_warning=given.content_warning,
        frames=None if given.frames is None else tuple(map(_frame, given.frames)),
        transcript=None if given.transcript is None else tuple(map(_spoken, given.transcript)),
        platform_label=given.platform_label or False,
        links=given.links or (),
        mentions=given.mentions or (),
        in_bio_only=given.in_bio_only or False,
        facts=given.facts or NO_FACTS,
    )


def _frame(given: _Frame) -> Frame:
    # Nobody said what the frame shows: the strict side.
    return Frame(given.text or "", given.seconds, given.names_brand is not False)


def _spoken(given: _Spoken) -> Spoken:
    return Spoken(given.at or 0.0, given.text)


def _link(given: _Link) -> Link:
    if given.kind not in KINDS:
        raise InputRefused(unknown_value("link.kind", KINDS))
    perks = given.perks or ()
    if perks and not set(perks).issubset(PERKS):
        raise InputRefused(unknown_value("link.perks", PERKS))
    brand, owed = given.brand, given.obligation or False
    required = given.required_words or ()
    return _kept_link(given.kind, brand.name, brand.aliases or (), owed, perks, required)


# The same few links come back for thousands of posts.
_kept_link = lru_cache(maxsize=8192)(Link)


def _no_constant(name: str) -> None:
    """NaN and Infinity are not JSON, though Python would read them."""
    raise ValueError(name)


_decode_slowly = json.JSONDecoder(parse_constant=_no_constant).decode


def _read_slowly(line: bytes) -> dict[str, Any]:
    try:
        read: dict[str, Any] = _decode_slowly(line.removeprefix(BOM_UTF8).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise InputRefused(_unreadable()) from error
    return read


def _unreadable() -> Sentence:
    return Sentence("bad_json", "Ce n’est pas un objet JSON lisible.", "This is not readable JSON.")


def _refused(error: ValidationError) -> InputRefused:
    """msgspec says which field and what it expected: told in the words of this project."""
    said = str(error)
    at, named = _AT.search(said), _NAMED.search(said)
    name = at[1] if at else ""
    if named and named[1] == "missing required":
        name = f"{name}.{named[2]}".removeprefix(".")
    if not name:
        return InputRefused(Sentence("bad_record", "Il faut un objet.", "An object is needed."))
    if name.startswith("id"):
        return InputRefused(_unreadable())
    whole = _POSITION.sub("", name)
    leaf = whole.rpartition(".")[2]
    if whole in _ONE_OF and (whole != "facts" or named):
        return InputRefused(unknown_value(whole, _ONE_OF[whole]))
    if whole != name and _EXPECTED.get(leaf) != _TEXTS:
        return InputRefused(field_refused(name, *_OBJECT))
    return InputRefused(field_refused(whole, *_EXPECTED.get(leaf, _FLAG)))
