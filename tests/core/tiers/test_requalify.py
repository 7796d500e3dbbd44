"""Qualifying from kept evidence says what qualifying from the posts said."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from proche.core.tiers import norms_from, qualify_records
from proche.core.tiers.requalify import requalify

DAY = date(2026, 6, 1)
KEPT = pa.schema(
    [("account_id", pa.string()), ("measure", pa.string())]
    + [(name, pa.float64()) for name in ("value", "n", "low", "high")]
)


def bank() -> tuple[list[Any], list[Any], list[Any]]:
    """Forty accounts, each a little busier and a little more answered than the one before."""
    accounts, posts, acts = [], [], []
    start = datetime(2026, 4, 1, 12, tzinfo=UTC)
    for i in range(40):
        account = {"account_id": f"a{i:02}", "platform": "instagram", "followers": 900 + 7 * i}
        accounts.append(account | {"seeks_living": "no", "bio": "Cuisine", "region": "01"})
        for p in range(3 + i % 5):
            post = {"post_id": f"p{p}", "account_id": f"a{i:02}", "text": "#bouffe #pain"}
            day = start + timedelta(days=5 * p)
            posts.append(post | {"published_at": day, "likes": 20 + i, "comments": i % 7})
            for k in range(1 + i % 3):
                act = {"actor_id": f"x{k}", "target_account_id": f"a{i:02}", "verb": "reply"}
                acts.append(act | {"at": day + timedelta(hours=k), "post_id": f"p{p}"})
    return accounts, posts, acts


def kept_of(qualified: Any) -> pa.Table:
    rows = [
        {name: getattr(m, name) for name in KEPT.names}
        for one in qualified
        for m in one.measurements
    ]
    return pa.Table.from_pylist(rows, KEPT)


def table_of(accounts: list[Any]) -> pa.Table:
    return pa.Table.from_pylist(accounts)


def test_kept_evidence_gives_back_tiers_percentiles_and_closeness() -> None:
    accounts, posts, acts = bank()
    norms = norms_from(accounts, posts, acts, as_of=DAY)
    direct = qualify_records(accounts, posts, acts, as_of=DAY, norms=norms)
    again = requalify(table_of(accounts), kept_of(direct), as_of=DAY, norms=norms)
    assert again.evidence.ids == [one.account_id for one in direct]
    for name, place in again.evidence.places.items():
        said = [next(m.percentile for m in one.measurements if m.measure == name) for one in direct]
        wanted = np.array([np.nan if p is None else p for p in said])
        # A rate of no event lost its own dispersion: its place moves by a hair.
        assert place.percentile == pytest.approx(wanted, abs=3, nan_ok=True), name
    closeness = [one.verdict.closeness for one in direct]
    assert again.evidence.closeness.value == pytest.approx(closeness, abs=1.5)
    assert [one.verdict.tier for one in direct] == ["nano"] * 40
    assert again.decisions.tier.tolist() == [0] * 40


def test_what_was_never_measured_stays_unknown() -> None:
    accounts, _, _ = bank()
    again = requalify(table_of(accounts), KEPT.empty_table(), as_of=DAY)
    assert np.isnan(again.evidence.closeness.value).all()
    assert np.isnan(again.evidence.estimates["reply_rate"].value).all()


def test_the_last_row_of_a_measure_stands() -> None:
    accounts, _, _ = bank()
    rows = [("a00", "reply_rate", v, 10.0, 0.0, 1.0) for v in (0.2, 0.7)]
    kept = pa.Table.from_pylist([dict(zip(KEPT.names, row, strict=True)) for row in rows], KEPT)
    again = requalify(table_of(accounts), kept, as_of=DAY)
    assert again.evidence.estimates["reply_rate"].value[0] == 0.7
