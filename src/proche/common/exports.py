"""Lists that leave as files: a spreadsheet must never run what somebody typed."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Excel reads the accents of a CSV only after this mark.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
Rows = Iterable[Sequence[Any]]


def plain_cell(cell: Any) -> Any:
    """The cell as text that no spreadsheet takes for a formula; numbers stay numbers."""
    # One more before those that somebody typed, so that taking one away gives the text back.
    if isinstance(cell, str) and cell.lstrip("'").startswith(FORMULA_STARTS):
        return f"'{cell}"
    return "" if cell is None else cell


def csv_response(name: str, columns: Sequence[str], rows: Rows) -> HttpResponse:
    response = _attached(f"{name}.csv", "text/csv; charset=utf-8")
    response.write(BYTE_ORDER_MARK)
    writer = csv.writer(response)
    writer.writerow(columns)
    writer.writerows([plain_cell(cell) for cell in row] for row in rows)
    return response


def xlsx_response(name: str, columns: Sequence[str], rows: Rows) -> HttpResponse:
    import xlsxwriter  # slow to load, and few pages need it

    held = io.BytesIO()
    # Text stays text: neither a formula nor a link comes of what somebody typed.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 18)
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                form = day if isinstance(cell, date) else None
                sheet.write(number, place, plain_cell(cell), form)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = _attached(f"{name}.xlsx", kind)
    response.write(held.getvalue())
    return response


def json_response(name: str, columns: Sequence[str], rows: Rows) -> HttpResponse:
    """One object a line of the list, by the names of the columns; what is not known is null."""
    response = _attached(f"{name}.json", "application/json")
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    response.write(json.dumps(found, ensure_ascii=False, indent=1, default=str) + "\n")
    return response


FORMATS: dict[str, Callable[[str, Sequence[str], Rows], HttpResponse]] = {
    "csv": csv_response,
    "xlsx": xlsx_response,
    "json": json_response,
}


def file_response(name: str, kind: str, columns: Sequence[str], rows: Rows) -> HttpResponse:
    """The list in one of FORMATS."""
    return FORMATS[kind](name, columns, rows)


def _attached(name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
