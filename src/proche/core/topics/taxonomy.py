"""The topics of the programme: codes with names and terms in French and English, as data files."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from proche.core.topics.words import fold


@dataclass(frozen=True, slots=True)
class Topic:
    """`broader` is the code of the wider topic this one belongs to, or None. `names` are what
    people also call it, in words that mean too many other things to look for them in texts."""

    code: str
    fr: str
    en: str
    terms_fr: tuple[str, ...]
    terms_en: tuple[str, ...]
    broader: str | None
    names: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.fr


@cache
def load() -> tuple[Topic, ...]:
    """Every topic, families in the order of their files, wider topics first."""
    folder = files(__package__) / "data"
    documents = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(
        _topic(code, entry)
        for name in documents
        for code, entry in tomllib.loads((folder / name).read_text(encoding="utf-8")).items()
    )


def _topic(code: str, entry: dict[str, str | list[str]]) -> Topic:
    return Topic(
        code=code,
        fr=str(entry["fr"]),
        en=str(entry["en"]),
        terms_fr=tuple(entry.get("terms_fr", ())),
        terms_en=tuple(entry.get("terms_en", ())),
        broader=str(entry["broader"]) if "broader" in entry else None,
        names=tuple(entry.get("names", ())),
    )


def inside(name: str) -> str:
    """A topic's name inside a sentence; LGBTQ+ and Québec keep their capitals."""
    first = name.split(" ")[0]
    return name if any(letter.isupper() for letter in first[1:]) else name[0].lower() + name[1:]


@cache
def by_code() -> dict[str, Topic]:
    return {topic.code: topic for topic in load()}


@cache
def wider(code: str) -> tuple[str, ...]:
    """The codes of the wider topics, nearest first; none for a code that is not ours."""
    topic = by_code().get(code)
    if topic is None or topic.broader is None:
        return ()
    return (topic.broader, *wider(topic.broader))


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for topic in load():
        for name in _every_name(topic):
            key = fold(name)
            if topic.code not in found.get(key, ()):
                found[key] = (*found.get(key, ()), topic.code)
    return found


def _every_name(topic: Topic) -> tuple[str, ...]:
    return (topic.code, topic.fr, topic.en, *topic.names, *topic.terms_fr, *topic.terms_en)


def named(word: str) -> tuple[str, ...]:
    """The codes a person means by this code, name or term; none if it is not in the taxonomy."""
    if word in by_code():
        return (word,)
    key = fold(word.strip().lstrip("#"))
    return _by_name().get(key) or _by_name().get(key.replace("_", " ").replace("-", " "), ())
