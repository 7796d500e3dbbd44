"""Authenticity: a plain points rule on what a profile shows, for a person to look into.

Signals and points are argued in docs/methods/authenticity.md from published work (Cresci et
al. 2015; Akyon and Kalfaoglu 2019; Stringhini et al. 2013; Gao et al. 2010); none is fitted.
The score is 1 minus the points found over the points the known signals could have given: an
unknown signal neither helps nor harms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from proche.core.evidence.intervals import Floats
from proche.core.evidence.unknowns import FEWEST


@dataclass(frozen=True, slots=True)
class Signal:
    """`steps`: from each bound on, so many points; `most`: the points it can give."""

    name: str
    steps: tuple[tuple[float, int], ...]
    most: int


SIGNALS = (
    Signal("follows_many", ((1.5, 1), (2, 2), (5, 3)), 3),
    Signal("hardly_posts", ((-3, 1), (0, 2)), 2),
    Signal("no_avatar", ((1, 2),), 2),
    Signal("digits_in_handle", ((2, 1), (4, 2)), 2),
    Signal("empty_bio", ((1, 1),), 1),
    Signal("bursts", ((0.25, 1), (0.5, 2)), 2),
    Signal("repeated_comments", ((0.25, 1), (0.5, 2)), 2),
)
NAMES = tuple(signal.name for signal in SIGNALS)
# Dated follows must span eight weeks before one day among them can stand out.
FOLLOW_DAYS = 56


@dataclass(frozen=True, slots=True)
class AuthenticityScore:
    """`value` is NaN without any signal; `points` holds those of each signal, NaN unknown."""

    value: Floats
    signals: NDArray[np.int64]
    points: Mapping[str, Floats]

    def known(self) -> Any:
        """A list of the names of the signals known an account, in the order of SIGNALS."""
        return _named({name: ~np.isnan(points) for name, points in self.points.items()})

    def found(self) -> Any:
        """A list of the names of the signals that gave points an account, in the same order."""
        return _named({name: points > 0 for name, points in self.points.items()})


def _named(columns: Mapping[str, NDArray[np.bool_]]) -> Any:
    """Of a million lists at most 2^7 differ: each is written once."""
    flags = np.stack([columns[name] for name in NAMES], axis=1)
    codes, which = np.unique(flags @ (1 << np.arange(len(NAMES))), return_inverse=True)
    lists = [
        [name for place, name in enumerate(NAMES) if code >> place & 1] for code in codes.tolist()
    ]
    return pa.array(lists, pa.list_(pa.string())).take(pa.array(which))


def score_authenticity(counted: Mapping[str, Floats]) -> AuthenticityScore:
    seen = {
        "follows_many": counted["following"] / np.maximum(counted["followers"], 1),
        "hardly_posts": -counted["posts_total"],
        "no_avatar": 1 - counted["has_avatar"],
        "digits_in_handle": counted["handle_digits"],
        "empty_bio": np.where(np.isnan(counted["bio_length"]), np.nan, counted["bio_length"] == 0),
        "bursts": _busiest_day(counted),
        "repeated_comments": _share_of_enough(
            counted["repeated_comments"], counted["worded_comments"], FEWEST["repeated_comments"]
        ),
    }
    points = {signal.name: _points(signal, seen[signal.name]) for signal in SIGNALS}
    known = {name: ~np.isnan(found) for name, found in points.items()}
    possible = sum(
        (np.where(known[signal.name], signal.most, 0.0) for signal in SIGNALS),
        start=np.zeros_like(counted["followers"]),
    )
    found = sum(
        (np.nan_to_num(points[signal.name]) for signal in SIGNALS),
        start=np.zeros_like(possible),
    )
    value = np.where(possible > 0, 1 - found / np.where(possible > 0, possible, 1), np.nan)
    counts = sum(
        (known[signal.name].astype(np.int64) for signal in SIGNALS),
        start=np.zeros(len(possible), dtype=np.int64),
    )
    return AuthenticityScore(value, counts, points)


def _busiest_day(counted: Mapping[str, Floats]) -> Floats:
    """The share of follows that came on the busiest day. Unknown where most follows of that day
    share their moment with another: an export stamped them, nobody's clock did."""
    dated = (counted["follow_days"] >= FOLLOW_DAYS) & (
        2 * counted["busiest_moments"] >= counted["busiest_follows"]
    )
    share = _share_of_enough(counted["busiest_follows"], counted["follows"], FEWEST["bursts"])
    return np.where(dated, share, np.nan)


def _share_of_enough(part: Floats, whole: Floats, fewest: int) -> Floats:
    return part / np.where(whole >= fewest, whole, np.nan)


def _points(signal: Signal, seen: Floats) -> Floats:
    points = np.zeros_like(seen)
    for bound, given in signal.steps:
        points = np.where(seen >= bound, float(given), points)
    return np.where(np.isnan(seen), np.nan, points)
