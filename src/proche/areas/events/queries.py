"""Reads of events used by several pages."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from proche.areas.events.models import Event, Invitation
from proche.areas.events.rules import EXPECTED, SEATED

State = Invitation.State


def with_counts(events: QuerySet[Event]) -> QuerySet[Any]:
    """Each event with its brand, and how many guests are seated, in, absent or waiting."""
    counted = events.select_related("campaign__brief__brand").annotate(
        seated=_count(*SEATED),
        expected=_count(*EXPECTED),
        entered=_count(State.CHECKED_IN),
        absent=_count(State.NO_SHOW),
        in_line=_count(State.WAITLISTED),
    )
    return counted


def _count(*states: str) -> Count:
    return Count("invitations", filter=Q(invitations__state__in=states))


def guests_of(event: Event) -> QuerySet[Invitation]:
    return event.invitations.select_related("person", "check_in", "exchange")


def with_event(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """What every verb about a guest needs: the person, the event, the exchange and its brief."""
    return invitations.select_related(
        "person",
        "event__campaign__brief__brand__programme",
        "exchange__offer__person",
        "exchange__offer__campaign__brief__brand__programme",
    )
