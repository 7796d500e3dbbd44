"""The steps about people, by sorting whole columns instead of hashing rows.

The SQL steps are the definition; this gives the same rows several times faster where a table
of interactions is large and its columns fit in memory (tests hold the two together on random
networks).
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from proche.core.evidence.engines.sorting.acts import (
    Accounts,
    TooLarge,
    are_codes,
    number,
    read_accounts,
    stream,
)
from proche.core.evidence.engines.sorting.contacts import Tallies, count_contacts
from proche.core.evidence.engines.sorting.parts import Split, split
from proche.core.evidence.engines.sorting.replies import Answered, count_replies, response_times

# Each replaced step and the steps that only lead to it.
REPLACED = frozenset(
    {
        *("contacts", "reciprocity", "posts_acted_on", "frequent", "returning_actors"),
        *("places", "locality"),
        *("received_comments", "answers", "replies", "reply_rate", "response_time"),
    }
)
# The first column of a table says how many cases there are: an account without any has no row.
TABLES = {
    "reciprocity": ("actors", "reciprocated"),
    "returning_actors": ("seen_actors", "returning_actors", "posts_acted_on"),
    "locality": ("placed_actors", "local_actors"),
    "reply_rate": ("received", "answered"),
}
NAMES = [name for columns in TABLES.values() for name in columns]


@dataclass(frozen=True, slots=True)
class People:
    """The tables that the steps of the same names would give; how many interactions are of
    strangers, neither the actor nor the target being a known account."""

    tables: Mapping[str, pa.Table]
    strangers: int


NO_FOLLOWS = ("follows", "busiest_follows", "busiest_moments", "follow_days")


def count_people(connection: Any, rows: int, *, room: int, threads: int) -> People | None:
    """Count over the views `interactions`, of `rows` rows at most, and `accounts`; None when
    the columns would take more than `room` bytes."""
    try:
        found = _read(connection, rows, room)
    except TooLarge:
        return None
    shares = [range(first, found.parts, threads) for first in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        counted = list(pool.map(lambda share: _count(found, share), shares))
    tallies = {name: np.sum([mine[name] for mine, _ in counted], axis=0) for name in NAMES}
    tallies["posts_acted_on"] = found.acted_on.count(found.accounts)
    answered = [some for _, mine in counted for some in mine]
    tables = {name: _table(found.accounts, tallies, columns) for name, columns in TABLES.items()}
    tables["response_time"] = response_times(answered, found.accounts)
    if not found.follows:
        # Without any follow its step has no row, and need not look for one.
        none = dict.fromkeys(NO_FOLLOWS, pa.array([], pa.int64()))
        tables["bursts"] = pa.table({"account_id": found.accounts.ids[:0], **none})
    return People(tables, found.strangers)


def _read(connection: Any, rows: int, room: int) -> Split:
    dense = are_codes(connection, rows)
    accounts = read_accounts(connection, dense=dense)
    acts = stream(connection) if dense else number(connection, accounts.ids, room)
    return split(acts, accounts, rows, room)


def _count(found: Split, share: range) -> tuple[Tallies, list[Answered]]:
    tallies = {name: np.zeros(len(found.accounts.ids) + 1, dtype=np.int64) for name in NAMES}
    answered = []
    for part in map(found.part, share):
        count_contacts(part, found.accounts, tallies)
        answered.append(count_replies(part, found.accounts, tallies))
    return tallies, answered


def _table(accounts: Accounts, tallies: Tallies, columns: tuple[str, ...]) -> pa.Table:
    whole = pa.table(
        {"account_id": accounts.ids, **{name: pa.array(tallies[name][1:]) for name in columns}}
    )
    return whole.filter(pa.array(tallies[columns[0]][1:] > 0))
