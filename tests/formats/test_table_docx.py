"""Tables in Word: what is seen is read, what is not seen is told."""

from __future__ import annotations

import io

import pytest

from samsyn.formats.grid import Cell, Grid
from samsyn.formats.open_file import open_grid
from samsyn.formats.problems import Refused
from tests.formats.made_files import WORD_NS, docx, word_cell, word_table

PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def rows_of(grid: Grid, sheet: int = 0) -> list[tuple[int, list[object]]]:
    return [(row.number, [cell.value for cell in row.cells]) for row in grid.sheets[sheet].rows]


def test_a_document_written_by_the_usual_library_is_read_table_by_table() -> None:
    from docx import Document

    document = Document()
    document.add_heading("Åtgärdsplan torget 2027")
    for name in ("a", "b"):
        document.add_paragraph(f"Text före {name}")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip((cell for row in table.rows for cell in row.cells), ("Orsak", "Vem", f"1. {name}\nrad två", "Eva"), strict=True):
            cell.text = text
    target = io.BytesIO()
    document.save(target)
    grid = open_grid("p.docx", target.getvalue())
    assert [sheet.name for sheet in grid.sheets] == ["Tabell 1", "Tabell 2"]
    assert rows_of(grid) == [(-1, ["Åtgärdsplan torget 2027"]), (0, ["Text före a"]), (1, ["Orsak", "Vem"]), (2, ["1. a\nrad två", "Eva"])]
    assert rows_of(grid, 1)[0] == (0, ["Text före b"])
    assert grid.problems == ()


def test_merged_cells_lend_their_value_in_both_directions() -> None:
    grid = open_grid("p.docx", docx(word_table(
        word_cell("Titel", '<w:gridSpan w:val="3"/>'),
        word_cell("1. Mörkt", '<w:vMerge w:val="restart"/>') + word_cell("a") + word_cell("x"),
        word_cell("", "<w:vMerge/>") + word_cell("b") + word_cell("y"))))
    assert rows_of(grid) == [(1, ["Titel"] * 3), (2, ["1. Mörkt", "a", "x"]), (3, ["1. Mörkt", "b", "y"])]
    assert [cell.merged for cell in grid.sheets[0].rows[0].cells] == [False, True, True]
    assert grid.sheets[0].rows[2].cells[0].merged


def test_colours_symbols_and_pictures_are_seen() -> None:
    symbol = '<w:tc><w:p><w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r></w:p></w:tc>'
    marked = '<w:tc><w:p><w:r><w:rPr><w:highlight w:val="green"/><w:color w:val="FF0000"/></w:rPr><w:t>klar</w:t></w:r></w:p></w:tc>'
    picture = "<w:tc><w:p><w:r><w:drawing><pic/></w:drawing></w:r></w:p></w:tc>"
    grid = open_grid("p.docx", docx(word_table(word_cell("a", '<w:shd w:val="clear" w:fill="00B050"/>') + symbol + marked + picture
                                               + word_cell("b", '<w:shd w:fill="auto"/>'))))
    assert grid.sheets[0].rows[0].cells == (
        Cell("a", fill="00B050"), Cell("J", font="Wingdings"), Cell("klar", fill="00FF00", ink="FF0000"), Cell(picture=True), Cell("b"))


def test_automatic_numbers_stand_before_their_text() -> None:
    numbering = (f'<w:numbering xmlns:w="{WORD_NS}"><w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
                 '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
                 '</w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="4"/></w:num></w:numbering>')
    rels = '<Relationships><Relationship Id="n" Type="x/numbering" Target="numbering.xml"/></Relationships>'

    def numbered(text: str, level: int = 0) -> str:
        return (f'<w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="2"/></w:numPr></w:pPr>'
                f"<w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")

    grid = open_grid("p.docx", docx(word_table(numbered("Mörkt"), numbered("Belysning", 1), numbered("Siktlinje", 1), numbered("Öde")),
                                    more={"word/numbering.xml": numbering, "word/_rels/document.xml.rels": rels}))
    assert [row[1][0] for row in rows_of(grid)] == ["1. Mörkt", "1.1 Belysning", "1.2 Siktlinje", "2. Öde"]


def test_tracked_changes_hidden_text_and_inner_tables_are_told_and_kept_aside() -> None:
    changed = ("<w:tc><w:p><w:ins><w:r><w:t>ny </w:t></w:r></w:ins><w:del><w:r><w:delText>gammal 850709-9805</w:delText></w:r></w:del>"
               "<w:r><w:t>text</w:t></w:r></w:p></w:tc>")
    secret = "<w:tc><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>gömd</w:t></w:r><w:r><w:t>synlig</w:t></w:r></w:p></w:tc>"
    inner = f"<w:tc>{word_table(word_cell('inne i'))}{PARAGRAPH.format('utanpå')}</w:tc>"
    boxed = "<w:tc><w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>i en ruta</w:t></w:r></w:p></w:txbxContent></w:pict><w:t>x</w:t></w:r></w:p></w:tc>"
    grid = open_grid("p.docx", docx(word_table(changed + secret + inner + boxed)))
    assert rows_of(grid) == [(1, ["ny text", "synlig", "utanpå", "x"])]
    loose = "\n".join(text for _, text in grid.loose)
    assert all(words in loose for words in ("gammal 850709-9805", "gömd", "inne i", "i en ruta"))
    assert [problem.why.split(".")[0] for problem in grid.problems] == [
        "här finns spårade ändringar", "dold text lästes inte in", "en tabell inuti cellen lästes inte in"]


def test_headers_comments_and_text_outside_tables_are_kept_aside() -> None:
    grid = open_grid("p.docx", docx(PARAGRAPH.format("utanför") + word_table(word_cell("a")) + PARAGRAPH.format("efter"), more={
        "word/header1.xml": f'<w:hdr xmlns:w="{WORD_NS}">{PARAGRAPH.format("i sidhuvudet")}</w:hdr>',
        "word/comments.xml": f'<w:comments xmlns:w="{WORD_NS}"><w:comment w:author="Anna">{PARAGRAPH.format("en anmärkning")}</w:comment></w:comments>'}))
    loose = "\n".join(f"{place}: {text}" for place, text in grid.loose)
    assert all(words in loose for words in ("sidhuvudet: i sidhuvudet", "en kommentar: Anna", "en anmärkning", "utanför", "efter"))


def test_tables_in_content_controls_and_rows_that_begin_late_are_read() -> None:
    late = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + word_cell("b2") + "</w:tr>"
    table = word_table(word_cell("a1") + word_cell("b1")).replace("</w:tbl>", late + "</w:tbl>")
    grid = open_grid("p.docx", docx(f"<w:sdt><w:sdtContent>{table}</w:sdtContent></w:sdt>"))
    assert rows_of(grid) == [(1, ["a1", "b1"]), (2, [None, "b2"])]


def test_a_row_somebody_has_deleted_with_tracking_is_not_read_in() -> None:
    gone = '<w:tr><w:trPr><w:del w:author="x"/></w:trPr>' + word_cell("borta") + "</w:tr>"
    grid = open_grid("p.docx", docx(word_table(word_cell("a")).replace("</w:tbl>", gone + "</w:tbl>")))
    assert rows_of(grid) == [(1, ["a"])]
    assert any("borta" in text for _, text in grid.loose)


@pytest.mark.parametrize(("body", "says"), [
    (PARAGRAPH.format("bara text"), "ingen tabell"),
    (word_table(word_cell("a", '<w:gridSpan w:val="99999999"/>')), "för många rader/kolumner"),
    (word_table(word_cell("x" * 33_000)), "längre än"),
    ("<w:tbl>", "skadad"),
])
def test_documents_without_a_table_or_with_too_much_are_refused(body: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        open_grid("p.docx", docx(body))
