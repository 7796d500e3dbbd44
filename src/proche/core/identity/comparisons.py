"""What is compared and in which degrees, for Splink 5 (Fellegi and Sunter 1969).

Each comparison is a list of levels, the first that holds wins; `tf` names the column whose
frequency weighs an exact agreement. Level numbers (gamma) count down from the best to 0; unknown
is -1.
"""

from dataclasses import dataclass
from typing import Any

ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class Level:
    name: str
    sql: str
    tf: str = ""


def _null(column: str) -> Level:
    return Level("unknown", f"{column}_l IS NULL OR {column}_r IS NULL")


def _same(column: str, *, tf: bool = True) -> Level:
    return Level("same", f"{column}_l = {column}_r", column if tf else "")


def _alike(column: str) -> Level:
    return Level("alike", f"jaro_winkler_similarity({column}_l, {column}_r) >= {ALIKE}")


def _meet(column: str) -> str:
    return f"list_has_any({column}_l, {column}_r)"


SWAPPED = "given_l = family_r AND family_l = given_r AND given_l <> family_l"
ELSE = Level("differs", "ELSE")

COMPARISONS: dict[str, tuple[Level, ...]] = {
    "given": (
        _null("given"),
        _same("given"),
        Level("swapped", SWAPPED),
        Level("short form", _meet("forms")),
        _alike("given"),
        ELSE,
    ),
    "family": (
        # Swapped names are counted once, under the given name.
        Level("unknown", f"family_l IS NULL OR family_r IS NULL OR ({SWAPPED})"),
        _same("family"),
        Level("one part", _meet("parts")),
        _alike("family"),
        ELSE,
    ),
    "email": (
        _null("email"),
        _same("email"),
        Level("same local part", "local_l = local_r", "local"),
        Level("only the name", "own_local_l = own_local_r"),
        Level("alike", "jaro_winkler_similarity(email_l, email_r) >= 0.95"),
        ELSE,
    ),
    "accounts": (
        _null("accounts"),
        Level("same account", _meet("accounts")),
        Level("same stem", _meet("stems")),
        Level("only the name", _meet("own_stems")),
        Level("same platform, other handle", _meet("platforms")),
        ELSE,
    ),
    "city": (
        _null("city"),
        _same("city"),
        Level("same region", "region_l = region_r"),
        ELSE,
    ),
    "trade": (
        _null("trade"),
        _same("trade"),
        Level("alike", "jaro_winkler_similarity(trade_l, trade_r) >= 0.92"),
        ELSE,
    ),
}


def gamma(comparison: str, level: str) -> int:
    """The number Splink gives to a level."""
    levels = [one.name for one in COMPARISONS[comparison]]
    place = levels.index(level)
    return -1 if place == 0 else len(levels) - 1 - place


def settings() -> dict[str, Any]:
    """An untrained model: Splink's settings as a dictionary."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "row",
        "comparisons": [
            {"output_column_name": name, "comparison_levels": [_level(one) for one in levels]}
            for name, levels in COMPARISONS.items()
        ],
        "blocking_rules_to_generate_predictions": ["l.family = r.family"],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
        "additional_columns_to_retain": [],
    }


def _level(level: Level) -> dict[str, Any]:
    found: dict[str, Any] = {"sql_condition": level.sql, "label_for_charts": level.name}
    if level.name == "unknown":
        found["is_null_level"] = True
    if level.tf:
        found["tf_adjustment_column"] = level.tf
        found["tf_adjustment_weight"] = 1.0
        found["disable_tf_exact_match_detection"] = True
    return found
