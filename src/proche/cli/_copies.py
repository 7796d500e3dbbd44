"""A whole copy of the database, taken and put back by the database's own means."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection

from proche.core.results import InputRefused, Sentence

EMPTY_SCHEMA = "DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n"


def engine() -> str:
    return str(connection.vendor)


def take(target: Path) -> None:
    """Write a consistent copy to `target` while the server goes on serving."""
    if engine() == "sqlite":
        _copy_sqlite(Path(str(settings.DATABASES["default"]["NAME"])), target)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def put_back(source: Path) -> None:
    """Replace the whole database by the copy, or leave it as it was."""
    connection.close()
    if engine() == "sqlite":
        _check_sqlite(source)
        _copy_sqlite(source, Path(str(settings.DATABASES["default"]["NAME"])))
        return
    script = source.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source))
    script.write_text(EMPTY_SCHEMA + script.read_text(encoding="utf-8"), encoding="utf-8")
    _run("psql", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={script}")


def _copy_sqlite(source: Path, target: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(source, timeout=20)) as one,
        contextlib.closing(sqlite3.connect(target, timeout=20)) as other,
    ):
        one.backup(other)


def _check_sqlite(source: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(source)) as copy:
            (found,) = copy.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as damaged:
        found = str(damaged)
    if found != "ok":
        raise InputRefused(
            Sentence(
                "damaged",
                f"La base de cette sauvegarde est abîmée ({found}). Rien n’a été changé.",
                f"The database in this backup is damaged ({found}). Nothing was changed.",
            )
        )


def _run(program: str, *arguments: str) -> None:
    """The client programs take the address from the environment, so no password is in a command."""
    if not shutil.which(program):
        raise InputRefused(
            Sentence(
                "no_client",
                f"{program} est introuvable\u00a0: installez les programmes clients de PostgreSQL.",
                f"{program} was not found: install the client programs of PostgreSQL.",
            )
        )
    database = settings.DATABASES["default"]
    address = {
        "PGDATABASE": database["NAME"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGHOST": database["HOST"],
        "PGPORT": database["PORT"],
    }
    environment = os.environ | {name: str(value) for name, value in address.items() if value}
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["?"])[0]
        raise InputRefused(
            Sentence(
                "client_failed",
                f"{program} a échoué\u00a0: {reason}. Rien n’a été changé.",
                f"{program} failed: {reason}. Nothing was changed.",
            )
        )
