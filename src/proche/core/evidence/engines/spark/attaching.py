"""Let Spark read a table where it lies: what a cluster can read never passes through here."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from proche.core.evidence import refusals
from proche.core.evidence.engines.doubting import RawTable
from proche.core.evidence.engines.loading import sources_of
from proche.core.evidence.engines.spark.speaking import Connection, SparkFailed, failing
from proche.core.evidence.files import CsvFile, ParquetFile, TableFile
from proche.core.evidence.mapping import ColumnMapping
from proche.core.evidence.tables import Table
from proche.core.results import InputRefused

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# The number of the row in its file, from 0. A column of theirs cannot bear this name.
ROW = "proche row"
# One task reads a whole CSV: its cells may hold line breaks, and its rows have an order.
CSV: dict[str, str | bool] = {
    "header": True,
    "quote": '"',
    "escape": '"',
    "multiLine": True,
    "columnPruning": False,
    "unescapedQuoteHandling": "RAISE_ERROR",
}
BROKEN = "proche broken"
# The types of Spark that the casts tell apart, as DuckDB names them.
TYPES = {
    "boolean": "BOOLEAN",
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "bigint": "BIGINT",
    # What a column of unsigned 64-bit numbers becomes.
    "decimal(20,0)": "UBIGINT",
    "float": "FLOAT",
    "double": "DOUBLE",
    "date": "DATE",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
    "timestamp_ntz": "TIMESTAMP",
    "string": "VARCHAR",
}


def attach(
    connection: Connection, table: Table, source: TableFile | pa.Table, mapping: ColumnMapping
) -> RawTable:
    """Raises InputRefused as DuckDB's `attach` does."""
    name = table.name if isinstance(source, pa.Table) else source.name
    first = 2 if isinstance(source, CsvFile) else 1
    try:
        with failing():
            frame = _frame(connection, source)
            types = {column: _named(kind) for column, kind in frame.dtypes if column != ROW}
            connection.show(f"raw_{table.name}", frame)
    except SparkFailed as cause:
        raise refusals.unreadable(name) from cause
    return RawTable(
        table,
        name,
        types,
        f'"{ROW}" + {first}',
        sources_of(table, name, types, mapping),
        in_memory=not isinstance(source, ParquetFile),
        blanks=isinstance(source, CsvFile),
    )


def _frame(connection: Connection, source: TableFile | pa.Table) -> "DataFrame":
    if isinstance(source, CsvFile):
        return _csv(connection, source, mode="FAILFAST")
    if isinstance(source, ParquetFile):
        return _parquet(connection, source)
    numbers = pa.array(range(len(source)), pa.int64())
    return connection.spark.createDataFrame(source.append_column(ROW, numbers))


def _csv(connection: Connection, source: CsvFile, *, mode: str) -> "DataFrame":
    columns = [*source.header, BROKEN]
    read = connection.spark.read.options(
        **CSV, sep=source.delimiter, mode=mode, columnNameOfCorruptRecord=BROKEN
    )
    schema = ", ".join(f"{_quoted(name)} STRING" for name in columns)
    frame = read.schema(schema).csv(_place(source.path))
    cells = [f"NULLIF({_quoted(name)}, '') AS {_quoted(name)}" for name in source.header]
    kept = [_quoted(BROKEN)] if mode == "PERMISSIVE" else []
    return frame.selectExpr(*cells, *kept, f"MONOTONICALLY_INCREASING_ID() AS {_quoted(ROW)}")


def broken_csv(
    connection: Connection, sources: Mapping[str, TableFile | pa.Table]
) -> InputRefused | None:
    """The refusal of the first CSV with a row whose cells or quotes do not follow its headers."""
    for source in sources.values():
        if isinstance(source, CsvFile):
            try:
                row = _broken_row(connection, source)
            except SparkFailed:
                return refusals.broken_row(source.name, None)
            if row is not None:
                return refusals.broken_row(source.name, row)
    return None


def _broken_row(connection: Connection, source: CsvFile) -> int | None:
    frame = _csv(connection, source, mode="PERMISSIVE")
    with failing():
        # Spark reads no column of its own alone; one of theirs goes with it.
        found = frame.where(f"{_quoted(BROKEN)} IS NOT NULL").selectExpr(
            f"MIN({_quoted(ROW)}) AS row", f"COUNT({_quoted(source.header[0])})"
        )
        (row,) = found.toArrow()["row"].to_pylist()
    return None if row is None else int(row) + 2


def _parquet(connection: Connection, source: ParquetFile) -> "DataFrame":
    frame = connection.spark.read.parquet(_place(source.path))
    nanos = _nanoseconds(source)
    columns = [
        f"CAST(TIMESTAMP_MICROS({_quoted(name)} DIV 1000) AS TIMESTAMP_NTZ) AS {_quoted(name)}"
        if name in nanos and kind == "bigint"
        else _quoted(name)
        for name, kind in frame.dtypes
    ]
    return frame.selectExpr(*columns, f"_metadata.row_index AS {_quoted(ROW)}")


def _nanoseconds(source: ParquetFile) -> frozenset[str]:
    """Columns of moments to the nanosecond, which pandas writes and Spark reads as numbers."""
    try:
        schema = pq.read_schema(source.path)
    except (OSError, pa.ArrowException) as cause:
        raise refusals.unreadable(source.name) from cause
    return frozenset(
        field.name
        for field in schema
        if pa.types.is_timestamp(field.type) and field.type.unit == "ns"
    )


def _place(path: Path) -> str:
    # Spark reads a pattern where a person gave a name.
    return "file://" + re.sub(r"([*?\[\]{}\\])", r"\\\1", str(path.resolve()))


def _named(kind: str) -> str:
    if kind.startswith("array<"):
        return _named(kind[6:-1]) + "[]"
    return TYPES.get(kind, kind.upper())


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
