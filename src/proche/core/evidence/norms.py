"""Norms: how accounts of the same platform and size stand on each measure.

Each group keeps 101 quantiles (Hazen) of the scores after empirical-Bayes shrinkage
(Efron and Morris 1975; moments of DerSimonian and Laird 1986), so that a score seen on few
posts is placed near the middle of its group.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from proche.core.evidence.estimates import Estimate
from proche.core.evidence.intervals import Floats, Z
from proche.core.evidence.measures import RANKED

BANDS = (0, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 100_000, 1_000_000)
FEWEST_IN_BAND = 20
FEWEST_ON_PLATFORM = 5
WHOLE_PLATFORM = -1
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Norm:
    """One group. `band` is the lowest follower count of its band, or -1 for the platform."""

    measure: str
    platform: str
    band: int
    accounts: int
    centre: float
    spread: float
    quantiles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Norms:
    """`source` says in plain words where they come from; `as_of` when."""

    source: str
    as_of: str | None
    dispersions: Mapping[str, float]
    groups: tuple[Norm, ...]

    def to_json(self) -> str:
        return json.dumps({"format": FORMAT} | asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Norms":
        """Raises ValueError when the text is not norms of this format."""
        try:
            document = json.loads(text)
            if document["format"] != FORMAT:
                raise ValueError(f"norms of format {document['format']}, {FORMAT} expected")
            groups = tuple(
                Norm(**{**group, "quantiles": tuple(group["quantiles"])})
                for group in document["groups"]
            )
            return cls(document["source"], document["as_of"], document["dispersions"], groups)
        except (KeyError, TypeError, json.JSONDecodeError) as cause:
            raise ValueError("this is not a file of norms") from cause


@dataclass(frozen=True, slots=True)
class Place:
    """Percentile of each account in its group, with its 95 % interval; NaN unknown.
    For a measure where less is closer, the percentile is turned round."""

    percentile: Floats
    low: Floats
    high: Floats


def band_of(followers: Floats) -> NDArray[np.int64]:
    bounds = np.array(BANDS, dtype=np.float64)
    places = np.searchsorted(bounds, np.nan_to_num(followers), side="right") - 1
    found: NDArray[np.int64] = np.array(BANDS, dtype=np.int64)[places]
    return found


def build_norms(
    estimates: Mapping[str, Estimate],
    platforms: NDArray[np.str_],
    followers: Floats,
    *,
    source: str,
    as_of: str | None,
) -> Norms:
    bands = band_of(followers)
    groups = []
    for measure in RANKED:
        estimate = estimates[measure.name]
        for platform in np.unique(platforms):
            on_platform = (platforms == platform) & estimate.known
            wholes = [(WHOLE_PLATFORM, on_platform, FEWEST_ON_PLATFORM)]
            parts = [
                (int(band), on_platform & (bands == band) & ~np.isnan(followers), FEWEST_IN_BAND)
                for band in np.unique(bands)
            ]
            groups += [
                _norm(measure.name, str(platform), band, estimate, members)
                for band, members, fewest in wholes + parts
                if members.sum() >= fewest
            ]
    dispersions = {
        name: estimate.dispersion
        for name, estimate in estimates.items()
        if estimate.dispersion is not None
    }
    return Norms(source, as_of, dispersions, tuple(groups))


def _norm(
    measure: str, platform: str, band: int, estimate: Estimate, members: NDArray[np.bool_]
) -> Norm:
    score, variance = estimate.score[members], estimate.variance[members]
    centre, total = float(score.mean()), float(score.var())
    # A twentieth of the total at least: a spread of zero would place everybody in the middle.
    spread = max(total - float(variance.mean()), total / 20)
    shrunk = _shrink(score, variance, centre, spread)
    quantiles = np.quantile(shrunk, np.linspace(0, 1, 101), method="hazen")
    return Norm(
        measure, platform, band, int(members.sum()), centre, spread, tuple(quantiles.tolist())
    )


def _shrink(score: Floats, variance: Floats, centre: float, spread: float) -> Floats:
    if spread == 0:
        return np.where(np.isnan(score), np.nan, centre)
    shrunk: Floats = centre + spread / (spread + variance) * (score - centre)
    return shrunk


def place_all(
    estimates: Mapping[str, Estimate],
    platforms: NDArray[np.str_],
    followers: Floats,
    norms: Norms,
) -> dict[str, Place]:
    """An account is placed in its band, failing that on its platform, failing that nowhere."""
    bands = np.where(np.isnan(followers), WHOLE_PLATFORM, band_of(followers))
    places = {}
    for measure in RANKED:
        estimate = estimates[measure.name]
        columns = [np.full(len(followers), np.nan) for _ in range(3)]
        ordered = sorted(
            (norm for norm in norms.groups if norm.measure == measure.name),
            key=lambda norm: norm.band,
        )
        for norm in ordered:
            members = (platforms == norm.platform) & estimate.known
            if norm.band != WHOLE_PLATFORM:
                members &= bands == norm.band
            for column, found in zip(columns, _place(estimate, members, norm), strict=True):
                column[members] = found
        if measure.less_is_closer:
            columns = [100 - columns[0], 100 - columns[2], 100 - columns[1]]
        places[measure.name] = Place(*columns)
    return places


def _place(
    estimate: Estimate, members: NDArray[np.bool_], norm: Norm
) -> tuple[Floats, Floats, Floats]:
    score, variance = estimate.score[members], estimate.variance[members]
    shrunk = _shrink(score, variance, norm.centre, norm.spread)
    kept = norm.spread / (norm.spread + variance) if norm.spread else np.zeros_like(variance)
    half = Z * np.sqrt(kept * variance)
    grid = np.array(norm.quantiles)
    return (
        _percentile(grid, shrunk),
        _percentile(grid, shrunk - half),
        _percentile(grid, shrunk + half),
    )


def _percentile(grid: Floats, score: Floats) -> Floats:
    """Between two quantiles by line; on a run of equal ones, at its middle."""
    left = np.searchsorted(grid, score, side="left")
    right = np.searchsorted(grid, score, side="right")
    inside = np.clip(left, 1, len(grid) - 1)
    step = grid[inside] - grid[inside - 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        between = inside - 1 + (score - grid[inside - 1]) / np.where(step > 0, step, 1)
    tied = right > left
    found: Floats = np.clip(np.where(tied, (left + right - 1) / 2, between), 0.0, 100.0)
    return found
