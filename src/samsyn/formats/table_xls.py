"""The old Excel format (.xls) -> Grid, by calamine: values only. Call it in a child process, calamine can abort on broken files."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from samsyn.formats.excel_numbers import clock_of
from samsyn.formats.grid import Cell, Grid, Row, Sheet, Value
from samsyn.formats.grid_limits import check_size, letters
from samsyn.formats.package import LOCKED
from samsyn.formats.package_text import APART
from samsyn.formats.problems import Refused, Weight
from samsyn.formats.remarks import Remarks
from samsyn.formats.sheet_remarks import tell_error_value, tell_hidden_sheet
from samsyn.formats.text_clean import clean, clean_text

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

UNREADABLE = "Filen är i ett gammalt Excelformat som inte går att läsa. Spara om som .xlsx och försök igen."


def read_xls(content: bytes) -> Grid:
    """Return the visible sheets of an old workbook. Raises Refused if it is damaged, has a password, or is too large."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    remarks = Remarks()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets, loose = [], []
        for about in book.sheets_metadata:
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            if about.visible is SheetVisibleEnum.Visible:
                sheets.append(_sheet(book, about.name, remarks))
            else:
                tell_hidden_sheet(remarks, about.name)
                loose.append((f"dolt blad {about.name}", _text_of(_sheet(book, about.name, Remarks()))))
    except PasswordError as fault:
        raise Refused(LOCKED) from fault
    except (CalamineError, OSError, ValueError) as fault:
        raise Refused(UNREADABLE) from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # calamine's way to say that it met what it did not expect; no Exception
            raise
        raise Refused(UNREADABLE) from fault
    remarks.add("Hela filen", "gammalt Excelformat (.xls): färger, bilder och dolda rader syns inte.",
                "Spara om som .xlsx om färgerna betyder något.", weight=Weight.NOTE)
    return Grid("xls", tuple(sheets), remarks.all(), tuple(loose))


def _sheet(book: CalamineWorkbook, name: str, remarks: Remarks) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    start, end = sheet.start, sheet.end
    if start is None or end is None:
        return Sheet(name, ())
    check_size(end[0] + 1, end[1] + 1)
    rows = {number: list(values) for number, values in enumerate(sheet.to_python(skip_empty_area=False), start=1)}
    cells = {number: [Cell(_value(value, f"Blad {name}, cell {letters(column)}{number}", remarks)) for column, value in enumerate(values)]
             for number, values in rows.items()}
    _fill_merged(sheet, cells)
    kept = (Row(number, tuple(row)) for number, row in cells.items() if any(cell.value is not None and not cell.merged for cell in row))
    return Sheet(clean(name).text, tuple(kept))


def _fill_merged(sheet: CalamineSheet, cells: dict[int, list[Cell]]) -> None:
    for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or ():
        if first_row + 1 not in cells or first_column >= len(cells[first_row + 1]):
            continue
        value = cells[first_row + 1][first_column].value
        for number in range(first_row + 1, min(last_row + 1, len(cells)) + 1):
            for column in range(first_column, min(last_column + 1, len(cells[number]))):
                if (number, column) != (first_row + 1, first_column):
                    cells[number][column] = Cell(value, merged=True)


def _value(value: object, place: str, remarks: Remarks) -> Value:
    if isinstance(value, str):
        if value.startswith("#") and value.rstrip("!?").isupper() and value[-1:] in "!?A":
            tell_error_value(remarks, place, value)
            return None
        return clean_text(value, place, remarks) if value.strip() else None
    if isinstance(value, datetime):
        return value if value.time() != time() else value.date()
    if isinstance(value, (date, bool)):
        return value
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return clock_of(value.total_seconds() / 86_400)
    if isinstance(value, (int, float)):
        return int(value) if float(value).is_integer() and abs(value) < 10 ** 15 else float(value)
    return None


def _text_of(sheet: Sheet) -> str:
    return APART.join(str(cell.value) for row in sheet.rows for cell in row.cells if cell.value is not None)
