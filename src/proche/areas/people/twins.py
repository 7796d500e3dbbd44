"""Which row of the kept record a constraint would set against a row that comes to it."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import F, Q

from proche.areas.people.duplicates import DuplicatePair
from proche.areas.people.ledger import column_of, rows


def twin_of(row: models.Model, name: str, kept: models.Model) -> models.Model | None:
    """The row of `kept` that a constraint would set against this one, if there is one."""
    others = rows(type(row)).exclude(pk=row.pk)
    for condition in _uniqueness(row, name, kept.pk):
        found: models.Model | None = others.filter(condition).first()
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
    if column_of(row, name).unique:
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
    if not rows(type(row)).filter(pk=row.pk).filter(condition).exists():
        return
    names, lowered = list(constraint.fields), list[str]()
    for expression in constraint.expressions:
        if isinstance(expression, F):
            names.append(expression.name)
        else:
            # Lower("handle"), the only function our constraints use
            inside: Any = expression
            lowered.append(inside.get_source_expressions()[0].name)
    for same in _equal(row, tuple(names), name, target):
        folded = Q(**{f"{each}__iexact": getattr(row, each) for each in lowered})
        yield same & folded & condition


def _equal(row: models.Model, names: tuple[str, ...], name: str, target: Any) -> Iterator[Q]:
    if name not in names:
        return
    values = {each: column_of(row, each).value_from_object(row) for each in names}
    values[name] = target
    # NULL is equal to nothing, as in the database
    if None not in values.values():
        yield Q(**values)
