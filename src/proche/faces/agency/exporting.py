"""Lists that leave name people: who took them, and of whom, is noted."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from proche.areas.people.looks import list_left
from proche.faces.agency.access import StaffRequest

Row = TypeVar("Row")


def noting(
    request: StaffRequest, rows: Iterable[Row], whose: Callable[[Row], int]
) -> Iterator[Row]:
    """The same rows; once all have left, a job notes whose they were."""
    people: set[int] = set()
    for row in rows:
        people.add(whose(row))
        yield row
    list_left(sorted(people), by=request.actor)
