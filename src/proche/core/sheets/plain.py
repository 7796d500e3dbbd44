"""CSV as spreadsheets write it: which encoding, which separator, then its rows."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from proche.core.sheets.limits import refused

SEPARATORS = ";,\t|"
# Longest mark first: UTF-16 begins as UTF-32 does.
MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
LOOKED_AT, SAMPLE_LINES = 4_096, 30


def decoded(data: bytes) -> str:
    """The text, whatever wrote it. Raises InputRefused where it is no text."""
    encoding = encoding_of(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise _not_text() from wrong
    if "\x00" in text:
        raise _not_text()
    return text


def encoding_of(data: bytes) -> str:
    """By its mark; without one, by where zeros stand (UTF-16), then UTF-8 or Windows-1252."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    start = data[:LOOKED_AT]
    even, odd = start[::2].count(0), start[1::2].count(0)
    # Of Latin text, nearly every second byte.
    if max(even, odd) > len(start) // 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def separator_of(text: str) -> str:
    """The one that cuts the first lines into the same number of cells, and into most cells."""
    first = text[:20].lower()
    if first.startswith("sep=") and first[4:5] in SEPARATORS:
        return text[4]
    sample = text.splitlines()[:SAMPLE_LINES]
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: list[str], separator: str) -> float:
    """The most frequent number of cells, times the share of lines that have it; half as much where
    the headings are not cut, for commas of sentences are below them alone."""
    try:
        widths = [len(row) for row in csv.reader(sample, delimiter=separator) if row]
    except csv.Error:
        return 0
    alike = Counter(width for width in widths if width > 1).most_common(1)
    if not alike:
        return 0
    width, lines = alike[0]
    return width * lines / len(widths) * (1 if widths[0] > 1 else 0.5)


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number as a spreadsheet shows it; blank rows keep their number."""
    separator = separator_of(text)
    held = io.StringIO(text, newline="")
    named = text[:4].lower() == "sep="
    reader = csv.reader(held, delimiter=separator)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise _never_closed(number) from wrong
        if not (named and number == 1):
            yield number, cells


def _not_text() -> Exception:
    return refused(
        "not_text",
        "Ce fichier n’est ni un CSV ni un classeur XLSX lisible. Dans le tableur, choisissez "
        "Enregistrer sous, puis «\u00a0CSV UTF-8\u00a0» ou «\u00a0Classeur Excel (.xlsx)\u00a0».",
        "This file is neither a CSV nor an XLSX workbook we can read. In the spreadsheet, choose "
        "Save as, then “CSV UTF-8” or “Excel Workbook (.xlsx)”.",
    )


def _never_closed(row: int) -> Exception:
    return refused(
        "quotation_never_closed",
        f"Rangée {row}\u00a0: une cellule est démesurée, sans doute parce qu’un guillemet ouvert "
        "n’est pas fermé. Corrigez cette rangée, puis envoyez le fichier de nouveau.",
        f"Row {row}: a cell is out of proportion, probably because a quotation mark is opened "
        "and never closed. Correct this row, then send the file again.",
    )
