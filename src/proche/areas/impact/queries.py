"""Reads of studies used by several pages."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from proche.areas.campaigns.models import Exchange
from proche.areas.content.models import Post
from proche.areas.impact.models import Observation, Study
from proche.core import impact as core

GENERAL = core.Labels()
CLOSED = [Post.State.CHECKED, Post.State.FIXED]


def with_result(studies: QuerySet[Study]) -> QuerySet[Study]:
    return studies.select_related("brand", "campaign__brief", "result__entered_by")


def labels_of(study: Study) -> core.Labels:
    """The study's own words; a general word where one was left empty."""
    outcome = _words(study, "outcome", GENERAL.outcome)
    return core.Labels(
        product=_words(study, "product", GENERAL.product),
        unit=_words(study, "unit", GENERAL.unit),
        units=_words(study, "units", _words(study, "unit", GENERAL.units)),
        verb=_words(study, "verb", GENERAL.verb),
        outcome=outcome,
        outcome_one=_words(study, "one", outcome),
        period=_words(study, "period", GENERAL.period),
    )


def _words(study: Study, field: str, otherwise: core.Words) -> core.Words:
    return core.Words(
        getattr(study, f"{field}_fr") or otherwise.fr, getattr(study, f"{field}_en") or otherwise.en
    )


def as_core(rows: Iterable[Observation]) -> list[core.Observation]:
    return [
        core.Observation(
            unit=row.unit,
            arm=row.arm,
            period="pre" if row.period == Observation.Period.PRE else "post",
            outcome=row.outcome,
            exposure=row.exposure,
            cost=row.cost,
            when=row.on,
        )
        for row in rows
    ]


def campaign_facts(study: Study) -> dict[str, Any]:
    """What the programme knows of the campaign itself: people, gifts, posts that say the link."""
    if study.campaign_id is None:
        return {}
    exchanges = list(
        Exchange.objects.filter(offer__campaign=study.campaign_id).values_list(
            "fair_value_cents", flat=True
        )
    )
    posts = Post.objects.filter(
        exchange__offer__campaign=study.campaign_id, submitted_at__isnull=False
    ).aggregate(
        handed_in=Count("pk"),
        settled=Count("pk", filter=Q(state__in=CLOSED, correction_asked_at=None)),
    )
    return {"people": len(exchanges), "gifts": sum(exchanges), **posts}
