"""What is stored of a bank, as columns for the core: figures of accounts and kept evidence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from proche.areas.accounts.models import Programme
from proche.areas.evidence.models import Evidence
from proche.areas.people.models import Account, Person

ACCOUNTS = (
    ("account_id", "pk", pa.int64()),
    ("platform", "platform", pa.string()),
    ("handle", "handle", pa.string()),
    ("followers", "followers", pa.int64()),
    ("following", "following", pa.int64()),
    ("posts_total", "posts_total", pa.int64()),
    ("bio", "bio", pa.string()),
    ("proof", "proof", pa.string()),
    ("as_of", "as_of", pa.date32()),
    ("occupation", "person__occupation", pa.string()),
    ("seeks_living", "person__seeks_living", pa.string()),
    ("language", "person__language", pa.string()),
    ("region", "person__region", pa.string()),
)
EVIDENCE = (
    ("account_id", "account_id", pa.int64()),
    ("measure", "measure", pa.string()),
    ("value", "value", pa.float64()),
    ("n", "n", pa.float64()),
    ("low", "low", pa.float64()),
    ("high", "high", pa.float64()),
)
# Worked out again from the figures of the account each time.
FROM_FIGURES = ("followers", "authenticity")
CHUNK = 5_000


@dataclass(frozen=True)
class Stored:
    """`people` holds the person of each row of `accounts`."""

    accounts: pa.Table
    people: list[int]
    kept: pa.Table


def read_bank(programme: Programme, told: Callable[[int, int], None]) -> Stored:
    """Everything stored of the bank; `told(done, total)` after each part. Rows that are not
    known are not read, so that the newest *known* fact of a measure stands."""
    rows = list(
        Account.objects.filter(
            person__programme=programme,
            person__state__in=[Person.State.MEMBER, Person.State.ASLEEP],
            followers__isnull=False,
        )
        .order_by("pk")
        .values_list("person_id", *(path for _, path, _ in ACCOUNTS))
    )
    columns = list(zip(*rows, strict=True)) if rows else [()] * (len(ACCOUNTS) + 1)
    accounts = pa.table(
        {
            name: pa.array([value or None for value in column], kind)
            if name in {"bio", "occupation"}
            else pa.array(column, kind)
            for (name, _, kind), column in zip(ACCOUNTS, columns[1:], strict=True)
        }
    )
    return Stored(accounts, list(columns[0]), pa.concat_tables(_kept(list(columns[1]), told)))


def _kept(ids: list[int], told: Callable[[int, int], None]) -> Iterator[pa.Table]:
    told(0, len(ids))
    schema = pa.schema([(name, kind) for name, _, kind in EVIDENCE])
    yield schema.empty_table()
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        facts = (
            Evidence.objects.filter(
                account_id__gte=chunk[0], account_id__lte=chunk[-1], value__isnull=False
            )
            .exclude(measure__in=FROM_FIGURES)
            .order_by("as_of", "id")
            .values_list(*(path for _, path, _ in EVIDENCE))
        )
        columns = list(zip(*facts, strict=True))
        if columns:
            parts = [pa.array(c, kind) for c, (_, _, kind) in zip(columns, EVIDENCE, strict=True)]
            yield pa.Table.from_arrays(parts, schema=schema)
        told(start + len(chunk), len(ids))
