"""Read a brief (TOML) and a table of members, or refuse them in one line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from proche.core.matching.columns import EVERY_FIELD
from proche.core.matching.records import Brief, Member, Weights
from proche.core.results import InputRefused, Sentence
from proche.core.tables import FLAG_WORDS, PROOF_WORDS, Column, Table, Type, read_table

MOST_BRIEF_BYTES = 1 << 20
YOUNGEST_AUDIENCE = 13
FORMATS = ("product", "event")

TEXTS = ("title", "text", "brand", "format")
LISTS = ("topics", "languages", "regions", "tiers", "archetypes", "categories", "rivals")
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
)
WEIGHTS = tuple(field.name for field in fields(Weights))

WORDS = re.compile(r"[\s,;|#]+")
NAMES = re.compile(r"\s*[,;|]\s*")

MEMBERS = Table(
    "members",
    (
        Column("member_id", Type.KEY, required=True, filled=True),
        Column("text", Type.TEXT),
        Column("hashtags", Type.TEXT),
        Column("topics", Type.TEXT),
        Column("region", Type.TEXT),
        Column("language", Type.TEXT),
        Column("languages", Type.TEXT),
        Column("followers", Type.COUNT),
        Column("closeness", Type.TEXT),
        Column("closeness_measures", Type.COUNT),
        Column("proof", Type.CHOICE, words=PROOF_WORDS),
        Column("tier", Type.TEXT),
        Column("archetype", Type.TEXT),
        Column("try_products", Type.FLAG, words=FLAG_WORDS),
        Column("attend_events", Type.FLAG, words=FLAG_WORDS),
        Column("age", Type.COUNT),
        Column("age_ok", Type.FLAG, words=FLAG_WORDS),
        Column("may_be_shortlisted", Type.FLAG, words=FLAG_WORDS),
        Column("asleep", Type.FLAG, words=FLAG_WORDS),
        Column("refused_brands", Type.TEXT),
        Column("refused_categories", Type.TEXT),
        Column("recent_brands", Type.TEXT),
        Column("asks_this_quarter", Type.COUNT),
        Column("months_since_last_ask", Type.COUNT),
        Column("mentioned_brand", Type.FLAG, words=FLAG_WORDS),
        Column("posted", Type.COUNT),
        Column("owed", Type.COUNT),
    ),
    key=("member_id",),
)
CLOSENESS = ("d’un nombre de 0 à 100", "a number from 0 to 100")
RECENT = ("de « marque:mois; marque:mois »", "“brand:months; brand:months”")


@dataclass(frozen=True, slots=True)
class MembersRead:
    members: tuple[Member, ...]
    given: frozenset[str]


def read_members(path: Path) -> MembersRead:
    """Raises InputRefused naming the file, the row and the column."""
    read = read_table(path, MEMBERS)
    columns = {name: read.column(name) for name in MEMBERS.names}
    columns["closeness"] = read.parsed("closeness", _closeness, CLOSENESS)
    columns["recent_brands"] = read.parsed("recent_brands", _recent_brands, RECENT)
    rows = zip(*columns.values(), strict=True)
    members = tuple(_member(dict(zip(columns, row, strict=True))) for row in rows)
    given = read.given | ({"languages"} if "language" in read.given else set())
    return MembersRead(members, given & EVERY_FIELD)


def _member(row: Mapping[str, Any]) -> Member:
    return Member(
        member_id=str(row["member_id"]),
        text=row["text"] or "",
        topics=_names(row["topics"]),
        hashtags=_split(WORDS, row["hashtags"]),
        region=row["region"],
        languages=_split(WORDS, row["languages"] or row["language"]),
        followers=row["followers"],
        closeness=row["closeness"],
        closeness_measures=row["closeness_measures"],
        proof=row["proof"],
        tier=row["tier"],
        archetype=row["archetype"],
        try_products=row["try_products"],
        attend_events=row["attend_events"],
        age=row["age"],
        age_ok=row["age_ok"],
        may_be_shortlisted=bool(row["may_be_shortlisted"]),
        asleep=bool(row["asleep"]),
        refused_brands=_names(row["refused_brands"]),
        refused_categories=_names(row["refused_categories"]),
        recent_brands=row["recent_brands"] or (),
        asks_this_quarter=row["asks_this_quarter"],
        months_since_last_ask=row["months_since_last_ask"],
        mentioned_brand=row["mentioned_brand"],
        posted=row["posted"] or 0,
        owed=row["owed"] or 0,
    )


def _names(text: str | None) -> tuple[str, ...]:
    return _split(NAMES, text)


def _split(pattern: re.Pattern[str], text: str | None) -> tuple[str, ...]:
    return tuple(part for part in pattern.split((text or "").strip()) if part)


def _closeness(text: str) -> float:
    value = float(text.replace(",", "."))
    if not 0 <= value <= 100:
        raise ValueError(text)
    return value


def _recent_brands(text: str) -> tuple[tuple[str, int], ...]:
    pairs = [part.rpartition(":") for part in NAMES.split(text.strip()) if part]
    if not all(colon and months.strip().isdigit() for _, colon, months in pairs):
        raise ValueError(text)
    return tuple((brand.strip(), int(months)) for brand, _, months in pairs)


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
    unread = tuple(key for key in document if key not in (*TEXTS, *LISTS, *COUNTS))
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
    return Brief(**texts, **lists, **counts)  # type: ignore[arg-type]


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
