"""The file itself, written a row at a time: its size changes neither the memory nor the code."""

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from proche.areas.accounts.models import Programme
from proche.areas.content.proofs import ProofImage
from proche.areas.people.kept import PersonFile
from proche.areas.takeout.cells import in_csv, in_json, shown_in_sheet
from proche.areas.takeout.headings import description, headings
from proche.areas.takeout.models import Takeout
from proche.areas.takeout.tables import TABLES, Table

Told = Callable[[int], None]
Sheet = tuple[str, str, Sequence[str], Iterable[Sequence[Any]]]
# What a sheet of a workbook holds under its headings.
SHEET_ROWS = 1_048_575
TOLD_EVERY = 5_000


def write(programme: Programme, path: Path, kind: str, language: str, told: Told) -> None:
    """`told` hears how many rows were written so far. What was at `path` is replaced."""
    writers = {Takeout.Kind.CSV: _csv, Takeout.Kind.XLSX: _xlsx, Takeout.Kind.JSON: _json}
    with translation.override(language):
        writers[Takeout.Kind(kind)](programme, path, told)


def total_of(programme: Programme) -> int:
    return sum(table.count(programme) for table in TABLES)


def _sheets(programme: Programme, told: Told) -> Iterator[Sheet]:
    """Name for a file, title, headings and rows of each table, the description first."""
    columns = [_("Table"), _("Column"), _("Name for programs"), _("What it holds")]
    yield _("0 columns"), _("Columns"), columns, description()
    counted = _Counted(told)
    for table in TABLES:
        rows = counted.through(_cells(table, programme))
        yield slugify(str(table.label)), str(table.label), headings(table), rows


def _cells(table: Table, programme: Programme) -> Iterator[list[Any]]:
    shown = shown_in_sheet(table)
    for row in table.rows(programme):
        yield [show(value) for show, value in zip(shown, row, strict=True)]


class _Counted:
    """Tells how many rows went through, now and then."""

    def __init__(self, told: Told) -> None:
        self.told, self.rows = told, 0

    def through(self, rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            yield row
            self.rows += 1
            if self.rows % TOLD_EVERY == 0:
                self.told(self.rows)


def _csv(programme: Programme, path: Path, told: Told) -> None:
    with _archive(path) as archive:
        for name, _title, columns, rows in _sheets(programme, told):
            with archive.open(f"{slugify(name)}.csv", "w", force_zip64=True) as packed:
                # Excel reads accents only after a byte order mark.
                text = io.TextIOWrapper(packed, encoding="utf-8-sig", newline="")
                writer = csv.writer(text)
                writer.writerow(columns)
                writer.writerows([in_csv(cell) for cell in row] for row in rows)
                text.flush()
                text.detach()
        _papers(archive, programme)


def _papers(archive: zipfile.ZipFile, programme: Programme) -> None:
    """The files kept about people, each under the key by which its table names it."""
    kept = PersonFile.objects.in_programme(programme).filter(removed_at=None)
    for paper in kept.order_by("pk").iterator():
        suffix = Path(paper.stored.name).suffix
        with paper.stored.open("rb") as stored:
            name = f"{_('files')}/{paper.key}-{slugify(Path(paper.name).stem)}{suffix}"
            with archive.open(name, "w") as packed:
                shutil.copyfileobj(stored, packed)
    for image in ProofImage.objects.in_programme(programme).order_by("pk").iterator():
        with image.stored.open("rb") as stored:
            name = f"{_('posts')}/{image.key}{Path(image.stored.name).suffix}"
            with archive.open(name, "w") as packed:
                shutil.copyfileobj(stored, packed)


def _archive(path: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6)


def _json(programme: Programme, path: Path, told: Told) -> None:
    counted = _Counted(told)
    with _archive(path) as archive:
        for table in TABLES:
            rows = counted.through(table.rows(programme))
            with archive.open(f"{table.name}.json", "w", force_zip64=True) as packed:
                start = b"[\n"
                for row in rows:
                    one = dict(zip(table.columns, map(in_json, row), strict=True))
                    said = json.dumps(one, ensure_ascii=False, default=str)
                    packed.write(start + said.encode())
                    start = b",\n"
                packed.write(b"\n]\n" if start != b"[\n" else b"[]\n")
        columns = [dict(zip(("table", "heading", "column", "holds"), c, strict=True))
                   for c in description()]  # fmt: skip
        _papers(archive, programme)
        archive.writestr("columns.json", json.dumps(columns, ensure_ascii=False, indent=1))


def _xlsx(programme: Programme, path: Path, told: Told) -> None:
    import xlsxwriter  # slow to load, and few pages need it

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
        "use_zip64": True,
        "tmpdir": str(path.parent),
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        forms = {
            "bold": book.add_format({"bold": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        for _name, title, columns, rows in _sheets(programme, told):
            _fill(book, title, columns, rows, forms)


def _fill(
    book: Any,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    forms: dict[str, Any],
) -> None:
    sheet, number, part = _sheet(book, title, columns, forms), 0, 1
    for row in rows:
        if number == SHEET_ROWS:
            number, part = 0, part + 1
            sheet = _sheet(book, f"{title[:27]} {part}", columns, forms)
        number += 1
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell)
            elif isinstance(cell, date):
                form = forms["moment" if isinstance(cell, datetime) else "day"]
                sheet.write_datetime(number, place, cell, form)
            else:
                sheet.write(number, place, cell)


def _sheet(book: Any, title: str, columns: Sequence[str], forms: dict[str, Any]) -> Any:
    sheet = book.add_worksheet(title[:31])
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns) - 1, 18)
    sheet.write_row(0, 0, columns, forms["bold"])
    return sheet
