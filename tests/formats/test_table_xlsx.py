"""Workbooks: the values a person sees, how they look, and everything hidden told."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest

from samsyn.formats.grid import Cell, Grid
from samsyn.formats.open_file import open_grid
from samsyn.formats.problems import Refused
from samsyn.formats.xlsx_look import tinted
from tests.formats.made_files import SHEET_NS, png, text_cell, workbook, xlsx, xlsx_parts, zipped


def cells(grid: Grid, sheet: int = 0) -> dict[str, Cell]:
    """Return the cells by address."""
    return {f"{chr(65 + column)}{row.number}": cell for row in grid.sheets[sheet].rows for column, cell in enumerate(row.cells)}


def whys(grid: Grid) -> list[str]:
    return [f"{problem.place}: {problem.why}" for problem in grid.problems]


def test_values_dates_and_shares_are_read_as_they_are_shown() -> None:
    def make(book: Any) -> None:
        sheet = book.active
        sheet.append(["text", 12, 1.5, date(2027, 3, 31), datetime(2027, 3, 31, 14, 30), True, 0.125, None, 0.5])
        sheet["G1"].number_format = "0.0%"
        sheet["I1"].number_format = "h:mm"

    row = open_grid("p.xlsx", workbook(make)).sheets[0].rows[0]
    assert [cell.value for cell in row.cells] == ["text", 12, 1.5, date(2027, 3, 31), datetime(2027, 3, 31, 14, 30), True, "12,5 %", None, "12:00"]


def test_our_reader_agrees_with_calamine_cell_by_cell() -> None:
    from python_calamine import CalamineWorkbook

    def make(book: Any) -> None:
        for number in range(1, 60):
            book.active.append([f"rad {number} åäö", number, number / 7, date(2026, 1, 1 + number % 28), number % 2 == 0, f"a\nb{number}"])

    content = workbook(make)
    theirs = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    ours = [[cell.value for cell in row.cells] for row in open_grid("p.xlsx", content).sheets[0].rows]
    assert len(ours) == 59
    assert ours == theirs


def test_both_kinds_of_writers_are_read_alike() -> None:
    from xlsxwriter import Workbook

    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Plan")
    sheet.write_string("A1", "Orsak")
    sheet.write_rich_string("A2", "1. ", book.add_format({"bold": True}), "Mörkt", " här")
    sheet.write_datetime("B2", datetime(2027, 1, 2), book.add_format({"num_format": 'd mmmm yyyy;@', "bg_color": "#00B050"}))
    book.close()
    read = cells(open_grid("p.xlsx", target.getvalue()))
    assert read["A2"].value == "1. Mörkt här"
    assert (read["B2"].value, read["B2"].fill) == (date(2027, 1, 2), "00B050")


def test_colours_come_from_fills_themes_and_palettes() -> None:
    styles = (
        '<fonts><font><name val="Calibri"/></font><font><color rgb="FFFF0000"/><name val="Wingdings"/></font></fonts>'
        '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FF00B050"/></patternFill></fill>'
        '<fill><patternFill patternType="solid"><fgColor theme="9"/></patternFill></fill>'
        '<fill><patternFill patternType="solid"><fgColor indexed="13"/></patternFill></fill>'
        '<fill><gradientFill><stop position="0"><color rgb="FFFFC000"/></stop></gradientFill></fill>'
        '<fill><patternFill patternType="solid"><fgColor theme="0" tint="-0.5"/></patternFill></fill></fills>'
        "<cellXfs>" + "".join(f'<xf numFmtId="0" fontId="{font}" fillId="{fill}"/>' for font, fill in
                              ((0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (1, 0))) + "</cellXfs>")
    row = "".join(text_cell(f"{letter}1", "J", f' s="{style}"') for style, letter in enumerate("ABCDEFGH"))
    read = cells(open_grid("p.xlsx", xlsx(f'<row r="1">{row}</row>', styles=styles)))
    assert [read[f"{letter}1"].fill for letter in "ABCDEFGH"] == ["", "", "00B050", "70AD47", "FFFF00", "FFC000", "808080", ""]
    assert (read["H1"].font, read["H1"].ink, read["A1"].font) == ("Wingdings", "FF0000", "")


@pytest.mark.parametrize(("tint", "colour"), [(0, "4472C4"), (0.8, "DAE3F3"), (-0.25, "2F5597"), (1, "FFFFFF"), (-1, "000000")])
def test_a_tint_is_what_excel_makes_of_it(tint: float, colour: str) -> None:
    def parts(text: str) -> list[int]:
        return [int(text[place:place + 2], 16) for place in (0, 2, 4)]

    assert all(abs(one - other) <= 2 for one, other in zip(parts(tinted("4472C4", tint)), parts(colour), strict=True))


def test_a_colour_alone_reaches_cells_that_the_sheet_leaves_out() -> None:
    styles = ('<fills><fill/><fill/><fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/></patternFill></fill></fills>'
              '<cellXfs><xf/><xf fillId="2"/></cellXfs>')
    header = text_cell("A1", "Orsak") + text_cell("B1", "Uppföljning")
    rows = (f'<row r="1">{header}</row><row r="2">{text_cell("A2", "a")}<c r="B2" s="1"/></row>'
            f'<row r="3" s="1" customFormat="1">{text_cell("A3", "b")}</row><row r="4"><c r="B4" s="1"/></row>')
    grid = open_grid("p.xlsx", xlsx(rows, styles=styles))
    read = cells(grid)
    assert [read[place].fill for place in ("B1", "B2", "B3")] == ["", "FF0000", "FF0000"]
    assert [row.number for row in grid.sheets[0].rows] == [1, 2, 3]


def test_a_look_that_cannot_be_read_is_told_and_the_values_stay() -> None:
    grid = open_grid("p.xlsx", zipped(xlsx_parts(f'<row r="1">{text_cell("A1", "Orsak", " s=" + chr(34) + "1" + chr(34))}</row>', styles="<broken")))
    assert cells(grid)["A1"].value == "Orsak"
    assert "färger och datumformat gick inte att läsa" in whys(grid)[0]


def test_a_merged_range_lends_its_value_to_every_cell_and_says_so() -> None:
    def make(book: Any) -> None:
        sheet = book.active
        sheet.append(["Titel", None, None])
        for row in (["Orsak", "Åtgärd", "Vem"], ["1. Mörkt", "a", "x"], [None, "b", "y"], [None, None, "z"]):
            sheet.append(row)
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A3:A1000")

    read = cells(open_grid("p.xlsx", workbook(make)))
    assert read["A4"] == Cell("1. Mörkt", merged=True, ink=read["A3"].ink)
    assert (read["A5"].value, read["A3"].merged, read["C1"].value, read["C1"].merged) == ("1. Mörkt", False, "Titel", True)
    assert "A6" not in read


def test_hidden_sheets_rows_and_columns_are_told() -> None:
    def make(book: Any) -> None:
        for title, state in (("Anteckningar", "hidden"), ("Djup", "veryHidden")):
            other = book.create_sheet(title)
            other["A1"], other.sheet_state = "Kalle 850709-9805", state
        sheet = book.active
        for row in (["Orsak", "Åtgärd", "Vem"], ["a", "b", "c"], ["d", "e", "f"]):
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    grid = open_grid("p.xlsx", workbook(make))
    assert [row.hidden for row in grid.sheets[0].rows] == [False, True, False]
    assert [sheet.name for sheet in grid.sheets] == ["Plan"]
    assert whys(grid) == [
        "Blad Plan, rad 2: dold rad 2 lästes in.", "Blad Plan, kolumn B: dold kolumn B lästes in.",
        "Blad Anteckningar: dolt blad 'Anteckningar' lästes inte in.", "Blad Djup: dolt blad 'Djup' lästes inte in."]
    assert any("850709-9805" in text for _, text in grid.loose)


def test_a_formula_without_a_saved_value_is_told_and_one_with_is_read() -> None:
    grid = open_grid("p.xlsx", xlsx(
        '<row r="1"><c r="A1"><f>1+1</f><v></v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="str"><f>""</f><v></v></c>'
        '<c r="D1" t="str"><f>A1</f><v>ja</v></c><c r="E1"><f>TODAY()</f></c></row>'))
    read = cells(grid)
    assert [read[place].value for place in ("A1", "B1", "C1", "D1", "E1")] == [None, 2, None, "ja", None]
    assert all(read[place].formula for place in ("A1", "B1", "C1", "D1", "E1"))
    assert whys(grid) == ["Blad Plan, cell A1: formel utan sparat värde.", "Blad Plan, cell E1: formel utan sparat värde."]


def test_error_values_bad_numbers_and_days_that_are_not_are_told() -> None:
    styles = '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>'
    values = [('t="e"', "#REF!"), ("", "1e999"), ("", "1_000"), ('s="1"', "60"), ('s="1"', "-5"), ('s="1"', "2958466"), ('s="1"', "61"), ('s="1"', "59")]
    row = "".join(f'<c r="{letter}1" {kind}><v>{value}</v></c>' for letter, (kind, value) in zip("ABCDEFGH", values, strict=True))
    grid = open_grid("p.xlsx", xlsx(f'<row r="1">{row}</row>', styles=styles))
    assert [cell.value for cell in grid.sheets[0].rows[0].cells] == [None, "1e999", "1_000", 60, -5, 2958466, date(1900, 3, 1), date(1900, 2, 28)]
    assert len(grid.problems) == 6


def test_a_workbook_from_an_old_mac_counts_days_from_1904() -> None:
    grid = open_grid("p.xlsx", xlsx('<row r="1"><c r="A1" s="1"><v>44575</v></c></row>', styles='<cellXfs><xf/><xf numFmtId="14"/></cellXfs>',
                                    book_extra='<workbookPr date1904="1"/>'))
    assert cells(grid)["A1"].value == date(2026, 1, 15)


@pytest.mark.parametrize(("written", "shown"), [
    ("rad_x000D__x000A_två", "rad\ntvå"), ("a_x005F_x000D_b", "a_x000D_b"), ("_xD83D__xDE00_", "😀"), ("a_xD800_b", "a\ufffdb"), ("a_x0000_b", "ab"),
    ("snake_x_case", "snake_x_case")])
def test_escaped_characters_are_shown_as_excel_shows_them(written: str, shown: str) -> None:
    assert cells(open_grid("p.xlsx", xlsx(f'<row r="1">{text_cell("A1", written)}</row>')))["A1"].value == shown


def test_a_sheet_that_lies_about_its_size_loses_no_row() -> None:
    rows = "".join(f'<row r="{number}">{text_cell(f"A{number}", f"rad {number}")}</row>' for number in range(1, 6))
    assert len(open_grid("p.xlsx", xlsx(rows, before='<dimension ref="A1:A2"/>')).sheets[0].rows) == 5


@pytest.mark.parametrize("rows", [
    f'<row r="1">{text_cell("A1", "a")}</row><row r="1048576">{text_cell("XFD1048576", "x")}</row>',
    f'<row r="20001">{text_cell("A20001", "a")}</row>', f'<row r="1">{text_cell("GS1", "a")}</row>',
])
def test_cells_far_from_the_table_are_refused_not_laid_out(rows: str) -> None:
    with pytest.raises(Refused, match="för många rader/kolumner"):
        open_grid("p.xlsx", xlsx(rows))


def test_empty_cells_far_away_are_nothing() -> None:
    grid = open_grid("p.xlsx", xlsx(f'<row r="1">{text_cell("A1", "a")}<c r="XFD1"/></row><row r="1048576"><c r="A1048576"/></row>'))
    assert [len(row.cells) for row in grid.sheets[0].rows] == [1]


def test_cells_without_addresses_and_with_prefixes_are_read_in_their_order() -> None:
    sheet = (f'<x:worksheet xmlns:x="{SHEET_NS}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c><x:v>2</x:v></x:c></x:row>'
             "<x:row><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>")
    read = cells(open_grid("p.xlsx", xlsx("", more={"xl/worksheets/sheet1.xml": sheet})))
    assert [read[place].value for place in ("A1", "B1", "A2")] == ["a", 2, 3]


def test_two_cells_with_one_address_are_told() -> None:
    grid = open_grid("p.xlsx", xlsx(f'<row r="1">{text_cell("A1", "a")}{text_cell("A1", "b")}</row>'))
    assert cells(grid)["A1"].value == "b"
    assert "två gånger" in whys(grid)[0]


@pytest.mark.parametrize("parts", [
    {"sheet_data": '<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "strings": "<si><t>a</t></si>"},
    {"sheet_data": '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "strings": "<si><t>a</t></si>"},
    {"sheet_data": '<row r="1"><c r="A1">'},
])
def test_a_damaged_sheet_is_refused(parts: dict[str, str]) -> None:
    with pytest.raises(Refused, match="skadad"):
        open_grid("p.xlsx", xlsx(**parts))


def test_a_text_longer_than_excel_allows_is_refused() -> None:
    with pytest.raises(Refused, match="cell A1 är längre"):
        open_grid("p.xlsx", xlsx(f'<row r="1">{text_cell("A1", "x" * 70_000)}</row>'))


def test_shared_strings_are_read_without_their_reading_aids() -> None:
    strings = '<si><t>Orsak</t></si><si><r><rPr><rFont val="Wingdings"/></rPr><t>\uf04a</t></r><rPh><t>FURIGANA</t></rPh></si><si><t>850709-9805</t></si>'
    grid = open_grid("p.xlsx", xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>', strings=strings))
    read = cells(grid)
    assert (read["A1"].value, read["B1"].value, read["B1"].font) == ("Orsak", "J", "Wingdings")
    assert any(text == "850709-9805" for _, text in grid.loose), "a string no cell shows is still in the file"


def test_a_picture_marks_the_cell_its_middle_lies_in() -> None:
    anchor = ('<xdr:twoCellAnchor xmlns:xdr="urn:d"><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row>'
              "<xdr:rowOff>180000</xdr:rowOff></xdr:from><xdr:to><xdr:col>1</xdr:col><xdr:colOff>300000</xdr:colOff><xdr:row>1</xdr:row>"
              "<xdr:rowOff>150000</xdr:rowOff></xdr:to><xdr:pic/></xdr:twoCellAnchor>")
    chart = anchor.replace("<xdr:pic/>", "<xdr:graphicFrame/>").replace("<xdr:col>1", "<xdr:col>0")
    smile = ('<xdr:oneCellAnchor xmlns:xdr="urn:d"><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff>'
             '</xdr:from><xdr:ext cx="100000" cy="100000"/><xdr:sp/></xdr:oneCellAnchor>')
    rows = "".join(f'<row r="{number}">{text_cell(f"A{number}", "a")}{text_cell(f"B{number}", "b")}</row>' for number in (1, 2, 3))
    grid = open_grid("p.xlsx", xlsx(rows, after='<drawing r:id="d1"/>', more={
        "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships><Relationship Id="d1" Type="x/drawing" Target="../drawings/drawing1.xml"/></Relationships>',
        "xl/drawings/drawing1.xml": f"<wsDr>{anchor}{chart}{smile}</wsDr>", "xl/media/image1.png": png()}))
    assert [place for place, cell in cells(grid).items() if cell.picture] == ["B2", "B3"]


def test_a_picture_placed_in_a_cell_is_a_picture_and_no_fault() -> None:
    grid = open_grid("p.xlsx", xlsx(f'<row r="1">{text_cell("A1", "a")}<c r="B1" t="e" vm="1"><v>#VALUE!</v></c></row>'))
    assert cells(grid)["B1"] == Cell(picture=True)
    assert grid.problems == ()


def test_everything_else_that_is_written_in_the_file_is_kept_aside() -> None:
    def make(book: Any) -> None:
        from openpyxl.comments import Comment
        from openpyxl.workbook.defined_name import DefinedName

        sheet = book.active
        sheet["A1"] = "Orsak"
        sheet["A1"].comment = Comment("kommentaren", "Författaren")
        sheet.oddFooter.center.text = "sidfoten"
        book.properties.title = "egenskapen"
        book.defined_names["Namnet"] = DefinedName("Namnet", attr_text="Plan!$A$1")

    loose = "\n".join(f"{place}: {text}" for place, text in open_grid("p.xlsx", workbook(make)).loose)
    for words in ("en kommentar: Författaren", "kommentaren", "sidfoten", "egenskapen", "Namnet", "Plan"):
        assert words in loose


def test_a_number_cut_into_runs_is_put_together_and_cells_are_kept_apart() -> None:
    comments = ("<comments><comment><text><r><rPr><b/></rPr><t>850709</t></r><r><t>-9805</t></r></text></comment>"
                "<comment><text><t>12</t></text></comment></comments>")
    loose = dict(open_grid("p.xlsx", xlsx(f'<row r="1">{text_cell("A1", "a")}</row>', more={"xl/comments1.xml": comments})).loose)
    assert loose["en kommentar"].split(" |\n")[0] == "850709-9805"
    assert "9805 |" in loose["en kommentar"]


def test_colours_by_rules_are_told_since_they_are_not_read() -> None:
    grid = open_grid("p.xlsx", xlsx(f'<row r="1">{text_cell("A1", "a")}</row>', after='<conditionalFormatting sqref="A1"><cfRule/></conditionalFormatting>'))
    assert "villkorsstyrd" in whys(grid)[0]


def test_too_many_merged_ranges_are_refused() -> None:
    merges = "".join(f'<mergeCell ref="A1:GR{number}"/>' for number in range(2, 1_500))
    rows = "".join(f'<row r="{number}">{text_cell(f"A{number}", "a")}{text_cell(f"GR{number}", "b")}</row>' for number in range(1, 1_500))
    with pytest.raises(Refused, match="för många sammanfogade"):
        open_grid("p.xlsx", xlsx(rows, after=f"<mergeCells>{merges}</mergeCells>"))


def test_what_we_export_to_excel_comes_back_as_it_was() -> None:
    from samsyn.formats.table_out import table_workbook

    texts = ["=1+1", "+46", "-5 %", "@SUM", "'citat'", "a\nb", "_x000D_", "\t=1", "<r>x</r>"]
    rows = open_grid("p.xlsx", table_workbook("", ["a"], [[text] for text in texts])).sheets[0].rows
    assert [row.cells[0].value for row in rows[1:]] == texts
