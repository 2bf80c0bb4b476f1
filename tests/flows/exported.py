"""An export of a plan, mended as a colleague does it in Excel, and the shortest way of taking it in."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from tests.flows.brought import NOW, TODAY, Where, actor, bring_file

Edit = Callable[[Any], None]


def export(town: Where, plan: UUID) -> bytes:
    """Return the plan as Samsyn gives it out."""
    from samsyn.formats.plan_xlsx import plan_workbook

    values = plan_now(town, plan)
    return plan_workbook(values, title=values.name, exported_on=TODAY)


def plan_now(town: Where, plan: UUID) -> Any:
    from samsyn.records.follow_up.reads import plan_values
    from samsyn.records.plan.reads import plan_head

    head = plan_head(town.partnership, plan)
    assert head is not None
    return plan_values(head)


def edited(content: bytes, *edits: Edit) -> bytes:
    """Return a workbook as it is after edits of it."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    for edit in edits:
        edit(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def replaced(old: str, new: str, *, sheet: str = "Plan") -> Edit:
    """Return an edit that writes one text in place of another, wherever it stands on a sheet."""
    def edit(book: Any) -> None:
        cells = [cell for row in book[sheet].iter_rows() for cell in row if isinstance(cell.value, str) and old in cell.value]
        assert cells, f"{old} does not stand on {sheet}"
        for cell in cells:
            cell.value = cell.value.replace(old, new)

    return edit


def with_row(*cells: str) -> Edit:
    """Return an edit that writes a row last in the form."""
    def edit(book: Any) -> None:
        book["Plan"].append(cells)

    return edit


def without_row(text: str) -> Edit:
    """Return an edit that deletes the rows of the form that hold a text."""
    def edit(book: Any) -> None:
        sheet = book["Plan"]
        rows = [row[0].row for row in sheet.iter_rows() if any(isinstance(cell.value, str) and text in cell.value for cell in row)]
        assert rows
        for number in reversed(rows):
            delete_row(sheet, number)

    return edit


def delete_row(sheet: Any, number: int) -> None:
    """Delete a row as Excel does: the merged cells below move up with it."""
    merged = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges]
    for top, left, bottom, right in merged:
        sheet.unmerge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    sheet.delete_rows(number)
    for top, left, bottom, right in merged:
        up = int(top > number)
        if top != number:
            sheet.merge_cells(start_row=top - up, start_column=left, end_row=bottom - up, end_column=right)


def in_details(kind: str, column: str, value: Any, *, of: str = "") -> Edit:
    """Return an edit of the sheet Detaljer: the column of the first row of a kind (or of the one that is called `of`)."""
    def edit(book: Any) -> None:
        header: dict[str, int] = {}
        for row in book["Detaljer"].iter_rows():
            if row[0].value == kind and row[1].value == "Id":
                header = {str(cell.value): cell.column - 1 for cell in row if cell.value}
            elif row[0].value == kind and header and of in str(row[2].value):
                row[header[column]].value = value
                return
        raise AssertionError(f"no {kind} {of}")

    return edit


def brought_again(town: Where, content: bytes, name: str = "plan från Lo.xlsx") -> Any:
    """Bring an export that has come back. Returns the reading as it waits, and the difference."""
    from samsyn.flows.intake.coming_again import again_of, difference, origin_of

    run = bring_file(town, content, name)
    again = again_of(run)
    assert again is not None
    head = origin_of(town.partnership, again.details).plans[0]
    return run, difference(head, again, run.file_name, run.received_at)


def chosen(found: Any, *, also: Mapping[str, str] | None = None, without: tuple[str, ...] = ()) -> dict[str, str]:
    """Return what a form sends that takes what is chosen from the start. `also` is key -> answer ("yes" for a tick)."""
    from samsyn.chain.plan_apply import YES, marks, preselected

    known = marks(found.diff, found.stored)
    wanted = {**preselected(found.diff), **(also or {})}
    return {key: known[key] if answer == YES else f"{known[key]}.{answer}" for key, answer in wanted.items() if key not in without}


def take_in_again(town: Where, run: Any, found: Any, sent: Mapping[str, str], *, once: str = "") -> Any:
    from samsyn.flows.intake.applying import apply_difference

    return apply_difference(partnership=town.partnership, run=run.id, plan=found.head.id, sent=sent, actor=actor(town), at=NOW, once=once)
