"""Jobs of this area; each may run twice and does its work once."""

from django.db.models import Max

from proche.areas.people.bank import BankChange

# A process that looked at none of the last so many reads the whole bank again.
NOTES_KEPT = 20_000


def forget_old_changes() -> None:
    newest = BankChange.objects.aggregate(newest=Max("pk"))["newest"] or 0
    BankChange.objects.filter(pk__lte=newest - NOTES_KEPT).delete()
