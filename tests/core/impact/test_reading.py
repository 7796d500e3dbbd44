"""Results tables as people send them: read when sure, refused with row and column when not."""

import csv
import gzip
import io
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proche.core.impact import Observation, read_results
from proche.core.results import InputRefused

PLAIN = "unit,arm,period,outcome\nMontréal,control,pre,10.5\nMontréal,control,post,12\n"
EXPECTED = (
    Observation("Montréal", "control", "pre", 10.5),
    Observation("Montréal", "control", "post", 12.0),
)
CAMPAIGN = date(2025, 8, 14)


def problems(text: str, start: date | None = None) -> list[str]:
    reading = read_results(text.encode(), name="ventes.csv", start=start)
    assert bool(reading.problems) != bool(reading.observations)
    return [problem.sentence.en for problem in reading.problems]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        PLAIN.encode("latin-1"),
        PLAIN.encode("cp1252"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", ";").replace("10.5", "10,5").encode(),
        PLAIN.replace(",", "\t").replace("10.5", "10,5").encode(),
        PLAIN.replace("10.5", '"10,5"').encode(),
        PLAIN.replace("unit,arm,period,outcome", " Unité , groupe,Période,résultat").encode(),
        PLAIN.replace("pre", "Avant").replace("post", "après").encode(),
        PLAIN.replace("control", "Témoin").encode(),
        PLAIN.replace("\n", "\n\n").encode(),
        gzip.compress(PLAIN.encode(), mtime=0),
    ],
)
def test_the_same_table_reads_the_same_in_every_usual_form(content: bytes) -> None:
    assert read_results(content).accepted() == EXPECTED


def test_parquet_reads_as_csv_does() -> None:
    table = pa.table(
        {
            "unit": ["Montréal", "Montréal"],
            "arm": ["control", "control"],
            "period": ["pre", "post"],
            "outcome": [10.5, 12.0],
            "cost": [None, 3.5],
        }
    )
    sink = io.BytesIO()
    pq.write_table(table, sink)
    rows = read_results(sink.getvalue()).accepted()
    assert [(row.outcome, row.cost) for row in rows] == [(10.5, None), (12.0, 3.5)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234,5", 1234.5),
        ("1\u00a0234,5", 1234.5),
        ("1\u202f234 567", 1234567.0),
        ("-3", -3.0),
        ("−3", -3.0),
        ("12,50 $", 12.5),
        ("1,234,567", 1234567.0),
        ("1,234.5", 1234.5),
        ("1,2345", 1.2345),
        (".5", 0.5),
        ("2e3", 2000.0),
    ],
)
def test_numbers_people_write_are_read(text: str, value: float) -> None:
    content = f'unit,arm,period,outcome\na,control,post,"{text}"\n'.encode()
    assert read_results(content).accepted()[0].outcome == value


def test_three_digits_after_a_comma_are_decimals_only_where_the_comma_separates_nothing() -> None:
    french = read_results(b"unit;arm;period;outcome\na;control;post;1,234\n").accepted()
    assert french[0].outcome == 1.234
    assert problems('unit,arm,period,outcome\na,control,post,"1,234"\n') == [
        "row 2, column outcome: “1,234” can be read in two ways. Write the number without a "
        "comma, with a point for decimals."
    ]


@pytest.mark.parametrize("text", ["twelve", "nan", "inf", "1e999", "12 34", "1.2.3", "0x10", "١٢"])
def test_what_is_not_a_number_is_named_with_its_place(text: str) -> None:
    assert problems(f"unit,arm,period,outcome\na,control,post,{text}\n") == [
        f"row 2, column outcome: “{text}” is not a number. Write for example 12.5."
    ]


@pytest.mark.parametrize("text", ["1e300", "-1e16", "1e-300"])
def test_a_number_no_count_can_have_is_questioned(text: str) -> None:
    assert problems(f"unit,arm,period,outcome\na,control,post,{text}\n") == [
        f"row 2, column outcome: “{text}” is too large or too small for a count. Check the number."
    ]


def test_dates_become_periods_from_the_start_on() -> None:
    table = "unit,arm,date,outcome\na,control,2025-08-13,1\na,control,2025-08-14,2\n"
    rows = read_results(table.encode(), start=CAMPAIGN).accepted()
    assert [(row.period, row.when) for row in rows] == [
        ("pre", date(2025, 8, 13)),
        ("post", CAMPAIGN),
    ]
    same = read_results(table.replace("date", "period").encode(), start=CAMPAIGN).accepted()
    assert same == rows


def test_dates_beside_periods_are_kept_for_the_series() -> None:
    table = "unit,arm,period,date,outcome\na,control,post,2025-08-14 09:30:00,2\n"
    assert read_results(table.encode()).accepted()[0].when == CAMPAIGN


def test_exposure_and_cost_are_read_when_given() -> None:
    table = "unit,arm,period,outcome,exposure,cost,note\na,control,post,2,7,0.5,hello\n"
    row = read_results(table.encode()).accepted()[0]
    assert (row.exposure, row.cost) == (7.0, 0.5)


def test_an_exposure_column_left_blank_throughout_is_as_if_absent() -> None:
    table = "unit,arm,period,outcome,exposure\na,control,post,2,\n"
    assert read_results(table.encode()).accepted()[0].exposure is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "unit,arm,period\n",
            ["row 1, column outcome: this column is missing. Add it; at least unit, arm, period "
             "and outcome are needed."],
        ),
        (
            "unit,arm,date,outcome\na,control,2025-08-14,1\n",
            ["row 1, column period: this column is missing. Add it (pre or post), or give the "
             "first day of the campaign, for example: --start 2025-08-14."],
        ),
        (
            "unit,arm,period,outcome,Outcome\na,control,post,1,2\n",
            ["row 1, column outcome: this column is there twice. Keep one."],
        ),
        (
            "unit,arm,period,outcome\n",
            ["there are only column titles. Add one row per unit and period."],
        ),
        (
            "unit,arm,period,outcome\na,control,pre,1\n",
            ["every row is before the campaign. Add the post rows."],
        ),
        (
            "unit,arm,period,outcome\n,control,post,1\n",
            ["row 2, column unit: the cell is empty. Fill it, or remove the row."],
        ),
        (
            "unit,arm,period,outcome\na,control\n",
            ["row 2, column outcome: the cell is empty. Fill it, or remove the row.",
             "row 2, column period: the cell is empty. Fill it, or remove the row."],
        ),
        (
            "unit,arm,period,outcome\na,control,post,1,5\n",
            ["row 2: 5 cells for 4 columns. Put quotation marks around texts and numbers that "
             "contain the separator."],
        ),
        (
            "unit,arm,period,outcome\na,control,during,1\n",
            ["row 2, column period: “during” is not a period. Write pre or post; if these are "
             "dates, give the first day of the campaign, for example: --start 2025-08-14."],
        ),
        (
            "unit,arm,period,outcome,cost\na,control,post,1,-5\n",
            ["row 2, column cost: “-5” is negative. Write zero or more."],
        ),
        (
            "unit,arm,period,outcome\na,control,post,1\na,nano,post,1\n",
            ["row 3, column arm: “a” is already in the arm “control” on row 2. Keep one arm per "
             "unit."],
        ),
        (
            "unit,arm,period,outcome,exposure\na,control,post,1,7\nb,control,post,1,\n",
            ["row 3, column exposure: the cell is empty. Give the exposure on every row, or "
             "remove the column."],
        ),
        (
            'unit,arm,period,outcome\na,control,post,"1\n' + "x" * 140_000,
            ["row 2: a quotation mark is left open, or a cell overflows. Fix this row."],
        ),
    ],
)  # fmt: skip
def test_each_problem_says_where_it_is_and_what_to_do(text: str, found: list[str]) -> None:
    assert problems(text) == found


def test_dates_are_asked_for_year_first() -> None:
    table = "unit,arm,date,outcome\na,control,14/08/2025,1\nb,control,,1\n"
    assert problems(table, CAMPAIGN) == [
        "row 2, column date: “14/08/2025” is not a date. Write year, month and day: 2025-08-14.",
        "row 3, column date: the cell is empty. Fill it, or remove the row.",
    ]


def test_a_unit_twice_on_one_day_is_asked_to_be_added_up() -> None:
    table = "unit,arm,date,outcome\na,control,2025-08-14,1\na,control,2025-08-14,2\n"
    assert problems(table, CAMPAIGN) == [
        "row 3, column date: “a” already has a row for 2025-08-14, row 2. Add them up into one."
    ]


def test_dates_that_all_come_before_the_start_are_a_wrong_start() -> None:
    table = "unit,arm,date,outcome\na,control,2025-08-01,1\n"
    assert problems(table, CAMPAIGN) == [
        "every date comes before 2025-08-14. Check the start date."
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (bytes(range(256)) * 40_000, "unknown_encoding"),
        (PLAIN.encode("utf-32"), "unknown_encoding"),
        (PLAIN.replace("é", "売上").encode("shift-jis"), "unknown_encoding"),
        (PLAIN.encode("mac-roman"), "unknown_encoding"),
        (PLAIN.encode() + b"\x00", "unknown_encoding"),
        (gzip.compress(PLAIN.encode() * 50, mtime=0)[:-20], "truncated_gz"),
        (b"\x1f\x8b" + b"garbage" * 10, "truncated_gz"),
        (b"PAR1 and then nothing of the kind", "broken_parquet"),
        (b"PK\x03\x04" + b"\0" * 100, "spreadsheet"),
        (b"lorem ipsum dolor " * 600_000, "broken_row"),
        (b"lorem ipsum dolor\n" * 600_000, "missing_column"),
        (gzip.compress(b"0" * (65 * 2**20), 1, mtime=0), "too_big"),
    ],
)
def test_what_is_not_a_table_is_refused_in_one_line(content: bytes, code: str) -> None:
    reading = read_results(content, name="ventes.csv")
    assert reading.observations == ()
    with pytest.raises(InputRefused) as refused:
        reading.accepted()
    assert refused.value.sentence.code == code
    for line in (refused.value.sentence.fr, refused.value.sentence.en):
        assert line.startswith("ventes.csv")
        assert "\n" not in line
        assert len(line) < 300


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    for path in (tmp_path / "nulle-part.csv", tmp_path):
        with pytest.raises(InputRefused, match=f"^{path.name}: this file cannot be opened"):
            read_results(path).accepted()


def test_the_first_twenty_problems_are_collected_and_no_more() -> None:
    rows = "".join(f"{i},control,post,x\n" for i in range(500))
    reading = read_results(f"unit,arm,period,outcome\n{rows}".encode(), name="v.csv")
    assert [problem.row for problem in reading.problems] == list(range(2, 22))
    with pytest.raises(InputRefused) as refused:
        reading.accepted()
    assert refused.value.sentence.fr == (
        "v.csv, ligne 2, colonne outcome\u00a0: «\u00a0x\u00a0» n’est pas un nombre. "
        "Écrivez par exemple 12,5. (et au moins 19 autres à corriger)"
    )


def test_a_quoted_cell_is_cut_short_and_cleaned_before_it_is_repeated() -> None:
    cell = "\u202e" + "z" * 500
    (line,) = problems(f"unit,arm,period,outcome\na,control,post,{cell}\n")
    assert f"“ {'z' * 39}…”" in line


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_whatever_the_bytes_the_reader_answers_with_rows_or_problems(content: bytes) -> None:
    reading = read_results(content)
    assert bool(reading.problems) != bool(reading.observations)


@given(st.lists(st.text(max_size=12), min_size=4, max_size=40))
def test_whatever_the_cells_the_reader_answers_with_rows_or_problems(cells: list[str]) -> None:
    lines = io.StringIO()
    csv.writer(lines).writerows(
        [["unit", "arm", "period", "outcome"], *zip(*[iter(cells)] * 4, strict=False)]
    )
    reading = read_results(lines.getvalue().encode("utf-8", "replace"))
    assert bool(reading.problems) != bool(reading.observations)
