"""XLSX (ECMA-376), read as a stream: values only, never a formula, a macro or an external link.

Only the parts that hold text are unpacked, each under a count of bytes kept while unpacking: what
an archive declares of its size is not believed. A document type, which could define entities, is
refused.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from posixpath import join, normpath
from typing import Any
from xml.parsers import expat

from proche.core.sheets.limits import Limits, refused, too_large_unpacked, too_many_columns

BLOCK = 1 << 16
MOST_PARTS = 5_000
# Formats of dates that need no definition (ECMA-376, part 1, 18.8.30).
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
NOT_A_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
LETTERS = {letter: number for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1)}


class Workbook:
    """An opened workbook; `sheets` are the names of those that are shown, in order."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        if len(archive.namelist()) > MOST_PARTS:
            raise too_large_unpacked()
        self._archive, self._limits = archive, limits
        self._unpacked = 0
        self._targets, self._from_1904 = self._contents()
        self.sheets = list(self._targets)

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
        """Each row that has cells, with its number."""
        shared = self._shared_texts()
        dated = self._dated_styles()
        reading = _Sheet(shared, dated, self._from_1904, self._limits)
        yield from self._stream(self._targets[sheet], reading.attach, reading.drain)

    def _contents(self) -> tuple[dict[str, str], bool]:
        parts: dict[str, str] = {}
        for attributes in self._elements("xl/_rels/workbook.xml.rels", "Relationship"):
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            parts[attributes.get("Id", "")] = path
        shown: dict[str, str] = {}
        for attributes in self._elements("xl/workbook.xml", "sheet"):
            path = parts.get(_local(attributes, "id"), "")
            if "worksheets/" in path and attributes.get("state", "visible") == "visible":
                shown[attributes.get("name", path)] = path
        settings = self._elements("xl/workbook.xml", "workbookPr")
        return shown, any(one.get("date1904") in ("1", "true") for one in settings)

    def _dated_styles(self) -> list[bool]:
        """Whether each cell format shows a date."""
        codes: dict[str, bool] = {}
        found: list[bool] = []
        inside = False

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            if name == "numFmt":
                shown = NOT_A_DATE.sub("", attributes.get("formatCode", "")).lower()
                codes[attributes.get("numFmtId", "")] = bool(re.search("[yd]|mmm", shown))
            elif name == "cellXfs":
                inside = True
            elif name == "xf" and inside:
                number = attributes.get("numFmtId", "0")
                found.append(codes.get(number, number.isdecimal() and int(number) in DATES))

        def end(name: str) -> None:
            nonlocal inside
            inside = inside and name != "cellXfs"

        self._walk("xl/styles.xml", start, end)
        return found

    def _shared_texts(self) -> list[str]:
        texts: list[str] = []
        parts: list[str] = []
        # Phonetic readings (rPh) are said beside the text, not in it.
        inside = {"t": False, "rPh": False}

        def start(name: str, _attributes: dict[str, str]) -> None:
            if name in inside:
                inside[name] = True
            elif name == "si":
                parts.clear()

        def end(name: str) -> None:
            if name in inside:
                inside[name] = False
            elif name == "si":
                texts.append("".join(parts))

        def said(text: str) -> None:
            if inside["t"] and not inside["rPh"]:
                parts.append(text)

        self._walk("xl/sharedStrings.xml", start, end, said)
        return texts

    def _elements(self, part: str, wanted: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        self._walk(part, lambda name, given: found.append(given) if name == wanted else None)
        return found

    def _walk(self, part: str, start: Any, end: Any = None, said: Any = None) -> None:
        if part not in self._archive.NameToInfo:
            return

        def attach(parser: Any) -> None:
            parser.StartElementHandler = lambda name, given: start(_plain(name), given)
            if end:
                parser.EndElementHandler = lambda name: end(_plain(name))
            if said:
                parser.CharacterDataHandler = said

        for _nothing in self._stream(part, attach, lambda: ()):
            pass

    def _stream(
        self, part: str, attach: Callable[[Any], None], drain: Callable[[], Any]
    ) -> Iterator[Any]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_document_type
        attach(parser)
        try:
            with self._archive.open(part) as packed:
                while block := packed.read(BLOCK):
                    self._unpacked += len(block)
                    if self._unpacked > self._limits.unpacked_bytes:
                        raise too_large_unpacked()
                    parser.Parse(block)
                    yield from drain()
                parser.Parse(b"", True)
                yield from drain()
        except (expat.ExpatError, zipfile.BadZipFile, KeyError, EOFError, RuntimeError) as wrong:
            raise unreadable() from wrong


class _Sheet:
    """What the elements of one worksheet say, row by row."""

    def __init__(self, shared: list[str], dated: list[bool], from_1904: bool, limits: Limits):
        self._shared, self._dated, self._limits = shared, dated, limits
        self._origin = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
        self._rows: list[tuple[int, list[str]]] = []
        self._row, self._column = 0, 0
        self._cells: list[str] = []
        self._kind, self._style = "n", 0
        self._said: list[str] = []
        self._listening = False

    def attach(self, parser: Any) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def drain(self) -> list[tuple[int, list[str]]]:
        done, self._rows = self._rows, []
        return done

    def _start(self, name: str, given: dict[str, str]) -> None:
        name = _plain(name)
        if name in ("v", "t"):
            self._listening = True
        elif name == "c":
            place = PLACE.fullmatch(given.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind = given.get("t", "n")
            style = given.get("s", "0")
            self._style = int(style) if style.isdecimal() else 0
            self._said.clear()
        elif name == "row":
            number = given.get("r", "")
            self._row = int(number) if number.isdecimal() else self._row + 1
            self._column, self._cells = 0, []

    def _text(self, text: str) -> None:
        if self._listening:
            self._said.append(text)

    def _end(self, name: str) -> None:
        name = _plain(name)
        if name in ("v", "t"):
            self._listening = False
        elif name == "c":
            value = self._value("".join(self._said))
            if value:
                if self._column > self._limits.columns:
                    raise too_many_columns(self._row, self._limits)
                self._cells += [""] * (self._column - len(self._cells))
                self._cells[self._column - 1] = value
        elif name == "row" and self._cells:
            self._rows.append((self._row, self._cells))

    def _value(self, said: str) -> str:
        if self._kind == "s":
            place = int(said) if said.isdecimal() else len(self._shared)
            return self._shared[place] if place < len(self._shared) else ""
        if self._kind == "b":
            return {"1": "true", "0": "false"}.get(said, said)
        if self._kind != "n" or not said:
            return said
        return self._number(said)

    def _number(self, said: str) -> str:
        try:
            value = float(said)
        except ValueError:
            return said
        dated = self._style < len(self._dated) and self._dated[self._style]
        if dated and 0 < value < 2_958_466:
            moment = self._origin + timedelta(days=value)
            return moment.date().isoformat()
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _plain(name: str) -> str:
    return name.rpartition(":")[2]


def _local(attributes: dict[str, str], name: str) -> str:
    return next((v for k, v in attributes.items() if k.endswith(f":{name}")), "")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + LETTERS[letter]
    return number


def _no_document_type(*_said: object) -> None:
    raise unreadable()


def unreadable() -> Exception:
    return refused(
        "workbook_unreadable",
        "Ce classeur est abîmé, ou n’est pas un vrai XLSX. Ouvrez-le dans le tableur, enregistrez-"
        "le de nouveau en «\u00a0Classeur Excel (.xlsx)\u00a0» ou en CSV UTF-8, puis envoyez-le.",
        "This workbook is damaged, or is not a real XLSX. Open it in the spreadsheet, save it "
        "again as “Excel Workbook (.xlsx)” or CSV UTF-8, then send it.",
    )
