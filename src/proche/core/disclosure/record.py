"""JSON records in and out: the shape of `proche disclose`."""

from collections.abc import Callable, Mapping
from msgspec.structs import fields
from functools import lru_cache
from typing import Any, TypeVar

from proche.core.disclosure.check import check
from proche.core.disclosure.model import (
    JURISDICTIONS,
    KINDS,
    NO_FACTS,
    PERKS,
    Check,
    Facts,
    Frame,
    Link,
    Post,
    Spoken,
    field_refused,
    unknown_value,
)
from proche.core.disclosure.platforms import FORMATS
from proche.core.disclosure.suggest import suggest
from proche.core.results import InputRefused, Sentence

T = TypeVar("T")
_FACTS = frozenset(field.name for field in fields(Facts))
_TYPES: dict[type, tuple[str, str]] = {
    str: ("un texte", "text"),
    bool: ("true ou false", "true or false"),
    float: ("un nombre", "a number"),
    list: ("une liste", "a list"),
    dict: ("un objet", "an object"),
}

_POST_FIELDS: dict[str, type] = {
    "platform": str,
    "links": list,
    "mentions": list,
    "caption": str,
    "language": str,
    "content_warning": str,
    "frames": list,
    "transcript": list,
    "facts": dict,
    "platform_label": bool,
    "in_bio_only": bool,
}


def check_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """Check one record; raises InputRefused naming the field that cannot be read."""
    if not isinstance(record, Mapping):
        raise InputRefused(Sentence("bad_record", "Il faut un objet.", "An object is needed."))
    post, link = read_record(record)
    return {"id": record.get("id"), **as_record(check(post, link), post, link)}


def as_record(result: Check, post: Post, link: Link) -> dict[str, Any]:
    language = result.language or post.language or "fr"
    return {
        "verdict": result.verdict,
        "findings": [
            {
                "rule": found.rule,
                "verdict": found.verdict,
                "fr": found.fr.text,
                "en": found.en.text,
                "suggestion": found.suggestion(language),
                "source": found.source,
                "where": found.where,
                "spans": found.spans,
            }
            for found in result.findings
        ],
        "suggestion": "" if result.verdict == "OK" else suggest(link, language),
        "not_seen": [sentence.code.removeprefix("not_seen_") for sentence in result.not_seen],
    }


def read_record(record: Mapping[str, Any]) -> tuple[Post, Link]:
    return _post(record), _link(_required(record, "link", dict))


def _post(record: Mapping[str, Any]) -> Post:
    value = record.get
    for name, given in record.items():
        kind = _POST_FIELDS.get(name)
        if kind is not None and given is not None and not isinstance(given, kind):
            raise _refused(name, _TYPES[kind])
    platform = value("platform")
    if platform is None:
        raise _refused("platform", _TYPES[str])
    frames, speech, facts = value("frames"), value("transcript"), value("facts")
    links, mentions = value("links"), value("mentions")
    return Post(
        platform=platform.lower(),
        format=_chosen(record, "format", FORMATS),
        caption=value("caption"),
        language=value("language"),
        jurisdiction=_chosen(record, "jurisdiction", JURISDICTIONS),
        content_warning=value("content_warning"),
        frames=None if frames is None else _each("frames", frames, _frame),
        transcript=None if speech is None else _each("transcript", speech, _spoken),
        platform_label=value("platform_label") is True,
        links=_texts(record, "links") if links else (),
        mentions=_texts(record, "mentions") if mentions else (),
        in_bio_only=value("in_bio_only") is True,
        facts=NO_FACTS if facts is None else _facts(facts),
    )


def _link(record: Mapping[str, Any]) -> Link:
    brand = _required(record, "brand", dict, within="link.")
    aliases = _texts(brand, "aliases", within="link.brand.")
    perks = _texts(record, "perks", within="link.")
    for perk in perks:
        if perk not in PERKS:
            raise InputRefused(unknown_value("link.perks", PERKS))
    kind = _chosen(record, "kind", KINDS, within="link.")
    obligation = _optional(record, "obligation", bool, within="link.") or False
    name = _required(brand, "name", str, within="link.brand.")
    required = _texts(record, "required_words", within="link.")
    return _kept_link(kind, name, aliases, obligation, perks, required)


# The same few links come back for thousands of posts.
_kept_link = lru_cache(maxsize=8192)(Link)


def _frame(record: Mapping[str, Any], within: str) -> Frame:
    return Frame(
        text=_optional(record, "text", str, within=within) or "",
        seconds=_number(record, "seconds", within),
        # Nobody said what the frame shows: the strict side.
        names_brand=_optional(record, "names_brand", bool, within=within) is not False,
    )


def _spoken(record: Mapping[str, Any], within: str) -> Spoken:
    at = _number(record, "at", within)
    return Spoken(0.0 if at is None else at, _required(record, "text", str, within=within))


def _facts(record: Mapping[str, Any]) -> Facts:
    for name in record:
        if name not in _FACTS:
            raise InputRefused(unknown_value("facts", tuple(sorted(_FACTS))))
    return Facts(**{name: _optional(record, name, bool, within="facts.") for name in record})


def _each(name: str, rows: list[Any], make: Callable[[Mapping[str, Any], str], T]) -> tuple[T, ...]:
    made = []
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise _refused(f"{name}[{number}]", _TYPES[dict])
        made.append(make(row, f"{name}[{number}]."))
    return tuple(made)


def _texts(record: Mapping[str, Any], name: str, within: str = "") -> tuple[str, ...]:
    rows = _optional(record, name, list, within=within)
    if not rows:
        return ()
    if not all(isinstance(row, str) for row in rows):
        raise _refused(within + name, ("une liste de textes", "a list of texts"))
    return tuple(rows)


def _number(record: Mapping[str, Any], name: str, within: str) -> float | None:
    value = record.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise _refused(within + name, _TYPES[float])
    try:
        return float(value)
    except OverflowError as error:
        raise _refused(within + name, _TYPES[float]) from error


def _required(record: Mapping[str, Any], name: str, kind: type[T], within: str = "") -> T:
    value = _optional(record, name, kind, within=within)
    if value is None:
        raise _refused(within + name, _TYPES[kind])
    return value


def _optional(record: Mapping[str, Any], name: str, kind: type[T], within: str = "") -> T | None:
    value = record.get(name)
    if value is None or isinstance(value, kind):
        return value
    raise _refused(within + name, _TYPES[kind])


def _chosen(
    record: Mapping[str, Any], name: str, allowed: tuple[str, ...], within: str = ""
) -> str:
    value = record.get(name)
    if value not in allowed:
        raise InputRefused(unknown_value(within + name, allowed))
    return str(value)


def _refused(name: str, expected: tuple[str, str]) -> InputRefused:
    return InputRefused(field_refused(name, *expected))
