"""A fact corrected by the team, with a reason; put back by the team, or by the person."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.people.actions import record, save_person
from proche.areas.people.kept import Said
from proche.areas.people.models import Account, Person
from proche.areas.people.said import note
from proche.common.errors import Refusal

# What somebody says of themselves in their own words, what they wish and what they cannot eat is
# theirs to change; the address they sign in with too.
CORRECTED = [
    "given_name",
    "family_name",
    "language",
    "region",
    "city",
    "archetype",
    "occupation",
    "topics",
    "content_languages",
]
ACCOUNT_CORRECTED = ["handle"]


@transaction.atomic
def correct(
    person: Person,
    name: str,
    value: Any,
    *,
    reason: str,
    by: User,
    account: Account | None = None,
) -> Said:
    """Give one fact another value. Raises Refusal without a reason or a change."""
    if name not in (ACCOUNT_CORRECTED if account else CORRECTED):
        raise Refusal(_("Only the person changes this."), code="theirs")
    if not reason.strip():
        raise Refusal(_("Say why: the person reads it."), code="reason_needed", field="reason")
    locked, row = _locked(person, account)
    was = getattr(row, name)
    if was == value:
        raise Refusal(_("It already says so."), code="no_change", field="value")
    _write(locked, row, {name: value})
    record(locked, "fact_corrected", by=by, fact=name)
    return note(
        locked,
        [name],
        Said.Source.TEAM,
        by,
        timezone.now(),
        account=row if isinstance(row, Account) else None,
        before={name: was},
        reason=reason.strip(),
    )


@transaction.atomic
def put_back(said: Said, *, by: User | None) -> None:
    """What a correction changed says again what it said before; `by` is nobody where the person
    objects. Raises Refusal where the fact was changed since."""
    person, row = _locked(said.person, said.account)
    act = Said.objects.select_for_update().get(pk=said.pk)
    if act.source != Said.Source.TEAM or act.undone_at or not act.before:
        raise Refusal(_("There is nothing to put back."), code="nothing_to_undo")
    newer = Said.objects.filter(person=person, account=said.account, undone_at=None, pk__gt=act.pk)
    if any(set(later.fields) & set(act.fields) for later in newer):
        raise Refusal(_("It was changed again since."), code="changed_since")
    _write(person, row, act.before)
    Said.objects.filter(pk=act.pk).update(undone_at=timezone.now(), undone_by=by)
    verb = "correction_taken_back" if by else "correction_objected"
    record(person, verb, by=by, fact=act.fields[0])


def _locked(person: Person, account: Account | None) -> tuple[Person, Person | Account]:
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if account is None:
        return locked, locked
    return locked, Account.objects.get(pk=account.pk, person=locked)


def _write(person: Person, row: Person | Account, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, Account):
        if person.accounts.filter(platform=row.platform, handle__iexact=row.handle).exclude(
            pk=row.pk
        ):
            raise Refusal(
                _("This person already has this account."), code="account_twice", field="value"
            )
        row.save()
    save_person(person)
