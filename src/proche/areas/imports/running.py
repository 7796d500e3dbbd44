"""The jobs of a batch: check, import, undo. Each goes on from where the last step that was kept
left it, so a job that is killed or delivered twice neither loses nor doubles a row."""

from collections.abc import Callable, Sequence
from itertools import islice
from time import monotonic

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from proche.areas.imports import files
from proche.areas.imports.columns import Plan
from proche.areas.imports.deciding import OUTCOMES, Decision, Desk, decide, first_rows_of
from proche.areas.imports.models import ImportBatch
from proche.areas.imports.undoing import undo_some
from proche.areas.imports.writing import write
from proche.areas.people.comparing import look_through
from proche.areas.people.models import Person
from proche.core.sheets import Row

State = ImportBatch.State
# Rows of a step, which is one transaction; seconds of a job, which must end before the queue
# believes it lost.
A_STEP, A_JOB = 500, 60.0
PREVIEWED = 20
NAMED = ("given_name", "family_name")
Step = Callable[[ImportBatch, Desk], bool]


def queue(batch: ImportBatch) -> None:
    async_task("proche.areas.imports.tasks.go_on", batch.pk)


def go_on(batch_id: int, *, seconds: float = A_JOB) -> None:
    """Do what the state of the batch asks for; what is left is queued as another job."""
    batch = ImportBatch.objects.select_related("programme").filter(pk=batch_id).first()
    if batch is None or not batch.under_way:
        return
    ImportBatch.objects.filter(pk=batch_id).update(failed_at=None)
    until = monotonic() + seconds
    try:
        desk = desk_of(batch)
        while (left := _step(batch_id, desk)) and monotonic() < until:
            pass
    except Exception:
        ImportBatch.objects.filter(pk=batch_id).update(failed_at=timezone.now())
        raise
    if left:
        queue(batch)


def desk_of(batch: ImportBatch) -> Desk:
    plan = Plan.of(batch.mapping, batch.choices)
    emails: dict[str, int] = {}
    if batch.state != State.UNDOING:
        emails = first_rows_of(plan, (row for row, _next in files.read_rows(batch)))
    return Desk(batch.programme, plan, emails, timezone.localdate())


@transaction.atomic
def _step(batch_id: int, desk: Desk) -> bool:
    """One step, kept whole or not at all; whether something is left to do."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    steps: dict[str, Step] = {
        State.CHECKING: _check_some,
        State.IMPORTING: _import_some,
        State.UNDOING: lambda batch, _desk: undo_some(batch, A_STEP),
    }
    step = steps.get(batch.state)
    left = step is not None and step(batch, desk)
    batch.moved_at = timezone.now()
    batch.save()
    return left


def _next_rows(batch: ImportBatch) -> tuple[list[Row], int]:
    found = list(islice(files.read_rows(batch, batch.place), A_STEP))
    return [row for row, _next in found], found[-1][1] if found else batch.place


def _check_some(batch: ImportBatch, desk: Desk) -> bool:
    """Nothing of the bank is written: only what the batch says of itself, and its problems."""
    rows, place = _next_rows(batch)
    decisions = decide(desk, desk.drafts(rows))
    problems = [problem for one in decisions for problem in one.draft.problems]
    size = files.append_problems(batch, problems, batch.problems.get("size", 0))
    counted = dict(batch.problems.get("codes", {}))
    for problem in problems:
        counted[problem.code] = counted.get(problem.code, 0) + 1
    batch.problems = {"size": size, "codes": counted}
    batch.foreseen = _counted(batch.foreseen, decisions)
    if len(batch.preview) < PREVIEWED:
        batch.preview += [_shown(one) for one in decisions[: PREVIEWED - len(batch.preview)]]
    return _moved(batch, len(rows), place, then=State.CHECKED)


def _import_some(batch: ImportBatch, desk: Desk) -> bool:
    rows, place = _next_rows(batch)
    decisions = decide(desk, desk.drafts(rows))
    write(batch, decisions)
    batch.counts = _counted(batch.counts, decisions)
    left = _moved(batch, len(rows), place, then=State.IMPORTED)
    if not left:
        batch.imported_at = timezone.now()
        # Only rows left out stay: on commit, for a step taken back still needs its rows.
        transaction.on_commit(lambda: files.keep_left_out_only(batch))
        look_through(batch.programme, by=batch.by)
    return left


def _counted(before: dict[str, int], decisions: Sequence[Decision]) -> dict[str, int]:
    counts = {outcome: before.get(outcome, 0) for outcome in OUTCOMES}
    for one in decisions:
        counts[one.outcome] += 1
    return counts


def _moved(batch: ImportBatch, rows: int, place: int, *, then: State) -> bool:
    batch.done += rows
    batch.place = place
    if rows < A_STEP:
        batch.state = then
        return False
    return True


def _shown(one: Decision) -> dict[str, object]:
    """A row as it will become, for the page: a few plain words of it."""
    draft, facts = one.draft, one.facts or one.draft.facts
    person = one.person
    return {
        "row": draft.row,
        "outcome": one.outcome,
        "name": str(person or Person(**{name: facts.get(name, "") for name in NAMED})).strip(),
        "email": draft.email,
        "region": facts.get("region", ""),
        "city": facts.get("city", ""),
        "occupation": facts.get("occupation", ""),
        "accounts": [[a.platform, a.handle, a.followers] for a in draft.accounts],
        "tags": one.tags or draft.tags,
        "filled": sorted(one.facts) if person else [],
        "codes": sorted({problem.code for problem in draft.problems if not problem.kind.told}),
    }
