"""The thresholds of a programme: those of thresholds.toml, with what it sets otherwise."""

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from hashlib import sha256
from json import dumps
from typing import Any

from proche.areas.accounts.models import Programme
from proche.areas.evidence.models import ProgrammeThresholds
from proche.core.tiers import Thresholds, shipped_thresholds
from proche.core.tiers.thresholds import PLACES, SHIPPED

# The ones the page asks for, in its order; a file may set every other one too.
SETTABLE = ("star", "sponsored_share", "active", "quiet", "near", "far")
NAMES = tuple(name for name, _, _ in PLACES)
# The first must stay below the second.
ORDERED = (("quiet", "active"), ("far", "near"), ("ceiling", "star"))
LOWEST: Mapping[str, float] = {"ceiling": 100, "star": 1_000}
HIGHEST: Mapping[str, float] = {
    "ceiling": 1_000_000,
    "star": 100_000_000,
    "active": 100,
    "quiet": 100,
    "near": 100,
    "far": 100,
    **dict.fromkeys(("sponsored_share", "sponsored_low", "topic_focus", "regularity", "ask"), 1),
}
WHOLE = ("ceiling", "star", "livelihood_points", "sponsored_points", "signals")


def thresholds_of(programme: Programme) -> Thresholds:
    """Verdicts are signed under its version: that of the file, marked where a value differs."""
    own = ProgrammeThresholds.objects.in_programme(programme).first()
    if own is None:
        return settled({}, programme.follower_ceiling)
    name = own.version if own.ceiling == programme.follower_ceiling else ""
    return settled(own.values, programme.follower_ceiling, name)


def settled(values: Mapping[str, float], ceiling: int, version: str = "") -> Thresholds:
    """The shipped ones with `values` instead, under `version` or a name made from the values."""
    differs = differing(values, ceiling)
    shipped = shipped_thresholds()
    if not differs:
        return shipped
    mark = sha256(dumps(differs, sort_keys=True).encode()).hexdigest()[:6]
    return replace(shipped, version=version or f"{shipped.version}+{mark}", **differs)


def differing(values: Mapping[str, float], ceiling: int) -> dict[str, Any]:
    """What is not as shipped, by name."""
    shipped = asdict(shipped_thresholds())
    asked = {**values, "ceiling": ceiling}
    return {k: v for k, v in asked.items() if k in NAMES and shipped[k] != v}


def out_of_bounds(name: str, value: float) -> bool:
    if not LOWEST.get(name, 0) <= value <= HIGHEST.get(name, 100):
        return True
    return name in WHOLE and value != int(value)


def out_of_order(values: Mapping[str, float]) -> list[tuple[str, str]]:
    """Pairs whose first is not below the second, among the values at hand."""
    return [
        (low, high)
        for low, high in ORDERED
        if low in values and high in values and values[low] >= values[high]
    ]


def as_file(thresholds: Thresholds) -> str:
    """thresholds.toml with these values in it, its comments kept."""
    fields = {(section, key): name for name, section, key in PLACES}
    section, lines = "", []
    for line in SHIPPED.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"\[(\w+)\]", line):
            section = heading[1]
        key = line.partition(" = ")[0]
        if key == "version":
            line = f'version = "{thresholds.version}"'
        elif (section, key) in fields:
            line = f"{key} = {getattr(thresholds, fields[section, key])!r}"
        lines.append(line)
    return "\n".join(lines) + "\n"
