"""What other weights would give, from parts already worked out: no member is read again."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proche.core.matching.parts import shares
from proche.core.matching.records import Weights

# Totals nearer than this are equal: parts are kept in 32 bits.
DECIMALS = 4


@dataclass(frozen=True, eq=False)
class Parts:
    """The parts of everybody ranked, best first: one row a part, from 0 to 1, one column a
    member."""

    names: tuple[str, ...]
    values: NDArray[np.float32]

    def reordered(self, weights: Weights) -> NDArray[np.intp]:
        """The places of all in the order other weights give; equals stay in the order they had."""
        order: NDArray[np.intp] = np.argsort(-self.totals(weights), kind="stable")
        return order

    def totals(self, weights: Weights) -> NDArray[np.float64]:
        """Points out of 100, in the order of the columns."""
        most = shares(weights, self.names)
        total = np.zeros(self.values.shape[1])
        for name, row in zip(self.names, self.values, strict=True):
            total += most[name] * row.astype(np.float64)
        return np.round(total, DECIMALS)

    def only(self, places: NDArray[np.intp] | NDArray[np.bool_]) -> "Parts":
        return Parts(self.names, self.values[:, places])


def parts_of(names: Sequence[str], rows: Sequence[NDArray[np.float64]], count: int) -> Parts:
    values = np.zeros((len(names), count), dtype=np.float32)
    for place, row in enumerate(rows):
        values[place] = row
    return Parts(tuple(names), values)
