"""
A plan out of a grid: every row understood, asked about or told, and nothing lost in silence.

`read_plan` is the meaning of a file. Bytes become a grid elsewhere; what is read becomes a plan in plan_from_reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from samsyn.formats.details_mark import is_beside_the_form
from samsyn.formats.grid import Grid, Row, Sheet, cell_at
from samsyn.formats.personal_numbers import redact
from samsyn.formats.plan_columns import CORE, Column, Header, text_of
from samsyn.formats.plan_flags import find_flags
from samsyn.formats.plan_rows import RowPlace, RowReader
from samsyn.formats.plan_tables import Table, is_transposed, tables_of
from samsyn.formats.problems import Refused, RowProblem, Weight
from samsyn.formats.reading import LoneCause, LoneGoal, PlanReading, ReadCause, ReadRow, ReadSheet
from samsyn.formats.remarks import Remarks

LONGEST = 2000  # characters of an action that are searched for a second one
LOOKED_FOR = "Orsak, Åtgärd, Operativa mål, När, Vem och Uppföljning"
NO_TABLE = (f"Vi hittade ingen tabell med åtgärder i filen. Vi letade efter en rad med rubrikerna {LOOKED_FOR} (eller andra ord för samma sak). "
            "Skriv rubrikerna överst i tabellen och försök igen.")
NO_ACTIONS = (f"Filen har ingen kolumn för åtgärder. Vi letade efter rubrikerna {LOOKED_FOR}. Skriv rubriken Åtgärd över rätt kolumn och försök igen.")
TRANSPOSED = ("Rubrikerna står under varandra i första kolumnen, och så kan vi inte läsa en plan. "
              f"Vänd tabellen så att rubrikerna {LOOKED_FOR} står bredvid varandra på en rad, och försök igen.")

_FOOTNOTE = re.compile(
    r"^(?:\*|†|¹|not(?:er)?\b[:.]|obs\b|källa|källor|senast (?:uppdaterad|ändrad|reviderad)|uppdatera(?:d|s|t)\b|reviderad|upprättad|version\b|"
    r"teckenförklaring|förklaring|fastställd|antagen|beslutad\b|sida \d|sid \d|utskriven|"
    r"(?:grön|gul|röd|gröna|gula|röda|grönt|gult|rött|vit|grå|🟢|🟡|🔴|✅|❌)(?: \w+)? ?(?:=|:|–|-|är|betyder) ?\w)", re.IGNORECASE)
_TOTAL = re.compile(r"^(?:summa|totalt?|total|sum|antal(?: åtgärder)?|delsumma)\b(?! \w+ \w+ \w+)", re.IGNORECASE)
_HEADING = re.compile(
    r"^(?:(?:prioriterat )?(?:fokus|problem|insats|mål|utvecklings)?område|problem(?:bild)?|fokus|tema|del|kapitel|mål|avsnitt|övergripande mål)\b"
    r" ?(?:\d+|[a-zåäö])?\s*[:.–-]", re.IGNORECASE)
_OTHERS = ("goal", "when", "responsible", "status")


def read_plan_file(name: str, content: bytes, today: date) -> PlanReading:
    """
    Read the plan in a file. Does not protect the process it runs in: call it through child.read_safely.

    raises   Refused    with one kind sentence
    """
    from samsyn.formats.open_file import open_grid

    return read_plan(open_grid(name, content), today)


def read_plan(grid: Grid, today: date, chosen: Mapping[tuple[str, str], str] | None = None) -> PlanReading:
    """
    Understand a plan.

    grid      the file's cells
    today     for dates without a year
    chosen    what the user says that columns are: (sheet, letter) -> a field of ReadColumn
    raises    Refused if no table with a column for actions is found
    """
    reader = _FileReader(grid, today, chosen or {})
    for sheet in grid.sheets:
        if not is_beside_the_form(sheet):
            reader.read_sheet(sheet)
    if not reader.tables:
        raise Refused(_why_nothing(grid, reader))
    if not reader.rows:
        reader.remarks.add("Hela filen", "tabellen har rubriker men inga rader med åtgärder.", "Kontrollera att det är rätt fil.")
    reader.ask_for_unknown_causes()
    flags = find_flags(grid, reader.labels, reader.remarks)
    return PlanReading(
        kind=grid.kind, sheets=tuple(reader.tables), rows=tuple(reader.rows), problems=tuple(map(_without_numbers, (*grid.problems, *reader.remarks.all()))),
        flags=flags.holding, loose_flags=flags.loose, lone_causes=tuple(reader.lone_causes), lone_goals=tuple(reader.lone_goals))


def _without_numbers(problem: RowProblem) -> RowProblem:
    """Return a remark that repeats no personal identity number, certain or possible."""
    place, value = redact(problem.place, also_possible=True), redact(problem.value, also_possible=True)
    return problem if (place, value) == (problem.place, problem.value) else replace(problem, place=place, value=value)


def _why_nothing(grid: Grid, reader: _FileReader) -> str:
    if reader.cause_lists:
        return NO_ACTIONS
    return TRANSPOSED if any(is_transposed(sheet.rows) for sheet in grid.sheets) else NO_TABLE


@dataclass
class _FileReader:
    """
    Reads a file's sheets one after the other.

    labels   (sheet index, row number) of a table's first row -> its columns: for telling where a flag stands
    """

    grid: Grid
    today: date
    chosen: Mapping[tuple[str, str], str]
    remarks: Remarks = field(default_factory=Remarks)
    tables: list[ReadSheet] = field(default_factory=list)
    rows: list[ReadRow] = field(default_factory=list)
    lone_causes: list[LoneCause] = field(default_factory=list)
    lone_goals: list[LoneGoal] = field(default_factory=list)
    cause_lists: int = 0
    labels: dict[tuple[int, int], tuple[Column, ...]] = field(default_factory=dict)

    def read_sheet(self, sheet: Sheet) -> None:
        shown = sheet.name if len(self.grid.sheets) > 1 or self.grid.kind not in ("csv", "paste") else ""
        tables = tables_of(sheet.rows)
        if not tables and sheet.rows and len(self.grid.sheets) > 1:
            self.remarks.add(f"Blad {sheet.name}", "bladet lästes inte: vi hittade ingen rad med rubriker för en plan.",
                             f"Skriv rubrikerna {LOOKED_FOR} om bladet hör till planen.", sort="blad utan plan lästes inte.")
        for table in tables:
            table = replace(table, header=self._with_chosen(table.header, sheet.name))
            index = next(i for i, one in enumerate(self.grid.sheets) if one is sheet)
            self.labels[index, table.header_row] = table.header.columns
            if table.is_cause_list:
                self.cause_lists += 1
            else:
                columns = tuple(column.as_read() for column in table.header.columns if column.header)
                self.tables.append(ReadSheet(sheet.name, table.title, table.header_row, columns))
            header_row = next(row for row in sheet.rows if row.number == table.header_row)
            _TableReader(self, sheet.name, shown, table).read(header_row)

    def ask_for_unknown_causes(self) -> None:
        """Ask about numbers that point to no cause, if the file has numbered causes at all."""
        named = [*(cause for row in self.rows for cause in row.causes), *(lone.cause for lone in self.lone_causes)]
        known = {cause.number for cause in named if cause.text and cause.number is not None}
        for row in self.rows if known else ():
            for cause in row.causes:
                if not cause.text and cause.number not in known:
                    place = RowPlace(row.sheet if self.grid.kind not in ("csv", "paste") else "", row.number)
                    self.remarks.add(f"{place.words}, kolumn Orsak", f"det finns ingen orsak {cause.number} i filen.", "Lägg till orsaken, eller rätta numret.",
                                     value=", ".join(str(one.number) for one in row.causes), weight=Weight.ASK, sort="nummer på orsaker som inte finns.")

    def _with_chosen(self, header: Header, sheet: str) -> Header:
        columns = tuple(replace(column, role=self.chosen.get((sheet, column.letter), column.role)) for column in header.columns)
        return replace(header, columns=columns)


class _TableReader:
    """Reads one table. Keeps what stands above for the rows that leave it out: the cause, the problem, the action."""

    def __init__(self, file: _FileReader, sheet: str, shown: str, table: Table) -> None:
        self.file = file
        self.remarks = file.remarks
        self.sheet = sheet
        self.shown = shown
        self.table = table
        self.header = table.header
        self.row = RowReader(table.header, file.today, file.remarks)
        self.causes_above: tuple[ReadCause, ...] = ()
        self.problem = ""
        self.first = len(file.rows)

    def read(self, header_row: Row) -> None:
        self.row.look_through(self.table.body, header_row)
        for place, row in enumerate(self.table.body):
            if any(cell.value is not None and not cell.merged for cell in row.cells) or any(cell.formula or cell.picture for cell in row.cells):
                self._read_row(row, self.table.body[place + 1:place + 2])

    def _read_row(self, row: Row, following: Sequence[Row]) -> None:
        place = RowPlace(self.shown, row.number)
        if self._is_aside(row, place):
            return
        if self.row.text(row, "problem"):
            self.problem = self.row.text(row, "problem")
        causes = self.row.causes(row, place)
        if self.row.text(row, "action"):
            self._action_row(row, place, causes)
        elif causes and not self._is_merged(row, "cause"):
            self.causes_above = causes
            self._without_action(row, place, causes, following)
        else:
            self._continuation(row, place)

    # ---- rows that are no actions ----

    def _is_aside(self, row: Row, place: RowPlace) -> bool:
        """Tell of sums, footnotes and explanations; let a heading inside the table be the problem of the rows under it."""
        texts = [text for cell in row.cells if (text := text_of(cell))]
        first = texts[0] if texts else ""
        alone = len(set(texts)) == 1
        spans = alone and any(cell.merged for cell in row.cells) and len(texts) * 2 >= len(self.header.columns)
        if (alone or len(texts) <= 3) and _FOOTNOTE.match(first) and not self._has_others(row):
            self._tell(place, first, "raden lästes inte som en åtgärd: den ser ut att vara en förklaring.")
            return True
        if _TOTAL.match(first) and not self._is_real_action(row, first):
            self._tell(place, " ".join(texts), "raden lästes inte som en åtgärd: den ser ut att vara en summa.")
            return True
        if spans or (alone and _HEADING.match(first) and not self.row.text(row, "problem")):
            self.problem, self.causes_above = first, ()
            self._tell(place, first, "raden lästes som en rubrik för raderna under.")
            return True
        if alone and not self.row.text(row, *CORE, "problem"):
            if not re.fullmatch(r"[\d.)\s]*", first):
                self._tell(place, first, "raden lästes inte som en åtgärd: bara en cell har text.")
            return True
        return False

    def _has_others(self, row: Row) -> bool:
        return bool(self.row.text(row, "when", "responsible"))

    def _is_real_action(self, row: Row, first: str) -> bool:
        return bool(self.row.text(row, "action") and self.row.text(row, "responsible", "goal"))

    def _tell(self, place: RowPlace, value: str, why: str) -> None:
        self.remarks.add(place.words, why, "Kontrollera att det stämmer.", value=value)

    def _without_action(self, row: Row, place: RowPlace, causes: tuple[ReadCause, ...], following: Sequence[Row]) -> None:
        """A cause whose action is missing is kept as a row if anything else stands there, else as a cause alone."""
        if any(self.row.text(row, role) for role in _OTHERS):
            self._add(row, place, causes)
            self.remarks.add(place.words, "åtgärden saknas.", "Skriv vad som ska göras.", weight=Weight.BAD)
            return
        if following and not self.table.is_cause_list and self.row.text(following[0], "action") and not self.row.text(following[0], "cause"):
            return  # a heading of its own for the actions under it
        unnumbered = all(cause.number is None for cause in causes)
        if unnumbered and not following and self.file.rows[self.first:] and all(
                cause.number is not None for row_above in self.file.rows[self.first:] for cause in row_above.causes):
            self._tell(place, causes[0].text, "raden lästes inte som en åtgärd: den ser ut att vara en fotnot.")
            return
        self.file.lone_causes += [LoneCause(self.sheet, row.number, cause, self.problem) for cause in causes]
        if not self.table.is_cause_list:
            self.remarks.add(place.words, "orsaken har ingen åtgärd.", "Skriv en åtgärd, eller låt orsaken stå.",
                             value=self.row.text(row, "cause"), sort="orsaker utan åtgärd.")

    def _continuation(self, row: Row, place: RowPlace) -> None:
        """What stands without action or cause goes on from the row above where it can be nothing else; the rest is told."""
        goal, who = self.row.text(row, "goal"), self.row.text(row, "responsible", "email", "phone", "contact")
        others = [role for role in _OTHERS if self.row.text(row, role)]
        above = self.file.rows[-1] if len(self.file.rows) > self.first else None
        if len(others) > 1 and not self._is_merged(row, "cause"):
            self._add(row, place, ())
            self.remarks.add(place.words, "åtgärden saknas.", "Skriv vad som ska göras.", weight=Weight.BAD)
        elif above and self._goes_on(row, others, who):
            people = self.row.responsible(row, place)
            self.file.rows[-1] = replace(above, goal="\n".join(filter(None, (above.goal, goal))), responsible=(*above.responsible, *people),
                                         extra=(*above.extra, *self.row.extra(row)))
            self.remarks.add(place.words, "raden har ingen åtgärd och lästes som en fortsättning på raden ovanför.", "Kontrollera att det stämmer.",
                             value=" ".join(filter(None, (goal, who))), weight=Weight.ASK)
        elif others == ["goal"]:
            self.file.lone_goals.append(LoneGoal(self.sheet, row.number, goal, self.problem))
            self.remarks.add(place.words, "målet har ingen åtgärd.", "Skriv målet på samma rad som åtgärden om det hör dit.", value=goal, weight=Weight.ASK)
        elif self.row.text(row, "problem") and not others:
            return  # a heading of its own for the rows under it
        else:
            self._keep_in_words(row, place, above)

    def _goes_on(self, row: Row, others: Sequence[str], who: str) -> bool:
        """Return whether a row without action can only be more of the row above: a person, or a goal beside the same merged cause."""
        if others == ["responsible"] or (not others and who):
            return True
        return bool(others) and set(others) <= {"goal", "responsible"} and self._is_merged(row, "cause")

    def _keep_in_words(self, row: Row, place: RowPlace, above: ReadRow | None) -> None:
        texts = tuple((f"{column.label} ({place.words})", text) for column in self.header.columns if (text := text_of(cell_at(row, column.index)))
                      and not cell_at(row, column.index).merged)
        texts += tuple((f"{label} ({place.words})", text) for label, text in self.row.extra(row) if (f"{label} ({place.words})", text) not in texts)
        if not texts:
            return
        if above:
            self.file.rows[-1] = replace(above, extra=(*above.extra, *texts))
        self._tell(place, " ".join(text for _, text in texts), "raden har ingen åtgärd. Texten sparas vid åtgärden ovanför."
                   if above else "raden lästes inte som en åtgärd.")

    # ---- actions ----

    def _action_row(self, row: Row, place: RowPlace, causes: tuple[ReadCause, ...]) -> None:
        if causes:
            self.causes_above = causes
        elif self.causes_above and not self.row.text(row, "cause"):
            causes = self.causes_above
            self.remarks.add(place.column(self.header.of("cause")[0]), "cellen är tom; vi tog orsaken ovanför.", "Kontrollera att den hör dit.",
                             value="", weight=Weight.ASK, sort="tomma celler under en orsak.")
        if re.match(r"\d{1,2}[.)]\s.*\n\s*\d{1,2}[.)]\s", self.row.text(row, "action")[:LONGEST], re.DOTALL):
            self.remarks.add(place.column(self.header.of("action")[0]), "cellen ser ut att ha flera åtgärder; den lästes som en.",
                             "Skriv en åtgärd per rad.", value=self.row.text(row, "action"), weight=Weight.ASK)
        self._add(row, place, causes)

    def _add(self, row: Row, place: RowPlace, causes: tuple[ReadCause, ...]) -> None:
        number, action = self.row.action(row)
        continues = bool(action) and self._is_merged(row, "action") and len(self.file.rows) > self.first and self.file.rows[-1].action == action
        self.file.rows.append(ReadRow(
            sheet=self.sheet, number=row.number, causes=causes, action=action, action_number=number, goal=self.row.text(row, "goal"),
            when=self.row.when(row, place), responsible=self.row.responsible(row, place), status=self.row.status(row, place),
            problem=self.problem, extra=self.row.extra(row), start=self.row.start(row, place), continues=continues))

    def _is_merged(self, row: Row, role: str) -> bool:
        cells = [cell_at(row, column.index) for column in self.header.of(role)]
        return any(cell.merged for cell in cells) and all(cell.merged or cell.value is None for cell in cells)
