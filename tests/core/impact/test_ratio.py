"""The ratio of two lifts and its Fieller set, worked by hand, then as properties."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from proche.core.impact import Impact, Observation, Ratio, analyse
from proche.core.impact.estimates import KINDS, Difference, RatioSets, ratio_sets
from tests.core.impact.tables import HAND_WORKED, observed, steady

DF = 40.0
# The level at which Student's quantile with 40 degrees of freedom is exactly 2.
LEVEL_OF_TWO = float(2 * special.stdtr(DF, 2.0) - 1)
CHANGES = st.lists(st.integers(-40, 40), min_size=2, max_size=6)


def one(lift: float, variance: float) -> Difference:
    return Difference(np.asarray(lift), np.asarray(variance), np.asarray(DF))


def fieller(over: Difference, under: Difference, covariance: float) -> tuple[str, float, float]:
    found = ratio_sets(over, under, np.asarray(covariance), LEVEL_OF_TWO)
    return KINDS[int(found.kind)], float(found.low), float(found.high)


def ratio_of(impact: Impact) -> Ratio:
    assert impact.ratio is not None
    return impact.ratio


def test_independent_lifts_give_the_hand_worked_bounds() -> None:
    # 20 ± 2 over 10 ± 1, t = 2: 96 r² − 400 r + 384 = 0, whose roots are 3/2 and 8/3.
    kind, low, high = fieller(one(20, 4), one(10, 1), 0)
    assert kind == "bounded"
    assert [low, high] == pytest.approx([3 / 2, 8 / 3])


def test_a_shared_control_narrows_the_set_as_by_hand() -> None:
    # Covariance 1: 96 r² − 392 r + 384 = 0, roots (196 ± √1552) / 96.
    kind, low, high = fieller(one(20, 4), one(10, 1), 1)
    assert kind == "bounded"
    assert low == pytest.approx((196 - 1552**0.5) / 96)
    assert high == pytest.approx((196 + 1552**0.5) / 96)


def test_a_strong_lift_over_an_unclear_one_leaves_an_interval_out() -> None:
    # 10 ± 1 over 1 ± 1: −3 r² − 20 r + 96 ≤ 0 outside the roots (10 ± √388) / −3.
    kind, low, high = fieller(one(10, 1), one(1, 1), 0)
    assert kind == "complement"
    assert low == pytest.approx((10 + 388**0.5) / -3)
    assert high == pytest.approx((10 - 388**0.5) / -3)


def test_two_unclear_lifts_say_nothing_at_all() -> None:
    kind, low, high = fieller(one(1, 1), one(1, 1), 0)
    assert kind == "unbounded"
    assert np.isnan([low, high]).all()


def test_ratio_of_the_hand_worked_table_uses_the_covariance_of_its_control() -> None:
    # a = 9 − 18.5128 · 0.5 < 0: the star is unclear, so no estimate leaves the core.
    ratio = ratio_of(analyse(observed(HAND_WORKED)))
    t2 = 4.302653**2
    a, b, c = 9 - t2 * 0.5, 9.5 * 3 - t2 * 0.25, 9.5**2 - t2 * 1.25
    ends = sorted(((b - (b * b - a * c) ** 0.5) / a, (b + (b * b - a * c) ** 0.5) / a))
    assert (ratio.of, ratio.set, ratio.estimate) == (("nano", "star"), "complement", None)
    assert [ratio.low, ratio.high] == pytest.approx(ends, rel=1e-5)


def test_a_clear_star_bounds_the_ratio() -> None:
    ratio = ratio_of(analyse(steady({
        "control": [0, 1, 2, 3], "nano": [18, 19, 21, 22], "star": [9, 10, 11, 14],
    })))  # fmt: skip
    assert ratio.set == "bounded"
    assert ratio.estimate == pytest.approx((20 - 1.5) / (11 - 1.5))
    assert ratio.low is not None
    assert ratio.high is not None
    assert ratio.low < (20 - 1.5) / (11 - 1.5) < ratio.high


def test_without_a_star_there_is_no_ratio() -> None:
    impact = analyse(steady({"control": [0, 1], "nano": [5, 6]}))
    assert impact.ratio is None
    assert impact.ratio_sentence is None


def test_a_single_star_unit_leaves_the_ratio_unbounded() -> None:
    impact = analyse(steady({"control": [0, 1], "nano": [5, 6], "star": [3]}))
    assert ratio_of(impact) == Ratio(("nano", "star"), "unbounded")
    assert impact.sentence.en.endswith("Not enough data for a ratio.")


def test_other_arms_can_be_compared_when_asked() -> None:
    rows = steady({"control": [0, 1, 2], "micro": [6, 7, 8], "star": [4, 5, 6]})
    assert ratio_of(analyse(rows, of=("micro", "star"))).of == ("micro", "star")


def test_a_set_covers_what_its_kind_says() -> None:
    sets = RatioSets(np.array([0, 1, 2]), np.array([1.0, np.nan, 1.0]), np.array([2, np.nan, 2]))
    assert sets.cover(1.5).tolist() == [True, True, False]
    assert sets.cover(3.0).tolist() == [False, True, True]
    assert sets.cover(inf).tolist() == [False, True, True]


@given(control=CHANGES, nano=CHANGES, star=CHANGES)
def test_the_ratio_is_bounded_exactly_when_the_star_is_clear(
    control: list[float], nano: list[float], star: list[float]
) -> None:
    impact = analyse(steady({"control": control, "nano": nano, "star": star}))
    under = next(lift for lift in impact.arms if lift.arm == "star")
    assert (ratio_of(impact).set == "bounded") == under.clear
    assert (ratio_of(impact).estimate is not None) == under.clear
    assert impact.enough == under.clear


@given(control=CHANGES, nano=CHANGES, star=CHANGES, scale=st.sampled_from([0.25, 4.0, 1024.0]))
def test_the_ratio_ignores_the_unit_of_the_outcome(
    control: list[float], nano: list[float], star: list[float], scale: float
) -> None:
    rows = steady({"control": control, "nano": nano, "star": star})
    plain = ratio_of(analyse(rows))
    scaled = ratio_of(analyse([rescaled(row, scale) for row in rows]))
    assert scaled.set == plain.set
    assert [scaled.estimate, scaled.low, scaled.high] == pytest.approx(
        [plain.estimate, plain.low, plain.high]
    )


@given(control=CHANGES, nano=CHANGES, star=CHANGES)
def test_a_bounded_set_holds_its_estimate(
    control: list[float], nano: list[float], star: list[float]
) -> None:
    far = [change + 2000 for change in star]
    ratio = ratio_of(analyse(steady({"control": control, "nano": nano, "star": far})))
    assert ratio.set == "bounded"
    assert ratio.low is not None
    assert ratio.high is not None
    assert ratio.estimate is not None
    assert ratio.low - 1e-9 <= ratio.estimate <= ratio.high + 1e-9


def rescaled(row: Observation, scale: float) -> Observation:
    return replace(row, outcome=row.outcome * scale)
