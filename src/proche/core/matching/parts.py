"""The parts of the score, each between 0 and 1 for every member who passed the filters.

What is unknown counts as the middle: neither a credit nor a fault. A part for which nothing at
all is known, or which the brief does not ask for, is out of play and its weight goes to the others.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from proche.core.matching.columns import UNKNOWN, Columns, Numbers
from proche.core.matching.records import Brief, Weights

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]

MIDDLE = 0.5
# a year's wait is as good as never having been asked
FULL_WAIT_MONTHS = 12
# one promise kept or broken is not yet a habit: two imagined ones, half kept, stand beside it
IMAGINED_OWED, IMAGINED_POSTED = 2, 1
# to speak of the kind of product is half as telling as to name the brand
KIND_NAMED = 0.5

WISH = {"product": "try_products", "event": "attend_events"}


def parts(
    brief: Brief, columns: Columns, rows: Rows, relevance: Floats, speak_of_it: Mask | None
) -> Mapping[str, Floats]:
    """`relevance` is that of these rows, as it came from the index; the best of them counts 1.
    `speak_of_it`: who speaks of the kind of product unprompted, None where it is not said."""
    found: dict[str, Floats] = {}
    if brief.title or brief.text or brief.topics:
        best = float(relevance.max(initial=0.0))
        found["relevance"] = relevance / best if best > 0 else relevance
    if columns.has("mentioned_brand") or speak_of_it is not None:
        named = np.maximum(columns.mentioned_brand[rows], 0).astype(np.float64)
        kind = 0.0 if speak_of_it is None else KIND_NAMED * speak_of_it[rows]
        found["affinity"] = np.maximum(named, kind)
    if columns.has("closeness"):
        closeness = columns.closeness[rows].astype(np.float64) / 100
        found["closeness"] = np.where(np.isnan(closeness), MIDDLE, np.clip(closeness, 0, 1))
    if brief.format in WISH and columns.has(WISH[brief.format]):
        wish = _wish(brief, columns)[rows]
        found["wishes"] = np.where(wish == UNKNOWN, MIDDLE, wish).astype(np.float64)
    if columns.has("owed"):
        owed = np.maximum(columns.owed[rows], 0) + IMAGINED_OWED
        posted = np.maximum(columns.posted[rows], 0) + IMAGINED_POSTED
        found["reliability"] = np.minimum(posted / owed, 1.0)
    if columns.has("months_since_last_ask"):
        waited = np.minimum(columns.months_waiting[rows], FULL_WAIT_MONTHS) / FULL_WAIT_MONTHS
        found["fairness"] = np.where(columns.never_asked[rows], 1.0, waited)
    return found


def shares(weights: Weights, in_play: Iterable[str]) -> dict[str, float]:
    """Points out of 100 that each part in play can give."""
    asked = {name: float(getattr(weights, name)) for name in in_play}
    total = sum(asked.values())
    return {name: 100 * weight / total if total else 0.0 for name, weight in asked.items()}


def _wish(brief: Brief, columns: Columns) -> Numbers:
    return columns.try_products if brief.format == "product" else columns.attend_events
