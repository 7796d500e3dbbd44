"""Asking for everything, making the file, destroying it in time."""

import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from proche.areas.accounts.models import Programme, User
from proche.areas.imports.files import destroy_strays
from proche.areas.people.models import new_key
from proche.areas.takeout.models import FILE_DAYS, Takeout
from proche.areas.takeout.writing import total_of, write
from proche.common.errors import Refusal

# The workbook of a large programme is one long job; no other way makes one sheet after another.
A_JOB = 3_600


def file_of(takeout: Takeout) -> Path:
    return Path(settings.MEDIA_ROOT) / "takeout" / takeout.key / f"proche.{takeout.suffix}"


@transaction.atomic
def ask_for(programme: Programme, *, kind: str, language: str, by: User) -> Takeout:
    """Queue one export of everything; while one is under way it is that one."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    waiting = Takeout.objects.in_programme(programme).filter(finished_at=None, gone_at=None)
    found: Takeout | None = waiting.exclude(by=None).first()
    if found is not None:
        raise Refusal(_("An export is being made already: wait for it."), code="under_way")
    takeout = Takeout.objects.create(programme=programme, by=by, kind=kind, language=language)
    transaction.on_commit(lambda: _queue(takeout))
    return takeout


def _queue(takeout: Takeout) -> None:
    async_task("proche.areas.takeout.tasks.make", takeout.pk, q_options={"timeout": A_JOB})


@transaction.atomic
def ask_again(takeout: Takeout) -> None:
    """Start again what was cut; what is heard of is left alone."""
    locked: Takeout = Takeout.objects.select_for_update().get(pk=takeout.pk)
    if locked.is_stuck():
        Takeout.objects.filter(pk=locked.pk).update(failed_at=None, moved_at=timezone.now())
        transaction.on_commit(lambda: _queue(locked))


def make(takeout_id: int) -> None:
    """Write the file from its beginning each time: beside, then in its place, so that a job that
    is killed leaves nothing that looks finished, and one delivered twice makes one file."""
    takeout = Takeout.objects.select_related("programme").filter(pk=takeout_id).first()
    if takeout is None or not takeout.under_way:
        return
    path = file_of(takeout)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        make_at(takeout, path)
    except Exception:
        _update(takeout, failed_at=timezone.now())
        raise


def make_at(takeout: Takeout, path: Path) -> None:
    """Write at `path`, and say on the row how far it is, then that it is done."""
    total = total_of(takeout.programme)
    _update(takeout, total=total, done=0, moved_at=timezone.now(), failed_at=None)
    # A name of its own: two deliveries at once must not write in one file.
    beside = path.with_name(f"{path.name}.{new_key()}.part")
    try:
        write(
            takeout.programme,
            beside,
            takeout.kind,
            takeout.language,
            lambda done: _update(takeout, done=done, moved_at=timezone.now()),
        )
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    now = timezone.now()
    # Outside the media folder there is nothing for us to destroy later.
    gone = None if takeout.by_id else now
    _update(takeout, done=total, size=path.stat().st_size, finished_at=now, gone_at=gone)


def _update(takeout: Takeout, **values: object) -> None:
    Takeout.objects.filter(pk=takeout.pk).update(**values)


def take(takeout: Takeout, *, by: User) -> Path:
    """The file, with who took it written down. Raises Refusal where it is not there any more."""
    path = file_of(takeout)
    if takeout.gone_at or not takeout.finished_at or not path.is_file():
        raise Refusal(_("This file is no longer there. Export again."), code="file_gone")
    _update(takeout, taken_at=timezone.now(), taken_by=by)
    return path


def destroy(takeout: Takeout) -> None:
    """The file goes; that it was made, and by whom, stays."""
    shutil.rmtree(file_of(takeout).parent, ignore_errors=True)
    _update(takeout, gone_at=timezone.now())


def destroy_old_files() -> int:
    before = timezone.now() - timedelta(days=FILE_DAYS)
    old = Takeout.objects.filter(asked_at__lt=before, gone_at=None)
    for takeout in old:
        destroy(takeout)
    destroy_strays("takeout", Takeout.objects.values_list("key", flat=True))
    return len(old)
