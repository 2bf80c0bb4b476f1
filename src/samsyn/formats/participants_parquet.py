"""
A Parquet file of participants. A small one is read as any sheet, cell by cell; a large one is handed to the engine, and
only what is needed to understand it is fetched: headers, some rows, the words of its groups, and how much is not of its kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from typing import Any

from samsyn.analysis.columnar_file import ColumnarFile, quoted, rows_of
from samsyn.analysis.refused import Refused as NotUsable
from samsyn.formats.grid import Cell, Grid, Row, Sheet, Value
from samsyn.formats.grid_limits import MAX_COLUMNS, MAX_ROWS
from samsyn.formats.participants_columns import AGE, LABELS, Header, chosen_columns, kind_of_cells
from samsyn.formats.participants_reading import ParticipantsReading, ReadColumns, UsedColumn
from samsyn.formats.participants_sheet import participants_of
from samsyn.formats.personal_numbers import has_certain
from samsyn.formats.problems import Refused, RowProblem, Weight
from samsyn.formats.text_clean import clean

SAMPLE = 200
MOST_WORDS = 2_000
MOST_LOOKED_AT = 50_000  # different values of a column that can be a personal identity number
FEWEST_SIGNS = 10  # of a text that can hold a personal identity number
UNREADABLE = "Parquet-filen går inte att läsa. Skapa den på nytt ur källan, eller spara tabellen som .csv eller .xlsx."


def read_parquet(path: Path, wished: Mapping[str, str], stated: Mapping[str, str], scale: Sequence[float] | None) -> ParticipantsReading:
    """Return what is understood of a Parquet file. Arguments and refusals as of `participants_sheet.read_participants`."""
    from samsyn.analysis.engine import asked

    try:
        (counted,), head = asked((f"SELECT count(*) FROM {rows_of(path)}", f"DESCRIBE SELECT * FROM {rows_of(path)}"))
        names = [str(row[0]) for row in head]
        if len(names) > MAX_COLUMNS:
            raise Refused(f"Filen har fler än {MAX_COLUMNS} kolumner. Spara en med bara de kolumner som ska räknas.")
        if counted[0] <= MAX_ROWS:
            (rows,) = asked((f"SELECT * FROM {rows_of(path)}",))
            return participants_of(_grid(names, rows), wished, stated, scale)
        return _large(path, counted[0], names, [str(row[1]) for row in head], wished, stated)
    except NotUsable as fault:
        raise Refused(UNREADABLE) from fault


def _grid(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Grid:
    header = Row(1, tuple(Cell(clean(name).text) for name in names))
    body = (Row(place + 2, tuple(Cell(_value(value)) for value in row)) for place, row in enumerate(rows))
    return Grid("parquet", (Sheet("Data", (header, *(row for row in body if any(cell.value is not None for cell in row.cells)))),))


def _value(value: Any) -> Value:
    """Return a value as a cell has it."""
    if value is None or isinstance(value, bool | int | datetime | date):
        return value
    if isinstance(value, str):
        return clean(value).text.strip() or None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return str(value)
    return number if isfinite(number) else None


def _large(
    path: Path, count: int, names: list[str], types: list[str], wished: Mapping[str, str], stated: Mapping[str, str]
) -> ParticipantsReading:
    """Return what is understood of a file that the engine reads itself."""
    from samsyn.analysis.engine import asked

    texts = [name for name, kind in zip(names, types, strict=True) if kind in ("VARCHAR", "BIGINT", "UBIGINT", "HUGEINT")]
    _hold_personal_numbers(path, texts)
    (sample,) = asked((f"SELECT * FROM {rows_of(path)} LIMIT {SAMPLE}",))
    headers = [Header(place, name, kind_of_cells(_value(row[place]) for row in sample)) for place, name in enumerate(names)]
    choice = chosen_columns(headers, wished, stated)
    fields = {field: header for field, header in choice.fields.items() if field != AGE}
    if not set(fields) - {"id"}:
        raise Refused(f"Filen har ingen kolumn som analysen känner igen. Kolumnerna är: {', '.join(names[:40])}. Tala om vilka de är med --map.")
    file = ColumnarFile(path, tuple((field, header.text) for field, header in fields.items()))
    worded = [field for field in ("unit", "sex", "target_group", "end_reason") if field in fields]
    (unread,), twice, *words = asked((
        file.sql_of_unread, f"SELECT count(*) - count(DISTINCT id) FROM ({file.sql})",
        *(f"SELECT DISTINCT {file.read_as(field)} AS word FROM {rows_of(path)} WHERE word IS NOT NULL ORDER BY word LIMIT {MOST_WORDS}" for field in worded),
    ))  # fmt: skip
    used = {header.place for header in fields.values()}
    return ParticipantsReading(
        "parquet", "", 1, tuple(UsedColumn(field, header.text, "") for field, header in sorted(fields.items(), key=lambda one: one[1].place)),
        tuple(name for place, name in enumerate(names) if place not in used), (), ReadColumns(), count,
        emptied=tuple((f"{LABELS.get(field, field)}: gick inte att läsa", n) for (field, _), n in zip(file.columns, unread, strict=True) if n),
        problems=tuple(_problems(twice[0][0], choice.unclear)), file=str(path),
        file_words=tuple((field, tuple(row[0] for row in rows)) for field, rows in zip(worded, words, strict=True)),
    )  # fmt: skip


def _problems(twice: int, unclear: Sequence[Any]) -> list[RowProblem]:
    told = [
        RowProblem("Kolumnerna", ", ".join(one.headers), f"flera kan vara {LABELS[one.field]}. Ingen av dem används.",
                   f"Välj en av dem, till exempel --map {one.field}=”{one.headers[0]}”.", Weight.BAD) for one in unclear
    ]  # fmt: skip
    if twice:
        told.append(RowProblem("Hela filen", str(twice), "rader har en kod som redan står på en annan rad. Alla räknas, var och en som en insats.",
                               "Ta bort de rader som är samma insats.", Weight.ASK))  # fmt: skip
    return told


def _hold_personal_numbers(path: Path, texts: Sequence[str]) -> None:
    """Refuse a file with personal identity numbers in a column of text or of large whole numbers."""
    from samsyn.analysis.engine import asked
    from samsyn.chain.wording import listed

    if not texts:
        return
    queries = tuple(
        f"SELECT DISTINCT CAST({quoted(name)} AS VARCHAR) AS word FROM {rows_of(path)}"
        f" WHERE length(word) >= {FEWEST_SIGNS} AND length(regexp_replace(word, '[^0-9]', '', 'g')) >= {FEWEST_SIGNS} LIMIT {MOST_LOOKED_AT}"
        for name in texts
    )
    held = [name for name, rows in zip(texts, asked(queries), strict=True) if any(has_certain(row[0]) for row in rows)]
    if held:
        raise Refused(f"Filen har personnummer i kolumnen {listed(held)}. Byt dem mot koder, spara filen och försök igen.")
