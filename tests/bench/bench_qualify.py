"""How fast are the pair measures of `qualify`, and how near to the work nobody can avoid?

One generated network (seeded): a few accounts draw most interactions, people act near home in
the list of accounts, and authors answer four comments in ten. The first peer is pandas, doing
the same measures from the same Parquet file with the same answers. The second is the least any
engine must do on it: scan the file and group it by pair. `run(*LARGE)` is the full case.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from proche.core.evidence.engines.duckdb import count
from proche.core.evidence.files import ParquetFile
from proche.core.evidence.mapping import ColumnMapping

ACCOUNTS, INTERACTIONS = 200_000, 6_000_000
LARGE = (1_000_000, 30_000_000)
SEED = 20261123
AS_OF = date(2026, 5, 31)
START = np.datetime64("2026-03-01T00:00:00", "us")
REGIONS = np.array([f"region-{number}" for number in range(17)])
VERBS = np.array(["like", "reply", "share", "mention"])
MEASURES = (
    *("actors", "reciprocated", "seen_actors", "returning_actors"),
    *("placed_actors", "local_actors", "received", "answered"),
)
Columns = dict[str, Any]


@dataclass(frozen=True)
class Network:
    accounts: ParquetFile
    interactions: ParquetFile


def run(accounts: int = ACCOUNTS, interactions: int = INTERACTIONS) -> list[dict[str, Any]]:
    with TemporaryDirectory(prefix="proche-bench-") as folder:
        network = generate(Path(folder), accounts, interactions)
        floor_s, _ = timed(lambda: scan_and_pair(network))
        proche_s, ours = timed(lambda: with_proche(network))
        pandas_s, theirs = timed(lambda: with_pandas(network))
    equal = all(np.array_equal(ours[name], theirs[name]) for name in MEASURES)
    size = f"{accounts:,} accounts, {interactions:,} interactions"
    return [
        row(f"pair measures, {size}", "pandas", proche_s, pandas_s, "≥ 4×", equal),
        row(
            f"pair measures, {size}",
            "scan and pair aggregation alone",
            proche_s,
            floor_s,
            "≥ 0.5×",
            equal,
        ),
    ]


def row(
    name: str, peer: str, proche_s: float, peer_s: float, target: str, equal: bool
) -> dict[str, Any]:
    return {
        "name": name,
        "proche_s": proche_s,
        "peer": peer,
        "peer_s": peer_s,
        "ratio": peer_s / proche_s,
        "target": target,
        "equal": equal,
    }


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = perf_counter()
    found = work()
    return perf_counter() - start, found


def generate(folder: Path, accounts: int, interactions: int) -> Network:
    rng = np.random.default_rng(SEED)
    ids = np.arange(accounts, dtype=np.int64)
    regions = REGIONS[ids * len(REGIONS) // accounts]
    table = {
        "account_id": ids,
        "platform": np.full(accounts, "instagram"),
        "followers": rng.integers(50, 20_000, accounts),
        "region": pa.array(regions, mask=rng.random(accounts) >= 0.8),
    }
    pq.write_table(pa.table(table), folder / "accounts.parquet", compression="zstd")
    rows = draw(rng, accounts, interactions)
    pq.write_table(pa.table(rows), folder / "interactions.parquet", compression="zstd")
    return Network(
        ParquetFile("accounts.parquet", folder / "accounts.parquet"),
        ParquetFile("interactions.parquet", folder / "interactions.parquet"),
    )


def draw(rng: np.random.Generator, accounts: int, interactions: int) -> Columns:
    first = int(interactions / 1.1)
    target = (accounts * rng.random(first) ** 1.3).astype(np.int64)
    step = np.rint(rng.laplace(0, 40, first)).astype(np.int64)
    actor = (target + np.where(step == 0, 1, step)) % accounts
    post = target * 4 + rng.integers(0, 4, first)
    verb = rng.choice(len(VERBS), first, p=[0.6, 0.25, 0.1, 0.05])
    at = START + rng.integers(0, 80 * 86_400, first).astype("timedelta64[s]")
    comments = np.flatnonzero(verb == 1)
    answered = rng.choice(comments, min(interactions - first, len(comments)), replace=False)
    late = rng.integers(60, 86_400, len(answered)).astype("timedelta64[s]")
    author = target[answered]
    nobody = pa.nulls(first, pa.int64())
    return {
        "actor_id": np.concatenate([actor, author]),
        "target_account_id": np.concatenate([target, author]),
        "verb": np.concatenate([VERBS[verb], np.full(len(answered), "reply")]),
        "at": np.concatenate([at, at[answered] + late]),
        "post_id": np.concatenate([post, post[answered]]),
        "in_reply_to_actor_id": pa.concat_arrays([nobody, pa.array(actor[answered])]),
    }


def scan_and_pair(network: Network) -> Any:
    query = (
        "SELECT count(*), sum(acts) FROM (SELECT actor_id, target_account_id, count(*) AS acts "
        f"FROM read_parquet('{network.interactions.path}') GROUP BY ALL)"
    )
    with duckdb.connect() as connection:
        return connection.execute(query).fetchall()


def with_proche(network: Network) -> Columns:
    counted = count(
        {"accounts": network.accounts, "interactions": network.interactions},
        ColumnMapping(),
        as_of=AS_OF,
        latest_possible=datetime(2026, 6, 1),  # noqa: DTZ001 - moments are UTC without a zone
    )
    frame = counted.statistics.select(["account_id", *MEASURES]).to_pandas()
    return columns_of(frame.set_index("account_id"))


def with_pandas(network: Network) -> Columns:
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
    return columns_of(found.join(replies(rows)))


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


def columns_of(frame: Any) -> Columns:
    whole = frame.sort_index().fillna(0)
    return {name: whole[name].to_numpy().astype(np.int64) for name in MEASURES}
