"""Interactions as columns of whole numbers: every id a small code, unknown as -1."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Codes = NDArray[np.int32]
Flags = NDArray[np.bool_]

FOLLOW, REPLY = 0, 1
# Ids this dense serve as their own codes; others are numbered in the order they are met.
DENSE = 4
MOST_CODES = 2**31 - 1
# Rows taken at a time: small enough for their memory to be used again, not asked for anew.
CHUNK = 1 << 18
CODED = frozenset({"actor_id", "target_account_id", "in_reply_to_actor_id", "post_id"})


@dataclass(frozen=True, slots=True)
class Acts:
    """`accounts` are the codes of the known accounts, `ids` their ids, `places` their regions
    as numbers; the other columns have one value an interaction."""

    ids: Any
    accounts: Codes
    places: Whole
    people: int
    posts: int
    actor: Codes
    target: Codes
    person: Codes
    post: Codes
    verb: NDArray[np.int8]
    at: Whole


QUERY = """
SELECT
    actor_id,
    target_account_id,
    in_reply_to_actor_id,
    post_id,
    CAST(CASE verb WHEN 'follow' THEN 0 WHEN 'reply' THEN 1 ELSE 2 END AS TINYINT) AS verb,
    epoch_us("at") AS micros
FROM interactions
"""
PLACES = """
SELECT
    account_id,
    CASE WHEN region IS NULL THEN -1 ELSE dense_rank() OVER (ORDER BY lower(trim(region))) END
        AS place
FROM accounts
"""


PEOPLE = ("actor_id", "target_account_id", "in_reply_to_actor_id")
KINDS = {
    **dict.fromkeys((*PEOPLE, "post_id"), np.int32),
    "verb": np.int8,
    "micros": np.int64,
}
Columns = dict[str, NDArray[Any]]


def read_acts(connection: Any, rows: int) -> Acts:
    """Read the views `interactions`, of `rows` rows at most, and `accounts`."""
    placed = connection.sql(PLACES).to_arrow_table()
    ids = placed["account_id"]
    columns = _streamed(connection, rows)
    if columns is not None and _is_dense(ids, rows):
        accounts = _filled(ids)
        people = 1 + max(int(column.max(initial=-1)) for column in _people(columns, accounts))
        posts = 1 + int(columns["post_id"].max(initial=-1))
    else:
        columns, accounts, people, posts = _numbered(connection, ids)
    return Acts(
        ids=ids,
        accounts=accounts,
        places=placed["place"].to_numpy().astype(np.int64),
        people=people,
        posts=posts,
        actor=columns["actor_id"],
        target=columns["target_account_id"],
        person=columns["in_reply_to_actor_id"],
        post=columns["post_id"],
        verb=columns["verb"],
        at=columns["micros"],
    )


def _streamed(connection: Any, rows: int) -> Columns | None:
    """Whole-number ids as their own codes, read batch by batch into columns made once; None
    when an id is no small whole number."""
    reader = connection.sql(QUERY).to_arrow_reader(CHUNK)
    columns = {name: np.empty(rows, dtype=kind) for name, kind in KINDS.items()}
    filled = 0
    for batch in reader:
        until = filled + len(batch)
        for name, column in columns.items():
            found = batch.column(name)
            if name in CODED and not _is_code(found, rows):
                return None
            column[filled:until] = found.fill_null(-1).to_numpy(zero_copy_only=False)
        filled = until
    return {name: column[:filled] for name, column in columns.items()}


def _is_dense(ids: Any, rows: int) -> bool:
    return all(_is_code(chunk, rows) for chunk in ids.chunks)


def _is_code(column: Any, rows: int) -> bool:
    if not pa.types.is_integer(column.type):
        return False
    if column.null_count == len(column):
        return True
    found = pc.min_max(column)
    least, most = found["min"].as_py(), found["max"].as_py()
    return bool(least >= 0 and most < min(DENSE * max(rows, CHUNK), MOST_CODES))


def _people(columns: Columns, accounts: Codes) -> list[Codes]:
    return [accounts, *(columns[name] for name in PEOPLE)]


def _numbered(connection: Any, ids: Any) -> tuple[Columns, Codes, int, int]:
    """Any other ids are numbered in the order they are met, alike in every column."""
    told = connection.sql(QUERY).to_arrow_table()
    (accounts, *named), people = _codes([ids, *(told[name] for name in PEOPLE)])
    (post,), posts = _codes([told["post_id"]])
    columns: Columns = dict(zip(PEOPLE, named, strict=True))
    columns |= {"post_id": post, "verb": told["verb"].to_numpy()}
    columns["micros"] = told["micros"].to_numpy()
    return columns, accounts, people, posts


def _codes(columns: list[Any]) -> tuple[list[Codes], int]:
    chunks = [chunk for column in columns for chunk in column.chunks]
    whole = pa.chunked_array(chunks, columns[0].type).dictionary_encode().unify_dictionaries()
    codes = _filled(pa.chunked_array([chunk.indices for chunk in whole.chunks], pa.int32()))
    bounds = np.cumsum([0, *map(len, columns)])
    parts = [codes[start:end] for start, end in pairwise(bounds)]
    return parts, len(whole.chunk(0).dictionary) if whole.num_chunks else 0


def _filled(column: Any) -> Codes:
    filled: Codes = column.fill_null(-1).to_numpy().astype(np.int32)
    return filled
