"""The tables about people are the same from sorted columns as from their SQL steps."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from proche.core.evidence.engines.counting import run_steps
from proche.core.evidence.engines.duckdb import session
from proche.core.evidence.engines.sorting import REPLACED, count_people
from proche.core.evidence.engines.sorting.parts import Part
from proche.core.evidence.engines.sorting.replies import in_threads, in_time
from proche.core.evidence.steps import STEPS

COLUMNS = {
    "typed_interactions": (
        'actor_id {id}, target_account_id {id}, verb VARCHAR, "at" TIMESTAMP, '
        "post_id {post}, in_reply_to_actor_id {id}"
    ),
    "accounts": "account_id {id}, region VARCHAR",
}
ALL_COUNT = "CREATE VIEW interactions AS SELECT * FROM typed_interactions"
GIVEN = frozenset({"interactions.actor_id", "interactions.post_id", "accounts.region"})
TABLES = ("reciprocity", "returning_actors", "locality", "reply_rate", "response_time")
STRANGERS = """
SELECT count(*) FROM interactions
WHERE target_account_id NOT IN (SELECT account_id FROM accounts)
AND actor_id NOT IN (SELECT account_id FROM accounts)
"""

Act = tuple[int, int, str, str, int | None, int | None]
Network = tuple[list[Act], dict[int, str | None]]
Tables = dict[str, list[Any]]
ROOM = 1 << 30
DAY = "2026-05-01"

people = st.integers(0, 6)
moments = st.sampled_from(
    [*(f"{DAY} 0{hour}:00:00.{hour}" for hour in range(5)), f"{DAY} 03:00:00.000001"]
) | st.sampled_from([f"{DAY} 00:00:00", "2025-01-31 12:00:00", "1970-01-01 00:00:01"])
acts = st.tuples(
    people,
    people,
    st.sampled_from(["like", "reply", "reply", "reply", "share", "mention", "follow"]),
    moments,
    st.none() | st.integers(0, 4),
    st.none() | people,
)
regions = st.none() | st.sampled_from(["Laval", " laval", "Estrie"])
networks = st.tuples(
    st.lists(acts, max_size=60), st.dictionaries(people, regions, min_size=1, max_size=5)
)


def both_ways(network: Network, *, spelled: bool = False, far: int = 0) -> tuple[Tables, Tables]:
    """The tables from SQL, then from sorting. Ids are whole numbers beyond `far`, or texts."""
    told, accounts = network
    kind = {"id": "VARCHAR", "post": "VARCHAR"} if spelled else {"id": "BIGINT", "post": "BIGINT"}

    def named(value: int | None) -> object:
        return value if value is None else f"who-{value}" if spelled else value + far

    rows = [
        (named(a), named(t), verb, at, named(post), named(person))
        for a, t, verb, at, post, person in told
    ]
    with session() as connection:
        for name, columns in COLUMNS.items():
            connection.execute(f"CREATE TABLE {name} ({columns.format(**kind)})")
        connection.execute(ALL_COUNT)
        if rows:
            connection.executemany("INSERT INTO typed_interactions VALUES (?, ?, ?, ?, ?, ?)", rows)
        placed = [(named(person), region) for person, region in accounts.items()]
        connection.executemany("INSERT INTO accounts VALUES (?, ?)", placed)
        followed = any(verb == "follow" for _, _, verb, *_ in told)
        return from_steps(connection), from_sorting(connection, len(rows), followed=followed)


def from_steps(connection: Any) -> Tables:
    run_steps(connection, GIVEN, steps=tuple(s for s in STEPS if s.name in REPLACED))
    known = "account_id IN (SELECT account_id FROM accounts)"
    found = {
        name: rows_of(connection.sql(f"SELECT * FROM {name} WHERE {known}").to_arrow_table())
        for name in TABLES
    }
    return {**found, "strangers": connection.execute(STRANGERS).fetchall()}


def from_sorting(connection: Any, rows: int, *, followed: bool) -> Tables:
    people = count_people(connection, rows, room=ROOM, threads=2)
    assert people is not None
    found = {name: rows_of(table) for name, table in people.tables.items()}
    assert found.pop("bursts", None) == (None if followed else [])
    return {**found, "strangers": [(people.strangers,)]}


def rows_of(table: pa.Table) -> list[Any]:
    return sorted(zip(*(column.to_pylist() for column in table.columns), strict=True))


ALL_AT_ONCE: Act = (1, 0, "reply", f"{DAY} 00:00:00", None, None)
ANSWER: Act = (0, 0, "reply", f"{DAY} 00:00:00", None, 1)


@settings(max_examples=60, deadline=None)
@given(networks)
@example(([ALL_AT_ONCE, ALL_AT_ONCE, ANSWER, ANSWER], {0: "Laval", 1: None}))
def test_sorting_gives_the_rows_of_the_steps_on_random_networks(network: Network) -> None:
    steps, sorting = both_ways(network)
    assert sorting == steps


@settings(max_examples=15, deadline=None)
@given(networks)
def test_ids_may_be_texts(network: Network) -> None:
    steps, sorting = both_ways(network, spelled=True)
    assert sorting == steps


@pytest.mark.parametrize("far", [-3, 2**31 - 3, 2**40])
def test_ids_may_be_any_whole_number(far: int) -> None:
    told: list[Act] = [
        (a, b, "reply", f"{DAY} 0{h}:00:00", 0, None)
        for a in range(4)
        for b in range(4)
        for h in range(3)
    ]
    steps, sorting = both_ways((told, {0: "Laval", 1: "laval", 2: None}), far=far)
    assert sorting == steps
    assert sorting["reciprocity"] == [(person + far, 3, 3) for person in range(3)]


def test_ids_of_people_may_lie_far_beyond_those_of_the_accounts() -> None:
    told: list[Act] = [
        (actor, 0, "like", f"{DAY} 00:00:00", 7 if actor else None, None)
        for actor in (1, 2**30, 2**31 - 2, 2**33)
    ]
    for some in (told[:3], told):
        steps, sorting = both_ways((some, {0: "Laval", 1: "Laval"}))
        assert sorting == steps
        assert sorting["reciprocity"] == [(0, len(some), 0)]


def test_a_post_that_two_accounts_claim_counts_for_both() -> None:
    told: list[Act] = [
        (2, account, "like", f"{DAY} 00:00:00", post, None)
        for account in (0, 1)
        for post in (5, 5, 6)
    ]
    steps, sorting = both_ways((told, {0: None, 1: None}))
    assert sorting == steps
    assert sorting["returning_actors"] == [(0, 1, 0, 2), (1, 1, 0, 2)]


def test_no_interaction_gives_no_row() -> None:
    steps, sorting = both_ways(([], {0: "Laval"}))
    assert sorting == steps == {name: [] for name in TABLES} | {"strangers": [(0,)]}


def test_many_rows_are_cut_into_parts_and_add_up() -> None:
    with session() as connection:
        many = crowd(np.random.default_rng(20261126), 300_000)
        connection.register("typed_interactions", many)
        connection.execute(ALL_COUNT)
        connection.register("accounts", pa.table({"account_id": range(2_000), "region": places()}))
        steps = from_steps(connection)
        sorting = from_sorting(connection, len(many), followed=True)
    assert sorting == steps
    assert all(len(sorting[name]) > 1_000 for name in TABLES)


def places() -> list[str | None]:
    return [None if person % 5 == 0 else f"region {person % 3}" for person in range(2_000)]


def crowd(rng: np.random.Generator, rows: int) -> pa.Table:
    """Interactions among few people, so that pairs return, answer and repeat one another."""
    target = rng.integers(0, 2_200, rows)
    actor = np.abs(target + rng.integers(-12, 13, rows))
    micros = rng.integers(0, 40, rows) * 3_600_000_000 + rng.integers(0, 2, rows)
    person = np.abs(target + rng.integers(-12, 13, rows))
    verbs = np.array(["like", "reply", "reply", "share", "follow"])
    return pa.table(
        {
            "actor_id": actor,
            "target_account_id": target,
            "verb": verbs[rng.integers(0, len(verbs), rows)],
            "at": pa.array(micros, pa.timestamp("us")),
            "post_id": pa.array(target + rng.integers(0, 3, rows), mask=rng.random(rows) < 0.3),
            "in_reply_to_actor_id": pa.array(person, mask=rng.random(rows) < 0.5),
        }
    )


@pytest.mark.parametrize("far", [0, 2**40])
def test_what_takes_more_than_its_room_is_left_to_the_steps(far: int) -> None:
    rows = 200_000
    with session() as connection:
        made = crowd(np.random.default_rng(1), rows)
        connection.register("made", made)
        connection.execute(
            "CREATE VIEW typed_interactions AS "
            f"SELECT * REPLACE (actor_id + {far} AS actor_id) FROM made"
        )
        connection.execute(ALL_COUNT)
        connection.register("accounts", pa.table({"account_id": range(2_000), "region": places()}))
        assert count_people(connection, rows, room=10 * rows, threads=2) is None
        assert len(from_steps(connection)["reciprocity"]) == 2_000


def test_threads_that_share_a_hash_are_told_apart() -> None:
    words = np.array([6, 3, 6, 2, 7, 3, 6], dtype=np.int64)
    under = np.array([0, 0, 1, 0, 0, 0, 0], dtype=np.int32)
    none = np.zeros(0, dtype=np.int64)
    part = Part(none, none.astype(np.int32), words, under, none)
    order, ordered, new = in_threads(part, np.zeros(7, dtype=np.uint64))
    found = np.split(order, np.flatnonzero(new)[1:])
    assert sorted(sorted(rows.tolist()) for rows in found) == [[0, 4, 6], [1, 3, 5], [2]]
    assert ordered.tolist() == words[order].tolist()


@pytest.mark.parametrize("unit", [1, 1_000, 1_000_000, 2**39])
def test_words_lie_by_thread_then_moment_whatever_the_unit_of_time(unit: int) -> None:
    thread = np.array([0, 1, 0, 1, 0, 1])
    at = np.array([3, 2, 1, 2, 1, 2**22]) * unit - 5
    answer = np.array([False, True, True, False, False, True])
    threads, moments, answers = in_time(thread, at, answer)
    assert threads.tolist() == [0, 0, 0, 1, 1, 1]
    assert ((moments + 5) // unit).tolist() == [1, 1, 3, 2, 2, 2**22]
    assert answers.tolist() == [False, True, False, False, True, True]
