"""What a file means: the plan in it, row by row, and what must be asked before anything is kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from samsyn.chain.plan import Action, Cause, Goal, Plan
from samsyn.chain.swedish import fold
from samsyn.chain.wording import date_words, sentence
from samsyn.formats.plan_from_reading import plan_from_reading
from samsyn.formats.problems import RowProblem, Weight
from samsyn.formats.reading import PlanReading, ReadDate, ReadRow
from samsyn.formats.swedish_dates import propose

_COLUMN = re.compile(r"^(?P<place>.*?), kolumn (?P<label>.*)$", re.DOTALL)
_TITLE_END = re.compile(r"[\s_]+")
NOBODY_YET = "ingen är utsedd än."


class Ask(Enum):
    """What is asked about a row."""

    TEXT = "text"
    CAUSE = "cause"
    DUE = "due"
    RESPONSIBLE = "responsible"
    HOW_FAR = "how_far"


@dataclass(frozen=True, slots=True)
class Line:
    """
    An action row as it was understood.

    asks      what must be answered -> why, as one or two sentences
    notes     what else the reader has to say of the row
    proposal  a day to suggest where the words are no date
    """

    action: Action
    sheet: str
    number: int
    asks: Mapping[Ask, str]
    notes: tuple[RowProblem, ...] = ()
    proposal: date | None = None

    @property
    def key(self) -> str:
        return self.action.id


@dataclass(frozen=True, slots=True)
class Understood:
    """
    A file as it was understood.

    lines       one for each action of `plan`, in its order
    places      id of a problem, cause or goal of the plan -> where it was first read
    nameless    causes that are named by their number only
    needs_problem   whether causes or goals belong to no problem yet: then it is asked for
    remarks     what the reader says of the whole file, and of rows that are no actions
    """

    plan: Plan
    lines: tuple[Line, ...]
    places: Mapping[str, str]
    nameless: tuple[Cause, ...]
    needs_problem: bool
    remarks: tuple[RowProblem, ...]


def understand(reading: PlanReading, file_name: str, today: date) -> Understood:
    """
    Return what a file means.

    file_name   what a face that the file says is said to come from
    today       for the days that are suggested
    """
    plan = plan_from_reading(reading, file_name)
    remarks = _by_place(reading.problems)
    rows = [row for place, row in enumerate(reading.rows) if not (row.continues and place)]
    nameless = tuple(cause for cause in plan.causes if not cause.text)
    asker = _Asker(reading, remarks, frozenset(cause.id for cause in nameless), today)
    lines = tuple(asker.line(action, row) for action, row in zip(plan.actions, rows, strict=True))
    told = {id(remark) for line in lines for remark in remarks[line.action.place]}
    return Understood(
        plan=plan, lines=lines, places=_places(plan, reading), nameless=nameless,
        needs_problem=any(row.problem is None for row in causes_and_goals(plan)),
        remarks=tuple(remark for remark in reading.problems if id(remark) not in told))


def causes_and_goals(plan: Plan) -> tuple[Cause | Goal, ...]:
    """Return the rows that belong to a problem."""
    return (*plan.causes, *plan.goals)


def proposed_name(reading: PlanReading, file_name: str) -> str:
    """Return a name to suggest for the plan: the title above its table if there is one table, else the file's name in words."""
    titles = {sheet.title.strip().split("\n")[0].strip() for sheet in reading.sheets}
    title = titles.pop() if len(titles) == 1 else ""
    if not title and reading.kind != "paste":
        stem, dot, _ = file_name.rpartition(".")
        title = _TITLE_END.sub(" ", stem if dot else file_name).strip()
    return (title[:1].upper() + title[1:])[:200]


@dataclass(frozen=True, slots=True)
class _Asker:
    reading: PlanReading
    remarks: Mapping[str, list[RowProblem]]
    nameless: frozenset[str]
    today: date

    def line(self, action: Action, row: ReadRow) -> Line:
        told = self.remarks[action.place]
        by_field = {self._field(row.sheet, remark): remark for remark in reversed(told) if remark.weight is Weight.ASK}
        asks: dict[Ask, str] = {}
        if not action.text:
            asks[Ask.TEXT] = "Åtgärden saknas. Skriv vad som ska göras, eller ta inte med raden."
        if (cause := by_field.get("cause")) and cause.value and not self.nameless & set(action.causes):  # those are asked for by number
            asks[Ask.CAUSE] = f"{self._said(row, 'cause', cause.value)} {sentence(cause.why)}"
        proposal = row.when.interpreted or (propose(row.when.typed, self.today) if row.when.ask else None)
        if row.when.ask:
            asks[Ask.DUE] = _why_date(self._said(row, "when", row.when.typed), row.when, proposal)
        if self._lacks_person(row, told):
            asks[Ask.RESPONSIBLE] = f"Kolumn {self._header(row.sheet, 'responsible')} är tom. Skriv ett namn, eller kryssa i ”ingen än”."
        if row.status.ask:
            remark = by_field.get("status")
            asks[Ask.HOW_FAR] = f"{self._said(row, 'status', row.status.typed)} {sentence(remark.why) if remark else 'Hur långt har den kommit?'}"
        asked = {by_field.get(field) for field, ask in _ASK_OF.items() if ask in asks}
        notes = tuple(remark for remark in told if remark not in asked and not self._is_asked_elsewhere(remark, row, action, asks))
        return Line(action, row.sheet, row.number, asks, notes, proposal)

    def _is_asked_elsewhere(self, remark: RowProblem, row: ReadRow, action: Action, asks: Mapping[Ask, str]) -> bool:
        """Return whether a remark says what is asked already: a missing action, or a cause that is named by its number only."""
        if remark.weight is Weight.BAD:
            return Ask.TEXT in asks
        return bool(remark.value) and bool(self.nameless & set(action.causes)) and self._field(row.sheet, remark) == "cause"

    def _lacks_person(self, row: ReadRow, told: list[RowProblem]) -> bool:
        """Return whether the table has a column for the responsible, and the row nobody, and nobody is not what it says."""
        has_column = any(column.field == "responsible" for sheet in self.reading.sheets if sheet.name == row.sheet for column in sheet.columns)
        return has_column and not row.responsible and not any(remark.why == NOBODY_YET for remark in told)

    def _field(self, sheet: str, remark: RowProblem) -> str:
        found = _COLUMN.match(remark.place)
        label = found["label"] if found else ""
        return next((c.field for s in self.reading.sheets if s.name == sheet for c in s.columns if c.header == label), "")

    def _header(self, sheet: str, field: str) -> str:
        return next((c.header for s in self.reading.sheets if s.name == sheet for c in s.columns if c.field == field), _HEADERS[field])

    def _said(self, row: ReadRow, field: str, value: str) -> str:
        header = self._header(row.sheet, field)
        return f"Kolumn {header}: ”{value}”." if value else f"Kolumn {header}."


_ASK_OF = {"when": Ask.DUE, "cause": Ask.CAUSE, "status": Ask.HOW_FAR, "responsible": Ask.RESPONSIBLE}
_HEADERS = {"cause": "Orsak", "when": "När", "responsible": "Vem", "status": "Uppföljning"}


def _why_date(said: str, when: ReadDate, proposal: date | None) -> str:
    if not when.typed:
        return f"{said} Cellen har en formel utan värde. Skriv datumet, eller lämna tomt."
    if when.interpreted:
        return f"{said} Vi läste {date_words(when.interpreted)}. Stämmer det? Orden sparas bredvid datumet."
    if proposal:
        return f"{said} Det är inget bestämt datum. Vi föreslår {date_words(proposal)}. Orden sparas bredvid; töm rutan om det inte finns något datum än."
    return f"{said} Det går inte att läsa som ett datum. Orden sparas; skriv ett datum bredvid om det finns."


def _by_place(problems: tuple[RowProblem, ...]) -> Mapping[str, list[RowProblem]]:
    """Return the remarks by the row they are about: "Blad Plan, rad 7"."""
    found: defaultdict[str, list[RowProblem]] = defaultdict(list)
    for remark in problems:
        in_column = _COLUMN.match(remark.place)
        found[in_column["place"] if in_column else remark.place].append(remark)
    return found


def _places(plan: Plan, reading: PlanReading) -> dict[str, str]:
    """Return where each problem, cause and goal was first read."""
    is_text = reading.kind in ("csv", "paste")
    lone = {fold(one.cause.text): (one.sheet, one.number) for one in reversed(reading.lone_causes)}
    lone |= {fold(one.text): (one.sheet, one.number) for one in reversed(reading.lone_goals)}
    texts = {row.id: fold(row.text) for row in causes_and_goals(plan)}
    owners = {row.id: row.problem for row in causes_and_goals(plan)}
    places: dict[str, str] = {}
    for action in plan.actions:
        for key in (*action.causes, *action.goals):
            places.setdefault(key, action.place)
    for key, text in texts.items():
        if key not in places and text in lone:
            sheet, number = lone[text]
            places[key] = f"rad {number}" if is_text else f"Blad {sheet}, rad {number}"
    for key, problem in owners.items():
        if problem and key in places:
            places.setdefault(problem, places[key])
    return places
