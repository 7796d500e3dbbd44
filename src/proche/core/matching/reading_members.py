"""Read a table of members, or refuse it in one line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proche.core.matching.columns import EVERY_FIELD
from proche.core.matching.records import Member
from proche.core.tables import FLAG_WORDS, PROOF_WORDS, Column, Table, Type, read_table

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
        Column("limits", Type.TEXT),
        Column("limits_known", Type.FLAG, words=FLAG_WORDS),
        Column("accepts_alcohol", Type.FLAG, words=FLAG_WORDS),
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
        limits=row["limits"] or "",
        limits_known=row["limits_known"],
        accepts_alcohol=row["accepts_alcohol"],
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
