"""What other areas must set right once two people are one; each registers for its own rows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Model, TextField
from django.db.models.functions import Cast

from proche.areas.people.models import Person

Settling = Callable[[Person], Iterable[tuple[Model, str, Any]]]

# By the label of a model: given the kept person, the rows to change, the field and the value.
SETTLE: dict[str, Settling] = {}

# The same, given the kept person and the other before their rows are brought together.
Carrying = Callable[[Person, Person], Iterable[tuple[Model, str, Any]]]
CARRY: dict[str, Carrying] = {}

# By the label of a model whose rows are worked out again and again: whether those beside a row
# that a merge took out were made anew since that moment. Undone, the merge then leaves them so.
MADE_AGAIN: dict[str, Callable[[Any, datetime], bool]] = {}


def listed(model: type[Model], field: str, kept: Person, other: Person) -> Iterator[Any]:
    """Rows that name the other, and not the kept one, in a JSON list of primary keys."""
    rows = model._base_manager.filter(programme=kept.programme)
    # Both databases can look for a number in the text; only one of them in the list.
    near = rows.annotate(_as_text=Cast(field, TextField()))
    for row in near.filter(_as_text__contains=str(other.pk)).order_by("pk"):
        people = getattr(row, field)
        if other.pk in people and kept.pk not in people:
            yield row


def in_place_of(other: Person, kept: Person, people: list[int]) -> list[int]:
    return [kept.pk if pk == other.pk else pk for pk in people]
