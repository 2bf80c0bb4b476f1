"""The plan as a workbook in the handbook's form: what everybody can open, and what comes back in unchanged."""

from __future__ import annotations

from datetime import datetime

from samsyn.chain.choices import FormFace
from samsyn.chain.plan import Plan
from samsyn.formats.plan_form import COLUMNS, WIDTHS, form_rows
from samsyn.formats.table_out import MADE_AT, Look, workbook

FILL_OF = {FormFace.GREEN: "8FD19E", FormFace.YELLOW: "FFE08A", FormFace.RED: "F4A6A0"}
FACE_COLUMN = COLUMNS.index("Uppföljning")


def plan_workbook(plan: Plan, *, title: str, made_at: datetime = MADE_AT) -> bytes:
    """
    Return the plan as a workbook (.xlsx): the six columns, a row for each action, a heading for each problem.

    title     on the sheet's tab and above every printed page; usually the plan's name. It has no row of its own:
              the importer would take it for the problem of rows that have none
    made_at   what the file's properties say about when it was made
    raises    TooManyRows    if the plan does not fit in a sheet
    """
    rows = form_rows(plan)
    fills = {(number, FACE_COLUMN): FILL_OF[row.face] for number, row in enumerate(rows) if row.face}
    look = Look(fills, frozenset(number for number, row in enumerate(rows) if row.is_heading), title_row=False)
    return workbook(title, COLUMNS, [row.cells for row in rows], widths=WIDTHS, look=look, made_at=made_at)
