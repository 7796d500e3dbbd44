"""The steps of `make test`: each has a name, says why it cannot run, and counts what passed."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.checks import machine, postgres

ROOT = Path(__file__).resolve().parents[2]
ON_POSTGRES = ("tests/areas", "tests/faces", "tests/common")
NO_TEST_COLLECTED = 5
# When everything falls at once, a hundred reasons are enough to find the one.
SHORT = ("--tb=short", "--maxfail=100")


@dataclass(frozen=True, slots=True)
class Outcome:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    run: Callable[[], Outcome]


def command(*arguments: str) -> Callable[[], Outcome]:
    def run() -> Outcome:
        failed = subprocess.run(arguments, cwd=ROOT, env=_environment()).returncode != 0
        return Outcome(passed=int(not failed), failed=int(failed))

    return run


def pytest(*arguments: str, database_url: str = "") -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        line = [sys.executable, "-m", "pytest", "-q", *SHORT, *arguments, f"--junitxml={report}"]
        code = subprocess.run(line, cwd=ROOT, env=_environment(database_url)).returncode
        if code == NO_TEST_COLLECTED:
            return Outcome(skipped=1, why="no test there")
        return _read(report, code)


def _environment(database_url: str = "") -> dict[str, str]:
    """An installation's settings must not leak into a test run."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL"
        and (not name.startswith("PROCHE_") or name == "PROCHE_SCREENSHOTS")
    }
    clean["PROCHE_DATA_DIR"] = os.environ["PROCHE_CHECKS_DIR"]
    return clean | ({"DATABASE_URL": database_url} if database_url else {})


def _read(report: Path, code: int) -> Outcome:
    if not report.exists():
        return Outcome(failed=1, why=f"pytest stopped with code {code}")
    suites = list(ElementTree.parse(report).iter("testsuite"))
    count = {key: sum(int(s.get(key, 0)) for s in suites) for key in ("tests", "skipped")}
    failed = sum(int(s.get("failures", 0)) + int(s.get("errors", 0)) for s in suites)
    return Outcome(
        passed=max(0, count["tests"] - failed - count["skipped"]),
        failed=max(failed, int(code != 0)),
        skipped=count["skipped"],
    )


def on_sqlite() -> Outcome:
    return pytest("-n", "2", "-m", "not journey and not spark", "tests")


def on_spark() -> Outcome:
    """In one process, which starts one Java."""
    return pytest("-m", "spark", "tests")


def on_postgres() -> Outcome:
    missing = postgres.missing()
    if missing:
        return Outcome(skipped=1, why=missing)
    folders = [folder for folder in ON_POSTGRES if list((ROOT / folder).rglob("test_*.py"))]
    with postgres.throw_away_cluster() as url:
        return pytest("-n", "2", "-m", "not journey", *folders, database_url=url)


def journeys() -> Outcome:
    if not machine.chromium():
        return Outcome(skipped=1, why="no Chromium on this machine")
    return pytest("-n", "2", "-m", "journey", "tests")


BIN = Path(sys.executable).parent
STEPS = [
    Step("lint", command(str(BIN / "ruff"), "check", ".")),
    Step("format", command(str(BIN / "ruff"), "format", "--check", ".")),
    Step("types", command(str(BIN / "mypy"))),
    Step("imports", command(str(BIN / "lint-imports"))),
    Step(
        "migrations", command(sys.executable, "manage.py", "makemigrations", "--check", "--dry-run")
    ),
    Step("messages", command(sys.executable, "tools/messages.py", "check")),
    Step("sqlite", on_sqlite),
    Step("postgresql", on_postgres),
    Step("spark", on_spark),
    Step("journeys", journeys),
]


@contextmanager
def checks_folder() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="proche-checks-") as folder:
        os.environ["PROCHE_CHECKS_DIR"] = folder
        yield
