"""After a no, nothing of the nominee is left: every column of every table, every byte of every
file. It runs on a database of its own, in a file, with the settings of an installation."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.areas.recruitment.installed import OPENING, output_of

HANDLE, NAME, REASON = "zibeline.quetsche", "Aldegonde Zwicky", "farfouille-mirobolante"

SAY_NO = f"""
{OPENING}
from django.test import Client
from proche.areas.recruitment.models import Nomination
def name(key):
    actions.nominate_account(call, Admitted(key, key, True, 1),
        NamedAccount("instagram", "{HANDLE}", "{REASON}"), nominator_name="{NAME}")
name("a"); name("b")
link = actions.propose_nomination(call, Admitted("c", "c", True, 1), nominator_name="{NAME}")
keys = [link, Nomination.objects.get(handle="{HANDLE}").key]
print(*keys, flush=True)
if __import__("sys").argv[1:] == ["no"]:
    client = Client(HTTP_HOST="127.0.0.1")
    for key in keys:
        assert b"{NAME}" in client.get(f"/v/{{key}}/").content
        answer = client.post(f"/v/{{key}}/non/")
        assert answer.status_code == 200, answer.status_code
    name("d")
    from django.db import connections
    connections.close_all()
    __import__("os")._exit(0)
"""


def after(folder: Path, *arguments: str) -> Path:
    output_of(SAY_NO, folder, *arguments)
    return folder


def cells_with(database: Path, words: list[str]) -> list[str]:
    found = []
    with closing(sqlite3.connect(database)) as rows:
        tables = rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            cursor = rows.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            found += [
                f"{table}.{column}"
                for row in cursor
                for column, cell in zip(columns, row, strict=True)
                if any(word.casefold() in str(cell).casefold() for word in words)
            ]
    return sorted(set(found))


def files_with(folder: Path, words: list[str]) -> list[str]:
    return sorted(
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and any(word.encode() in file.read_bytes() for word in words)
    )


WORDS = [HANDLE, NAME, REASON]


def test_the_search_finds_what_is_kept_before_the_answer(tmp_path: Path) -> None:
    folder = after(tmp_path / "before")
    assert cells_with(folder / "proche.sqlite3", WORDS) == [
        "recruitment_nomination.handle",
        "recruitment_nomination.nominator_name",
        "recruitment_nomination.reason",
        "recruitment_supporter.name",
    ]
    assert "proche.sqlite3" in " ".join(files_with(folder, WORDS))


def test_after_a_no_nothing_is_found_in_the_tables_or_in_the_files(tmp_path: Path) -> None:
    folder = after(tmp_path / "after", "no")
    assert cells_with(folder / "proche.sqlite3", WORDS) == []
    assert files_with(folder, WORDS) == []
    with closing(sqlite3.connect(folder / "proche.sqlite3")) as rows:
        assert rows.execute("SELECT count(*) FROM recruitment_block").fetchone() == (1,)
        states = rows.execute("SELECT state, count(*) FROM recruitment_nomination GROUP BY state")
        assert states.fetchall() == [("refused", 2)]
