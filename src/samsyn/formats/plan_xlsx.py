"""The plan as a workbook in the handbook's form: what everybody can open, and what comes back in unchanged."""

from __future__ import annotations

from datetime import date, datetime

from samsyn.chain.plan import Plan
from samsyn.formats.details_sheet import write_details
from samsyn.formats.plan_form import COLUMNS, FILL_OF, WIDTHS, form_rows
from samsyn.formats.table_out import MADE_AT, Book, Look

FACE_COLUMN = COLUMNS.index("Uppföljning")
FORM_SHEET = "Plan"


def plan_workbook(plan: Plan, *, title: str, made_at: datetime = MADE_AT, exported_on: date | None = None) -> bytes:
    """
    Return the plan as a workbook (.xlsx): the form on the sheet Plan, everything else on the sheet Detaljer.

    The form has the handbook's six columns, a row for each action and a heading for each problem. The sheet Detaljer
    has the ids by which the rows are known again, whatever a colleague does to the form.
    title         above every printed page of the form; usually the plan's name. It has no row of its own: the importer
                  would take it for the problem of rows that have none
    made_at       what the file's properties say about when it was made
    exported_on   the day that stands on Detaljer; None = no day is said
    raises        TooManyRows    if the plan does not fit in a sheet
    """
    book = _form_book(plan, title, made_at)
    write_details(book, plan, exported_on=exported_on)
    return book.content()


def form_workbook(plan: Plan, *, title: str) -> bytes:
    """Return the plan as a workbook with the form alone, as they look that were never in Samsyn. Raises TooManyRows."""
    return _form_book(plan, title, MADE_AT).content()


def _form_book(plan: Plan, title: str, made_at: datetime) -> Book:
    rows = form_rows(plan)
    fills = {(number, FACE_COLUMN): FILL_OF[row.face] for number, row in enumerate(rows) if row.face}
    look = Look(fills, frozenset(number for number, row in enumerate(rows) if row.is_heading), title_row=False)
    book = Book(title, made_at=made_at)
    form = book.page(FORM_SHEET)
    form.write_head(title, COLUMNS, WIDTHS, title_row=False)
    form.write_rows([row.cells for row in rows], look)
    return book
