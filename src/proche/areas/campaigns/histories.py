"""What happened with each person of a programme, as the ranking of the bank reads it."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from proche.areas.accounts.models import Programme
from proche.areas.campaigns.models import Exchange, Offer
from proche.areas.campaigns.rules import quarter_start
from proche.areas.matching.history import History

DAYS_PER_MONTH = 30.44


def histories(programme: Programme, *, today: date | None = None) -> dict[int, History]:
    """By person; somebody never asked is absent. Three queries, whatever the bank."""
    day = today or timezone.localdate()
    owed, recent = _owed(programme, day), _recent(programme, day)
    return {
        row["person"]: History(
            asks_this_quarter=row["quarter"],
            months_since_last_ask=_months(row["last"].date(), day),
            recent_brands=tuple(recent.get(row["person"], ())),
            owed=owed.get(row["person"], (0, 0))[0],
            posted=owed.get(row["person"], (0, 0))[1],
        )
        for row in _asked(programme, day)
    }


def _asked(programme: Programme, day: date) -> list[dict[str, Any]]:
    sent = Offer.objects.in_programme(programme).filter(sent_at__isnull=False)
    return list(
        sent.order_by()
        .values("person")
        .annotate(
            last=Max("sent_at"),
            quarter=Count("pk", filter=Q(sent_at__date__gte=quarter_start(day))),
        )
    )


def _months(since: date, day: date) -> int:
    return max(0, int((day - since).days / DAYS_PER_MONTH))


def _owed(programme: Programme, day: date) -> dict[int, tuple[int, int]]:
    """Posts agreed to whose day has come or that were closed; how many of them were kept."""
    agreed = Exchange.objects.in_programme(programme).filter(obligation=True)
    due = agreed.filter(Q(closed_at__isnull=False) | Q(post_due_on__lt=day))
    rows = (
        due.order_by()
        .values_list("offer__person")
        .annotate(n=Count("pk"), kept=Count("pk", filter=Q(closed_at__isnull=False)))
    )
    return {person_id: (n, kept) for person_id, n, kept in rows}


def _recent(programme: Programme, day: date) -> dict[int, list[tuple[str, int]]]:
    """The brands each person made an exchange with, and the months since the last one."""
    rows = (
        Exchange.objects.in_programme(programme)
        .order_by("offer__campaign__brief__brand__name")
        .values_list("offer__person", "offer__campaign__brief__brand__name")
        .annotate(last=Max("agreed_at"))
    )
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for person_id, brand, last in rows:
        found[person_id].append((brand, _months(last.date(), day)))
    return found
