"""What a call gave, in counts. Those that leave the agency hide every small cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from proche.areas.recruitment.models import Call, Nomination
from proche.common.regions import REGIONS

State = Nomination.State
LEAST = 5
# How many readers named one account: the lowest of each group.
GROUPS = (1, 2, 5, 10)


def by_day(call: Call) -> dict[date, int]:
    """Nominations of each day the call was open, zeros included; {} before it opens."""
    rows = call.nominations.annotate(day=TruncDate("created_at")).values("day")
    counts = dict(rows.annotate(n=Count("pk")).values_list("day", "n").order_by("day"))
    last = min(timezone.localdate(), call.closes_on)
    first = min([call.opens_on, *counts])
    last = max([last, *counts])
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {day: counts.get(day, 0) for day in days}


def by_region(call: Call) -> dict[str, int]:
    """Those who joined by this call, by the region they gave; every region, zeros included."""
    rows = call.nominations.filter(state=State.ACCEPTED, person__isnull=False)
    counts = dict(
        rows.values("person__region").annotate(n=Count("pk")).values_list("person__region", "n")
    )
    return {region.code: counts.get(region.code, 0) for region in REGIONS}


def by_supporters(call: Call) -> dict[int, int]:
    """Accounts named by 1 reader, by 2 to 4, 5 to 9, 10 and more."""
    counts = dict.fromkeys(GROUPS, 0)
    rows = call.nominations.annotate(readers=Count("supporters")).filter(readers__gt=0)
    for readers in rows.values_list("readers", flat=True):
        counts[max(group for group in GROUPS if group <= readers)] += 1
    return counts


@dataclass(frozen=True, slots=True)
class Masked:
    """Counts for somebody outside: None stands for fewer than five, zero included. The total is
    None where it would give a hidden cell away by subtraction."""

    cells: Mapping[object, int | None]
    total: int | None


def masked(counts: Mapping[object, int] | Mapping[date, int] | Mapping[str, int]) -> Masked:
    cells = {key: n if n >= LEAST else None for key, n in counts.items()}
    total, hidden = sum(counts.values()), sum(n is None for n in cells.values())
    return Masked(cells, None if hidden == 1 or total < LEAST else total)
