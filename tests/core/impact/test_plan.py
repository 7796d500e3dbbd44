"""Planning: power by simulation, the star first, the same figures for the same seed."""

from typing import Any

import numpy as np
import pytest

from proche.core.impact import Observation, Study, analyse, plan_study
from proche.core.impact.estimates import difference, group, ratio_sets
from proche.core.impact.plan import change_variance, changes
from proche.core.results import InputRefused
from tests.bench.bench_impact import HIGH, LOW, Scenario, coverage_row


def test_the_same_seed_gives_the_same_table_and_another_does_not() -> None:
    study = Study(lift_star=8, lift_nano=24)
    first = plan_study(study, units=(10, 20), simulations=200)
    assert plan_study(study, units=(10, 20), simulations=200) == first
    assert plan_study(study, units=(10, 20), simulations=200, seed=1) != first


def test_a_size_keeps_its_figures_whatever_the_other_sizes() -> None:
    study = Study(lift_star=8, lift_nano=24)
    alone = plan_study(study, units=(20,), simulations=200).rows[0]
    assert plan_study(study, units=(20, 10, 20), simulations=200).rows[1] == alone


def test_power_grows_with_units_and_the_recommended_size_is_the_first_to_reach_it() -> None:
    table = plan_study(Study(lift_star=8, lift_nano=24), simulations=400)
    powers = [row.star for row in table.rows]
    assert powers == sorted(powers)
    assert table.recommended == next(row.units for row in table.rows if row.star >= 0.8)
    assert f"environ {table.recommended} unités par groupe" in table.sentence.fr


def test_the_star_decides_even_when_the_members_are_plain_to_see() -> None:
    row = plan_study(Study(lift_star=1, lift_nano=30), units=(20,), simulations=200).rows[0]
    assert row.nano > 0.99
    assert row.star < 0.2


def test_no_lift_is_seen_about_one_time_in_twenty() -> None:
    row = plan_study(Study(lift_star=1e-9, lift_nano=5), units=(30,), simulations=4000).rows[0]
    assert 0.03 < row.star < 0.07


def test_sizes_that_do_not_suffice_are_said_not_to() -> None:
    table = plan_study(Study(lift_star=1, lift_nano=3), units=(5, 10), simulations=200)
    assert table.recommended is None
    assert table.sentence.fr.startswith("Même 10 unités par groupe ne suffisent pas")


def test_simulated_changes_vary_as_the_theory_of_the_model_says() -> None:
    study = Study(lift_star=8, lift_nano=0)
    drawn = changes(study, 8.0, (1, 400_000), np.random.default_rng(7))
    assert drawn.mean() == pytest.approx(8.0, abs=0.06)
    assert drawn.var() == pytest.approx(change_variance(study, 8.0), rel=0.03)


@pytest.mark.parametrize("study", [Study(0, 3), Study(-23, 3), Study(3, -40)])
def test_lifts_that_no_test_can_show_are_refused(study: Study) -> None:
    with pytest.raises(InputRefused, match="No test can show this lift"):
        plan_study(study)


@pytest.mark.parametrize("units", [(1,), (10, 5000)])
def test_sizes_out_of_range_are_refused(units: tuple[int, ...]) -> None:
    with pytest.raises(InputRefused, match="from 2 to 2000"):
        plan_study(Study(3, 9), units=units)


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario("weak", 12, Study(1, 3)),
        Scenario("zero", 30, Study(0, 9)),
        Scenario("both zero", 30, Study(0, 0)),
        Scenario("clear", 80, Study(8, 24)),
    ],
    ids=lambda scenario: scenario.name,
)
def test_intervals_hold_the_truth_as_often_as_promised(scenario: Scenario) -> None:
    row: dict[str, Any] = coverage_row(scenario, 3, 4000)
    for share in ("coverage", "coverage_nano", "coverage_star"):
        assert LOW <= row[share] <= HIGH, (share, row[share])


def test_the_usual_delta_interval_does_not_hold_where_the_star_is_weak() -> None:
    assert coverage_row(Scenario("weak", 12, Study(1, 3)), 3, 4000)["coverage_peer"] < 0.8


def test_arrays_of_studies_get_the_bounds_that_each_study_gets_alone() -> None:
    rng = np.random.default_rng(5)
    study = Study(8, 24)
    drawn = {
        "control": changes(study, 0.0, (25, 9), rng),
        "nano": changes(study, 24.0, (25, 9), rng),
        "star": changes(study, 8.0, (25, 9), rng),
    }
    groups = {arm: group(values) for arm, values in drawn.items()}
    nano, star = (difference(groups[arm], groups["control"]) for arm in ("nano", "star"))
    sets = ratio_sets(nano, star, groups["control"].variance, 0.95)
    for i in range(25):
        ratio = analyse(
            Observation(f"{arm}{u}", arm, "post", change)
            for arm, values in drawn.items()
            for u, change in enumerate(values[i].tolist())
        ).ratio
        assert ratio is not None
        alone = (float(end) if end is not None else float("nan") for end in (ratio.low, ratio.high))
        assert list(alone) == pytest.approx([sets.low[i], sets.high[i]], nan_ok=True)
