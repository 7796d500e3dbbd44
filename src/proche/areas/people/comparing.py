"""The whole bank compared with itself: a job that says how far it is, and may run twice."""

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from proche.areas.accounts.models import Programme, User
from proche.areas.people.duplicates import Comparing, Standing
from proche.areas.people.resembling import queue, records_of
from proche.core.identity import resolve

Stage = Comparing.Stage


@transaction.atomic
def look_through(programme: Programme, *, by: User | None = None) -> Comparing:
    """Queue one comparing of the bank; while one is under way it is that one, sent again where it
    broke off."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    now = timezone.now()
    comparing, fresh = Comparing.objects.get_or_create(
        programme=programme, finished_at=None, defaults={"asked_by": by, "asked_at": now}
    )
    again = not fresh and comparing.standing(now) in {Standing.FAILED, Standing.STALLED}
    if again:
        Comparing.objects.filter(pk=comparing.pk).update(
            asked_by=by, asked_at=now, stage="", done=0, total=0, failed_at=None, failure=""
        )
    if fresh or again:
        transaction.on_commit(lambda: _queue(comparing.pk))
    return comparing


def _queue(comparing_id: int) -> None:
    async_task("proche.areas.people.tasks.compare_bank", comparing_id)


def compare(comparing_id: int) -> None:
    """From the start each time it is delivered; a pair already in the queue is not put there
    again. Raises what broke it off, for the queue to try again."""
    comparing = Comparing.objects.select_related("programme").filter(pk=comparing_id).first()
    if comparing is None or comparing.finished_at:
        return
    _tell(comparing, failed_at=None, failure="", found=0, merged=0)
    try:
        _compare(comparing)
    except Exception as trouble:
        _tell(comparing, failed_at=timezone.now(), failure=type(trouble).__name__)
        raise


def _compare(comparing: Comparing) -> None:
    programme = comparing.programme

    def told(stage: str) -> None:
        _tell(comparing, stage=stage, done=0, total=0)

    def counted(done: int, total: int) -> None:
        _tell(comparing, done=done, total=total)

    told(Stage.READING)
    records = records_of(programme, counted)
    told(Stage.SCORING)
    resolution = resolve(records)
    told(Stage.PLACING)
    placed = queue(programme, (*resolution.merged, *resolution.queue), counted)
    _tell(
        comparing,
        records=len(records),
        found=placed.fresh,
        merged=placed.merged,
        finished_at=timezone.now(),
    )


def _tell(comparing: Comparing, **facts: object) -> None:
    Comparing.objects.filter(pk=comparing.pk, finished_at=None).update(**facts)
