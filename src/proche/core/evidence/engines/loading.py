# ruff: noqa: S608 - the names in these queries are ours, or quoted by casting.quoted
"""Bring one table into DuckDB: every cell cast and doubted before anything is counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from proche.core.evidence import refusals
from proche.core.evidence.casting import FLOATS, INTEGERS, Cast, cast, quoted
from proche.core.evidence.doubts import Doubt, Kind
from proche.core.evidence.engines.asking import one_row
from proche.core.evidence.engines.doubting import RawTable, Subject, examine
from proche.core.evidence.files import CsvFile, ParquetFile, TableFile
from proche.core.evidence.mapping import ColumnMapping, Source
from proche.core.evidence.tables import Table, Type

LONGEST_LINE = 16 << 20
ROW = "proche row"


@dataclass(frozen=True, slots=True)
class Loaded:
    table: Table
    rows: int
    columns: frozenset[str]
    skipped: dict[str, int] = field(default_factory=dict)
    latest: datetime | None = None
    doubts: tuple[Doubt, ...] = ()


def attach(
    connection: Any, table: Table, source: TableFile | pa.Table, mapping: ColumnMapping
) -> RawTable:
    relation = f"raw_{table.name}"
    if isinstance(source, CsvFile):
        name, row = source.name, f"{_row_of(source.header)} + 2"
        _read_csv(connection, relation, source)
    elif isinstance(source, ParquetFile):
        name, row = source.name, "file_row_number + 1"
        _read_parquet(connection, relation, source)
    else:
        name, row = table.name, f"{_row_of(source.column_names)} + 1"
        connection.register("given_records", source)
        every = _every_column(source.column_names)
        connection.execute(f"CREATE TEMP TABLE {relation} AS SELECT {every} FROM given_records")
        connection.unregister("given_records")
    described = connection.execute(f"DESCRIBE {relation}").fetchall()
    types = {column: str(kind) for column, kind, *_ in described}
    for ours in ("file_row_number", ROW):
        types.pop(ours, None)
    sources = sources_of(table, name, types, mapping)
    in_memory = not isinstance(source, ParquetFile)
    return RawTable(table, name, types, row, sources, in_memory, isinstance(source, CsvFile))


def _row_of(columns: Iterable[str]) -> str:
    """The number of a row, from 0. A column of theirs may bear the name of DuckDB's own."""
    return quoted(ROW) if "rowid" in map(str.casefold, columns) else "rowid"


def _every_column(columns: Iterable[str]) -> str:
    own = _row_of(columns)
    return "*" if own == "rowid" else f"*, row_number() OVER () - 1 AS {own}"


def _read_csv(connection: Any, relation: str, source: CsvFile) -> None:
    columns = "{" + ", ".join(f"{_text(name)}: 'VARCHAR'" for name in source.header) + "}"
    try:
        connection.execute(
            f"CREATE TEMP TABLE {relation} AS SELECT {_every_column(source.header)} "
            f"FROM read_csv({_text(str(source.path))}, "
            f"columns={columns}, header=true, auto_detect=false, delim={_text(source.delimiter)}, "
            f"quote='\"', escape='\"', max_line_size={LONGEST_LINE})"
        )
    except duckdb.Error as cause:
        raise refusals.broken_row(source.name, _line_of(str(cause))) from cause


def _line_of(message: str) -> int | None:
    _, found, after = message.partition("Line: ")
    digits = after.split(maxsplit=1)[0].rstrip(",.") if found and after.strip() else ""
    return int(digits) if digits.isdigit() else None


def _read_parquet(connection: Any, relation: str, source: ParquetFile) -> None:
    try:
        connection.execute(
            f"CREATE TEMP VIEW {relation} AS "
            f"SELECT * FROM read_parquet({_text(str(source.path))}, file_row_number=true)"
        )
    except duckdb.Error as cause:
        raise refusals.unreadable(source.name) from cause


def sources_of(
    table: Table, name: str, types: dict[str, str], mapping: ColumnMapping
) -> dict[str, Source]:
    mapped = mapping.of(table).columns
    for ours, source in mapped.items():
        for theirs in source.read:
            if theirs not in types:
                raise refusals.mapped_column(mapping.name, name, ours, theirs)
    sources = dict(mapped)
    for column in table.columns:
        if column.name not in sources and column.name in types:
            sources[column.name] = Source(columns=(column.name,))
        if column.required and column.name not in sources:
            raise refusals.missing_column(name, column.name, types)
    return sources


def native_accounts(raws: list[RawTable]) -> bool:
    """Whether every account id of every table is a whole number already: then they stay so."""
    found = [
        raw.types.get(source.columns[0]) if len(source.columns) == 1 else None
        for raw in raws
        for column in raw.table.columns
        if column.type is Type.ACCOUNT and (source := raw.sources.get(column.name))
    ]
    return all(kind in INTEGERS | FLOATS and kind != "UBIGINT" for kind in found)


def load(
    connection: Any,
    raw: RawTable,
    *,
    account_type: str,
    latest_possible: datetime,
    strict: bool,
) -> Loaded:
    """Create the table `typed_<name>` with every column of ours, or raise InputRefused.

    Without `strict`, cells in doubt are left unknown and of rows with one id one is kept.
    """
    casts = {
        column.name: cast(column, raw.sources[column.name], raw.types, raw.row, account_type)
        for column in raw.table.columns
        if column.name in raw.sources
    }
    if raw.in_memory:
        casts = {name: _blank(raw, name, made) for name, made in casts.items()}
    try:
        found = examine(Subject(connection, raw, casts), latest_possible, strict=strict)
        values = {
            name: made.settled if name in found.unsettled else made.value
            for name, made in casts.items()
        }
        _create(connection, raw, values, account_type)
    except duckdb.Error as cause:
        raise refusals.unreadable(raw.name) from cause
    loaded = Loaded(
        raw.table, found.rows, frozenset(raw.sources), latest=found.latest, doubts=found.doubts
    )
    return _without_duplicates(connection, raw, loaded, strict) if raw.table.key else loaded


def _blank(raw: RawTable, name: str, made: Cast) -> Cast:
    """In a CSV a blank cell reads as NULL; where it means "there is none", it becomes ''."""
    if raw.table.column(name).blank_is_none and raw.blanks:
        return replace(made, value=f"coalesce({made.value}, '')")
    return made


def _create(connection: Any, raw: RawTable, values: dict[str, str], account_type: str) -> None:
    native = {Type.ACCOUNT: account_type, Type.COUNT: "BIGINT", Type.FLAG: "BOOLEAN"}
    native[Type.MOMENT] = "TIMESTAMP"
    columns = [
        f"{values[c.name]} AS {quoted(c.name)}"
        if c.name in values
        else f"CAST(NULL AS {native.get(c.type, 'VARCHAR')}) AS {quoted(c.name)}"
        for c in raw.table.columns
    ]
    numbered = [f"{raw.row} AS source_row"] if raw.table.key else []
    connection.execute(
        f"CREATE TEMP {'TABLE' if raw.copied else 'VIEW'} typed_{raw.table.name} AS "
        f"SELECT {', '.join(columns + numbered)} FROM {raw.relation}"
    )
    if raw.copied:
        kind = "TABLE" if raw.in_memory else "VIEW"
        connection.execute(f"DROP {kind} {raw.relation}")


def _without_duplicates(connection: Any, raw: RawTable, loaded: Loaded, strict: bool) -> Loaded:
    """One row for each key: the one seen last where rows say when they were, else the first."""
    relation, key = f"typed_{raw.table.name}", ", ".join(raw.table.key)
    keys = f"SELECT {key} FROM {relation} GROUP BY {key}"
    (distinct,) = one_row(connection, f"SELECT count(*) FROM ({keys})")
    if distinct == loaded.rows:
        return loaded
    newest = "as_of DESC NULLS LAST, " if "as_of" in raw.table.names else ""
    connection.execute(
        f"CREATE TEMP TABLE kept AS "
        f"SELECT DISTINCT ON ({key}) * FROM {relation} ORDER BY {key}, {newest}source_row"
    )
    doubt = _conflicting(connection, raw)
    if doubt and strict:
        raise refusals.duplicate(doubt.file, doubt.row, doubt.column, doubt.value, doubt.count)
    connection.execute(f"DROP TABLE {relation}")
    connection.execute(f"ALTER TABLE kept RENAME TO {relation}")
    differing = doubt.count if doubt else 0
    same = loaded.rows - distinct - differing
    left_out = {f"duplicate_{raw.table.name}": same} if same else {}
    if doubt:
        left_out[doubt.code] = doubt.count
    return replace(loaded, skipped=left_out, doubts=loaded.doubts + ((doubt,) if doubt else ()))


def _conflicting(connection: Any, raw: RawTable) -> Doubt | None:
    """The rows that say otherwise than the one kept for their key, and the first of them."""
    key, named = raw.table.key, raw.table.key[-1]
    others = [quoted(name) for name in raw.table.names if name not in key]
    differs = " OR ".join(f"t.{name} IS DISTINCT FROM kept.{name}" for name in others)
    count, row, value = one_row(
        connection,
        f"SELECT count(*), min(t.source_row), min_by({named}, t.source_row) "
        f"FROM typed_{raw.table.name} AS t JOIN kept USING ({', '.join(key)}) WHERE {differs}",
    )
    if not count:
        return None
    table, column = raw.table.name, raw.shown(named)
    return Doubt(Kind.CONFLICTING, table, count, raw.name, row, column, str(value))


def _text(value: str | Path) -> str:
    return "'" + str(value).replace("'", "''") + "'"
