"""Thresholds: versioned, partly one's own, refused by name."""

from pathlib import Path

import pytest

from proche.core.results import InputRefused
from proche.core.tiers import read_thresholds, shipped_thresholds


def test_the_shipped_ones_honour_the_definition_of_a_nano() -> None:
    assert shipped_thresholds().ceiling == 5000
    assert shipped_thresholds().version == "2026.1"


def test_what_a_programme_leaves_out_stays_as_shipped(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('version = "mine"\n[size]\nceiling = 3000\n', encoding="utf-8")
    own = read_thresholds(path)
    assert (own.version, own.ceiling, own.star) == ("mine", 3000, shipped_thresholds().star)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[size", "not readable as TOML"),
        ("[size]\nceiling = 3\n", "add a line version"),
        ('version = "x"\n[size]\nfloor = 3\n', r"\[size\] floor"),
        ('version = "x"\n[size]\nceiling = "many"\n', r"\[size\] ceiling"),
        ('version = "x"\n[size]\nceiling = -3\n', r"\[size\] ceiling"),
        ('version = "x"\nceiling = 3\n', "ceiling does not exist"),
    ],
)
def test_a_file_that_says_nothing_sure_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match=said):
        read_thresholds(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"none\.toml"):
        read_thresholds(tmp_path / "none.toml")
