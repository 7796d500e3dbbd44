"""Impact of a campaign: absolute lifts first, their ratio second, never a ratio alone."""

from collections.abc import Iterable

import numpy as np

from proche.core.impact.cautions import cautions, missing, not_enough
from proche.core.impact.chance import FEW_UNITS, permutation_p
from proche.core.impact.changes import Arm, collapse, series
from proche.core.impact.cost import costs
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
    Design,
    Impact,
    Labels,
    Lift,
    Observation,
    Ratio,
    named,
)
from proche.core.impact.sentences import about_ratio, lead
from proche.core.results import Sentence

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
        p_permutation=permutation_p(arm.changes, control.changes, seed) if few else None,
    )


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
    gaps = missing(arms, lifts, ratio, confidence=confidence, labels=labels)
    told = about_ratio(ratio, named(lifts, ratio.of[1]), labels) if ratio else None
    if known:
        opening = lead(known, labels, by_exposure=by_exposure, bounds=False)
        whole = lead(known, labels, by_exposure=by_exposure, bounds=True)
    else:
        opening = whole = not_enough(gaps)
        told = None
    return Impact(
        arms=lifts,
        control_units=len(arms[0].changes),
        ratio=ratio,
        costs=tuple(costs(arms[1:], lifts, labels)),
        lead=opening,
        ratio_sentence=told,
        sentence=join(whole, told),
        enough=not gaps,
        missing=tuple(gaps),
        cautions=tuple(cautions(arms, lifts, design, confidence=confidence, labels=labels)),
        series=series(rows),
        design=design,
        confidence=confidence,
    )


def join(whole: Sentence, told: Sentence | None) -> Sentence:
    if told is None:
        return whole
    return Sentence(told.code, f"{whole.fr} {told.fr}", f"{whole.en} {told.en}")
