"""LibreOffice workbooks (.ods) -> Grid. The content streams by; a row or cell that is repeated a million times is never laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from xml.etree.ElementTree import Element, ParseError, iterparse

from samsyn.formats.excel_numbers import number_of, percent_of
from samsyn.formats.grid import EMPTY, Cell, Grid, Row, Sheet, Value
from samsyn.formats.grid_build import Cells, Range, fill_merged, shows, used_width
from samsyn.formats.grid_limits import MAX_COLUMNS, MAX_ROWS, check_size, letters
from samsyn.formats.package import BROKEN, Package, attribute, local
from samsyn.formats.package_text import APART, loose_text
from samsyn.formats.personal_numbers import has_certain
from samsyn.formats.problems import Refused, Weight
from samsyn.formats.remarks import Remarks
from samsyn.formats.sheet_remarks import tell_error_value, tell_hidden_column, tell_hidden_row
from samsyn.formats.text_clean import clean, clean_text
from samsyn.formats.xlsx_look import symbol_font

TEN = 10                       # digits of a personal identity number without its century
MAX_COLUMN_GROUPS = 1_000      # groups of columns whose look is remembered

_HEX = re.compile(r"#([0-9A-Fa-f]{6})")
_LENGTH_OF_TIME = re.compile(r"(-?)P(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:\.\d+)?S)?)", re.ASCII)
_DRAWN = ("frame", "custom-shape", "image", "line", "rect", "ellipse", "path", "g")
_ASIDE = (*_DRAWN, "annotation", "tracked-changes")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, its parents' words included. None in `fill` = says nothing."""

    fill: str | None = None
    ink: str = ""
    font: str = ""
    hidden: bool = False
    parent: str = ""


@dataclass(slots=True)
class Table:
    """A table while it is read: what is kept of it, and at which row (from 1) and column (from 0) the reader stands."""

    name: str
    hidden: bool
    cells: Cells = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    columns: list[tuple[range, str, bool]] = field(default_factory=list)  # which, default style, hidden
    width: int = 0
    row: int = 0
    column: int = 0
    elements: int = 0
    column_elements: int = 0
    current: dict[int, Cell] = field(default_factory=dict)


def read_ods(package: Package) -> Grid:
    """Return a workbook as a grid. Raises Refused if it is damaged, too large, or has no visible sheet."""
    if "content.xml" not in package:
        raise Refused(BROKEN)
    reader = _Reader(Remarks(), _named_styles(package))
    reader.read(package)
    visible = [table for table in reader.tables if not table.hidden]
    if not visible:
        raise Refused("Arbetsboken har inget synligt blad. Ta fram bladet med planen, spara och försök igen.")
    for table in reader.tables:
        if table.hidden:
            reader.remarks.add(f"Blad {table.name}", f"dolt blad '{table.name}' lästes inte in.", "Ta fram bladet om det ska vara med.")
            reader.aside.append((f"dolt blad {table.name}", _text_of(table)))
    sheets = tuple(_sheet(table, reader.remarks) for table in visible)
    loose = loose_text(package, lambda name: name == "content.xml")
    return Grid("ods", sheets, reader.remarks.all(), (*loose, *reader.aside))


@dataclass(slots=True)
class _Reader:
    remarks: Remarks
    styles: dict[str, Style]
    tables: list[Table] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)
    depth: int = 0

    def read(self, package: Package) -> None:
        starts = {"table": self._start_table, "table-row": self._start_row}
        ends = {"table": self._end_table, "table-row": self._end_row, "table-cell": self._cell, "covered-table-cell": self._cell,
                "table-column": self._column, "style": self._style, "tracked-changes": self._tracked}
        try:
            for event, element in iterparse(package.open("content.xml"), events=("start", "end")):
                handler = (starts if event == "start" else ends).get(local(element.tag))
                if handler:
                    handler(element)
                    if event == "end":
                        element.clear()
        except (ParseError, ValueError, LookupError) as fault:
            raise Refused(BROKEN) from fault

    def _style(self, element: Element) -> None:
        self.styles[attribute(element, "name")] = _style_of(element)

    def _tracked(self, element: Element) -> None:
        self.aside.append(("spårade ändringar", clean("\n".join(element.itertext())).text))

    def _start_table(self, element: Element) -> None:
        self.depth += 1
        if self.depth == 1:
            name = clean_text(attribute(element, "name"), "ett blads namn", self.remarks)
            self.tables.append(Table(name, self._look(attribute(element, "style-name")).hidden))

    def _end_table(self, _: Element) -> None:
        self.depth -= 1

    def _column(self, element: Element) -> None:
        if self.depth == 1:
            table, count = self.tables[-1], _repeated(element, "number-columns-repeated")
            hidden = attribute(element, "visibility") in ("collapse", "filter")
            table.column_elements += 1
            check_size(table.column_elements // 2, 0)
            if len(table.columns) < MAX_COLUMN_GROUPS:
                table.columns.append((range(table.width, table.width + count), attribute(element, "default-cell-style-name"), hidden))
            table.width += count

    def _start_row(self, _: Element) -> None:
        if self.depth == 1:
            table = self.tables[-1]
            table.row, table.column, table.current = table.row + 1, 0, {}
            table.elements += 1
            check_size(table.elements // 2, 0)  # empty rows are one repeated element: nobody has twice as many as can be read

    def _end_row(self, element: Element) -> None:
        if self.depth != 1:
            return
        table, count = self.tables[-1], _repeated(element, "number-rows-repeated")
        if any(shows(cell) for cell in table.current.values()):
            check_size(table.row + count - 1, 0, (len(table.cells) + count) * len(table.current))
            table.cells.update((table.row + more, dict(table.current)) for more in range(count))
            if attribute(element, "visibility") in ("collapse", "filter"):
                table.hidden_rows.update(range(table.row, table.row + count))
        elif table.current and table.row + count <= MAX_ROWS:
            table.cells.update((table.row + more, dict(table.current)) for more in range(count))
        table.row += count - 1

    def _cell(self, element: Element) -> None:
        if self.depth != 1:
            if self.depth:
                self.aside.append(("en tabell inuti en cell", clean("\n".join(element.itertext())).text))
            return
        table, count = self.tables[-1], _repeated(element, "number-columns-repeated")
        place = f"Blad {table.name}, cell {letters(table.column)}{table.row}"
        cell = self._read_cell(element, place, table)
        if shows(cell):
            check_size(table.row, table.column + count)
        if cell != EMPTY:
            table.current.update((table.column + more, cell) for more in range(min(count, MAX_COLUMNS)))
        self._merge(element, table)
        table.column += count

    def _merge(self, element: Element, table: Table) -> None:
        down, across = _repeated(element, "number-rows-spanned"), _repeated(element, "number-columns-spanned")
        if down > 1 or across > 1:
            table.merges.append((table.row, table.column, table.row + down - 1, table.column + across - 1))

    def _read_cell(self, element: Element, place: str, table: Table) -> Cell:
        style = self._look(attribute(element, "style-name") or _column_style(table))
        picture = any(local(child.tag) in _DRAWN for child in element.iter() if child is not element)
        formula = bool(attribute(element, "formula"))
        self._keep_aside(element, place)
        value = self._value(element, place, style.font)
        if formula and value is None and not attribute(element, "value-type"):
            self.remarks.add(place, "formel utan sparat värde.", "Öppna filen, räkna om och spara den, eller skriv in värdet.", weight=Weight.BAD)
        if value is None and not (picture or formula or style.fill):
            return EMPTY
        return Cell(value, style.fill or "", style.ink, style.font, picture, formula)

    def _value(self, element: Element, place: str, font: str) -> Value:
        kind = next((value for key, value in element.attrib.items() if "calcext" in key and key.endswith("}value-type")), "")
        shown = "\n".join(_paragraph(child) for child in element if local(child.tag) in ("p", "h")) or attribute(element, "string-value")
        if kind == "error" or re.fullmatch(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)|Err:\d+", shown):
            tell_error_value(self.remarks, place, shown, program="")
            return None
        stated = _stated(element)
        if stated is not None:
            return stated
        if font:
            shown = "".join(chr(ord(sign) - 0xF000) if 0xF020 <= ord(sign) <= 0xF0FF else sign for sign in shown)
        text = clean_text(shown, place, self.remarks)
        return text if text.strip() else None

    def _keep_aside(self, element: Element, place: str) -> None:
        for child in element.iter():
            if local(child.tag) in _ASIDE and (text := "\n".join(child.itertext()).strip()):
                self.aside.append((f"kommentar eller ritning vid {place}", clean(text).text))

    def _look(self, name: str) -> Style:
        """Return a style with what its parents say where it says nothing itself. At most ten parents are asked."""
        style = self.styles.get(name, Style())
        for _ in range(10):
            if not style.parent:
                break
            parent = self.styles.get(style.parent, Style())
            style = replace(style, fill=parent.fill if style.fill is None else style.fill, ink=style.ink or parent.ink,
                            font=style.font or parent.font, parent=parent.parent)
        return style


def _stated(element: Element) -> Value:
    """Return the value the cell's attributes state, or None if it is text or nothing."""
    kind = attribute(element, "value-type")
    if kind in ("float", "currency", "percentage"):
        number = number_of(attribute(element, "value"))
        is_person = len(attribute(element, "value")) >= TEN and has_certain(attribute(element, "value"))  # it would be shown a hundred times as large
        return percent_of(number) if kind == "percentage" and number is not None and not is_person else number
    if kind == "date":
        return _day(attribute(element, "date-value"))
    if kind == "time":
        return _clock(attribute(element, "time-value"))
    return attribute(element, "boolean-value") == "true" if kind == "boolean" else None


def _day(text: str) -> Value:
    try:
        moment = datetime.fromisoformat(text[:19])
    except ValueError:
        return text or None
    return moment if "T" in text and moment.time() != datetime.min.time() else date(moment.year, moment.month, moment.day)


def _clock(text: str) -> Value:
    match = _LENGTH_OF_TIME.fullmatch(text)
    if not match:
        return text or None
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    return f"{match[1]}{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _paragraph(element: Element) -> str:
    """Return a paragraph's text, without comments and drawings in it."""
    pieces = [element.text or ""]
    for child in element:
        name = local(child.tag)
        if name == "s":
            pieces.append(" " * min(_repeated(child, "c"), 1_000))
        elif name in ("tab", "line-break"):
            pieces.append("\t" if name == "tab" else "\n")
        elif name not in _ASIDE:
            pieces.append(_paragraph(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _repeated(element: Element, name: str) -> int:
    text = attribute(element, name)
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _column_style(table: Table) -> str:
    return next((style for columns, style, _ in table.columns if table.column in columns), "")


def _named_styles(package: Package) -> dict[str, Style]:
    if "styles.xml" not in package:
        return {}
    return {attribute(element, "name"): _style_of(element) for element in package.tree("styles.xml").iter() if local(element.tag) == "style"}


def _style_of(element: Element) -> Style:
    fill, ink, font, hidden = None, "", "", False
    for child in element:
        name = local(child.tag)
        if name == "table-cell-properties" and (stated := attribute(child, "background-color")):
            fill = match[1].upper() if (match := _HEX.fullmatch(stated)) else ""
        elif name == "text-properties":
            ink = match[1].upper() if (match := _HEX.fullmatch(attribute(child, "color"))) else ""
            font = symbol_font(attribute(child, "font-name") or attribute(child, "font-family").strip("'"))
        elif name == "table-properties":
            hidden = attribute(child, "display") == "false"
    return Style(fill, ink, font, hidden, attribute(element, "parent-style-name"))


def _sheet(table: Table, remarks: Remarks) -> Sheet:
    fill_merged(table.cells, table.merges, table.name)
    width, rows = used_width(table.cells), []
    for number in sorted(table.cells):
        cells = table.cells[number]
        if any(shows(cell) for cell in cells.values()):
            hidden = number in table.hidden_rows
            rows.append(Row(number, tuple(cells.get(column, EMPTY) for column in range(width)), hidden))
            if hidden:
                tell_hidden_row(remarks, table.name, number)
    for column in _hidden_columns(table, width):
        if any(row.cells[column].value is not None for row in rows):
            tell_hidden_column(remarks, table.name, column)
    return Sheet(table.name, tuple(rows))


def _hidden_columns(table: Table, width: int) -> Iterator[int]:
    return (column for columns, _, hidden in table.columns if hidden for column in range(columns.start, min(columns.stop, width)))


def _text_of(table: Table) -> str:
    return APART.join(str(cell.value) for row in table.cells.values() for cell in row.values() if cell.value is not None)
