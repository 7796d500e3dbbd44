"""`proche impact` as scripts call it: one document out, one line on refusal, nothing guessed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.core.impact.tables import HAND_WORKED

PROCHE = [sys.executable, "-c", "from proche.cli import main; main()", "impact"]


def proche(*arguments: str, cwd: Path, language: str = "fr") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROCHE, *arguments],
        cwd=cwd,
        env={"PROCHE_LANG": language, "PATH": "", "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def results(tmp_path: Path) -> Path:
    lines = ["unit,arm,period,outcome,cost"]
    for arm, units in HAND_WORKED.items():
        for i, (before, after) in enumerate(units):
            cost = 50 if arm == "nano" else ""
            lines += [f"{arm}{i},{arm},pre,{before},{cost}", f"{arm}{i},{arm},post,{after},"]
    file = tmp_path / "results.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def document(run: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert (run.returncode, run.stderr) == (0, "")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_json_has_the_shape_scripts_rely_on(results: Path) -> None:
    found = document(proche(results.name, "--json", cwd=results.parent))
    nano = found["arms"]["nano"]
    assert list(found["arms"]) == ["nano", "star"]
    assert (nano["lift"], nano["units"]) == (9.5, 2)
    assert nano["low"] < 9.5 < nano["high"]
    assert found["ratio"]["of"] == ["nano", "star"]
    assert found["ratio"]["set"] == "complement"
    assert found["ratio"]["estimate"] is None
    assert found["costs"]["nano"]["total"] == 100.0
    assert "Not enough data for a ratio" in found["sentence"]["en"]
    assert "Pas assez de données pour un rapport" in found["sentence"]["fr"]
    assert found["enough"] is False


def test_the_same_file_gives_the_same_bytes_wherever_the_option_stands(results: Path) -> None:
    first = proche("results.csv", "--json", cwd=results.parent)
    second = proche("--json", "results.csv", cwd=results.parent)
    assert first.stdout == second.stdout
    assert document(first)


def test_people_read_sentences_in_their_language(results: Path) -> None:
    french = proche("results.csv", cwd=results.parent)
    english = proche("results.csv", cwd=results.parent, language="en_CA.UTF-8")
    assert french.stdout.startswith("Là où nos membres ont parlé du produit, chaque unité a compté")
    assert french.stdout.endswith(
        "Unités comparées\u00a0: témoin 2, nano 2, star 2. Intervalles à 95\u00a0%.\n"
    )
    assert english.stdout.startswith("Where our members talked about the product, each unit")
    assert english.stdout.endswith("Units compared: control 2, nano 2, star 2. Intervals at 95%.\n")


def test_dates_with_a_start_measure_as_periods_do(tmp_path: Path) -> None:
    lines = ["unit;arm;date;outcome"]
    for arm, units in HAND_WORKED.items():
        for i, (before, after) in enumerate(units):
            lines += [f"{arm}{i};{arm};2025-08-01;{before},0"]
            lines += [f"{arm}{i};{arm};2025-08-20;{after},0"]
    (tmp_path / "dates.csv").write_text("\n".join(lines), encoding="cp1252")
    found = document(proche("dates.csv", "--start", "2025-08-14", "--json", cwd=tmp_path))
    assert [arm["lift"] for arm in found["arms"].values()] == [9.5, 3.0]
    assert found["series"][0] == {
        "arm": "control", "period": "pre", "date": "2025-08-01", "mean": 11.0, "units": 2,
    }  # fmt: skip


def test_too_few_units_is_an_answer_not_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "few.csv").write_text("unit,arm,period,outcome\na,control,post,1\nb,nano,post,2\n")
    found = document(proche("few.csv", "--json", cwd=tmp_path))
    assert found["arms"]["nano"]["lift"] is None
    assert found["ratio"] is None
    assert found["sentence"]["en"].startswith("Not enough data: the control arm has 1 unit")
    assert [gap["code"] for gap in found["missing"]] == ["too_few_units", "too_few_units"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "bad.csv: the file is empty. Give it the columns unit, arm, period and outcome."),
        (
            b"unit,arm,outcome\na,control,1\n",
            "bad.csv, row 1, column period: this column is missing. Add it; at least unit, arm, "
            "period and outcome are needed.",
        ),
        (
            b"unit,arm,period,outcome\na,control,post,twelve\n",
            "bad.csv, row 2, column outcome: “twelve” is not a number. Write for example 12.5.",
        ),
        (
            b"\x1f\x8b\x08\x00 cut",
            "bad.csv: the compressed file is cut short or damaged. Copy it again.",
        ),
        (
            bytes(range(256)) * 40_000,
            "bad.csv: this is not readable text. Save the table as CSV UTF-8.",
        ),
    ],
)
def test_bad_input_is_one_line_and_exit_one(tmp_path: Path, content: bytes, line: str) -> None:
    (tmp_path / "bad.csv").write_bytes(content)
    run = proche("bad.csv", "--json", cwd=tmp_path, language="en")
    assert (run.returncode, run.stdout, run.stderr) == (1, "", f"{line}\n")
    assert [file.name for file in tmp_path.iterdir()] == ["bad.csv"]


def test_a_missing_file_is_refused_in_french_by_default(tmp_path: Path) -> None:
    run = proche("nulle-part.csv", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (
        "nulle-part.csv\u00a0: impossible d’ouvrir ce fichier. Vérifiez son nom et son dossier.\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("results.csv", "--start", "14/08/2025"),
        ("results.csv", "--unknown"),
        ("plan", "--units", "ten"),
        ("plan", "--power", "2"),
    ],
)
def test_wrong_usage_exits_two(results: Path, arguments: tuple[str, ...]) -> None:
    run = proche(*arguments, cwd=results.parent)
    assert (run.returncode, "Traceback" in run.stderr) == (2, False)


def test_plan_gives_the_same_table_twice(tmp_path: Path) -> None:
    arguments = ("plan", "--star", "8", "--nano", "24", "--units", "10,30", "--json")
    first, second = (proche(*arguments, cwd=tmp_path) for _ in range(2))
    assert first.stdout == second.stdout
    found = document(first)
    assert [row["units"] for row in found["rows"]] == [10, 30]
    assert found["simulations"] == 1000
    assert found["recommended"] == 30
    assert found["study"]["lift_star"] == 8.0


def test_plan_says_in_a_sentence_how_many_units_it_takes(tmp_path: Path) -> None:
    run = proche("plan", "--star", "8", "--units", "30", "--simulations", "200", cwd=tmp_path)
    assert run.stdout.splitlines()[0] == (
        "Il faut environ 30 unités par groupe pour voir l’effet de la vedette "
        "80\u00a0% du temps; sans lui, aucun rapport ne tient."
    )


def test_plan_refuses_a_star_without_effect(tmp_path: Path) -> None:
    run = proche("plan", "--star", "0", cwd=tmp_path, language="en")
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("No test can show this lift.")
