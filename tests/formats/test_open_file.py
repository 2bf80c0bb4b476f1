"""A file is what its content says, and a refusal is one sentence that says what to do."""

from __future__ import annotations

import re

import pytest

from samsyn.formats.file_kind import kind_of
from samsyn.formats.open_file import ending_of, open_grid
from samsyn.formats.problems import Refused
from tests.formats.made_files import docx, jpeg, ole, ods, pdf, png, text_cell, word_cell, word_table, xlsx, xlsx_parts, zipped

SMALL = xlsx(f'<row r="1">{text_cell("A1", "Orsak")}</row>')


@pytest.mark.parametrize(("name", "content", "says"), [
    ("p.xlsx", b"<html><table><tr><td>Orsak</td></tr></table></html>", "inte en Excelfil utan en webbsida"),
    ("p.xls", "\ufeff<!DOCTYPE html><html>".encode("utf-16-le"), "webbsida"),
    ("p.xls", b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "Excel 2003"),
    ("p.csv", b'<?xml version="1.0"?><plan/>', "XML-fil"),
    ("p.csv", b'[{"orsak": 1}]', "JSON"), ("p.csv", pdf(), "PDF"), ("p.docx", b"{\\rtf1\\ansi}", "RTF"),
    ("p.xlsx", jpeg(), "JPEG"), ("p.xlsx", png(), "PNG"), ("p.csv", b"MZ\x90\x00\x03", "program"),
    ("p.csv", b"#!/bin/sh\nrm -rf", "skript"),
    ("p.xlsx", b"\x1f\x8b\x08\x00", "gzip"), ("p.xlsx", zipped({"a.txt": "x"}), "packat arkiv"),
    ("p.csv", b"SQLite format 3\0" + b"\0" * 80, "databas"), ("p.csv", b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "SYLK"),
    ("p.xls", b"\t\x08\x08\x00\x00\x05\x05\x00", "mycket gammalt"), ("p.csv", b"MIME-Version: 1.0\r\n", "MHTML"),
    ("p.xlsx", ole("EncryptedPackage", "EncryptionInfo"), "lösenordsskyddad eller i gammalt format"),
    ("p.doc", ole("WordDocument"), "Spara om som .docx"), ("p.xls", ole("Workbook", "_VBA_PROJECT_CUR"), "makron tillåts inte"),
    ("p.xls", ole("Workbook"), "Spara om som .xlsx"), ("p.ppt", ole("PowerPoint Document"), "PowerPoint"),
    ("p.xlsx", zipped(xlsx_parts("", more={"xl/vbaProject.bin": b"x"})), "makron tillåts inte"),
    ("p.xlsx", zipped(xlsx_parts("", main="spreadsheetml.sheet.macroEnabled.main")), "makron tillåts inte"),
    ("p.xlsx", zipped(xlsx_parts("", more={"xl/macrosheets/sheet1.xml": "<a/>"})), "makron tillåts inte"),
    ("p.xlsm", SMALL, "makron tillåts inte"),
    ("p.xlsx", zipped(xlsx_parts("", main="sheet.binary.macroEnabled.main")), "Spara om som .xlsx"),
    ("p.docx", docx(word_table(word_cell("a")), main="document.macroEnabled.main"), "makron"),
    ("p.ods", ods("", more={"Basic/Standard/Module1.xml": "<a/>"}), "makron"),
    ("p.ods", ods("", more={"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "lösenordsskyddad"),
    ("p.exe", b"Orsak;Vem\n1;2\n", "slutar på .exe"), ("p.html", SMALL, "slutar på .html"), ("plan.xlsx.exe", SMALL, "slutar på .exe"),
    ("p.xlsx", SMALL[:-40], "skadad"), ("p.xlsx", b"PK\x05\x06" + b"\0" * 18, "packat arkiv"),
    ("p.docx", docx("<w:p/>"), "ingen tabell"),
    ("p.xlsx", zipped(xlsx_parts("", sheets='<sheet name="A" sheetId="1" state="hidden" r:id="rId1"/>')), "inget synligt blad"),
    ("p.csv", b"x" * (20 * 2 ** 20 + 1), "större än 20 MB"),
])
def test_what_is_not_a_table_is_refused_by_what_it_really_is(name: str, content: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        open_grid(name, content)
    assert re.fullmatch(r"[A-ZÅÄÖ].*\.", str(refused.value)), "a kind sentence"
    assert "Traceback" not in str(refused.value)


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("plan.xlsx", SMALL, "xlsx"), ("PLAN.XLSX", SMALL, "xlsx"), ("plan", SMALL, "xlsx"), ("plan.xltx", SMALL, "xlsx"),
    ("plan.csv", b"Orsak;Vem\n1;2\n", "csv"), ("plan.txt", b"Orsak\tVem\n", "csv"), ("", b"BM;MZ\n1;2\n", "csv"),
    ("plan.csv", b"<5;a\n1;2\n", "csv"), ("plan.csv", b"[person];a\n", "csv"), ("plan.csv", b"ID;Problem\n1;2\n", "csv"),
    ("plan.docx", docx(word_table(word_cell("a"))), "docx"),
])
def test_a_table_is_read_whatever_its_ending_is_written_like(name: str, content: bytes, kind: str) -> None:
    grid = open_grid(name, content)
    assert (grid.kind, grid.problems) == (kind, ())


@pytest.mark.parametrize(("name", "content"), [("plan.csv", SMALL), ("plan.xlsx", b"Orsak;Vem\n1;2\n"),
("plan.xls", docx(word_table(word_cell("a"))))])
def test_a_table_under_another_tables_name_is_read_and_told(name: str, content: bytes) -> None:
    assert "namnet säger något annat" in open_grid(name, content).problems[0].why


def test_the_files_name_is_searched_for_identity_numbers_too() -> None:
    assert ("filens namn", "850709-9805.csv") in open_grid("850709-9805.csv", b"a;b\n").loose


@pytest.mark.parametrize(("name", "ending"), [
    ("a.xlsx", "xlsx"), ("a.tar.GZ", "gz"), ("a", ""), ("C:\\x\\a.csv ", "csv"), ("a.csv.", "csv"), ("a\u202excod.exe", "exe"),
    ("", ""), (".csv", "csv")])
def test_the_ending_is_the_one_the_system_would_use(name: str, ending: str) -> None:
    assert ending_of(name) == ending


def test_old_words_in_a_cell_do_not_make_a_file_macro_or_locked() -> None:
    with pytest.raises(Refused, match="Spara om som .xlsx"):
        open_grid("a.xls", ole("Workbook") + "Macros EncryptedPackage".encode("utf-16-le"))
    assert kind_of(ole("Workbook")).kind == "xls"
