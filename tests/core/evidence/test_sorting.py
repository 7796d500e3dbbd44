"""The tables about people are the same from sorted columns as from their SQL steps."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proche.core.evidence.engines.duckdb import run_steps, session
from proche.core.evidence.engines.sorting import REPLACED, count_people, count_strangers
from proche.core.evidence.engines.sorting.acts import read_acts
from proche.core.evidence.steps import STEPS

COLUMNS = {
    "interactions": (
        'actor_id {id}, target_account_id {id}, verb VARCHAR, "at" TIMESTAMP, '
        "post_id {post}, in_reply_to_actor_id {id}"
    ),
    "accounts": "account_id {id}, region VARCHAR",
}
GIVEN = frozenset({"interactions.actor_id", "interactions.post_id", "accounts.region"})
TABLES = ("reciprocity", "returning_actors", "locality", "reply_rate", "response_time")
STRANGERS = """
SELECT count(*) FROM interactions
WHERE target_account_id NOT IN (SELECT account_id FROM accounts)
AND actor_id NOT IN (SELECT account_id FROM accounts)
"""

people = st.integers(0, 6)
acts = st.tuples(
    people,
    people,
    st.sampled_from(["like", "reply", "reply", "reply", "share", "mention", "follow"]),
    st.integers(0, 5),
    st.none() | st.integers(0, 4),
    st.none() | people,
)
regions = st.none() | st.sampled_from(["Laval", " laval", "Estrie"])
networks = st.tuples(
    st.lists(acts, max_size=60), st.dictionaries(people, regions, min_size=1, max_size=5)
)


def both_ways(
    network: tuple[list[tuple[Any, ...]], dict[int, str | None]], *, spelled: bool, far: int = 0
) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """The tables from SQL, then from sorting. Ids are whole numbers beyond `far`, or texts."""
    told, accounts = network
    kind = {"id": "VARCHAR", "post": "VARCHAR"} if spelled else {"id": "BIGINT", "post": "BIGINT"}

    def named(value: int | None) -> object:
        return value if value is None else f"who-{value}" if spelled else value + far

    rows = [
        (named(a), named(t), verb, f"2026-05-01 0{hour}:00:00.{hour}", named(post), named(person))
        for a, t, verb, hour, post, person in told
    ]
    with session() as connection:
        for name, columns in COLUMNS.items():
            connection.execute(f"CREATE TABLE {name} ({columns.format(**kind)})")
        if rows:
            connection.executemany("INSERT INTO interactions VALUES (?, ?, ?, ?, ?, ?)", rows)
        placed = [(named(person), region) for person, region in accounts.items()]
        connection.executemany("INSERT INTO accounts VALUES (?, ?)", placed)
        run_steps(connection, GIVEN, steps=tuple(s for s in STEPS if s.name in REPLACED))
        found = read_acts(connection, len(rows))
        sorting = {name: rows_of(table) for name, table in count_people(found).items()}
        followed = any(verb == "follow" for _, _, verb, *_ in told)
        assert sorting.pop("bursts", None) == (None if followed else [])
        known = [
            name for (name,) in connection.execute("SELECT account_id FROM accounts").fetchall()
        ]
        steps = {
            name: [
                row
                for row in rows_of(connection.sql(f"SELECT * FROM {name}").to_arrow_table())
                if row[0] in known
            ]
            for name in TABLES
        }
        assert [(count_strangers(found),)] == connection.execute(STRANGERS).fetchall()
    return steps, sorting


def rows_of(table: pa.Table) -> list[Any]:
    return sorted(tuple(row.values()) for row in table.to_pylist())


@settings(max_examples=50, deadline=None)
@given(networks)
def test_sorting_gives_the_rows_of_the_steps_on_random_networks(
    network: tuple[list[tuple[Any, ...]], dict[int, str | None]],
) -> None:
    steps, sorting = both_ways(network, spelled=False)
    assert sorting == steps


@settings(max_examples=15, deadline=None)
@given(networks)
def test_ids_may_be_texts(network: tuple[list[tuple[Any, ...]], dict[int, str | None]]) -> None:
    steps, sorting = both_ways(network, spelled=True)
    assert sorting == steps


@pytest.mark.parametrize("far", [-3, 2**40])
def test_ids_may_be_any_whole_number(far: int) -> None:
    told = [(a, b, "reply", h, 0, None) for a in range(4) for b in range(4) for h in range(3)]
    steps, sorting = both_ways((told, {0: "Laval", 1: "laval", 2: None}), spelled=False, far=far)
    assert sorting == steps
    assert sorting["reciprocity"] == [(0 + far, 3, 3), (1 + far, 3, 3), (2 + far, 3, 3)]


def test_no_interaction_gives_no_row() -> None:
    steps, sorting = both_ways(([], {0: "Laval"}), spelled=False)
    assert sorting == steps == {name: [] for name in TABLES}
