"""The steps on DuckDB, in this process: it takes its share of the memory (memory.py), then
spills to a folder of its own."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from proche.core.evidence.engines.asking import one_row
from proche.core.evidence.engines.counting import Counted, count_over, hold
from proche.core.evidence.engines.loading import attach
from proche.core.evidence.engines.memory import bound, room
from proche.core.evidence.engines.sorting import REPLACED, count_people
from proche.core.evidence.engines.texts import read_texts
from proche.core.evidence.files import TableFile
from proche.core.evidence.mapping import ColumnMapping
from proche.core.evidence.tables import TABLES

# Below, sorting saves nothing a person would notice.
WORTH_SORTING = 100_000


@contextmanager
def session(memory: int | None = None) -> Iterator[Any]:
    """A DuckDB of its own within `memory` bytes, or within the memory of the machine."""
    spill = tempfile.mkdtemp(prefix="proche-")
    connection = duckdb.connect(config={"temp_directory": spill})
    try:
        bound(connection, memory)
        # Moments with a zone are brought to UTC; ICU is built in, never fetched.
        connection.execute("LOAD icu")
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        yield connection
    finally:
        connection.close()
        shutil.rmtree(spill, ignore_errors=True)


def count(
    sources: Mapping[str, TableFile | pa.Table],
    mapping: ColumnMapping,
    *,
    as_of: date | None,
    latest_possible: datetime,
    strict: bool = False,
    memory: int | None = None,
) -> Counted:
    """As `engines.counting.Count` says."""
    with session(memory) as connection:
        raws = [
            attach(connection, table, sources[table.name], mapping)
            for table in TABLES
            if table.name in sources
        ]
        held = hold(connection, raws, latest_possible=latest_possible, strict=strict)
        # Rows keep their order until here, for the row numbers of messages; no longer after.
        connection.execute("SET preserve_insertion_order = false")
        return count_over(
            connection, held, as_of=as_of, read_texts=read_texts, sort_people=_sort_people
        )


def _sort_people(connection: Any, rows: int) -> tuple[frozenset[str], int | None]:
    """Give the tables about people from sorted columns; say which steps need not run, and how
    many acts are of strangers. None of it when it saves nothing or does not fit in memory."""
    if rows < WORTH_SORTING:
        return frozenset(), None
    (threads,) = one_row(connection, "SELECT current_setting('threads')")
    people = count_people(connection, rows, room=room(connection), threads=int(threads))
    if people is None:
        return frozenset(), None
    for name, table in people.tables.items():
        connection.register(name, table)
    return REPLACED | people.tables.keys(), people.strangers
