"""The verbs of an import, each from one state to the next."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.imports import files
from proche.areas.imports.arrival import choose_sheet, receive, remember
from proche.areas.imports.columns import COLUMNS, Choices, lacking, twice
from proche.areas.imports.models import FILE_DAYS, ImportBatch
from proche.areas.imports.running import queue
from proche.common.errors import Refusal

__all__ = [
    "ask_again", "choose_sheet", "destroy_old_files", "drop", "receive", "start_check",
    "start_import", "start_undo",
]  # fmt: skip
State = ImportBatch.State


@transaction.atomic
def start_check(batch: ImportBatch, mapping: Sequence[str], choices: Choices) -> None:
    """Name the columns, and look at every row without writing any."""
    batch = _locked(batch, State.MAPPING, State.CHECKED)
    given = [code if code in COLUMNS else "" for code in mapping][: len(batch.header)]
    missing, doubled = list(lacking(given)), twice(given)
    if missing:
        names = format_lazy("{}", ", ".join(str(name) for name in missing))
        raise Refusal(
            _("Say which column is: %(names)s.") % {"names": names}, code="column_missing"
        )
    if doubled:
        names = format_lazy("{}", ", ".join(str(name) for name in doubled))
        raise Refusal(
            _("Two columns cannot be the same thing: %(names)s.") % {"names": names},
            code="column_twice",
        )
    batch.mapping = given + [""] * (len(batch.header) - len(given))
    batch.choices = choices.kept()
    remember(batch)
    batch.foreseen, batch.problems, batch.preview = {}, {}, []
    _begin(batch, State.CHECKING)


@transaction.atomic
def start_import(batch: ImportBatch, *, by: User) -> None:
    batch = _locked(batch, State.CHECKED)
    if not batch.foreseen.get("new") and not batch.foreseen.get("completed"):
        raise Refusal(
            _("No row would change anything: there is nothing to import."), code="nothing_to_do"
        )
    batch.by, batch.counts = by, {}
    _begin(batch, State.IMPORTING)


@transaction.atomic
def start_undo(batch: ImportBatch, *, by: User) -> None:
    batch = _locked(batch, State.IMPORTED)
    batch.undone_by = by
    _begin(batch, State.UNDOING)


@transaction.atomic
def ask_again(batch: ImportBatch) -> None:
    """A job that was cut goes on from where it was; one that is heard of is left alone."""
    batch = _locked(batch, *ImportBatch.UNDER_WAY)
    if batch.is_stuck():
        batch.failed_at, batch.moved_at = None, timezone.now()
        batch.save()
        transaction.on_commit(lambda: queue(batch))


@transaction.atomic
def drop(batch: ImportBatch) -> None:
    """Give up an import that has not begun: its file is destroyed at once."""
    batch = _locked(batch, State.MAPPING, State.CHECKED)
    transaction.on_commit(lambda: files.destroy(batch))
    ImportBatch.objects.filter(pk=batch.pk).delete()


def destroy_old_files() -> int:
    """What time destroys; how many batches it was."""
    before = timezone.now() - timedelta(days=FILE_DAYS)
    old = ImportBatch.objects.filter(created_at__lt=before, files_gone_at=None)
    idle = old.exclude(state__in=ImportBatch.UNDER_WAY)
    for batch in idle:
        files.destroy(batch)
        if batch.state in (State.MAPPING, State.CHECKED):
            batch.delete()
        else:
            ImportBatch.objects.filter(pk=batch.pk).update(
                files_gone_at=timezone.now(), preview=[], examples=[]
            )
    files.destroy_strays("imports", ImportBatch.objects.values_list("key", flat=True))
    return len(idle)


def _locked(batch: ImportBatch, *states: Any) -> ImportBatch:
    locked: ImportBatch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in states:
        raise Refusal(
            _("This import is not where this page thought: look at it again."), code="moved_on"
        )
    return locked


def _begin(batch: ImportBatch, state: State) -> None:
    batch.state, batch.done, batch.place = state, 0, 0
    batch.failed_at, batch.moved_at = None, timezone.now()
    batch.save()
    transaction.on_commit(lambda: queue(batch))
