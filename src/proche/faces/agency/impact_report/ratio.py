"""The ratio of two lifts: a figure only where it has bounds, else a sentence that says why."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from proche.common import words
from proche.common.drawings import round_ticks
from proche.core.impact.figures import decimals_for
from proche.faces.agency.impact_report.figures import Report, arm_label

BOUNDS = ("lift", "low", "high")


@dataclass(frozen=True)
class RatioShown:
    """`estimate` is None where no ratio holds; `reasons` then say why."""

    title: str
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    places: int = 0
    ticks: list[float] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def ratio_shown(report: Report) -> RatioShown:
    title = str(getattr(report.study, f"title_{report.side}") or report.study)
    ratio = report.figures["ratio"]
    if ratio is None:
        return RatioShown(title, reasons=[_("No group had a star: there is nothing to divide by.")])
    under = report.figures["arms"][ratio["of"][1]]["lift"]
    if ratio["estimate"] is None or under < 0:
        return RatioShown(title, reasons=_why_not(report))
    bounds = (ratio["estimate"], ratio["low"], ratio["high"])
    return RatioShown(title, *bounds, places=decimals_for(*bounds), ticks=_ticks(*bounds[1:]))


def _ticks(low: float, high: float) -> list[float]:
    """The scale holds 0 and 1: « once », the point where the two groups are worth the same."""
    return round_ticks(min(0.0, low), max(1.0, high), about=6)


def _why_not(report: Report) -> list[str]:
    """The lifts as they are, then what stands in the way and what it would take."""
    told = report.figures.get("ratio_sentence")
    reasons = report.figures["missing"] or ([told] if told else [])
    return [*_lifts(report), *(words.sentence(reason) for reason in reasons)]


def _lifts(report: Report) -> Iterable[str]:
    for arm in report.figures["ratio"]["of"]:
        lift = report.figures["arms"][arm]
        if lift["lift"] is not None:
            shown = {name: words.signed(lift[name], report.places) for name in BOUNDS}
            yield _("%(arm)s: %(lift)s, between %(low)s and %(high)s.") % {
                "arm": arm_label(arm),
                **shown,
            }
