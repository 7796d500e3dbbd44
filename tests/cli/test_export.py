"""`proche export`: one file, or one line that says what to do."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from proche.core.sheets import open_sheet
from tests.areas.recruitment.installed import output_of

OPENING = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from proche.areas.accounts.models import Programme
from proche.areas.people.models import Person
for name in ("Un", "Deux"):
    programme = Programme.objects.create(name=name, agency_name="Voisine", officer_name="O",
        officer_email="o@voisine.example", postal_address="Rimouski")
    Person.objects.create(programme=programme, given_name="Anne", family_name=name,
        email="a@exemple.ca", region="01", archetype="consumer")
"""
TELL = """
import django; django.setup()
from proche.areas.takeout.models import Takeout
print([(t.kind, t.language, t.by, bool(t.finished_at)) for t in Takeout.objects.order_by("pk")])
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("export")
    output_of(OPENING, made)
    return made


def export(folder: Path, *arguments: str) -> tuple[int, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PROCHE_", "LC_", "LANG"))}
    kept.pop("DATABASE_URL", None)
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-m", "proche", "export", *arguments],
        env={**kept, "PROCHE_DATA_DIR": str(folder), "LANG": "fr_CA.UTF-8"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr.strip()


def test_each_format_is_written_and_written_down(folder: Path, tmp_path: Path) -> None:
    one = ("--programme", "1")
    status, said = export(folder, str(tmp_path / "tout.zip"), *one)
    assert (status, said.startswith("Export écrit\u00a0:")) == (0, True), said
    with zipfile.ZipFile(tmp_path / "tout.zip") as archive:
        people = archive.read("personnes.csv").decode()
    assert "Un" in people
    assert "Deux" not in people
    assert export(folder, str(tmp_path / "t.zip"), *one, "--format", "json")[0] == 0
    assert export(folder, str(tmp_path / "t.xlsx"), *one, "--headings", "en")[0] == 0
    assert "People" in open_sheet((tmp_path / "t.xlsx").read_bytes()).sheets
    assert output_of(TELL, folder).strip() == str(
        [("csv", "fr", None, True), ("json", "fr", None, True), ("xlsx", "en", None, True)]
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.xlsx", "t.zip", "tout.zip"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["tout.zip"], "Quel programme? Donnez --programme"),
        (["tout.ods", "--programme", "1"], "terminez le nom par .xlsx"),
        (["tout.zip", "--programme", "1", "--headings", "de"], "fr ou en"),
        (["nulle/part.zip", "--programme", "1"], "n’existe pas"),
    ],
)
def test_what_cannot_be_done_is_one_line(folder: Path, arguments: list[str], told: str) -> None:
    status, said = export(folder, *arguments)
    assert status == 1
    assert told in said
    assert len(said.splitlines()) == 1
