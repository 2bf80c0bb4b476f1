"""Where in a file there are certain personal identity numbers. The numbers themselves are never kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from samsyn.formats.grid import Grid
from samsyn.formats.grid_limits import letters
from samsyn.formats.personal_numbers import has_certain
from samsyn.formats.reading import Flag


def flags_of(grid: Grid) -> tuple[Flag, ...]:
    """Return a flag for each cell, and each other text of the file, that holds a certain number."""
    return flags_in((*_cells(grid), *grid.loose))


def flags_in(texts: Iterable[tuple[str, str]]) -> tuple[Flag, ...]:
    """Return a flag for each (place, text) whose text holds a certain number; each place once."""
    return tuple(Flag(place) for place in dict.fromkeys(place for place, text in texts if has_certain(text)))


def _cells(grid: Grid) -> Iterator[tuple[str, str]]:
    for sheet in grid.sheets:
        yield "ett blads namn", sheet.name
        for row in sheet.rows:
            for column, cell in enumerate(row.cells):
                if cell.value is not None and not cell.merged:
                    place = f"rad {row.number}, kolumn {column + 1}" if sheet.name == "Text" else f"Blad {sheet.name}, cell {letters(column)}{row.number}"
                    yield place, str(cell.value)
