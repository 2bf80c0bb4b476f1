"""A file as a grid of cells, whatever format it came in. Readers make it; the plan and series readers use it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from samsyn.formats.problems import RowProblem

Value = str | float | int | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """
    One cell.

    value     what it holds; text is already cleaned of invisible characters; None = empty
    fill      background colour as six hex digits "RRGGBB", or "" if none or unknown
    ink       text colour likewise
    font      the font's name if it is a symbol font (Wingdings, Webdings), else ""
    picture   True if a drawing or picture is anchored in the cell
    formula   True if the cell is a formula; value None then means that no value was saved
    merged    True if the value was filled in from the top left cell of a merged range
    """

    value: Value = None
    fill: str = ""
    ink: str = ""
    font: str = ""
    picture: bool = False
    formula: bool = False
    merged: bool = False


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """A row. `number` is the sheet's own, from 1 (in a text file: the number of the record's first line)."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


def cell_at(row: Row, index: int) -> Cell:
    """Return a row's cell, EMPTY beyond its last."""
    return row.cells[index] if index < len(row.cells) else EMPTY


def is_merged_over(row: Row) -> bool:
    """Return whether one text is merged over the whole row: it stands in the first cell, and the others are only lent it."""
    first, others = cell_at(row, 0), [cell for cell in row.cells[1:] if cell.value is not None]
    return first.value is not None and not first.merged and bool(others) and all(cell.merged and cell.value == first.value for cell in others)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet, a Word table or a text file. Rows that are empty through and through are left out."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """
    All that was read of a file.

    kind       "xlsx", "ods", "xls", "csv", "docx" or "paste"
    sheets     visible sheets in their order; hidden ones are not read in, only named in `problems`
    problems   what the reader itself has to say (hidden sheet, formula without value, look not read ...)
    loose      every other text of the file (hidden sheets, comments, header and footer, properties, sheet
               names), as (place, text): scanned for personal identity numbers, shown to nobody
    """

    kind: str
    sheets: tuple[Sheet, ...]
    problems: tuple[RowProblem, ...] = ()
    loose: tuple[tuple[str, str], ...] = field(default=(), repr=False)
