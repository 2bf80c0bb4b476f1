"""
Any list as a workbook or as CSV, harmless to open.

No cell is ever a formula: the workbook holds strings, numbers and dates only, and in CSV a text that a spreadsheet
would calculate gets an apostrophe in front, which our own importer takes away again (OWASP ASVS 1.2.10).
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from samsyn.chain.choices import Choice
from samsyn.chain.wording import in_sweden, moment_words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value = str | int | float | Decimal | bool | date | datetime | None

MAX_ROWS = 1_048_576          # of a sheet, header included (Excel's limit)
MAX_CELL = 32_767             # characters in a cell (Excel's limit)
MAX_WHOLE = 10 ** 15          # above this Excel rounds a whole number, so it is written as text
CALCULATED = "=+-@\t\r\n＝＋－＠"  # a text that begins so would be calculated, or hides one that does
ABOUT_SHEET = "Om filen"
UNWRITABLE = "\ufffd"
LINE_HEIGHT, MAX_HEIGHT = 15, 409  # points; Excel's own default and limit
MADE_AT = datetime(2000, 1, 1)  # a workbook must say when it was made; this ring has no clock

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INSIDE_ESCAPE = re.compile(r"(?<=_)(?=x[0-9a-fA-F]{4}_)")
_OVERLAPPING = re.compile(r"_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_")
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class TooManyRows(ValueError):
    """The list does not fit in a sheet. The message says how many rows do."""


@dataclass(frozen=True, slots=True)
class Look:
    """
    How rows and cells look. Rows are counted from 0, below the header.

    fills      (row, column) -> colour, six hex digits
    headings   rows that are headings for those under them: bold, one merged cell across the table
    title_row  whether the title stands in the sheet; otherwise above every printed page; it is always on the tab
    """

    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)
    headings: frozenset[int] = frozenset()
    title_row: bool = True


def table_workbook(title: str, headers: Sequence[str], rows: Iterable[Sequence[Value]], *, made_at: datetime = MADE_AT) -> bytes:
    """
    Return a workbook (.xlsx) with one sheet: the title, the header row and the rows.

    title    above the header row and on the sheet's tab; "" = no title row
    rows     each as long as `headers`; None = empty, Decimal and float as numbers, dates as dates
    raises   TooManyRows    if the rows do not fit in a sheet
    """
    return workbook(title, headers, rows, widths=[_width(header) for header in headers], made_at=made_at)


def workbook(
    title: str, headers: Sequence[str], rows: Iterable[Sequence[Value]], *, widths: Sequence[int], look: Look | None = None,
    made_at: datetime = MADE_AT,
) -> bytes:
    """Return a workbook as `table_workbook` does, with the columns' widths (in characters) and a look of its own."""
    book = Book(title, made_at=made_at)
    page = book.page(title)
    look = look or Look()
    page.write_head(title, headers, widths, title_row=look.title_row)
    page.write_rows(rows, look)
    return book.content()


def table_csv(headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return CSV that Swedish Excel opens by a double click: UTF-8 with a byte order mark, semicolons, decimal comma."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow([harmless(header) for header in headers])
    for row in rows:
        writer.writerow([_csv_text(value) for value in row])
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8", errors="replace")


def harmless(text: str) -> str:
    """Return the text so that no spreadsheet calculates it. `undo_harmless` gives the text back, exactly."""
    return "'" + text if text.startswith((*CALCULATED, "'")) else text


def undo_harmless(text: str) -> str:
    """Return the text that `harmless` was given. An apostrophe before anything else is the text's own."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*CALCULATED, "'")) else text


def sheet_name(title: str) -> str:
    """Return the title as Excel allows it on a tab: at most 31 characters, none of []:*?/\\, no apostrophe at the ends."""
    name = _cut(" ".join(_NOT_IN_SHEET_NAME.sub(" ", legal(title)).split()), 31).strip(" '")
    return name if name and name.casefold() not in ("history", ABOUT_SHEET.casefold()) else "Plan"


class Book:
    """A workbook while it is written: its sheets, its formats, and what could not be written as it was."""

    def __init__(self, title: str, *, made_at: datetime = MADE_AT) -> None:
        from xlsxwriter import Workbook

        self.target = io.BytesIO()
        self.inner: Workbook = Workbook(self.target, {
            "in_memory": True, "constant_memory": False, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
        self.inner.set_properties({"title": legal(title)[:255], "author": "Samsyn", "created": made_at})
        self.plain = self.inner.add_format()
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.remarks: list[tuple[str, str]] = []
        self.pages: list[Page] = []

    def page(self, name: str) -> Page:
        """Return a new sheet with the name, as far as Excel allows it on a tab."""
        made = Page(self, self.inner.add_worksheet(sheet_name(name), worksheet_class=_sheet_class()))
        self.pages.append(made)
        return made

    def look(self, **look: Any) -> Format:
        """Return the format with these properties of XlsxWriter, made once."""
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.inner.add_format(look)
        return self.formats[key]

    def content(self) -> bytes:
        """Close the book and return it. What could not be written as it was is told on a sheet of its own: nothing changes without a word."""
        if self.remarks:
            about = self.inner.add_worksheet(ABOUT_SHEET)
            about.set_column(0, 0, 100)
            for row, (sheet, remark) in enumerate(self.remarks):
                about.write_string(row, 0, f"{sheet}: {remark}" if len(self.pages) > 1 else remark)
        self.inner.close()
        return self.target.getvalue()


class Page:
    """The sheet while it is written: knows its next row."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book, self.sheet = book, sheet
        self.widths: list[float] = []
        self.looks: dict[tuple[Any, ...], Format] = {}
        self.heading = book.look(bold=True, font_size=12, valign="vcenter", border=1, border_color="#B8C0CC", bg_color="#F3F5F9")
        self.row = 0

    def write_head(self, title: str, headers: Sequence[str], widths: Sequence[int], *, title_row: bool) -> None:
        if title and title_row:
            self.write_text(0, title, self.book.look(bold=True, font_size=14))
            self.row = 1
        head = self.book.look(bold=True, text_wrap=True, valign="top", bottom=2, bg_color="#E8ECF2")
        for column, header in enumerate(headers):
            self.write_text(column, header, head)
        self.set_widths(widths)
        self.sheet.freeze_panes(self.row + 1, 0)
        self.sheet.repeat_rows(0, self.row)
        self.set_paper("" if title_row else title)
        self.row += 1

    def set_widths(self, widths: Sequence[float]) -> None:
        """Set the columns' widths, in characters."""
        self.widths = list(widths)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def fit_height(self, values: Iterable[Value]) -> None:
        """Make the row at hand high enough for its texts: not every program does so before it prints."""
        lines = max((_lines(words(value), width) for value, width in zip(values, self.widths, strict=False)), default=1)
        if lines > 1:
            self.sheet.set_row(self.row, min(lines * LINE_HEIGHT, MAX_HEIGHT))

    def set_paper(self, title: str = "") -> None:
        """Make the sheet ready to print: A4 landscape, as wide as the paper, the title above every page."""
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.set_header(f"&L{legal(title)[:100].replace('&', '&&')}" if title else "")
        self.sheet.set_footer("&L&F&RSida &P av &N")

    def write_rows(self, rows: Iterable[Sequence[Value]], look: Look) -> None:
        for number, values in enumerate(rows):
            if self.row >= MAX_ROWS:
                raise TooManyRows(f"Ett blad rymmer {MAX_ROWS - 2} rader. Dela listan i flera.")
            if number in look.headings:
                self._write_heading(words(values[0]), len(values))
            else:
                self.fit_height(values)
                for column, value in enumerate(values):
                    self.write(column, value, look.fills.get((number, column), ""))
            self.row += 1

    def _write_heading(self, text: str, width: int) -> None:
        if width > 1:
            self.sheet.merge_range(self.row, 0, self.row, width - 1, "", self.heading)
        self.write_text(0, text, self.heading)

    def write(self, column: int, value: Value, fill: str = "", **look: Any) -> None:
        """Write a value in the row at hand, as the kind it is; `fill` and XlsxWriter's other properties say how it looks."""
        if value is None or value == "":  # nearly half of all cells
            self.sheet.write_blank(self.row, column, None, self._format(fill, look))
        elif isinstance(value, datetime):
            minute = in_sweden(value).replace(second=0, microsecond=0)  # as it is shown: a reader rounds half a second up, to the next minute at times
            self._write_day(column, minute, "yyyy-mm-dd hh:mm", fill, look)
        elif isinstance(value, date):
            self._write_day(column, value, "yyyy-mm-dd", fill, look)
        elif (number := _number(value)) is not None:
            self.sheet.write_number(self.row, column, number, self._format(fill, look))
        else:
            self.write_text(column, words(value), self._format(fill, look))

    def _write_day(self, column: int, day: date | datetime, shape: str, fill: str, look: dict[str, Any]) -> None:
        if not has_excel_day(day):
            self.write_text(column, words(day), self._format(fill, look))
        else:
            self.sheet.write_datetime(self.row, column, day, self._format(fill, {**look, "num_format": shape, "align": "left"}))

    def write_text(self, column: int, text: str, look: Format) -> None:
        """Write a text in the row at hand, never as anything else."""
        kept = self._legal_here(column, text)
        if not kept:
            self.sheet.write_blank(self.row, column, None, look)
            return
        pieces = _pieces(kept)
        if len(pieces) > 1:
            self.sheet.write_rich_string(self.row, column, self.book.plain, *pieces, look)
        else:
            self.sheet.write_string(self.row, column, kept, look)

    def _legal_here(self, column: int, text: str) -> str:
        kept = legal(text)
        if UNWRITABLE in kept and UNWRITABLE not in text:
            self._remark(column, f"ett tecken gick inte att skriva i Excel. Där står {UNWRITABLE} i stället.")
        whole = _within_cell(kept)
        if whole != kept:
            self._remark(column, "texten är längre än Excel tillåter. Slutet är borta här men finns i Samsyn.")
        return whole

    def _remark(self, column: int, words: str) -> None:
        from xlsxwriter.utility import xl_rowcol_to_cell

        self.book.remarks.append((f"Blad {self.sheet.get_name()}", f"Cell {xl_rowcol_to_cell(self.row, column)}: {words}"))

    def _format(self, fill: str, look: dict[str, Any]) -> Format:
        key = (fill, *look.items())
        if key not in self.looks:
            painted = {"bg_color": f"#{fill}"} if fill else {}
            self.looks[key] = self.book.look(**{"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B8C0CC", **look, **painted})
        return self.looks[key]


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column so wide, in characters."""
    return sum(1 + max(len(line) - 1, 0) // max(int(width * 0.92), 1) for line in text.split("\n"))


def _sheet_class() -> type[Worksheet]:
    """
    Return a sheet whose rows grow when somebody writes more in them.

    XlsxWriter marks every height it is given as chosen by hand, and then the row stays as high when its text grows.
    """
    from xlsxwriter.worksheet import Worksheet as Plain

    class Growing(Plain):  # type: ignore[misc]
        def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
            super()._xml_start_tag_unencoded(tag, [one for one in attributes if (tag, one[0]) != ("row", "customHeight")])

    return Growing


def written(text: str) -> str:
    """Return a text as a cell of the workbook holds it."""
    return _within_cell(legal(text))


def has_excel_day(day: date) -> bool:
    """Return whether Excel can hold the day as a date: it has none before 1900, and counts 1900 wrongly."""
    return day.year >= 1901


def _within_cell(text: str) -> str:
    return text if len(text) * 2 <= MAX_CELL or _excel_length(text) <= MAX_CELL else _cut(text, MAX_CELL - 1) + "…"


def legal(text: str) -> str:
    """Return the text with one kind of line break, and a mark in place of what XML cannot hold."""
    return _ILLEGAL.sub(UNWRITABLE, _LINE_BREAKS.sub("\n", text))


def _pieces(text: str) -> list[str]:
    """
    Return the text cut where XlsxWriter would otherwise write something else than the text; one piece = safe as it is.

    XlsxWriter passes a string between <r> and </r> on as raw XML, and escapes "_x000D_" wrongly when two such stand
    end to end. Cut up, no piece looks like either, and the cell holds the same text.
    """
    if text.startswith("<r>") and text.endswith("</r>"):
        return ["<", text[1:]]
    return _INSIDE_ESCAPE.split(text) if _OVERLAPPING.search(text) else [text]


def _excel_length(text: str) -> int:
    """Return the length as Excel counts it: characters outside the basic plane count twice."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)


def _cut(text: str, length: int) -> str:
    """Return the beginning of the text, at most `length` long as Excel counts."""
    used = 0
    for place, sign in enumerate(text):
        used += _excel_length(sign)
        if used > length:
            return text[:place]
    return text


def _number(value: Value) -> int | float | None:
    """Return the value if Excel can hold it as a number, exactly as far as it shows it."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    if isinstance(value, int):
        return value if abs(value) < MAX_WHOLE else None
    return float(value) if math.isfinite(value) else None


def words(value: Value) -> str:
    """Return the value as a text cell shows it. Missing, and what is not a number, is empty."""
    if value is None or (isinstance(value, (float, Decimal)) and math.isnan(value)):
        return ""
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, datetime):
        return moment_words(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _csv_text(value: Value) -> str:
    """Numbers get a decimal comma and keep their minus sign; everything else is text, and is made harmless."""
    if _number(value) is not None:
        return format(value, "f").replace(".", ",") if isinstance(value, Decimal) else str(value).replace(".", ",")
    return harmless(words(value))


def _width(header: str) -> int:
    return min(max(len(header) + 4, 14), 40)
