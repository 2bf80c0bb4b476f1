"""
A file that comes back: what is read of it, in a child process, and what it would change in the plan, beside the database.

    again = read_safely("samsyn.formats.plan_again:read_again", name, content, today=today)
    diff = diff_again(stored, again, name, today)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from samsyn.chain.plan import Action, Plan
from samsyn.chain.plan_details import Details, ExportedRow, LoneText, Printed, digest
from samsyn.chain.plan_diff import details_of_plan, diff_plans
from samsyn.chain.plan_diff_values import PlanDiff
from samsyn.chain.plan_rows_matched import match_rows
from samsyn.formats.details_reading import form_rows_of, read_details
from samsyn.formats.details_sheet import exported_rows, field_digests
from samsyn.formats.grid import Cell, Grid, Row, Sheet
from samsyn.formats.plan_form import COLUMNS, FILL_OF, FormRow, form_rows
from samsyn.formats.plan_from_reading import plan_from_reading
from samsyn.formats.plan_reading import read_plan
from samsyn.formats.reading import PlanReading


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """What was read of a file: the plan's rows, and what its sheet Detaljer says. May pass between processes."""

    reading: PlanReading
    details: Details


def read_again(name: str, content: bytes, today: date, is_paste: bool = False, chosen: str = "[]") -> ReadAgain:
    """
    Read a file that may be an export come back. Does not protect the process it runs in: call it through child.read_safely.

    chosen   what the user says that columns are, as JSON: [[sheet, letter, field of ReadColumn], ...]
    raises   Refused    with one kind sentence
    """
    from samsyn.formats.open_file import open_grid, open_paste

    grid = open_paste(name, content) if is_paste else open_grid(name, content)
    return understand_again(grid, today, {(sheet, letter): field for sheet, letter, field in json.loads(chosen)})


def understand_again(grid: Grid, today: date, chosen: Mapping[tuple[str, str], str] | None = None) -> ReadAgain:
    """Return what a grid says of a plan, with what stands on Detaljer. Raises Refused if there is no plan in it."""
    reading = read_plan(grid, today, chosen)
    details = read_details(grid) or Details(file_rows=form_rows_of(grid))
    shown = reading.kind not in ("csv", "paste")

    def place(sheet: str, number: int) -> str:
        return f"Blad {sheet}, rad {number}" if shown else f"rad {number}"

    lone = [LoneText("cause", one.cause.number, one.cause.text, place(one.sheet, one.number)) for one in reading.lone_causes]
    lone += [LoneText("goal", None, one.text, place(one.sheet, one.number)) for one in reading.lone_goals]
    return ReadAgain(reading, replace(details, lone=tuple(lone)))


def diff_again(stored: Plan, again: ReadAgain, name: str, today: date) -> PlanDiff:
    """
    Return what importing the file would mean for the plan.

    stored   the plan as it is now
    name     the file's name, said where the file is what a face rests on
    today    the day that the file was read with
    """
    details = details_of_plan(again.details, stored)
    details = replace(details, exported=(*details.exported, *_exported_besides(stored, details)))
    read = plan_from_reading(again.reading, name)
    touched = _touched(stored, details)
    return diff_plans(stored, read, details, Printed(field_digests(stored), dict(_read_back(stored, touched, today))))


def _exported_besides(stored: Plan, details: Details) -> Iterable[ExportedRow]:
    """Yield the rows that the file cannot tell how they were exported: all of a file without Detaljer. They are taken as of today."""
    known = {(row.kind, row.id) for row in details.exported}
    told = {found for sheet in details.sheets for found in sheet.digests}
    for row in exported_rows(stored):
        if (row.kind, row.id) not in known and (not told or digest("id", f"{row.kind}:{row.id}") in told):
            yield row


def _touched(stored: Plan, details: Details) -> set[str]:
    """Return the ids of the actions that must be compared field by field: their rows have changed, or are not known."""
    matched = match_rows(details.exported, details.file_rows)
    same = {pair.exported.id for pair in matched.pairs if not pair.touched}
    changed = {pair.exported.id for pair in matched.pairs if pair.touched}
    return {action.id for action in stored.actions if action.id in changed or action.id not in same}


def _read_back(stored: Plan, wanted: set[str], today: date) -> Iterable[tuple[str, Action]]:
    """Yield what the importer reads out of the form's rows as they would be exported today."""
    rows = [row for row in form_rows(stored) if row.kind == "action" and row.id in wanted and row.cells[1].strip()]
    if not rows:
        return
    head = Row(1, tuple(Cell(column) for column in COLUMNS))
    sheet = Sheet("Plan", (head, *(_row(number, row) for number, row in enumerate(rows, 2))))
    read = plan_from_reading(read_plan(Grid("xlsx", (sheet,)), today), stored.name)
    by_place = {action.place: action for action in read.actions}
    for number, row in enumerate(rows, 2):
        if found := by_place.get(f"Blad Plan, rad {number}"):
            yield row.id, found


def _row(number: int, row: FormRow) -> Row:
    texts = [Cell(text.strip() or None) for text in row.cells]
    return Row(number, (*texts[:5], replace(texts[5], fill=FILL_OF[row.face] if row.face else "")))
