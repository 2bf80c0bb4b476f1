"""
What is done with a file that somebody brings: read, read again with other columns, or copied without personal numbers.

All three are run in the child process: `read_safely("samsyn.formats.received_file:read_received", ...)`.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from datetime import date

from samsyn.formats.grid import Cell, Grid, Sheet
from samsyn.formats.personal_numbers import redact
from samsyn.formats.plan_columns import text_of
from samsyn.formats.problems import Refused
from samsyn.formats.reading import Flag, PlanReading

PASTE_NAME = "Inklistrad tabell"
STILL_THERE = ("Samsyn hittade inte alla personnummer i filen och läste därför inte in den. "
               "Ta bort numren i filen själv och läs in den igen.")


@dataclass(frozen=True, slots=True)
class CleanCopy:
    """
    A copy of a file without personal identity numbers, and without anything that nobody sees.

    packed    the copy's bytes in base64
    reading   what was understood of it
    """

    name: str
    packed: str
    reading: PlanReading

    @property
    def content(self) -> bytes:
        return base64.b64decode(self.packed)


def read_received(name: str, content: bytes, today: date, is_paste: bool = False, chosen: str = "[]") -> PlanReading:
    """
    Read the plan in a file or a pasted table.

    chosen   what the user says that columns are, as JSON: [[sheet, letter, field of ReadColumn], ...]
    raises   Refused
    """
    from samsyn.formats.plan_reading import read_plan

    return read_plan(_grid(name, content, is_paste), today, {(sheet, letter): field for sheet, letter, field in json.loads(chosen)})


def clean_received(name: str, content: bytes, today: date, is_paste: bool = False) -> CleanCopy:
    """
    Return a copy with [person] in place of every certain personal identity number, and what is understood of it.

    Text stays text (.csv); every other kind becomes a plain workbook (.xlsx) with the same rows, columns and colours.
    Hidden sheets, comments, headers and properties are not copied.
    raises   Refused    also if a number is left in the copy
    """
    from samsyn.formats.grid_copy import as_csv, as_workbook
    from samsyn.formats.plan_reading import read_plan

    grid = without_numbers(_grid(name, content, is_paste))
    is_text = grid.kind in ("csv", "paste")
    copy = as_csv(grid) if is_text else as_workbook(grid)
    called = _called(name, "csv" if is_text else "xlsx")
    reading = read_plan(grid, today)
    if numbers_in(reading) or numbers_in(read_received(called, copy, today)):
        raise Refused(STILL_THERE)
    return CleanCopy(called, base64.b64encode(copy).decode("ascii"), reading)


def numbers_in(reading: PlanReading) -> tuple[Flag, ...]:
    """Return where personal identity numbers stand, in what is read and in what is hidden."""
    return (*reading.flags, *reading.loose_flags)


def without_numbers(grid: Grid) -> Grid:
    """Return the grid with [person] in place of every certain number, and nothing that stands outside the cells."""
    sheets = (Sheet(redact(sheet.name), tuple(replace(row, cells=tuple(map(_clean, row.cells))) for row in sheet.rows)) for sheet in grid.sheets)
    return replace(grid, sheets=tuple(sheets), loose=(), problems=tuple(replace(one, value=_clean_remark(one.value)) for one in grid.problems))


def _grid(name: str, content: bytes, is_paste: bool) -> Grid:
    from samsyn.formats.open_file import open_grid, open_paste

    return open_paste(name, content) if is_paste else open_grid(name, content)


def _called(name: str, ending: str) -> str:
    stem, dot, _ = redact(name).rpartition(".")
    return f"{stem if dot else redact(name)}.{ending}"


def _clean(cell: Cell) -> Cell:
    if cell.value is None:
        return cell
    text = text_of(cell)
    cleaned = redact(text)
    return cell if cleaned == text else replace(cell, value=cleaned)


def _clean_remark(value: str) -> str:
    """Return a remark's quotation without numbers; one that was cut off may hold half a number and is left out."""
    return "" if value.endswith("…") else redact(value, also_possible=True)
