"""Ranking the bank for a brief, kept with what decided it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brief
from proche.areas.matching.everybody import keep_everybody
from proche.areas.matching.history import NEW, Histories
from proche.areas.matching.models import Shortlist, ShortlistEntry
from proche.areas.matching.ranking import (
    Ground,
    Tell,
    counted,
    ground_of,
    told,
    weighed,
    weights_of,
)
from proche.areas.matching.ranking_rules import rules_of
from proche.core import matching

TOP = 200


@dataclass(frozen=True, eq=False)
class Ranked:
    """The bank ranked for a brief as it stood at `at`, and not yet kept."""

    at: datetime
    histories: Histories
    ground: Ground
    weights: matching.Weights
    ranking: matching.Ranking


def make_shortlist(
    brief: Brief,
    histories: Histories,
    *,
    by: User | None,
    weights: Mapping[str, float] | None = None,
) -> Shortlist:
    """Rank the bank again, with these weights or those of the programme. The best are kept with
    their reasons; people chosen stay chosen. Reading a bank takes its time: it is done before the
    transaction, so that nobody else waits for it to write."""
    return keep_ranking(brief, rank_bank(brief, histories, weights=weights), by=by)


def rank_bank(
    brief: Brief,
    histories: Histories,
    *,
    weights: Mapping[str, float] | None = None,
    tell: Tell | None = None,
) -> Ranked:
    at, rules = timezone.now(), rules_of(brief.brand.programme)
    ground = ground_of(brief, histories, tell=tell)
    asked = rules.weights if weights is None else weights_of(weights, usual=rules.weights)
    ranking = matching.rank(ground.brief, ground.pool, top=TOP, weights=asked)
    return Ranked(at, histories, ground, asked, ranking)


@transaction.atomic
def keep_ranking(brief: Brief, ranked: Ranked, *, by: User | None) -> Shortlist:
    Brief.objects.select_for_update().get(pk=brief.pk)
    shortlist, _made = Shortlist.objects.update_or_create(
        brief=brief,
        defaults={
            "made_at": ranked.at,
            "made_by": by,
            "weights": asdict(ranked.weights),
            "considered": ranked.ranking.considered,
            "filtered_out": counted(ranked.ground, ranked.ranking),
        },
    )
    here = keep_everybody(shortlist, ranked.ground, ranked.ranking)
    shortlist.entries.all().delete()
    matches = [match for match in ranked.ranking.results if int(match.member_id) in here]
    ShortlistEntry.objects.bulk_create(
        _entry(shortlist, rank, match, ranked.histories)
        for rank, match in enumerate(matches, start=1)
    )
    return shortlist


def _entry(
    shortlist: Shortlist, rank: int, match: matching.Match, histories: Histories
) -> ShortlistEntry:
    return ShortlistEntry(
        shortlist=shortlist,
        person_id=int(match.member_id),
        rank=rank,
        score=match.score,
        reasons=weighed(match.reasons),
        against=[told(reason) for reason in match.against],
        parts=dict(match.values),
        newcomer=histories.get(int(match.member_id), NEW).months_since_last_ask is None,
    )
