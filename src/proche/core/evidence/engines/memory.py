"""How much memory one calculation may take, and how it is shared out."""

import re
from typing import Any

SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([KMGT]i?)?B?", re.IGNORECASE)
POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}
# DuckDB takes four fifths of the smaller of the machine's memory and the container's bound.
DUCKDB_TAKES = 0.8
# Of the whole, what DuckDB may hold before it spills; sorted columns may hold the rest. The
# two are not held at once, and what Python and the results take lies between them.
FOR_DUCKDB, FOR_COLUMNS = 0.6, 0.4


def in_bytes(size: str) -> int:
    """`6GiB`, `500 MB` or `1.5T` in bytes. Raises ValueError."""
    found = SIZE.fullmatch(size.strip())
    if not found:
        raise ValueError(size)
    unit = (found[2] or "").lower()
    return int(float(found[1]) * (1024 if unit.endswith("i") else 1000) ** POWERS[unit[:1]])


def bound(connection: Any, memory: int | None) -> None:
    """Give DuckDB its share of `memory` bytes, or of all the memory there is."""
    whole = memory or _limit(connection) / DUCKDB_TAKES
    connection.execute(f"SET memory_limit = '{int(whole * FOR_DUCKDB)}B'")


def room(connection: Any) -> int:
    """What sorted columns may take, in bytes, under the bound of this connection."""
    return int(_limit(connection) / FOR_DUCKDB * FOR_COLUMNS)


def _limit(connection: Any) -> int:
    ((shown,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    return in_bytes(shown)
