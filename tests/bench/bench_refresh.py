"""Qualify a bank of 100,000 members again from what is stored, in a database of its own.

Each member has an account and ten kept measures. The whole job is timed: reading a million facts
from SQLite, norms, verdicts, the comparison with those in force and writing what differs, here
for one member in a thousand. The peer asks for the members one by one, by the very same steps,
and is timed on a few of them; its seconds are scaled to the bank. What both say of those few
is compared.
"""

import os
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

MEMBERS, SAMPLE, CHANGED_EVERY = 100_000, 20, 1_000
DAY = date(2026, 6, 1)
PROMISED_S = 60.0
SEED = 20251123
SHARES = ("reply_rate", "returning_share", "reciprocity", "local_share", "sponsored_share")
Row = dict[str, Any]


def run(members: int = MEMBERS) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="proche-bench-") as folder:
        programme = _bank(Path(folder), members)
        try:
            return [_timed(programme, members)]
        finally:
            from django.db import connections

            connections.close_all()


def _bank(folder: Path, members: int) -> Any:
    os.environ["PROCHE_DATA_DIR"] = str(folder)
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "proche.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    return _fill(members)


def _fill(members: int) -> Any:
    from django.db import connection, transaction
    from django.utils import timezone

    from proche.areas.accounts.models import Programme
    from proche.areas.evidence.models import Evidence, Verdict
    from proche.areas.people.models import Account, Person

    programme = Programme.objects.create(name="Banc", agency_name="Banc", officer_name="Banc")
    now = timezone.now()
    rng = np.random.default_rng(SEED)
    followers = rng.integers(150, 4_900, members).tolist()
    everyone = range(1, members + 1)
    with transaction.atomic():
        Person.objects.bulk_create(
            (
                Person(
                    pk=n,
                    programme=programme,
                    key=f"k{n}",
                    given_name="Camille",
                    family_name=str(n),
                    email=f"m{n}@example.org",
                    region="06",
                    archetype="consumer",
                    # What some of them say has changed since the verdict was signed.
                    seeks_living="yes" if n % CHANGED_EVERY == 0 else "no",
                    state=Person.State.MEMBER,
                )
                for n in everyone
            ),
            batch_size=5_000,
        )
        Account.objects.bulk_create(
            (
                Account(
                    pk=n,
                    person_id=n,
                    platform="instagram",
                    handle=f"compte{n}",
                    followers=followers[n - 1],
                    bio="Cuisine et jardin",
                    proof="archive",
                    as_of=DAY,
                )
                for n in everyone
            ),
            batch_size=5_000,
        )
        Verdict.objects.bulk_create(
            (
                Verdict(
                    person_id=n,
                    proposed_tier="nano",
                    proposed_archetype="consumer",
                    tier="nano",
                    archetype="consumer",
                    closeness=50,
                    closeness_low=0,
                    closeness_high=100,
                    confidence=0.8,
                    thresholds_version="2026.1",
                    proposed_at=now,
                    signed_at=now,
                )
                for n in everyone
            ),
            batch_size=5_000,
        )
        table = Evidence._meta.db_table
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (person_id, account_id, measure, value, n, low, high, proof, "
                "as_of, note) VALUES (%s, %s, %s, %s, %s, %s, %s, 'archive', '2026-06-01', '')",
                _facts(members, rng),
            )
    return programme


def _facts(members: int, rng: np.random.Generator) -> list[tuple[Any, ...]]:
    """Ten measures of each member, with intervals as wide as their samples ask."""
    facts: list[tuple[Any, ...]] = []
    people = list(range(1, members + 1))
    for measure in (*SHARES, "regularity"):
        n = rng.integers(12, 200, members)
        value = rng.integers(0, n + 1) / n * (0.1 if measure == "sponsored_share" else 1)
        half = 1.96 * np.sqrt(0.25 / n)
        low, high = np.clip(value - half, 0, 1), np.clip(value + half, 0, 1)
        facts += zip(people, people, [measure] * members, *_lists(value, n, low, high), strict=True)
    for measure, middle in (
        ("comment_rate", 0.004),
        ("engagement_rate", 0.06),
        ("posts_per_week", 2.0),
        ("response_time", 6.0),
    ):
        n = rng.integers(8, 40, members)
        value = middle * np.exp(rng.normal(0, 0.5, members))
        spread = np.exp(1.96 * rng.uniform(0.2, 0.5, members))
        columns = _lists(value, n, value / spread, value * spread)
        facts += zip(people, people, [measure] * members, *columns, strict=True)
    return facts


def _lists(*columns: Any) -> list[list[Any]]:
    return [column.tolist() for column in columns]


def _timed(programme: Any, members: int) -> Row:
    from proche.areas.evidence.actions import refresh, start_refresh
    from proche.areas.evidence.models import RefreshRun
    from proche.areas.evidence.queries import bank_norms, to_look_at

    run = start_refresh(programme, by=None)
    began = perf_counter()
    refresh(run.pk)
    seconds = perf_counter() - began
    done = RefreshRun.objects.get(pk=run.pk)
    chosen = list(range(CHANGED_EVERY, members + 1, max(CHANGED_EVERY, members // SAMPLE)))
    norms = bank_norms(programme)
    began = perf_counter()
    alone = {person: _one(person, norms) for person in chosen}
    one_by_one = (perf_counter() - began) / len(chosen) * members
    proposed = {
        v.person_id: (v.proposed_tier, round(v.closeness or 0, 6))
        for v in to_look_at(programme).filter(person__in=chosen)
    }
    return {
        "name": f"{members:,} members, {members * 10:,} facts",
        "proche_s": seconds,
        "peer": f"one call a member ({len(chosen)} of them, scaled)",
        "peer_s": one_by_one,
        "ratio": one_by_one / seconds,
        "target": f"< {PROMISED_S:.0f} s",
        "equal": alone == proposed and done.changes == members // CHANGED_EVERY,
        "proposals": done.changes,
    }


def _one(person: int, norms: Any) -> tuple[str, float]:
    """The same stored facts and norms, for one member alone."""
    import pyarrow as pa
    from django.utils import timezone

    from proche.areas.evidence.models import Evidence
    from proche.areas.evidence.stored import ACCOUNTS, EVIDENCE
    from proche.areas.people.models import Account
    from proche.core.evidence import Norms
    from proche.core.tiers import TIERS
    from proche.core.tiers.requalify import requalify

    def table(rows: Any, columns: Any) -> pa.Table:
        fields = list(zip(*rows.values_list(*(path for _, path, _ in columns)), strict=True))
        parts = [pa.array(f, kind) for f, (_, _, kind) in zip(fields, columns, strict=True)]
        return pa.Table.from_arrays(parts, names=[name for name, _, _ in columns])

    made = requalify(
        table(Account.objects.filter(person=person), ACCOUNTS),
        table(Evidence.objects.filter(person=person), EVIDENCE),
        as_of=timezone.localdate(),
        norms=Norms.from_json(norms.body),
    )
    tier = TIERS[int(made.decisions.tier[0])]
    return tier, round(float(made.evidence.closeness.value[0]), 6)
