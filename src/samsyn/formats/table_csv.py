"""
Text tables: files with separated values, and what is pasted from a spreadsheet, a text document or a web page.

Nothing is lost: rows of uneven length keep their extra cells, a quotation mark that is never closed stays in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from samsyn.formats.grid import Cell, Grid, Row, Sheet
from samsyn.formats.grid_limits import MAX_CELL, check_size
from samsyn.formats.problems import Refused, Weight
from samsyn.formats.remarks import Remarks
from samsyn.formats.table_out import undo_harmless
from samsyn.formats.text_clean import clean_text
from samsyn.formats.text_encoding import MAX_TEXT, decoded

DELIMITERS = ";\t|,"
SAMPLE = 200_000               # characters looked at to find the delimiter
SAMPLE_RECORDS = 200
MAX_WIDTH = 20_000             # fields in a record, the empty ones too (Excel has 16,384 columns)

_STATED = re.compile(r'"?sep=(.)"?(?:\r\n|\n|\r)', re.I)
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Record:
    """
    One record.

    line        the number of its first line, from 1
    fields      as they stood, without the empty ones at the end
    width       how many fields there were, the empty ones too
    odd_quotes  True if its quotation marks do not pair
    """

    line: int
    fields: tuple[str, ...]
    width: int
    odd_quotes: bool = False


def read_csv(content: bytes) -> Grid:
    """
    Return a file of separated values as a grid with one sheet, named "Text".

    content  UTF-8, UTF-16 or a one-byte encoding; semicolon, tab, comma or | between the fields
    raises   Refused    NUL characters, too large, too many rows or columns, a cell longer than Excel allows
    """
    remarks = Remarks()
    text = decoded(content, remarks)
    if not text.strip():
        raise Refused("Filen är tom: den innehåller bara blanktecken. Kontrollera att du valde rätt fil.")
    stated = _STATED.match(text)
    delimiter = stated[1] if stated else find_delimiter(text)
    records = records_of(text[stated.end():] if stated else text, delimiter, 2 if stated else 1)
    return _grid("csv", _bounded(records), remarks, undo=True)


def read_paste(text: str) -> Grid:
    """
    Return a pasted table as a grid: tab between the cells as from a spreadsheet or a web page, otherwise as found, otherwise one cell a line.

    raises  Refused    empty, or too large
    """
    if len(text) > MAX_TEXT:
        raise Refused("Det är för mycket text att klistra in på en gång. Spara den som en fil och läs in filen.")
    if not text.strip():
        raise Refused("Rutan är tom. Kopiera tabellen i Excel eller Word och klistra in den här.")
    text = text.replace("\0", "")
    delimiter = "\t" if "\t" in text else find_delimiter(text)
    return _grid("paste", _bounded(records_of(text, delimiter, 1)), Remarks(), undo=False)


def find_delimiter(text: str) -> str:
    """Return the delimiter that cuts most records into the same number of fields; ";" if none does."""
    def evenness(delimiter: str) -> tuple[float, int, int]:
        widths = _sample_widths(text, delimiter)
        width, count = max(((width, count) for width, count in Counter(widths).items() if width > 1), key=lambda pair: pair[1], default=(1, 0))
        alike = count / max(len(widths), 1)
        return alike + (0.5 if alike and widths[0] == width else 0), width, -DELIMITERS.index(delimiter)

    best = max(DELIMITERS, key=evenness)
    return best if evenness(best)[0] else ";"


def _sample_widths(text: str, delimiter: str) -> list[int]:
    widths = []
    for record in records_of(text[:SAMPLE], delimiter, 1):
        widths.append(record.width)
        if len(widths) == SAMPLE_RECORDS:
            break
    return widths


def records_of(text: str, delimiter: str, line: int) -> Iterator[Record]:
    """Yield the records that hold anything. Quoted fields may hold delimiters and line breaks; `line` is the number of the first line."""
    unquoted = re.compile(f"[^{re.escape(delimiter)}\r\n]*+")
    place, fields, odd, first = 0, [], False, line
    while True:
        value, place, strange = _field(text, place, delimiter, unquoted)
        fields.append(value)
        if len(fields) > MAX_WIDTH:
            check_size(0, len(fields))
        odd = odd or strange
        if place < len(text) and text[place] == delimiter:
            place += 1
            continue
        ended = _BREAK.match(text, place)
        following = first + _lines_in(fields) + 1
        if filled := _filled(fields):
            yield Record(first, tuple(fields[:filled]), len(fields), odd)
        if not ended:
            return
        place, fields, odd, first = ended.end(), [], False, following


def _field(text: str, place: int, delimiter: str, unquoted: re.Pattern[str]) -> tuple[str, int, bool]:
    """Return a field's text, where it ends, and whether its quotation marks were odd."""
    strange = False
    if text.startswith('"', place):
        quoted = _QUOTED.match(text, place)
        if quoted and (quoted.end() == len(text) or text[quoted.end()] in (delimiter, "\r", "\n")):
            return quoted[1].replace('""', '"'), quoted.end(), False
        strange = True
        if quoted and re.search(f"[{re.escape(delimiter)}\r\n]", quoted[1]):
            rest = unquoted.match(text, quoted.end())
            assert rest is not None
            return quoted[1].replace('""', '"') + rest[0], rest.end(), True
    plain = unquoted.match(text, place)
    assert plain is not None
    return plain[0], plain.end(), strange


def _filled(fields: list[str]) -> int:
    """Return how many fields there are up to the last one that holds anything."""
    return next((place for place in range(len(fields), 0, -1) if fields[place - 1].strip()), 0)


def _lines_in(fields: list[str]) -> int:
    return sum(len(_BREAK.findall(field)) for field in fields if "\n" in field or "\r" in field)


def _bounded(records: Iterator[Record]) -> list[Record]:
    """Return the records, stopping at the first one too many or too wide."""
    kept: list[Record] = []
    for record in records:
        kept.append(record)
        check_size(len(kept), len(record.fields))
    return kept


def _grid(kind: str, records: list[Record], remarks: Remarks, *, undo: bool) -> Grid:
    header = next((record for record in records if sum(bool(field.strip()) for field in record.fields) > 1), None)
    names = _column_names(header, remarks=Remarks())
    rows = [row for record in records if (row := _row(record, names, remarks, undo=undo)).cells]
    if header:
        _tell_uneven([record for record in records if record.line > header.line], len(header.fields), remarks)
    return Grid(kind, (Sheet("Text", tuple(rows)),), remarks.all())


def _column_names(header: Record | None, remarks: Remarks) -> list[str]:
    return [clean_text(field, "", remarks).strip() for field in header.fields] if header else []


def _row(record: Record, names: list[str], remarks: Remarks, *, undo: bool) -> Row:
    """Return the record as a row; without cells if it is empty through and through."""
    cells = []
    for column, raw in enumerate(record.fields):
        if len(raw) > MAX_CELL:
            raise Refused(f"En cell på rad {record.line} är längre än {MAX_CELL} tecken. Oftast är det ett citattecken som saknas: "
                          "öppna filen i Excel, rätta och spara om.")
        named = names[column] if column < len(names) and record.line > 1 and names[column] else str(column + 1)
        value = clean_text(undo_harmless(raw) if undo else raw, f"rad {record.line}, kolumn {named}", remarks)
        cells.append(Cell(value if value.strip(" \n") else None))
    if record.odd_quotes:
        remarks.add(f"rad {record.line}", "citattecknen går inte ihop.", "Kontrollera att texten har hamnat i rätt kolumn.", weight=Weight.ASK)
    if all(cell.value is None for cell in cells):
        cells = []
    return Row(record.line, tuple(cells))


def _tell_uneven(records: list[Record], width: int, remarks: Remarks) -> None:
    """Tell the rows that are shorter or longer than the header row. Empty fields at the end are nothing to tell."""
    for record in records:
        if record.width < width:
            remarks.add(f"rad {record.line}", f"{record.width} av {width} kolumner.", "Kontrollera att texten står i rätt kolumn.",
                        weight=Weight.ASK, sort="för få kolumner.")
        elif (extra := len(record.fields) - width) > 0:
            remarks.add(f"rad {record.line}", f"{record.width} kolumner, {extra} för många.",
                        "De extra cellerna är kvar sist på raden. Kontrollera dem.", weight=Weight.ASK, sort="för många kolumner.")
