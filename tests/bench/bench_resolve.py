"""Who is the same person among 100,000 records, against all exact keys together.

The invented directory of the tests, drawn with a seed the saved model was not trained on: some
80,000 people, names of Québec by rank, accents lost, short names, typing errors, marriages, moves,
moved handles, empty boxes, relatives and agencies sharing mailboxes. The peer joins records whose
e-mail, account, or given and family name with the city are the same letter for letter. Precision
and recall count pairs of records; “found” counts those merged or in the queue, “queue” its length
in true pairs. Times are wall clock, file to file for Proche.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

# For the peers of other benchmarks; pyarrow would load it in the middle of what is timed here.
import pandas  # noqa: F401

from proche.core.identity import Bank, Record, resolve
from proche.core.identity.reading import read_people
from proche.core.identity.writing import csv_of
from tests.quebec import Directory, directory

RECORDS, SEED, ARRIVALS = 100_000, 2_026, 20
SECONDS, ARRIVAL_MS, PRECISE, FOUND = 15.0, 300.0, 0.99, 0.88
Pairs = set[tuple[str, str]]


def run(records: int = RECORDS) -> list[dict[str, Any]]:
    drawn = directory(records, SEED)
    truth = drawn.pairs()
    with TemporaryDirectory() as folder:
        path = written(drawn, Path(folder) / "people.csv")
        began = perf_counter()
        found = resolve(read_people(path))
        table = csv_of(found)
        seconds = perf_counter() - began
    merged = {(link.left, link.right) for link in found.merged}
    seen = merged | {(link.left, link.right) for link in found.queue}
    began = perf_counter()
    exact = exact_keys(drawn.records)
    peer = perf_counter() - began
    precision, recall = len(merged & truth) / len(merged), len(merged & truth) / len(truth)
    peer_recall = len(exact & truth) / len(truth)
    queue = len(found.queue) / len(truth)
    found_share = len(seen & truth) / len(truth)
    return [
        {
            "name": f"merge {records:,} records",
            "proche_s": seconds,
            "peer": "exact keys",
            "peer_s": peer,
            "target": f"< {SECONDS:.0f} s; ≥ {PRECISE} precise, more complete than the keys",
            "equal": precision >= PRECISE and recall > peer_recall and table.count(b"\n") > records,
            "precision": precision,
            "recall": recall,
            "peer precision": len(exact & truth) / len(exact),
            "peer recall": peer_recall,
        },
        {
            "name": "with the queue",
            "target": f"≥ {FOUND} found, queue ≤ 2 true pairs",
            "equal": found_share >= FOUND and queue <= 2,
            "found": found_share,
            "queue": queue,
        },
        arrival(drawn),
    ]


def arrival(drawn: Directory) -> dict[str, Any]:
    """The slowest of twenty arrivals, each scored against the rest of the bank, indexed before."""
    bank = Bank.of(drawn.records[ARRIVALS:])
    times = [timed(lambda one=one: bank.links_of(one)) for one in drawn.records[:ARRIVALS]]  # type: ignore[misc]
    return {
        "name": "one arrival, slowest of 20",
        "proche_s": max(times),
        "target": f"< {ARRIVAL_MS:.0f} ms",
    }


def timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def written(drawn: Directory, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ("record_id", "given_name", "family_name", "email", "city", "region", "occupation",
             "accounts")
        )  # fmt: skip
        for r in drawn.records:
            accounts = ";".join(f"{a.platform}:{a.handle}" for a in r.accounts)
            writer.writerow(
                (r.record_id, r.given_name, r.family_name, r.email, r.city, r.region,
                 r.occupation, accounts)
            )  # fmt: skip
    return path


def exact_keys(records: Iterable[Record]) -> Pairs:
    blocks: defaultdict[Hashable, list[str]] = defaultdict(list)
    for record in records:
        if record.email:
            blocks[record.email].append(record.record_id)
        for account in record.accounts:
            blocks[account].append(record.record_id)
        if record.given_name and record.family_name and record.city:
            name = (record.given_name, record.family_name, record.city)
            blocks[name].append(record.record_id)
    return {
        (min(a, b), max(a, b))
        for ids in blocks.values()
        for i, a in enumerate(ids)
        for b in ids[i + 1 :]
    }
