"""From rows to one number a unit: its change, the level at which arms were assigned.

Difference in differences on unit means (Bertrand, Duflo, Mullainathan 2004, section on
collapsing the data): periods of a unit are not independent, units are.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import fsum

from proche.core.impact.model import Design, Observation, Period, Point
from proche.core.results import InputRefused, Sentence


@dataclass(frozen=True, slots=True)
class Arm:
    """The units of one arm in name order, so that the order of the rows changes nothing."""

    name: str
    changes: tuple[float, ...]
    volume: float
    cost: float | None
    left_out: int


@dataclass(frozen=True, slots=True)
class Phase:
    """The rows of one unit in one period, added up."""

    outcome: float
    volume: float

    @property
    def rate(self) -> float:
        return self.outcome / self.volume


def collapse(observations: Iterable[Observation]) -> tuple[Design, dict[str, Arm]]:
    rows = sorted(observations, key=lambda o: (o.arm, o.unit))
    refuse_mixed(rows)
    design: Design = "before_after" if any(o.period == "pre" for o in rows) else "after_only"
    by_arm: dict[str, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_arm[row.arm][row.unit].append(row)
    return design, {name: collapse_arm(name, units, design) for name, units in by_arm.items()}


def refuse_mixed(rows: list[Observation]) -> None:
    arms: dict[str, str] = {}
    for row in rows:
        if arms.setdefault(row.unit, row.arm) != row.arm:
            raise InputRefused(two_arms(row.unit, arms[row.unit], row.arm))
    if len({row.exposure is None for row in rows}) > 1:
        raise InputRefused(
            Sentence(
                "exposure_partial",
                "L’exposition est donnée sur une partie des lignes seulement. "
                "Donnez-la partout ou nulle part.",
                "Exposure is given on some rows only. Give it everywhere or nowhere.",
            )
        )


def two_arms(unit: str, first: str, second: str) -> Sentence:
    return Sentence(
        "two_arms",
        f"« {unit} » est à la fois dans {first} et dans {second}. Gardez un seul groupe par unité.",
        f"“{unit}” is both in {first} and in {second}. Keep one arm per unit.",
    )


def collapse_arm(name: str, units: dict[str, list[Observation]], design: Design) -> Arm:
    changes, volume = [], []
    for rows in units.values():
        before, after = phase(rows, "pre"), phase(rows, "post")
        if after is None or (before is None and design == "before_after"):
            continue
        changes.append(after.rate - (before.rate if before else 0.0))
        volume.append(after.volume)
    spent = [o.cost for rows in units.values() for o in rows if o.cost is not None]
    return Arm(
        name=name,
        changes=tuple(changes),
        volume=fsum(volume),
        cost=fsum(spent) if spent else None,
        left_out=len(units) - len(changes),
    )


def phase(rows: Iterable[Observation], period: Period) -> Phase | None:
    """None where nothing was counted: no row, or no exposure at all."""
    chosen = [o for o in rows if o.period == period]
    volume = fsum(1.0 if o.exposure is None else o.exposure for o in chosen)
    return Phase(fsum(o.outcome for o in chosen), volume) if volume > 0 else None


def series(observations: Iterable[Observation]) -> tuple[Point, ...]:
    """Mean of the units of an arm at each date; by period where the dates are not all known."""
    rows = list(observations)
    dated = all(o.when is not None for o in rows)
    cells: dict[tuple[str, int, date | None], dict[str, list[Observation]]] = {}
    for row in rows:
        key = (row.arm, int(row.period == "post"), row.when if dated else None)
        cells.setdefault(key, defaultdict(list))[row.unit].append(row)
    points = [
        point(arm, "post" if after else "pre", when, units)
        for (arm, after, when), units in sorted(
            cells.items(), key=lambda cell: (cell[0][0], cell[0][1], cell[0][2] or date.min)
        )
    ]
    return tuple(p for p in points if p is not None)


def point(
    arm: str, period: Period, when: date | None, units: dict[str, list[Observation]]
) -> Point | None:
    rates = [found.rate for name in sorted(units) if (found := phase(units[name], period))]
    if not rates:
        return None
    return Point(arm, period, when, fsum(rates) / len(rates), len(rates))
