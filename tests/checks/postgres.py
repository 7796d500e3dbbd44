"""A PostgreSQL of our own for one run: made in a temporary folder, reached by its socket."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing here must survive a power cut, so nothing waits for the disk.
FAST = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]
OWNER = "postgres"


def binaries() -> Path | None:
    """The newest server of the system (Debian keeps it off the PATH)."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if found:
        return found[-1]
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def missing() -> str:
    return "" if binaries() else "no PostgreSQL server on this machine"


@contextmanager
def throw_away_cluster() -> Iterator[str]:
    """Yields the URL of a server that is gone, with its folder, at the end."""
    with tempfile.TemporaryDirectory(prefix="proche-pg-") as folder:
        # initdb refuses to run as root.
        user = OWNER if os.geteuid() == 0 else None
        if user:
            shutil.chown(folder, user)
        data = f"{folder}/data"
        _run(
            user, "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
        options = " ".join(f"-c {setting}" for setting in FAST)
        where = f"-c listen_addresses='' -k {folder} {options}"
        _run(user, "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", where, "start")
        try:
            yield f"postgresql://{OWNER}@/proche?host={folder}"
        finally:
            _run(user, "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _run(user: str | None, program: str, *arguments: str) -> None:
    folder = binaries()
    assert folder
    done = subprocess.run(
        [folder / program, *arguments],
        user=user,
        cwd="/",
        stdout=subprocess.DEVNULL,  # a pipe would stay open with the server
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        raise RuntimeError(f"{program} stopped with code {done.returncode}")
