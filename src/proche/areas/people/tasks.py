"""Jobs of this area; each may run twice and does its work once."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from proche.areas.people import looks
from proche.areas.people.bank import BankChange
from proche.areas.people.comparing import compare
from proche.areas.people.kept import Look, Note, PersonFile, Said
from proche.areas.people.models import Person
from proche.areas.people.resembling import recognise

# A process that looked at none of the last so many reads the whole bank again.
NOTES_KEPT = 20_000
REMOVED_KEPT = timedelta(days=30)
OLD_VALUES_KEPT = timedelta(days=365)
LOOKS_KEPT = timedelta(days=731)


def forget_old_changes() -> None:
    newest = BankChange.objects.aggregate(newest=Max("pk"))["newest"] or 0
    BankChange.objects.filter(pk__lte=newest - NOTES_KEPT).delete()


def recognise_arrival(person_id: int) -> None:
    """Nothing to do for somebody erased or merged since."""
    person = Person.objects.filter(pk=person_id).first()
    if person is not None:
        recognise(person)


def compare_bank(comparing_id: int) -> None:
    compare(comparing_id)


def note_export(user_id: int, people: Sequence[int], day: str) -> None:
    looks.note_export(user_id, people, date.fromisoformat(day))


def forget_what_is_old() -> None:
    """Notes and files removed a month ago, old values after a year, looks after two."""
    now = timezone.now()
    Note.objects.filter(removed_at__lt=now - REMOVED_KEPT).delete()
    for paper in PersonFile.objects.filter(removed_at__lt=now - REMOVED_KEPT):
        # The bytes first: a row without them is tried again, bytes without a row are lost sight of.
        paper.stored.delete(save=False)
        paper.delete()
    Said.objects.filter(at__lt=now - OLD_VALUES_KEPT).exclude(before={}).update(before={})
    Look.objects.filter(day__lt=timezone.localdate() - LOOKS_KEPT).delete()
