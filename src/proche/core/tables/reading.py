# ruff: noqa: S608 - the only name in the query is that of a table of ours
"""One table of one file, through the same reader as the tables of `qualify`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pyarrow as pa

from proche.core.evidence import refusals
from proche.core.evidence.engines.duckdb import session
from proche.core.evidence.engines.loading import attach, load
from proche.core.evidence.files import open_table
from proche.core.evidence.mapping import ColumnMapping
from proche.core.evidence.tables import Table
from proche.core.results import InputRefused

T = TypeVar("T")

# none of these tables holds moments, so none can be after the last one
LAST = datetime(9999, 1, 1, tzinfo=UTC).replace(tzinfo=None)

NUMBER = ("d’un nombre de 0 ou plus", "a number of 0 or more")
PLAIN_NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class Read:
    """The rows of a table; `given` names the columns its file had."""

    name: str
    rows: pa.Table
    given: frozenset[str]

    def column(self, name: str) -> list[Any]:
        values: list[Any] = self.rows.column(name).to_pylist()
        return values

    def numbers(self, name: str) -> list[float | None]:
        """A column of text as numbers of 0 or more, empty cells as None."""
        return self.parsed(name, _number, NUMBER)

    def parsed(
        self, name: str, parse: Callable[[str], T], wanted: tuple[str, str]
    ) -> list[T | None]:
        """Each cell through `parse`, which raises ValueError on what it cannot understand."""
        found: list[T | None] = []
        for row, text in zip(self.column("source_row"), self.column(name), strict=True):
            try:
                found.append(None if text is None else parse(text))
            except ValueError as cause:
                raise refusals.bad_cell(self.name, row, name, text, wanted, 1) from cause
        return found


def read_table(path: Path, table: Table) -> Read:
    """Raises InputRefused with one line: the file, the row, the column and what to do.

    A table with a key comes with `source_row`, the number of each row as a spreadsheet shows it.
    """
    if not path.is_file():
        raise _not_found(path)
    relaxed = replace(table, columns=tuple(replace(c, required=False) for c in table.columns))
    with TemporaryDirectory() as scratch, session() as connection:
        raw = attach(connection, relaxed, open_table(path, Path(scratch)), ColumnMapping())
        for column in table.columns:
            if column.required and column.name not in raw.sources:
                raise _missing_column(raw.name, column.name, list(raw.types))
        loaded = load(connection, raw, account_type="VARCHAR", latest_possible=LAST, strict=True)
        if not loaded.rows:
            raise refusals.no_rows(raw.name)
        rows = connection.sql(f"SELECT * FROM typed_{table.name}").to_arrow_table()
        if table.key:
            rows = rows.sort_by("source_row")
        return Read(raw.name, rows, loaded.columns)


def _number(text: str) -> float:
    if not PLAIN_NUMBER.fullmatch(text):
        raise ValueError(text)
    value = float(text.replace(",", "."))
    if not isfinite(value):
        raise ValueError(text)
    return value


def _not_found(path: Path) -> InputRefused:
    return refusals.refused(
        "not_found",
        f"{path.name} : fichier introuvable. Vérifiez le chemin.",
        f"{path.name}: not found. Check the path.",
    )


def _missing_column(name: str, column: str, present: list[str]) -> InputRefused:
    shown = refusals.listed(present)
    return refusals.refused(
        "missing_column",
        f"{name}, rangée 1 : la colonne {column} manque (colonnes lues : {shown}). "
        "Ajoutez-la, ou renommez celle qui en tient lieu.",
        f"{name}, row 1: the column {column} is missing (columns read: {shown}). "
        "Add it, or rename the one that stands for it.",
    )
