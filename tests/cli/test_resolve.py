"""`proche resolve` as scripts call it."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from proche.cli import build

PEOPLE = """record_id,given_name,family_name,email,city,region,occupation,accounts
p1,Julie,Tremblay,lune.tuque@gmail.com,Montréal,06,coiffeuse,instagram:coupes_de_lune;tiktok:lune
p2,JULIE,TREMBLAY,lunetuque+promo@gmail.com,,,,
p3,Omar,Diallo,omar@bell.net,Alma,02,notaire,
p4,Réjean,Deschatelets,,Alma,02,,
p5,Réjean,Deschatelets,,Gaspé,11,brasseur,
"""


def proche(*arguments: object) -> Result:
    words = ["resolve", *map(str, arguments)]
    return CliRunner().invoke(build(words), words)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def rows(out: Path) -> list[dict[str, str]]:
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_record_is_written_with_its_cluster_and_decision(
    people: Path, tmp_path: Path
) -> None:
    done = proche(people, "--out", out := tmp_path / "out.csv")
    assert done.exit_code == 0, done.stderr
    found = [(r["record_id"], r["cluster_id"], r["decision"], r["review_with"]) for r in rows(out)]
    assert found == [
        ("p1", "p1", "auto", ""),
        ("p2", "p1", "auto", ""),
        ("p3", "p3", "single", ""),
        ("p4", "p4", "review", "p5"),
        ("p5", "p5", "review", "p4"),
    ]
    assert [float(r["probability"]) > 0.9 for r in rows(out)][:3] == [True, True, False]


def test_json_is_one_document_and_nothing_else(people: Path, tmp_path: Path) -> None:
    done = proche(people, "--out", tmp_path / "out.csv", "--json")
    document = json.loads(done.stdout)
    assert document["records"] == 5
    assert document["decisions"] == {"auto": 2, "review": 2, "single": 1}
    assert document["clusters"] == [{"cluster_id": "p1", "records": ["p1", "p2"]}]
    assert [(pair["record_id"], pair["review_with"]) for pair in document["review"]] == [
        ("p4", "p5")
    ]


def test_the_same_input_gives_the_same_bytes(people: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    proche(people, "--out", first)
    proche(people, "--out", second)
    assert first.read_bytes() == second.read_bytes()


def test_only_the_id_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "ids.csv"
    path.write_text("record_id\na\nb\n", encoding="utf-8")
    assert proche(path, "--out", out := tmp_path / "out.csv").exit_code == 0
    assert [(r["record_id"], r["decision"], r["probability"]) for r in rows(out)] == [
        ("a", "single", "0.000000"),
        ("b", "single", "0.000000"),
    ]


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        (
            "record_id,accounts\na,instagram:ju\nb,ju.roy\n",
            "people.csv, rangée 3, colonne accounts",
            "people.csv, row 3, column accounts",
        ),
        ("given_name\nJulie\n", "people.csv, rangée 1", "people.csv, row 1"),
        ("record_id,city\n", "aucune rangée", "no row"),
        (
            "record_id,city\na,Alma\na,Gaspé\n",
            "people.csv, rangée 3, colonne record_id",
            "people.csv, row 3, column record_id",
        ),
    ],
)
def test_bad_input_is_refused_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, french: str, english: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    for language, words in (("fr", french), ("en", english)):
        monkeypatch.setenv("PROCHE_LANG", language)
        done = proche(path, "--out", tmp_path / "out.csv")
        assert (done.exit_code, words in done.stderr.replace("\n", " ")) == (1, True), done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_a_folder_that_does_not_exist_is_refused(people: Path, tmp_path: Path) -> None:
    assert proche(people, "--out", tmp_path / "nowhere" / "out.csv").exit_code == 1


def test_without_out_the_command_was_called_wrongly(people: Path) -> None:
    assert proche(people).exit_code == 2


def test_help_shows_an_example_and_loads_no_engine() -> None:
    program = (
        "import sys; from proche.cli import build; app = build(['resolve'])\n"
        "try: app(['resolve', '--help'])\n"
        "except SystemExit: pass\n"
        "assert not {'splink', 'duckdb', 'pyarrow', 'django'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "proche resolve personnes.csv --out reunies.csv" in done.stdout
