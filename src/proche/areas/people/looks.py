"""Who looked at whom: once a person, a day and a kind, without a write when it is already noted."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_q.tasks import async_task

from proche.areas.accounts.models import User
from proche.areas.people.kept import Look
from proche.areas.people.models import Person

What = Look.What
# A database takes so many values in one question.
CHUNK = 5_000


def seen_today(*, by: User, what: str = What.PAGE) -> Exists:
    """A column of a question about people: whether this look is already noted."""
    today = timezone.localdate()
    return Exists(Look.objects.filter(person=OuterRef("pk"), user=by, day=today, what=what))


def looked(person: Person, *, by: User, what: str = What.PAGE) -> None:
    """Note it. Asked first whether it is: on SQLite a write waits for its turn, and a page that
    is opened again must not."""
    day = timezone.localdate()
    if not Look.objects.filter(person=person, user=by, day=day, what=what).exists():
        note_look(person, by=by, what=what)


def note_look(person: Person, *, by: User, what: str = What.PAGE) -> None:
    """Two pages opened at once write one row."""
    row = Look(person=person, user=by, day=timezone.localdate(), what=what)
    Look.objects.bulk_create([row], ignore_conflicts=True)


def list_left(people: Iterable[int], *, by: User) -> None:
    """Note, in a job, everybody whose row left in a file."""
    keys = [int(pk) for pk in people]
    if keys:
        day = timezone.localdate().isoformat()
        async_task("proche.areas.people.tasks.note_export", by.pk, keys, day)


def note_export(user_id: int, people: Sequence[int], day: date) -> None:
    for start in range(0, len(people), CHUNK):
        chunk = people[start : start + CHUNK]
        # Who was erased meanwhile has no row to be noted on.
        there = Person.objects.exclude(state=Person.State.LEFT).filter(pk__in=chunk)
        user = User.objects.filter(pk=user_id).values_list("pk", flat=True).first()
        rows = [
            Look(person_id=pk, user_id=user, day=day, what=What.EXPORT)
            for pk in there.values_list("pk", flat=True)
        ]
        Look.objects.bulk_create(rows, ignore_conflicts=True, batch_size=CHUNK)
