"""The thresholds of a verdict, read from their versioned file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from proche.core.results import InputRefused, Sentence

SHIPPED = Path(__file__).with_name("thresholds.toml")


@dataclass(frozen=True, slots=True)
class Thresholds:
    version: str
    ceiling: int
    star: int
    livelihood_points: int
    sponsored_share: float
    sponsored_low: float
    sponsored_points: int
    topic_focus: float
    regularity: float
    active: float
    quiet: float
    near: float
    far: float
    ask: float
    signals: int


# field, section and key of the file, in the order they are written there
PLACES = (
    ("ceiling", "size", "ceiling"),
    ("star", "size", "star"),
    ("livelihood_points", "livelihood", "points"),
    ("sponsored_share", "livelihood", "sponsored_share"),
    ("sponsored_low", "livelihood", "sponsored_low"),
    ("sponsored_points", "livelihood", "sponsored_points"),
    ("topic_focus", "niche", "topic_focus"),
    ("regularity", "niche", "regularity"),
    ("active", "activity", "active"),
    ("quiet", "activity", "quiet"),
    ("near", "closeness", "near"),
    ("far", "closeness", "far"),
    ("ask", "authenticity", "ask"),
    ("signals", "authenticity", "signals"),
)


@cache
def shipped_thresholds() -> Thresholds:
    return read_thresholds(SHIPPED)


def read_thresholds(path: Path) -> Thresholds:
    """Raises InputRefused naming the file and the value to correct. A key left out keeps the
    shipped value; `version` must be there, as verdicts are signed under it."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise _refused(
            path,
            "fichier absent ou TOML illisible. Partez de celui de Proche.",
            "missing or not readable as TOML. Start from the one shipped with Proche.",
        ) from cause
    version = document.pop("version", None)
    if not isinstance(version, str) or not version:
        raise _refused(path, 'ajoutez une ligne version = "…".', 'add a line version = "…".')
    values = {} if path == SHIPPED else _values(shipped_thresholds())
    known = {(section, key): name for name, section, key in PLACES}
    for section, content in document.items():
        if not isinstance(content, dict):
            raise _refused(
                path,
                f"{section} n’existe pas hors d’une section.",
                f"{section} does not exist outside a section.",
            )
        for key, value in content.items():
            name = known.get((section, key))
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if name is None or not number or value < 0:
                raise _refused(
                    path,
                    f"[{section}] {key} n’existe pas ou n’est pas un nombre positif.",
                    f"[{section}] {key} does not exist or is not a positive number.",
                )
            values[name] = value
    return Thresholds(version, **values)  # type: ignore[arg-type]


def _values(thresholds: Thresholds) -> dict[str, float]:
    return {name: getattr(thresholds, name) for name, _, _ in PLACES}


def _refused(path: Path, fr: str, en: str) -> InputRefused:
    return InputRefused(Sentence("bad_thresholds", f"{path.name} : {fr}", f"{path.name}: {en}"))
