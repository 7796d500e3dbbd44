"""What other areas must set right once two people are one; each registers for its own rows."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

from proche.areas.people.models import Person

Settling = Callable[[Person], Iterable[tuple[Model, str, Any]]]

# By the label of a model: given the kept person, the rows to change, the field and the value.
SETTLE: dict[str, Settling] = {}
