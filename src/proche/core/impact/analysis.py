"""Impact of a campaign: absolute lifts first, their ratio second, never a ratio alone."""

from collections.abc import Iterable
from math import ceil, isfinite

import numpy as np

from proche.core.impact import cautions as remarks
from proche.core.impact import sentences
from proche.core.impact.changes import Arm, collapse, series
from proche.core.impact.estimates import (
    KINDS,
    Array,
    Difference,
    Group,
    difference,
    group,
    ratio_sets,
)
from proche.core.impact.model import (
    CONTROL,
    RATIO_OF,
    Cost,
    Design,
    Impact,
    Labels,
    Lift,
    Observation,
    Ratio,
)
from proche.core.results import Sentence

FEW_UNITS = 10
MOST_UNITS_SUGGESTED = 2_000
EMPTY = Arm(CONTROL, (), 0.0, None, 0)


def analyse(
    observations: Iterable[Observation],
    *,
    labels: Labels | None = None,
    of: tuple[str, str] = RATIO_OF,
    confidence: float = 0.95,
    seed: int = 4417,
) -> Impact:
    """Measure each arm against control.

    Raises InputRefused when a unit stands in two arms or exposure is given on some rows only.
    Too few units is not a refusal: the answer then says what is missing.
    """
    rows, words = list(observations), labels or Labels()
    design, arms = collapse(rows)
    control = arms.pop(CONTROL, EMPTY)
    ordered = [arms[name] for name in sorted(arms, key=lambda name: (rank(name, of), name))]
    differences = {a.name: d for a in ordered if (d := against(a, control)) is not None}
    lifts = [as_lift(a, control, differences.get(a.name), confidence, seed) for a in ordered]
    ratio = as_ratio(of, {a.name: a for a in ordered}, control, differences, confidence)
    return compose(
        rows, [control, *ordered], tuple(lifts), ratio, design=design, labels=words,
        confidence=confidence,
    )  # fmt: skip


def rank(name: str, of: tuple[str, str]) -> int:
    return of.index(name) if name in of else len(of)


def against(arm: Arm, control: Arm) -> Difference | None:
    if min(len(arm.changes), len(control.changes)) < 2:
        return None
    return difference(group(arm.changes), group(control.changes))


def as_lift(arm: Arm, control: Arm, found: Difference | None, confidence: float, seed: int) -> Lift:
    if found is None:
        return Lift(arm.name, len(arm.changes))
    lift, margin = float(found.lift), float(found.margin(confidence))
    few = min(len(arm.changes), len(control.changes)) < FEW_UNITS
    return Lift(
        arm=arm.name,
        units=len(arm.changes),
        lift=lift,
        low=lift - margin,
        high=lift + margin,
        standard_error=float(np.sqrt(found.variance)),
        df=float(found.df),
        p_permutation=permutation_p(arm, control, seed) if few else None,
    )


def permutation_p(arm: Arm, control: Arm, seed: int) -> float:
    """How often a fresh draw of the arms gives a change as large; exact up to 8 against 8."""
    from scipy import stats  # half a second to load, needed for small studies only

    units = len(arm.changes) + len(control.changes)
    found = stats.permutation_test(
        (arm.changes, control.changes),
        lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis),
        vectorized=True,
        n_resamples=min(20_000, max(999, 20_000_000 // units)),
        batch=max(1, 2_000_000 // units),
        rng=np.random.default_rng(seed),
    )
    return float(found.pvalue)


def as_ratio(
    of: tuple[str, str],
    arms: dict[str, Arm],
    control: Arm,
    differences: dict[str, Difference],
    confidence: float,
) -> Ratio | None:
    if not set(of) <= set(arms):
        return None
    if not set(of) <= set(differences):
        return Ratio(of, "unbounded")
    over, under = differences[of[0]], differences[of[1]]
    found = ratio_sets(over, under, shared(group(control.changes)), confidence)
    kind = KINDS[int(found.kind)]
    if kind == "unbounded":
        return Ratio(of, kind)
    estimate = float(over.lift / under.lift) if kind == "bounded" else None
    return Ratio(of, kind, estimate, float(found.low), float(found.high))


def shared(control: Group) -> Array:
    """Two lifts that lean on one control vary together by the variance of its mean."""
    return control.variance


def compose(
    rows: list[Observation],
    arms: list[Arm],
    lifts: tuple[Lift, ...],
    ratio: Ratio | None,
    *,
    design: Design,
    labels: Labels,
    confidence: float,
) -> Impact:
    by_exposure = any(row.exposure is not None for row in rows)
    known = [lift for lift in lifts if lift.lift is not None]
    gaps = missing(arms, lifts, ratio, labels)
    told = sentences.about_ratio(ratio, named(lifts, ratio.of[1]), labels) if ratio else None
    if known:
        lead = sentences.lead(known, labels, by_exposure=by_exposure, bounds=False)
        whole = sentences.lead(known, labels, by_exposure=by_exposure, bounds=True)
    else:
        lead = whole = remarks.not_enough(gaps)
        told = None
    return Impact(
        arms=lifts,
        control_units=len(arms[0].changes),
        ratio=ratio,
        costs=tuple(costs(arms[1:], lifts, labels)),
        lead=lead,
        ratio_sentence=told,
        sentence=join(whole, told),
        enough=not gaps,
        missing=tuple(gaps),
        cautions=tuple(cautions(arms, lifts, design, confidence, labels)),
        series=series(rows),
        design=design,
        confidence=confidence,
    )


def named(lifts: tuple[Lift, ...], arm: str) -> Lift:
    return next(lift for lift in lifts if lift.arm == arm)


def join(whole: Sentence, told: Sentence | None) -> Sentence:
    if told is None:
        return whole
    return Sentence(told.code, f"{whole.fr} {told.fr}", f"{whole.en} {told.en}")


def missing(
    arms: list[Arm], lifts: tuple[Lift, ...], ratio: Ratio | None, labels: Labels
) -> list[Sentence]:
    gaps = [
        remarks.too_few(arm.name, len(arm.changes), labels) for arm in arms if len(arm.changes) < 2
    ]
    if not lifts:
        gaps.append(remarks.no_arm())
    if ratio and ratio.set != "bounded":
        under = named(lifts, ratio.of[1])
        if under.lift is not None:
            gaps.append(remarks.unclear(under, units_needed(under), labels))
    return gaps


def units_needed(lift: Lift, power_z: float = 0.8416, level_z: float = 1.96) -> int | None:
    """Units per arm that would show a lift of this size four times in five; normal quantiles."""
    if not lift.lift or lift.standard_error is None:
        return None
    needed = lift.units * ((power_z + level_z) * lift.standard_error / lift.lift) ** 2
    if not isfinite(needed) or needed > MOST_UNITS_SUGGESTED:
        return None
    return max(ceil(needed / 10) * 10, lift.units + 1)


def costs(arms: list[Arm], lifts: tuple[Lift, ...], labels: Labels) -> Iterable[Cost]:
    """The spending is known to the cent; only the lift is uncertain, so its bounds carry over."""
    for arm, lift in zip(arms, lifts, strict=True):
        if arm.cost is None or lift.lift is None or lift.low is None or lift.high is None:
            continue
        reachable = arm.cost / (lift.high * arm.volume) if lift.high > 0 else None
        clear = lift.low > 0
        per_extra = arm.cost / (lift.lift * arm.volume) if clear else None
        high = arm.cost / (lift.low * arm.volume) if clear else None
        yield Cost(
            arm=arm.name,
            total=arm.cost,
            extra=lift.lift * arm.volume,
            per_extra=per_extra,
            low=reachable,
            high=high,
            sentence=sentences.about_cost(arm.name, labels, per_extra, reachable, high),
        )


def cautions(
    arms: list[Arm],
    lifts: tuple[Lift, ...],
    design: Design,
    confidence: float,
    labels: Labels,
) -> Iterable[Sentence]:
    if design == "after_only":
        yield remarks.after_only()
    for arm in arms:
        if arm.left_out:
            yield remarks.left_out(arm.name, arm.left_out, design, labels)
    for lift in lifts:
        if lift.p_permutation is not None:
            yield remarks.redrawn(lift, confidence, labels)
