"""From the bytes of a file to its rows of text: CSV in the encodings people send, or Parquet."""

import csv
import gzip
import io
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from proche.core.results import InputRefused, Sentence

MOST_BYTES = 64 * 2**20
SEPARATORS = (",", ";", "\t")
# What a French or English text in Windows-1252 may hold beyond ASCII; anything else means the
# bytes were written in an encoding we would only be guessing at.
WESTERN_SIGNS = frozenset("«»‹›“”‘’…–—€£¢°²³½¼¾·•\u00a0\u00ad®©™ªº×±§¿¡µ")
WESTERN_LETTERS = frozenset("àâäáãåæçèéêëìíîïñòóôõöøœùúûüÿß")


class BrokenRow(Exception):
    """A row the CSV reader cannot close; carries its number."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


@dataclass(frozen=True, slots=True)
class Records:
    """Rows numbered as a spreadsheet shows them: the header is row 1."""

    header: tuple[str, ...]
    rows: Iterable[tuple[int, list[str]]]
    decimal_comma: bool


def read_records(content: bytes) -> Records:
    """Raises InputRefused, with no file name in its sentence, on what is not a table, and
    BrokenRow on a row that cannot be read, possibly only once the rows are walked through."""
    content = unpacked(content)
    if content.startswith(b"PAR1"):
        return parquet_records(content)
    if content.startswith(b"PK\x03\x04"):
        raise InputRefused(
            Sentence(
                "spreadsheet",
                "c’est un classeur. Enregistrez la feuille en CSV, puis redonnez-la.",
                "this is a workbook. Save the sheet as CSV and give it again.",
            )
        )
    return csv_records(decoded(content))


def unpacked(content: bytes) -> bytes:
    refuse_too_big(content)
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            content = packed.read(MOST_BYTES + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise InputRefused(
            Sentence(
                "truncated_gz",
                "le fichier compressé est coupé ou abîmé. Refaites la copie.",
                "the compressed file is cut short or damaged. Copy it again.",
            )
        ) from error
    refuse_too_big(content)
    return content


def refuse_too_big(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise InputRefused(
            Sentence(
                "too_big",
                f"plus de {MOST_BYTES // 2**20}\u00a0Mo. "
                "Gardez une ligne par unité et par période.",
                f"over {MOST_BYTES // 2**20} MB. Keep one row per unit and period.",
            )
        )


def decoded(content: bytes) -> str:
    text = best_text(content)
    if text is None:
        raise InputRefused(
            Sentence(
                "unknown_encoding",
                "ce n’est pas un texte lisible. Enregistrez le tableau en CSV UTF-8.",
                "this is not readable text. Save the table as CSV UTF-8.",
            )
        )
    if not text.strip():
        raise InputRefused(
            Sentence(
                "empty_file",
                "le fichier est vide. Mettez-y les colonnes unit, arm, period et outcome.",
                "the file is empty. Give it the columns unit, arm, period and outcome.",
            )
        )
    return text


def best_text(content: bytes) -> str | None:
    """The first encoding that reads every byte and gives only characters people type."""
    for encoding in candidates(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if is_text(text) and (encoding != "cp1252" or is_western(text)):
            return text.removeprefix("\ufeff")
    return None


def candidates(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    # ASCII written as UTF-16 without its mark has a zero in every other byte.
    if content[1:200:2].count(0) > 80 or (content[1:2] == b"\0" and len(content) < 200):
        return ("utf-16-le",)
    if content[0:200:2].count(0) > 80 or (content[:1] == b"\0" and len(content) < 200):
        return ("utf-16-be",)
    return ("utf-8", "cp1252")


def is_text(text: str) -> bool:
    return not any(
        unicodedata.category(sign) in ("Cc", "Cs", "Cn", "Co") and sign not in "\t\r\n"
        for sign in set(text)
    )


def is_western(text: str) -> bool:
    return all(
        sign.isascii() or sign in WESTERN_SIGNS or sign.lower() in WESTERN_LETTERS
        for sign in set(text)
    )


def csv_records(text: str) -> Records:
    separator = most_likely_separator(text)
    rows = csv_rows(text, separator)
    header = next((cells for _, cells in rows if any(cells)), [])
    return Records(tuple(header), rows, decimal_comma=separator != ",")


def most_likely_separator(text: str) -> str:
    first = next(line for line in text.splitlines() if line.strip())
    return max(SEPARATORS, key=first.count)


def csv_rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BrokenRow(number) from error
        yield number, [cell.strip() for cell in cells]


def parquet_records(content: bytes) -> Records:
    import pyarrow as pa  # a tenth of a second to load, needed for Parquet only
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(pa.BufferReader(content))
    except (pa.ArrowException, OSError) as error:
        raise InputRefused(
            Sentence(
                "broken_parquet",
                "le fichier Parquet est coupé ou abîmé. Refaites la copie.",
                "the Parquet file is cut short or damaged. Copy it again.",
            )
        ) from error
    columns = [column.to_pylist() for column in table.columns]
    cells = (["" if v is None else str(v) for v in row] for row in zip(*columns, strict=True))
    return Records(tuple(table.column_names), enumerate(cells, start=2), decimal_comma=False)
