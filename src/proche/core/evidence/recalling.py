"""Estimates of measures from evidence kept before, where the posts themselves were not kept.

The inverse of `estimates`: value, sample and interval give back the score compared with peers
and its sampling variance (Wilson 1927; Breslow and Day 1987; the delta method for rates). What
was not measured stays unknown. Only the sampling variance of a rate without any event is
borrowed, from the pooled dispersion.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from proche.core.evidence.estimates import RATES, USUAL_DISPERSION, Estimate
from proche.core.evidence.gathering import Evidence
from proche.core.evidence.intervals import NONE_SEEN, Floats, Z
from proche.core.evidence.measures import RANKED
from proche.core.evidence.unknowns import Why

MINUTE = 1 / 60


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of one measure, a row an account; NaN where it never was known."""

    value: Floats
    n: Floats
    low: Floats
    high: Floats


Scored = tuple[Floats, Floats, float | None]


def recall(evidence: Evidence, kept: pa.Table) -> Evidence:
    """`evidence` with the measures found in `kept` (account_id, measure, value, n, low, high).

    Where an account and measure come twice the last row stands. Places and closeness are left
    as they were: norms come next.
    """
    estimates = recall_estimates(evidence.ids, evidence.numbers["followers"], kept)
    sponsored = estimates["sponsored_share"]
    judged = np.where(sponsored.known, sponsored.n, np.nan)
    numbers = {
        **evidence.numbers,
        "judged_posts": judged,
        "sponsored_posts": np.round(sponsored.value * judged),
    }
    return replace(evidence, estimates={**evidence.estimates, **estimates}, numbers=numbers)


def recall_estimates(ids: Sequence[str], followers: Floats, kept: pa.Table) -> dict[str, Estimate]:
    """The measures that norms rank, of the accounts `ids` with their `followers`."""
    found = {measure.name: Kept(*_unknown(len(followers))) for measure in RANKED}
    places = pc.index_in(kept["account_id"].cast(pa.string()), pa.array(ids, pa.string()))
    for name, one in found.items():
        _fill(one, kept, pc.equal(kept["measure"], name), places)
    return {name: _estimate(name, one, followers) for name, one in found.items()}


def _unknown(accounts: int) -> list[Floats]:
    return [np.full(accounts, np.nan) for _ in range(4)]


def _fill(one: Kept, kept: pa.Table, chosen: pa.ChunkedArray, places: pa.ChunkedArray) -> None:
    rows = pc.and_(pc.and_(chosen, pc.is_valid(places)), pc.is_valid(kept["value"]))
    where = places.filter(rows).to_numpy()
    for name in ("value", "n", "low", "high"):
        column = kept[name].filter(rows).cast(pa.float64())
        getattr(one, name)[where] = column.to_numpy()


def _estimate(name: str, one: Kept, followers: Floats) -> Estimate:
    with np.errstate(divide="ignore", invalid="ignore"):
        if name in RATES:
            score, variance, dispersion = _rate(one, followers)
        else:
            score, variance, dispersion = SCORES.get(name, _share)(one)
    # A kept value whose interval was lost cannot be compared: it is not guessed.
    usable = ~np.isnan(score) & ~np.isnan(variance)
    value, low, high = (np.where(usable, c, np.nan) for c in (one.value, one.low, one.high))
    why = np.where(usable, Why.KNOWN, Why.NOT_GIVEN).astype(np.int8)
    n = np.nan_to_num(np.where(usable, one.n, np.nan))
    score, variance = (np.where(usable, c, np.nan) for c in (score, variance))
    return Estimate(value, n, low, high, why, score, variance, dispersion)


def _share(one: Kept) -> Scored:
    score = (one.value * one.n + 0.5) / (one.n + 1)
    return score, score * (1 - score) / (one.n + 1), None


def _per_week(one: Kept) -> Scored:
    weeks = np.where(one.value > 0, one.n / one.value, NONE_SEEN / one.high)
    return np.log((one.n + 0.5) / weeks), 1 / (one.n + 0.5), None


def _focus(one: Kept) -> Scored:
    return one.value, ((one.high - one.low) / (2 * Z)) ** 2, None


def _response_time(one: Kept) -> Scored:
    error = (np.log(one.high + MINUTE) - np.log(one.low + MINUTE)) / (2 * Z)
    return np.log(one.value + MINUTE), error**2, None


def _rate(one: Kept, followers: Floats) -> Scored:
    followers = np.where(followers > 0, followers, np.nan)
    events = one.value * one.n * followers
    spread = (np.log(one.high / one.low) / (2 * Z)) ** 2
    own = np.where(events > 0, np.maximum(0.0, spread - 1 / events) * one.n, np.nan)
    pooled = _pooled(own, one.n)
    variance = 1 / (events + 0.5) + np.where(np.isnan(own), pooled, own) / one.n
    return np.log((events + 0.5) / one.n / followers), variance, pooled


def _pooled(own: Floats, posts: Floats) -> float:
    usable: NDArray[np.bool_] = np.isfinite(own) & (posts > 0)
    if not usable.any():
        return USUAL_DISPERSION
    return float(np.average(own[usable], weights=posts[usable]))


SCORES: Mapping[str, Callable[[Kept], Scored]] = {
    "posts_per_week": _per_week,
    "topic_focus": _focus,
    "response_time": _response_time,
}
