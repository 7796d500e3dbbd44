"""Cells and rows that are read, but not as they came: counted, said, refused when asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    NEGATIVE = "negative_counts"
    OVER_LIMIT = "counts_over_limit"
    IDS_OVER_LIMIT = "ids_over_limit"
    OUT_OF_RANGE = "moments_out_of_range"
    MIXED_ZONES = "mixed_zones"
    CONFLICTING = "conflicting_rows"


@dataclass(frozen=True, slots=True)
class Doubt:
    """`count` cells or rows of one table in doubt, and where a person finds the first."""

    kind: Kind
    table: str
    count: int
    file: str
    row: int
    column: str
    value: str

    @property
    def code(self) -> str:
        return f"{self.kind}_in_{self.table}"


def gathered(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """One a table and kind: the counts of its columns together, the first row of them all."""
    found: dict[str, Doubt] = {}
    for doubt in doubts:
        before = found.get(doubt.code, doubt)
        together = doubt.count + (before.count if before is not doubt else 0)
        found[doubt.code] = replace(min(before, doubt, key=lambda d: d.row), count=together)
    return tuple(found[code] for code in sorted(found))
