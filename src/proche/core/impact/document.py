"""The answer as a document for scripts, and as lines for people."""

from typing import Any

from proche.core.impact.figures import NBSP, decimals_for, number_en, number_fr
from proche.core.impact.model import Impact, Lift, Point, Ratio
from proche.core.impact.plan import PowerRow, PowerTable
from proche.core.results import Sentence

DIGITS = 10


def as_document(impact: Impact) -> dict[str, Any]:
    return {
        "arms": {lift.arm: lift_document(lift) for lift in impact.arms},
        "control": {"units": impact.control_units},
        "ratio": ratio_document(impact.ratio) if impact.ratio else None,
        "costs": {
            cost.arm: {
                "total": rounded(cost.total),
                "extra": rounded(cost.extra),
                "per_extra": rounded(cost.per_extra),
                "low": rounded(cost.low),
                "high": rounded(cost.high),
                "sentence": both(cost.sentence),
            }
            for cost in impact.costs
        },
        "sentence": both(impact.sentence),
        "enough": impact.enough,
        "missing": [coded(sentence) for sentence in impact.missing],
        "cautions": [coded(sentence) for sentence in impact.cautions],
        "design": impact.design,
        "confidence": impact.confidence,
        "series": [point_document(point) for point in impact.series],
    }


def lift_document(lift: Lift) -> dict[str, Any]:
    return {
        "lift": rounded(lift.lift),
        "low": rounded(lift.low),
        "high": rounded(lift.high),
        "units": lift.units,
        "standard_error": rounded(lift.standard_error),
        "df": rounded(lift.df),
        "p_permutation": rounded(lift.p_permutation),
    }


def ratio_document(ratio: Ratio) -> dict[str, Any]:
    return {
        "of": list(ratio.of),
        "estimate": rounded(ratio.estimate),
        "set": ratio.set,
        "low": rounded(ratio.low),
        "high": rounded(ratio.high),
    }


def point_document(point: Point) -> dict[str, Any]:
    return {
        "arm": point.arm,
        "period": point.period,
        "date": point.when.isoformat() if point.when else None,
        "mean": rounded(point.mean),
        "units": point.units,
    }


def rounded(value: float | None) -> float | None:
    """Ten digits: the last ones of a sum depend on the processor, and the bytes must not."""
    return None if value is None else float(f"{value:.{DIGITS}g}")


def both(sentence: Sentence) -> dict[str, str]:
    return {"fr": sentence.fr, "en": sentence.en}


def coded(sentence: Sentence) -> dict[str, str]:
    return {"code": sentence.code, **both(sentence)}


def as_lines(impact: Impact) -> list[Sentence]:
    return [
        impact.sentence,
        *(cost.sentence for cost in impact.costs),
        *impact.missing,
        *impact.cautions,
        *([basis(impact)] if impact.enough or any(a.lift is not None for a in impact.arms) else []),
    ]


def basis(impact: Impact) -> Sentence:
    counts = "".join(f", {lift.arm} {lift.units}" for lift in impact.arms)
    percent = f"{100 * impact.confidence:g}"
    return Sentence(
        "basis",
        f"Unités comparées{NBSP}: témoin {impact.control_units}{counts}. "
        f"Intervalles à {percent}{NBSP}%.",
        f"Units compared: control {impact.control_units}{counts}. Intervals at {percent}%.",
    )


def plan_document(table: PowerTable) -> dict[str, Any]:
    study = table.study
    return {
        "study": {name: getattr(study, name) for name in study.__slots__},
        "target_power": table.power,
        "simulations": table.simulations,
        "seed": table.seed,
        "rows": [
            {
                "units": row.units,
                "star": rounded(row.star),
                "nano": rounded(row.nano),
                "width": rounded(row.width),
            }
            for row in table.rows
        ],
        "recommended": table.recommended,
        "sentence": both(table.sentence),
    }


def plan_lines(table: PowerTable) -> list[Sentence]:
    head = Sentence(
        "head",
        "unités par groupe | effet de la vedette vu | effet des membres vu | largeur du rapport",
        "units per arm | star lift seen | members’ lift seen | width of the ratio",
    )
    return [table.sentence, head, *(plan_line(row) for row in table.rows)]


def plan_line(row: PowerRow) -> Sentence:
    star, nano = f"{100 * row.star:.0f}", f"{100 * row.nano:.0f}"
    width_fr = width_en = "–"
    if row.width is not None:
        decimals = decimals_for(row.width)
        width_fr, width_en = number_fr(row.width, decimals), number_en(row.width, decimals)
    return Sentence(
        "row",
        f"{row.units} | {star}{NBSP}% | {nano}{NBSP}% | {width_fr}",
        f"{row.units} | {star}% | {nano}% | {width_en}",
    )
