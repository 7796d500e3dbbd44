"""One way in for both formats, told apart by what the file holds and not by its name."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from proche.core.sheets import plain
from proche.core.sheets.limits import (
    LIMITS,
    Limits,
    refused,
    too_heavy,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)
from proche.core.sheets.workbook import Workbook, unreadable

Row = tuple[int, list[str]]
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Opened:
    """`sheets` is empty for a CSV."""

    sheets: tuple[str, ...]
    _source: Workbook | str

    def rows(self, sheet: str = "") -> Iterator[Row]:
        if isinstance(self._source, str):
            return plain.rows_of(self._source)
        return self._source.rows(sheet or self.sheets[0])


def open_sheet(data: bytes, limits: Limits = LIMITS) -> Opened:
    """Raises InputRefused with one sentence that says what to do."""
    if len(data) > limits.file_bytes:
        raise too_heavy(limits)
    if data.startswith(OLD_EXCEL):
        raise refused(
            "old_excel",
            "C’est un ancien classeur Excel (.xls), ou un classeur protégé par un mot de passe. "
            "Enregistrez-le en «\u00a0Classeur Excel (.xlsx)\u00a0» sans mot de passe.",
            "This is an old Excel workbook (.xls), or one locked by a password. Save it as "
            "“Excel Workbook (.xlsx)” without a password.",
        )
    if not data.startswith(b"PK"):
        return Opened((), plain.decoded(data))
    try:
        book = Workbook(zipfile.ZipFile(io.BytesIO(data)), limits)
    except (zipfile.BadZipFile, NotImplementedError) as wrong:
        raise unreadable() from wrong
    if not book.sheets:
        raise unreadable()
    return Opened(tuple(book.sheets), book)


def rows_of(opened: Opened, sheet: str = "", limits: Limits = LIMITS) -> Iterator[Row]:
    """The rows that hold something, their cells without spaces around, within the limits."""
    rows = cells = 0
    for number, found in opened.rows(sheet):
        kept = [cell.strip() for cell in found]
        while kept and not kept[-1]:
            kept.pop()
        if not kept:
            continue
        rows, cells = rows + 1, cells + len(kept)
        if len(kept) > limits.columns:
            raise too_many_columns(number, limits)
        # One more for the headings, and ten for the lines above them.
        if rows > limits.rows + 11:
            raise too_many_rows(limits)
        if cells > limits.cells:
            raise too_many_cells()
        yield number, kept
