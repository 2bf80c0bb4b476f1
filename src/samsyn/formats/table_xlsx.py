"""Workbooks (.xlsx) -> Grid: values, colours, symbols, hidden rows, merged cells and pictures, in one pass over each sheet."""

from __future__ import annotations

from dataclasses import replace

from samsyn.formats.grid import EMPTY, Cell, Grid, Row, Sheet
from samsyn.formats.grid_build import fill_merged, shows, used_width
from samsyn.formats.grid_limits import MAX_COLUMNS
from samsyn.formats.package import Package
from samsyn.formats.package_text import APART, Loose, loose_text
from samsyn.formats.problems import Refused, Weight
from samsyn.formats.remarks import Remarks
from samsyn.formats.sheet_remarks import tell_hidden_column, tell_hidden_row, tell_hidden_sheet
from samsyn.formats.text_clean import clean, clean_text
from samsyn.formats.xlsx_book import Book, SheetPart, Strings, read_book, read_strings, relations
from samsyn.formats.xlsx_look import Look, read_looks
from samsyn.formats.xlsx_pictures import COLUMN_WIDTH, ROW_HEIGHT, picture_cells
from samsyn.formats.xlsx_sheet import RawSheet, SheetReader


def read_xlsx(package: Package) -> Grid:
    """
    Return a workbook as a grid. Hidden sheets are named in its problems and their text is in `loose`.

    raises  Refused    damaged, too large, or without any visible sheet
    """
    remarks = Remarks()
    book = read_book(package)
    visible = [part for part in book.sheets if not part.hidden]
    if not visible:
        raise Refused("Arbetsboken har inget synligt blad med celler. Ta fram bladet med planen i Excel, spara och försök igen.")
    looks = _looks(package, book, remarks)
    strings = read_strings(package, book.strings_part)
    sheets: list[Sheet] = []
    notes: list[tuple[str, str]] = []
    for part in visible:
        sheet, loose = _sheet(package, part, SheetReader(part.name, strings, looks, book.from_1904, remarks))
        sheets.append(sheet)
        notes += loose
    for part in book.sheets:
        if part.hidden:
            tell_hidden_sheet(remarks, part.name)
    return Grid("xlsx", tuple(sheets), remarks.all(), (*_loose(package, book, strings), *notes))


def _looks(package: Package, book: Book, remarks: Remarks) -> list[Look]:
    """Return the looks by style number; none, and a remark, if they cannot be read: the values are worth more."""
    if book.styles_part not in package:
        return []
    try:
        return read_looks(package, book.styles_part, book.theme_part)
    except (Refused, ValueError, IndexError, KeyError) as fault:
        remarks.add("Hela filen", "färger och datumformat gick inte att läsa.", "Kontrollera status och datum rad för rad.",
                    value=type(fault).__name__, weight=Weight.BAD)
        return []


def _sheet(package: Package, part: SheetPart, reader: SheetReader) -> tuple[Sheet, Loose]:
    raw = reader.read(package, part.part)
    fill_merged(raw.cells, raw.merges, part.name)
    _add_pictures(package, part, raw, reader.remarks)
    width = used_width(raw.cells)
    rows = tuple(_row(number, raw, width) for number in sorted(raw.cells) if any(shows(cell) for cell in raw.cells[number].values()))
    _tell_hidden(part.name, raw, rows, reader.remarks)
    if raw.conditional:
        reader.remarks.add(f"Blad {part.name}", "färger som sätts av regler (villkorsstyrd formatering) läses inte.",
                           "Skriv status som ord om färgen betyder något.")
    place = f"sidhuvud, sidfot, en vallista eller en länk på blad {part.name}"
    return Sheet(clean_text(part.name, "ett blads namn", reader.remarks), rows), tuple((place, clean(text).text) for text in raw.notes)


def _row(number: int, raw: RawSheet, width: int) -> Row:
    cells, look = raw.cells[number], raw.row_looks.get(number)
    whole = tuple(cells.get(column) or _untouched(column, raw, look) for column in range(width))
    return Row(number, whole, hidden=number in raw.hidden_rows)


def _untouched(column: int, raw: RawSheet, row_look: Look | None) -> Cell:
    """Return the cell where the sheet says nothing of it: coloured as its row or column is."""
    look = row_look or next((look for first, last, look in raw.column_looks if first <= column <= last), None)
    return Cell(None, look.fill, look.ink) if look and look.fill else EMPTY


def _add_pictures(package: Package, part: SheetPart, raw: RawSheet, remarks: Remarks) -> None:
    """Mark the cells that carry a picture, where there is a table."""
    drawing = relations(package, part.part).get(raw.drawing)
    if not raw.drawing or drawing is None or drawing.target not in package:
        return
    try:
        found = picture_cells(package, drawing.target, lambda row: raw.heights.get(row + 1, ROW_HEIGHT), lambda _: COLUMN_WIDTH)
    except Refused:
        remarks.add(f"Blad {part.name}", "bilderna gick inte att läsa.", "Skriv status som ord om bilderna betyder något.", weight=Weight.BAD)
        return
    for row, column in found:
        cells = raw.cells.get(row + 1)
        if cells is not None and column < MAX_COLUMNS:
            cells[column] = replace(cells.get(column, EMPTY), picture=True)


def _tell_hidden(name: str, raw: RawSheet, rows: tuple[Row, ...], remarks: Remarks) -> None:
    for row in rows:
        if row.hidden:
            tell_hidden_row(remarks, name, row.number)
    for first, last in raw.hidden_columns:
        for column in range(first, min(last, MAX_COLUMNS) + 1):
            if any(column < len(row.cells) and row.cells[column].value is not None for row in rows):
                tell_hidden_column(remarks, name, column)


def _loose(package: Package, book: Book, strings: Strings) -> Loose:
    """Return all text that no visible cell shows."""
    shown = {part.part for part in book.sheets if not part.hidden} | {book.strings_part}
    unused = APART.join(text for place, text in enumerate(strings.texts) if place not in strings.used)
    rest = (("ett dolt blad", clean(unused).text),) if unused.strip() else ()
    return (*loose_text(package, lambda name: name in shown), *rest)
