"""Ranking the bank for a brief, kept with what decided it."""

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brief
from proche.areas.matching.history import NEW, Histories
from proche.areas.matching.models import Shortlist, ShortlistEntry
from proche.areas.matching.ranking import counted, ground_of, told, weighed, weights_of
from proche.areas.matching.ranking_rules import rules_of
from proche.areas.matching.weighing import keep_everybody
from proche.core import matching

TOP = 200


@transaction.atomic
def make_shortlist(
    brief: Brief,
    histories: Histories,
    *,
    by: User | None,
    weights: Mapping[str, float] | None = None,
) -> Shortlist:
    """Rank the bank again, with these weights or those of the programme. The best are kept with
    their reasons; people chosen stay chosen."""
    Brief.objects.select_for_update().get(pk=brief.pk)
    rules = rules_of(brief.brand.programme)
    ground = ground_of(brief, histories)
    asked = rules.weights if weights is None else weights_of(weights, usual=rules.weights)
    ranking = matching.rank(ground.brief, ground.pool, top=TOP, weights=asked)
    shortlist, _made = Shortlist.objects.update_or_create(
        brief=brief,
        defaults={
            "made_at": timezone.now(),
            "made_by": by,
            "weights": asdict(asked),
            "considered": ranking.considered,
            "filtered_out": counted(ground, ranking),
        },
    )
    shortlist.entries.all().delete()
    ShortlistEntry.objects.bulk_create(
        ShortlistEntry(
            shortlist=shortlist,
            person_id=int(match.member_id),
            rank=rank,
            score=match.score,
            reasons=weighed(match.reasons),
            against=[told(reason) for reason in match.against],
            parts=dict(match.values),
            newcomer=histories.get(int(match.member_id), NEW).months_since_last_ask is None,
        )
        for rank, match in enumerate(ranking.results, start=1)
    )
    keep_everybody(shortlist, ranking)
    return shortlist
