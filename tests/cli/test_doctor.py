"""The doctor names what is wrong and what to do, and changes nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path


def ask(folder: Path, *arguments: str, **extra: str) -> "subprocess.CompletedProcess[str]":
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PROCHE_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "proche.settings",
        "PROCHE_DATA_DIR": str(folder),
        "PROCHE_LANG": "en",
        **extra,
    }
    command = [sys.executable, "-m", "proche", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def levels(folder: Path, **extra: str) -> dict[str, str]:
    done = ask(folder, "doctor", "--json", **extra)
    return {finding["code"]: finding["level"] for finding in json.loads(done.stdout)}


def test_a_new_folder_is_told_that_tables_are_waiting(tmp_path: Path) -> None:
    done = ask(tmp_path, "doctor")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "changes of tables are waiting: run proche run" in done.stderr


def test_the_answer_comes_in_both_languages_for_a_program(tmp_path: Path) -> None:
    findings = json.loads(ask(tmp_path, "doctor", "--json").stdout)
    assert {tuple(finding) for finding in findings} == {("level", "code", "fr", "en")}
    assert {finding["level"] for finding in findings} <= {"ok", "note", "fault"}


def test_a_misspelt_setting_is_named(tmp_path: Path) -> None:
    assert levels(tmp_path, PROCHE_SMPT_URL="smtp://localhost")["variable"] == "fault"


def test_a_readable_secret_is_a_fault(tmp_path: Path) -> None:
    assert levels(tmp_path)["secret"] == "ok"
    (tmp_path / "secret_key").chmod(0o644)
    assert levels(tmp_path)["secret"] == "fault"


def test_a_mail_server_that_does_not_answer_is_a_fault(tmp_path: Path) -> None:
    assert levels(tmp_path, PROCHE_SMTP_URL="smtp://127.0.0.1:9")["mail"] == "fault"


def test_a_public_address_without_https_is_a_fault(tmp_path: Path) -> None:
    assert levels(tmp_path, PROCHE_BASE_URL="http://proche.example")["address"] == "fault"


def test_a_database_out_of_reach_stops_no_other_question(tmp_path: Path) -> None:
    found = levels(tmp_path, DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert (found["database"], found["address"]) == ("fault", "ok")
    assert "migrations" not in found


def test_a_wrong_setting_is_one_line_with_its_name(tmp_path: Path) -> None:
    done = ask(tmp_path, "doctor", PROCHE_DEBUG="perhaps")
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["Setting to correct: PROCHE_DEBUG='perhaps': write 1 or 0."]
