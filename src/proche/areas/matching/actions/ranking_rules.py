"""Setting how a programme ranks."""

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from proche.areas.accounts.models import Programme, User
from proche.areas.matching.models import RankingRules
from proche.core import matching


@transaction.atomic
def set_rules(
    programme: Programme,
    weights: Mapping[str, float],
    *,
    by: User,
    exclusivity_months: int,
    asks_per_quarter: int,
) -> RankingRules:
    """A new version in force from now on; shortlists keep the weights they were made with."""
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    locked.asks_per_quarter = programme.asks_per_quarter = asks_per_quarter
    locked.save(update_fields=["asks_per_quarter"])
    return RankingRules.objects.create(
        programme=locked,
        weights={name: float(weights[name]) for name in asdict(matching.Weights())},
        exclusivity_months=exclusivity_months,
        asks_per_quarter=asks_per_quarter,
        changed_by=by,
        changed_at=timezone.now(),
    )
