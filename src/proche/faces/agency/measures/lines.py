"""One line a measure: its value, its own interval on its own scale, its place among peers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from proche.areas.evidence.models import Evidence
from proche.areas.evidence.placing import Standing
from proche.areas.evidence.queries import CLOSENESS
from proche.areas.evidence.words import HOURS, MEASURES, SHARES
from proche.common.drawings import Band, Scale, band, round_ticks
from proche.common.words import figure, share
from proche.core.evidence import WHY_UNKNOWN

OTHERS = ("engagement_rate", "posts_per_week", "regularity", "topic_focus", "sponsored_share")


@dataclass(frozen=True)
class OwnScale:
    """The interval of a value drawn from 0 to a round `top`, in the unit of the measure."""

    band: Band
    top: str
    said: str


@dataclass(frozen=True)
class MeasureLine:
    """`place` is None where nobody compares; an unknown value says why."""

    name: str
    label: str | Promise
    fact: Evidence | None
    value: str
    scale: OwnScale | None
    place: Standing | None
    why: Any

    @property
    def known(self) -> bool:
        return self.fact is not None and self.fact.value is not None

    @property
    def tells_closeness(self) -> bool:
        return self.name in CLOSENESS


def measure_lines(
    facts: Mapping[str, Evidence], places: Mapping[str, Standing]
) -> list[MeasureLine]:
    """Every measure, those of closeness first."""
    return [_line(name, facts.get(name), places.get(name)) for name in (*CLOSENESS, *OTHERS)]


def _line(name: str, fact: Evidence | None, place: Standing | None) -> MeasureLine:
    code = fact.note if fact and fact.note else "not_given"
    value = "" if fact is None or fact.value is None else _written(name, fact.value)
    scale = _own_scale(name, fact)
    return MeasureLine(name, MEASURES[name], fact, value, scale, place, WHY_UNKNOWN.get(code))


def _own_scale(name: str, fact: Evidence | None) -> OwnScale | None:
    if fact is None or fact.value is None or fact.low is None or fact.high is None:
        return None
    top = _top(name, fact.high)
    low, high = _written(name, fact.low), _written(name, fact.high)
    said = _("between %(low)s and %(high)s") % {"low": low, "high": high}
    drawn = band(Scale(0, top), fact.low, fact.value, fact.high)
    shown = top * 100 if name in SHARES else top
    return OwnScale(drawn, _written(name, top, places=int(shown != round(shown))), said)


def _top(name: str, high: float) -> float:
    """Shares of people end at 100 %; rates, paces and hours at the round figure above."""
    if name in SHARES - {"comment_rate", "engagement_rate"} or name == "topic_focus":
        return 1.0
    return max(round_ticks(0, high, about=2)[-1], 0.001)


def _written(name: str, value: float, *, places: int = 1) -> str:
    if name in SHARES:
        return share(value, places)
    if name in HOURS:
        return _("%(n)s h") % {"n": figure(value, places)}
    return figure(value, 2 if name == "topic_focus" and places else places)
