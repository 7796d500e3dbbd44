"""Ranking a large bank: a job that may be killed and delivered twice."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from proche.areas.accounts.models import Programme, User
from proche.areas.brands.models import Brief
from proche.areas.evidence.failures import failure_of
from proche.areas.evidence.models import RunState
from proche.areas.matching.actions.shortlist import keep_ranking, rank_bank
from proche.areas.matching.models import RankingRun

# The histories live above this area, and so does the job that brings them.
JOB = "proche.areas.content.tasks.rank_bank"


@transaction.atomic
def start_ranking(
    brief: Brief, *, by: User | None, weights: Mapping[str, float] | None = None
) -> bool:
    """Queue one ranking of the bank for the brief. False, and nothing is queued, while one is
    under way, whoever asked for it."""
    Brief.objects.select_for_update().get(pk=brief.pk)
    now = timezone.now()
    before = RankingRun.objects.filter(brief=brief).first()
    if before is not None and before.standing(now) == RunState.UNDER_WAY:
        return False
    fresh: dict[str, Any] = {"done": 0, "total": 0, "finished_at": None, "failed_at": None}
    run, _made = RankingRun.objects.update_or_create(
        brief=brief,
        defaults={
            "weights": None if weights is None else dict(weights),
            "started_by": by,
            "started_at": now,
            "failure": {},
            **fresh,
        },
    )
    transaction.on_commit(lambda: _queue(run.pk))
    return True


def _queue(run_id: int) -> None:
    async_task(JOB, run_id)


def rank_in_job(run_id: int, histories: Callable[[Programme], Any]) -> None:
    """Do the ranking, from the start each time it is delivered. Nothing is written but its progress
    until one transaction at the end, which also marks it done: killed, it leaves the shortlist
    as it was; twice delivered, it does its work once. Raises what broke it off, for the queue to
    try again."""
    runs = RankingRun.objects.select_related("brief__brand__programme", "started_by")
    run = runs.filter(pk=run_id, finished_at=None).first()
    if run is None:
        return
    mine = RankingRun.objects.filter(pk=run.pk, started_at=run.started_at, finished_at=None)
    mine.update(failed_at=None, failure={})
    try:
        ranked = rank_bank(
            run.brief,
            histories(run.brief.brand.programme),
            weights=run.weights,
            tell=lambda done, total: _tell(run, done, total),
        )
        with transaction.atomic():
            # Ended by another delivery, or asked for again since: that one counts.
            if mine.update(finished_at=timezone.now(), done=run.total, total=run.total):
                keep_ranking(run.brief, ranked, by=run.started_by)
    except Exception as trouble:
        said = failure_of(trouble)
        why = {"code": said.code, "fr": said.fr, "en": said.en}
        mine.update(failed_at=timezone.now(), failure=why)
        raise


def _tell(run: RankingRun, done: int, total: int) -> None:
    run.done, run.total = done, total
    RankingRun.objects.filter(pk=run.pk, started_at=run.started_at).update(done=done, total=total)
