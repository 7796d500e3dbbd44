"""What a merge does to rows, written down as it is done, and done backwards."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from proche.areas.people.duplicates import Merge
from proche.areas.people.settling import MADE_AGAIN
from proche.common.errors import Refusal

PERSON = "people.Person"


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
        column = column_of(row, name)
        before = column.value_from_object(row)
        if before == value:
            return
        rows(type(row)).filter(pk=row.pk).update(**{column.attname: value})
        setattr(row, column.attname, value)
        self.changes.append(
            {
                "model": row._meta.label,
                "pk": row.pk,
                "field": column.attname,
                "before": plain(before),
                "after": plain(value),
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


def put_back(merge: Merge) -> None:
    """The kept person first, since the other may take back an address or a sign-in."""
    changes = list(reversed(merge.changes))
    for change in changes:
        if change["model"] == PERSON:
            _revert(change)
    rows = [merge.removed[place] for place in reversed(range(len(merge.removed)))]
    for row in serializers.deserialize("python", rows):
        if not _made_again(row.object, merge.at):
            row.save()
    for change in changes:
        if change["model"] != PERSON:
            _revert(change)


def _made_again(row: models.Model, since: datetime) -> bool:
    asked = MADE_AGAIN.get(row._meta.label)
    return asked is not None and asked(row, since)


def _revert(change: dict[str, Any]) -> None:
    """Write the old value, unless somebody wrote another one since."""
    model = apps.get_model(change["model"])
    row = rows(model).filter(pk=change["pk"]).first()
    if row is None:
        return
    if plain(getattr(row, change["field"])) == change["after"]:
        column: Any = next(f for f in model._meta.concrete_fields if f.attname == change["field"])
        target = column.target_field if column.is_relation else column
        value = target.to_python(change["before"])
        rows(model).filter(pk=row.pk).update(**{change["field"]: value})


def rows(model: type[models.Model]) -> Any:
    return model._base_manager.all()


def plain(value: Any) -> Any:
    """As JSON keeps it, so that what is compared later is what was written."""
    return json.loads(json.dumps(value, cls=_Exact))


def column_of(row: models.Model, name: str) -> Any:
    """The field of a column; of a relation that is its side here."""
    return row._meta.get_field(name)
