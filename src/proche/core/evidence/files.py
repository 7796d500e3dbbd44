"""Find the files of the tables and make each one readable: encoding, compression, header."""

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from proche.core.evidence import refusals
from proche.core.evidence.mapping import ColumnMapping
from proche.core.evidence.tables import ACCOUNTS, TABLES

ENDINGS = (".csv", ".csv.gz", ".parquet")
BLOCK = 1 << 20
LONGEST_HEADER = 1 << 16

# Windows-1252 decodes any byte, so it is believed only when every high byte is a letter
# or a mark that French or English text really uses.
WESTERN_MARKS = set("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»’‘“”…–—•€°ñÑáíóúß\u00a0")


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV as UTF-8 text: at `path` itself, or at the copy a transcoding left there."""

    name: str
    path: Path
    header: tuple[str, ...]
    delimiter: str


@dataclass(frozen=True, slots=True)
class ParquetFile:
    name: str
    path: Path


TableFile = CsvFile | ParquetFile


def find_files(places: Sequence[Path], mapping: ColumnMapping) -> dict[str, Path]:
    """The file of each table found in a folder or among the files given."""
    candidates = list(_candidates(places))
    found: dict[str, Path] = {}
    for table in TABLES:
        wanted = mapping.of(table).file
        names = (wanted,) if wanted else tuple(table.name + ending for ending in ENDINGS)
        matches = [path for path in candidates if path.name in names]
        if len(matches) > 1:
            raise refusals.two_files(table.name, [path.name for path in matches])
        if matches:
            found[table.name] = matches[0]
        elif wanted or table is ACCOUNTS:
            raise refusals.no_table(places[0].name or str(places[0]), wanted or table.name)
    for path in places:
        if path.is_file() and path not in found.values():
            raise refusals.unknown_file(path.name)
    return found


def _candidates(places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from sorted(path for path in place.iterdir() if path.is_file())
        elif place.is_file():
            yield place
        else:
            raise refusals.no_table(str(place), ACCOUNTS.name)


def open_table(path: Path, scratch: Path) -> TableFile:
    """Raises InputRefused unless the whole file can be decoded and has a header."""
    if path.stat().st_size == 0:
        raise refusals.empty(path.name)
    with path.open("rb") as stream:
        magic = stream.read(4)
    if magic == b"PAR1" or path.suffix == ".parquet":
        return ParquetFile(path.name, path)
    compressed = magic[:2] == b"\x1f\x8b"
    if path.suffix == ".gz" and not compressed:
        raise refusals.truncated(path.name)
    encoding = _encoding(path, compressed=compressed)
    readable = path
    if encoding != "utf-8":
        readable = scratch / f"{path.name.removesuffix('.gz')}.utf8.csv"
        _transcode(path, readable, encoding, compressed=compressed)
    header, delimiter = _header(path.name, readable)
    return CsvFile(path.name, readable, header, delimiter)


def _encoding(path: Path, *, compressed: bool) -> str:
    blocks = _blocks(path, compressed=compressed)
    first = next(blocks, b"")
    if not first:
        raise refusals.empty(path.name)
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if first.startswith(mark):
            return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    western = True
    utf8 = True
    block = first
    while block:
        if b"\x00" in block:
            raise refusals.unreadable(path.name)
        if utf8:
            utf8 = _decodes(decoder, block)
        if not block.isascii():
            western = western and _is_western(block)
        if not utf8 and not western:
            raise refusals.bad_encoding(path.name)
        block = next(blocks, b"")
    if utf8 and _decodes(decoder, b"", final=True):
        return "utf-8"
    if western:
        return "cp1252"
    raise refusals.bad_encoding(path.name)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _is_western(block: bytes) -> bool:
    try:
        high = {bytes([byte]).decode("cp1252") for byte in set(block) if byte >= 0x80}
    except UnicodeDecodeError:
        return False
    controls = {byte for byte in set(block) if byte < 0x20} - {0x09, 0x0A, 0x0D}
    return high <= WESTERN_MARKS and not controls


def _blocks(path: Path, *, compressed: bool) -> Iterator[bytes]:
    with path.open("rb") as raw:
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if compressed else raw
        try:
            while block := stream.read(BLOCK):
                yield block
        except (EOFError, OSError, zlib.error) as cause:
            raise refusals.truncated(path.name) from cause


def _transcode(path: Path, copy: Path, encoding: str, *, compressed: bool) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    with copy.open("w", encoding="utf-8", newline="") as out:
        try:
            for block in _blocks(path, compressed=compressed):
                out.write(decoder.decode(block))
            out.write(decoder.decode(b"", True))
        except UnicodeDecodeError as cause:
            raise refusals.bad_encoding(path.name) from cause


def _header(name: str, path: Path) -> tuple[tuple[str, ...], str]:
    with path.open("rb") as raw:
        compressed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if compressed else raw
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        line = text.readline(LONGEST_HEADER)
    if len(line) >= LONGEST_HEADER:
        raise refusals.unreadable(name)
    if not line.strip():
        raise refusals.empty(name)
    delimiter = max(",;\t", key=line.count)
    cells = next(csv.reader([line], delimiter=delimiter))
    header = tuple(cell.strip() or f"({place})" for place, cell in enumerate(cells, start=1))
    for cell in header:
        if header.count(cell) > 1:
            raise refusals.double_header(name, cell)
    return header, delimiter
