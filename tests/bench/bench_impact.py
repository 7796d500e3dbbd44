"""Do the 95 % intervals of `impact` hold 95 % of the time, above all when the star is weak?

Each row is one simulated campaign repeated many times. The peer is the delta method, the usual
way to put bounds on a ratio, on the very same draws. A star lift of zero makes the true ratio
infinite: a set holds it when it is not bounded.
"""

from dataclasses import dataclass
from math import inf
from time import perf_counter
from typing import Any

import numpy as np
from scipy import special

from proche.core.impact import Study, plan_study
from proche.core.impact.estimates import Array, Difference, difference
from proche.core.impact.plan import Simulated, moments, simulate

REPEATS = 10_000
SEED = 20251123
LOW, HIGH = 0.94, 0.98


@dataclass(frozen=True)
class Scenario:
    name: str
    units: int
    study: Study
    star_units: int | None = None

    @property
    def ratio(self) -> float:
        """With both lifts at zero every ratio is true; one stands for them all."""
        if self.study.lift_star == 0:
            return inf if self.study.lift_nano else 1.0
        return self.study.lift_nano / self.study.lift_star


def scenarios() -> list[Scenario]:
    weak_to_strong = [
        (f"{units} units, star +{star:g}, members +{nano:g}", units, Study(star, nano))
        for units in (12, 30, 80)
        for star, nano in ((0, 0), (0, 9), (1, 3), (3, 9), (8, 24), (15, 45))
    ]
    others = [
        ("6 units, star +15, members +45", 6, Study(15, 45)),
        ("30 units, star −4, members +8", 30, Study(-4, 8)),
        ("30 units, star +8, members +4", 30, Study(8, 4)),
        ("30 units, rare sales, star +1", 30, Study(1, 2, baseline=2)),
        ("30 units, very uneven stores", 30, Study(8, 24, spread=1.2)),
        ("30 units, erratic sales", 30, Study(8, 24, dispersion=0.8)),
        ("40 units, one period each", 40, Study(8, 16, before=1, after=1)),
        ("200 units, star +3, members +9", 200, Study(3, 9)),
    ]
    uneven = Scenario("40 units, star in 8 of its own", 40, Study(8, 16), star_units=8)
    return [*(Scenario(*each) for each in [*weak_to_strong, *others]), uneven]


def run(repeats: int = REPEATS, chosen: list[Scenario] | None = None) -> list[dict[str, Any]]:
    rows = [coverage_row(s, i, repeats) for i, s in enumerate(chosen or scenarios())]
    return [*rows, power_row()]


def coverage_row(scenario: Scenario, index: int, repeats: int) -> dict[str, Any]:
    rng = np.random.default_rng([SEED, index])
    drawn = draw(scenario, repeats, rng)
    start = perf_counter()
    sets = drawn.ratios(0.95)
    proche_s = perf_counter() - start
    start = perf_counter()
    low, high = delta_interval(drawn)
    peer_s = perf_counter() - start
    shares = {
        "coverage": share(sets.cover(scenario.ratio)),
        "coverage_nano": share(covers(drawn.nano, scenario.study.lift_nano)),
        "coverage_star": share(covers(drawn.star, scenario.study.lift_star)),
    }
    return {
        "name": f"impact: {scenario.name}",
        "proche_s": proche_s,
        "peer": "delta method",
        "peer_s": peer_s,
        "ratio": peer_s / proche_s,
        "target": f"coverage {LOW}–{HIGH}",
        "equal": all(LOW <= value <= HIGH for value in shares.values()),
        **shares,
        "coverage_peer": share((low <= scenario.ratio) & (scenario.ratio <= high)),
        "unbounded": share(sets.kind > 0),
    }


def draw(scenario: Scenario, repeats: int, rng: np.random.Generator) -> Simulated:
    if scenario.star_units is None:
        return simulate(scenario.study, scenario.units, repeats, rng)
    control = moments(scenario.study, 0.0, scenario.units, repeats, rng)
    nano = moments(scenario.study, scenario.study.lift_nano, scenario.units, repeats, rng)
    star = moments(scenario.study, scenario.study.lift_star, scenario.star_units, repeats, rng)
    return Simulated(difference(nano, control), difference(star, control), control)


def covers(found: Difference, truth: float) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.abs(found.lift - truth) <= found.margin(0.95)


def share(held: np.ndarray[Any, np.dtype[np.bool_]]) -> float:
    return round(float(np.mean(held)), 4)


def delta_interval(drawn: Simulated) -> tuple[Array, Array]:
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = drawn.nano.lift / drawn.star.lift
        variance = drawn.nano.variance + estimate**2 * drawn.star.variance
        variance -= 2 * estimate * drawn.control.variance
        margin = special.ndtri(0.975) * np.sqrt(variance) / np.abs(drawn.star.lift)
        return estimate - margin, estimate + margin


def power_row() -> dict[str, Any]:
    """A full table of seven sizes, one of them 500, against the ten seconds promised."""
    sizes = (10, 20, 40, 80, 160, 320, 500)
    start = perf_counter()
    first = plan_study(Study(3, 9), units=sizes, simulations=1000)
    proche_s = perf_counter() - start
    return {
        "name": "impact: power table, 7 sizes, 1,000 simulations",
        "proche_s": proche_s,
        "peer": "limit",
        "peer_s": 10.0,
        "ratio": 10.0 / proche_s,
        "target": "< 10 s",
        "equal": proche_s < 10 and first == plan_study(Study(3, 9), units=sizes),
        "coverage": None,
    }


if __name__ == "__main__":
    for row in run():
        print({key: round(v, 4) if isinstance(v, float) else v for key, v in row.items()})
