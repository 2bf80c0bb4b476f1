"""The plan as CSV in the handbook's form. The colour of the sixth column is there as a word."""

from __future__ import annotations

from samsyn.chain.plan import Plan
from samsyn.formats.plan_form import COLUMNS, form_rows
from samsyn.formats.table_out import table_csv

PROBLEM_MARK = "Problem: "


def plan_csv(plan: Plan) -> bytes:
    """Return the plan as CSV: UTF-8 with a byte order mark, semicolons, the six columns, a row for each action, a heading for each problem."""
    return table_csv(COLUMNS, [_marked(row.cells[0]) if row.is_heading else row.cells for row in form_rows(plan)])


def _marked(problem: str) -> tuple[str, ...]:
    """A workbook shows a heading by its look. Here a word must say what it is."""
    return (problem if problem.startswith(PROBLEM_MARK) else f"{PROBLEM_MARK}{problem}", *[""] * (len(COLUMNS) - 1))
