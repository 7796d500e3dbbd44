"""`proche sample load` and `clear`: one line each, and the same rows on every machine."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from proche.locale import compile_catalogues


def run(folder: Path, *arguments: str, language: str = "fr_CA.UTF-8") -> tuple[int, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PROCHE_", "LC_", "LANG"))}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    kept.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        env={**kept, "PROCHE_DATA_DIR": str(folder), "LANG": language},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr.strip().splitlines()[-1]


# Drawn anew each time, so that nobody can guess them: what opens nothing, salts with the seals they
# go into, names of files. By table.
GUESSED_BY_NOBODY = {
    "accounts_user": ["password"],
    "content_proof": ["salt", "previous", "sealed"],
    "content_proofimage": ["key", "stored"],
}
# Notes that something changed, in no order of their own, which a nightly job forgets.
NOTES = {"people_bankchange"}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two installations, alike and empty."""
    compile_catalogues()
    first, second = (tmp_path_factory.mktemp(name) for name in ("one", "other"))
    migrate = [sys.executable, "-m", "django", "migrate", "-v0"]
    env = {**os.environ, "PROCHE_DATA_DIR": str(first), "DJANGO_SETTINGS_MODULE": "proche.settings"}
    env.pop("DATABASE_URL", None)
    subprocess.run(migrate, env=env, check=True, capture_output=True)
    shutil.copytree(first, second, dirs_exist_ok=True)
    return [first, second]


def dump(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    (database,) = folder.glob("*.sqlite3")
    link = sqlite3.connect(database)
    for table, columns in GUESSED_BY_NOBODY.items():
        link.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table}")
        link.execute(f"UPDATE temp.{table} SET " + ", ".join(f"{name} = ''" for name in columns))
    names = link.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    kept = [name for (name,) in names if name not in NOTES]
    return {name: sorted(link.execute(f'SELECT * FROM "{name}"'), key=repr) for name in kept}


def test_the_sample_is_the_same_on_two_machines_and_says_what_it_does(two: list[Path]) -> None:
    empty = dump(two[0])
    for folder in two:
        code, said = run(folder, "proche", "sample", "load")
        assert (code, said.split(":")[0]) == (0, "Programme d’exemple chargé\N{NO-BREAK SPACE}")
    one, other = dump(two[0]), dump(two[1])
    assert {name for name in one if one[name] != other[name]} == set()
    assert run(two[0], "proche", "sample", "load", language="en_CA.UTF-8") == (
        0,
        "The sample programme is already there. Nothing changed.",
    )
    assert dump(two[0]) == one
    assert run(two[0], "proche", "sample", "clear")[0] == 0
    left = dump(two[0])
    assert {n for n in left if left[n] != empty[n]} <= {"sqlite_sequence"}
