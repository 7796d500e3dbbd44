"""What other weights would make of everybody ranked for a brief."""

from dataclasses import dataclass

import numpy as np

from proche.areas.matching.everybody import Everybody
from proche.core import matching


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody at the place other weights would give them, from 1, and the one they had."""

    person_id: int
    rank: int
    before: int


def moved(
    known: Everybody, weights: matching.Weights, *, seats: int, rows: int
) -> tuple[list[Moved], list[Moved], list[Moved]]:
    """The first rows, who would come among the seats, and who would leave them."""
    order = known.parts.reordered(weights)
    first = [_moved(known, place, rank) for rank, place in enumerate(order[:rows].tolist(), 1)]
    seated = order[:seats].tolist()
    entering = [_moved(known, at, rank) for rank, at in enumerate(seated, 1) if at >= seats]
    ranks = np.empty(len(order), dtype=np.intp)
    ranks[order] = np.arange(1, len(order) + 1)
    leaving = [
        _moved(known, at, int(rank)) for at, rank in enumerate(ranks[:seats]) if rank > seats
    ]
    return first, entering, leaving


def _moved(known: Everybody, place: int, rank: int) -> Moved:
    return Moved(int(known.people[place]), rank, place + 1)
