"""Applications once two records are one person: who is a member already has their answer."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from proche.areas.people.models import Person
from proche.areas.recruitment.models import Application

UNDECIDED = (
    Application.State.UNCONFIRMED,
    Application.State.RECEIVED,
    Application.State.REVIEW,
)


def no_longer_asked(kept: Person) -> Iterator[tuple[Application, str, str | datetime]]:
    """Left on the board, an application of a member could be refused, and the member with it."""
    if kept.state in (Person.State.MEMBER, Person.State.ASLEEP):
        for application in Application.objects.filter(person=kept, state__in=UNDECIDED):
            yield application, "state", Application.State.ACCEPTED.value
            yield application, "decided_at", timezone.now()
