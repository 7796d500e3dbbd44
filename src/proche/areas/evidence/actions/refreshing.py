"""Qualifying the whole bank again: a job that may be killed and delivered twice."""

import logging
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from proche.areas.accounts.models import Programme, User
from proche.areas.evidence.comparing import Found, change_of, found_by_person, standing
from proche.areas.evidence.failures import failure_of
from proche.areas.evidence.models import BankNorms, Change, RefreshRun, RunState, Verdict
from proche.areas.evidence.stored import read_bank
from proche.areas.evidence.thresholds import thresholds_of
from proche.areas.people.models import TimelineEntry
from proche.core.tiers import Qualification, counted_lines
from proche.core.tiers.requalify import requalify

SOURCE_FR, SOURCE_EN = "les comptes de cette banque", "the accounts of this bank"
Proposal = tuple[int, Found, Change]
log = logging.getLogger(__name__)


@transaction.atomic
def start_refresh(programme: Programme, *, by: User | None) -> RefreshRun:
    """Queue one run; while one is under way it is that one, sent again where it broke off."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    now = timezone.now()
    run, fresh = RefreshRun.objects.get_or_create(
        programme=programme, finished_at=None, defaults={"started_by": by, "started_at": now}
    )
    again = not fresh and run.standing(now) in {RunState.FAILED, RunState.STALLED}
    if again:
        run.started_by, run.started_at, run.done, run.total = by, now, 0, 0
        run.failed_at, run.failure = None, {}
        run.save()
    if fresh or again:
        transaction.on_commit(lambda: _queue(run.pk))
    return run


def _queue(run_id: int) -> None:
    async_task("proche.areas.evidence.tasks.refresh_bank", run_id)


def refresh(run_id: int) -> None:
    """Do the run, from the start each time it is delivered. Nothing is written but its progress
    until one transaction at the end, which also marks it done: killed, it leaves nothing; twice
    delivered, it does its work once. Raises what broke it off, for the queue to try again."""
    run = RefreshRun.objects.select_related("programme").filter(pk=run_id).first()
    if run is None or run.finished_at:
        return
    RefreshRun.objects.filter(pk=run.pk).update(failed_at=None, failure={})
    try:
        _qualify_again(run)
    except Exception as trouble:
        why = _both(failure_of(trouble))
        RefreshRun.objects.filter(pk=run.pk, finished_at=None).update(
            failed_at=timezone.now(), failure=why
        )
        raise


def _qualify_again(run: RefreshRun) -> None:
    programme = run.programme
    stored = read_bank(programme, lambda done, total: _tell(run, done, total))
    if not stored.people:
        _finish(run, 0)
        return
    today = timezone.localdate()
    made = requalify(
        stored.accounts,
        stored.kept,
        as_of=today,
        thresholds=thresholds_of(programme),
        source=SOURCE_FR,
    )
    # One figure out of range does not stop the whole bank: it is unknown, and the log says so.
    for line in counted_lines(made):
        log.warning("programme %s: %s", programme.pk, line.en)
    # The ids come back in the order of the core.
    owner = dict(zip(stored.accounts["account_id"].to_pylist(), stored.people, strict=True))
    _write(run, made, [owner[int(key)] for key in made.evidence.ids])


def _tell(run: RefreshRun, done: int, total: int) -> None:
    RefreshRun.objects.filter(pk=run.pk).update(done=done, total=total)


@transaction.atomic
def _write(run: RefreshRun, made: Qualification, people: Sequence[int]) -> None:
    locked = RefreshRun.objects.select_for_update().get(pk=run.pk)
    if locked.finished_at:
        return
    # A bank too small to compare anybody keeps the norms it had.
    norms = keep_norms(run.programme, made) if made.norms.groups else None
    proposals, settled = _compare(run, made, people)
    # A database takes so many values in one question.
    for start in range(0, len(settled), 5_000):
        chunk = settled[start : start + 5_000]
        Verdict.objects.filter(pk__in=chunk).update(replaced_at=timezone.now())
    _propose(run, made, norms, proposals)
    _finish(run, len(proposals))


def keep_norms(programme: Programme, made: Qualification) -> BankNorms:
    return BankNorms.objects.create(
        programme=programme,
        body=made.norms.to_json(),
        source_fr=SOURCE_FR,
        source_en=SOURCE_EN,
        computed_at=timezone.now(),
        accounts=len(made.evidence.accounts),
    )


def _compare(
    run: RefreshRun, made: Qualification, people: Sequence[int]
) -> tuple[list[Proposal], list[int]]:
    """New proposals, and the waiting ones of earlier runs that no longer hold."""
    before, today = standing(run.programme), timezone.localdate()
    proposals: list[Proposal] = []
    settled = []
    for person, found in found_by_person(made, people):
        held, waiting = before.in_force.get(person), before.waiting.get(person)
        # Without a verdict in force, or with one somebody opened, a person is at it already.
        if held is None or (waiting and not waiting.change):
            continue
        change = change_of(
            found,
            held,
            before.looked.get(person),
            ceiling=run.programme.follower_ceiling,
            today=today,
        )
        if waiting:
            said = (waiting.change, waiting.proposed_tier, waiting.proposed_archetype)
            if said == (change, found.tier, found.archetype):
                continue
            settled.append(waiting.pk)
        if change:
            proposals.append((person, found, change))
    return proposals, settled


def _propose(
    run: RefreshRun, made: Qualification, norms: BankNorms | None, proposals: Sequence[Proposal]
) -> None:
    if not proposals:
        return
    now = timezone.now()
    reasons, to_confirm = made.decisions.reasons.each(), made.decisions.to_confirm.each()
    Verdict.objects.bulk_create(
        [
            Verdict(
                person_id=person,
                run=run,
                change=change,
                norms=norms,
                proposed_at=now,
                **_said(made, found),
                reasons=[_both(sentence) for sentence in reasons[found.row]],
                to_confirm=[_both(sentence) for sentence in to_confirm[found.row]],
            )
            for person, found, change in proposals
        ],
        batch_size=500,
    )
    TimelineEntry.objects.bulk_create(
        [
            TimelineEntry(
                person_id=person, verb="verdict_proposed", at=now, details={"tier": found.tier}
            )
            for person, found, _change in proposals
        ],
        batch_size=500,
    )


def _said(made: Qualification, found: Found) -> dict[str, Any]:
    value, low, high = found.closeness or (None, None, None)
    authenticity = float(made.evidence.authenticity.value[found.row])
    return {
        "proposed_tier": found.tier,
        "proposed_archetype": found.archetype,
        "tier": found.tier,
        "archetype": found.archetype,
        "closeness": value,
        "closeness_low": low,
        "closeness_high": high,
        "closeness_from": int(made.evidence.closeness.measures[found.row]),
        "authenticity": None if np.isnan(authenticity) else authenticity,
        "confidence": float(made.decisions.confidence[found.row]),
        "thresholds_version": made.thresholds.version,
    }


def _both(sentence: Any) -> dict[str, str]:
    return {"code": sentence.code, "fr": sentence.fr, "en": sentence.en}


def _finish(run: RefreshRun, changes: int) -> None:
    RefreshRun.objects.filter(pk=run.pk).update(finished_at=timezone.now(), changes=changes)
