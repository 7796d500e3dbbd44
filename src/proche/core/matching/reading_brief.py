"""Read a brief from TOML, or refuse it in one line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from proche.core.matching.records import Brief, Weights
from proche.core.results import InputRefused, Sentence

MOST_BRIEF_BYTES = 1 << 20
YOUNGEST_AUDIENCE = 13
FORMATS = ("product", "event")

TEXTS = ("title", "text", "brand", "format")
LISTS = (
    "topics",
    "languages",
    "regions",
    "tiers",
    "archetypes",
    "categories",
    "rivals",
    "contains",
)
FLAGS = ("alcohol",)
COUNTS = (
    "quantity",
    "min_age",
    "max_age",
    "min_followers",
    "max_followers",
    "exclusivity_months",
    "asks_per_quarter",
)
# what may stand under [filters]; the contract puts regions, min_age and tiers there
FILTERS = (
    "regions",
    "languages",
    "min_age",
    "max_age",
    "tiers",
    "archetypes",
    "min_followers",
    "max_followers",
    "categories",
    "rivals",
    "exclusivity_months",
    "asks_per_quarter",
    "contains",
    "alcohol",
)
WEIGHTS = tuple(field.name for field in fields(Weights))


@dataclass(frozen=True, slots=True)
class BriefRead:
    """`unread` are the words of the file that the ranking does not use."""

    brief: Brief
    weights: Weights
    unread: tuple[str, ...] = ()


def read_brief(path: Path) -> BriefRead:
    """Raises InputRefused naming the file and the line or the key."""
    document = _document(path)
    filters = _table(path.name, document, "filters", FILTERS)
    weights = _table(path.name, document, "weights", WEIGHTS)
    unread = tuple(key for key in document if key not in (*TEXTS, *LISTS, *COUNTS, *FLAGS))
    return BriefRead(
        _brief(path.name, {**document, **filters}), _weights(path.name, weights), unread
    )


def _table(
    name: str, document: dict[str, Any], key: str, known: tuple[str, ...]
) -> Mapping[str, Any]:
    table = document.pop(key, {})
    if not isinstance(table, dict):
        raise _wrong(name, key, f"d’une table [{key}]", f"a table [{key}]")
    for entry in table:
        if entry not in known:
            raise _unknown(name, key, entry, known)
    return table


def _weights(name: str, given: Mapping[str, Any]) -> Weights:
    for key, value in given.items():
        fine = isinstance(value, int | float) and not isinstance(value, bool)
        if not fine or not 0 <= value < float("inf"):
            raise _wrong(
                name, f"[weights] {key}", "d’un nombre de 0 ou plus", "a number of 0 or more"
            )
    return Weights(**given)


def _document(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except OSError as cause:
        raise _refused(
            "brief_not_found",
            f"{path.name} : fichier introuvable. Vérifiez le chemin.",
            f"{path.name}: not found. Check the path.",
        ) from cause
    try:
        if len(content) > MOST_BRIEF_BYTES:
            raise ValueError("too long for a brief")
        return tomllib.loads(content.decode("utf-8-sig"))
    except ValueError as cause:
        place = re.search(r"at line (\d+)", str(cause))
        raise _refused(
            "brief_not_toml",
            f"{path.name}{f', ligne {place[1]}' if place else ''} : ce n’est pas du TOML lisible. "
            'Écrivez par exemple title = "Escalade", en UTF-8.',
            f"{path.name}{f', line {place[1]}' if place else ''}: this is not readable TOML. "
            'Write for example title = "Climbing", in UTF-8.',
        ) from cause


def _brief(name: str, given: Mapping[str, Any]) -> Brief:
    texts = {key: _text(name, key, given[key]) for key in TEXTS if key in given}
    lists = {key: _list(name, key, given[key]) for key in LISTS if key in given}
    counts = {key: _count(name, key, given[key]) for key in COUNTS if key in given}
    flags = {key: _flag(name, key, given[key]) for key in FLAGS if key in given}
    if not (texts.get("title") or texts.get("text") or lists.get("topics")):
        raise _refused(
            "brief_says_nothing",
            f"{name} : le mandat ne dit pas de quoi il s’agit. Donnez title, text ou topics.",
            f"{name}: the brief does not say what it is about. Give title, text or topics.",
        )
    if texts.get("format") and texts["format"] not in FORMATS:
        raise _wrong(name, "format", "de « product » ou « event »", "“product” or “event”")
    if counts.pop("max_age", YOUNGEST_AUDIENCE) < YOUNGEST_AUDIENCE:
        raise _refused(
            "for_children",
            f"{name}, max_age : la publicité destinée aux moins de 13 ans est interdite au Québec "
            "(Loi sur la protection du consommateur, art. 248). Changez le mandat.",
            f"{name}, max_age: advertising aimed at children under 13 is forbidden in Québec "
            "(Consumer Protection Act, s. 248). Change the brief.",
        )
    return Brief(**texts, **lists, **counts, **flags)  # type: ignore[arg-type]


def _text(name: str, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(name, key, "d’un texte entre guillemets", "a text between quotes")
    return value.strip()


def _list(name: str, key: str, value: Any) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
        raise _wrong(name, key, 'd’une liste comme ["a", "b"]', 'a list like ["a", "b"]')
    return tuple(item.strip() for item in values if item.strip())


def _count(name: str, key: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _wrong(name, key, "d’un nombre entier de 0 ou plus", "a whole number of 0 or more")
    return value


def _flag(name: str, key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(name, key, "de true ou false", "true or false")
    return value


def _wrong(name: str, key: str, wanted_fr: str, wanted_en: str) -> InputRefused:
    return _refused(
        "brief_wrong_value",
        f"{name}, {key} : autre chose au lieu {wanted_fr}. Corrigez cette ligne.",
        f"{name}, {key}: something else instead of {wanted_en}. Correct this line.",
    )


def _unknown(name: str, table: str, key: str, known: tuple[str, ...]) -> InputRefused:
    listed = ", ".join(known)
    return _refused(
        "brief_unknown_word",
        f"{name}, [{table}] {key} : ce mot n’existe pas et n’aurait aucun effet. "
        f"Mots possibles : {listed}.",
        f"{name}, [{table}] {key}: there is no such word, it would have no effect. "
        f"Possible words: {listed}.",
    )


def _refused(code: str, fr: str, en: str) -> InputRefused:
    return InputRefused(Sentence(code, fr, en))
