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


def read_acts(connection: Any) -> Acts:
    """Read the views `interactions` and `accounts` of the connection."""
    places = connection.sql(PLACES).to_arrow_table()
    told = connection.sql(QUERY).to_arrow_table()
    named = [told[name] for name in ("actor_id", "target_account_id", "in_reply_to_actor_id")]
    (accounts, actor, target, person), people = _codes([places["account_id"], *named])
    (post,), posts = _codes([told["post_id"]])
    return Acts(
        ids=places["account_id"],
        accounts=accounts,
        places=places["place"].to_numpy().astype(np.int64),
        people=people,
        posts=posts,
        actor=actor,
        target=target,
        person=person,
        post=post,
        verb=told["verb"].to_numpy(),
        at=told["micros"].to_numpy(),
    )


def _codes(columns: list[Any]) -> tuple[list[Codes], int]:
    """The columns as codes from 0, equal ids alike in all of them, and how many codes there are."""
    if all(pa.types.is_integer(column.type) for column in columns):
        least, most = _extremes(columns)
        if least >= 0 and most < min(DENSE * max(map(len, columns)), MOST_CODES):
            return [_filled(column) for column in columns], most + 1
    chunks = [chunk for column in columns for chunk in column.chunks]
    whole = pa.chunked_array(chunks, columns[0].type).dictionary_encode().unify_dictionaries()
    codes = _filled(pa.chunked_array([chunk.indices for chunk in whole.chunks], pa.int32()))
    bounds = np.cumsum([0, *map(len, columns)])
    parts = [codes[start:end] for start, end in pairwise(bounds)]
    return parts, len(whole.chunk(0).dictionary) if whole.num_chunks else 0


def _extremes(columns: list[Any]) -> tuple[int, int]:
    found = [pc.min_max(column).as_py() for column in columns if column.null_count < len(column)]
    least = min((each["min"] for each in found), default=0)
    return least, max((each["max"] for each in found), default=-1)


def _filled(column: Any) -> Codes:
    filled: Codes = column.fill_null(-1).to_numpy().astype(np.int32)
    return filled
