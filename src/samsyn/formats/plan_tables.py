"""The tables of a sheet: where each begins, what stands above it, and which rows are its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samsyn.formats.grid import Row
from samsyn.formats.plan_columns import Header, header_at, is_cause_list, is_header_within, is_help_row, meaning_of, repeats, text_of

LOOK_FOR_BETTER = 12  # rows below a poor header where a better one may stand
STEMS = frozenset(
    "orsak bakom probl åtgär aktiv insat vad mål delmå opera effek när tid tidpl klart slutd datum dead vem ansva kontak kont upp uppf uppfö status stat läge "
    "gubbe resul komme cause root actio activ goal objec when due who respo owner follo progr varfö nr fokus".split())


@dataclass(frozen=True, slots=True)
class Table:
    """
    One table of a plan.

    title   what stands above the header, line by line; "" if nothing
    body    the rows under the header, repeated headers and explanations left out
    """

    header: Header
    header_row: int
    title: str
    body: tuple[Row, ...]
    is_cause_list: bool = False


def tables_of(rows: Sequence[Row]) -> tuple[Table, ...]:
    """Return the plan's tables in a sheet, from the top. Empty if there is no header row."""
    header = _first_header(rows)
    if header is None:
        return _cause_list(rows)
    headers = [header]
    place = header.last + 1
    while place < len(rows):
        found = header_at(rows, place) if _may_be_header(rows[place]) else None
        if found and is_header_within(found) and not repeats(headers[-1], rows[place]):
            headers.append(found)
            place = found.last
        place += 1
    tables: list[Table] = []
    start = 0
    for number, header in enumerate(headers):
        end = headers[number + 1].first if number + 1 < len(headers) else len(rows)
        last = _title_start(rows, header.last + 1, end) if end < len(rows) else end
        title = "\n".join(_line(row) for row in rows[start:header.first])
        tables.append(Table(header, rows[header.last].number, title, tuple(_body(header, rows[header.last + 1:last]))))
        start = last
    return tuple(tables)


def is_transposed(rows: Sequence[Row]) -> bool:
    """Return whether the headers stand below each other in the first column."""
    found = {meaning.role for row in rows if row.cells and (meaning := meaning_of(text_of(row.cells[0])))}
    return len(found & {"cause", "action", "goal", "when", "responsible", "status"}) >= 3


def _first_header(rows: Sequence[Row]) -> Header | None:
    for place, row in enumerate(rows):
        if sum(bool(text_of(cell)) for cell in row.cells) < 2 or not _any_stem(row):
            continue
        found = header_at(rows, place)
        if found is None:
            continue
        if len(found.core) < 3:
            for later in range(found.last + 1, min(found.last + LOOK_FOR_BETTER, len(rows))):
                better = header_at(rows, later) if _may_be_header(rows[later]) else None
                if better and len(better.core) > len(found.core) and is_header_within(better):
                    return better
        return found
    return None


def _cause_list(rows: Sequence[Row]) -> tuple[Table, ...]:
    for place, row in enumerate(rows[:LOOK_FOR_BETTER]):
        header = is_cause_list(rows, place)
        if header:
            title = "\n".join(_line(row) for row in rows[:place])
            return (Table(header, row.number, title, tuple(_body(header, rows[place + 1:])), is_cause_list=True),)
    return ()


def _body(header: Header, rows: Sequence[Row]) -> list[Row]:
    body = [row for row in rows if not repeats(header, row)]
    return body[1:] if body and is_help_row(header, body[0]) else body


def _title_start(rows: Sequence[Row], first: int, header: int) -> int:
    """Return where the title of the next table begins: at most two rows of one text each, right above its header."""
    start = header
    while start > first and header - start < 2 and len({text_of(cell) for cell in rows[start - 1].cells} - {""}) == 1:
        start -= 1
    return start


def _line(row: Row) -> str:
    return " ".join(dict.fromkeys(" ".join(text_of(cell).split()) for cell in row.cells if text_of(cell)))


def _stem(text: str) -> str:
    word = text.lower().lstrip(" 0123456789.):(•-–").split(" ", 1)[0]
    return word.split("/")[0].split("\n")[0].strip(":?*.,")


def _is_stem(text: str) -> bool:
    stem = _stem(text)
    return any(stem[:length] in STEMS for length in range(2, 6)) if stem else False


def _any_stem(row: Row) -> bool:
    return any(isinstance(cell.value, str) for cell in row.cells)


def _may_be_header(row: Row) -> bool:
    """Return whether a row is worth looking at: three of its texts begin as headers do. Every row of a plan is asked this."""
    return sum(1 for cell in row.cells if isinstance(cell.value, str) and len(cell.value) <= 160 and _is_stem(cell.value)) >= 3
