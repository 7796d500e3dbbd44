"""What the tests of merging look at: every row of every table, and who it points at."""

from typing import Any

from django.apps import apps
from django.core import serializers
from django.db.models import ManyToOneRel, Model
from django.utils import timezone

from proche.areas.people.duplicates import DuplicatePair
from proche.areas.people.models import Person

Tables = dict[str, list[dict[str, Any]]]


def pair_of(first: Person, second: Person, **fields: Any) -> DuplicatePair:
    one, two = sorted((first, second), key=lambda person: person.pk)
    pair: DuplicatePair = DuplicatePair.objects.create(
        programme=first.programme,
        first=one,
        second=two,
        probability=fields.pop("probability", 0.97),
        found_at=timezone.now(),
        **fields,
    )
    return pair


def our_models() -> list[type[Model]]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model.__module__.startswith("proche.")]


def everything(*, merges: bool = False) -> Tables:
    """Every row of every table of ours, but what a merge leaves behind as history: its entries on
    the timeline, the notes for those who hold the bank in memory, and itself unless `merges`."""
    kept: Tables = {}
    for model in our_models():
        rows = serializers.serialize("python", model._base_manager.order_by("pk"))
        kept[model._meta.label_lower] = [row for row in rows if not _history(row)]
    if not merges:
        del kept["people.merge"]
    del kept["people.bankchange"]
    return kept


def _history(row: dict[str, Any]) -> bool:
    return row["fields"].get("verb") in ("merged", "merge_undone")


def relations_to(model: type[Model]) -> list[ManyToOneRel]:
    """Each column of any table that points at a row of this one; many-to-many by their rows."""
    found = model._meta.get_fields(include_hidden=True)
    return [one for one in found if isinstance(one, ManyToOneRel) and one.field.concrete]


def named(relation: ManyToOneRel) -> str:
    return f"{_table(relation)._meta.label}.{relation.field.name}"


def _table(relation: ManyToOneRel) -> Any:
    return relation.related_model


def rows_pointing_at(row: Model) -> dict[str, int]:
    """How many rows point at this one, by table and column; those with none are left out."""
    counted = {
        named(relation): _table(relation)
        ._base_manager.filter(**{relation.field.name: row.pk})
        .count()
        for relation in relations_to(type(row))
    }
    return {name: n for name, n in counted.items() if n}
