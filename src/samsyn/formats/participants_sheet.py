"""
A sheet of participants, one row an episode, as columns of values and a list of what could not be used.

`read_participants` opens the file in this process: call it through `samsyn.formats.child`. A file with personal
identity numbers is refused, with the addresses of the cells. Nothing is left out in silence: every row and value that is
not counted stands in the reading with a reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samsyn.formats.grid import Cell, Grid, Row, Sheet, Value, cell_at
from samsyn.formats.grid_limits import letters
from samsyn.formats.participants_checks import checked_rows
from samsyn.formats.participants_columns import AGE, CORE, LABELS, Choice, Header, Kind, chosen_columns, could_be, field_of, kind_of_cells, says_belonging
from samsyn.formats.participants_reading import ParticipantsReading, ReadColumns, UsedColumn
from samsyn.formats.participants_values import (
    Read, is_yes_or_no, read_age, read_amount, read_belonging, read_birth_year, read_day, read_end, read_quantity, read_truth, read_word,
    with_point_as_decimal,
)  # fmt: skip
from samsyn.formats.personal_numbers import redact
from samsyn.formats.problems import Refused, RowProblem, Weight
from samsyn.formats.remarks import Remarks

TITLE_ROWS = 40     # rows looked at to find the headers
FEWEST_HEADERS = 2  # texts in a row above the headers: with one it is a title
AGAIN = "rader med rubriker en gång till"
SHOWN_PLACES = 10   # of cells with personal identity numbers

WORDS = ("unit", "sex", "target_group", "end_reason")
DAYS = ("referred", "start", "end")
AMOUNTS = ("planned", "delivered", "score_start", "score_end", "score_follow_up")
SCORES = AMOUNTS[2:]
READERS: Mapping[str, Callable[[Value], Read[Any]]] = {
    "id": read_word, **dict.fromkeys(WORDS, read_word), "birth_year": read_birth_year, AGE: read_age, **dict.fromkeys(DAYS, read_day),
    "end": read_end,
    "planned": read_quantity, "delivered": read_quantity, **dict.fromkeys(SCORES, read_amount),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose row of headers has been found: the columns it has, the rows under them, and how many of those were headers again."""

    sheet: Sheet
    header: Row
    headers: tuple[Header, ...]
    body: tuple[Row, ...]
    again: int


def read_participants(name: str, content: bytes, wished: str = "{}", stated: str = "{}", scale: str = "null") -> ParticipantsReading:
    """
    Return what is understood of a file of participants: Excel, OpenDocument, CSV or SPSS.

    wished   field to header as the user says, as JSON; must be there
    stated   the same from a settings file; used where it fits
    scale    [lowest, highest] of the instrument as JSON; null if not known
    raises   Refused   with one kind sentence
    """
    if content[:4] in (b"$FL2", b"$FL3"):
        from samsyn.formats.participants_sav import sav_grid

        grid = sav_grid(content)
    else:
        from samsyn.formats.open_file import open_grid

        grid = open_grid(name, content)
    return participants_of(grid, json.loads(wished), json.loads(stated), json.loads(scale))


def participants_of(
    grid: Grid, wished: Mapping[str, str], stated: Mapping[str, str] | None = None, scale: Sequence[float] | None = None
) -> ParticipantsReading:
    """Return what is understood of a grid. Arguments and refusals as of `read_participants`."""
    remarks = Remarks()
    hold_personal_numbers(grid, remarks)
    stated = stated or {}
    table = _table(grid, frozenset({*wished.values(), *stated.values()}), remarks)
    choice = chosen_columns(table.headers, wished, stated)
    _tell_unclear(choice, table, stated, remarks)
    if not set(choice.fields) - {"id"}:
        raise Refused(_only_unclear(choice) if choice.unclear else _nothing_known(table))
    _tell_unused(choice, table, remarks)
    return _reading(grid, table, choice, scale, remarks)


def hold_personal_numbers(grid: Grid, remarks: Remarks) -> None:
    """Refuse a file with personal identity numbers, saying where; ask about what may be one. The numbers are never repeated."""
    from samsyn.chain.wording import listed
    from samsyn.formats.plan_flags import find_flags

    asked = Remarks()
    flags = find_flags(grid, {}, asked)
    addresses = [f"{'' if flag.sheet == 'Text' else f'blad {flag.sheet}, '}cell {flag.letter}{flag.row}" if flag.row else flag.place
                 for flag in (*flags.holding, *flags.loose)]  # fmt: skip
    if addresses:
        more = len(addresses) - SHOWN_PLACES
        shown = listed([*addresses[:SHOWN_PLACES], *([f"{more} ställen till"] if more > 0 else [])])
        raise Refused(f"Filen har personnummer i {shown}. Byt dem mot koder, spara filen och försök igen.")
    for one in asked.all():
        remarks.add(one.place, one.why, "Byt det mot en kod om det är det.", value=one.value, weight=Weight.ASK)


def _table(grid: Grid, named: frozenset[str], remarks: Remarks) -> Table:
    """Return the sheet, and the row in it, with most known headers. Raises Refused if no sheet has any."""
    found = [(known, place, sheet) for sheet in grid.sheets if sheet.rows for known, place in [_header_place(sheet, named)]]
    if not found:
        raise Refused("Filen är tom: det finns ingen tabell i den. Den ska ha en rubrikrad och en rad för varje insats.")
    known, place, sheet = max(found, key=lambda one: one[0])
    for _, _, other in found:
        if other is not sheet:
            remarks.add(f"Blad {other.name}", "bladet lästes inte; deltagarna läses från ett blad.", "Flytta raderna dit om de ska räknas.")
    header = sheet.rows[place]
    under = sheet.rows[place + 1 :]
    again = [row for row in under if _is_headers_again(row, named)]
    for row in again:
        remarks.add(f"rad {row.number}", "raden är rubriker en gång till.", "Den räknas inte.")
    body = tuple(row for row in under if row not in again) if again else under
    texts = _header_texts(sheet, place)
    headers = tuple(Header(column, text, kind_of_cells(_value(row, column) for row in body)) for column, text in enumerate(texts))
    table = Table(sheet, header, headers, body, len(again))
    if not known:
        raise Refused(_nothing_known(table))
    if not body:
        raise Refused("Det finns inga rader under rubrikerna. Fyll i en rad för varje insats och försök igen.")
    return table


def _header_place(sheet: Sheet, named: frozenset[str]) -> tuple[int, int]:
    """Return how many known headers the best row has, and its place; the first of those that are equally good."""
    counts = [sum(_is_header(cell, named) for cell in row.cells) for row in sheet.rows[:TITLE_ROWS]]
    best = max(counts)
    return best, counts.index(best)


def _is_headers_again(row: Row, named: frozenset[str]) -> bool:
    """Return whether a row holds nothing but headers: a second language, or a new page of a long list."""
    filled = [cell for cell in row.cells if cell.value is not None and cell.value != ""]
    return len(filled) >= FEWEST_HEADERS and all(_is_header(cell, named) for cell in filled)


def _header_texts(sheet: Sheet, place: int) -> list[str]:
    """Return the headers; one that is empty is taken from the row above where that row is a part of the headers and no title."""
    header = sheet.rows[place]
    own = [_header_text(cell) for cell in header.cells]
    above = sheet.rows[place - 1] if place and sheet.rows[place - 1].number == header.number - 1 else None
    if above is None or sum(bool(_header_text(cell)) for cell in above.cells) < FEWEST_HEADERS:
        return own
    return [text or _header_text(cell_at(above, column)) for column, text in enumerate(own)]


def _is_header(cell: Cell, named: frozenset[str]) -> bool:
    text = _header_text(cell)
    return bool(text) and len(text) <= 80 and (text in named or could_be(text))


def _header_text(cell: Cell) -> str:
    return " ".join(cell.value.split()) if isinstance(cell.value, str) and not cell.merged else ""


def _value(row: Row, column: int) -> Value:
    return cell_at(row, column).value


def _nothing_known(table: Table) -> str:
    there = [header.text for header in table.headers if header.text]
    seen = f" Den översta raden säger: {', '.join(there[:12])}." if there else ""
    return ("Filen har ingen rubrik som analysen känner igen, till exempel kod, startdatum, avslutsorsak, före och efter."
            f"{seen} Tala om vilka kolumnerna är med --map, till exempel --map före=Poäng1.")  # fmt: skip


def _only_unclear(choice: Choice) -> str:
    from samsyn.chain.wording import listed

    first = choice.unclear[0]
    return (f"Flera kolumner kan vara {LABELS[first.field]}: {listed(first.headers)}. Ge dem olika rubriker, och säg vilken som gäller med --map, "
            f"till exempel --map {first.field}=”{first.headers[0]}”.")  # fmt: skip


def _tell_unused(choice: Choice, table: Table, remarks: Remarks) -> None:
    """Tell of a column that by its header would be used, but holds something else than such a column does."""
    used = {header.place for header in choice.fields.values()}
    unclear = {text for one in choice.unclear for text in one.headers}
    for header in table.headers:
        wanted = field_of(header.text) if header.place not in used and header.kind is not Kind.NOTHING and header.text not in unclear else ""
        if wanted and wanted not in choice.fields:
            remarks.add(f"rad {table.header.number}, kolumn {header.text}", f"kolumnen används inte: det mesta i den är {header.kind.value}.",
                        f"Rätta cellerna, eller säg vad kolumnen är, till exempel --map {wanted}=”{header.text}”.", weight=Weight.ASK)  # fmt: skip


def _tell_unclear(choice: Choice, table: Table, stated: Mapping[str, str], remarks: Remarks) -> None:
    from samsyn.chain.wording import listed

    place = f"rad {table.header.number}"
    for one in choice.unclear:
        remarks.add(place, f"flera kolumner kan vara {LABELS[one.field]}: {listed(one.headers)}. Ingen av dem används.",
                    f"Välj en av dem, till exempel --map {one.field}=”{one.headers[0]}”.", weight=Weight.BAD)  # fmt: skip
    there = {header.text for header in choice.fields.values()}
    for field, header in stated.items():
        if header not in there:
            remarks.add(place, f"inställningarna säger att {LABELS.get(field, field)} står i kolumnen {header}, men den finns inte i filen.",
                        "Rätta inställningarna om den ska vara med.", weight=Weight.ASK)  # fmt: skip


def _reading(grid: Grid, table: Table, choice: Choice, scale: Sequence[float] | None, remarks: Remarks) -> ParticipantsReading:
    """Read every cell of the columns that are used, check the rows, and gather what is left."""
    emptied: dict[str, int] = {}
    used = sorted(choice.fields.items(), key=lambda one: one[1].place)
    values = {field: _column(field, header, table, remarks, emptied) for field, header in used}
    rows = checked_rows(values, [row.number for row in table.body], {field: header.text for field, header in used}, scale, remarks)
    kept = {field: tuple(column[place] for place in rows.kept) for field, column in rows.values.items()}
    if not rows.kept:
        raise Refused("Ingen rad i filen går att räkna: alla är tomma eller summor. Fyll i en rad för varje insats och försök igen.")
    places = {header.place for _, header in used}
    dropped = (*rows.dropped, *([(AGAIN, table.again)] if table.again else []))
    return ParticipantsReading(
        grid.kind, "" if table.sheet.name == "Text" else table.sheet.name, table.header.number,
        tuple(UsedColumn(field, header.text, letters(header.place)) for field, header in used),
        tuple(header.text for header in table.headers if header.place not in places and header.text),
        kept.pop("id"), _columns(kept), len(table.body) + table.again, dropped, tuple(emptied.items()),
        tuple(sorted((*grid.problems, *remarks.all()), key=_row_of)),
    )  # fmt: skip


def _row_of(problem: RowProblem) -> int:
    """Return the number of the row a problem stands on; 0 for what is about the whole file."""
    found = re.match(r"rad (\d+)", problem.place)
    return int(found[1]) if found else 0


def _column(field: str, header: Header, table: Table, remarks: Remarks, emptied: dict[str, int]) -> list[Any]:
    """Return a column's values, one a row; tell every cell that says something odd, and count what could not be used."""
    values: list[Any] = []
    cells = [cell_at(row, header.place) for row in table.body]
    stand = [cell.value for cell in cells]
    read = _reader_of(field, header, stand)
    for row, cell, value in zip(table.body, cells, with_point_as_decimal(stand) if field in AMOUNTS else stand, strict=True):
        one: Read[Any] = read(value)
        values.append(one.value)
        if one.why:
            remarks.add(f"rad {row.number}, kolumn {header.text}", one.why, one.what_to_do,
                        value=redact(str(cell.value), also_possible=True), weight=one.weight)  # fmt: skip
        if one.why and one.value is None:
            words = f"{LABELS.get(field, header.text)}: {'svaret saknas' if one.weight is Weight.NOTE else 'gick inte att läsa'}"
            emptied[words] = emptied.get(words, 0) + 1
        if cell.formula and cell.value is None:
            remarks.add(f"rad {row.number}, kolumn {header.text}", "är en formel utan sparat värde.", "Öppna filen i Excel och spara den.", weight=Weight.BAD)
    return values


def _reader_of(field: str, header: Header, stand: Sequence[Value]) -> Callable[[Value], Read[Any]]:
    """Return how a column's cells are read: one of target groups that answers yes and no says who belongs, whatever its header."""
    if field == "target_group" and (says_belonging(header.text) or any(is_yes_or_no(value) for value in stand)):
        return read_belonging
    return READERS.get(field, read_truth)


def _columns(kept: Mapping[str, tuple[Any, ...]]) -> ReadColumns:
    """Return the columns sorted by what they hold."""

    def of(names: Sequence[str]) -> tuple[tuple[str, tuple[Any, ...]], ...]:
        return tuple((name, kept[name]) for name in names if name in kept)

    core = tuple((name, column) for name, column in kept.items() if name.startswith(CORE))
    return ReadColumns(of(WORDS), of(AMOUNTS), of(("birth_year",)), of(DAYS), core)
