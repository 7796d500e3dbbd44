"""Spark counts what DuckDB counts: hand-worked tables, random networks, files of every kind."""

import gzip
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from proche.core.evidence.engines import duckdb, spark
from proche.core.evidence.engines.counting import Counted
from proche.core.evidence.engines.duckdb import session
from proche.core.evidence.engines.spark.dialect import translate
from proche.core.evidence.files import TableFile, find_files, open_table
from proche.core.evidence.mapping import ColumnMapping
from proche.core.results import InputRefused
from proche.core.tiers.qualify import tables_of
from tests.core.evidence import test_authenticity, test_people, test_posts, test_words
from tests.core.evidence.tables import AS_OF, MAY, NOON, Tables, account, noted

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [
    pytest.mark.spark,
    # pandas, of which it warns, is not used.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas"),
]
LATEST = datetime.combine(AS_OF, time.max)
# Sums of millionths: each logarithm may differ by its last bit, and so by one of them.
LOGS = ("topic_logs", "topic_square_logs")
Sources = dict[str, TableFile | pa.Table]
IDS = ("account_id", "actor_id", "target_account_id", "in_reply_to_actor_id")


def by_duckdb(sources: Sources, *, strict: bool = False) -> Counted:
    return duckdb.count(
        sources, ColumnMapping(), as_of=AS_OF, latest_possible=LATEST, strict=strict
    )


def by_spark(session: "SparkSession", sources: Sources, *, strict: bool = False) -> Counted:
    return spark.count_in(
        session, sources, ColumnMapping(), as_of=AS_OF, latest_possible=LATEST, strict=strict
    )


def rows(counted: Counted) -> dict[str, dict[str, Any]]:
    """Everything counted about each account, its main topics among it."""
    found = {str(row["account_id"]): row for row in counted.statistics.to_pylist()}
    for row in counted.top_topics.to_pylist():
        found[str(row["account_id"])].setdefault("topics", []).append((row["rank"], row["topic"]))
    return found


def same(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Every figure, but the sums of logarithms to one millionth a topic."""
    near = {name: pytest.approx(wanted[name], rel=0, abs=9) for name in LOGS if wanted[name]}
    return found == wanted | near


def apart(given: Tables, number: int) -> Tables:
    """The same tables about people whom no other table knows."""
    accounts, posts, told = (
        [
            {n: f"{number:03d}:{v}" if n in IDS and v is not None else v for n, v in row.items()}
            for row in records
        ]
        for records in given
    )
    return accounts, posts, told


def differences(spark_session: "SparkSession", many: Sequence[Tables]) -> list[Any]:
    """Where Spark, given all the tables at once, counts otherwise than DuckDB in each alone."""
    alone = [apart(given, number) for number, given in enumerate(many)]
    together = [[row for given in alone for row in given[kind]] for kind in range(3)]
    found = rows(by_spark(spark_session, tables_of(*together)))
    wanted = {
        name: row for given in alone for name, row in rows(by_duckdb(tables_of(*given))).items()
    }
    assert list(found) == sorted(wanted)
    return [(found[name], row) for name, row in wanted.items() if not same(found[name], row)]


def test_hand_worked_tables_count_the_same(spark_session: "SparkSession") -> None:
    notes: list[Tables] = []
    token = noted.set(notes)
    for module in (test_authenticity, test_people, test_posts, test_words):
        for name, function in vars(module).items():
            if name.startswith("test_") and not signature(function).parameters:
                # What it asserts is its own business; its tables are ours.
                with suppress(AssertionError):
                    function()
    noted.reset(token)
    assert len(notes) > 40
    assert differences(spark_session, notes) == []
    assert spark_session.catalog.listTables() == []


people = st.sampled_from(["ana", "ben", "cyd", "dee", "Éva", "12"])
moments = st.integers(0, 5_000).map(lambda tenths: MAY + timedelta(seconds=tenths / 10))
acts = st.fixed_dictionaries(
    {
        "actor_id": people,
        "target_account_id": people,
        "verb": st.sampled_from(["like", "reply", "reply", "reply", "share", "mention", "follow"]),
        "at": moments,
        "post_id": st.none() | st.sampled_from(["p1", "p2", "p3", "p4"]),
        "in_reply_to_actor_id": st.none() | people,
        "text": st.none() | st.sampled_from(["Trop BEAU, vraiment très beau!", "trop beau", "💇"]),
    }
)
counts = st.none() | st.integers(0, 50) | st.just(1_000_000_000)
words = st.lists(
    st.sampled_from(["#Été", "#ete", "#İstanbul", "#ΟΔΟΣ", "#pub", "#publication", "#pain", "café"])
)
posts = st.fixed_dictionaries(
    {
        "post_id": st.uuids().map(str),
        "account_id": people,
        "published_at": st.none() | st.integers(-3, 120).map(lambda d: NOON - timedelta(days=d)),
        "likes": counts,
        "comments": counts,
        "sponsored": st.none() | st.booleans(),
        "text": st.none() | words.map(" ".join),
        "hashtags": st.none() | words,
    }
)
accounts = st.fixed_dictionaries(
    {
        "account_id": people,
        "region": st.none() | st.sampled_from(["Laval", "\u00a0laval", "Estrie"]),
        "handle": st.none() | st.sampled_from(["ana99", "ben"]),
        "bio": st.none() | st.sampled_from(["", "\u00a0Coiffeuse 💇 ", "ici"]),
        "posts_total": st.none() | st.integers(0, 9),
        "as_of": st.none() | st.just("2026-05-20"),
    }
).map(lambda given: account(**given))
networks = st.tuples(
    st.lists(accounts, min_size=1, max_size=5, unique_by=lambda each: each["account_id"]),
    st.lists(posts, max_size=30),
    st.lists(acts, max_size=60),
)


def test_fifty_random_networks_count_the_same(spark_session: "SparkSession") -> None:
    drawn: list[Tables] = []

    @settings(max_examples=50, phases=[Phase.generate])
    @given(networks)
    def draw(network: Tables) -> None:
        drawn.append(network)

    draw()
    assert len(drawn) == 50
    assert differences(spark_session, drawn) == []


def opened(folder: Path) -> Sources:
    found = find_files([folder], ColumnMapping())
    return {name: open_table(path, folder) for name, path in found.items()}


def test_files_of_every_kind_count_the_same(spark_session: "SparkSession", tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(
        "account_id;platform;followers;bio;has_avatar;région\n"
        '1;instagram;1200;"Coiffeuse\r\nà ""Laval""";oui;x\n'
        "2;tiktok;1_000;;non;x\n2;tiktok;1_000;;non;x\n"
        "3;x;nan;\u00a0;;\n3;x;3;;;\n4;x;-4;;;\n",
        encoding="utf-8",
    )
    nanoseconds = pa.array([1_780_000_000_123_456_789, None, 1_779_000_000_000_000_001])
    pq.write_table(
        pa.table(
            {
                "post_id": [10, 11, 12],
                "account_id": pa.array([1, 1, 9], pa.uint64()),
                "published_at": nanoseconds.cast(pa.timestamp("ns")),
                "likes": [3.0, float("nan"), 5.0],
                "comments": pa.array([1, -2, 3], pa.int16()),
                "hashtags": [["#Été", "#pain"], None, []],
            }
        ),
        tmp_path / "posts.parquet",
        version="2.6",
    )
    with gzip.open(tmp_path / "interactions.csv.gz", "wt", encoding="utf-8") as stream:
        stream.write(
            "actor_id,target_account_id,verb,at,post_id,in_reply_to_actor_id\n"
            "2,1,Comment,2026-05-20T10:00:00.900-04:00,10.0,\n"
            "1,1,reply,2026-05-20 14:00:02.1,10.0,2.0\n"
            "8,9,like,2026-05-20,,\n,1,like,2026-05-20,,\n2,1,like,,,\n2,1,like,2026-07-01,,\n"
        )
    sources = opened(tmp_path)
    found, wanted = by_spark(spark_session, sources), by_duckdb(sources)
    assert rows(found) == rows(wanted)
    assert found.columns == wanted.columns
    assert found.skipped == wanted.skipped
    assert found.doubts == wanted.doubts
    assert (len(wanted.skipped), len(wanted.doubts)) == (8, 4)


HEADER = "account_id,platform,followers\n"


@pytest.mark.parametrize(
    ("table", "content"),
    [
        ("accounts", HEADER + "a,i,1\nb,i,12.5\nc,i,many\n"),
        ("accounts", HEADER + "a,i,1\n,i,2\n"),
        ("accounts", HEADER + "a,i,1\nb,i,2,3\n"),
        ("accounts", HEADER + 'a,i,1\nb,"i,2\n'),
        ("accounts", "account_id,platform\na,i\n"),
        ("accounts", HEADER),
        ("accounts", HEADER + "b,i,1\na,i,1\na,i,2\n"),
        ("posts", "post_id,account_id,published_at\n1,a,2026\n2,a,31/05/2026\n"),
        ("interactions", "actor_id,target_account_id,verb,at\na,b,like,2026-01-01\na,b,poke,\n"),
        (
            "posts",
            pa.table({"post_id": [1, 2], "account_id": [1.0, 2.5], "published_at": ["", ""]}),
        ),
    ],
)
def test_a_cell_or_row_is_refused_in_the_same_words(
    spark_session: "SparkSession", tmp_path: Path, table: str, content: str | pa.Table
) -> None:
    (tmp_path / "accounts.csv").write_text(HEADER + "a,i,1\n", encoding="utf-8")
    if isinstance(content, str):
        (tmp_path / f"{table}.csv").write_text(content, encoding="utf-8")
    else:
        pq.write_table(content, tmp_path / f"{table}.parquet")
    with pytest.raises(InputRefused) as wanted:
        by_duckdb(opened(tmp_path), strict=True)
    with pytest.raises(InputRefused) as found:
        by_spark(spark_session, opened(tmp_path), strict=True)
    assert found.value.sentence == wanted.value.sentence


def cells(name: str) -> list[str]:
    """The texts of a file of tests/data/cells, one a line."""
    path = Path(__file__).resolve().parents[2] / "data" / "cells" / name
    return path.read_text(encoding="utf-8").split("\n")


TEXTS = ["\u00a0 \u2003Été\u3000", "\tÉté\n", "İΣ ΟΔΟΣ", "12.0", "12.0\n", "a1b22", "\\1 $1", ""]


@pytest.mark.parametrize(
    ("expression", "texts"),
    [
        ("TRY_CAST(nullif(trim(x), '') AS DOUBLE)", cells("numbers.txt")),
        ("CAST(TRY_CAST(nullif(trim(x), '') AS TIMESTAMPTZ) AS TIMESTAMP)", cells("moments.txt")),
        ("lower(trim(x))", TEXTS),
        (r"regexp_replace(x, '^([0-9]+)[.]0$', '\1')", TEXTS),
        ("length(regexp_replace(x, '[^0-9]', '', 'g'))", TEXTS),
        ("CAST(length(x) + 0.5::DOUBLE AS BIGINT)", TEXTS),
    ],
)
def test_an_expression_means_the_same(
    spark_session: "SparkSession", expression: str, texts: list[str]
) -> None:
    table = pa.table({"x": [*texts, None]})
    query = f"SELECT x, {expression} AS y FROM given_texts"
    with session() as connection:
        connection.register("given_texts", table)
        wanted = connection.sql(query).to_arrow_table().to_pylist()
    spark_session.createDataFrame(table).createOrReplaceTempView("given_texts")
    found = spark_session.sql(translate(query)).toArrow().to_pylist()
    spark_session.catalog.dropTempView("given_texts")
    assert found == wanted
