"""Jobs of this area; each may run twice and does its work once."""

from django.db.models import Max

from proche.areas.people.bank import BankChange
from proche.areas.people.comparing import compare
from proche.areas.people.models import Person
from proche.areas.people.resembling import recognise

# A process that looked at none of the last so many reads the whole bank again.
NOTES_KEPT = 20_000


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
