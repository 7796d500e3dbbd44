"""A backup holds everything, gives it back whole, and refuses in one line what it cannot read."""

import contextlib
import io
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.checks import postgres

Run = Callable[..., "subprocess.CompletedProcess[str]"]
PROGRAMME = """
from proche.areas.accounts.actions import open_installation
open_installation(name="Gisèle", email="g@exemple.test", agency_name="Fleuve",
                  programme_name="Ici", postal_address="1, rue du Quai")
"""
COUNT = "from proche.areas.accounts.models import User; print(User.objects.count())"
# What keeps a proof as it was comes back with the rest.
GUARDS = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT COUNT(*) FROM pg_trigger WHERE tgname LIKE 'proof%'")
    print(cursor.fetchone()[0])
"""
ERASE = "from proche.areas.accounts.models import User; User.objects.all().delete()"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `proche` (or Django's shell) on an installation of its own, on SQLite unless told."""

    def one(
        *arguments: str, at: str = "here", database_url: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PROCHE_")}
        environment.pop("DATABASE_URL", None)
        environment |= {
            "DJANGO_SETTINGS_MODULE": "proche.settings",
            "PROCHE_DATA_DIR": str(tmp_path / at),
            "PROCHE_LANG": "en",
        }
        if database_url:
            environment["DATABASE_URL"] = database_url
        module = "django" if arguments[0] in {"migrate", "shell"} else "proche"
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
        )

    return one


def install(run: Run, **where: str) -> None:
    assert run("migrate", "-v0", **where).returncode == 0
    assert run("shell", "-v0", "-c", PROGRAMME, **where).returncode == 0


@pytest.fixture
def here(run: Run, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one account, made once and copied for each test."""
    made = tmp_path_factory.getbasetemp() / "one-installation"
    if not made.exists():
        install(run)
        shutil.copytree(tmp_path / "here", made)
    else:
        shutil.copytree(made, tmp_path / "here")
    return tmp_path / "here"


def names(folder: Path) -> list[str]:
    return [name for (name,) in ask(folder, "SELECT email FROM accounts_user")]


def ask(folder: Path, sentence: str) -> list[tuple[str]]:
    with contextlib.closing(sqlite3.connect(folder / "proche.sqlite3")) as database, database:
        return database.execute(sentence).fetchall()


def test_an_installation_is_given_back_elsewhere_with_its_files_and_key(
    run: Run, here: Path, tmp_path: Path
) -> None:
    (here / "media").mkdir()
    (here / "media" / "photo.txt").write_text("une photo")
    kept = tmp_path / "lundi.tar.gz"
    done = run("backup", str(kept))
    assert (done.returncode, done.stdout) == (0, "")
    assert kept.stat().st_mode & 0o077 == 0

    done = run("restore", str(kept), at="there")
    assert (done.returncode, done.stderr) == (0, f"{kept} is in place.\n")
    assert names(tmp_path / "there") == ["g@exemple.test"]
    guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'proof%'"
    assert len(ask(tmp_path / "there", guards)) == 10
    for name in ("secret_key", "media/photo.txt"):
        assert (tmp_path / "there" / name).read_bytes() == (here / name).read_bytes()
    assert (tmp_path / "there" / "secret_key").stat().st_mode & 0o077 == 0


def test_an_installation_in_use_is_replaced_only_when_told_and_kept_aside(
    run: Run, here: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "lundi.tar.gz"
    run("backup", str(kept))
    ask(here, "DELETE FROM accounts_role")
    ask(here, "DELETE FROM accounts_user")

    refused = run("restore", str(kept))
    assert refused.returncode == 1
    assert refused.stderr == "This installation is not empty: add --yes to replace it.\n"
    assert names(here) == []

    assert run("restore", str(kept), "--yes").returncode == 0
    assert names(here) == ["g@exemple.test"]
    (aside,) = here.glob("before-restore-*.tar.gz")
    assert run("restore", str(aside), "--yes").returncode == 0
    assert names(here) == []


def test_a_backup_never_takes_the_place_of_a_file(run: Run, here: Path, tmp_path: Path) -> None:
    kept = tmp_path / "lundi.tar.gz"
    kept.write_text("à moi")
    done = run("backup", str(kept))
    assert done.returncode == 1
    assert done.stderr == f"{kept} exists already: choose another name.\n"
    assert kept.read_text() == "à moi"


def packed(target: Path, **files: bytes) -> Path:
    with tarfile.open(target, "w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name.replace("__", "."))
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return target


def label(**changes: object) -> bytes:
    known = {"format": 1, "version": "9.9", "engine": "sqlite", "made_at": "", "migrations": []}
    return json.dumps(known | changes).encode()


def test_what_is_not_a_whole_backup_is_refused_and_nothing_changes(
    run: Run, here: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "lundi.tar.gz"
    run("backup", str(whole))
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole.read_bytes()[:-400])
    noise = tmp_path / "noise.tar.gz"
    noise.write_bytes(random.Random(7).randbytes(100_000))
    outside = packed(tmp_path / "outside.tar.gz", proche__json=label(), **{"../escaped": b"x"})
    for file in (cut, noise, outside, tmp_path / "absent.tar.gz"):
        done = run("restore", str(file), "--yes")
        assert done.returncode == 1
        assert done.stderr.startswith(f"{file} is not a backup of Proche, or not all of one.")
    assert not (here / "escaped").exists()
    assert names(here) == ["g@exemple.test"]
    assert [p.name for p in here.glob("restore-*")] == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": 2}, "comes from a newer Proche (9.9): update this one."),
        ({"migrations": [["people", "9999_later"]]}, "comes from a newer Proche (9.9)"),
        ({"engine": "postgresql"}, "this installation is on sqlite: see DATABASE_URL."),
    ],
)
def test_a_backup_of_another_kind_is_refused_with_what_to_do(
    run: Run, tmp_path: Path, changes: dict[str, object], words: str
) -> None:
    file = packed(tmp_path / "other.tar.gz", proche__json=label(**changes), database=b"")
    done = run("restore", str(file))
    assert done.returncode == 1
    assert words in done.stderr


def test_a_damaged_database_is_refused(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "copy.sqlite3"
    with sqlite3.connect(page) as copy:
        copy.execute("CREATE TABLE one (a TEXT)")
        copy.executemany("INSERT INTO one VALUES (?)", [("x" * 900,)] * 50)
    content = bytearray(page.read_bytes())
    content[5000:9000] = random.Random(7).randbytes(4000)
    file = packed(tmp_path / "other.tar.gz", proche__json=label(), database=bytes(content))
    done = run("restore", str(file))
    assert done.returncode == 1
    assert "is damaged" in done.stderr


@pytest.mark.skipif(bool(postgres.missing()), reason="no PostgreSQL server on this machine")
def test_postgresql_is_given_back_whole(run: Run, tmp_path: Path) -> None:
    with postgres.throw_away_cluster() as url:
        where = {"database_url": url.replace("/proche?", "/postgres?")}
        install(run, **where)
        kept = tmp_path / "lundi.tar.gz"
        done = run("backup", str(kept), **where)
        assert done.returncode == 0, done.stderr
        run("shell", "-v0", "-c", ERASE, **where)
        done = run("restore", str(kept), "--yes", **where)
        assert done.returncode == 0, done.stderr
        found = run("shell", "-v0", "-c", COUNT, **where)
        assert found.stdout.strip() == "1"
        guards = run(
            "shell", "-v0", "-c", GUARDS.format(table="pg_trigger", name="tgname"), **where
        )
        assert guards.stdout.strip() == "10"
