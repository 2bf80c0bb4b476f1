"""
The sheet Detaljer: everything of a plan that the form's six columns do not carry, written out.

Every row says its kind, its id and what it is; every kind has a header row of its own, known by "Id" in its second
cell, so that the sheet can be sorted and filled in and still be read. Grey columns are for the machine: where the row
stands in the form, the ids it named, and letters by which a cell that has been changed is told from one that has not.
Read again by samsyn.formats.details_reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from samsyn.chain.choices import Choice
from samsyn.chain.field import Kind
from samsyn.chain.plan import InformedOn, Plan
from samsyn.chain.plan_details import DETAIL_KINDS, FORM_ROLES, DetailColumn, DetailKind, ExportedRow, digest, row_label, rows_by_key, value_of
from samsyn.chain.wording import in_sweden, local_day
from samsyn.formats.details_mark import DETAILS_TITLE, ID, PLAN_ID
from samsyn.formats.plan_csv import PROBLEM_MARK
from samsyn.formats.plan_form import FILL_OF, FormRow, form_rows
from samsyn.formats.table_out import LINE_HEIGHT, MAX_WHOLE, Book, Page, Value, words, written
from samsyn.formats.text_clean import clean

SHEET = "Detaljer"
VERSION = 1
GUIDE = ("Ändra inte kolumnen Id och inte de grå kolumnerna. Skriv i de vita. Vill du lägga till ett moment, ett åtagande eller en lärdom: "
         "skriv en ny rad under rätt rubriker och lämna Id tomt. Nya åtgärder skrivs på bladet Plan.")
WHAT, ROW, CAUSES, GOALS, PROBLEM, FORM_CONTROL, CONTROL = (
    "Vad", "Rad i Plan", "Orsakernas id", "Målens id", "Problemets id", "Kontroll av raden i Plan", "Kontroll")
EXPORTED, VERSION_WORD, ALL_IDS = "Uttagen", "Version", "Alla id"
IN_FORM = ("problem", "cause", "goal", "action")
HEADER_ROW = 1  # of the form: its rows begin on the next
GREY, PALE = "#8A8A8A", "F3F4F6"
LONGEST_LIST = 28_000  # characters of digests in one cell

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_UUID_CODE = re.compile(r"[a-p]{32}")
_TO_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_TO_DIGITS = str.maketrans("ghijklmnop", "0123456789")


@dataclass(frozen=True, slots=True)
class Written:
    """A row of Detaljer as it is written: its key, the values of its columns, and where it stands in the form."""

    id: str
    label: str
    values: tuple[Value, ...]
    control: str
    exported: ExportedRow


def id_out(key: str) -> str:
    """Return an id as it is written: letters only, since figures in it could look like a personal number."""
    return key.replace("-", "").translate(_TO_LETTERS) if _UUID.fullmatch(key) else key


def id_in(code: str) -> str:
    """Return the id that `id_out` wrote."""
    if not _UUID_CODE.fullmatch(code):
        return code
    figures = code.translate(_TO_DIGITS)
    return "-".join((figures[:8], figures[8:12], figures[12:16], figures[16:20], figures[20:]))


def exported_rows(plan: Plan) -> tuple[ExportedRow, ...]:
    """Return where problems, causes, goals and actions stand in the form, with the digests of their cells."""
    printed: dict[tuple[str, str], tuple[int, FormRow]] = {}
    for number, row in enumerate(form_rows(plan), HEADER_ROW + 1):
        printed[row.kind, row.id] = number, row
    owners = [("problem", problem.id, "") for problem in plan.problems]
    owners += [("cause", cause.id, cause.problem or "") for cause in plan.causes]
    owners += [("goal", goal.id, goal.problem or "") for goal in plan.goals]
    owners += [("action", action.id, "") for action in plan.actions]
    return tuple(_exported(plan.id, kind, key, problem, printed.get((kind, key))) for kind, key, problem in owners)


def _exported(plan: str, kind: str, key: str, problem: str, found: tuple[int, FormRow] | None) -> ExportedRow:
    if found is None:
        return ExportedRow(plan, kind, key, 0, problem=problem)
    number, row = found
    texts = [canonical(cell) for cell in row.cells]
    if not any(texts[1:]):
        texts[0] = texts[0].removeprefix(PROBLEM_MARK)  # a heading in CSV begins so
    return ExportedRow(plan, kind, key, number, row.causes, row.goals, problem, form_digests(texts, FILL_OF[row.face] if row.face else ""), not any(texts))


def form_digests(texts: Sequence[str], fill: str) -> tuple[str, ...]:
    """Return one digest for each of FORM_ROLES."""
    return tuple(digest(role, text) for role, text in zip(FORM_ROLES, (*texts, fill), strict=True))


def written_rows(plan: Plan, kind: DetailKind, standing: dict[tuple[str, str], ExportedRow]) -> Iterator[Written]:
    """Yield a kind's rows as they are written."""
    labels = _labels(plan)
    for key, row in kind.rows(plan):
        values = tuple(_cell_value(value_of(row, column), column, labels) for column in kind.columns)
        control = "".join(digest(column.name, canonical(value)) for column, value in zip(kind.columns, values, strict=True))
        yield Written(key, row_label(row), values, control, standing.get((kind.code, key), ExportedRow(plan.id, kind.code, key, 0)))


def field_digests(plan: Plan) -> dict[tuple[str, str], dict[str, str]]:
    """Return what the plan would print today: (kind, id) -> field or role -> digest."""
    standing = {(row.kind, row.id): row for row in exported_rows(plan)}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for kind in DETAIL_KINDS:
        for row in written_rows(plan, kind, standing):
            fields = {column.name: digest(column.name, canonical(value)) for column, value in zip(kind.columns, row.values, strict=True)}
            found[kind.code, row.id] = fields | dict(zip(FORM_ROLES, row.exported.digests, strict=False))
    return found


def canonical(value: Any) -> str:
    """Return a value as the text that is compared: the same for what is written and for what a spreadsheet gives back."""
    if isinstance(value, str) and not isinstance(value, Choice):
        return clean(written(value)).text.strip()
    if isinstance(value, datetime):
        here = in_sweden(value)
        return words(value) if here.hour or here.minute else local_day(value).isoformat()
    if isinstance(value, (float, Decimal)) or (isinstance(value, int) and not isinstance(value, bool) and abs(value) < MAX_WHOLE):
        return format(Decimal(f"{float(value):.15g}").normalize() + 0, "f")
    return clean(words(value)).text


def _labels(plan: Plan) -> dict[tuple[str, str], str]:
    return {key: row_label(row) for key, row in rows_by_key(plan).items()}


def _cell_value(value: Any, column: DetailColumn, labels: dict[tuple[str, str], str]) -> Value:
    """Return what is written in a cell: links as "1.2 Nya lampor [id]", a line each."""
    if column.links:
        return "\n".join(f"{labels.get((column.links, key), '')} [{id_out(key)}]".strip() for key in value)
    if isinstance(value, tuple):
        return "\n".join(f"{day.on.isoformat()} {day.what}".strip() for day in value if isinstance(day, InformedOn))
    return value  # type: ignore[no-any-return]  # a text, number, date or Choice


# ---- the sheet ----

def write_details(book: Book, plan: Plan, *, exported_on: date | None) -> None:
    """Write the sheet Detaljer into a workbook, after the form."""
    page = book.page(SHEET)
    _Writer(page, plan).write(exported_on)


class _Writer:
    def __init__(self, page: Page, plan: Plan) -> None:
        self.page, self.plan, self.book = page, plan, page.book
        self.standing = {(row.kind, row.id): row for row in exported_rows(plan)}
        self.widest = max(len(kind.columns) for kind in DETAIL_KINDS)
        self.bold = self.book.look(bold=True, font_size=14)
        self.head = self.book.look(bold=True, text_wrap=True, valign="top", bottom=2, bg_color="#E8ECF2")
        self.grey_head = self.book.look(font_color=GREY, text_wrap=True, valign="top", bottom=2, bg_color="#E8ECF2")
        self.system: dict[str, Any] = {"font_color": GREY, "text_wrap": False, "bg_color": f"#{PALE}"}

    def write(self, exported_on: date | None) -> None:
        self.page.set_widths([17, 11, 36, *[22] * (self.widest + 5)])
        blocks = [(kind, list(written_rows(self.plan, kind, self.standing))) for kind in DETAIL_KINDS]
        self._write_top(exported_on, [digest("id", f"{kind.code}:{row.id}") for kind, rows in blocks for row in rows])
        for kind, rows in blocks:
            self._write_block(kind, rows)
        self.page.set_paper(self.plan.name)
        self.page.sheet.set_paper(8)  # A3: it is for the screen, but may be printed without its grey columns
        self.page.sheet.print_area(0, 0, self.page.row, 2 + self.widest)
        self.page.sheet.freeze_panes(0, 3)

    def _write_top(self, exported_on: date | None, digests: Sequence[str]) -> None:
        self.page.write_text(0, DETAILS_TITLE, self.bold)
        self._next_line(GUIDE)
        plain, clipped_look = self.book.look(valign="top"), self.book.look(valign="top", font_color=GREY, align="fill")
        day = exported_on.isoformat() if exported_on else ""
        everything = "".join(digests)
        pieces = [everything[start:start + LONGEST_LIST] for start in range(0, len(everything), LONGEST_LIST)]
        for line in ((PLAN_ID, id_out(self.plan.id), self.plan.name), (EXPORTED, day), (VERSION_WORD, str(VERSION)), (ALL_IDS, *pieces)):
            self.page.row += 1
            self.page.sheet.set_row(self.page.row, LINE_HEIGHT)
            for column, text in enumerate(line):
                self.page.write_text(column, text, clipped_look if line[0] == ALL_IDS else plain)
        self.page.row += 1

    def _next_line(self, text: str) -> None:
        self.page.row += 1
        self.page.write_text(0, text, self.book.look())

    def _write_block(self, kind: DetailKind, rows: Sequence[Written]) -> None:
        self.page.row += 1
        extra = system_columns(kind)
        headers = [kind.label, ID, WHAT, *(column.label for column in kind.columns), *extra]
        self.page.fit_height(headers)
        for column, header in enumerate(headers):
            is_open = column == 0 or 3 <= column < 3 + len(kind.columns) and kind.columns[column - 3].is_read
            self.page.write_text(column, header, self.head if is_open else self.grey_head)
        first = self.page.row + 1
        for row in rows or self._blank_rows(kind):
            self.page.row += 1
            self._write_row(kind, row, extra)
        self._add_choices(kind, first)
        self.page.row += 1

    def _blank_rows(self, kind: DetailKind) -> list[Written]:
        """Return an empty row to fill in, for the kinds where rows can be added."""
        if not kind.stands_alone:
            return []
        return [Written("", "", ("",) * len(kind.columns), "", ExportedRow(self.plan.id, kind.code, "", 0))]

    def _write_row(self, kind: DetailKind, row: Written, extra: Sequence[str]) -> None:
        self.page.fit_height([kind.label, "", row.label, *row.values])
        self.page.write(0, kind.label)
        self.page.write(1, id_out(row.id), **self.system)
        self.page.write(2, row.label, PALE)
        for place, (column, value) in enumerate(zip(kind.columns, row.values, strict=True), 3):
            self.page.write(place, value, "" if column.is_read else PALE)
        standing = row.exported
        system: dict[str, Value] = {
            ROW: standing.number or None, CAUSES: " ".join(map(id_out, standing.causes)), GOALS: " ".join(map(id_out, standing.goals)),
            PROBLEM: id_out(standing.problem), FORM_CONTROL: "".join(standing.digests), CONTROL: row.control}
        for place, header in enumerate(extra, 3 + len(kind.columns)):
            self.page.write(place, system[header], **(self.system if header in (ROW, PROBLEM) else {**self.system, "align": "fill"}))

    def _add_choices(self, kind: DetailKind, first: int) -> None:
        """Offer the closed words of a column in a list. A list of words never refers to cells, and other words are let in."""
        for place, column in enumerate(kind.columns, 3):
            if column.kind is Kind.CHOICE and column.choices and column.is_read and self.page.row >= first:
                self.page.sheet.data_validation(first, place, self.page.row, place, {
                    "validate": "list", "source": [choice.label for choice in column.choices], "show_error": False})


def system_columns(kind: DetailKind) -> tuple[str, ...]:
    """Return the headers of a kind's grey columns, last on its rows."""
    of_form = {"problem": (ROW, FORM_CONTROL), "cause": (ROW, PROBLEM, FORM_CONTROL), "goal": (ROW, PROBLEM, FORM_CONTROL),
               "action": (ROW, CAUSES, GOALS, FORM_CONTROL)}
    return (*of_form.get(kind.code, ()), *((CONTROL,) if kind.is_read or kind.code in ("check_in", "face") else ()))
