"""A personal identity number in every corner of a workbook or document where nobody looks: the file is held, wherever it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from samsyn.formats.grid import Cell, Grid, Row, Sheet
from samsyn.formats.package_corners import _IN_BINARY, _in_bytes, with_corners_of_file
from samsyn.formats.plan_reading import read_plan_file
from samsyn.formats.received_file import clean_received
from samsyn.formats.reading import PlanReading
from tests.formats.made_files import PLAN_HEADERS, docx, ods, ods_cell, png, chunk, text_cell, word_cell, word_table, xlsx

NUMBER = "850709-9805"
TODAY = date(2026, 11, 23)
ACTION = ("Mörkt", "Byt lampor", "Ljust", "2027-03-31", "Eva", "grön")
LETTERS = "ABCDEF"
ROWS = "".join(f'<row r="{row}">' + "".join(text_cell(f"{LETTERS[i]}{row}", text) for i, text in enumerate(cells)) + "</row>"
               for row, cells in ((1, PLAN_HEADERS), (2, ACTION)))
TABLE = word_table("".join(map(word_cell, PLAN_HEADERS)), "".join(map(word_cell, ACTION)))
LINK = '<Relationship Id="x" Type="t" Target="embeddings/oleObject1.bin"/>'


def read(name: str, content: bytes) -> PlanReading:
    return read_plan_file(name, content, today=TODAY)


def styles_with(code: str) -> str:
    return (f'<numFmts count="1"><numFmt numFmtId="170" formatCode="{code}"/></numFmts><fonts count="1"><font/></fonts>'
            '<fills count="1"><fill/></fills><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="170" applyNumberFormat="1"/></cellXfs>')


def ods_plan(extra: str = "", *, in_cell: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    rows = "".join("<table:table-row>" + "".join(map(ods_cell, cells)) + f"{in_cell}</table:table-row>" for cells in (PLAN_HEADERS, ACTION))
    return ods(f'<table:table table:name="Plan">{rows}{extra}</table:table>', more=more)


def ods_beside(extra: str) -> bytes:
    rows = "".join("<table:table-row>" + "".join(map(ods_cell, cells)) + "</table:table-row>" for cells in (PLAN_HEADERS, ACTION))
    return ods(f'<table:table table:name="Plan">{rows}</table:table>{extra}')


XLSX = {
    "the look of a number": xlsx(ROWS + '<row r="3"><c r="A3" s="1"><v>1</v></c></row>', styles=styles_with(f'&quot;{NUMBER}&quot;')),
    "a sheet's name": xlsx(ROWS, sheets=f'<sheet name="{NUMBER}" sheetId="1" r:id="rId1"/>'),
    "a hidden name of an area": xlsx(ROWS, book_extra=f'<definedNames><definedName name="x" hidden="1">"{NUMBER}"</definedName></definedNames>'),
    "what is said of an area": xlsx(ROWS, book_extra=f'<definedNames><definedName name="x" comment="Kalle {NUMBER}">Plan!A1</definedName></definedNames>'),
    "a comment": xlsx(ROWS, more={
        "xl/comments1.xml": f"<comments><commentList><comment ref='A1'><text><t>{NUMBER}</t></text></comment></commentList></comments>"}),
    "a threaded comment": xlsx(ROWS, more={"xl/threadedComments/threadedComment1.xml": f"<c><threadedComment><text>{NUMBER}</text></threadedComment></c>"}),
    "somebody who commented": xlsx(ROWS, more={"xl/persons/person.xml": f'<p><person displayName="Kalle" userId="{NUMBER}"/></p>'}),
    "the header": xlsx(ROWS, after=f"<headerFooter><oddHeader>&amp;C{NUMBER}</oddHeader></headerFooter>"),
    "the footer of the first page": xlsx(ROWS, after=f"<headerFooter><firstFooter>{NUMBER}</firstFooter></headerFooter>"),
    "the properties": xlsx(ROWS, more={"docProps/core.xml": f"<p><subject>{NUMBER}</subject></p>"}),
    "a property of their own": xlsx(ROWS, more={"docProps/custom.xml": f'<Properties><property name="Elev"><lpwstr>{NUMBER}</lpwstr></property></Properties>'}),
    "a property's name": xlsx(ROWS, more={"docProps/custom.xml": f'<Properties><property name="{NUMBER}"/></Properties>'}),
    "a text box": xlsx(ROWS, more={"xl/drawings/drawing1.xml": "<d><sp><txBody><p><r><t>850709</t></r><r><t>-9805</t></r></p></txBody></sp></d>"}),
    "what a picture shows, in words": xlsx(ROWS, more={"xl/drawings/drawing1.xml": f'<d><pic><cNvPr id="1" name="Bild" descr="{NUMBER}"/></pic></d>'}),
    "an old drawing": xlsx(ROWS, more={"xl/drawings/vmlDrawing1.vml": f"<xml><shape><textbox>{NUMBER}</textbox></shape></xml>"}),
    "XML of their own": xlsx(ROWS, more={"customXml/item1.xml": f"<elev><pnr>{NUMBER}</pnr></elev>"}),
    "an attribute in XML of their own": xlsx(ROWS, more={"customXml/item1.xml": f'<elev pnr="{NUMBER}"/>'}),
    "an embedded binary": xlsx(ROWS, more={"xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 99 + NUMBER.encode() + b"\0" * 9}),
    "an embedded binary, two bytes a sign": xlsx(ROWS, more={"xl/embeddings/oleObject1.bin": b"\xd0\xcf" + NUMBER.encode("utf-16-le")}),
    "a document in the workbook": xlsx(ROWS, more={"xl/embeddings/a.docx": docx(word_table(word_cell(NUMBER)))}),
    "a picture's own remark": xlsx(ROWS, more={"xl/media/image1.png": png(extra=chunk(b"tEXt", b"Comment\0" + NUMBER.encode()))}),
    "a formula": xlsx(ROWS + f'<row r="3"><c r="A3" t="str"><f>IF(B3="{NUMBER}","x","")</f><v>x</v></c></row>'),
    "a rule of colour": xlsx(ROWS, after=f'<conditionalFormatting sqref="A1"><cfRule type="containsText" text="{NUMBER}"/></conditionalFormatting>'),
    "a filter": xlsx(ROWS, after=f'<autoFilter ref="A1:F2"><filterColumn colId="0"><filters><filter val="{NUMBER}"/></filters></filterColumn></autoFilter>'),
    "a scenario": xlsx(ROWS, after=f'<scenarios><scenario name="x" comment="{NUMBER}"><inputCells r="A1" val="1"/></scenario></scenarios>'),
    "a protected area": xlsx(ROWS, after=f'<protectedRanges><protectedRange name="{NUMBER}" sqref="A1"/></protectedRanges>'),
    "the sheet's inner name": xlsx(ROWS, before=f'<sheetPr codeName="{NUMBER}"/>'),
    "the column of a table": xlsx(ROWS, more={"xl/tables/table1.xml": f'<table displayName="T"><tableColumn totalsRowLabel="{NUMBER}"/></table>'}),
    "a reading aid": xlsx(ROWS + '<row r="3"><c r="A3" t="s"><v>0</v></c></row>',
                          strings=f'<si><t>Kalle</t><rPh sb="0" eb="1"><t>{NUMBER}</t></rPh></si>'),
    "a fault's own words": xlsx(ROWS + f'<row r="3"><c r="A3" t="e"><v>{NUMBER}</v></c></row>'),
    "a cell that stands twice": xlsx(ROWS + f'<row r="3">{text_cell("A3", NUMBER)}{text_cell("A3", "Kalle")}</row>'),
    "a number shown as a time": xlsx(ROWS + '<row r="3"><c r="A3" s="1"><v>8507099805</v></c></row>', styles=styles_with("hh:mm")),
    "a number shown as a per cent": xlsx(ROWS + '<row r="3"><c r="A3" s="1"><v>8507099805</v></c></row>', styles=styles_with("0%")),
    "a number shown as a day": xlsx(ROWS + '<row r="3"><c r="A3" s="1"><v>8507099805</v></c></row>', styles=styles_with("yyyy-mm-dd")),
    "a number of twelve digits": xlsx(ROWS + '<row r="3"><c r="A3"><v>198507099805</v></c></row>'),
    "a number written with an exponent": xlsx(ROWS + '<row r="3"><c r="A3"><v>1.98507099805E11</v></c></row>'),
    "settings of a printer": xlsx(ROWS, more={"xl/printerSettings/printerSettings1.bin": ("Skrivare " + NUMBER).encode("utf-16-le")}),
    "a part of its own": xlsx(ROWS, more={"xl/ctrlProps/ctrlProp1.xml": f'<formControlPr objectType="List" fmlaRange="{NUMBER}"/>'}),
    "the theme's name": xlsx(ROWS, more={"xl/theme/theme1.xml": f'<theme name="{NUMBER}"/>'}),
    "a link's address": xlsx(ROWS, more={"xl/worksheets/_rels/sheet1.xml.rels":
                                         f'<R><Relationship Id="a" Type="t" TargetMode="External" Target="mailto:x?subject=Kalle%20{NUMBER}"/></R>'}),
    "another workbook's values": xlsx(ROWS, more={"xl/externalLinks/externalLink1.xml": f"<e><sheetData><cell><v>{NUMBER}</v></cell></sheetData></e>"}),
    "a pivot's kept values": xlsx(ROWS, more={"xl/pivotCache/pivotCacheDefinition1.xml": f'<p><sharedItems><s v="{NUMBER}"/></sharedItems></p>'}),
    "a chart's kept values": xlsx(ROWS, more={"xl/charts/chart1.xml": f"<c><strCache><pt><v>{NUMBER}</v></pt></strCache></c>"}),
}
ODS = {
    "a sheet's name": ods(f'<table:table table:name="{NUMBER}"><table:table-row>{ods_cell("Orsak")}{ods_cell("Åtgärd")}</table:table-row>'
                          f'<table:table-row>{ods_cell("Mörkt")}{ods_cell("Byt")}</table:table-row></table:table>'),
    "a comment": ods_plan(in_cell=f"<table:table-cell><office:annotation><text:p>{NUMBER}</text:p></office:annotation></table:table-cell>"),
    "a text box beside the cells": ods_plan(f"<table:shapes><draw:frame><draw:text-box><text:p>{NUMBER}</text:p></draw:text-box></draw:frame></table:shapes>"),
    "a named area": ods_beside(
        f'<table:named-expressions><table:named-expression table:name="x" table:expression="&quot;{NUMBER}&quot;"/></table:named-expressions>'),
    "words of a choice": ods_beside(f'<table:content-validations><table:content-validation><table:help-message><text:p>{NUMBER}</text:p></table:help-message>'
                                    '</table:content-validation></table:content-validations>'),
    "a formula": ods_plan(in_cell=f'<table:table-cell table:formula="of:=IF(&quot;{NUMBER}&quot;;1;2)" office:value-type="float" office:value="1"/>'),
    "a header": ods_plan(more={"styles.xml": f"<s><header><p>{NUMBER}</p></header></s>"}),
    "the properties": ods_plan(more={"meta.xml": f"<m><subject>{NUMBER}</subject></m>"}),
    "an object in the workbook": ods_plan(more={"Object 1/content.xml": f"<c><p>{NUMBER}</p></c>"}),
    "a binary": ods_plan(more={"ObjectReplacements/Object 1": b"x\0" + NUMBER.encode("utf-16-le")}),
    "a number shown as a per cent": ods_plan(in_cell='<table:table-cell office:value-type="percentage" office:value="8507099805"/>'),
    "a number shown as a time": ods_plan(
        in_cell='<table:table-cell office:value-type="float" office:value="198507099805"><text:p>00:00</text:p></table:table-cell>'),
}
DOCX = {
    "the header": docx(TABLE, more={"word/header1.xml": f"<h><p><r><t>{NUMBER}</t></r></p></h>"}),
    "a footnote": docx(TABLE, more={"word/footnotes.xml": f"<h><p><r><t>{NUMBER}</t></r></p></h>"}),
    "a comment": docx(TABLE, more={"word/comments.xml": f"<h><p><r><t>{NUMBER}</t></r></p></h>"}),
    "a variable of the document": docx(TABLE, more={"word/settings.xml": f'<s><docVars><docVar name="x" val="{NUMBER}"/></docVars></s>'}),
    "the name of a field": docx(f'{TABLE}<w:sdt><w:sdtPr><w:alias w:val="{NUMBER}"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'),
    "a deleted text": docx(f"{TABLE}<w:p><w:del><w:r><w:delText>{NUMBER}</w:delText></w:r></w:del></w:p>"),
    "a hidden text": docx(f"{TABLE}<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{NUMBER}</w:t></w:r></w:p>"),
    "an unbroken hyphen": docx(f"{TABLE}<w:p><w:r><w:t>850709</w:t><w:noBreakHyphen/><w:t>9805</w:t></w:r></w:p>"),
    "XML of their own": docx(TABLE, more={"customXml/item1.xml": f'<elev pnr="{NUMBER}"/>'}),
    "a workbook in the document": docx(TABLE, more={"word/embeddings/b.xlsx": xlsx(f'<row r="1">{text_cell("A1", NUMBER)}</row>')}),
    "a binary": docx(TABLE, more={"word/embeddings/oleObject1.bin": b"\xd0\xcf" + NUMBER.encode("utf-16-le")}),
    "the name of a style": docx(TABLE, more={"word/styles.xml": f'<s><style><name val="{NUMBER}"/></style></s>'}),
}
CORNERS = [pytest.param(f"plan.{ending}", content, id=f"{ending}: {corner}")
           for ending, made in (("xlsx", XLSX), ("ods", ODS), ("docx", DOCX)) for corner, content in made.items()]


@pytest.mark.parametrize(("name", "content"), CORNERS)
def test_a_number_in_a_corner_holds_the_file(name: str, content: bytes) -> None:
    found = read(name, content)
    assert found.flags, "nobody saw the number"
    assert NUMBER not in repr((found.flags, found.problems)) and "8507099805" not in repr((found.flags, found.problems))


@pytest.mark.parametrize(("name", "content"), CORNERS)
def test_the_copy_without_numbers_has_none_in_any_corner(name: str, content: bytes) -> None:
    copy = clean_received(name, content, TODAY)
    assert not read(copy.name, copy.content).flags
    for trace in (NUMBER, "8507099805", NUMBER.encode("utf-16-le").decode("latin-1")):
        assert trace.encode("latin-1") not in copy.content


@pytest.mark.parametrize(("name", "content"), [("plan.xlsx", xlsx(ROWS)), ("plan.ods", ods_plan()), ("plan.docx", docx(TABLE))])
def test_a_file_without_numbers_is_not_held(name: str, content: bytes) -> None:
    assert not read(name, content).flags and not read(name, content).loose_flags


FORMS = ["850709-9805", "8507099805", "19850709-9805", "198507099805", "850709+9805", "850709 9805", "850709 - 9805", "850709\u20119805", "850709\u00a09805",
         "850709\u20139805", "850769-9802", "\uff18\uff15\uff10\uff17\uff10\uff19\uff0d\uff19\uff18\uff10\uff15", "850709\u200b-9805", "19 85 07 09 98 05"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("corner", ["cell", "comment", "header", "text box", "property"])
def test_a_number_holds_the_file_however_it_is_written(form: str, corner: str) -> None:
    content = {
        "cell": xlsx(ROWS + f'<row r="3">{text_cell("A3", form)}</row>'),
        "comment": xlsx(ROWS, more={"xl/comments1.xml": f"<comments><comment ref='A1'><text><t>{form}</t></text></comment></comments>"}),
        "header": xlsx(ROWS, after=f"<headerFooter><oddHeader>{form}</oddHeader></headerFooter>"),
        "text box": xlsx(ROWS, more={"xl/drawings/drawing1.xml": f"<d><p><r><t>{form}</t></r></p></d>"}),
        "property": xlsx(ROWS, more={"docProps/core.xml": f"<p><description>Kalle {form}</description></p>"}),
    }[corner]
    assert read("plan.xlsx", content).flags


def test_a_text_that_no_cell_shows_any_longer_is_not_kept_and_the_rest_comes_in() -> None:
    found = read("plan.xlsx", xlsx(ROWS, strings=f"<si><t>{NUMBER}</t></si>"))
    assert not found.flags and found.loose_flags


def test_a_number_in_a_hidden_sheet_alone_still_lets_the_rest_in() -> None:
    sheets = '<sheet name="Plan" sheetId="1" r:id="rId1"/><sheet name="Gömt" sheetId="2" state="hidden" r:id="rId2"/>'
    row = f"<row r='1'><c r='A1' t='inlineStr'><is><t>{NUMBER}</t></is></c></row>"
    found = read("plan.xlsx", xlsx(ROWS, sheets=sheets, more={"xl/worksheets/sheet2.xml": f"<worksheet><sheetData>{row}</sheetData></worksheet>"}))
    assert not found.flags and found.loose_flags


@pytest.mark.parametrize("innocent", [
    '<x id="{19850709-9805-4444-8888-0123456789ab}"/>', '<x id="19850709-9805-4444-8888-0123456789ab"/>', "<x id='0850709-98051'/>", "<x a='251101-1130'/>",
    "<x a='850709-9806'/>", "<x a='851309-9805'/>", "<x a='20261121 1430'/>", "<x a='1234567890'/>"])
def test_what_only_looks_like_a_number_holds_nothing(innocent: str) -> None:
    assert not read("plan.xlsx", xlsx(ROWS, more={"customXml/item1.xml": innocent})).flags


def test_a_file_in_the_file_that_cannot_be_searched_is_told_of() -> None:
    found = read("plan.xlsx", xlsx(ROWS, more={"xl/embeddings/a.docx": b"PK\x03\x04" + b"broken" * 20}))
    assert not found.flags
    assert any("inbäddad" in problem.why for problem in found.problems)


@pytest.mark.parametrize("written", [NUMBER.encode(), NUMBER.encode("utf-16-le")], ids=["one byte a sign", "two bytes a sign"])
def test_an_old_workbook_is_searched_whole(written: bytes) -> None:
    grid = Grid("xls", (Sheet("Plan", (Row(1, (Cell("Orsak"),)),)),))
    found = with_corners_of_file(grid, b"\xd0\xcf\x11\xe0" + b"\0" * 600 + written + b"\0\0")
    assert [text for _, text in found.loose] == [NUMBER]
    assert with_corners_of_file(replace(grid, loose=(("en kommentar", f"Kalle {NUMBER}"),)), written).loose == (("en kommentar", f"Kalle {NUMBER}"),)


def test_a_number_that_stands_across_two_pieces_is_found() -> None:
    for cut in range(1, len(NUMBER)):
        assert NUMBER in set(_in_bytes([b"x" * 99 + NUMBER[:cut].encode(), NUMBER[cut:].encode() + b"y"], _IN_BINARY)), cut
