"""The example that is offered where there is no plan yet: a workbook as plans look in real life."""

from __future__ import annotations

import io
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING, Any

from samsyn.chain.choices import FormFace
from samsyn.formats.plan_form import COLUMNS, FILL_OF, WIDTHS
from samsyn.formats.table_out import MADE_AT

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

EXAMPLE_DAY = date(2026, 11, 23)
EXAMPLE_NAME = "exempel atgardsplan.xlsx"
HEADER_ROW = 3


def example_plan_xlsx(today: date = EXAMPLE_DAY) -> bytes:
    """
    Return an invented action plan as a workbook: two title rows, an empty row, the six columns, merged cause cells.

    It has gaps on purpose: an action without responsible, actions without goal, dates as words, a cause without
    action, colours without words. Always the same bytes for the same year.

    today   the plan is for the year after
    """
    from xlsxwriter import Workbook

    raw = _content(today.year + 1)
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    book.set_properties({"title": raw["title"], "author": "Samsyn", "created": MADE_AT})
    sheet = book.add_worksheet(raw["sheet"])
    _write_head(book, sheet, raw)
    row = HEADER_ROW + 1
    for cause in raw["causes"]:
        _write_cause(book, sheet, row, cause)
        row += len(cause["rows"])
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    book.close()
    return target.getvalue()


def _content(year: int) -> dict[str, Any]:
    import yaml

    text = (resources.files("samsyn.catalog") / "demo" / "example_plan.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text.replace("{year}", str(year)))
    return read


def _write_head(book: Workbook, sheet: Worksheet, raw: dict[str, Any]) -> None:
    sheet.write_string(0, 0, raw["title"], book.add_format({"bold": True, "font_size": 16}))
    sheet.write_string(1, 0, raw["note"], book.add_format({"italic": True}))
    head = book.add_format({"bold": True, "bottom": 2, "bg_color": "#DCE3EC"})
    for column, (header, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.write_string(HEADER_ROW, column, header, head)
        sheet.set_column(column, column, width)


def _write_cause(book: Workbook, sheet: Worksheet, row: int, cause: dict[str, Any]) -> None:
    look = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    last = row + len(cause["rows"]) - 1
    if last > row:
        sheet.merge_range(row, 0, last, 0, "", look)
    sheet.write_string(row, 0, cause["text"], look)
    for number, (*texts, colour) in enumerate(cause["rows"]):
        for column, text in enumerate(texts, 1):
            fill = FILL_OF[FormFace(colour)] if colour and column == len(texts) else ""
            painted = book.add_format({"text_wrap": True, "valign": "top", "border": 1, **({"bg_color": f"#{fill}"} if fill else {})})
            if text:
                sheet.write_string(row + number, column, text, painted)
            else:
                sheet.write_blank(row + number, column, None, painted)
