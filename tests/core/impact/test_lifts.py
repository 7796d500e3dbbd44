"""Lifts, on paper first, then on what others have published."""

import csv
import gzip
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proche.core.impact import Impact, Lift, Observation, Point, analyse
from proche.core.impact.model import Period
from proche.core.results import InputRefused
from tests.core.impact.tables import HAND_WORKED, observed, steady

# Two-sided 95 % quantile of Student's t with 2 degrees of freedom, from printed tables.
T2 = 4.302653
PERIODS: tuple[Period, Period] = ("pre", "post")
# Difference and standard error of the men's, then of the women's mailing, as published with
# the Hillstrom (2008) e-mail trial.
PUBLISHED = {
    "visit": [0.07659, 0.00339, 0.04523, 0.00323],
    "conversion": [0.00681, 0.00092, 0.00311, 0.00082],
    "spend": [0.7698, 0.1453, 0.4244, 0.1303],
}
CHANGES = st.lists(st.integers(-40, 40), min_size=2, max_size=6)


def lift_of(impact: Impact, arm: str) -> Lift:
    return next(lift for lift in impact.arms if lift.arm == arm)


def test_lift_is_the_change_of_an_arm_less_the_change_of_control() -> None:
    impact = analyse(observed(HAND_WORKED))
    assert [(lift.arm, lift.lift, lift.units) for lift in impact.arms] == [
        ("nano", 9.5, 2),
        ("star", 3.0, 2),
    ]
    assert impact.control_units == 2


def test_interval_of_a_lift_equals_the_hand_worked_one() -> None:
    star = lift_of(analyse(observed(HAND_WORKED)), "star")
    # Equal variances give 0.5² / (2 · 0.25²) = 2 degrees of freedom.
    assert star.df == pytest.approx(2)
    assert star.standard_error == pytest.approx(0.5**0.5)
    assert star.low == pytest.approx(3 - T2 * 0.5**0.5, abs=1e-5)
    assert star.high == pytest.approx(3 + T2 * 0.5**0.5, abs=1e-5)


def test_unequal_variances_cost_degrees_of_freedom() -> None:
    nano = lift_of(analyse(observed(HAND_WORKED)), "nano")
    assert nano.standard_error == pytest.approx(1.25**0.5)
    assert nano.df == pytest.approx(1.25**2 / (1**2 + 0.25**2))


def test_permutation_of_two_against_two_is_two_draws_in_six() -> None:
    assert lift_of(analyse(observed(HAND_WORKED)), "nano").p_permutation == pytest.approx(1 / 3)


def test_permutation_of_five_against_five_that_do_not_overlap_is_two_in_252() -> None:
    impact = analyse(steady({"control": [0, 1, 2, 3, 4], "nano": [10, 11, 12, 13, 14]}))
    assert lift_of(impact, "nano").p_permutation == pytest.approx(2 / 252)
    assert [caution.code for caution in impact.cautions] == ["few_units"]


def test_ten_units_an_arm_need_no_permutation() -> None:
    impact = analyse(steady({"control": list(range(10)), "nano": list(range(5, 15))}))
    assert lift_of(impact, "nano").p_permutation is None
    assert impact.cautions == ()


def test_a_clear_interval_that_few_draws_could_have_given_is_marked_to_confirm() -> None:
    few = analyse(observed(HAND_WORKED)).cautions[0]
    assert few.fr.endswith(
        "sort 33\u00a0% du temps. Cet effet reste à confirmer sur plus d’unités."
    )
    assert few.en.endswith("33% of the time. This effect remains to be confirmed on more units.")


def test_periods_of_a_unit_are_averaged_so_more_rows_are_not_more_units() -> None:
    once = analyse(observed(HAND_WORKED))
    often = analyse([row for row in observed(HAND_WORKED) for _ in range(6)])
    assert often.arms == once.arms
    assert often.ratio == once.ratio


def test_order_of_the_rows_changes_nothing() -> None:
    rows = observed(HAND_WORKED, costs={"nano": 100.0})
    assert analyse(rows) == analyse(rows[::-1])


def test_exposure_turns_the_outcome_into_a_rate_per_exposure() -> None:
    rows = [
        Observation(f"{arm}{i}", arm, period, outcome * days, exposure=days)
        for arm, units in HAND_WORKED.items()
        for i, pair in enumerate(units)
        for period, outcome in zip(PERIODS, pair, strict=True)
        for days in (5.0, 7.0)
    ]
    assert [lift.lift for lift in analyse(rows).arms] == [9.5, 3.0]


def test_a_unit_without_exposure_in_a_period_does_not_count() -> None:
    rows = [
        Observation(row.unit, row.arm, row.period, row.outcome, exposure=1.0)
        for row in observed(HAND_WORKED)
    ]
    closed = [
        Observation("closed", "nano", "pre", 5.0, exposure=1.0),
        Observation("closed", "nano", "post", 0.0, exposure=0.0),
    ]
    impact = analyse([*rows, *closed])
    assert lift_of(impact, "nano").units == 2
    assert (
        impact.cautions[0].en
        == "1 unit of the nano arm does not count: before or after is missing."
    )


def test_without_any_before_the_afters_are_compared_and_the_reader_is_told() -> None:
    rows = [row for row in observed(HAND_WORKED) if row.period == "post"]
    impact = analyse(rows)
    assert impact.design == "after_only"
    assert [lift.lift for lift in impact.arms] == [9.0, 1.5]
    assert impact.cautions[0].code == "after_only"


def test_a_unit_in_two_arms_is_refused() -> None:
    rows = [*observed(HAND_WORKED), Observation("nano 0", "star", "post", 3.0)]
    with pytest.raises(InputRefused, match="“nano 0” is both in nano and in star"):
        analyse(rows)


def test_exposure_on_some_rows_only_is_refused() -> None:
    rows = [*observed(HAND_WORKED), Observation("nano 0", "nano", "post", 3.0, exposure=2.0)]
    with pytest.raises(InputRefused, match="everywhere or nowhere"):
        analyse(rows)


def test_one_unit_in_an_arm_is_not_enough_and_says_so() -> None:
    impact = analyse(steady({"control": [1, 2, 3], "nano": [8, 9, 10], "star": [4]}))
    assert lift_of(impact, "star") == Lift("star", 1)
    assert impact.enough is False
    assert [gap.en for gap in impact.missing] == [
        "The “star” arm has 1 unit to compare: at least 2 are needed."
    ]


def test_no_control_at_all_is_not_enough_and_says_so() -> None:
    impact = analyse(steady({"nano": [8, 9, 10]}))
    assert impact.sentence.fr == (
        "Pas assez de données\u00a0: le groupe témoin compte 0 unité à comparer\u00a0: "
        "il en faut au moins 2."
    )
    assert impact.enough is False


def test_nothing_at_all_is_not_enough() -> None:
    assert [gap.code for gap in analyse([]).missing] == ["too_few_units", "no_arm"]


def test_series_hold_the_mean_of_the_units_of_each_arm_at_each_date() -> None:
    rows = [
        Observation("a", "control", "pre", 10.0, when=date(2025, 8, 1)),
        Observation("b", "control", "pre", 14.0, when=date(2025, 8, 1)),
        Observation("a", "control", "post", 20.0, when=date(2025, 8, 8)),
    ]
    assert analyse(rows).series == (
        Point("control", "pre", date(2025, 8, 1), 12.0, 2),
        Point("control", "post", date(2025, 8, 8), 20.0, 1),
    )


def test_series_without_dates_have_one_point_a_period() -> None:
    points = analyse(observed(HAND_WORKED)).series
    assert [(p.arm, p.period, p.mean) for p in points[:2]] == [
        ("control", "pre", 11.0),
        ("control", "post", 12.5),
    ]
    assert len(points) == 6


@given(control=CHANGES, nano=CHANGES, scale=st.sampled_from([0.5, 2.0, 4.0, 1024.0]))
def test_scaling_the_outcome_scales_the_lift(
    control: list[float], nano: list[float], scale: float
) -> None:
    plain = analyse(steady({"control": control, "nano": nano})).arms[0]
    scaled = analyse(
        [
            Observation(o.unit, o.arm, o.period, o.outcome * scale)
            for o in steady({"control": control, "nano": nano})
        ]
    ).arms[0]
    for of_plain, of_scaled in zip(
        (plain.lift, plain.low, plain.high), (scaled.lift, scaled.low, scaled.high), strict=True
    ):
        assert of_plain is not None
        assert of_scaled == pytest.approx(of_plain * scale, rel=1e-9, abs=1e-9)


@pytest.mark.realdata
def test_lifts_equal_the_published_differences_of_the_hillstrom_trial(shared_data: Path) -> None:
    file = shared_data / "experiment_hillstrom" / "hillstrom.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        customers = list(csv.DictReader(lines))
    arms = {"No E-Mail": "control", "Mens E-Mail": "mens", "Womens E-Mail": "womens"}
    for outcome, expected in PUBLISHED.items():
        rows = (
            Observation(str(i), arms[row["segment"]], "post", float(row[outcome]))
            for i, row in enumerate(customers)
        )
        lifts = analyse(rows).arms
        assert [lift.arm for lift in lifts] == ["mens", "womens"]
        found = [figure for lift in lifts for figure in (lift.lift, lift.standard_error)]
        # The men's spending error, 0.14525, lies on the edge between two published digits.
        assert found == pytest.approx(expected, abs=1e-4 if outcome == "spend" else 1e-5)


@pytest.mark.realdata
def test_uneven_regions_leave_the_return_on_advertising_open(shared_data: Path) -> None:
    file = shared_data / "experiment_geolift" / "google_salesandcost.csv"
    with file.open(encoding="utf-8") as lines:
        days = list(csv.DictReader(lines))
    spent: dict[str, float] = defaultdict(float)
    for day in days:
        spent[day["geo"]] += float(day["cost"])
    rows = [
        Observation(
            unit=day["geo"],
            arm="nano" if spent[day["geo"]] else "control",
            period="pre" if day["date"] < "2015-02-16" else "post",
            outcome=float(day["sales"]),
            cost=float(day["cost"]),
            when=date.fromisoformat(day["date"]),
        )
        for day in days
        if day["date"] < "2015-03-16"
    ]
    impact = analyse(rows)
    assert (impact.control_units, impact.arms[0].units) == (50, 50)
    # Regions this uneven leave the interval of a plain difference open: about 3 dollars back
    # per dollar is what was seen, and the cost must still say that nothing is sure.
    cost = next(cost for cost in impact.costs if cost.arm == "nano")
    assert cost.total == pytest.approx(50_000)
    assert 2.5 < cost.extra / cost.total < 3.5
    assert (impact.arms[0].clear, cost.per_extra, cost.high) == (False, None, None)
    assert cost.sentence.en.startswith("Our members: at least $0.15 per extra result; no upper")
    assert len(impact.series) == 2 * 70
