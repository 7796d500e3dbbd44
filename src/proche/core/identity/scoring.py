# ruff: noqa: S608 - the only name in the queries is one of ours
"""The probability that two records are one human: Splink's saved model on pairs worth comparing.

Fellegi and Sunter (1969), with agreement weighed by frequency (Winkler 1990). The prior follows
the size of the bank: the larger it is, the likelier that two strangers agree by chance.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from proche.core.identity.comparisons import COMPARISONS
from proche.core.identity.features import (
    WEAK,
    Features,
    blocking_keys,
    counts,
    shared_mailboxes,
    table_of,
)
from proche.core.identity.frequencies import COLUMNS, Frequencies

# A key met by more records than this recognises nobody, and costs the square of it.
LARGEST_BLOCK = 50
LARGEST_WEAK_BLOCK = 15
# Records of the same human expected beside each record, and the smallest world they are drawn from.
EXPECTED_OTHERS = 0.25
SMALLEST_WORLD = 2_000

SCORED_COLUMNS = ", ".join(
    ("row_l", "row_r", "match_probability", *(f"gamma_{name}" for name in COMPARISONS))
)

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs of row numbers, left below right, in order; a column of levels per comparison."""

    left: Ints
    right: Ints
    probability: NDArray[np.float64]
    gamma: dict[str, Ints]


@dataclass(frozen=True, slots=True)
class Compared:
    """Records ready to be scored against one another."""

    features: tuple[Features, ...]
    shared: frozenset[str]
    frequencies: Frequencies

    @property
    def world(self) -> int:
        return max(self.frequencies.size, SMALLEST_WORLD)


def compared(found: Sequence[Features], frequencies: Frequencies) -> Compared:
    return Compared(tuple(found), shared_mailboxes(found), frequencies)


def all_pairs(these: Compared) -> pa.Table:
    """Pairs with a blocking key in common, of keys that few enough records carry, in order."""
    keys = [blocking_keys(one, these.shared) for one in these.features]
    rows = np.repeat(np.arange(len(keys)), [len(each) for each in keys])
    # Two keys of one hash among 2⁶⁴ would but score a pair for nothing.
    met = np.fromiter((hash(key) for each in keys for key in each), np.int64, len(rows))
    largest = np.fromiter((largest_block(key) for each in keys for key in each), int, len(rows))
    order = np.argsort(met, kind="stable")
    starts = np.flatnonzero(np.diff(met[order], prepend=~met[order][:1]))
    sizes = np.diff(starts, append=len(rows))
    rows, largest = rows[order], largest[order][starts]
    found = [np.empty(0, np.int64)]
    for size in range(2, max(LARGEST_BLOCK, LARGEST_WEAK_BLOCK) + 1):
        blocks = starts[(sizes == size) & (largest >= size)]
        members = rows[blocks[:, None] + np.arange(size)]
        first, second = np.triu_indices(size, 1)
        found.append((members[:, first] * len(keys) + members[:, second]).ravel())
    pairs = np.sort(np.concatenate(found))
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    left, right = np.divmod(pairs, max(len(keys), 1))
    return pa.table({"join_key_l": left, "join_key_r": right})


def largest_block(key: str) -> int:
    return LARGEST_WEAK_BLOCK if key.startswith(WEAK) else LARGEST_BLOCK


def score(these: Compared, pairs: pa.Table, model: dict[str, Any] | None = None) -> Scored:
    """With the saved model unless another is given; pairs come back in order."""
    if pairs.num_rows == 0:
        return _nothing()
    with duckdb.connect() as connection:
        # The many pairs are then what is walked through, by all the processors.
        connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        linker = linker_on(connection, these, model or saved_model(these.world))
        register_pairs(linker, connection, pairs)
        predicted = linker.inference.predict(warning_mode="never").physical_name
        return _fetched(connection, predicted)


def score_against(these: Compared) -> Scored:
    """The last record against each of the others, without blocking.

    Splink writes the SQL once for each size of the world and uses it again: an arrival costs the
    comparing alone.
    """
    from splink import DuckDBAPI
    from splink.internals.realtime import compare_records

    table = _with_frequencies(these, table_of(these.features, these.shared))
    if table.num_rows < 2:
        return _nothing()
    with duckdb.connect() as connection:
        predicted = compare_records(
            table.slice(0, table.num_rows - 1),
            table.slice(table.num_rows - 1),
            saved_model(these.world),
            DuckDBAPI(connection),
            sql_cache_key=f"proche {these.world}",
        )
        return _fetched(connection, predicted.physical_name)


def _fetched(connection: duckdb.DuckDBPyConnection, predicted: str) -> Scored:
    found = connection.sql(
        f"SELECT {SCORED_COLUMNS} FROM {predicted} ORDER BY row_l, row_r"
    ).fetchnumpy()
    return Scored(
        np.asarray(found["row_l"], np.int64),
        np.asarray(found["row_r"], np.int64),
        np.asarray(found["match_probability"], np.float64),
        {name: np.asarray(found[f"gamma_{name}"], np.int64) for name in COMPARISONS},
    )


def _nothing() -> Scored:
    none: Ints = np.empty(0, np.int64)
    return Scored(none, none, np.empty(0), dict.fromkeys(COMPARISONS, none))


def linker_on(connection: duckdb.DuckDBPyConnection, these: Compared, model: dict[str, Any]) -> Any:
    """A Splink linker over these records, with our frequencies in place of those of the file."""
    from splink import DuckDBAPI, Linker

    class ScoresAlone(DuckDBAPI):
        """Splink keeps what it compared beside each score, a third of the time to write."""

        def _setup_for_execute_sql(self, sql: str, physical_name: str) -> str:
            if physical_name.startswith("__splink__df_predict"):
                sql = f"SELECT {SCORED_COLUMNS} FROM ({sql})"
            made: str = super()._setup_for_execute_sql(sql, physical_name)
            return made

    api = ScoresAlone(connection)
    records = api.register(table_of(these.features, these.shared))
    linker = Linker(records, model, log_level=None, validate_settings=False)
    for column in COLUMNS:
        table = api.register(_frequency_table(these, column))
        linker.table_management.register_term_frequency_lookup(table, column)
    return linker


def register_pairs(linker: Any, connection: duckdb.DuckDBPyConnection, pairs: pa.Table) -> None:
    connection.register("pairs_to_score", pairs)
    connection.sql(
        "CREATE TABLE scored_pairs AS "
        "SELECT '0' AS match_key, join_key_l, join_key_r FROM pairs_to_score"
    )
    registered = linker._db_api.table_to_splink_dataframe("scored_pairs", "scored_pairs")
    linker.table_management.register_blocked_pairs_for_predict(registered)


def _frequency_table(these: Compared, column: str) -> pa.Table:
    values = sorted(counts(these.features, column))
    shares = these.frequencies.each(column, values)
    return pa.table(
        {
            column: pa.array(values, pa.string()),
            f"tf_{column}": pa.array(shares, pa.float64()),
        }
    )


def _with_frequencies(these: Compared, table: pa.Table) -> pa.Table:
    """The same rows with a share beside each weighed value, as Splink names them."""
    for column in COLUMNS:
        values = table.column(column).to_pylist()
        shares = [None if v is None else these.frequencies.of(column, v) for v in values]
        table = table.append_column(f"tf_{column}", pa.array(shares, pa.float64()))
    return table


def saved_model(world: int) -> dict[str, Any]:
    """The trained settings, with the prior of a bank of this size."""
    prior = EXPECTED_OTHERS / world
    return {**json.loads(_saved_text()), "probability_two_random_records_match": prior}


@lru_cache(maxsize=1)
def _saved_text() -> str:
    return (files(__package__) / "model.json").read_text(encoding="utf-8")
