"""The sheets that Samsyn writes beside the form, known again: no plan stands on them."""

from __future__ import annotations

from samsyn.formats.grid import Sheet
from samsyn.formats.plan_columns import text_of
from samsyn.formats.table_out import ABOUT_SHEET

DETAILS_TITLE = "Detaljer: det i planen som inte får plats i formulärets sex kolumner"
HELP_TITLE = "Så fyller du i åtgärdsplanen"
ID, PLAN_ID = "Id", "Planens id"


def is_details(sheet: Sheet) -> bool:
    """Return whether a sheet is a sheet Detaljer, even if it has been sorted or given another name."""
    firsts = {text_of(row.cells[0]) for row in sheet.rows if row.cells}
    return PLAN_ID in firsts and (DETAILS_TITLE in firsts or any(len(row.cells) > 1 and text_of(row.cells[1]) == ID for row in sheet.rows))


def is_beside_the_form(sheet: Sheet) -> bool:
    """Return whether a sheet is Detaljer, the help of an empty form, or the list of what could not be written."""
    first = text_of(sheet.rows[0].cells[0]) if sheet.rows and sheet.rows[0].cells else ""
    return first == HELP_TITLE or is_details(sheet) or (sheet.name == ABOUT_SHEET and all(len(row.cells) == 1 for row in sheet.rows))
