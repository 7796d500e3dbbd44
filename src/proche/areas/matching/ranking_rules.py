"""How a programme ranks: its weights, its months of exclusivity, its ceiling of asks."""

from dataclasses import asdict, dataclass

from proche.areas.accounts.models import Programme
from proche.areas.matching.models import RankingRules
from proche.core import matching

EXCLUSIVITY_MONTHS = matching.Brief().exclusivity_months


@dataclass(frozen=True)
class Rules:
    """`version` is the change in force; None where the programme ranks as Proche is shipped."""

    weights: matching.Weights
    exclusivity_months: int
    asks_per_quarter: int
    version: RankingRules | None = None


def rules_of(programme: Programme) -> Rules:
    newest = (
        RankingRules.objects.in_programme(programme)
        .select_related("changed_by")
        .order_by("-changed_at", "-pk")
        .first()
    )
    if newest is None:
        return Rules(matching.Weights(), EXCLUSIVITY_MONTHS, programme.asks_per_quarter)
    weights = asdict(matching.Weights()) | newest.weights
    return Rules(
        matching.Weights(**weights), newest.exclusivity_months, programme.asks_per_quarter, newest
    )
