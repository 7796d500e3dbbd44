"""Closeness: the mean percentile of the measures that tell it, each unknown one counted at 50.

So the figure is drawn towards 50 as fewer measures are known. The interval adds the sampling
error of the known measures to the spread an unknown one could have (uniform from 0 to 100).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proche.core.evidence.intervals import Floats, Z
from proche.core.evidence.measures import CLOSENESS
from proche.core.evidence.norms import Place

MIDDLE = 50.0
SPREAD_OF_UNKNOWN = 100 / np.sqrt(12)


@dataclass(frozen=True, slots=True)
class Closeness:
    """0 to 100, NaN when no measure is known; `measures` says from how many of `possible`."""

    value: Floats
    low: Floats
    high: Floats
    measures: NDArray[np.int64]
    possible: int = len(CLOSENESS)


def gather_closeness(places: Mapping[str, Place]) -> Closeness:
    found = [places[measure.name] for measure in CLOSENESS]
    percentiles = np.stack([place.percentile for place in found])
    known = ~np.isnan(percentiles)
    measures = known.sum(axis=0)
    value = np.where(known, percentiles, MIDDLE).mean(axis=0)
    errors = np.stack([(place.high - place.low) / (2 * Z) for place in found])
    variances = np.where(known, errors, SPREAD_OF_UNKNOWN) ** 2
    half = Z * np.sqrt(variances.sum(axis=0)) / len(found)
    any_known = measures > 0
    return Closeness(
        np.where(any_known, value, np.nan),
        np.where(any_known, np.clip(value - half, 0, 100), np.nan),
        np.where(any_known, np.clip(value + half, 0, 100), np.nan),
        measures,
    )
