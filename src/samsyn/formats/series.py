"""
A table of figures over time: a column of days or periods, columns of numbers, columns of text that say what is counted.

Every row stays. What could not be read stays as it was typed, with a question.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import Enum

from samsyn.formats.grid import Grid, Row, Sheet, Value
from samsyn.formats.identity_flags import flags_of
from samsyn.formats.open_file import open_grid
from samsyn.formats.problems import Refused, RowProblem, Weight
from samsyn.formats.reading import Flag
from samsyn.formats.remarks import Remarks
from samsyn.formats.series_dates import ReadPeriod, read_period
from samsyn.formats.series_numbers import ReadNumber, Standing, read_number


class Role(Enum):
    """What a column is for."""

    WHEN = "when"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class SeriesColumn:
    """`place` is the column's place in the sheet, from 0."""

    header: str
    role: Role
    place: int


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """`numbers` and `texts` in the order of their columns."""

    number: int
    when: ReadPeriod
    numbers: tuple[ReadNumber, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeriesReading:
    """What was understood of a table of figures. `notes` are the texts under the table; the file is held while there are `flags`."""

    kind: str
    sheet: str
    columns: tuple[SeriesColumn, ...]
    rows: tuple[SeriesRow, ...]
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()


_DATE_HEADER = re.compile(r"(?:start|slut)?datum|date|dag|day|dat\.?|tidpunkt")
_YEAR_HEADER = re.compile(r"år(?:tal)?|year|mätår")
_PERIOD_HEADER = re.compile(r"(?:mät)?period(?:en)?|månad(?:en)?|vecka(?:n)?|kvartal(?:et)?|halvår(?:et)?|tid|month|week|quarter|år-?månad|när")
_SHARE_OF_DATES = 0.6          # of a column's filled cells, for a column that is not called date
_SHARE_OF_NUMBERS = 0.5


def open_series(name: str, content: bytes) -> SeriesReading:
    """Return a file's table of figures: `open_grid` and `read_series` in one, for `child.read_safely`."""
    return read_series(open_grid(name, content))


def read_series(grid: Grid) -> SeriesReading:
    """
    Return the first table of figures in a grid.

    raises  Refused    no column of dates or periods; no header row; two columns with the same header, or without one
    """
    remarks = Remarks()
    filled = [sheet for sheet in grid.sheets if sheet.rows]
    if not filled:
        raise Refused("Filen innehåller ingen tabell. Den ska ha en rubrikrad, en kolumn med datum eller period och minst en kolumn med tal.")
    sheet = next((sheet for sheet in filled if _when_column(sheet, _header_row(sheet)) is not None), None)
    if sheet is None:
        _check_headers(filled[0], _header_row(filled[0]))
        raise Refused("Ingen kolumn med datum eller period hittades. Ge kolumnen rubriken datum eller period, med ett datum på varje rad.")
    for other in filled:
        if other is not sheet:
            remarks.add(f"Blad {other.name}", "bladet lästes inte in; en serie läses från ett blad.", "Läs in det för sig om det ska vara med.")
    return _read(grid, sheet, remarks)


def _read(grid: Grid, sheet: Sheet, remarks: Remarks) -> SeriesReading:
    header = _header_row(sheet)
    _check_headers(sheet, header)
    when = _when_column(sheet, header)
    assert when is not None
    body, notes = _body(sheet, header, remarks)
    columns = _columns(sheet.rows[header], body, when, remarks)
    rows = tuple(_row(row, columns, remarks) for row in body)
    if not rows:
        remarks.add("Tabellen", "inga rader.", "Fyll i minst en rad under rubrikerna.", weight=Weight.ASK)
    _tell_mixed_percent(rows, columns, remarks)
    _tell_repeated(rows, columns, remarks)
    return SeriesReading(grid.kind, sheet.name, columns, rows, (*grid.problems, *remarks.all()), notes, flags_of(grid))


def _header_row(sheet: Sheet) -> int:
    """Return the place of the header row: the first with two or more own texts; titles above it have one."""
    for place, row in enumerate(sheet.rows):
        own = [cell.value for cell in row.cells if cell.value is not None and not cell.merged]
        if len(own) > 1:
            return place
    return 0


def _text(row: Row, column: int) -> str:
    value = row.cells[column].value if column < len(row.cells) else None
    return "" if value is None else str(value).strip()


def _value(row: Row, column: int) -> Value:
    return row.cells[column].value if column < len(row.cells) else None


def _check_headers(sheet: Sheet, header: int) -> None:
    """Refuse headers that would write over each other, and columns without one."""
    row = sheet.rows[header]
    width = max(len(other.cells) for other in sheet.rows[header:])
    names = [_text(row, column) for column in range(width)]
    used = [column for column in range(width) if names[column] or any(_value(other, column) is not None for other in sheet.rows[header + 1:])]
    folded = Counter(_folded(names[column]) for column in used if names[column])
    twice = [_quoted(row, column) for column in used if names[column] and folded[_folded(names[column])] > 1]
    empty = [str(column + 1) for column in used if not names[column]]
    if all(isinstance(_value(row, column), (int, float)) or re.fullmatch(r"[\d.,:/ -]+", names[column]) for column in used if names[column]):
        raise Refused("Första raden innehåller värden och inte rubriker. Lägg till en rubrikrad, till exempel datum; område; antal.")
    if twice or empty:
        faults = [f"dubbla rubriker: {', '.join(twice)}"] if twice else []
        faults += [f"tom rubrik i kolumn {', '.join(empty)}"] if empty else []
        raise Refused(f"Tabellen har {'; '.join(faults)}. Ge varje kolumn en egen rubrik och försök igen.")


def _quoted(row: Row, column: int) -> str:
    raw = str(_value(row, column))
    return raw if raw == raw.strip() else f"'{raw}'"


def _folded(header: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", header).casefold().split())


def _when_column(sheet: Sheet, header: int) -> int | None:
    """Return the column of days or periods: by its header, else the one whose cells are dates."""
    row = sheet.rows[header]
    names = [_folded(_text(row, column)) for column in range(len(row.cells))]
    for shape in (_DATE_HEADER, _PERIOD_HEADER, _YEAR_HEADER):
        for column, name in enumerate(names):
            if shape.fullmatch(name):
                return column
    for column in range(len(names)):
        values = [value for other in sheet.rows[header + 1:] if (value := _value(other, column)) is not None]
        if values and sum(_is_surely_a_period(value) for value in values) >= _SHARE_OF_DATES * len(values):
            return column
    return None


def _is_surely_a_period(value: Value) -> bool:
    """Return whether a cell is a day or a period whatever its column is called: a bare number is not."""
    if isinstance(value, (int, float)) or (isinstance(value, str) and re.fullmatch(r"[\d.,\s]*", value)):
        return False
    read = read_period(value)
    return read.first is not None and not read.ask


def _body(sheet: Sheet, header: int, remarks: Remarks) -> tuple[list[Row], tuple[str, ...]]:
    """Return the rows of figures, and the notes under the table: the last rows with one text and nothing else."""
    rows = list(sheet.rows[header + 1:])
    kept = len(rows)
    while len(sheet.rows[header].cells) > 1 and kept and _is_note(rows[kept - 1]):
        kept -= 1
    notes = []
    for row in rows[kept:]:
        notes.append(next(str(cell.value) for cell in row.cells if cell.value is not None))
        remarks.add(f"rad {row.number}", "lästes som en anmärkning under tabellen, inte som en rad.", "Flytta texten om den är ett värde.",
                    value=notes[-1])
    return rows[:kept], tuple(notes)


def _is_note(row: Row) -> bool:
    own = [cell.value for cell in row.cells if cell.value is not None and not cell.merged]
    return len(own) == 1 and isinstance(own[0], str) and len(own[0]) > 3 and bool(re.match(
        r"(?i)\s*(?:källa|not\b|anm|\*|\d\)|[¹²³]|kommentar|uppdaterad|data från|statistik|observera|totalt antal avser)", own[0]))


def _columns(header: Row, body: list[Row], when: int, remarks: Remarks) -> tuple[SeriesColumn, ...]:
    columns = []
    for place in range(len(header.cells)):
        name = _text(header, place)
        if name:
            role = Role.WHEN if place == when else _role([_value(row, place) for row in body])
            columns.append(SeriesColumn(name, role, place))
    if body and not any(column.role is Role.NUMBER for column in columns):
        remarks.add("Tabellen", "ingen kolumn med tal hittades.", "Kontrollera att värdena är skrivna som tal.", weight=Weight.BAD)
    return tuple(columns)


def _role(values: list[Value]) -> Role:
    """Numbers if at least half of what is filled in are; a column of codes with leading zeros ("0114") is text."""
    typed = [value for value in values if value is not None]
    if any(isinstance(value, str) and re.fullmatch(r"0\d+", value.strip(), re.ASCII) for value in typed):
        return Role.TEXT
    read = [number for value in typed if (number := read_number(value)).standing is not Standing.MISSING]
    alike = [number for number in read if number.standing is not Standing.UNREAD or re.match(r"[-+(−–]?\s?\d", number.typed)]
    sure = any(number.standing in (Standing.VALUE, Standing.HIDDEN) for number in read)
    return Role.NUMBER if sure and len(alike) >= _SHARE_OF_NUMBERS * len(read) else Role.TEXT


def _row(row: Row, columns: tuple[SeriesColumn, ...], remarks: Remarks) -> SeriesRow:
    when = next(column for column in columns if column.role is Role.WHEN)
    name = _folded(when.header)
    period = read_period(_value(row, when.place), days_only=bool(_DATE_HEADER.fullmatch(name)), years=bool(_YEAR_HEADER.fullmatch(name)))
    if period.why:
        remarks.add(f"rad {row.number}, kolumn {when.header}", period.why, "Skriv datumet som 2026-01-15.", value=period.typed,
                    weight=Weight.BAD if period.first is None else Weight.ASK)
    numbers, texts = [], []
    for column in columns:
        if column.role is Role.NUMBER:
            number = read_number(_value(row, column.place))
            numbers.append(number)
            _tell_number(number, f"rad {row.number}, kolumn {column.header}", remarks)
        elif column.role is Role.TEXT:
            texts.append(_text(row, column.place))
    return SeriesRow(row.number, period, tuple(numbers), tuple(texts))


def _tell_number(number: ReadNumber, place: str, remarks: Remarks) -> None:
    if number.standing is Standing.MISSING and not number.typed:
        remarks.add(place, "cellen är tom och räknas som saknad, inte som noll.", "Skriv 0 om det är noll.", sort="tomma celler räknas som saknade.")
    elif number.why:
        weights = {Standing.UNREAD: Weight.BAD, Standing.VALUE: Weight.ASK}
        what = {Standing.UNREAD: "Skriv talet med decimalkomma, till exempel 1 234,5.", Standing.VALUE: "Skriv om talet om det blev fel."}
        remarks.add(place, number.why, what.get(number.standing, "Skriv ett tal om det finns."), value=number.typed,
                    weight=weights.get(number.standing, Weight.NOTE))


def _tell_mixed_percent(rows: tuple[SeriesRow, ...], columns: tuple[SeriesColumn, ...], remarks: Remarks) -> None:
    """Ask about a column where some numbers have a per cent sign and others have none."""
    for place, column in enumerate(column for column in columns if column.role is Role.NUMBER):
        values = [(row.number, row.numbers[place]) for row in rows if row.numbers[place].value is not None]
        signed = [pair for pair in values if pair[1].percent]
        if signed and len(signed) < len(values):
            for number, read in signed:
                remarks.add(f"rad {number}, kolumn {column.header}", "blandat med tal utan %-tecken.", "Skriv alla på samma sätt i kolumnen.",
                            value=read.typed, weight=Weight.ASK)


def _tell_repeated(rows: tuple[SeriesRow, ...], columns: tuple[SeriesColumn, ...], remarks: Remarks) -> None:
    seen: dict[object, int] = {}
    for row in rows:
        key = (row.when.first, row.when.last, row.when.at, tuple(_folded(text) for text in row.texts))
        if row.when.first is None:
            continue
        if key in seen:
            remarks.add(f"rad {row.number}", f"samma datum och område som rad {seen[key]}.", "Kontrollera om raden är med två gånger.",
                        weight=Weight.ASK, sort="samma datum och område två gånger.")
        seen.setdefault(key, row.number)
