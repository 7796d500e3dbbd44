"""Who is left while the hard filters are gone through, and the columns of those alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from proche.core.matching.columns import Category, Columns, Mask, Rows
from proche.core.topics.words import fold

Values = TypeVar("Values", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Left:
    """`rows` are the rows looked at, None for all of them, so that nothing need be copied;
    `still` marks those of them that are left, None for all of them. `count` is how many are."""

    columns: Columns
    count: int
    rows: Rows | None = None
    still: Mask | None = None

    @classmethod
    def everyone(cls, columns: Columns) -> "Left":
        return cls(columns, columns.count)

    @classmethod
    def only(cls, columns: Columns, rows: Rows) -> "Left":
        return cls(columns, len(rows), rows)

    @property
    def looked_at(self) -> int:
        return self.columns.count if self.rows is None else len(self.rows)

    def of(self, column: NDArray[Values]) -> NDArray[Values]:
        """The rows looked at, of a column of everybody."""
        return column if self.rows is None else column[self.rows]

    def nobody(self) -> Mask:
        return np.zeros(self.looked_at, dtype=np.bool_)

    def among(self, category: Category, wanted: Iterable[str]) -> Mask:
        # a comparison for each name is faster than one look-up by name for each row
        codes = self.of(category.codes)
        marked: Mask | None = None
        for name in wanted:
            if (code := category.names.get(fold(name))) is not None:
                one = codes == code
                marked = one if marked is None else marked | one
        return self.nobody() if marked is None else marked

    def without(self, marked: Mask) -> "Left":
        newly = marked if self.still is None else marked & self.still
        kept_out = int(np.count_nonzero(newly))
        if not kept_out:
            return self
        still = ~newly if self.still is None else self.still ^ newly
        return Left(self.columns, self.count - kept_out, self.rows, still)

    def gathered(self) -> "Left":
        """Only those left are looked at from here on, where that spares more than it costs."""
        if self.still is None or 2 * self.count > len(self.still):
            return self
        rows = np.flatnonzero(self.still) if self.rows is None else self.rows[self.still]
        return Left.only(self.columns, rows)

    def row_at(self, place: int) -> int:
        return place if self.rows is None else int(self.rows[place])

    def place_of(self, row: int) -> int:
        return row if self.rows is None else int(np.searchsorted(self.rows, row))
