"""A batch taken back: people it made go, unless something happened to them since; what it
completed is emptied again, unless somebody changed it since."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from proche.areas.imports import files
from proche.areas.imports.deciding import EMPTY
from proche.areas.imports.models import ImportBatch, ImportedRow, Origin
from proche.areas.imports.writing import HOLDING, MANY, mark_of, mark_of_account, said_by
from proche.areas.people.actions import searchable
from proche.areas.people.kept import Said
from proche.areas.people.models import Account, Person, TimelineEntry

State = ImportBatch.State
# Rows about a person that are looked at one by one below; any other row means that something
# happened to them, whichever area keeps it, also those still to come.
LOOKED_AT = {"accounts", "timeline", "imported_rows", "origin", "tags", "said"}
# Neither a look at their page nor a likeness that a program found is something that happened.
NOTHING = {"looks", "pairs_as_first", "pairs_as_second"}
OWN_VERBS = ("imported", "import_completed")


def undo_some(batch: ImportBatch, most: int) -> bool:
    """The next rows, in their order; whether any is left."""
    rows = list(
        batch.rows.filter(row__gt=batch.place).select_related("person").order_by("row")[:most]
    )
    held = _accounts(rows)
    touched = touched_since(batch, [row for row in rows if row.created], held)
    _remove([row for row in rows if row.created and row.person_id not in touched])
    kept = [row for row in rows if row.created and row.person_id in touched]
    ImportedRow.objects.filter(pk__in=[row.pk for row in kept]).update(kept=True)
    _restore(batch, [row for row in rows if not row.created], held)
    batch.done += len(rows)
    batch.place = rows[-1].row if rows else batch.place
    batch.counts = batch.counts | {
        "kept": batch.counts.get("kept", 0) + len(kept),
        "removed": batch.counts.get("removed", 0) + sum(row.created for row in rows) - len(kept),
    }
    if len(rows) == most:
        return True
    batch.state, batch.undone_at, batch.preview = State.UNDONE, timezone.now(), []
    batch.files_gone_at = batch.undone_at
    transaction.on_commit(lambda: files.destroy(batch))
    return False


def _accounts(rows: Sequence[ImportedRow]) -> dict[int, list[Account]]:
    found: dict[int, list[Account]] = defaultdict(list)
    for account in Account.objects.filter(person__in=[row.person_id for row in rows]):
        found[account.person_id].append(account)
    return found


def touched_since(
    batch: ImportBatch, rows: Sequence[ImportedRow], held: dict[int, list[Account]]
) -> set[int]:
    """The people of these rows to whom something happened after the import."""
    people = [row.person_id for row in rows]
    touched = {row.person_id for row in rows if not _as_written(batch, row, held[row.person_id])}
    story = TimelineEntry.objects.filter(person__in=people).exclude(
        verb__in=OWN_VERBS, details__batch=batch.pk
    )
    touched |= set(story.values_list("person_id", flat=True))
    tags: dict[int, set[int]] = defaultdict(set)
    for person, tag in HOLDING.objects.filter(person__in=people).values_list("person_id", "tag_id"):
        tags[person].add(tag)
    touched |= {row.person_id for row in rows if tags[row.person_id] - set(row.tags)}
    other = ImportedRow.objects.filter(person__in=people).exclude(batch=batch)
    touched |= set(other.values_list("person_id", flat=True))
    since = Said.objects.filter(person__in=people).exclude(pk__in=said_by(batch))
    touched |= set(since.values_list("person_id", flat=True))
    answered = Origin.objects.filter(person__in=people).exclude(invited_at=None, confirmed_at=None)
    touched |= set(answered.values_list("person_id", flat=True))
    for relation in _relations():
        path = relation.field.name
        rows_of = relation.related_model._default_manager.filter(**{f"{path}__in": people})
        touched |= set(rows_of.order_by().values_list(path, flat=True))
    return touched


def _relations() -> Iterable[Any]:
    return [
        relation
        for relation in Person._meta.related_objects
        if relation.get_accessor_name() not in LOOKED_AT | NOTHING
    ]


def _as_written(batch: ImportBatch, row: ImportedRow, held: Sequence[Account]) -> bool:
    person = row.person
    if person.user_id or person.state != Person.State.MEMBER:
        return False
    if any(mark_of(batch, getattr(person, name)) != mark for name, mark in row.marks.items()):
        return False
    added = {key: mark for key, (_done, mark) in row.accounts.items()}
    return {str(account.pk): mark_of_account(batch, account) for account in held} == added


def _remove(rows: Sequence[ImportedRow]) -> None:
    people = [row.person_id for row in rows]
    Person.objects.filter(pk__in=people).delete()


def _restore(
    batch: ImportBatch, rows: Sequence[ImportedRow], held: dict[int, list[Account]]
) -> None:
    fields: set[str] = set()
    gone: list[int] = []
    uncounted: list[Account] = []
    untagged = []
    for row in rows:
        person = row.person
        for name, mark in row.marks.items():
            if mark_of(batch, getattr(person, name)) == mark:
                setattr(person, name, EMPTY[name])
                fields.add(name)
        for account in held[row.person_id]:
            done, mark = row.accounts.get(str(account.pk), ("", ""))
            if not done or mark_of_account(batch, account) != mark:
                continue
            if done == "added" and not account.evidence.exists():
                gone.append(account.pk)
            elif done == "counted":
                account.followers, account.as_of = None, None
                uncounted.append(account)
        untagged += [(tag, row.person_id) for tag in row.tags]
    Account.objects.filter(pk__in=gone).delete()
    if uncounted:
        Account.objects.bulk_update(uncounted, ["followers", "as_of"], batch_size=MANY)
    for tag in {tag for tag, _person in untagged}:
        people = [person for held_tag, person in untagged if held_tag == tag]
        HOLDING.objects.filter(tag=tag, person__in=people).delete()
    said_by(batch).filter(person__in=[row.person_id for row in rows]).delete()
    _keep_and_tell(batch, [row.person for row in rows], fields)


def _keep_and_tell(batch: ImportBatch, people: list[Person], fields: set[str]) -> None:
    # With the accounts that are left, in one question.
    fresh = Person.objects.prefetch_related("accounts").in_bulk([person.pk for person in people])
    for person in people:
        for account in fresh[person.pk].accounts.all():
            account.person = person
        person._prefetched_objects_cache = fresh[person.pk]._prefetched_objects_cache  # type: ignore[attr-defined]
        person.search_text = searchable(person)
    if people:
        Person.objects.bulk_update(people, [*sorted(fields), "search_text"], batch_size=MANY)
    now = timezone.now()
    TimelineEntry.objects.bulk_create(
        [
            TimelineEntry(
                person=person,
                verb="import_undone",
                by_id=batch.undone_by_id,
                at=now,
                details={"file": batch.file_name},
            )
            for person in people
        ],
        batch_size=MANY,
    )
