"""Two records of one human made one, and undone: nothing is lost either way.

Every row that points at the other record is pointed at the kept one, whatever its model. Where a
constraint allows one row only, the kept person's stays, takes what hung on its twin, and the twin
is taken out; what was changed and taken out is written in the merge, which is how it is undone.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.people.actions import record, searchable
from proche.areas.people.duplicates import DuplicatePair, Merge
from proche.areas.people.models import Account, Person
from proche.areas.people.settling import CARRY, SETTLE
from proche.common.choices import Proof
from proche.common.errors import Refusal

# What each of the two may say differently; the rest of a person is not a matter of choice.
CHOSEN = (
    "given_name",
    "family_name",
    "email",
    "region",
    "city",
    "language",
    "archetype",
    "occupation",
    "seeks_living",
    "own_words",
    "topics",
    "content_languages",
    "refused_brands",
    "limits",
)
FIGURES = ("followers", "following", "posts_total", "bio", "proof", "as_of")
PROOFS = list(Proof.values)
STANDING = ("member", "asleep", "applied", "refused", "left")


class _Exact(DjangoJSONEncoder):
    """Django's encoder cuts moments to the millisecond; a row must come back to the microsecond."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


@dataclass
class Ledger:
    """What a merge does, written down as it is done."""

    changes: list[dict[str, Any]] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)

    def change(self, row: models.Model, name: str, value: Any) -> None:
        """Write one column of one row, past its `save`."""
        column = row._meta.get_field(name)
        before = column.value_from_object(row)
        if before == value:
            return
        _rows(type(row)).filter(pk=row.pk).update(**{column.attname: value})
        setattr(row, column.attname, value)
        self.changes.append(
            {
                "model": row._meta.label,
                "pk": row.pk,
                "field": column.attname,
                "before": _plain(before),
                "after": _plain(value),
            }
        )

    def remove(self, row: models.Model) -> None:
        """Take out a row on which nothing hangs any more; refuse if anything would go with it."""
        self.removed += serializers.serialize("python", [row])
        label = row._meta.label
        _count, gone = row.delete()
        if {name: n for name, n in gone.items() if n} != {label: 1}:
            raise Refusal(
                _("These two cannot be merged: something would be lost. Nothing was changed."),
                code="would_lose",
            )


def in_order(one: Person, other: Person) -> tuple[Person, Person]:
    """The record to keep, then the other: a member before an applicant, then the older one."""
    ranked = sorted((one, other), key=lambda p: (STANDING.index(p.state), p.created_at, p.pk))
    return ranked[0], ranked[1]


@transaction.atomic
def merge(pair: DuplicatePair, *, by: User | None, of_other: frozenset[str] = frozenset()) -> Merge:
    """Make one person of the two. `of_other` names the fields of CHOSEN to take from the other.

    An empty field of the kept record takes what the other says. Raises Refusal if one is gone.
    """
    kept, other = in_order(*_locked(pair))
    programme, probability = pair.programme, pair.probability
    ledger = Ledger()
    values = _values(kept, other, of_other)
    was = other.pk
    for label in sorted(CARRY):
        for row, name, value in CARRY[label](kept, other):
            ledger.change(row, name, value)
    _absorb(ledger, kept, other)
    for label in sorted(SETTLE):
        for row, name, value in SETTLE[label](kept):
            ledger.change(row, name, value)
    for name, value in values.items():
        ledger.change(kept, name, value)
    ledger.change(kept, "search_text", searchable(kept))
    record(kept, "merged", by=by)
    found: Merge = Merge.objects.create(
        programme=programme,
        kept=kept,
        other_id_was=was,
        probability=probability,
        by=by,
        at=timezone.now(),
        changes=ledger.changes,
        removed=_plain(ledger.removed),
    )
    return found


def _locked(pair: DuplicatePair) -> list[Person]:
    people = list(Person.objects.select_for_update().filter(pk__in=[pair.first_id, pair.second_id]))
    if len(people) != 2:
        raise Refusal(_("One of the two records is no longer there."), code="gone")
    return people


def _values(kept: Person, other: Person, of_other: frozenset[str]) -> dict[str, Any]:
    """What the kept person will say: chosen, or what was empty and is known on the other side."""
    values = {
        name: getattr(other, name)
        for name in CHOSEN
        if name in of_other or getattr(kept, name) in ("", [])
    }
    # One signs in with the address one is written to.
    if other.user_id is not None and (kept.user_id is None or "email" in values):
        values["user"] = other.user_id
    return values


def _absorb(ledger: Ledger, kept: models.Model, other: models.Model) -> None:
    """Point every row of `other` at `kept`, then take `other` out."""
    if isinstance(kept, Account) and isinstance(other, Account):
        _keep_best_proof(ledger, kept, other)
    for row, name in _rows_of(other):
        if _points_at_itself(row, name, kept, other):
            ledger.remove(row)
            continue
        twin = _twin(row, name, kept)
        if twin is None:
            ledger.change(row, name, kept.pk)
            if isinstance(row, DuplicatePair):
                _turn_round(ledger, row)
        else:
            _absorb(ledger, twin, row)
    ledger.remove(other)


def _keep_best_proof(ledger: Ledger, kept: Account, other: Account) -> None:
    """Of one account known twice, the figures with the better proof, then the newer, stay."""

    def worth(account: Account) -> tuple[int, str]:
        return PROOFS.index(account.proof), str(account.as_of or "")

    if worth(other) > worth(kept):
        for name in FIGURES:
            ledger.change(kept, name, getattr(other, name))


def _rows_of(one: models.Model) -> Iterator[tuple[models.Model, str]]:
    """Each row that points at this one, with the name of its field; many-to-many by their rows."""
    for relation in one._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.field.concrete:
            model, name = relation.related_model, relation.field.name
            for row in list(_rows(model).filter(**{name: one.pk}).order_by("pk")):
                yield row, name


def _turn_round(ledger: Ledger, pair: DuplicatePair) -> None:
    """A pair is looked for by its older record first."""
    if pair.first_id > pair.second_id:
        newer, older = pair.first_id, pair.second_id
        ledger.change(pair, "first", older)
        ledger.change(pair, "second", newer)


def _points_at_itself(
    row: models.Model, name: str, kept: models.Model, other: models.Model
) -> bool:
    """Whether the row ties the two records together, as their own pair does."""
    if not isinstance(row, DuplicatePair):
        return False
    return {row.first_id, row.second_id} == {kept.pk, other.pk}


def _twin(row: models.Model, name: str, kept: models.Model) -> models.Model | None:
    """The row of `kept` that a constraint would set against this one, if there is one."""
    others = _rows(type(row)).exclude(pk=row.pk)
    for condition in _uniqueness(row, name, kept.pk):
        found = others.filter(condition).first()
        if found is not None:
            return found
    if isinstance(row, DuplicatePair):
        return _same_pair(row, name, kept)
    return None


def _same_pair(row: DuplicatePair, name: str, kept: models.Model) -> models.Model | None:
    """The pair of `kept` with the same third person, whichever comes first."""
    third = row.second_id if name == "first" else row.first_id
    both = Q(first=kept.pk, second=third) | Q(first=third, second=kept.pk)
    return DuplicatePair.objects.filter(both).exclude(pk=row.pk).first()


def _uniqueness(row: models.Model, name: str, target: Any) -> Iterator[Q]:
    """For each constraint on this field, the rows that would break it once `name` is `target`."""
    meta = row._meta
    if meta.get_field(name).unique:
        yield Q(**{name: target})
    for names in meta.unique_together:
        yield from _equal(row, tuple(names), name, target)
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield from _constrained(row, constraint, name, target)


def _constrained(
    row: models.Model, constraint: models.UniqueConstraint, name: str, target: Any
) -> Iterator[Q]:
    condition = constraint.condition or Q()
    if not _rows(type(row)).filter(pk=row.pk).filter(condition).exists():
        return
    names, lowered = list(constraint.fields), []
    for expression in constraint.expressions:
        inner = expression if isinstance(expression, F) else expression.get_source_expressions()[0]
        (names if isinstance(expression, F) else lowered).append(inner.name)
    for same in _equal(row, tuple(names), name, target):
        folded = Q(**{f"{each}__iexact": getattr(row, each) for each in lowered})
        yield same & folded & condition


def _equal(row: models.Model, names: tuple[str, ...], name: str, target: Any) -> Iterator[Q]:
    if name not in names:
        return
    values = {each: row._meta.get_field(each).value_from_object(row) for each in names}
    values[name] = target
    # NULL is equal to nothing, as in the database
    if None not in values.values():
        yield Q(**values)


@transaction.atomic
def undo(merge: Merge, *, by: User) -> Person:
    """Both records as they were; what came after the merge stays with the kept one."""
    merge = Merge.objects.select_for_update().select_related("kept").get(pk=merge.pk)
    if merge.undone_at is not None:
        raise Refusal(_("This merge was undone already."), code="already_undone")
    later = Merge.objects.filter(kept=merge.kept, undone_at=None, pk__gt=merge.pk)
    if later.exists():
        raise Refusal(_("A later merge holds this one: undo that one first."), code="later_merge")
    _put_back(merge)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.changes, merge.removed = [], []
    merge.save()
    other = Person.objects.get(pk=merge.other_id_was)
    for person in (merge.kept, other):
        record(person, "merge_undone", by=by)
    return other


def keep_apart(pair: DuplicatePair, *, by: User) -> None:
    """Two people: never asked again."""
    _decide(pair, DuplicatePair.Decision.TWO_PEOPLE, by)


def put_off(pair: DuplicatePair, *, by: User) -> None:
    """Later: after every pair nobody has looked at."""
    _decide(pair, DuplicatePair.Decision.LATER, by)


def ask_again(pair: DuplicatePair, *, by: User) -> None:
    _decide(pair, "", by)


def _decide(pair: DuplicatePair, decision: str, by: User) -> None:
    pair.decision, pair.decided_by, pair.decided_at = decision, by, timezone.now()
    pair.save(update_fields=["decision", "decided_by", "decided_at"])


def _put_back(merge: Merge) -> None:
    """The kept person first, since the other may take back an address or a sign-in."""
    person = Person._meta.label
    changes = list(reversed(merge.changes))
    for change in changes:
        if change["model"] == person:
            _revert(change)
    rows = [merge.removed[place] for place in reversed(range(len(merge.removed)))]
    for row in serializers.deserialize("python", rows):
        row.save()
    for change in changes:
        if change["model"] != person:
            _revert(change)


def _revert(change: dict[str, Any]) -> None:
    """Write the old value, unless somebody wrote another one since."""
    model = apps.get_model(change["model"])
    row = _rows(model).filter(pk=change["pk"]).first()
    if row is None:
        return
    if _plain(getattr(row, change["field"])) == change["after"]:
        column: Any = next(f for f in model._meta.concrete_fields if f.attname == change["field"])
        target = column.target_field if column.is_relation else column
        value = target.to_python(change["before"])
        _rows(model).filter(pk=row.pk).update(**{change["field"]: value})


def _rows(model: type[models.Model]) -> Any:
    return model._base_manager.all()


def _plain(value: Any) -> Any:
    """As JSON keeps it, so that what is compared later is what was written."""
    return json.loads(json.dumps(value, cls=_Exact))
