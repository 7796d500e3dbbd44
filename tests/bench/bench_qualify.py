"""How fast are the pair measures of `qualify`, and how near to the work nobody can avoid?

One generated network (seeded): a few accounts draw most interactions, people act near home in
the list of accounts, and authors answer four comments in ten. The floor is the least any engine
must do on it: scan the Parquet file and group it by pair. pandas does the same measures from the
same file, with the same answers. The large case (`make bench-large`) has 100 million
interactions and 6 GiB of memory; there the same answers come from plain SQL on DuckDB. Each run
is a process of its own. Floor and measures run in turn, three times (once in the large case),
and the fastest counts; pandas and plain SQL run once.
"""

import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import duckdb
import numpy as np

# pyarrow loads pandas where it is installed: here, before any clock is started.
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from proche.core.evidence.engines.duckdb import count
from proche.core.evidence.files import ParquetFile
from proche.core.evidence.mapping import ColumnMapping

GIB = 1 << 30
ACCOUNTS, INTERACTIONS = 1_000_000, 30_000_000
LARGE = (1_000_000, 100_000_000, 6 * GIB)
CHUNK = 1 << 21
TURNS = 3
SEED = 20261123
AS_OF = date(2026, 5, 31)
START = np.datetime64("2026-03-01T00:00:00", "us")
REGIONS = np.array([f"region-{number}" for number in range(17)])
VERBS = np.array(["like", "reply", "share", "mention"])
VERB_SHARES = np.cumsum([0.6, 0.25, 0.1])
MEASURES = (
    *("actors", "reciprocated", "seen_actors", "returning_actors"),
    *("placed_actors", "local_actors", "received", "answered"),
)
Columns = dict[str, Any]


@dataclass(frozen=True)
class Network:
    """`memory` bounds what DuckDB, and the measures, may take: bytes."""

    accounts: ParquetFile
    interactions: ParquetFile
    memory: int | None


@dataclass(frozen=True)
class Ran:
    seconds: float
    peak: float
    found: Any


def run(
    accounts: int = ACCOUNTS, interactions: int = INTERACTIONS, memory: int | None = None
) -> list[dict[str, Any]]:
    with TemporaryDirectory(prefix="proche-bench-") as folder:
        network = generate(Path(folder), accounts, interactions, memory)
        turns = [
            (alone(scan_and_pair, network), alone(with_proche, network))
            for _ in range(1 if memory else TURNS)
        ]
        floor, ours = (min(runs, key=lambda ran: ran.seconds) for runs in zip(*turns, strict=True))
        peer = alone(with_sql if memory else with_pandas, network)
    equal = all(np.array_equal(ours.found[name], peer.found[name]) for name in MEASURES)
    size = f"{accounts:,} accounts, {interactions:,} interactions"
    factor = ours.seconds / floor.seconds
    rows = [
        ("plain SQL on DuckDB", peer, None, "the same answers")
        if memory
        else ("pandas", peer, peer.seconds / ours.seconds, "≥ 4×"),
        (
            "scan and pair aggregation alone",
            floor,
            f"takes {factor:.2g}× as long",
            "at most 2× as long",
        ),
    ]
    peak = f"{max(ran.peak for _, ran in turns):.2f} GiB"
    return [
        {
            "name": f"pair measures, {size}",
            "proche_s": ours.seconds,
            "peer": name,
            "peer_s": ran.seconds,
            "ratio": ratio,
            "target": target,
            "equal": equal,
            "peak memory": peak + (f" of {memory / GIB:.0f} GiB" if memory else ""),
            "peak memory of the peer": f"{ran.peak:.2f} GiB",
        }
        for name, ran, ratio, target in rows
    ]


def alone(work: Callable[[Network], Any], network: Network) -> Ran:
    """Seconds, start-up not counted, and peak memory, everything counted, of a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measured, work, network).result()


def measured(work: Callable[[Network], Any], network: Network) -> Ran:
    start = perf_counter()
    found = work(network)
    seconds = perf_counter() - start
    peak = peak_memory()
    return Ran(seconds, peak, found if isinstance(found, list) else columns_of(found))


def peak_memory() -> float:
    """In GiB. Linux lets a new process inherit the peak of its parent in ru_maxrss, so there the
    peak of the memory map is read instead."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / GIB
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / GIB


def generate(folder: Path, accounts: int, interactions: int, memory: int | None) -> Network:
    rng = np.random.default_rng(SEED)
    ids = np.arange(accounts, dtype=np.int64)
    regions = REGIONS[ids * len(REGIONS) // accounts]
    table = {
        "account_id": ids,
        "platform": np.full(accounts, "instagram"),
        "followers": rng.integers(50, 20_000, accounts),
        "region": pa.array(regions, mask=rng.random(accounts) >= 0.8),
    }
    made = {name: folder / f"{name}.parquet" for name in ("accounts", "interactions")}
    pq.write_table(pa.table(table), made["accounts"], compression="zstd")
    writer = None
    for start in range(0, interactions, CHUNK):
        rows = pa.table(draw(rng, accounts, min(CHUNK, interactions - start)))
        writer = writer or pq.ParquetWriter(made["interactions"], rows.schema, compression="zstd")
        writer.write_table(rows)
    if writer:
        writer.close()
    return Network(
        ParquetFile("accounts.parquet", made["accounts"]),
        ParquetFile("interactions.parquet", made["interactions"]),
        memory,
    )


def draw(rng: np.random.Generator, accounts: int, interactions: int) -> Columns:
    first = int(interactions / 1.1)
    target = (accounts * rng.random(first) ** 1.3).astype(np.int64)
    step = np.rint(rng.laplace(0, 40, first)).astype(np.int64)
    actor = (target + np.where(step == 0, 1, step)) % accounts
    post = target * 4 + rng.integers(0, 4, first)
    verb = np.searchsorted(VERB_SHARES, rng.random(first), side="right").astype(np.int8)
    at = START + rng.integers(0, 80 * 86_400, first).astype("timedelta64[s]")
    comments = np.flatnonzero(verb == 1)
    answered = rng.choice(comments, min(interactions - first, len(comments)), replace=False)
    late = rng.integers(60, 86_400, len(answered)).astype("timedelta64[s]")
    author = target[answered]
    nobody = pa.nulls(first, pa.int64())
    return {
        "actor_id": np.concatenate([actor, author]),
        "target_account_id": np.concatenate([target, author]),
        "verb": pa.array(VERBS).take(np.concatenate([verb, np.ones(len(answered), np.int8)])),
        "at": np.concatenate([at, at[answered] + late]),
        "post_id": np.concatenate([post, post[answered]]),
        "in_reply_to_actor_id": pa.concat_arrays([nobody, pa.array(actor[answered])]),
    }


def scan_and_pair(network: Network) -> Any:
    query = (
        "SELECT count(*), sum(acts) FROM (SELECT actor_id, target_account_id, count(*) AS acts "
        f"FROM read_parquet('{network.interactions.path}') GROUP BY ALL)"
    )
    with connected(network) as connection:
        return connection.execute(query).fetchall()


def connected(network: Network) -> Any:
    spill = {"temp_directory": str(network.accounts.path.parent / "spill")}
    bound = {"memory_limit": f"{network.memory}B"} if network.memory else {}
    connection = duckdb.connect(config={**spill, **bound})
    connection.execute("SET enable_progress_bar = false")
    return connection


def with_proche(network: Network) -> Any:
    counted = count(
        {"accounts": network.accounts, "interactions": network.interactions},
        ColumnMapping(),
        as_of=AS_OF,
        latest_possible=datetime(2026, 6, 1),  # noqa: DTZ001 - moments are UTC without a zone
        memory=network.memory,
    )
    return counted.statistics.select(["account_id", *MEASURES])


def with_pandas(network: Network) -> Any:
    accounts = pd.read_parquet(network.accounts.path).set_index("account_id")
    rows = pd.read_parquet(network.interactions.path)
    rows = rows[rows["at"] < pd.Timestamp(AS_OF) + pd.Timedelta(days=1)]
    own = rows["actor_id"] == rows["target_account_id"]
    rows["recipient_id"] = rows["target_account_id"].where(~own, rows["in_reply_to_actor_id"])
    rows = rows[rows["recipient_id"].notna() & (rows["recipient_id"] != rows["actor_id"])]
    rows["recipient_id"] = rows["recipient_id"].astype("int64")
    found = accounts[[]].copy()
    pairs = rows[["recipient_id", "actor_id"]].drop_duplicates()
    found = found.join(reciprocity(pairs)).join(returning(rows)).join(locality(pairs, accounts))
    return found.join(replies(rows))


def reciprocity(pairs: Any) -> Any:
    back = pairs.rename(columns={"recipient_id": "actor_id", "actor_id": "recipient_id"})
    merged = pairs.merge(back, how="left", indicator=True)
    merged["back"] = merged["_merge"] == "both"
    counts = merged.groupby("recipient_id")["back"].agg(["size", "sum"])
    return counts.set_axis(["actors", "reciprocated"], axis=1)


def returning(rows: Any) -> Any:
    seen = rows[rows["target_account_id"] == rows["recipient_id"]]
    seen = seen[["recipient_id", "actor_id", "post_id"]].drop_duplicates()
    posts = seen.groupby(["recipient_id", "actor_id"]).size().reset_index(name="posts")
    posts["returns"] = posts["posts"] >= 3
    counts = posts.groupby("recipient_id")["returns"].agg(["size", "sum"])
    return counts.set_axis(["seen_actors", "returning_actors"], axis=1)


def locality(pairs: Any, accounts: Any) -> Any:
    regions = accounts["region"]
    placed = pairs.assign(
        home=pairs["recipient_id"].map(regions), away=pairs["actor_id"].map(regions)
    ).dropna()
    placed["local"] = placed["home"] == placed["away"]
    counts = placed.groupby("recipient_id")["local"].agg(["size", "sum"])
    return counts.set_axis(["placed_actors", "local_actors"], axis=1)


def replies(rows: Any) -> Any:
    key = ["account_id", "actor_id", "post_id"]
    said = rows[rows["verb"] == "reply"]
    own = said["actor_id"] == said["target_account_id"]
    comments = said[~own].rename(columns={"target_account_id": "account_id"})
    comments = comments[[*key, "at"]].drop_duplicates()
    answers = said.rename(columns={"actor_id": "account_id", "recipient_id": "actor_id"})
    last = answers.groupby(key)["at"].max().rename("last").reset_index()
    merged = comments.merge(last, how="left", on=key)
    merged["answered"] = merged["last"] >= merged["at"]
    counts = merged.groupby("account_id")["answered"].agg(["size", "sum"])
    return counts.set_axis(["received", "answered"], axis=1)


def columns_of(found: Any) -> Columns:
    """For the comparison, once the clock has stopped."""
    frame = found.to_pandas().set_index("account_id") if isinstance(found, pa.Table) else found
    whole = frame.sort_index().fillna(0)
    return {name: whole[name].to_numpy().astype(np.int64) for name in MEASURES}


def with_sql(network: Network) -> Any:
    """The measures as one would ask for them, table after table."""
    with connected(network) as connection:
        for name, path in (
            ("accounts", network.accounts.path),
            ("told", network.interactions.path),
        ):
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
        for statement in PLAIN.split(";"):
            connection.execute(statement)
        frame = connection.sql(f"SELECT account_id, {', '.join(MEASURES)} FROM found").df()
    return frame.set_index("account_id")


PLAIN = """
CREATE VIEW acts AS
SELECT
    *,
    actor_id = target_account_id AS own,
    CASE WHEN own THEN in_reply_to_actor_id ELSE target_account_id END AS recipient_id
FROM told WHERE "at" < TIMESTAMP '2026-06-01';
CREATE TABLE pairs AS
SELECT DISTINCT recipient_id, actor_id FROM acts WHERE recipient_id <> actor_id;
CREATE TABLE met AS
SELECT recipient_id AS account_id, count(*) AS actors FROM pairs GROUP BY ALL;
CREATE TABLE met_back AS
SELECT p.recipient_id AS account_id, count(*) AS reciprocated FROM pairs AS p
JOIN pairs AS q ON q.recipient_id = p.actor_id AND q.actor_id = p.recipient_id GROUP BY ALL;
CREATE TABLE near AS
SELECT
    p.recipient_id AS account_id,
    count(*) AS placed_actors,
    count(*) FILTER (home.region = away.region) AS local_actors
FROM pairs AS p
JOIN accounts AS home ON home.account_id = p.recipient_id
JOIN accounts AS away ON away.account_id = p.actor_id
WHERE home.region IS NOT NULL AND away.region IS NOT NULL GROUP BY ALL;
DROP TABLE pairs;
CREATE TABLE seen AS
SELECT target_account_id AS account_id, actor_id, count(DISTINCT post_id) AS posts
FROM acts WHERE NOT own AND post_id IS NOT NULL GROUP BY ALL;
CREATE TABLE back AS
SELECT account_id, count(*) AS seen_actors, count(*) FILTER (posts >= 3) AS returning_actors
FROM seen GROUP BY ALL;
DROP TABLE seen;
CREATE TABLE answered AS
SELECT c.account_id, count(*) AS received, count(*) FILTER (last >= c."at") AS answered
FROM (
    SELECT DISTINCT target_account_id AS account_id, actor_id, post_id, "at"
    FROM acts WHERE verb = 'reply' AND NOT own
) AS c
LEFT JOIN (
    SELECT actor_id AS account_id, recipient_id AS actor_id, post_id, max("at") AS last
    FROM acts WHERE verb = 'reply' GROUP BY ALL
) AS a ON a.account_id = c.account_id AND a.actor_id = c.actor_id AND a.post_id = c.post_id
GROUP BY ALL;
CREATE VIEW found AS
SELECT * FROM accounts LEFT JOIN met USING (account_id) LEFT JOIN met_back USING (account_id)
LEFT JOIN near USING (account_id) LEFT JOIN back USING (account_id)
LEFT JOIN answered USING (account_id)
"""
