"""The plan as CSV in the handbook's form. The colour of the sixth column is there as a word."""

from __future__ import annotations

from samsyn.chain.plan import Plan
from samsyn.formats.plan_form import COLUMNS, form_rows
from samsyn.formats.table_out import table_csv


def plan_csv(plan: Plan) -> bytes:
    """Return the plan as CSV: UTF-8 with a byte order mark, semicolons, the six columns, one row for each action."""
    return table_csv(COLUMNS, [row.cells for row in form_rows(plan)])
