"""Count on Spark what `engines.duckdb` counts in this process: the tables are read and joined on
the cluster, and one row an account comes back."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import sqlglot
from sqlglot import exp

from proche.core.evidence.engines.counting import Counted, StepFailed, count_over, hold
from proche.core.evidence.engines.spark.attaching import attach, broken_csv
from proche.core.evidence.engines.spark.session import open_session
from proche.core.evidence.engines.spark.speaking import Connection, SparkFailed
from proche.core.evidence.engines.texts import READINGS
from proche.core.evidence.files import TableFile
from proche.core.evidence.mapping import ColumnMapping
from proche.core.evidence.refusals import refused
from proche.core.evidence.steps import STEPS
from proche.core.evidence.tables import TABLES
from proche.core.results import InputRefused

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def count(
    sources: Mapping[str, TableFile | pa.Table],
    mapping: ColumnMapping,
    *,
    as_of: date | None,
    latest_possible: datetime,
    strict: bool = False,
    memory: int | None = None,
    master: str = "local[*]",
) -> Counted:
    """As `engines.counting.Count` says, from the Spark at `master` (see `open_session`). `memory`
    bounds a Spark started on this machine; a cluster has its own settings."""
    with open_session(master, memory=memory) as spark:
        return count_in(
            spark, sources, mapping, as_of=as_of, latest_possible=latest_possible, strict=strict
        )


def count_in(
    spark: "SparkSession",
    sources: Mapping[str, TableFile | pa.Table],
    mapping: ColumnMapping,
    *,
    as_of: date | None,
    latest_possible: datetime,
    strict: bool = False,
) -> Counted:
    """Leaves the session, which has the settings of `open_session`, without a view of ours."""
    connection = Connection(spark, _read_again())
    try:
        raws = [
            attach(connection, table, sources[table.name], mapping)
            for table in TABLES
            if table.name in sources
        ]
        held = hold(connection, raws, latest_possible=latest_possible, strict=strict)
        return count_over(connection, held, as_of=as_of, read_texts=_read_texts)
    except InputRefused as refusal:
        unreadable = refusal.sentence.code == "unreadable"
        raise (unreadable and broken_csv(connection, sources)) or refusal from refusal
    except SparkFailed as cause:
        if "No module named 'proche'" in str(cause):
            raise _not_on_workers() from cause
        # Spark joins the steps into one query: the last of them is what failed.
        raise StepFailed(STEPS[-1], cause) from cause
    finally:
        connection.close()


def _read_again() -> frozenset[str]:
    """What several queries read. Spark makes the rest where it is needed."""
    read = Counter(
        table.name
        for step in STEPS
        for table in sqlglot.parse_one(step.sql, read="duckdb").find_all(exp.Table)
    )
    again = {name for name, times in read.items() if times > 1}
    return frozenset(again | {f"typed_{table.name}" for table in TABLES})


def _read_texts(connection: Connection) -> None:
    """Give Spark the tables of READINGS: the words are read where the rows lie."""
    for name, (query, reading) in READINGS.items():
        connection.read(name, query, reading)


def _not_on_workers() -> InputRefused:
    return refused(
        "not_on_workers",
        "Les machines de Spark n’ont pas proche, qui y lit les mots des publications. "
        "Installez-le dans leur Python (docs/scale.md).",
        "The machines of Spark lack proche, which reads the words of posts there. "
        "Install it in their Python (docs/scale.md).",
    )
