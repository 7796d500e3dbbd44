"""Files as spreadsheets write them, made here by hand: the same two rows, whatever the way."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from proche.core.results import InputRefused
from proche.core.sheets import Limits, Row, open_sheet, rows_of

LINES = [["Prénom", "Ville", "Abonnés"], ["Élodie", "Val-d’Or; Québec, QC", "4 200"]]
ROWS = [(1, LINES[0]), (2, LINES[1])]


def read(data: bytes, sheet: str = "", limits: Limits | None = None) -> list[Row]:
    limits = limits or Limits()
    return list(rows_of(open_sheet(data, limits), sheet, limits))


def code_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(InputRefused) as refused:
        read(data, limits=limits)
    return refused.value.sentence.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_csv_is_read_whatever_its_encoding_and_separator(encoding: str, separator: str) -> None:
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in line) for line in LINES)
    assert read(text.encode(encoding)) == ROWS


def test_the_separator_is_the_one_that_cuts_evenly_and_not_the_most_frequent() -> None:
    text = "nom;notes\nAnne;a, b, c, d\nLuc;e, f\n"
    assert read(text.encode()) == [
        (1, ["nom", "notes"]),
        (2, ["Anne", "a, b, c, d"]),
        (3, ["Luc", "e, f"]),
    ]


def test_a_comma_in_every_row_does_not_hide_the_separator_of_the_headings() -> None:
    text = "nom;notes\nAnne;a, b, c\nLuc;d, e, f\nÈve;g, h, i\n"
    assert [cells for _row, cells in read(text.encode())][:2] == [
        ["nom", "notes"],
        ["Anne", "a, b, c"],
    ]
    uneven = "a;b;c;d\n1,5;2;x; y;3\n1,5;2;x;3\n2,5;2;z; u;3\n"
    assert read(uneven.encode())[0] == (1, ["a", "b", "c", "d"])


def test_rows_keep_the_number_a_spreadsheet_shows_across_blank_and_long_cells() -> None:
    text = 'a,b\n\n"two\nlines",x\n,,\ny,z\n'
    assert read(text.encode()) == [(1, ["a", "b"]), (3, ["two\nlines", "x"]), (5, ["y", "z"])]


def test_a_line_that_names_the_separator_is_not_a_row() -> None:
    assert read(b"sep=|\na|b,c,d\n1|2\n") == [(2, ["a", "b,c,d"]), (3, ["1", "2"])]


def workbook() -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet("Liste")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        money = book.add_format({"num_format": '0.00 "dollars"'})
        sheet.write_row(0, 0, ["Nom", "Le", "Abonnés", "Prix", "Oui", "Somme"])
        sheet.write_string(3, 0, "Anne-Émilie ")
        sheet.write_datetime(3, 1, date(2025, 3, 4), day)
        sheet.write_number(3, 2, 4200)
        sheet.write_number(3, 3, 12.5, money)
        sheet.write_boolean(3, 4, True)
        sheet.write_formula(3, 5, "=1+1", None, 2)
        rich = [book.add_format({"bold": True}), "gras", " et maigre"]
        sheet.write_rich_string(4, 0, *rich)
        book.add_worksheet("Autre").write_row(0, 0, ["seule"])
        hidden = book.add_worksheet("Cachée")
        hidden.hide()
    return held.getvalue()


def test_a_workbook_gives_values_as_a_person_sees_them_and_its_shown_sheets() -> None:
    opened = open_sheet(workbook())
    assert opened.sheets == ("Liste", "Autre")
    assert list(rows_of(opened)) == [
        (1, ["Nom", "Le", "Abonnés", "Prix", "Oui", "Somme"]),
        (4, ["Anne-Émilie", "2025-03-04", "4200", "12.5", "true", "2"]),
        (5, ["gras et maigre"]),
    ]
    assert list(rows_of(opened, "Autre")) == [(1, ["seule"])]


def packed(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_that_unpacks_out_of_proportion_is_refused_while_it_unpacks() -> None:
    parts = parts_of(workbook())
    filled = b"<row r='9'><c t='str'><v>" + b"a" * 30_000_000 + b"</v></c></row></sheetData>"
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", filled)
    bomb = packed(parts)
    assert len(bomb) < 200_000
    assert code_of(bomb, Limits(unpacked_bytes=5_000_000)) == "unpacks_too_large"


def test_a_workbook_that_defines_entities_is_refused() -> None:
    parts = parts_of(workbook())
    laughs = b'<!DOCTYPE sst [<!ENTITY a "ha">]><sst>'
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"<sst", laughs + b"<sst")
    assert code_of(packed(parts)) == "workbook_unreadable"


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (b"PK\x03\x04 not a zip", Limits(), "workbook_unreadable"),
        (packed({"mimetype": b"application/vnd.oasis"}), Limits(), "workbook_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", Limits(), "old_excel"),
        (b"\x89PNG\r\n\x00\x01\x02\x03", Limits(), "not_text"),
        (b"a,b\n" * 40, Limits(rows=20), "too_many_rows"),
        (b"a,b,c,d\n", Limits(columns=3), "too_many_columns"),
        (b"a,b,c,d\n" * 9, Limits(cells=30), "too_many_cells"),
        (b"a,b\n", Limits(file_bytes=3), "too_heavy"),
        (b'a,b\n"' + b"c" * 200_000, Limits(), "quotation_never_closed"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, limits: Limits, code: str) -> None:
    assert code_of(data, limits) == code


def test_xml_cut_short_is_refused_and_not_read_as_an_empty_sheet() -> None:
    parts = parts_of(workbook())
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet][:200]
    assert code_of(packed(parts)) == "workbook_unreadable"
