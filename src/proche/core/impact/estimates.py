"""Lifts and their ratio, on single studies or on arrays of simulated ones alike.

Lift: difference of mean unit changes, Welch (1947) with Satterthwaite's degrees of freedom.
Ratio: Fieller (1954), here with the covariance two lifts owe to their common control.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from proche.core.impact.model import RatioSet

Array = NDArray[np.float64]
KINDS: tuple[RatioSet, ...] = ("bounded", "unbounded", "complement")
BOUNDED, UNBOUNDED, COMPLEMENT = range(3)


@dataclass(frozen=True, slots=True)
class Group:
    """Mean change of an arm, the variance of that mean, and how many units made it."""

    mean: Array
    variance: Array
    units: int


@dataclass(frozen=True, slots=True)
class Difference:
    lift: Array
    variance: Array
    df: Array

    def margin(self, confidence: float) -> Array:
        return quantile(self.df, confidence) * np.sqrt(self.variance)


@dataclass(frozen=True, slots=True)
class RatioSets:
    kind: NDArray[np.int64]
    low: Array
    high: Array

    def cover(self, ratio: float) -> NDArray[np.bool_]:
        """Whether each set holds `ratio`; an infinite one stands for a denominator of zero."""
        inside = (self.low <= ratio) & (ratio <= self.high)
        outside = (ratio <= self.low) | (self.high <= ratio)
        return np.select([self.kind == BOUNDED, self.kind == COMPLEMENT], [inside, outside], True)


def group(changes: Any) -> Group:
    """Units along the last axis; earlier axes, if any, are independent studies."""
    values = np.asarray(changes, dtype=np.float64)
    units = values.shape[-1]
    return Group(values.mean(axis=-1), values.var(axis=-1, ddof=1) / units, units)


def difference(arm: Group, control: Group) -> Difference:
    variance = arm.variance + control.variance
    spread = arm.variance**2 / (arm.units - 1) + control.variance**2 / (control.units - 1)
    pooled = float(arm.units + control.units - 2)
    varies = spread > 0
    df = np.where(varies, variance**2 / np.where(varies, spread, 1.0), pooled)
    return Difference(np.asarray(arm.mean - control.mean), np.asarray(variance), df)


def ratio_sets(
    numerator: Difference, denominator: Difference, covariance: Array, confidence: float
) -> RatioSets:
    """Every ratio r for which numerator - r * denominator cannot be told from zero.

    The degrees of freedom are the denominator's, so that the set is bounded exactly when the
    interval of the denominator leaves zero out.
    """
    t2 = quantile(denominator.df, confidence) ** 2
    a = denominator.lift**2 - t2 * denominator.variance
    b = numerator.lift * denominator.lift - t2 * covariance
    c = numerator.lift**2 - t2 * numerator.variance
    discriminant = b**2 - a * c
    kind = np.where(a > 0, BOUNDED, np.where((a < 0) & (discriminant > 0), COMPLEMENT, UNBOUNDED))
    root = np.sqrt(np.maximum(discriminant, 0.0))
    divisor = np.where(kind == UNBOUNDED, np.nan, a)
    ends = np.stack([(b - root) / divisor, (b + root) / divisor])
    return RatioSets(kind, ends.min(axis=0), ends.max(axis=0))


def quantile(df: Array, confidence: float) -> Array:
    return np.asarray(special.stdtrit(df, 0.5 + confidence / 2))
