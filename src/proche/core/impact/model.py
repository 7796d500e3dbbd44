"""What goes into an impact analysis and what comes out of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from proche.core.results import Sentence

Period = Literal["pre", "post"]
RatioSet = Literal["bounded", "unbounded", "complement"]
Design = Literal["before_after", "after_only"]

CONTROL = "control"
RATIO_OF = ("nano", "star")


@dataclass(frozen=True, slots=True)
class Words:
    """One noun, verb or complement in both languages."""

    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The words a programme uses, so that the sentence speaks of stores and bottles.

    `product` is the complement of "parler" in French ("du sirop"); `outcome` is plural and may
    be empty; `verb` says what a unit does with the outcome; `exposure` replaces `period` when
    the outcome is counted per exposure.
    """

    product: Words = Words("du produit", "the product")
    unit: Words = Words("unité", "unit")
    units: Words = Words("unités", "units")
    verb: Words = Words("a compté", "counted")
    outcome: Words = Words("", "")
    outcome_one: Words = Words("", "")
    period: Words = Words("période", "period")
    exposure: Words = Words("unité d’exposition", "unit of exposure")
    currency: str = "$"


@dataclass(frozen=True, slots=True)
class Observation:
    """What one unit (store, region, code) counted in one period."""

    unit: str
    arm: str
    period: Period
    outcome: float
    exposure: float | None = None
    cost: float | None = None
    when: date | None = None


@dataclass(frozen=True, slots=True)
class Lift:
    """Change per unit and period against control; all figures are None below 2 units."""

    arm: str
    units: int
    lift: float | None = None
    low: float | None = None
    high: float | None = None
    standard_error: float | None = None
    df: float | None = None
    p_permutation: float | None = None

    @property
    def clear(self) -> bool:
        """The interval leaves zero out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class Ratio:
    """The Fieller set of one lift over another.

    bounded: from `low` to `high`. complement: everything up to `low` and from `high` on.
    unbounded: nothing can be said. Only a bounded set carries an estimate.
    """

    of: tuple[str, str]
    set: RatioSet
    estimate: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost per extra outcome; `high` is None when the lift could be zero."""

    arm: str
    total: float
    extra: float
    per_extra: float | None
    low: float | None
    high: float | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Point:
    """The mean of one arm at one date, or in one period when no date is known."""

    arm: str
    period: Period
    when: date | None
    mean: float
    units: int


@dataclass(frozen=True, slots=True)
class Impact:
    """The whole answer: lifts first, the ratio second, and what is missing to say more.

    `lead` opens a page; `sentence` also carries the intervals and the ratio.
    """

    arms: tuple[Lift, ...]
    control_units: int
    ratio: Ratio | None
    costs: tuple[Cost, ...]
    lead: Sentence
    ratio_sentence: Sentence | None
    sentence: Sentence
    enough: bool
    missing: tuple[Sentence, ...]
    cautions: tuple[Sentence, ...]
    series: tuple[Point, ...]
    design: Design
    confidence: float


def named(lifts: tuple[Lift, ...], arm: str) -> Lift:
    return next(lift for lift in lifts if lift.arm == arm)
