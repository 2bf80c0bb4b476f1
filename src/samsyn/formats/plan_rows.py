"""One row of a plan's table, read cell by cell: causes, action, goal, when, who and how it went."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from samsyn.chain.swedish import fold
from samsyn.formats.grid import Cell, Row, Value, cell_at
from samsyn.formats.people import LONGEST, PeopleRead, read_people
from samsyn.formats.plan_causes import read_causes
from samsyn.formats.plan_columns import Column, Header, is_status_question, text_of
from samsyn.formats.plan_fills import NO_FACE, faces_of_fills
from samsyn.formats.plan_status import Habits, StatusCell, habits_of, read_status
from samsyn.formats.problems import Weight
from samsyn.formats.reading import ReadCause, ReadDate, ReadPerson, ReadStatus
from samsyn.formats.remarks import Remarks
from samsyn.formats.status_signs import FaceRead
from samsyn.formats.status_words import read_words
from samsyn.formats.swedish_dates import read_date

_NOTHING = re.compile(r"[-–—_.\s]*")
_CODE = re.compile(r"^[=@+\t]|^-[^\s\w]|^[^\w]*$")
_ACTION_NUMBER = re.compile(
    r"^(?:(?:åtgärd|aktivitet|insats)(?:en)?\s*(?:nr\.?\s*)?(?P<word>[åÅ]?\d{1,3}(?:\.\d{1,2})*[a-z]?)\s*(?:[.):–-]\s*|\s)"
    r"|(?P<marked>[åÅ]?\d{1,2}(?:\.\d{1,2})*[a-zA-Z]?)(?:[.):]\s+|[.)](?=[^\W\d])|\s+[-–—]\s+)"
    r"|(?P<levels>[åÅ]\d{1,2}(?:\.\d{1,2})*|\d{1,2}(?:\.\d{1,2})+[a-z]?|\d{1,2}[a-z])\s+(?=[A-ZÅÄÖ]))(?=\S)", re.IGNORECASE)
_NEEDS_CAPITAL = re.compile(r"^\S+\s+[a-zåäö]")
_MONTH_NEXT = re.compile(r"^(?:jan|feb|mars?|apr|maj|jun|jul|aug|sep|okt|nov|dec)", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"^(?P<number>\d{1,2})\s+(?=[A-ZÅÄÖ])")


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands, for the user: `sheet` is "" when the file has only one."""

    sheet: str
    number: int

    @property
    def words(self) -> str:
        return f"Blad {self.sheet}, rad {self.number}" if self.sheet else f"rad {self.number}"

    def column(self, column: Column | None) -> str:
        return f"{self.words}, kolumn {column.label}" if column else self.words


@dataclass(slots=True)
class RowReader:
    """
    Reads the rows of one table.

    plain_numbers   True if actions are numbered without a full stop ("1 Ny belysning"), all through the table
    row_numbers     True if the number column beside the causes counts rows, not causes
    """

    header: Header
    today: date
    remarks: Remarks
    faces: dict[int, FaceRead] = field(default_factory=dict)
    plain_numbers: bool = False
    row_numbers: bool = False
    habits: Habits = Habits()

    def look_through(self, rows: Sequence[Row], header_row: Row | None) -> None:
        """Learn from all rows at once what one row alone does not tell."""
        actions = [text for row in rows if (text := self.text(row, "action"))]
        numbered = sum(bool(_PLAIN_NUMBER.match(text) or split_number(text)[0]) for text in actions)
        self.plain_numbers = len(actions) > 1 and numbered * 2 > len(actions)
        self.row_numbers = self._numbers_count_rows(rows)
        columns = [column.index for column in self.header.of("status")]
        acting = [row for row in rows if self.text(row, "action")]
        fills = [header_row.cells[i].fill for i in columns if i < len(header_row.cells)] if header_row else []
        self.faces = dict(faces_of_fills(acting, columns, fills)) if columns else {}
        said = [text for row in acting for i in columns if (text := text_of(cell_at(row, i)))]
        self.habits = habits_of(said)

    def text(self, row: Row, *roles: str) -> str:
        """Return what stands in the columns of these roles, a line each; "" for dashes alone."""
        texts = [text_of(cell_at(row, column.index)) for column in self.header.of(*roles)]
        joined = "\n".join(dict.fromkeys(text for text in texts if text))
        return "" if _NOTHING.fullmatch(joined) else joined

    def causes(self, row: Row, place: RowPlace) -> tuple[ReadCause, ...]:
        columns = self.header.of("cause")
        number = "" if self.row_numbers else self.text(row, "cause_number")
        read = read_causes(self._cause_value(row, columns), number)
        if read.ask:
            shown = text_of(cell_at(row, columns[0].index)) if columns else ""
            self.remarks.add(place.column(columns[0] if columns else None), "det är inte säkert vilka orsaker som menas.",
                             "Skriv orsakernas nummer som text, till exempel 1, 3.", value=shown, weight=Weight.ASK)
        return read.causes

    def action(self, row: Row) -> tuple[str, str]:
        """Return (number, text) of the action."""
        text = self.text(row, "action")
        number, words = split_number(text)
        plain = _PLAIN_NUMBER.match(text) if self.plain_numbers and not number else None
        if plain:
            number, words = plain["number"], text[plain.end():]
        own = self.text(row, "action_number") or (self.text(row, "cause_number") if self.row_numbers else "")
        return (number or own.rstrip(".)"), words) if words else ("", text)

    def when(self, row: Row, place: RowPlace) -> ReadDate:
        return self._date(row, place, "when")

    def start(self, row: Row, place: RowPlace) -> ReadDate:
        return self._date(row, place, "start")

    def responsible(self, row: Row, place: RowPlace) -> tuple[ReadPerson, ...]:
        read = self._people(row)
        columns = self.header.of("responsible")
        where = place.column(columns[0] if columns else None)
        text = self.text(row, "responsible")
        if read.nobody and re.search(r"[^\W\d_]", text):
            self.remarks.add(where, "ingen är utsedd än.", "Skriv ett namn när det är klart.", value=text, sort="ingen är utsedd än.")
        if read.unclear:
            self.remarks.add(where, "det är inte säkert vilken adress eller vilket nummer som hör till vem.",
                             "Kontrollera, eller skriv en person per rad i cellen.", value=text, weight=Weight.ASK)
        return read.people

    def status(self, row: Row, place: RowPlace) -> ReadStatus:
        columns = self.header.of("status")
        cells = [StatusCell(cell_at(row, column.index), is_status_question(column.header)) for column in columns]
        read = read_status(cells, self.faces.get(row.number, NO_FACE), self.today, self.habits)
        if read.why:
            self.remarks.add(place.column(columns[0]), read.why[0].lower() + read.why[1:], "Välj vad som stämmer.",
                             value=read.status.typed, weight=Weight.ASK)
        if read.status.result is None:
            for column in self.header.of("extra"):
                if fold(column.header).startswith(("resultat", "utfall", "result")):
                    result = read_words(fold(text_of(cell_at(row, column.index))), self.today).result
                    return ReadStatus(read.status.typed, read.status.face, read.status.implementation, result, read.status.ask)
        return read.status

    def extra(self, row: Row) -> tuple[tuple[str, str], ...]:
        """Return what stands in every other column, and in cells beyond the last header."""
        known = {column.index for column in self.header.columns}
        kept = [(column.label, text) for column in self.header.of("extra") if (text := text_of(cell_at(row, column.index)))]
        for column in self.header.of("contact"):
            if re.search(r"[^\W\d_]{2,}", re.sub(r"\S+@\S+", "", text_of(cell_at(row, column.index))[:LONGEST])):
                kept.append((column.label, text_of(cell_at(row, column.index))))
        beyond = [Column(index, "extra", "") for index in range(len(row.cells)) if index not in known]
        return (*kept, *((column.label, text) for column in beyond if (text := text_of(cell_at(row, column.index)))))

    def _people(self, row: Row) -> PeopleRead:
        contact = self.text(row, "contact")[:LONGEST]
        emails = "\n".join(filter(None, (self.text(row, "email"), contact)))
        numbers = "\n".join(re.findall(r"\+?\d[\d \-()/]{5,}\d", re.sub(r"\S+@\S+", " ", contact)))
        phones = "\n".join(filter(None, (self.text(row, "phone"), numbers)))
        return read_people(self.text(row, "responsible"), emails=emails, phones=phones, organisations=self.text(row, "organisation"))

    def _cause_value(self, row: Row, columns: Sequence[Column]) -> Value:
        values = [cell_at(row, column.index).value for column in columns]
        filled = [value for value in values if value not in (None, "")]
        if len(filled) <= 1:
            return filled[0] if filled else None
        texts = list(dict.fromkeys(text_of(Cell(value)) for value in filled))
        return f"{texts[0]}. {' '.join(texts[1:])}" if texts[0].isdigit() and len(texts) > 1 else " ".join(texts)

    def _date(self, row: Row, place: RowPlace, role: str) -> ReadDate:
        columns = self.header.of(role)
        cells = [cell for column in columns if (cell := cell_at(row, column.index)).value not in (None, "")]
        if not cells:
            lost = any(cell_at(row, column.index).formula for column in columns)
            return ReadDate("", None, lost)  # the reader has told that a formula had no value
        texts = list(dict.fromkeys(text_of(cell) for cell in cells))
        read = read_date(cells[0].value if len(texts) == 1 else " – ".join(texts), self.today)
        if read.ask and not _CODE.match(read.typed):
            why = f"det är inte säkert vilken dag som menas; vi läste {read.interpreted.isoformat()}." if read.interpreted else (
                "det går inte att läsa som ett bestämt datum.")
            self.remarks.add(place.column(columns[0]), why, "Skriv datumet som 2027-03-31, eller behåll orden.", value=read.typed,
                             weight=Weight.ASK, sort="datum som behöver bekräftas.")
        return read

    def _numbers_count_rows(self, rows: Sequence[Row]) -> bool:
        """Return whether the same cause has different numbers beside it: then the numbers are not the cause's."""
        if not self.header.of("cause_number"):
            return False
        seen: dict[str, str] = {}
        for row in rows:
            number, cause = self.text(row, "cause_number"), fold(self.text(row, "cause"))
            if not re.search(r"\d", number) or not self.text(row, "action"):
                continue
            if seen.setdefault(cause, number) != number if cause else number not in seen.values():
                return True
        return False


def split_number(text: str) -> tuple[str, str]:
    """
    Return the number an action begins with, and the rest: "1. Ny belysning", "1.2 Ny", "2a) Ny", "Åtgärd 3: Ny".

    A number that belongs to the words stays: "3 vakter", "24 timmar", "1. maj".
    """
    found = _ACTION_NUMBER.match(text)
    if not found or (found["levels"] and _NEEDS_CAPITAL.match(text)) or _MONTH_NEXT.match(text[found.end():]):
        return "", text
    return found["word"] or found["marked"] or found["levels"], text[found.end():].strip()
