"""Ask DuckDB for rows: every answer is fetched to its end, which frees the connection."""

from collections.abc import Sequence
from typing import Any


def first_row(connection: Any, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    rows: list[tuple[Any, ...]] = connection.execute(query, list(values)).fetchall()
    return rows[0] if rows else None


def one_row(connection: Any, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
    row = first_row(connection, query, values)
    if row is None:
        raise LookupError(f"no row from: {query}")
    return row
