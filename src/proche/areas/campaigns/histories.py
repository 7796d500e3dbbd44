"""What happened with each person of a programme, as the ranking of the bank reads it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from proche.areas.accounts.models import Programme
from proche.areas.campaigns.models import Exchange, Offer
from proche.areas.campaigns.rules import quarter_start
from proche.areas.matching.history import History

DAYS_PER_MONTH = 30.44


def histories(
    programme: Programme, *, today: date | None = None, only: Collection[int] | None = None
) -> dict[int, History]:
    """By person, of everybody or of these; somebody never asked is absent. Two queries, whatever
    the bank."""
    day = today or timezone.localdate()
    offers = Offer.objects.in_programme(programme)
    exchanges = Exchange.objects.in_programme(programme)
    if only is not None:
        offers = offers.filter(person__in=only)
        exchanges = exchanges.filter(offer__person__in=only)
    agreed = _agreed(exchanges, day)
    return {row["person"]: _history(row, agreed[row["person"]], day) for row in _asked(offers, day)}


def _history(asked: dict[str, Any], kept: "_Kept", day: date) -> History:
    return History(
        asks_this_quarter=asked["quarter"],
        months_since_last_ask=_months(asked["last"], day),
        recent_brands=tuple(kept.brands),
        owed=kept.owed,
        posted=kept.posted,
    )


def _asked(offers: QuerySet[Offer], day: date) -> list[dict[str, Any]]:
    sent = offers.filter(sent_at__isnull=False)
    return list(
        sent.order_by()
        .values("person")
        .annotate(
            last=Max("sent_at"),
            quarter=Count("pk", filter=Q(sent_at__date__gte=quarter_start(day))),
        )
    )


def _months(last: datetime, day: date) -> int:
    # timezone.localdate asks each time which zone is in force: ten times as slow.
    since = last.astimezone(timezone.get_default_timezone()).date()
    return max(0, int((day - since).days / DAYS_PER_MONTH))


@dataclass
class _Kept:
    """What a person agreed to so far: posts whose day came or that were closed, how many of them
    were kept, and the months since the last exchange with each brand."""

    owed: int = 0
    posted: int = 0
    brands: list[tuple[str, int]] = field(default_factory=list)


def _agreed(exchanges: QuerySet[Exchange], day: date) -> dict[int, _Kept]:
    closed = Q(closed_at__isnull=False)
    due = Q(obligation=True) & (closed | Q(post_due_on__lt=day))
    brand = "offer__campaign__brief__brand"
    rows = (
        exchanges.order_by(f"{brand}__name", brand)
        .values_list("offer__person", f"{brand}__name", brand)
        .annotate(
            last=Max("agreed_at"),
            owed=Count("pk", filter=due),
            posted=Count("pk", filter=due & closed),
        )
    )
    found: dict[int, _Kept] = defaultdict(_Kept)
    for person_id, name, _brand, last, owed, posted in rows:
        kept = found[person_id]
        kept.owed, kept.posted = kept.owed + owed, kept.posted + posted
        kept.brands.append((name, _months(last, day)))
    return found
