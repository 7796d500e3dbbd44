"""What holds for the project as a whole."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from django.contrib.staticfiles import finders

from proche.cli import build
from proche.cli._examination import VARIABLES
from proche.locale import MAIN, catalogues
from tools.messages import problems_under
from tools.typography import faults

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "proche"
LONGEST_FILE = 400
STATIC = re.compile(r"""\{%\s*static\s+["']([^"'{]+)["']""")
INLINE = re.compile(r"<style\b|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\bsrc=)", re.IGNORECASE)
ANOTHER_HOST = re.compile(r"""(?:src|href)=["'](?:https?:)?//(?!\{)""")
SETTING = re.compile(r"\b(?:PROCHE_[A-Z_]+|DATABASE_URL)\b")


def source(suffix: str = ".py") -> Iterator[Path]:
    yield from sorted(p for p in PACKAGE.rglob(f"*{suffix}") if "migrations" not in p.parts)


def templates() -> list[Path]:
    return [p for p in source(".html") if "templates" in p.parts]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_message_is_in_french_and_english() -> None:
    assert problems_under([]) == []


def test_one_catalogue_holds_every_translation() -> None:
    assert list(catalogues()) == [MAIN]


def test_french_written_in_the_code_follows_the_typography_of_quebec() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {fault}"
        for path in source()
        for line, text in french_sentences(ast.parse(path.read_text(encoding="utf-8")))
        for fault in faults(text)
    ]
    assert found == []


def french_sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The French side of every Sentence(code, fr, en), its inserted values as a figure."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Sentence":
            named = {k.arg: k.value for k in node.keywords}
            french = named.get("fr") or (node.args[1] if len(node.args) > 1 else None)
            parts = french.values if isinstance(french, ast.JoinedStr) else [french]
            yield node.lineno, "".join(text_of(part) for part in parts)


def text_of(part: ast.expr | None) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    return "\u00a0" if part and "NBSP" in ast.unparse(part) else "0"


@pytest.mark.parametrize("path", templates(), ids=lambda p: p.name)
def test_a_template_asks_only_for_files_that_exist(path: Path) -> None:
    asked = STATIC.findall(path.read_text(encoding="utf-8"))
    assert [name for name in asked if finders.find(name) is None] == []


@pytest.mark.parametrize("path", templates(), ids=lambda p: p.name)
def test_a_template_holds_nothing_the_content_policy_refuses(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"))
    assert INLINE.findall(text) + ANOTHER_HOST.findall(text) == []


def test_no_source_file_has_outgrown_its_one_reason() -> None:
    long = {p.name: n for p in source() if (n := len(p.read_text().splitlines())) > LONGEST_FILE}
    assert long == {}


def test_the_locks_name_no_host() -> None:
    names = ["requirements.lock", "requirements-dev.lock", "package-lock.json", ".npmrc"]
    texts = [(name, re.sub(r'"url": "[^"]*"', "", read(name))) for name in names]
    assert [name for name, text in texts if "://" in text] == []


def test_the_locks_agree_with_what_the_project_asks_for() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    locked = set(re.findall(r"^([a-z0-9._-]+)==", read("requirements.lock"), re.MULTILINE))
    asked = {re.split(r"[\[<>=~!]", line)[0].lower() for line in project["dependencies"]}
    assert asked - locked == set()
    wanted = json.loads(read("package.json"))["dependencies"]
    assert json.loads(read("package-lock.json"))["packages"][""]["dependencies"] == wanted


def test_every_setting_is_known_to_the_doctor_and_told_in_both_readmes() -> None:
    read_somewhere = {name for path in source() for name in SETTING.findall(path.read_text())}
    assert read_somewhere == VARIABLES
    assert set(SETTING.findall(read("README.md"))) == VARIABLES
    assert set(SETTING.findall(read("README.fr.md"))) == VARIABLES


def commands() -> list[str]:
    return sorted(typer.main.get_group(build([])).commands)


@pytest.mark.parametrize("name", commands())
def test_every_command_is_told_in_both_readmes(name: str) -> None:
    assert f"proche {name}" in read("README.md")
    assert f"proche {name}" in read("README.fr.md")


def test_the_two_readmes_say_the_same_things_in_the_same_order() -> None:
    english, french = read("README.md"), read("README.fr.md")
    for pattern in (r"^#+ ", r"^\|", r"^```", r"!\[", r"`[a-z]+ [^`]*`"):
        assert len(re.findall(pattern, english, re.MULTILINE)) == len(
            re.findall(pattern, french, re.MULTILINE)
        ), pattern


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")))
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
