"""A connection to Spark that is spoken to like DuckDB's, so that both read and count tables by the
same code: each query arrives in DuckDB's SQL and is run in Spark's."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import duckdb
import pyarrow as pa
import sqlglot
from sqlglot import exp

from proche.core.evidence.engines.spark.dialect import spoken
from proche.core.evidence.engines.texts import Reading

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


ARROW = {pa.string(): "string", pa.int64(): "bigint"}


class SparkFailed(duckdb.Error):
    """A query Spark could not run; what reads tables treats it as it does DuckDB's failures."""


class Connection:
    """Tables that only this connection can name, each a view that nobody else's session of Spark
    can meet; `close` drops them all. Of what DuckDB would store, the cluster keeps the tables
    `worth` it, in memory or on disk, once they were made."""

    def __init__(self, spark: "SparkSession", worth: frozenset[str]) -> None:
        self.spark = spark
        self._worth = worth
        self._prefix = f"proche_{uuid4().hex}"
        self._views: dict[str, str] = {}
        self._made: list[str] = []
        self._kept: list[DataFrame] = []

    def execute(self, statement: str, values: Sequence[Any] = ()) -> "Answer":
        """Make, rename or forget a table at once; a SELECT runs when its rows are asked for.
        Raises SparkFailed."""
        tree = sqlglot.parse_one(statement, read="duckdb")
        if isinstance(tree, exp.Drop):
            # Behind Connect, what was made of a view is read again until the end.
            del self._views[tree.this.name]
        elif isinstance(tree, exp.Alter):
            self._views[tree.args["actions"][0].this.name] = self._views.pop(tree.this.name)
        elif isinstance(tree, exp.Create):
            self._create(tree)
        else:
            return Answer(self._frame(tree, values))
        return Answer(None)

    sql = execute

    def show(self, name: str, frame: "DataFrame", *, kept: bool = False) -> None:
        """Let queries read the rows of `frame` by this name."""
        view = f"{self._prefix}_{len(self._made)}_{name}"
        frame.createTempView(view)
        self._made.append(view)
        self._views[name] = view
        if kept:
            from pyspark import StorageLevel

            self._kept.append(self.spark.table(view).persist(StorageLevel.MEMORY_AND_DISK))

    def read(self, name: str, query: str, reading: Reading) -> None:
        """Let queries read what `reading` gives of each batch of the rows of `query`."""
        with failing():
            frame = self._frame(sqlglot.parse_one(query, read="duckdb"))
            made = reading(_no_batch(frame)).schema
            columns = ", ".join(f"{field.name} {ARROW[field.type]}" for field in made)
            self.show(name, frame.mapInArrow(lambda batches: map(reading, batches), columns))

    def close(self) -> None:
        for frame in self._kept:
            frame.unpersist()
        for view in self._made:
            self.spark.catalog.dropTempView(view)

    def _create(self, tree: exp.Create) -> None:
        with failing():
            if isinstance(tree.this, exp.Schema):
                self.show(tree.this.this.name, self._frame(_no_row(tree.this)))
            else:
                kept = tree.kind == "TABLE" and tree.this.name in self._worth
                self.show(tree.this.name, self._frame(tree.expression), kept=kept)

    def _frame(self, tree: exp.Expression, values: Sequence[Any] = ()) -> "DataFrame":
        with failing():
            return self.spark.sql(spoken(tree, self._views), args=list(values) or None)


class Answer:
    """The rows of a query, fetched from the cluster when asked for."""

    def __init__(self, frame: "DataFrame | None") -> None:
        self._frame = frame

    def to_arrow_table(self) -> pa.Table:
        if self._frame is None:
            raise LookupError("a statement has no rows")
        with failing():
            return self._frame.toArrow()

    def fetchall(self) -> list[tuple[Any, ...]]:
        columns = [column.to_pylist() for column in self.to_arrow_table().columns]
        return list(zip(*columns, strict=True))


def _no_batch(frame: "DataFrame") -> pa.RecordBatch:
    arrow = {spelled: kind for kind, spelled in ARROW.items()}
    schema = pa.schema([(name, arrow[kind]) for name, kind in frame.dtypes])
    return pa.RecordBatch.from_pylist([], schema)


def _no_row(schema: exp.Schema) -> exp.Expression:
    nothing = [exp.cast(exp.null(), c.args["kind"]).as_(c.this) for c in schema.expressions]
    return exp.select(*nothing).where(exp.false())


@contextmanager
def failing() -> Iterator[None]:
    """Spark's failures as SparkFailed, without the pages of Java's stack."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as cause:
        first, *_ = re.split(r"\n\s+at |\nDriver stacktrace", str(cause))
        raise SparkFailed(first) from cause
