"""Over-asking against SciPy’s own law, a table worked by hand, and campaigns drawn at random."""

import numpy as np
import pytest
from scipy import stats

from proche.core.acceptance import Acceptance, Asked, learn, to_ask


def test_two_campaigns_pool_into_the_beta_of_jeffreys() -> None:
    known = learn([Asked(20, 12), Asked(30, 21)])
    assert (known.people, known.yes, known.campaigns) == (50, 33, 2)
    assert (known.alpha, known.beta) == pytest.approx((33.5, 17.5))


def test_nothing_asked_yet_leaves_everything_possible() -> None:
    known = learn([])
    assert (known.people, known.alpha, known.beta) == (0, 0.5, 0.5)
    low, high = known.share(chance=0.8)
    assert (low < 0.03, high > 0.97) == (True, True)


def test_campaigns_that_differ_are_worked_out_by_hand() -> None:
    # Ten people each; 2, 5 and 8 say yes. Among: 10(.09+0+.09)/2 = .9. Within: (1.6+2.5+1.6)/27.
    within = 5.7 / 27
    rho = (0.9 - within) / (0.9 + 9 * within)
    unsure = (1 + 9 * rho) / 32
    known = learn([Asked(10, 2), Asked(10, 5), Asked(10, 8)])
    assert known.alpha + known.beta == pytest.approx(1 / (rho + unsure) - 1)
    assert known.alpha == pytest.approx(known.beta)


def test_campaigns_more_alike_than_chance_count_as_one() -> None:
    known = learn([Asked(10, 5)] * 4)
    assert known.alpha + known.beta == pytest.approx(41)


@pytest.mark.parametrize(("alpha", "beta"), [(33.5, 17.5), (0.5, 0.5), (3, 9)])
def test_chances_are_those_of_a_beta_binomial(alpha: float, beta: float) -> None:
    known, law = Acceptance(1, 1, 1, alpha, beta), stats.betabinom(14, alpha, beta)
    for wanted in range(15):
        assert known.chance_of(wanted, people=14) == pytest.approx(law.sf(wanted - 1), abs=1e-9)
    assert known.yes_of(14, chance=0.8) == (law.ppf(0.1), law.ppf(0.9))
    shares = stats.beta(alpha, beta).ppf([0.1, 0.9])
    assert known.share(chance=0.8) == pytest.approx(tuple(shares), abs=1e-7)


def test_the_fewest_are_asked_that_give_the_chance() -> None:
    known = learn([Asked(120, 96), Asked(80, 64)])
    asked = to_ask(known, 10, chance=0.8, most=200)
    assert asked.reached
    assert asked.people == 14
    assert (
        known.chance_of(10, people=asked.people)
        >= 0.8
        > known.chance_of(10, people=asked.people - 1)
    )


def test_too_few_to_ask_is_said_with_the_chance_there_is() -> None:
    known = learn([Asked(100, 50)])
    asked = to_ask(known, 10, chance=0.8, most=12)
    assert (asked.people, asked.reached) == (12, False)
    assert asked.chance == pytest.approx(known.chance_of(10, people=12))


@pytest.mark.parametrize("differ", [0.0, 0.05, 0.15])
def test_eight_times_in_ten_holds_over_campaigns_drawn_at_random(differ: float) -> None:
    """Six past campaigns of twenty, then the next one, 600 times over."""
    draw = np.random.default_rng(20260)
    mean, reached = 0.6, 0
    for _ in range(600):
        if differ:
            weight = 1 / differ - 1
            shares = draw.beta(mean * weight, (1 - mean) * weight, size=7)
        else:
            shares = np.full(7, mean)
        past = draw.binomial(20, shares[:6])
        known = learn(Asked(20, int(yes)) for yes in past)
        asked = to_ask(known, 10, chance=0.8, most=60)
        reached += int(draw.binomial(asked.people, shares[6]) >= 10)
    assert 0.75 <= reached / 600 <= 0.92
