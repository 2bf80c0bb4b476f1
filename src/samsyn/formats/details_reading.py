"""
The sheet Detaljer read again, and the rows of the form beside it: what stands there, and what has changed since the export.

Nothing is decided here: samsyn.chain.plan_diff says what it means for the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from samsyn.chain.field import Kind
from samsyn.chain.plan import InformedOn
from samsyn.chain.plan_details import (
    DETAIL_KINDS, DIGEST_LENGTH, FORM_ROLES, DetailCell, DetailColumn, DetailKind, DetailRow, Details, DetailSheet, ExportedRow, FileRow,
    ReadValue, day_of, digest,
)
from samsyn.chain.swedish import fold
from samsyn.formats.details_mark import ID, PLAN_ID, is_beside_the_form, is_details
from samsyn.formats.details_sheet import (
    ALL_IDS, CAUSES, CONTROL, EXPORTED, FORM_CONTROL, GOALS, IN_FORM, PROBLEM, ROW, canonical, id_in,
)
from samsyn.formats.grid import Cell, Grid, Row, Sheet, cell_at, is_merged_over
from samsyn.formats.plan_columns import text_of
from samsyn.formats.plan_csv import PROBLEM_MARK
from samsyn.formats.plan_fills import is_face
from samsyn.formats.plan_tables import tables_of
from samsyn.formats.status_signs import face_of_colour
from samsyn.formats.swedish_dates import read_date

READING_DAY = date(2000, 1, 1)  # a date without a year is not taken on Detaljer, so the day does not matter
_REFERENCE = re.compile(r"\[([^\[\]\s]+)\]\s*$")
_BLANK_DIGESTS = tuple(digest(role, "") for role in FORM_ROLES)


def read_details(grid: Grid) -> Details | None:
    """
    Return what the file's sheets Detaljer say, with the rows of the form as they stand; None if it has no such sheet.

    A file may have several, pasted together from two exports: each row says which plan it belongs to.
    """
    found = [sheet for sheet in grid.sheets if is_details(sheet)]
    if not found:
        return None
    readers = [_SheetReader(sheet) for sheet in found]
    for reader in readers:
        reader.read()
    return Details(
        sheets=tuple(reader.about() for reader in readers), rows=tuple(row for reader in readers for row in reader.rows),
        exported=tuple(row for reader in readers for row in reader.exported), file_rows=form_rows_of(grid),
        remarks=tuple(remark for reader in readers for remark in reader.remarks()))


def form_rows_of(grid: Grid) -> tuple[FileRow, ...]:
    """Return every row under the header of every sheet with a plan, by the digests of its cells."""
    shown = grid.kind not in ("csv", "paste")
    return tuple(row for sheet in grid.sheets if not is_beside_the_form(sheet) for row in _form_rows(sheet, shown))


def _form_rows(sheet: Sheet, shown: bool) -> Iterator[FileRow]:
    tables = tables_of(sheet.rows)
    if not tables or tables[0].is_cause_list:
        return
    header = tables[0].header
    columns = {role: [column.index for column in header.of(role)] for role in (*FORM_ROLES, "start")}
    known = {column.index for column in header.columns if column.role != "extra"}
    titles = {column.index: column.label for column in header.columns}
    for row in sheet.rows[header.first + 1:]:  # the export's header is one row; what looks like a second is a row of the plan
        texts = {role: "\n".join(filter(None, (text_of(cell_at(row, index)) for index in indexes))) for role, indexes in columns.items() if indexes}
        if is_merged_over(row):
            texts = {role: text if columns[role][0] == 0 else "" for role, text in texts.items()}
        if shown and "status" in texts:
            texts["fill"] = _painted(cell_at(row, columns["status"][0]).fill)
        if not any(text for role, text in texts.items() if role != "cause"):
            texts["cause"] = texts.get("cause", "").removeprefix(PROBLEM_MARK)
        extra = "\n".join(f"{titles.get(index, 'Utan rubrik')}: {text}" for index, cell in enumerate(row.cells)
                          if index not in known and not cell.merged and (text := text_of(cell)))
        place = f"Blad {sheet.name}, rad {row.number}" if shown else f"rad {row.number}"
        colour = face_of_colour(texts.get("fill", "")).face
        yield FileRow(place, sheet.name, tuple((role, digest(role, canonical(text))) for role, text in texts.items()), extra, colour)


def _painted(fill: str) -> str:
    """Return a colour that says something; "" for one that only makes the table pleasant to look at."""
    return fill if is_face(face_of_colour(fill)) else ""


@dataclass
class _SheetReader:
    """Reads one sheet Detaljer: first where every kind has its columns, then the rows, wherever they stand."""

    sheet: Sheet
    top: dict[str, tuple[str, ...]] = field(default_factory=dict)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    rows: list[DetailRow] = field(default_factory=list)
    exported: list[ExportedRow] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def about(self) -> DetailSheet:
        plan = self.top.get(PLAN_ID, ())
        letters = "".join(self.top.get(ALL_IDS, ()))
        return DetailSheet(self.plan, plan[1] if len(plan) > 1 else "", next(iter(self.top.get(EXPORTED, ())), ""), _cut(letters), tuple(self.columns))

    @property
    def plan(self) -> str:
        return id_in(next(iter(self.top.get(PLAN_ID, ())), ""))

    def remarks(self) -> Iterator[str]:
        """Tell of rows that could not be known: the first ones by place."""
        if self.unknown:
            more = f" och {len(self.unknown) - 5} rader till" if len(self.unknown) > 5 else ""
            yield (f"Blad {self.sheet.name}: {', '.join(self.unknown[:5])}{more} lästes inte in. Första kolumnen ska säga vilket slag raden är, "
                   "till exempel Moment, och slaget ska ha sin rad med rubriker.")

    def read(self) -> None:
        labels = {fold(kind.label): kind for kind in DETAIL_KINDS}
        rows: list[tuple[Row, DetailKind | None]] = []
        for row in self.sheet.rows:
            first, second = text_of(cell_at(row, 0)), text_of(cell_at(row, 1))
            kind = labels.get(fold(first)) or (_kind_of_header(row) if second == ID else None)
            if first in (PLAN_ID, EXPORTED, ALL_IDS):
                self.top[first] = tuple(text for cell in row.cells[1:] if (text := text_of(cell)))
                continue
            if kind and second == ID:
                self.columns[kind.code] = {text_of(cell): index for index, cell in enumerate(row.cells) if text_of(cell)}
            rows.append((row, kind))
        self._read_rows(rows)

    def _read_rows(self, rows: Sequence[tuple[Row, DetailKind | None]]) -> None:
        above: DetailKind | None = None
        for row, known in rows:
            if text_of(cell_at(row, 1)) == ID:
                above = known
                continue
            kind = known or (above if not text_of(cell_at(row, 0)) else None)
            if kind and kind.code in self.columns:
                self._read_row(row, kind)
            elif above and any(text_of(cell) for cell in row.cells):
                self.unknown.append(f"rad {row.number}")

    def _read_row(self, row: Row, kind: DetailKind) -> None:
        columns = self.columns[kind.code]
        key = id_in(self._text(row, columns.get(ID)))
        control = frozenset(_cut(self._text(row, columns.get(CONTROL)))) if key else frozenset()  # a row that was copied is new in all its cells
        cells = tuple(_cell(column, cell_at(row, columns[column.label]), control) for column in kind.columns if column.label in columns)
        if key or any(cell.typed for cell in cells):
            self.rows.append(DetailRow(self.plan, kind.code, key, cells, f"Blad {self.sheet.name}, rad {row.number}", tuple(sorted(control))))
        digests = _cut(self._text(row, columns.get(FORM_CONTROL)))
        if key and kind.code in IN_FORM:
            whole = digests if len(digests) == len(FORM_ROLES) else ()
            number = _whole(cell_at(row, columns.get(ROW, len(row.cells))))
            self.exported.append(ExportedRow(
                self.plan, kind.code, key, number if whole else 0, self._ids(row, columns.get(CAUSES)), self._ids(row, columns.get(GOALS)),
                id_in(self._text(row, columns.get(PROBLEM))), whole, whole[:6] == _BLANK_DIGESTS[:6]))

    def _text(self, row: Row, index: int | None) -> str:
        return text_of(cell_at(row, index)) if index is not None else ""

    def _ids(self, row: Row, index: int | None) -> tuple[str, ...]:
        return tuple(map(id_in, self._text(row, index).split()))


def _kind_of_header(row: Row) -> DetailKind | None:
    """Return the kind whose columns a header row has, where nobody can see what kind it says."""
    there = {text_of(cell) for cell in row.cells}
    shares = [(sum(column.label in there for column in kind.columns) / len(kind.columns), kind.code, kind) for kind in DETAIL_KINDS]
    share, _, kind = max(shares, key=lambda one: one[:2])
    return kind if share > 0.5 else None


def _cut(letters: str) -> tuple[str, ...]:
    letters = letters.replace(" ", "")
    return tuple(letters[start:start + DIGEST_LENGTH] for start in range(0, len(letters), DIGEST_LENGTH))


def _whole(cell: Cell) -> int:
    text = text_of(cell)
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _cell(column: DetailColumn, cell: Cell, control: frozenset[str]) -> DetailCell:
    typed = text_of(cell)
    touched = digest(column.name, canonical(cell.value)) not in control if control else None
    if touched is False or not column.is_read:
        return DetailCell(column.name, None, typed, touched)
    value, readable = _value(column, cell, typed)
    return DetailCell(column.name, value, typed, touched, readable)


def _value(column: DetailColumn, cell: Cell, typed: str) -> tuple[ReadValue, bool]:
    """Return what a cell says in its column, and whether it could be read."""
    if column.links:
        return tuple(_reference(line) for line in typed.split("\n") if line.strip()), True
    if column.name == "informed_on":
        return _informed_on(typed)
    if column.kind is Kind.DATE:
        return _day(cell.value, typed)
    if column.choices:
        wanted = fold(typed)
        found = next((choice for choice in column.choices if wanted in (fold(choice.label), fold(str(choice.value)))), None)
        return (str(found) if found else None), found is not None or not wanted
    if column.kind in (Kind.NUMBER, Kind.WHOLE):
        return _number(cell.value, typed, whole=column.kind is Kind.WHOLE)
    return (typed if column.kind is Kind.TEXT else " ".join(typed.split())), True


def _reference(line: str) -> str:
    """Return the id in brackets last on a line, or the words that stand there."""
    found = _REFERENCE.search(line)
    return id_in(found.group(1)) if found else " ".join(line.split())


def _day(value: Any, typed: str) -> tuple[date | None, bool]:
    if not typed:
        return None, True
    day = day_of(value)
    if day is None:
        try:
            day = date.fromisoformat(typed.strip())
        except ValueError:
            read = read_date(typed, READING_DAY)
            day = read.interpreted if not read.ask else None
    return day, day is not None


def _number(value: Any, typed: str, *, whole: bool) -> tuple[Decimal | int | None, bool]:
    if not typed:
        return None, True
    plain = re.sub(r"\s|kr\b|tim(?:mar)?\b|h\b", "", str(value) if isinstance(value, (int, float)) else typed).replace(",", ".").replace("\u2212", "-")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None, False
    if not number.is_finite() or abs(number) >= 10 ** 12 or (whole and number != number.to_integral_value()):
        return None, False
    return (int(number), True) if whole else (number, True)


def _informed_on(typed: str) -> tuple[tuple[InformedOn, ...], bool]:
    """Read "2027-03-01 Halvårsläge", a line each."""
    days: list[InformedOn] = []
    for line in filter(None, map(str.strip, typed.split("\n"))):
        first, _, what = line.partition(" ")
        day, readable = _day(None, first)
        if day is None or not readable:
            return (), False
        days.append(InformedOn(on=day, what=what.strip()))
    return tuple(days), True
