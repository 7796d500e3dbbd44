# ruff: noqa: S608 - the names in these queries are ours, or quoted by casting.quoted
"""Doubt every cell of a table in one pass, before anything is counted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from proche.core.evidence import refusals
from proche.core.evidence.casting import FIRST_MOMENT, Cast, wanted
from proche.core.evidence.doubts import Doubt, Kind, gathered
from proche.core.evidence.engines.asking import one_row
from proche.core.evidence.mapping import Source
from proche.core.evidence.tables import Table
from proche.core.results import InputRefused

UTC_NAMES = frozenset({"Z", "UTC", "GMT", "ETC/UTC", "-0000"})


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as it came, its name for messages and the SQL that numbers its rows for people."""

    table: Table
    name: str
    types: dict[str, str]
    row: str
    sources: dict[str, Source]
    in_memory: bool
    # A CSV reads a blank cell as NULL.
    blanks: bool = False

    @property
    def relation(self) -> str:
        return f"raw_{self.table.name}"

    @property
    def copied(self) -> bool:
        """Interactions and audiences in Parquet are read again when needed, not copied."""
        return self.in_memory or bool(self.table.key)

    def shown(self, column: str) -> str:
        """The column as its sender calls it."""
        columns = self.sources[column].columns
        return columns[0] if columns else column


@dataclass(frozen=True, slots=True)
class Examined:
    """`latest` is the last moment that can be; `unsettled` the columns with cells in doubt."""

    rows: int
    latest: datetime | None
    doubts: tuple[Doubt, ...]
    unsettled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Check:
    """What is asked of one column: how many cells meet `sql`. Without a kind they are refused."""

    column: str
    sql: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A raw table and how each of its columns is read."""

    connection: Any
    raw: RawTable
    casts: Mapping[str, Cast]


def examine(subject: Subject, latest_possible: datetime, *, strict: bool) -> Examined:
    """Raises InputRefused at a cell that cannot be understood; where `strict`, at any doubt."""
    checks = list(_checks(subject))
    zoned = [name for name, made in subject.casts.items() if made.zone]
    rows, latest, *found = _ask(subject, latest_possible, checks, zoned)
    met = [(check, count) for check, count in zip(checks, found, strict=False) if count]
    for check, count in met:
        if check.kind is None or strict:
            raise _refusal(subject, check, count)
    mixed = [name for name, differ in zip(zoned, found[len(checks) :], strict=True) if differ]
    zones = [doubt for name in mixed for doubt in _mixed(subject, name)]
    for doubt in zones if strict else ():
        raise refusals.mixed_zones(doubt.file, doubt.row, doubt.column, doubt.value, doubt.count)
    doubts = [_doubt(subject, check, check.kind, count) for check, count in met if check.kind]
    unsettled = frozenset(check.column for check, _ in met)
    return Examined(int(rows), latest, gathered(chain(doubts, zones)), unsettled)


def _checks(subject: Subject) -> Iterator[Check]:
    """What refuses first, in the order of the columns; then what is only counted."""
    for name, made in subject.casts.items():
        if made.bad:
            yield Check(name, made.bad)
    for name, made in subject.casts.items():
        if subject.raw.table.column(name).filled:
            yield Check(name, made.empty or f"{made.settled} IS NULL")
    for name, made in subject.casts.items():
        for kind, sql in made.doubtful:
            yield Check(name, sql, kind)


def _ask(
    subject: Subject, latest_possible: datetime, checks: list[Check], zoned: list[str]
) -> tuple[Any, ...]:
    """One pass for everything; of a table that is never copied to memory, one look at each
    column asked about: a Parquet reader answers those from its dictionaries and extremes."""
    casts, raw = subject.casts, subject.raw
    moment = next((casts[name].value for name in ("published_at", "at") if name in casts), "NULL")
    possible = f"BETWEEN {FIRST_MOMENT} AND TIMESTAMP '{latest_possible}'"
    if raw.copied:
        latest = f"max(CASE WHEN {moment} {possible} THEN {moment} END)"
        counts = [f"count(CASE WHEN {check.sql} THEN 1 END)" for check in checks]
    else:
        latest = f"max({moment})"
        (fine,) = one_row(subject.connection, f"SELECT {latest} {possible} FROM {raw.relation}")
        latest = latest if fine else _apart(raw, latest, f"{moment} {possible}")
        counts = [_apart(raw, "count(*)", check.sql) for check in checks]
    differ = [f"min({casts[name].zone}) <> max({casts[name].zone})" for name in zoned]
    asked = ["count(*)", latest, *counts, *differ]
    return one_row(subject.connection, f"SELECT {', '.join(asked)} FROM {raw.relation}")


def _apart(raw: RawTable, asked: str, where: str) -> str:
    return f"(SELECT {asked} FROM {raw.relation} WHERE {where})"


def _refusal(subject: Subject, check: Check, count: int) -> InputRefused:
    raw = subject.raw
    row, value = _first(subject, check)
    theirs = raw.shown(check.column)
    if value is None:
        return refusals.empty_cell(raw.name, row, theirs, count)
    meant = wanted(raw.table.column(check.column))
    return refusals.bad_cell(raw.name, row, theirs, str(value), meant, count)


def _doubt(subject: Subject, check: Check, kind: Kind, count: int) -> Doubt:
    raw = subject.raw
    row, value = _first(subject, check)
    theirs = raw.shown(check.column)
    return Doubt(kind, raw.table.name, count, raw.name, row, theirs, str(value))


def _first(subject: Subject, check: Check) -> tuple[int, object]:
    raw = subject.raw
    row, value = one_row(
        subject.connection,
        f"SELECT {raw.row} AS place, {subject.casts[check.column].shown} FROM {raw.relation} "
        f"WHERE {check.sql} ORDER BY place LIMIT 1",
    )
    return int(row), value


def _mixed(subject: Subject, name: str) -> Iterator[Doubt]:
    """The moments of a column that are not in the zone most of it is in, if there are any."""
    raw, made = subject.raw, subject.casts[name]
    zone, row = made.zone, raw.row
    written = subject.connection.execute(
        f"SELECT {zone} AS zone, count(*), min({row}), min_by({made.shown}, {row}) "
        f"FROM {raw.relation} WHERE {zone} IS NOT NULL GROUP BY zone"
    ).fetchall()
    counts: Counter[str] = Counter()
    # In the order of the file: of two zones as common, the first one met is the usual one.
    for spelling, count, *_ in sorted(written, key=lambda part: int(part[2])):
        counts[same_zone(spelling)] += count
    ((usual, most),) = counts.most_common(1)
    others = [part for part in written if same_zone(part[0]) != usual]
    if others:
        _, _, first, value = min(others, key=lambda part: int(part[2]))
        count, theirs = counts.total() - most, raw.shown(name)
        yield Doubt(Kind.MIXED_ZONES, raw.table.name, count, raw.name, first, theirs, value)


def same_zone(written: str) -> str:
    """One spelling for a zone: Z, UTC and +00:00 are the same, as are -04 and -04:00."""
    zone = written.strip().upper()
    if zone[:1] in {"+", "-"}:
        zone = zone.replace(":", "").ljust(5, "0")
    return "+0000" if zone in UTC_NAMES else zone
