"""The measures: what each is called, how it is counted, whether it tells closeness."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    FACT = "fact"
    RATE = "rate"
    SHARE = "share"
    DURATION = "duration"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    kind: Kind
    closeness: bool = False
    ranked: bool = True
    less_is_closer: bool = False


# The order is the one of evidence.parquet.
MEASURES = (
    Measure("followers", Kind.FACT, ranked=False),
    Measure("posts_per_week", Kind.RATE),
    Measure("regularity", Kind.SHARE),
    Measure("engagement_rate", Kind.RATE),
    Measure("comment_rate", Kind.RATE, closeness=True),
    Measure("reply_rate", Kind.SHARE, closeness=True),
    Measure("response_time", Kind.DURATION, closeness=True, less_is_closer=True),
    Measure("reciprocity", Kind.SHARE, closeness=True),
    Measure("returning_share", Kind.SHARE, closeness=True),
    Measure("local_share", Kind.SHARE, closeness=True),
    Measure("topic_focus", Kind.INDEX),
    Measure("sponsored_share", Kind.SHARE),
    Measure("authenticity", Kind.INDEX, ranked=False),
)

CLOSENESS = tuple(m for m in MEASURES if m.closeness)
RANKED = tuple(m for m in MEASURES if m.ranked)

PROOFS = ("declared", "screenshot", "public", "archive", "api")


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measure of one account. `value` is None when unknown; `unknown` then says why
    (a code of `proche.core.evidence.WHY_UNKNOWN`). response_time is in hours,
    posts_per_week in posts, every other measure is a share or a rate."""

    account_id: str
    measure: str
    value: float | None
    n: int
    low: float | None
    high: float | None
    percentile: float | None
    proof: str
    as_of: date
    unknown: str | None = None
