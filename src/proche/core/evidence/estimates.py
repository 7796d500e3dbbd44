"""From what was counted to measures: value, sample, interval, or the reason it is unknown.

Each measure also gets a `score` on the scale where accounts are compared (logarithm for rates
and durations) with its sampling variance; the norms shrink it by empirical Bayes.
The dispersion of posts is moderated towards the pooled one (as in Smyth 2004): an account
with one post borrows it whole, one with many hardly at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proche.core import topics
from proche.core.evidence.authenticity import AuthenticityScore
from proche.core.evidence.intervals import Floats, Z, poisson, rate_per_post, wilson
from proche.core.evidence.unknowns import FEWEST, Why

Codes = NDArray[np.int8]

WINDOW_WEEK = 7.0
PRIOR_POSTS = 8.0
USUAL_DISPERSION = 1.0
FEWEST_TO_POOL = 20
RATES = {
    "engagement_rate": ("engaged_sum", "engaged_squares", "engaged_posts"),
    "comment_rate": ("comment_sum", "comment_squares", "commented_posts"),
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """One measure for every account. Unknown is NaN in `value`, its reason in `why`."""

    value: Floats
    n: Floats
    low: Floats
    high: Floats
    why: Codes
    score: Floats
    variance: Floats
    dispersion: float | None = None

    @property
    def known(self) -> NDArray[np.bool_]:
        return ~np.isnan(self.value)


def estimate_all(
    counted: Mapping[str, Floats],
    authenticity: AuthenticityScore,
    given: frozenset[str],
    dispersions: Mapping[str, float],
) -> dict[str, Estimate]:
    """`dispersions` come from norms; a rate without one pools the accounts at hand."""
    posts = np.nan_to_num(counted["posts"])
    counted = _with_silence(counted, posts, given)
    estimates = {
        "followers": _fact(counted["followers"]),
        "posts_per_week": _per_week(counted, posts, given),
        "regularity": _share(
            counted["posting_weeks"], counted["window_weeks"], _why_posts(posts, given)
        ),
        "sponsored_share": _share(
            counted["sponsored_posts"],
            counted["judged_posts"],
            _why_posts(posts, given, "posts.sponsored", "posts.text"),
        ),
        "topic_focus": _focus(counted, posts, given),
        "response_time": _response_time(counted, given),
        "authenticity": _authenticity(authenticity),
    }
    for name in RATES:
        estimates[name] = _rate(name, counted, given, dispersions.get(name))
    return estimates | _shares_of_people(counted, given)


def _with_silence(
    counted: Mapping[str, Floats], posts: Floats, given: frozenset[str]
) -> Mapping[str, Floats]:
    """An account that says it has no post at all is known to have posted nothing."""
    silent = (posts == 0) & (counted["posts_total"] == 0) & ("posts.post_id" in given)
    known = {"window_days": 84.0, "window_weeks": 12.0, "window_posts": 0.0, "posting_weeks": 0.0}
    filled = {name: np.where(silent, value, counted[name]) for name, value in known.items()}
    return {**counted, **filled}


def _shares_of_people(counted: Mapping[str, Floats], given: frozenset[str]) -> dict[str, Estimate]:
    seen = np.where(counted["posts_acted_on"] >= FEWEST["returning_share"], 1.0, np.nan)
    few_posts = np.where(counted["seen_actors"] > 0, Why.TOO_FEW, Why.NO_ACTOR)
    met = "interactions.actor_id"
    return {
        "reply_rate": _share(
            counted["answered"], counted["received"], _why(given, Why.NO_COMMENT, met)
        ),
        "reciprocity": _share(
            counted["reciprocated"], counted["actors"], _why(given, Why.NO_ACTOR, met)
        ),
        "returning_share": _share(
            counted["returning_actors"],
            counted["seen_actors"] * seen,
            _why(given, few_posts, met, "interactions.post_id"),
        ),
        "local_share": _share(
            counted["local_actors"],
            counted["placed_actors"],
            _why(given, Why.NO_REGION, met, "accounts.region"),
        ),
    }


def _why(given: frozenset[str], otherwise: "Codes | Why", *needs: str) -> "Codes | Why":
    return otherwise if set(needs) <= given else Why.NOT_GIVEN


def _why_posts(posts: Floats, given: frozenset[str], *one_of: str) -> "Codes | Why":
    if "posts.post_id" not in given or (one_of and not set(one_of) & given):
        return Why.NOT_GIVEN
    return np.where(posts > 0, Why.HIDDEN, Why.NO_POST).astype(np.int8)


def _made(
    value: Floats,
    n: Floats,
    limits: tuple[Floats, Floats],
    why: "Codes | Why",
    scored: tuple[Floats, Floats],
    dispersion: float | None = None,
) -> Estimate:
    unknown = np.isnan(value)
    low, high, score, variance = (
        np.where(unknown, np.nan, column) for column in (*limits, *scored)
    )
    codes = np.where(unknown, why, Why.KNOWN).astype(np.int8)
    return Estimate(value, np.nan_to_num(n), low, high, codes, score, variance, dispersion)


def _fact(value: Floats) -> Estimate:
    none = np.full_like(value, np.nan)
    n = np.where(np.isnan(value), 0.0, 1.0)
    return _made(value, n, (none, none), Why.NOT_KNOWN, (none, none))


def _share(part: Floats, whole: Floats, why: "Codes | Why") -> Estimate:
    whole = np.where(whole > 0, whole, np.nan)
    # Half a case on each side keeps the variance of 0 and of 1 above nothing.
    score = (part + 0.5) / (whole + 1)
    variance = score * (1 - score) / (whole + 1)
    return _made(part / whole, whole, wilson(part, whole), why, (score, variance))


def _rate(
    name: str, counted: Mapping[str, Floats], given: frozenset[str], dispersion: float | None
) -> Estimate:
    events, squares, posts = (counted[column] for column in RATES[name])
    posts = np.where(posts > 0, posts, np.nan)
    followers = np.where(counted["followers"] > 0, counted["followers"], np.nan)
    raw = _raw_dispersion(events, squares, posts)
    pooled = dispersion if dispersion is not None else _pooled(raw, posts)
    weight = np.nan_to_num(posts - 1)
    own = (PRIOR_POSTS * pooled + weight * np.nan_to_num(raw)) / (PRIOR_POSTS + weight)
    with np.errstate(invalid="ignore"):
        score = np.log((events + 0.5) / posts / followers)
    variance = 1 / (events + 0.5) + own / posts
    needs = {"comment_rate": ["posts.comments"]}.get(name, ["posts.comments", "posts.likes"])
    why = _why_posts(np.nan_to_num(counted["posts"]), given, *needs)
    if not set(needs) <= given:
        why = Why.NOT_GIVEN
    why = np.where(np.isnan(posts), why, Why.NO_FOLLOWERS).astype(np.int8)
    limits = rate_per_post(events, posts, followers, own)
    return _made(events / posts / followers, posts, limits, why, (score, variance), float(pooled))


def _raw_dispersion(events: Floats, squares: Floats, posts: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = events / posts
        spread = (squares - posts * mean**2) / (posts - 1)
        raw = np.maximum(0.0, spread - mean) / mean**2
    return np.where((posts >= 2) & (events > 0), raw, np.nan)


def _pooled(raw: Floats, posts: Floats) -> float:
    usable = ~np.isnan(raw)
    if usable.sum() < FEWEST_TO_POOL:
        return USUAL_DISPERSION
    return float(np.average(raw[usable], weights=posts[usable] - 1))


def _per_week(counted: Mapping[str, Floats], posts: Floats, given: frozenset[str]) -> Estimate:
    events = counted["window_posts"]
    weeks = counted["window_days"] / WINDOW_WEEK
    low, high = poisson(events)
    score, variance = np.log((events + 0.5) / weeks), 1 / (events + 0.5)
    limits = (low / weeks, high / weeks)
    return _made(events / weeks, events, limits, _why_posts(posts, given), (score, variance))


def _focus(counted: Mapping[str, Floats], posts: Floats, given: frozenset[str]) -> Estimate:
    uses = counted["topic_uses"]
    n = np.where(uses >= FEWEST["topic_focus"], uses, np.nan)
    # The entropy of so many uses can be no higher than when all topics are used alike.
    most = np.log(np.minimum(n, len(topics.load())))
    mean_log = counted["topic_logs"] / 1e6 / n
    value = np.clip(1 - (np.log(n) - mean_log) / most, 0.0, 1.0)
    spread = np.maximum(0.0, counted["topic_square_logs"] / 1e6 / n - mean_log**2)
    error = np.sqrt(spread / n) / most
    limits = (np.clip(value - Z * error, 0.0, 1.0), np.clip(value + Z * error, 0.0, 1.0))
    why = _why_posts(posts, given, "posts.hashtags", "posts.text")
    why = np.where(posts > 0, np.where(why == Why.NOT_GIVEN, why, Why.TOO_FEW), why)
    return _made(value, n, limits, why.astype(np.int8), (value, error**2))


def _response_time(counted: Mapping[str, Floats], given: frozenset[str]) -> Estimate:
    n = np.where(
        counted["dated_answers"] >= FEWEST["response_time"], counted["dated_answers"], np.nan
    )
    hours = (counted["middle_low"] + counted["middle_high"]) / 2 / 3600
    value = np.where(np.isnan(n), np.nan, hours)
    low, high = counted["seconds_low"] / 3600, counted["seconds_high"] / 3600
    # One minute keeps the logarithm of an immediate answer finite.
    score = np.log(value + 1 / 60)
    error = (np.log(high + 1 / 60) - np.log(low + 1 / 60)) / (2 * Z)
    few = np.where(np.nan_to_num(counted["received"]) > 0, Why.TOO_FEW, Why.NO_COMMENT)
    why = _why(given, few.astype(np.int8), "interactions.actor_id")
    return _made(value, n, (low, high), why, (score, error**2))


def _authenticity(found: AuthenticityScore) -> Estimate:
    none = np.full_like(found.value, np.nan)
    n = found.signals.astype(np.float64)
    return _made(found.value, n, (none, none), Why.NO_SIGNAL, (none, none))
