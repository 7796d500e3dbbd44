"""A programme sets thresholds of its own."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from proche.areas.accounts.models import Programme, User
from proche.areas.evidence.models import ProgrammeThresholds
from proche.areas.evidence.thresholds import SETTABLE, shipped_values


@transaction.atomic
def set_thresholds(
    programme: Programme, values: Mapping[str, float], *, ceiling: int, by: User
) -> ProgrammeThresholds:
    """Keep what differs from the file. Verdicts in force keep the version they were signed under
    until the bank is qualified again and a person signs."""
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    locked.follower_ceiling = programme.follower_ceiling = ceiling
    locked.save(update_fields=["follower_ceiling"])
    shipped = shipped_values()
    differs = {k: values[k] for k in SETTABLE if k in values and values[k] != shipped[k]}
    own, _fresh = ProgrammeThresholds.objects.update_or_create(
        programme=locked,
        defaults={"values": differs, "changed_by": by, "changed_at": timezone.now()},
    )
    return own
