"""Personal identity numbers anywhere in a file: in cells, sheet names, its name, comments, properties and hidden sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from samsyn.formats.grid import Cell, Grid, Row, Sheet
from samsyn.formats.grid_limits import letters
from samsyn.formats.personal_numbers import Certainty, has_right_check_digit, is_birth_date, redact, scan
from samsyn.formats.plan_columns import Column, text_of
from samsyn.formats.problems import Weight
from samsyn.formats.reading import Flag
from samsyn.formats.remarks import Remarks

HIDDEN_SHEET = "dolt blad"
FEWEST_SIGNS = 9
_LOST_NOUGHT = 9  # digits of a number that began with 0 and was kept as a number


@dataclass(frozen=True, slots=True)
class Flags:
    """`holding` hold the file; `loose` stand in hidden sheets, which are not read in."""

    holding: tuple[Flag, ...]
    loose: tuple[Flag, ...]


def find_flags(grid: Grid, labels: Mapping[tuple[int, int], tuple[Column, ...]], remarks: Remarks) -> Flags:
    """
    Return where certain numbers stand; ask in `remarks` about possible ones. No number is ever repeated.

    labels   (index of sheet, number of header row) -> the columns that hold below it
    """
    holding: list[Flag] = []
    loose: list[Flag] = []
    for index, sheet in enumerate(grid.sheets):
        holding += _in_name(sheet, grid)
        headers = sorted((row, columns) for (owner, row), columns in labels.items() if owner == index)
        for row in sheet.rows:
            columns = next((columns for start, columns in reversed(headers) if start < row.number), ())
            holding += _in_row(row, sheet, columns, many=len(grid.sheets) > 1, remarks=remarks)
    for place, text in grid.loose:
        for level in _levels(text):
            if level is Certainty.CERTAIN and HIDDEN_SHEET in place:
                loose.append(Flag(place))
            elif level is Certainty.CERTAIN:
                holding.append(Flag(place))
    if loose:
        remarks.add("Hela filen", "det finns personnummer i ett dolt blad, som inte läses in.",
                    "Originalet sparas bara utan dolda blad. Ta bort bladet om det inte ska vara med.")
    return Flags(tuple(dict.fromkeys(holding)), tuple(dict.fromkeys(loose)))


def _in_name(sheet: Sheet, grid: Grid) -> Iterator[Flag]:
    if grid.kind not in ("csv", "paste") and Certainty.CERTAIN in _levels(sheet.name):
        yield Flag("ett blads namn")


def _in_row(row: Row, sheet: Sheet, columns: tuple[Column, ...], *, many: bool, remarks: Remarks) -> Iterator[Flag]:
    for index, cell in enumerate(row.cells):
        if cell.value is None or cell.merged:
            continue
        text = text_of(cell)
        levels = _levels(text) or (_as_number(cell) if isinstance(cell.value, (int, float)) else ())
        if not levels and _BIRTH_ONLY.fullmatch(text):
            levels = _with_next(row, index, text)
        if not levels:
            continue
        label = next((column.label for column in columns if column.index == index), f"kolumn {letters(index)}")
        words = f"rad {row.number} {redact(label)}"
        place = f"blad {redact(sheet.name)}, {words}" if many else words
        if Certainty.CERTAIN in levels:
            yield Flag(place, sheet.name, row.number, letters(index))
        else:
            remarks.add(place[0].upper() + place[1:], "det kan vara ett personnummer.", "Ta bort det om det är det. Planen ska inte ha uppgifter om enskilda.",
                        value=redact(text, also_possible=True), weight=Weight.ASK)


_BIRTH_ONLY = re.compile(r"(?:19|20)?\d{6}-?")


def _levels(text: str) -> tuple[Certainty, ...]:
    if len(text) < FEWEST_SIGNS:
        return ()
    return tuple(finding.certainty for finding in scan(text))


def _as_number(cell: Cell) -> tuple[Certainty, ...]:
    """Return POSSIBLE for a number that lost its leading nought in a spreadsheet (0507099805)."""
    text = text_of(cell)
    lost = len(text) == _LOST_NOUGHT and text.isdigit() and is_birth_date(f"0{text[:5]}") and has_right_check_digit(f"0{text}")
    return (Certainty.POSSIBLE,) if lost else ()


def _with_next(row: Row, index: int, text: str) -> tuple[Certainty, ...]:
    """Return POSSIBLE for a birth date whose next cell holds the last four digits that fit it."""
    following = text_of(row.cells[index + 1]) if index + 1 < len(row.cells) else ""
    digits = text.rstrip("-")
    if re.fullmatch(r"\d{4}", following) and is_birth_date(digits) and has_right_check_digit((digits + following)[-10:]):
        return (Certainty.POSSIBLE,)
    return ()
