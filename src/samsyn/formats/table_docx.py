"""
Tables in a Word document -> Grid, one sheet for each table ("Tabell 1" ...).

The rows keep the table's own numbers from 1. The last paragraphs above a table come before them, with numbers up to
0, so that a title is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from samsyn.formats.docx_numbering import Numbering, read_numbering
from samsyn.formats.docx_text import Seen, all_text, see
from samsyn.formats.grid import Cell, Grid, Row, Sheet
from samsyn.formats.grid_build import Cells, shows, used_width
from samsyn.formats.grid_limits import MAX_CELL, MAX_COLUMNS, check_size
from samsyn.formats.package import BROKEN, Package, attribute, local
from samsyn.formats.package_text import Loose, loose_text
from samsyn.formats.problems import Refused
from samsyn.formats.remarks import Remarks
from samsyn.formats.text_clean import clean, clean_text
from samsyn.formats.xlsx_book import relations

TITLE_ROWS = 5                 # paragraphs above a table that are kept with it
MAX_PART = 30 * 2 ** 20


@dataclass(slots=True)
class _Reader:
    numbering: Numbering
    remarks: Remarks = field(default_factory=Remarks)
    aside: list[tuple[str, str]] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    above: list[str] = field(default_factory=list)


def read_docx(package: Package) -> Grid:
    """Return the tables of a document. Raises Refused if there is none, or it is damaged or too large."""
    part = next((relation.target for relation in relations(package, "").values() if relation.kind == "officeDocument"), "word/document.xml")
    if part not in package:
        raise Refused(BROKEN)
    if package.entries[part].file_size > MAX_PART:
        raise Refused("Word-dokumentet är för långt för att läsas in. Kopiera ut tabellen till ett eget dokument.")
    numbered = next((relation.target for relation in relations(package, part).values() if relation.kind == "numbering"), "")
    reader = _Reader(read_numbering(package, numbered))
    body = next((element for element in package.tree(part) if local(element.tag) == "body"), None)
    for block in _blocks(body) if body is not None else ():
        _read_block(block, reader)
    if not reader.sheets:
        raise Refused("Det finns ingen tabell i Word-dokumentet. Samsyn läser planen ur en tabell: lägg den i en tabell, eller i Excel.")
    loose: Loose = (*loose_text(package, lambda name: name == part), *reader.aside)
    return Grid("docx", tuple(reader.sheets), reader.remarks.all(), loose)


def _blocks(parent: Element) -> Iterator[Element]:
    """Yield paragraphs and tables in their order, out of content controls and tracked insertions too."""
    for child in parent:
        name = local(child.tag)
        if name in ("p", "tbl"):
            yield child
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo"):
            yield from _blocks(child)


def _read_block(block: Element, reader: _Reader) -> None:
    if local(block.tag) == "tbl":
        reader.sheets.append(_table(block, reader))
        reader.above = []
        return
    text = clean(_text([block], "texten utanför tabellerna", reader).text).text
    reader.aside.append(("texten utanför tabellerna", text))
    if text.strip():
        reader.above = [*reader.above, text][-TITLE_ROWS:]


def _table(table: Element, reader: _Reader) -> Sheet:
    name = f"Tabell {len(reader.sheets) + 1}"
    above = reader.above
    cells: Cells = {}
    for number, row in enumerate(_rows(table), start=1):
        check_size(number, 0)
        cells[number] = _row(row, number, name, cells.get(number - 1, {}), reader)
    width = used_width(cells)
    titles = tuple(Row(number - len(above) + 1, (Cell(text),)) for number, text in enumerate(above))
    rows = tuple(Row(number, tuple(row.get(column, Cell()) for column in range(width)))
                 for number, row in cells.items() if any(shows(cell) for cell in row.values()))
    return Sheet(name, (*titles, *rows))


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        name = local(child.tag)
        if name == "tr":
            yield child
        elif name in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        name = local(child.tag)
        if name == "tc":
            yield child
        elif name in ("sdt", "sdtContent", "customXml"):
            yield from _cells(child)


def _row(row: Element, number: int, name: str, above: dict[int, Cell], reader: _Reader) -> dict[int, Cell]:
    column = _skipped(row)
    cells: dict[int, Cell] = {}
    if any(local(mark.tag) == "del" for part in row if local(part.tag) == "trPr" for mark in part):
        reader.aside.append((f"{name}, borttagen rad {number}", clean(all_text(row)).text))
        _tell_changes(f"{name}, rad {number}", reader)
        return cells
    for element in _cells(row):
        span, continues, fill = _shape(element)
        check_size(number, column + span)
        if continues:
            cell = replace(above.get(column, Cell()), merged=True, picture=False)
        else:
            cell = _cell(element, fill, f"{name}, rad {number}, kolumn {column + 1}", reader)
        cells[column] = cell
        cells.update((column + more, replace(cell, merged=True, picture=False)) for more in range(1, span))
        column += span
    return cells


def _skipped(row: Element) -> int:
    return next((_span(attribute(mark, "val")) for part in row if local(part.tag) == "trPr" for mark in part if local(mark.tag) == "gridBefore"), 0)


def _shape(element: Element) -> tuple[int, bool, str]:
    """Return how many columns a cell covers, whether it continues the cell above, and its colour."""
    said = {local(one.tag): one for part in element if local(part.tag) == "tcPr" for one in part}
    span = max(_span(attribute(said["gridSpan"], "val")), 1) if "gridSpan" in said else 1
    continues = "vMerge" in said and attribute(said["vMerge"], "val") != "restart"
    fill = attribute(said["shd"], "fill") if "shd" in said else ""
    return span, continues, fill.upper() if len(fill) == 6 and fill != "auto" else ""


def _span(text: str) -> int:
    return min(int(text), MAX_COLUMNS + 1) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _cell(element: Element, fill: str, place: str, reader: _Reader) -> Cell:
    blocks = list(_blocks(element))
    if any(local(block.tag) == "tbl" for block in blocks):
        inner = "\n".join(all_text(block) for block in blocks if local(block.tag) == "tbl")
        reader.aside.append((f"tabell inuti {place}", clean(inner).text))
        reader.remarks.add(place, "en tabell inuti cellen lästes inte in.", "Skriv texten direkt i cellen om den ska vara med.", value=inner)
    seen = _text([block for block in blocks if local(block.tag) == "p"], place, reader)
    if len(seen.text) > MAX_CELL:
        raise Refused(f"{place} är längre än {MAX_CELL} tecken. Dela upp texten.")
    text = clean_text(seen.text, place, reader.remarks)
    return Cell(text if text.strip() else None, fill or seen.highlight, seen.ink, seen.font, seen.picture)


def _text(paragraphs: list[Element], place: str, reader: _Reader) -> Seen:
    """Return what some paragraphs show, one a line; what they do not show goes aside."""
    seen = Seen()
    for number, paragraph in enumerate(paragraphs):
        if number:
            seen.pieces.append("\n")
        before = len(seen.pieces)
        see(paragraph, seen)
        numbered = reader.numbering.number_of(paragraph)
        if numbered and "".join(seen.pieces[before:]).strip():
            seen.pieces.insert(before, numbered)
    reader.aside += [(f"dold text vid {place}", clean(text).text) for text in seen.aside if text]
    if seen.deleted or seen.inserted:
        _tell_changes(place, reader)
    if seen.concealed:
        reader.remarks.add(place, "dold text lästes inte in.", "Visa texten i Word om den ska vara med.")
    return seen


def _tell_changes(place: str, reader: _Reader) -> None:
    reader.remarks.add(place, "här finns spårade ändringar. Tillagd text lästes in, borttagen text lästes inte in.",
                       "Godkänn eller avvisa ändringarna i Word om det blev fel.")
