"""What all readers of sheets do while they build a grid: what counts as used, and merged ranges filled in."""

from __future__ import annotations

from dataclasses import replace

from samsyn.formats.grid import Cell
from samsyn.formats.grid_limits import MAX_CELLS
from samsyn.formats.problems import Refused

Cells = dict[int, dict[int, Cell]]  # row number from 1 -> column from 0 -> cell
Range = tuple[int, int, int, int]   # first row, first column, last row, last column


def shows(cell: Cell) -> bool:
    """Return whether there is something in the cell itself; a colour, or a value lent by a merged range, does not make a row."""
    return (cell.value is not None and not cell.merged) or cell.picture or cell.formula


def used_width(cells: Cells) -> int:
    """Return how many columns there are up to the last one that shows anything."""
    return 1 + max((column for row in cells.values() for column, cell in row.items() if shows(cell)), default=-1)


def too_many_merges(name: str) -> str:
    """Return what to tell when a sheet has more merged cells than can be laid out."""
    return f"Blad {name} har för många sammanfogade celler för att kunna läsas. Dela upp dem i Excel och försök igen."


def fill_merged(cells: Cells, merges: list[Range], name: str) -> None:
    """Give every cell of a merged range the value and look of its first cell, within the rows and columns in use."""
    width, filled = used_width(cells), 0
    for first_row, first_column, last_row, last_column in merges:
        source = cells.get(first_row, {}).get(first_column)
        if source is None:
            continue
        copy = replace(source, merged=True, picture=False)
        columns = range(first_column, min(last_column, width - 1) + 1)
        span = range(first_row, last_row + 1)
        rows = [row for row in span if row in cells] if len(span) <= len(cells) else [row for row in cells if row in span]
        filled += (len(rows) + 1) * (len(columns) + 1)
        if filled > 2 * MAX_CELLS:
            raise Refused(too_many_merges(name))
        for row in rows:
            cells[row].update((column, copy) for column in columns if (row, column) != (first_row, first_column))
