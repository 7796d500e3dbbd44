"""Per-platform settings, read once from platforms.toml."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


_SETTINGS = read_toml("platforms.toml")
_FOLDS: dict[str, dict[str, int]] = _SETTINGS["fold"]
FAMILY_OF: dict[str, str] = _SETTINGS["formats"]
FORMATS = tuple(FAMILY_OF)
PLATFORMS = tuple(_FOLDS)

_LIMITS: dict[str, int] = _SETTINGS["limits"]
VOICE_BY = _LIMITS["voice_by_seconds"]
SHOWN_FOR = _LIMITS["shown_for_seconds"]
FILLER_LINES = _LIMITS["filler_lines"]
LIVE_REPEAT = _LIMITS["live_repeat_seconds"]
FIRST_LINES = _LIMITS["first_lines"]


@cache
def fold_of(platform: str, format: str) -> int | None:
    """How many code points of the caption are seen before « plus »; None: all of it.

    A platform without settings gets the shortest fold known: the strict side.
    """
    folds = _FOLDS.get(platform)
    if folds is None:
        return _LIMITS["unknown_platform_fold"] if FAMILY_OF.get(format) != "story" else None
    return folds.get(format, folds["default"]) or None
