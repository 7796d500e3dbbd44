# ruff: noqa: S608 - the names in these queries are ours
"""The steps on DuckDB, in this process: it takes its share of the memory (memory.py), then
spills to a folder of its own."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa

from proche.core.evidence.casting import quoted
from proche.core.evidence.doubts import Doubt
from proche.core.evidence.engines.asking import one_row
from proche.core.evidence.engines.loading import Loaded, attach, load, native_accounts
from proche.core.evidence.engines.memory import bound, room
from proche.core.evidence.engines.sorting import REPLACED, count_people
from proche.core.evidence.engines.texts import read_texts
from proche.core.evidence.files import TableFile
from proche.core.evidence.mapping import ColumnMapping
from proche.core.evidence.refusals import no_rows
from proche.core.evidence.steps import STEPS, TEXTS, Step
from proche.core.evidence.tables import ACCOUNTS, INTERACTIONS, TABLES

# Below, sorting saves nothing a person would notice.
WORTH_SORTING = 100_000


class StepFailed(RuntimeError):
    """A step the engine could not run: carries its name and its SQL."""

    def __init__(self, step: Step, cause: Exception) -> None:
        super().__init__(f"step {step.name}: {cause}\n{step.sql}")


@dataclass(frozen=True, slots=True)
class Counted:
    """What the steps gave: one row an account, its main topics, what was left out and why."""

    statistics: pa.Table
    top_topics: pa.Table
    columns: frozenset[str]
    skipped: dict[str, int]
    doubts: tuple[Doubt, ...] = ()


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
    """Run every step over the tables, within `memory` bytes. `as_of` stands for accounts that do
    not say their own; without it, the last moment of the tables that is not after
    `latest_possible` does. Where `strict`, any doubt raises InputRefused."""
    with session(memory) as connection:
        raws = [
            attach(connection, table, sources[table.name], mapping)
            for table in TABLES
            if table.name in sources
        ]
        account_type = "BIGINT" if native_accounts(raws) else "VARCHAR"
        loaded = [
            load(
                connection,
                raw,
                account_type=account_type,
                latest_possible=latest_possible,
                strict=strict,
            )
            for raw in raws
        ]
        if not loaded[0].rows:
            raise no_rows(raws[0].name)
        given = frozenset(f"{part.table.name}.{c}" for part in loaded for c in part.columns)
        # Rows keep their order until here, for the row numbers of messages; no longer after.
        connection.execute("SET preserve_insertion_order = false")
        _prepare(connection, loaded, account_type, _day_of(loaded, as_of))
        run_steps(connection, given, steps=TEXTS)
        read_texts(connection)
        steps: tuple[Step, ...] = STEPS[len(TEXTS) :]
        strangers = None
        rows = sum(part.rows for part in loaded if part.table is INTERACTIONS)
        if rows >= WORTH_SORTING:
            made, strangers = _sort_people(connection, rows)
            steps = tuple(step for step in steps if step.name not in made)
        run_steps(connection, given, steps=steps)
        skipped = _left_out(connection, loaded, given, strangers)
        return Counted(
            _in_order(connection, "SELECT * FROM statistics", "account_id"),
            _in_order(
                connection, "SELECT account_id, topic, rank FROM top_topics", "account_id", "rank"
            ),
            given,
            skipped,
            tuple(doubt for part in loaded for doubt in part.doubts),
        )


def _in_order(connection: Any, query: str, first: str, *others: str) -> pa.Table:
    order = ", ".join([f"CAST({first} AS VARCHAR)", *others])
    return connection.sql(f"{query} ORDER BY {order}").to_arrow_table()


def _day_of(loaded: list[Loaded], as_of: date | None) -> date | None:
    moments = [part.latest for part in loaded if part.latest]
    return as_of or (max(moments).date() if moments else None)


def _prepare(connection: Any, loaded: list[Loaded], account_type: str, day: date | None) -> None:
    default = f"DATE '{day}'" if day else "CAST(NULL AS DATE)"
    connection.execute(
        "CREATE TEMP TABLE accounts AS SELECT * REPLACE "
        f"(coalesce(CAST(as_of AS DATE), {default}) AS as_of) FROM typed_accounts"
    )
    present = {part.table.name for part in loaded}
    for table in TABLES:
        if table is ACCOUNTS:
            continue
        if table.name not in present:
            _create_empty(connection, table.name, account_type)
    connection.execute("CREATE TEMP VIEW posts AS SELECT * FROM typed_posts")
    (last,) = one_row(connection, "SELECT max(as_of) FROM accounts")
    until = last + timedelta(days=1) if last else None
    kept = f"\"at\" < TIMESTAMP '{until}'" if until else "FALSE"
    connection.execute(
        "CREATE TEMP VIEW interactions AS SELECT * FROM typed_interactions "
        f"WHERE actor_id IS NOT NULL AND target_account_id IS NOT NULL AND {kept}"
    )


def _create_empty(connection: Any, name: str, account_type: str) -> None:
    table = next(table for table in TABLES if table.name == name)
    types = {"account": account_type, "count": "BIGINT", "flag": "BOOLEAN", "moment": "TIMESTAMP"}
    columns = ", ".join(f"{quoted(c.name)} {types.get(c.type, 'VARCHAR')}" for c in table.columns)
    connection.execute(f"CREATE TEMP TABLE typed_{name} ({columns})")


def _sort_people(connection: Any, rows: int) -> tuple[frozenset[str], int | None]:
    """Give the tables about people from sorted columns; say which steps need not run, and how
    many acts are of strangers. None of it when the columns do not fit in memory."""
    (threads,) = one_row(connection, "SELECT current_setting('threads')")
    people = count_people(connection, rows, room=room(connection), threads=int(threads))
    if people is None:
        return frozenset(), None
    for name, table in people.tables.items():
        connection.register(name, table)
    return REPLACED | people.tables.keys(), people.strangers


def run_steps(connection: Any, given: frozenset[str], *, steps: tuple[Step, ...] = STEPS) -> None:
    for step in steps:
        bound = "" if set(step.needs) <= given else "LIMIT 0"
        kind = "TABLE" if step.kept else "VIEW"
        sql = f"CREATE TEMP {kind} {step.name} AS SELECT * FROM ({step.sql}) {bound}"
        try:
            connection.execute(sql)
        except duckdb.Error as cause:
            raise StepFailed(step, cause) from cause


def _left_out(
    connection: Any, loaded: list[Loaded], given: frozenset[str], strangers: int | None
) -> dict[str, int]:
    skipped: dict[str, int] = {}
    for part in loaded:
        skipped.update(part.skipped)
    queries = {
        "posts_of_unknown_accounts": "SELECT count(*) FROM posts AS p ANTI JOIN accounts AS a "
        "ON a.account_id = p.account_id",
        "posts_without_date": "SELECT count(*) FROM posts WHERE published_at IS NULL",
        "posts_after_as_of": "SELECT count(*) FROM posts AS p JOIN accounts AS a "
        "ON a.account_id = p.account_id WHERE CAST(p.published_at AS DATE) > a.as_of",
    }
    if "interactions.at" in given:
        queries |= INTERACTIONS_LEFT_OUT
    if strangers is not None:
        queries["interactions_of_unknown_accounts"] = f"SELECT {strangers}"
    if "audience.account_id" in given:
        queries["audience_of_unknown_accounts"] = (
            "SELECT count(*) FROM typed_audience AS p ANTI JOIN accounts AS a "
            "ON a.account_id = p.account_id"
        )
    for reason, query in queries.items():
        (found,) = one_row(connection, query)
        if found:
            skipped[reason] = int(found)
    return dict(sorted(skipped.items()))


INTERACTIONS_LEFT_OUT = {
    "interactions_without_people": "SELECT count(*) FROM typed_interactions "
    "WHERE actor_id IS NULL OR target_account_id IS NULL",
    "interactions_without_date": 'SELECT count(*) FROM typed_interactions WHERE "at" IS NULL',
    "interactions_after_as_of": "SELECT count(*) FROM typed_interactions "
    'WHERE "at" >= (SELECT max(as_of) + INTERVAL 1 DAY FROM accounts)',
    "interactions_of_unknown_accounts": "SELECT count(*) FROM interactions AS i "
    "WHERE i.target_account_id NOT IN (SELECT account_id FROM accounts) "
    "AND i.actor_id NOT IN (SELECT account_id FROM accounts)",
}
