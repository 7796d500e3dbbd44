"""Geometry of the small drawings. Positions are percentages written as text, because a template
would localize a float (42,5) and an SVG attribute must not change with the language."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

TINTS = ("plain", "pen", "good", "wait")


def percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


@dataclass(frozen=True, slots=True)
class Band:
    """A band from `start`, `width` wide, around `point`; all None when nothing is known."""

    start: str
    width: str
    point: str


@dataclass(frozen=True, slots=True)
class Scale:
    low: float
    high: float

    def at(self, value: float) -> str:
        share = (value - self.low) / (self.high - self.low)
        return percent(100 * min(1.0, max(0.0, share)))

    def between(self, low: float, high: float) -> tuple[str, str]:
        """Start and width, cut to the scale: a band never leaves the drawing."""
        inside = [min(self.high, max(self.low, edge)) for edge in (low, high)]
        return self.at(inside[0]), percent(100 * (inside[1] - inside[0]) / (self.high - self.low))


def band(scale: Scale, low: float, point: float, high: float) -> Band:
    start, width = scale.between(low, high)
    return Band(start, width, scale.at(point))


def round_ticks(low: float, high: float, *, about: int = 9) -> list[float]:
    """Ticks at 1, 2 or 5 times a power of ten that cover low..high."""
    if high <= low:
        high = low + 1
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(index * step, 10) for index in range(first, last + 1)]


def tick_places(ticks: Iterable[float]) -> int:
    """Decimals enough to tell every tick from the next: 0.05 needs two."""
    values = list(ticks)
    return next(n for n in range(11) if n == 10 or all(round(v, n) == v for v in values))


@dataclass(frozen=True, slots=True)
class Column:
    """One day of waiting: its place, its dots from the ground up, and how many did not fit."""

    days: int
    x: int
    dots: tuple[int, ...]
    more: int
    late: bool


def waiting_columns(counts: Mapping[int, int], limit: int, *, last: int, tall: int) -> list[Column]:
    """One column a day; the last one holds everybody who has waited as long or longer."""
    held = [0] * (last + 1)
    for days, count in counts.items():
        held[min(max(days, 0), last)] += count
    return [
        Column(day, day * 41 + 15, tuple(range(min(n, tall))), max(0, n - tall), day > limit)
        for day, n in enumerate(held)
    ]


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    gain: float
    start: str
    width: str
    end: str


def ladder_steps(gains: Iterable[tuple[str, float]]) -> list[Step]:
    """Each bar starts where the one above ends; the scale leaves room for the last figure."""
    rows = list(gains)
    total = sum(gain for _, gain in rows) or 1.0
    scale, done, steps = Scale(0, total * 1.22), 0.0, []
    for label, gain in rows:
        start, width = scale.between(done, done + gain)
        done += gain
        steps.append(Step(label, gain, start, width, scale.at(done)))
    return steps


def map_step(count: int, most: int) -> int:
    """0 to 4. Shares of the fullest region, so that one big city leaves the others readable."""
    if count <= 0 or most <= 0:
        return 0
    share = count / most
    return next(step for step, edge in ((1, 0.13), (2, 0.25), (3, 0.5), (4, 1.0)) if share <= edge)


def tint(name: str) -> str:
    return TINTS[crc32(name.casefold().encode()) % len(TINTS)]


def initials(name: str) -> str:
    words = [word for word in name.replace("’", " ").split() if word[:1].isalpha()]
    picked: Sequence[str] = words[:1] + words[-1:] if len(words) > 1 else words[:1]
    return "".join(word[0] for word in picked).upper() or "·"
