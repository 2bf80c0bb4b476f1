"""A grid written back as a file: the same rows, columns and colours, and nothing that nobody sees."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

from samsyn.formats.grid import Cell, Grid, Row, Sheet
from samsyn.formats.plan_columns import text_of
from samsyn.formats.table_out import MADE_AT, MAX_WHOLE, harmless, sheet_name


def as_csv(grid: Grid) -> bytes:
    """Return a text grid as UTF-8 with semicolons, every record on the line where it stood. A spreadsheet calculates nothing in it."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\n")
    line = 1
    for row in (row for sheet in grid.sheets for row in sheet.rows):
        target.write("\n" * max(row.number - line, 0))
        texts = [harmless(text_of(cell)) for cell in row.cells]
        writer.writerow(texts)
        line = max(row.number, line) + 1 + sum(text.count("\n") for text in texts)
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8", "replace")


def as_workbook(grid: Grid) -> bytes:
    """Return the grid as a plain workbook (.xlsx), each cell where it stood. The same grid gives the same bytes."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"author": "Samsyn", "created": MADE_AT})
    looks = _Looks(book)
    taken: set[str] = set()
    for number, sheet in enumerate(grid.sheets, 1):
        name = sheet_name(sheet.name)
        name = name if name.casefold() not in taken else f"{name[:24]} ({number})"
        taken.add(name.casefold())
        _write_sheet(book.add_worksheet(name), sheet, looks)
    book.close()
    return target.getvalue()


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[str, str, str, bool], Any] = {}

    def of(self, cell: Cell, *, is_day: bool = False) -> Any:
        key = (cell.fill, cell.ink, cell.font, is_day)
        if key not in self.made:
            look = {"text_wrap": True, "valign": "top"}
            look |= {"bg_color": f"#{cell.fill}"} if cell.fill else {}
            look |= {"font_color": f"#{cell.ink}"} if cell.ink else {}
            look |= {"font_name": cell.font} if cell.font else {}
            look |= {"num_format": "yyyy-mm-dd"} if is_day else {}
            self.made[key] = self.book.add_format(look)
        return self.made[key]


def _write_sheet(page: Any, sheet: Sheet, looks: _Looks) -> None:
    rows = {row.number: row for row in sheet.rows}
    covered: set[tuple[int, int]] = set()
    for row in sheet.rows:
        for column, cell in enumerate(row.cells):
            if (row.number, column) in covered:
                continue
            last_row, last_column = _end_of_range(rows, row, column)
            if (last_row, last_column) != (row.number, column):
                covered |= {(r, c) for r in range(row.number, last_row + 1) for c in range(column, last_column + 1)}
                page.merge_range(row.number - 1, column, last_row - 1, last_column, "", looks.of(cell))
            _write(page, row.number - 1, column, cell, looks)


def _end_of_range(rows: dict[int, Row], row: Row, column: int) -> tuple[int, int]:
    """Return the last row and column of the merged range that begins in a cell; the cell itself if none does."""
    first = row.cells[column]

    def is_part(number: int, place: int) -> bool:
        cells = rows[number].cells if number in rows else ()
        return place < len(cells) and cells[place].merged and cells[place].value == first.value

    last_row, last_column = row.number, column
    if first.merged or first.value is None:
        return last_row, last_column
    while is_part(row.number, last_column + 1):
        last_column += 1
    while all(is_part(last_row + 1, place) for place in range(column, last_column + 1)):
        last_row += 1
    return last_row, last_column


def _write(page: Any, row: int, column: int, cell: Cell, looks: _Looks) -> None:
    value = cell.value
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    if value is None:
        page.write_blank(row, column, None, looks.of(cell))
    elif isinstance(value, date) and value.year >= 1901:  # Excel has no earlier days
        page.write_datetime(row, column, value, looks.of(cell, is_day=True))
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < MAX_WHOLE:
        page.write_number(row, column, value, looks.of(cell))
    else:
        text = text_of(cell)
        page.write_string(row, column, f" {text}" if text.startswith("<r>") else text, looks.of(cell))  # XlsxWriter takes <r>…</r> for XML
