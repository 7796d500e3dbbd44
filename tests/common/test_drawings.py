"""Where the small drawings put their marks."""

import pytest

from proche.common import drawings
from proche.common.drawings import Scale


def test_a_band_is_placed_in_percent_and_cut_to_its_scale() -> None:
    assert drawings.band(Scale(0, 100), 57, 71, 84) == drawings.Band("57%", "27%", "71%")
    assert drawings.band(Scale(0, 10), -5, 2.5, 20) == drawings.Band("0%", "100%", "25%")


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 12, [0, 2, 4, 6, 8, 10, 12]),
        (-3.9, 13.2, [-4, -2, 0, 2, 4, 6, 8, 10, 12, 14]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
    ],
)
def test_ticks_are_round_and_cover_the_values(low: float, high: float, ticks: list[float]) -> None:
    assert drawings.round_ticks(low, high) == ticks


def test_each_gain_starts_where_the_one_above_ends() -> None:
    first, second = drawings.ladder_steps([("Camille", 60), ("Ariane", 40)])
    assert (first.start, first.end) == ("0%", second.start)
    assert second.end == "81.97%"


def test_a_wait_beyond_the_drawing_stands_in_its_last_column() -> None:
    columns = drawings.waiting_columns({0: 2, 6: 1, 30: 6}, 5, last=9, tall=4)
    assert [len(column.dots) for column in columns] == [2, 0, 0, 0, 0, 0, 1, 0, 0, 4]
    assert columns[-1].more == 2
    assert [column.days for column in columns if column.late] == [6, 7, 8, 9]


@pytest.mark.parametrize(
    ("count", "step"), [(0, 0), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (13, 3), (14, 4), (26, 4)]
)
def test_a_region_is_shaded_by_its_share_of_the_fullest(count: int, step: int) -> None:
    assert drawings.map_step(count, 26) == step


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Camille Ouellet", "CO"),
        ("Marie-Ève de la Tour", "MT"),
        ("Élan", "É"),
        ("", "·"),
        ("7", "·"),
    ],
)
def test_initials_are_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert drawings.initials(name) == letters


def test_the_same_name_always_has_the_same_tint() -> None:
    assert drawings.tint("Camille Ouellet") == drawings.tint("CAMILLE OUELLET")
    assert {drawings.tint(f"Personne {n}") for n in range(40)} == set(drawings.TINTS)


def test_ticks_are_written_with_as_many_decimals_as_they_need() -> None:
    assert drawings.tick_places([0, 2.0, 4]) == 0
    assert drawings.tick_places([0, 0.5, 1]) == 1
    assert drawings.tick_places(drawings.round_ticks(0, 0.31)) == 2
