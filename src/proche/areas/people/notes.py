"""The team's notes about a person: written, changed by their author, removed with an undo."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.people.actions import record
from proche.areas.people.kept import Note
from proche.areas.people.models import Person
from proche.common.errors import Refusal


@transaction.atomic
def write_note(person: Person, text: str, *, by: User) -> Note:
    written = Note.objects.create(
        person=person, author=by, text=text.strip(), written_at=timezone.now()
    )
    record(person, "note_written", by=by)
    return written


@transaction.atomic
def change_note(held: Note, text: str, *, by: User) -> Note:
    """Only its author changes a note: another one answers with a note of their own."""
    note: Note = Note.objects.select_for_update().get(pk=held.pk)
    if note.author_id != by.pk:
        raise Refusal(_("Only its author changes a note. Write another one."), code="not_your_note")
    if note.removed_at:
        raise Refusal(_("This note was removed. Put it back first."), code="note_removed")
    if note.text != text.strip():
        note.text, note.edited_at = text.strip(), timezone.now()
        note.save(update_fields=["text", "edited_at"])
    return note


@transaction.atomic
def remove_note(held: Note, *, by: User) -> None:
    note = Note.objects.select_for_update().get(pk=held.pk)
    if note.removed_at is None:
        Note.objects.filter(pk=note.pk).update(removed_at=timezone.now())
        record(held.person, "note_removed", by=by)


@transaction.atomic
def put_note_back(held: Note, *, by: User) -> None:
    note = Note.objects.select_for_update().get(pk=held.pk)
    if note.removed_at is not None:
        Note.objects.filter(pk=note.pk).update(removed_at=None)
        record(held.person, "note_put_back", by=by)
