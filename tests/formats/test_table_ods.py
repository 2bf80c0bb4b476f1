"""LibreOffice workbooks: the same as Excel's, and repetition that never swells."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from samsyn.formats.grid import Cell, Grid
from samsyn.formats.open_file import open_grid
from samsyn.formats.problems import Refused
from tests.formats.made_files import ods, ods_cell


def rows_of(grid: Grid) -> list[list[object]]:
    return [[cell.value for cell in row.cells] for row in grid.sheets[0].rows]


def table(rows: str, attributes: str = "") -> str:
    return f'<table:table table:name="Plan" {attributes}>{rows}</table:table>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def test_values_are_read_by_what_they_state() -> None:
    grid = open_grid("p.ods", ods(table(row(
        ods_cell("Mörkt<text:s text:c='2'/>här<text:line-break/>nu"),
        ods_cell("12,50", 'office:value-type="float" office:value="12.5"'),
        ods_cell("60 %", 'office:value-type="percentage" office:value="0.6"'),
        ods_cell("x", 'office:value-type="date" office:date-value="2027-03-31"'),
        ods_cell("x", 'office:value-type="date" office:date-value="2027-03-31T14:30:00"'),
        ods_cell("x", 'office:value-type="time" office:time-value="PT08H30M00S"'),
        ods_cell("SANT", 'office:value-type="boolean" office:boolean-value="true"'),
        "<table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"))))
    assert rows_of(grid) == [["Mörkt  här\nnu", 12.5, "60 %", date(2027, 3, 31), datetime(2027, 3, 31, 14, 30), "8:30", True, "a\nb"]]
    assert grid.problems == ()


def test_our_reader_agrees_with_calamine() -> None:
    import io

    from python_calamine import CalamineWorkbook
    content = ods(table("".join(row(ods_cell(f"rad {number}", 'office:value-type="string"'),
                                    ods_cell("x", f'office:value-type="float" office:value="{number}"'),
                                    ods_cell("x", f'office:value-type="date" office:date-value="2026-01-{number:02}"')) for number in range(1, 20))),
                  more={"META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'})
    theirs = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows_of(open_grid("p.ods", content)) == theirs


def test_repeated_rows_and_cells_cost_nothing_when_empty() -> None:
    grid = open_grid("p.ods", ods(table(
        row(ods_cell("a"), '<table:table-cell table:number-columns-repeated="16383"/>')
        + row("<table:table-cell/>", attributes='table:number-rows-repeated="7"')
        + row(ods_cell("b", 'table:number-columns-repeated="3"'), attributes='table:number-rows-repeated="2"')
        + row("<table:table-cell/>", attributes='table:number-rows-repeated="99999999"'))))
    assert [(one.number, [cell.value for cell in one.cells]) for one in grid.sheets[0].rows] == [
        (1, ["a", None, None]), (9, ["b"] * 3), (10, ["b"] * 3)]


@pytest.mark.parametrize("rows", [
    row(ods_cell("bomb"), attributes='table:number-rows-repeated="99999999"'),
    row(ods_cell("bomb", 'table:number-columns-repeated="99999999"')),
    row(ods_cell("bomb", 'table:number-columns-repeated="150"'), attributes='table:number-rows-repeated="19000"'),
    row("<table:table-cell/>", attributes='table:number-rows-repeated="1048575"') + row(ods_cell("x")),
])
def test_repeated_text_that_swells_is_refused(rows: str) -> None:
    with pytest.raises(Refused, match="för många rader/kolumner"):
        open_grid("p.ods", ods(table(rows)))


def test_hidden_sheets_rows_and_columns_are_told() -> None:
    styles = '<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>'
    hidden = '<table:table table:name="Dolt" table:style-name="gone">' + row(ods_cell("850709-9805")) + "</table:table>"
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="99999999"/>'
    grid = open_grid("p.ods", ods(table(columns + row(ods_cell("a"), ods_cell("b")) + row(ods_cell("c"), ods_cell("d"), attributes='table:visibility="filter"'))
                                  + hidden, styles=styles))
    assert [sheet.name for sheet in grid.sheets] == ["Plan"]
    assert [problem.why for problem in grid.problems] == ["dolt blad 'Dolt' lästes inte in.", "dold rad 2 lästes in.", "dold kolumn B lästes in."]
    assert ("dolt blad Dolt", "850709-9805") in grid.loose


def test_colours_and_symbol_fonts_come_through_parent_styles() -> None:
    styles = ('<style:style style:name="ce1" style:parent-style-name="Good"/>'
              '<style:style style:name="ce2"><style:table-cell-properties fo:background-color="transparent"/>'
              '<style:text-properties fo:color="#ff0000" style:font-name="Wingdings"/></style:style>')
    named = ('<s xmlns:style="urn:s" xmlns:fo="urn:f"><style:style style:name="Good"><style:table-cell-properties fo:background-color="#00b050"/>'
             "</style:style></s>")
    grid = open_grid("p.ods", ods(table(row(ods_cell("x"), ods_cell("a", 'table:style-name="ce1"'), ods_cell("J", 'table:style-name="ce2"'))), styles=styles,
                                  more={"styles.xml": named}))
    assert grid.sheets[0].rows[0].cells[1:] == (Cell("a", fill="00B050"), Cell("J", ink="FF0000", font="Wingdings"))


def test_merged_cells_pictures_comments_and_errors() -> None:
    picture = "<table:table-cell><draw:frame><draw:image/></draw:frame></table:table-cell>"
    noted = "<table:table-cell><office:annotation><text:p>hemlig not</text:p></office:annotation><text:p>synlig</text:p></table:table-cell>"
    grid = open_grid("p.ods", ods(table(
        row(ods_cell("1. Mörkt", 'table:number-rows-spanned="2" table:number-columns-spanned="1"'), picture, noted)
        + row("<table:covered-table-cell/>", ods_cell("x"), ods_cell("#REF!", 'office:value-type="string"')))))
    first, second = grid.sheets[0].rows
    assert (second.cells[0].value, second.cells[0].merged, first.cells[1].picture) == ("1. Mörkt", True, True)
    assert first.cells[2].value == "synlig"
    assert second.cells[2].value is None
    assert any("hemlig not" in text for _, text in grid.loose)
    assert [problem.why for problem in grid.problems] == ["felvärde #REF! i stället för ett värde."]


def test_a_formula_without_a_saved_value_is_told() -> None:
    grid = open_grid("p.ods", ods(table(row(ods_cell("a"), '<table:table-cell table:formula="of:=1+1"/>',
                                            ods_cell("2", 'table:formula="of:=1+1" office:value-type="float" office:value="2"')))))
    assert rows_of(grid) == [["a", None, 2]]
    assert [problem.why for problem in grid.problems] == ["formel utan sparat värde."]


def test_a_damaged_document_is_refused() -> None:
    with pytest.raises(Refused, match="skadad"):
        open_grid("p.ods", ods("<table:table>"))
