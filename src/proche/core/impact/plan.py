"""How many units a test takes, by simulation: the star's lift is the one that must be seen.

A ratio is bounded only when its denominator leaves zero out, so the power that counts is the
star's. Counts are negative binomial around unit baselines that are lognormal; the periods of a
unit add up to one negative binomial with as many times the dispersion, so two draws a unit do.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np
from scipy import special

from proche.core.impact.estimates import (
    BOUNDED,
    Array,
    Difference,
    Group,
    RatioSets,
    difference,
    group,
    ratio_sets,
)
from proche.core.impact.figures import NBSP, number_en, number_fr
from proche.core.results import InputRefused, Sentence

MOST_UNITS = 2_000
DRAWS_AT_ONCE = 500_000
GRID = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Study:
    """The test one has in mind: lifts and baseline are counts per unit and period."""

    lift_star: float
    lift_nano: float
    baseline: float = 23.0
    dispersion: float = 4.0
    spread: float = 0.5
    before: int = 6
    after: int = 6


@dataclass(frozen=True, slots=True)
class PowerRow:
    """Share of simulated tests whose interval leaves zero out; `star` is also the share of
    bounded ratios, `width` the middle width of those."""

    units: int
    star: float
    nano: float
    width: float | None


@dataclass(frozen=True, slots=True)
class PowerTable:
    study: Study
    rows: tuple[PowerRow, ...]
    recommended: int | None
    power: float
    simulations: int
    seed: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Simulated:
    nano: Difference
    star: Difference
    control: Group

    def ratios(self, confidence: float) -> RatioSets:
        return ratio_sets(self.nano, self.star, self.control.variance, confidence)


def plan_study(
    study: Study,
    *,
    units: tuple[int, ...] | None = None,
    power: float = 0.8,
    simulations: int = 1000,
    seed: int = 4417,
    confidence: float = 0.95,
) -> PowerTable:
    """Raises InputRefused on lifts a count cannot have, and on sizes no test can use."""
    refuse_impossible(study, units)
    chosen = sorted(set(units)) if units else grid(study, power, confidence)
    rows = tuple(power_row(study, n, simulations, seed, confidence) for n in chosen)
    enough = next((row.units for row in rows if row.star >= power), None)
    return PowerTable(study, rows, enough, power, simulations, seed, advice(rows, enough, power))


def refuse_impossible(study: Study, units: tuple[int, ...] | None) -> None:
    if study.lift_star == 0 or min(study.lift_star, study.lift_nano) <= -study.baseline:
        raise InputRefused(
            Sentence(
                "impossible_lift",
                "Aucun essai ne peut montrer cet effet. Donnez à --star un nombre autre que zéro, "
                "et des effets qui n’effacent pas le compte habituel (--baseline).",
                "No test can show this lift. Give --star a number other than zero, "
                "and lifts that do not wipe out the usual count (--baseline).",
            )
        )
    if units and not all(2 <= n <= MOST_UNITS for n in units):
        raise InputRefused(
            Sentence(
                "impossible_size",
                f"--units{NBSP}: donnez des nombres de 2 à {MOST_UNITS}, par exemple 10,20,40.",
                f"--units: give numbers from 2 to {MOST_UNITS}, for example 10,20,40.",
            )
        )


def grid(study: Study, power: float, confidence: float) -> list[int]:
    """Sizes around the one that normal theory gives."""
    z = special.ndtri(0.5 + confidence / 2) + special.ndtri(power)
    variance = change_variance(study, 0.0) + change_variance(study, study.lift_star)
    centre = variance * (z / study.lift_star) ** 2
    sizes = {min(MOST_UNITS, max(3, ceil(centre * share))) for share in GRID}
    return sorted(sizes)


def change_variance(study: Study, lift: float) -> float:
    """Variance of one unit's change: mean + mean² / k in each period, averaged over units."""
    square = study.baseline**2 * np.exp(study.spread**2)
    before = study.baseline + square / study.dispersion
    mean = study.baseline + lift
    after = mean + (square + 2 * study.baseline * lift + lift**2) / study.dispersion
    return float(before / study.before + after / study.after)


def power_row(study: Study, units: int, simulations: int, seed: int, confidence: float) -> PowerRow:
    # One generator a size: a row keeps its figures whatever the other sizes asked for.
    rng = np.random.default_rng([seed, units])
    found = simulate(study, units, simulations, rng)
    sets = found.ratios(confidence)
    bounded = sets.kind == BOUNDED
    return PowerRow(
        units=units,
        star=share_seen(found.star, confidence),
        nano=share_seen(found.nano, confidence),
        width=float(np.median((sets.high - sets.low)[bounded])) if bounded.any() else None,
    )


def share_seen(found: Difference, confidence: float) -> float:
    return float(np.mean(np.abs(found.lift) > found.margin(confidence)))


def simulate(study: Study, units: int, simulations: int, rng: np.random.Generator) -> Simulated:
    """As many studies as asked, drawn in slices that keep memory flat."""
    control = moments(study, 0.0, units, simulations, rng)
    nano = moments(study, study.lift_nano, units, simulations, rng)
    star = moments(study, study.lift_star, units, simulations, rng)
    return Simulated(difference(nano, control), difference(star, control), control)


def moments(
    study: Study, lift: float, units: int, simulations: int, rng: np.random.Generator
) -> Group:
    slice_size = max(1, DRAWS_AT_ONCE // units)
    slices = [
        group(changes(study, lift, (min(slice_size, simulations - done), units), rng))
        for done in range(0, simulations, slice_size)
    ]
    means = np.concatenate([one.mean for one in slices])
    return Group(means, np.concatenate([one.variance for one in slices]), units)


def changes(study: Study, lift: float, shape: tuple[int, int], rng: np.random.Generator) -> Array:
    usual = study.baseline * np.exp(study.spread * rng.standard_normal(shape) - study.spread**2 / 2)
    # A fall larger than a small unit's baseline leaves it at nothing, not below.
    later = np.maximum(usual + lift, 0.0)
    before = counts(usual, study.before, study.dispersion, rng)
    after = counts(later, study.after, study.dispersion, rng)
    return after / study.after - before / study.before


def counts(mean: Array, periods: int, dispersion: float, rng: np.random.Generator) -> Array:
    drawn = rng.negative_binomial(periods * dispersion, dispersion / (dispersion + mean))
    return drawn.astype(np.float64)


def advice(rows: tuple[PowerRow, ...], enough: int | None, power: float) -> Sentence:
    percent = f"{100 * power:g}"
    size = rows[-1].units if enough is None else enough
    units_fr, units_en = number_fr(size, 0), number_en(size, 0)
    if enough is None:
        return Sentence(
            "plan_too_small",
            f"Même {units_fr} unités par groupe ne suffisent pas pour voir l’effet de la vedette "
            f"{percent}{NBSP}% du temps. Essayez plus d’unités ou plus de périodes.",
            f"Even {units_en} units per arm are not enough to see the star’s effect {percent}% "
            "of the time. Try more units or more periods.",
        )
    return Sentence(
        "plan",
        f"Il faut environ {units_fr} unités par groupe pour voir l’effet de la vedette "
        f"{percent}{NBSP}% du temps; sans lui, aucun rapport ne tient.",
        f"About {units_en} units per arm are needed to see the star’s effect {percent}% "
        "of the time; without it, no ratio holds.",
    )
