"""What the words of posts say, brought beside the steps: topics named, languages told."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from proche.core.topics.languages import tell_languages
from proche.core.topics.tally import tally

Reading = Callable[[pa.RecordBatch], pa.RecordBatch]

ROWS = 1 << 16
POSTS = """
SELECT account_id, text, hashtags FROM timely_posts
WHERE text IS NOT NULL OR hashtags IS NOT NULL
"""
ACCOUNTS = "SELECT account_id, text FROM recent_texts"
# What is read, and by which function; every engine gives the answers as a table of this name.
READINGS: dict[str, tuple[str, Reading]] = {
    "topics_named": (POSTS, tally),
    "languages_told": (ACCOUNTS, tell_languages),
}


def read_texts(connection: Any) -> None:
    """Give DuckDB the tables of READINGS, from the views of steps.TEXTS."""
    for name, (query, reading) in READINGS.items():
        connection.register(name, _read(connection, query, reading))


def _read(connection: Any, query: str, reading: Reading) -> pa.Table:
    reader = connection.sql(query).to_arrow_reader(ROWS)
    read = [reading(batch) for batch in reader if len(batch)]
    return pa.Table.from_batches(read or [reading(_none_of(reader.schema))])


def _none_of(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([], schema)
