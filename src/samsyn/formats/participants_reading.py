"""What was understood of a participants' sheet, before anything is counted: columns, problems, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samsyn.formats.participants_columns import CORE, LABELS
from samsyn.formats.problems import RowProblem, Weight

if TYPE_CHECKING:
    from samsyn.analysis.columnar_file import ColumnarFile
    from samsyn.analysis.episodes import Episodes


@dataclass(frozen=True, slots=True)
class UsedColumn:
    """A field and the header it is read from; `letter` is the column's place in the sheet."""

    field: str
    header: str
    letter: str

    @property
    def label(self) -> str:
        """The Swedish words for the field."""
        return LABELS.get(self.field) or f"kärnkomponent: {self.field.removeprefix(CORE)}"


@dataclass(frozen=True, slots=True)
class ReadColumns:
    """The values, each column as (field, one value a row). Words, numbers, whole years, days and yes or no apart."""

    words: tuple[tuple[str, tuple[str | None, ...]], ...] = ()
    numbers: tuple[tuple[str, tuple[float | None, ...]], ...] = ()
    years: tuple[tuple[str, tuple[int | None, ...]], ...] = ()
    days: tuple[tuple[str, tuple[date | None, ...]], ...] = ()
    truths: tuple[tuple[str, tuple[bool | None, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class ParticipantsReading:
    """
    All that was understood of a file of participants.

    kind           "xlsx", "ods", "csv", "sav", "parquet" ...
    sheet          its name; "" where a file has no sheets
    header_row     the number of the row of headers, from 1
    used, unused   columns that are read, and the headers of those that are not
    ids            the participants' codes, one a row that is counted
    rows_read      rows under the headers
    dropped        rows that are not counted: Swedish reason and how many
    emptied        values that could not be used: Swedish words for the field and reason, and how many
    problems       each fault, with its place
    file           the path of a file that is so large that the engine reads it itself; ids and columns are then empty
    file_words     its different words, by field
    """

    kind: str
    sheet: str
    header_row: int
    used: tuple[UsedColumn, ...]
    unused: tuple[str, ...]
    ids: tuple[str, ...]
    columns: ReadColumns
    rows_read: int
    dropped: tuple[tuple[str, int], ...] = ()
    emptied: tuple[tuple[str, int], ...] = ()
    problems: tuple[RowProblem, ...] = field(default=())
    file: str = ""
    file_words: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def words_of(self, name: str) -> tuple[str, ...]:
        """Return the different words of a column, in the order they come; () if there is no such column."""
        if self.file:
            return dict(self.file_words).get(name, ())
        column = dict(self.columns.words).get(name, ())
        return tuple(dict.fromkeys(word for word in column if word is not None))

    def days_to_come(self, today: date) -> tuple[RowProblem, ...]:
        """Return a remark for each column with days after today: an end that is only planned makes an episode one that has ended."""
        from samsyn.chain.wording import number_words

        headers = {column.field: column.header for column in self.used}
        found = []
        for name, mend in (("start", "Ta bort raderna om insatserna inte har börjat."), ("end", "Ta bort dem som bara är planerade.")):
            ahead = sum(day is not None and day > today for day in dict(self.columns.days).get(name, ()))
            if ahead:
                why = f"{number_words(ahead)} datum ligger efter i dag, {today.isoformat()}. De räknas som de står."
                found.append(RowProblem(f"kolumn {headers.get(name, LABELS[name])}", "", why, mend, Weight.ASK))
        return tuple(found)

    def source(self) -> Episodes | ColumnarFile:
        """Return what `engine.aggregated` takes."""
        if not self.file:
            return self.episodes()
        from samsyn.analysis.columnar_file import ColumnarFile

        return ColumnarFile(Path(self.file), tuple((column.field, column.header) for column in self.used))

    def episodes(self) -> Episodes:
        """Return the rows as the analysis takes them."""
        from samsyn.analysis.episodes import Episodes

        read = self.columns
        named: dict[str, Any] = {**dict(read.words), **dict(read.numbers), **dict(read.years), **dict(read.days)}
        core = {name.removeprefix(CORE): values for name, values in read.truths}
        return Episodes(self.ids, **named, core=core)
