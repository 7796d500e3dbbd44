"""One line a measure: its value, its own interval on its own scale, its place among peers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from proche.areas.evidence.models import Evidence
from proche.areas.evidence.placing import Standing
from proche.areas.evidence.queries import CLOSENESS
from proche.areas.evidence.showing import OwnScale, own_scale, written
from proche.areas.evidence.words import MEASURES, counted_on
from proche.common.words import figure
from proche.core.evidence import WHY_UNKNOWN

OTHERS = ("engagement_rate", "posts_per_week", "regularity", "topic_focus", "sponsored_share")


@dataclass(frozen=True)
class MeasureLine:
    """`place` is None where nobody compares; an unknown value says why."""

    name: str
    label: str | Promise
    fact: Evidence | None
    value: str
    sample: str
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
    value = "" if fact is None or fact.value is None else written(name, fact.value)
    n = fact.n if fact else None
    sample = counted_on(name, n, figure(n or 0))
    return MeasureLine(
        name,
        MEASURES[name],
        fact,
        value,
        sample,
        own_scale(name, fact),
        place,
        WHY_UNKNOWN.get(code),
    )
