"""Decisions written, many at a time; each leaves what its undoing needs."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from proche.areas.imports.columns import Choices
from proche.areas.imports.deciding import COMPLETED, EMPTY, NEW, Decision
from proche.areas.imports.drafts import DraftAccount
from proche.areas.imports.models import Basis, ImportBatch, ImportedRow, Origin
from proche.areas.people.actions import fold, searchable
from proche.areas.people.kept import Said
from proche.areas.people.models import Account, Person, Tag, TimelineEntry
from proche.areas.people.said import ACCOUNT_FACTS, FACTS

MANY = 500
HOLDING = Tag.people.through


def mark_of(batch: ImportBatch, value: Any) -> str:
    """One-way: whether a value is still the one written, without keeping it a second time."""
    said = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return salted_hmac(f"proche.imports.{batch.key}", said, algorithm="sha256").hexdigest()[:20]


def marks_of_person(batch: ImportBatch, person: Person, names: Iterable[str]) -> dict[str, str]:
    return {name: mark_of(batch, getattr(person, name)) for name in names}


def mark_of_account(batch: ImportBatch, account: Account) -> str:
    return mark_of(batch, [account.platform, account.handle, account.followers, account.bio])


def write(batch: ImportBatch, decisions: Sequence[Decision]) -> None:
    """Call it inside the transaction that also says how far the batch is."""
    choices = Choices.of(batch.choices)
    tags = _tags(batch, decisions)
    new = [one for one in decisions if one.outcome == NEW]
    completed = [one for one in decisions if one.outcome == COMPLETED]
    rows = [*_create(batch, choices, new), *_complete(batch, choices, completed)]
    _give_tags(rows, [*new, *completed], tags)
    _say(batch, rows, [*new, *completed])
    _tell(batch, rows)
    ImportedRow.objects.bulk_create(rows, batch_size=MANY)


def _tags(batch: ImportBatch, decisions: Sequence[Decision]) -> dict[str, Tag]:
    """The tags that the decisions give, made where they are new, by folded name."""
    wanted = {name.casefold(): name for one in decisions for name in one.tags}
    if not wanted:
        return {}
    held = {tag.name.casefold(): tag for tag in Tag.objects.in_programme(batch.programme)}
    for folded, name in wanted.items():
        if folded not in held:
            held[folded] = Tag.objects.create(programme=batch.programme, name=name)
    return held


def _create(
    batch: ImportBatch, choices: Choices, decisions: Sequence[Decision]
) -> list[ImportedRow]:
    people = [_person(batch, one) for one in decisions]
    Person.objects.bulk_create(people, batch_size=MANY)
    accounts = [
        _account(person, account)
        for person, one in zip(people, decisions, strict=True)
        for account in one.accounts
    ]
    Account.objects.bulk_create(accounts, batch_size=MANY)
    Origin.objects.bulk_create(
        [_origin(batch, choices, p, one) for p, one in zip(people, decisions, strict=True)],
        batch_size=MANY,
    )
    rows = {
        person.pk: ImportedRow(
            batch=batch,
            person=person,
            row=one.draft.row,
            created=True,
            # What was left empty too: filled since, it is something that happened.
            marks=marks_of_person(batch, person, {**one.facts, **EMPTY}),
        )
        for person, one in zip(people, decisions, strict=True)
    }
    for account in accounts:
        rows[account.person_id].accounts[str(account.pk)] = [
            "added",
            mark_of_account(batch, account),
        ]
    return list(rows.values())


def _person(batch: ImportBatch, one: Decision) -> Person:
    """In the bank, with nothing agreed: consents are what lets anything be sent or shown."""
    person = Person(programme=batch.programme, state=Person.State.MEMBER, **one.facts)
    handles = " ".join(account.handle for account in one.accounts)
    person.search_text = f"{searchable(person)} {fold(handles)}".strip()
    return person


def _account(person: Person, given: DraftAccount) -> Account:
    return Account(
        person=person,
        platform=given.platform,
        handle=given.handle,
        followers=given.followers,
        as_of=timezone.localdate() if given.followers is not None else None,
    )


def _origin(batch: ImportBatch, choices: Choices, person: Person, one: Decision) -> Origin:
    of_list = date.fromisoformat(choices.dated_on) if choices.dated_on else None
    dated = one.draft.dated_on or of_list
    # Without a day, nothing can be shown of a consent or a relation.
    basis = choices.basis if dated else Basis.NONE
    return Origin(
        person=person,
        batch=batch,
        basis=basis,
        dated_on=dated if basis != Basis.NONE else None,
        source=choices.source,
        note=one.draft.note,
    )


def _complete(
    batch: ImportBatch, choices: Choices, decisions: Sequence[Decision]
) -> list[ImportedRow]:
    fields: set[str] = set()
    rows, accounts = [], []
    counted: list[Account] = []
    for one in decisions:
        person = one.person
        assert person is not None
        for name, value in one.facts.items():
            setattr(person, name, value)
        fields |= set(one.facts)
        handles = " ".join(account.handle for account in one.accounts)
        # The accounts they have come with the person; those added now are not written yet.
        person.search_text = f"{searchable(person)} {fold(handles)}".strip()
        row = ImportedRow(
            batch=batch,
            person=person,
            row=one.draft.row,
            created=False,
            marks=marks_of_person(batch, person, one.facts),
        )
        for account, followers in one.counted:
            account.followers, account.as_of = followers, timezone.localdate()
            counted.append(account)
            row.accounts[str(account.pk)] = ["counted", mark_of_account(batch, account)]
        accounts += [(row, _account(person, account)) for account in one.accounts]
        rows.append(row)
    people = [one.person for one in decisions if one.person]
    if people:
        Person.objects.bulk_update(people, [*sorted(fields), "search_text"], batch_size=MANY)
    Account.objects.bulk_create([account for _row, account in accounts], batch_size=MANY)
    if counted:
        Account.objects.bulk_update(counted, ["followers", "as_of"], batch_size=MANY)
    for row, account in accounts:
        row.accounts[str(account.pk)] = ["added", mark_of_account(batch, account)]
    return rows


def _give_tags(
    rows: Sequence[ImportedRow], decisions: Sequence[Decision], tags: dict[str, Tag]
) -> None:
    for row, one in zip(rows, decisions, strict=True):
        row.tags = sorted({tags[name.casefold()].pk for name in one.tags})
    HOLDING.objects.bulk_create(
        [HOLDING(tag_id=tag, person_id=row.person_id) for row in rows for tag in row.tags],
        batch_size=MANY,
        ignore_conflicts=True,
    )


def said_by(batch: ImportBatch) -> QuerySet[Said]:
    """What the list said of people; its moment is that of the list."""
    return Said.objects.filter(
        source=Said.Source.SPREADSHEET, at=batch.created_at, person__programme=batch.programme
    )


def _say(batch: ImportBatch, rows: Sequence[ImportedRow], decisions: Sequence[Decision]) -> None:
    given: dict[str, Any] = {
        "source": Said.Source.SPREADSHEET, "by_id": batch.by_id, "at": batch.created_at
    }  # fmt: skip
    acts = []
    for row, one in zip(rows, decisions, strict=True):
        fields = [name for name in one.facts if name in FACTS]
        if fields:
            acts.append(Said(person_id=row.person_id, fields=fields, **given))
        for account, (done, _mark) in row.accounts.items():
            names = ACCOUNT_FACTS if done == "added" else ["followers"]
            acts.append(
                Said(person_id=row.person_id, account_id=int(account), fields=names, **given)
            )
    Said.objects.bulk_create(acts, batch_size=MANY)


def _tell(batch: ImportBatch, rows: Sequence[ImportedRow]) -> None:
    now = timezone.now()
    TimelineEntry.objects.bulk_create(
        [
            TimelineEntry(
                person_id=row.person_id,
                verb="imported" if row.created else "import_completed",
                by_id=batch.by_id,
                at=now,
                details={"file": batch.file_name, "batch": batch.pk},
            )
            for row in rows
        ],
        batch_size=MANY,
    )
