# ruff: noqa: S608 - the names in these queries are ours
"""Count over tables that an engine holds: the same queries, in the same order, on every engine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from proche.core.evidence.casting import quoted
from proche.core.evidence.doubts import Doubt
from proche.core.evidence.engines.asking import one_row
from proche.core.evidence.engines.doubting import RawTable
from proche.core.evidence.engines.loading import Loaded, load, native_accounts
from proche.core.evidence.files import TableFile
from proche.core.evidence.mapping import ColumnMapping
from proche.core.evidence.refusals import no_rows
from proche.core.evidence.steps import STEPS, TEXTS, Step
from proche.core.evidence.tables import ACCOUNTS, INTERACTIONS, TABLES


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


class Count(Protocol):
    """An engine. Raises InputRefused where a table cannot be understood or, `strict`, is in any
    doubt; StepFailed where a step does not run. `as_of` stands for accounts that do not say their
    own; without it, the last moment of the tables that is not after `latest_possible` does.
    `memory`, in bytes, bounds what is taken on this machine."""

    def __call__(
        self,
        sources: Mapping[str, TableFile | pa.Table],
        mapping: ColumnMapping,
        *,
        as_of: date | None,
        latest_possible: datetime,
        strict: bool = False,
        memory: int | None = None,
    ) -> Counted: ...


@dataclass(frozen=True, slots=True)
class Held:
    """The tables an engine has loaded, and the type it gives account ids."""

    tables: list[Loaded]
    account_type: str

    @property
    def given(self) -> frozenset[str]:
        return frozenset(f"{part.table.name}.{c}" for part in self.tables for c in part.columns)

    @property
    def interactions(self) -> int:
        return sum(part.rows for part in self.tables if part.table is INTERACTIONS)


# Gives tables that steps need not make: their names, and how many interactions are of strangers.
Sorting = Callable[[Any, int], tuple[frozenset[str], int | None]]


def hold(connection: Any, raws: list[RawTable], *, latest_possible: datetime, strict: bool) -> Held:
    """Cast and doubt every table attached; the first of them is that of the accounts."""
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
    return Held(loaded, account_type)


def count_over(
    connection: Any,
    held: Held,
    *,
    as_of: date | None,
    read_texts: Callable[[Any], None],
    sort_people: Sorting | None = None,
) -> Counted:
    """Run every step. `read_texts` gives what the words of posts say (see texts.py)."""
    given = held.given
    _prepare(connection, held, _day_of(held.tables, as_of))
    run_steps(connection, given, steps=TEXTS)
    read_texts(connection)
    made, strangers = sort_people(connection, held.interactions) if sort_people else ((), None)
    steps = tuple(step for step in STEPS[len(TEXTS) :] if step.name not in made)
    run_steps(connection, given, steps=steps)
    return Counted(
        _in_order(connection, "SELECT * FROM statistics", "account_id"),
        _in_order(
            connection, "SELECT account_id, topic, rank FROM top_topics", "account_id", "rank"
        ),
        given,
        _left_out(connection, held, strangers),
        tuple(doubt for part in held.tables for doubt in part.doubts),
    )


def _in_order(connection: Any, query: str, first: str, *others: str) -> pa.Table:
    order = ", ".join([f"CAST({first} AS VARCHAR)", *others])
    return connection.sql(f"{query} ORDER BY {order}").to_arrow_table()


def _day_of(loaded: list[Loaded], as_of: date | None) -> date | None:
    moments = [part.latest for part in loaded if part.latest]
    return as_of or (max(moments).date() if moments else None)


def _prepare(connection: Any, held: Held, day: date | None) -> None:
    default = f"DATE '{day}'" if day else "CAST(NULL AS DATE)"
    connection.execute(
        "CREATE TEMP VIEW accounts AS SELECT * EXCLUDE (as_of), "
        f"coalesce(CAST(as_of AS DATE), {default}) AS as_of FROM typed_accounts"
    )
    present = {part.table.name for part in held.tables}
    for table in TABLES:
        if table is ACCOUNTS:
            continue
        if table.name not in present:
            _create_empty(connection, table.name, held.account_type)
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


def run_steps(connection: Any, given: frozenset[str], *, steps: tuple[Step, ...] = STEPS) -> None:
    for step in steps:
        bound = "" if set(step.needs) <= given else "LIMIT 0"
        kind = "TABLE" if step.kept else "VIEW"
        sql = f"CREATE TEMP {kind} {step.name} AS SELECT * FROM ({step.sql}) {bound}"
        try:
            connection.execute(sql)
        except duckdb.Error as cause:
            raise StepFailed(step, cause) from cause


def _left_out(connection: Any, held: Held, strangers: int | None) -> dict[str, int]:
    skipped: dict[str, int] = {}
    for part in held.tables:
        skipped.update(part.skipped)
    queries = dict(POSTS_LEFT_OUT)
    if "interactions.at" in held.given:
        queries |= INTERACTIONS_LEFT_OUT
    if strangers is not None:
        queries["interactions_of_unknown_accounts"] = f"SELECT {strangers}"
    if "audience.account_id" in held.given:
        queries |= AUDIENCE_LEFT_OUT
    counts = one_row(connection, f"SELECT {', '.join(f'({q})' for q in queries.values())}")
    skipped |= {reason: int(count) for reason, count in zip(queries, counts, strict=True) if count}
    return dict(sorted(skipped.items()))


POSTS_LEFT_OUT = {
    "posts_of_unknown_accounts": "SELECT count(*) FROM posts AS p ANTI JOIN accounts AS a "
    "ON a.account_id = p.account_id",
    "posts_without_date": "SELECT count(*) FROM posts WHERE published_at IS NULL",
    "posts_after_as_of": "SELECT count(*) FROM posts AS p JOIN accounts AS a "
    "ON a.account_id = p.account_id WHERE CAST(p.published_at AS DATE) > a.as_of",
}
INTERACTIONS_LEFT_OUT = {
    "interactions_without_people": "SELECT count(*) FROM typed_interactions "
    "WHERE actor_id IS NULL OR target_account_id IS NULL",
    "interactions_without_date": 'SELECT count(*) FROM typed_interactions WHERE "at" IS NULL',
    "interactions_after_as_of": "SELECT count(*) FROM typed_interactions "
    'WHERE "at" >= (SELECT max(as_of) + INTERVAL 1 DAY FROM accounts)',
    "interactions_of_unknown_accounts": "SELECT count(*) FROM interactions AS i "
    "ANTI JOIN accounts AS t ON t.account_id = i.target_account_id "
    "ANTI JOIN accounts AS s ON s.account_id = i.actor_id",
}
AUDIENCE_LEFT_OUT = {
    "audience_of_unknown_accounts": "SELECT count(*) FROM typed_audience AS p "
    "ANTI JOIN accounts AS a ON a.account_id = p.account_id",
}
