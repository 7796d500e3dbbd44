"""How long somebody is kept who was refused, or who stands in a list and never answered.

Then nothing is left of them but counts, and the one-way mark that keeps a list from bringing them
back. Whoever asked for a review, said yes, or takes part is never among them."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_q.models import Schedule

from proche.areas.accounts.models import Programme, User
from proche.areas.consent.models import Purpose
from proche.areas.consent.queries import agreed
from proche.areas.content.delays import KeptFor
from proche.areas.content.leaving import erase
from proche.areas.imports.models import Origin
from proche.areas.people.models import Person, TimelineEntry
from proche.areas.recruitment.models import Application

log = logging.getLogger(__name__)
# The information a decision rests on is kept for a year at least (P-39.1, s. 11).
REFUSED_MONTHS, REFUSED_LEAST, REFUSED_MOST = 12, 12, 36
SILENT_MONTHS, SILENT_LEAST, SILENT_MOST = 6, 1, 24
# Told to the team beforehand.
AHEAD = timedelta(days=30)
# An hour, so that a job ends well before the queue gives it up.
AT_ONCE = 200
ERASED = "erased_in_time"
JOB = "proche.areas.content.tasks.erase_in_time"


@dataclass(frozen=True)
class Delays:
    """In months; `change` is the row in force, None where the programme keeps as Proche ships."""

    refused: int = REFUSED_MONTHS
    silent: int = SILENT_MONTHS
    change: KeptFor | None = None


def delays_of(programme: Programme) -> Delays:
    newest = programme.kept_for.select_related("changed_by").first()
    if newest is None:
        return Delays()
    return Delays(newest.refused_months, newest.silent_months, newest)


def set_delays(programme: Programme, *, refused: int, silent: int, by: User) -> KeptFor:
    """In force from the next hour on, for whoever is kept already too."""
    return KeptFor.objects.create(
        programme=programme,
        refused_months=refused,
        silent_months=silent,
        changed_by=by,
        changed_at=timezone.now(),
    )


def in_days(months: int) -> timedelta:
    """A twelfth of a year each: 12 months are 365 days, 6 are 182."""
    return timedelta(days=365 * months // 12)


@dataclass(frozen=True)
class Leaving:
    """Somebody who will be erased: what their delay counts from, and the day it ends."""

    person: Person
    since: date
    on: date


@dataclass(frozen=True)
class Soon:
    people: list[Leaving]
    total: int


def refused(programme: Programme, delays: Delays, *, until: datetime) -> QuerySet[Application]:
    """Those refused whose delay ends by then, the first to go first."""
    decided = until - in_days(delays.refused)
    rows = Application.objects.filter(
        person__programme=programme,
        person__state=Person.State.REFUSED,
        state=Application.State.REFUSED,
        decided_at__lte=decided,
    )
    return rows.select_related("person").order_by("decided_at", "pk")


def silent(programme: Programme, delays: Delays, *, until: datetime) -> QuerySet[Any]:
    """Those of a list who never said yes, counted from the message that asked them, else from the
    day they came; `since` is that moment."""
    since = until - in_days(delays.silent)
    rows = Origin.objects.filter(
        person__programme=programme,
        person__state__in=[Person.State.MEMBER, Person.State.ASLEEP],
        person__user=None,
        confirmed_at=None,
    ).exclude(agreed(Purpose.BANK, "person"))
    told = rows.annotate(since=Coalesce(F("invited_at"), F("created_at")))
    return told.filter(since__lte=since).select_related("person").order_by("since", "pk")


def over_with(programme: Programme, delays: Delays) -> int:
    """How many these delays would erase within the hour."""
    now = timezone.now()
    gone = (refused(programme, delays, until=now), silent(programme, delays, until=now))
    return sum(rows.count() for rows in gone)


def soon(programme: Programme, most: int) -> tuple[Soon, Soon]:
    """Who will be erased within AHEAD, the refused then the silent: the first `most` of each, and
    how many they are in all."""
    until, delays, first = timezone.now() + AHEAD, delays_of(programme), _next_run()
    no = refused(programme, delays, until=until)
    nothing = silent(programme, delays, until=until)
    return (
        Soon(
            [_leaving(r.person, r.decided_at, delays.refused, first) for r in no[:most]], no.count()
        ),
        Soon(
            [_leaving(r.person, r.since, delays.silent, first) for r in nothing[:most]],
            nothing.count(),
        ),
    )


def _leaving(person: Person, since: datetime | None, months: int, first: date) -> Leaving:
    assert since is not None
    day = timezone.localdate(since)
    return Leaving(person, day, max(day + in_days(months), first))


def _next_run() -> date:
    """Nobody goes before: on an installation that was there before these delays, a month passes."""
    job = Schedule.objects.filter(func=JOB, next_run__gt=timezone.now()).first()
    return timezone.localdate(job.next_run if job else None)


def erased_so_far(programme: Programme) -> int:
    entries = TimelineEntry.objects.filter(person__programme=programme, verb=ERASED)
    return entries.count()


def erase_in_time() -> int:
    """Erase those whose delay has ended, of every programme, AT_ONCE an hour. Returns how many."""
    done, now = 0, timezone.now()
    for programme in Programme.objects.order_by("pk"):
        delays = delays_of(programme)
        for pk in list(_due(programme, delays, now))[: AT_ONCE - done]:
            done += _erase(programme, delays, pk, now)
    return done


def _due(programme: Programme, delays: Delays, now: datetime) -> Iterator[int]:
    for rows in (refused(programme, delays, until=now), silent(programme, delays, until=now)):
        yield from rows.values_list("person", flat=True)[:AT_ONCE]


def _erase(programme: Programme, delays: Delays, pk: int, now: datetime) -> bool:
    """One that fails must not keep the others; it is tried every hour."""
    try:
        with transaction.atomic():
            person = Person.objects.select_for_update().get(pk=pk)
            # Since the list was read they may have answered, or asked for a review.
            still = (refused(programme, delays, until=now), silent(programme, delays, until=now))
            if not any(rows.filter(person=person).exists() for rows in still):
                return False
            erase(person, verb=ERASED)
    except Exception:
        log.exception("person %s could not be erased in time", pk)
        return False
    return True
