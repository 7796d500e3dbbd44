"""The privacy impact assessment and the table of what is kept hold to what the code does."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import reverse

from proche.areas.consent.models import Purpose
from proche.areas.content import images, leaving, proving, retention, undeclared
from proche.areas.imports import models as imports
from proche.areas.people import tasks as people
from proche.areas.people.models import Person
from proche.areas.recruitment import limits
from proche.areas.recruitment.actions import applications, drafts, nominations
from proche.areas.takeout import models as takeout
from tests.test_project import ROOT, read
from tools.typography import faults

PAGES = ("docs/privacy-impact.md", "docs/privacy-impact.fr.md")
PACKAGE = ROOT / "src" / "proche"
NETWORK = {"httpx", "socket", "ssl", "smtplib", "ftplib", "requests", "aiohttp", "urllib3"}
NETWORK |= {"http.client", "urllib.request", "websockets", "telnetlib"}


def kept() -> Iterator[tuple[set[str], str]]:
    """Each row of the table of what is kept: the tables it names, and for how long."""
    told = read("docs/architecture.md").split("## What is kept of a person")[1]
    rows = told.split("\n## ")[0]
    for line in re.findall(r"^\| (.+) \|$", rows, re.MULTILINE):
        what, how_long = line.split(" | ")[:2]
        yield set(re.findall(r"`(\w+)`", what)), how_long


def leading_to_a_person() -> set[type[Model]]:
    ours = [one for one in apps.get_models() if one.__module__.startswith("proche.")]
    found: set[type[Model]] = {Person}
    while more := {
        one
        for one in ours
        if one not in found
        and any(f.is_relation and f.concrete and f.related_model in found for f in _fields(one))
    }:
        found |= more
    return found


def _fields(model: type[Model]) -> list[Any]:
    return list(model._meta.get_fields())


def test_every_table_that_leads_to_a_person_is_in_the_table_of_what_is_kept() -> None:
    named = set().union(*(names for names, _how_long in kept()))
    wanted = {one.__name__ for one in leading_to_a_person()}
    assert len(wanted) > 30
    assert wanted - named == set()
    assert named - {one.__name__ for one in apps.get_models()} == set()


@pytest.mark.parametrize(
    ("table", "delay", "days", "words"),
    [
        ("Draft", drafts.LIFETIME, 14, "14 days"),
        ("Application", applications.UNCONFIRMED_FOR, 14, "14 days"),
        ("Application", retention.in_days(retention.REFUSED_MONTHS), 365, "12 months"),
        ("Origin", retention.in_days(retention.SILENT_MONTHS), 182, "6 months"),
        ("Nomination", nominations.LIFETIME, 30, "30 days"),
        ("Attempt", limits.KEPT, 1, "a day"),
        ("Note", people.REMOVED_KEPT, 30, "30 days"),
        ("Said", people.OLD_VALUES_KEPT, 365, "a year"),
        ("Look", people.LOOKS_KEPT, 731, "two years"),
        ("Undeclared", undeclared.UNANSWERED, 90, "90 days"),
        ("Undeclared", undeclared.CLOSED, 730, "two years"),
        ("Proof", timedelta(days=proving.KEPT_DAYS), 3 * 365, "three years"),
        ("Takeout", timedelta(days=takeout.FILE_DAYS), 7, "7 days"),
        ("Departure", timedelta(days=leaving.GRACE_DAYS), 28, "28 days"),
    ],
)
def test_what_the_table_says_of_a_delay_is_what_the_code_waits(
    table: str, delay: timedelta, days: int, words: str
) -> None:
    assert delay == timedelta(days=days)
    assert any(words in how_long for names, how_long in kept() if table in names)


def test_files_without_a_table_of_their_own_are_kept_as_long_as_is_said() -> None:
    told = read("docs/architecture.md")
    assert imports.FILE_DAYS == 30
    assert "| a list that an agency brought: its file | 30 days |" in told
    assert timedelta(days=7) == images.FORGOTTEN_AFTER
    assert "| images sent for a post that was never handed in | 7 days |" in told


@pytest.mark.parametrize("page", PAGES)
def test_every_purpose_is_assessed_and_no_other(page: str) -> None:
    part = re.split(r"^## ", read(page), flags=re.MULTILINE)[2]
    assert set(re.findall(r"^\| `(\w+)`", part, re.MULTILINE)) == set(Purpose.values)


@pytest.mark.parametrize("page", PAGES)
def test_every_place_in_the_code_that_is_named_exists(page: str) -> None:
    named = re.findall(r"`((?:areas|faces|core|platforms|common)/[\w./]+)`", read(page))
    assert len(named) > 12
    assert [one for one in named if not (PACKAGE / one).exists()] == []
    assert f"`{reverse('public:notice')}`" in read(page)


def test_the_two_languages_say_the_same_things_in_the_same_order() -> None:
    english, french = (read(page).splitlines() for page in PAGES)
    # A heading, a row, an item; the sections of the law and the days; what is quoted of the code.
    for pattern in (r"^(?:#+|\||-) ?", r"\d+(?:\.\d+)?", r"`[^`]+`"):
        said = [[re.findall(pattern, line) for line in page] for page in (english, french)]
        assert said[0] == said[1], pattern
    assert [fault for line in french for fault in faults(line)] == []


def test_nothing_but_platforms_and_the_commands_that_examine_open_a_socket() -> None:
    opened = {
        str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py") if imported(path) & NETWORK
    }
    outside = {one for one in opened if not one.startswith("platforms/")}
    assert outside == {"cli/_examination.py", "cli/run.py"}
    assert opened != outside


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names | {name.split(".")[0] for name in names}
