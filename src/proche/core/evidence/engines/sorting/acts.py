# ruff: noqa: S608 - the names in these queries are ours
"""Interactions as columns of whole numbers, some rows at a time: every id a code, none as -1."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from proche.core.evidence.casting import INTEGERS
from proche.core.evidence.engines.asking import one_row

Whole = NDArray[np.int64]
Codes = NDArray[np.int32]
Flags = NDArray[np.bool_]

FOLLOW, REPLY = 0, 1
# Rows taken at a time: their columns stay in the processor's cache from one pass to the next.
CHUNK = 1 << 17
# Accounts and posts have tables by code: ids up to so many times the rows serve as codes.
DENSE = 2
CODE_BITS = 31
MOST_CODES = (1 << CODE_BITS) - 1
PEOPLE = ("actor_id", "target_account_id", "in_reply_to_actor_id")
# Ids that must be numbered are held once as they came, once as numbers and their dictionary.
NUMBERED_TAKES = 2


class TooLarge(Exception):
    """More bytes than there is room for."""


@dataclass(frozen=True, slots=True)
class Acts:
    """One value an interaction; `at` in microseconds."""

    actor: Codes
    target: Codes
    person: Codes
    post: Codes
    verb: NDArray[np.int8]
    at: Whole


@dataclass(frozen=True, slots=True)
class Accounts:
    """The known accounts: their ids, and by code their place in those, from 1, and their region
    as a number; 0 is unknown. The last cell of both tables stands for every code beyond them."""

    ids: Any
    place: Codes
    region: Codes
    gapless: bool

    def known(self, codes: Codes) -> Flags:
        if self.gapless:
            return codes < len(self.ids)
        return self.places(codes) > 0

    def places(self, codes: NDArray[Any]) -> Codes:
        """The place of each code that is no less than zero, 0 where it is no known account."""
        return self.place.take(codes, mode="clip")

    def regions(self, codes: Whole) -> Codes:
        return self.region.take(codes, mode="clip")

    def tally(self, places: Codes, weights: Flags | None = None) -> Whole:
        """How often each account is among the places; cell 0 counts the unknown."""
        counts = np.bincount(places, weights, minlength=len(self.ids) + 1)
        return counts.astype(np.int64, copy=False)


VERB = "CAST(CASE verb WHEN 'follow' THEN 0 WHEN 'reply' THEN 1 ELSE 2 END AS TINYINT) AS verb"
REGIONS = "SELECT account_id, lower(trim(region)) AS region FROM accounts"


def read_accounts(connection: Any, *, dense: bool) -> Accounts:
    """The view `accounts`; where `dense`, its ids are their own codes."""
    found = connection.sql(REGIONS).to_arrow_table()
    ids = found["account_id"]
    codes = ids.to_numpy() if dense else np.arange(len(ids))
    place, region = (np.zeros(int(codes.max()) + 2, dtype=np.int32) for _ in range(2))
    place[codes], region[codes] = np.arange(1, len(ids) + 1), _numbered(found["region"])
    return Accounts(ids, place, region, gapless=len(place) == len(ids) + 1)


def _numbered(regions: Any) -> Codes:
    """The same number, from 1, for the same region; 0 for none."""
    whole = regions.dictionary_encode().unify_dictionaries()
    numbers = pa.chunked_array([chunk.indices for chunk in whole.chunks], pa.int32())
    codes: Codes = numbers.fill_null(-1).to_numpy() + 1
    return codes


def are_codes(connection: Any, rows: int) -> bool:
    """Whether every id is a small whole number and may stand for itself. Asked of the tables as
    they came, whose extremes a Parquet file states: it need not be read for that."""
    dense = min(DENSE * max(rows, CHUNK), MOST_CODES)
    within = dict.fromkeys(PEOPLE, MOST_CODES) | {"post_id": dense}
    return _are_within(connection, "accounts", {"account_id": dense}) and _are_within(
        connection, "typed_interactions", within
    )


def _are_within(connection: Any, table: str, bounds: Mapping[str, int]) -> bool:
    columns = connection.sql(f"SELECT {', '.join(bounds)} FROM {table}")
    if not all(str(kind) in INTEGERS for kind in columns.types):
        return False
    beyond = [
        f"EXISTS(SELECT 1 FROM {table} WHERE {name} < 0 OR {name} >= {bound})"
        for name, bound in bounds.items()
    ]
    return not any(one_row(connection, f"SELECT {', '.join(beyond)}"))


def stream(connection: Any) -> Iterator[Acts]:
    """The view `interactions`, its ids as their own codes."""
    codes = [f"coalesce(CAST({name} AS INTEGER), -1)" for name in (*PEOPLE, "post_id")]
    query = f'SELECT {", ".join(codes)}, {VERB}, epoch_us("at") FROM interactions'
    for batch in connection.sql(query).to_arrow_reader(CHUNK):
        yield Acts(*(column.to_numpy() for column in batch.columns))


def number(connection: Any, ids: Any, room: int) -> Iterator[Acts]:
    """The view `interactions`, any ids numbered in the order they are met, accounts first.
    Raises TooLarge when ids and numbers would take more than `room` bytes."""
    names = f'{", ".join(PEOPLE)}, post_id, {VERB}, epoch_us("at") AS micros'
    reader = connection.sql(f"SELECT {names} FROM interactions").to_arrow_reader(CHUNK)
    batches, taken = [], 0
    for batch in reader:
        batches.append(batch)
        taken += NUMBERED_TAKES * batch.nbytes
        if taken > room:
            raise TooLarge
    told = pa.Table.from_batches(batches, reader.schema)
    _, *people = _codes([ids, *(told[name] for name in PEOPLE)])
    (post,) = _codes([told["post_id"]])
    columns = [*people, post, told["verb"].to_numpy(), told["micros"].to_numpy()]
    for start in range(0, len(told), CHUNK):
        yield Acts(*(column[start : start + CHUNK] for column in columns))


def _codes(columns: list[Any]) -> list[Codes]:
    chunks = [chunk for column in columns for chunk in column.chunks]
    whole = pa.chunked_array(chunks, columns[0].type).dictionary_encode().unify_dictionaries()
    indices = pa.chunked_array([chunk.indices for chunk in whole.chunks], pa.int32())
    codes: Codes = indices.fill_null(-1).to_numpy().astype(np.int32)
    return [codes[start:end] for start, end in pairwise(np.cumsum([0, *map(len, columns)]))]
