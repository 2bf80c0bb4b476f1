"""One sheet of a workbook, read cell by cell as it streams by: nothing is trusted that the sheet says of its own size."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from xml.etree.ElementTree import Element, ParseError, iterparse

from samsyn.formats.excel_numbers import Shape, clock_of, day_of, number_of, percent_of, why_no_day
from samsyn.formats.grid import EMPTY, Cell, Value
from samsyn.formats.grid_build import Range, too_many_merges
from samsyn.formats.grid_limits import MAX_CELL, MAX_MERGES, check_size, letters
from samsyn.formats.package import BROKEN, Package, attribute, local
from samsyn.formats.personal_numbers import has_certain
from samsyn.formats.problems import Refused, Weight
from samsyn.formats.remarks import Remarks
from samsyn.formats.sheet_remarks import tell_error_value
from samsyn.formats.text_clean import clean_text, is_plain
from samsyn.formats.xlsx_book import Strings, rich_text, unescaped
from samsyn.formats.xlsx_look import PLAIN, Look

TEN = 10                       # digits of a personal identity number without its century
POINT = 12_700                 # EMU
MAX_SEEN = 1_600_000           # cells in the file, the empty ones too: sheets that are coloured far down are usual
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_HEADER_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[A-Za-z])')  # &C = in the middle, &"Arial" = in that font
_ISO = re.compile(r"\d{4}-\d\d-\d\d")



@dataclass(slots=True)
class RawSheet:
    """
    What a sheet's part holds.

    cells    row number -> column -> cell; coloured cells without a value too
    merges   merged ranges
    hidden_columns   as (first, last), from 0
    heights  row number -> EMU, where the sheet says it
    notes    text that no cell shows: header and footer, the choices of a list, what is said of a link
    drawing  the relationship's id, "" if none
    conditional      whether colours are set by rules, which are not read
    """

    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Range] = field(default_factory=list)
    heights: dict[int, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    drawing: str = ""
    conditional: bool = False
    row_looks: dict[int, Look] = field(default_factory=dict)
    column_looks: list[tuple[int, int, Look]] = field(default_factory=list)


@dataclass(slots=True)
class SheetReader:
    """Reads one sheet. `name` is for the places in remarks; `looks` is empty if the look could not be read."""

    name: str
    strings: Strings
    looks: list[Look]
    from_1904: bool
    remarks: Remarks
    sheet: RawSheet = field(default_factory=RawSheet)
    row: int = 0
    at: tuple[int, int] = (0, 0)  # row from 1, column from 0
    column: int = -1
    count: int = 0
    seen: int = 0
    current: dict[int, Cell] = field(default_factory=dict)
    empties: dict[Look, Cell] = field(default_factory=dict)
    hides_rows: bool = False

    def read(self, package: Package, part: str) -> RawSheet:
        """Return the sheet. Raises Refused if it is damaged or has too many rows, columns or cells."""
        handlers = {"c": self._cell, "row": self._row, "col": self._col, "mergeCell": self._merge, "headerFooter": self._notes,
                    "dataValidation": self._choices, "hyperlink": self._link, "drawing": self._drawing,
                    "conditionalFormatting": self._conditional, "sheetFormatPr": self._defaults}
        names: dict[str, str] = {}
        try:
            for event, element in iterparse(package.open(part), events=("start", "end")):
                name = names.get(element.tag) or names.setdefault(element.tag, local(element.tag))
                if event == "start":
                    if name == "row":
                        self._start_row(element)
                elif name in handlers:
                    handlers[name](element)
                    element.clear()
        except (ParseError, ValueError, LookupError) as fault:
            raise Refused(BROKEN) from fault
        return self.sheet

    def _start_row(self, element: Element) -> None:
        number = element.get("r", "")
        self.row = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 8 else self.row + 1
        self.column, self.current = -1, self.sheet.cells.get(self.row, {})

    def _row(self, element: Element) -> None:
        if element.get("hidden") in ("1", "true") or element.get("ht") == "0" or (self.hides_rows and "hidden" not in element.attrib):
            self.sheet.hidden_rows.add(self.row)
        if (height := number_of(element.get("ht", ""))) is not None:
            self.sheet.heights[self.row] = int(height * POINT)
        if element.get("customFormat") in ("1", "true") and (look := self._look(element)) is not PLAIN:
            self.sheet.row_looks[self.row] = look
        if self.current:
            self.sheet.cells[self.row] = self.current

    def _cell(self, element: Element) -> None:
        match = _REFERENCE.fullmatch(element.get("r", ""))
        self.column = _column(match[1]) if match else self.column + 1
        row = int(match[2]) if match else self.row
        current = self.current if row == self.row else self.sheet.cells.setdefault(row, {})
        self.at = (row, self.column)
        cell = self._read_cell(element)
        self.seen += 1
        if cell.value is not None or cell.formula or cell.picture or self.seen > MAX_SEEN:
            self.count += 1
            check_size(row, self.column + 1, max(self.count, self.seen - MAX_SEEN))
            if self.column in current and current[self.column].value is not None:
                self.remarks.add(self.place, "cellen finns två gånger i filen.",
                                 "Det senare värdet används. Kontrollera det.", value=str(current[self.column].value), weight=Weight.BAD)
        if cell is not EMPTY:
            current[self.column] = cell

    @property
    def place(self) -> str:
        """The cell being read, as remarks name it. Worked out only when there is something to remark."""
        return f"Blad {self.name}, cell {letters(self.at[1])}{self.at[0]}"

    def _read_cell(self, element: Element) -> Cell:
        look, kind = self._look(element), element.get("t", "n")
        text, formula, font, has_value = None, False, look.font, False
        for child in element:
            name = local(child.tag)
            if name == "v":
                text, has_value = child.text or "", True
            elif name == "f":
                formula = True
            elif name == "is":
                text, font = _with_font(rich_text(child), font)
        if kind == "s" and text:
            text, font = self._shared(text, font)
        elif kind == "str" and text:
            text = unescaped(text)
        if formula and not text and not (kind == "str" and has_value):
            self.remarks.add(self.place, "formel utan sparat värde.", "Öppna filen i Excel och spara den, eller skriv in värdet.", weight=Weight.BAD)
        if kind == "e" and element.get("vm"):
            return Cell(None, look.fill, look.ink, font, picture=True, formula=formula)
        value = self._value(kind, text, look, font)
        if value is None and not formula:
            return self._empty(look)
        return Cell(value, look.fill, look.ink, font, formula=formula)

    def _value(self, kind: str, text: str | None, look: Look, font: str) -> Value:
        if text is None or text == "":
            return None
        if kind in ("s", "str", "inlineStr"):
            return self._text(text, font)
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "e":
            tell_error_value(self.remarks, self.place, text)
            return None
        if kind == "d":
            return _iso_day(text) or text
        return self._number(text, look)

    def _number(self, text: str, look: Look) -> Value:
        number = number_of(text)
        if number is None:
            self.remarks.add(self.place, "talet går inte att läsa.", "Skriv in värdet igen.", value=text, weight=Weight.BAD)
            return clean_text(text, self.place, self.remarks)
        if len(text) >= TEN and has_certain(text):
            return number  # a personal identity number, whatever it is shown as: 00:00, or a hundred times as large
        if look.shape is Shape.DATE:
            return self._day(number)
        if look.shape is Shape.TIME or look.shape is Shape.DURATION:
            return clock_of(number % 1 if look.shape is Shape.TIME else number)
        return percent_of(number) if look.shape is Shape.PERCENT else number

    def _day(self, number: float) -> Value:
        if 0 <= number < 1:
            return clock_of(number)
        day = day_of(number, from_1904=self.from_1904)
        if day is None:
            self.remarks.add(self.place, why_no_day(number), "Skriv in rätt datum.", value=str(number), weight=Weight.BAD)
            return number
        return day

    def _text(self, text: str, font: str) -> str | None:
        if len(text) > 2 * MAX_CELL:
            raise Refused(f"{self.place} är längre än {MAX_CELL} tecken. Dela upp texten.")
        if font:
            text = "".join(chr(ord(sign) - 0xF000) if 0xF020 <= ord(sign) <= 0xF0FF else sign for sign in text)
        cleaned = text if is_plain(text) else clean_text(text, self.place, self.remarks)
        return cleaned if cleaned.strip() else None

    def _shared(self, text: str, font: str) -> tuple[str | None, str]:
        text = text.strip()
        place = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
        if not 0 <= place < len(self.strings.texts):
            raise Refused(BROKEN)
        self.strings.used.add(place)
        return self.strings.texts[place], self.strings.fonts.get(place, font)

    def _look(self, element: Element) -> Look:
        style = element.get("s", "")
        return self.looks[int(style)] if style.isascii() and style.isdigit() and len(style) < 7 and int(style) < len(self.looks) else PLAIN

    def _empty(self, look: Look) -> Cell:
        if not look.fill:
            return EMPTY
        return self.empties.setdefault(look, Cell(None, look.fill, look.ink, look.font))

    def _col(self, element: Element) -> None:
        first, last = (number_of(element.get(name, "")) for name in ("min", "max"))
        if not isinstance(first, int) or not isinstance(last, int):
            return
        if element.get("hidden") in ("1", "true") or element.get("width") == "0":
            self.sheet.hidden_columns.append((first - 1, last - 1))
        style = element.get("style", "")
        if style.isascii() and style.isdigit() and len(style) < 7 and int(style) < len(self.looks) and self.looks[int(style)].fill:
            self.sheet.column_looks.append((first - 1, last - 1, self.looks[int(style)]))

    def _merge(self, element: Element) -> None:
        ends = [_REFERENCE.fullmatch(part) for part in element.get("ref", "").split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            rows, columns = sorted(int(end[2]) for end in ends if end), sorted(_column(end[1]) for end in ends if end)
            if len(self.sheet.merges) >= MAX_MERGES:
                raise Refused(too_many_merges(self.name))
            self.sheet.merges.append((rows[0], columns[0], rows[1], columns[1]))

    def _notes(self, element: Element) -> None:
        self.sheet.notes += [_HEADER_CODE.sub(" | ", child.text) for child in element if child.text]

    def _choices(self, element: Element) -> None:
        said = [element.get(name, "") for name in ("promptTitle", "prompt", "errorTitle", "error")]
        self.sheet.notes += [text for text in (*("".join(child.itertext()) for child in element), *said) if text]

    def _link(self, element: Element) -> None:
        self.sheet.notes += [element.attrib[name] for name in ("display", "tooltip", "location") if name in element.attrib]

    def _drawing(self, element: Element) -> None:
        self.sheet.drawing = attribute(element, "id")

    def _conditional(self, element: Element) -> None:
        self.sheet.conditional = True

    def _defaults(self, element: Element) -> None:
        self.hides_rows = element.get("zeroHeight") in ("1", "true")


def _with_font(found: tuple[str, str], usual: str) -> tuple[str, str]:
    text, font = found
    return text, font or usual


def _column(name: str) -> int:
    number = 0
    for sign in name.upper():
        number = number * 26 + ord(sign) - 64
    return number - 1


def _iso_day(text: str) -> date | None:
    match = _ISO.match(text.strip())
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None
