"""
What was read of a file as a plan: causes, goals and problems found again by number and text, each once.

Ids are made here ("p1", "c1", "g1", "a1") and hold within the plan only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from samsyn.chain.choices import GoalLevel
from samsyn.chain.facts import FACT_PROBLEM, facts_of_columns
from samsyn.chain.plan import Action, Cause, Face, Goal, Plan, Problem
from samsyn.chain.swedish import fold
from samsyn.formats.reading import PlanReading, ReadCause, ReadPerson, ReadRow

Row = TypeVar("Row", Problem, Cause, Goal)

_GENERIC_SHEET = re.compile(r"^(?:blad|sheet|ark|tabell|table|plan|text|åtgärdsplan(?:en)?|handlingsplan(?:en)?|mall|formulär)[ \d]*$")
_PLAN_WORDS = re.compile(
    r"^(?:(?:lokal|gemensam|brottsförebyggande|förslag till|utkast|bilaga \d*)[ :]*)*"
    r"(?:åtgärds|handlings|aktivitets|verksamhets)?plan(?:en)?\b(?: för| mot| –| -|:|,)?\s*", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)20\d\d(?:\s*[-–/]\s*(?:20)?\d\d)?(?!\d)")
_BULLET = re.compile(r"^\s*(?:[-–—•·*▪]|\d{1,2}[.)])\s+")


def plan_from_reading(reading: PlanReading, name: str) -> Plan:
    """
    Return the plan a file held.

    name      the plan's name, and what `Face.by` says: usually the file's name
    returns   from_file is True, and `knows` is what the file's columns can carry
    """
    maker = _PlanMaker(reading, name)
    maker.make()
    columns = {column.field for sheet in reading.sheets for column in sheet.columns}
    if reading.lone_causes:
        columns.add("cause")
    knows = facts_of_columns(columns) | ({FACT_PROBLEM} if maker.problems else frozenset())
    title = next((line for sheet in reading.sheets for line in sheet.title.split("\n") if _YEARS.search(line)), "")
    years = _YEARS.search(title)
    return Plan(
        id="plan", name=name, period=years.group() if years else "", problems=tuple(maker.problems.values()), causes=tuple(maker.causes.values()),
        goals=tuple(maker.goals.values()), actions=tuple(maker.actions), from_file=True, knows=knows)


def goals_in(text: str) -> tuple[str, ...]:
    """Return the goals of a cell: its lines, where each is a sentence or a bullet of its own, else the whole."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(_BULLET.match(line) for line in lines):
        return tuple(_BULLET.sub("", line).strip() for line in lines)
    separate = all(line[0].isupper() or line[0].isdigit() for line in lines) and all(line[-1] not in ",-–:" for line in lines[:-1])
    return tuple(lines) if len(lines) > 1 and separate else ((text.strip(),) if text.strip() else ())


@dataclass
class _PlanMaker:
    """Gathers the rows of a plan by what they are known by."""

    reading: PlanReading
    name: str
    problems: dict[str, Problem] = field(default_factory=dict)
    causes: dict[str, Cause] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    _sheet_of: dict[str, str] = field(default_factory=dict)
    _numbered: dict[int, list[str]] = field(default_factory=dict)
    _texts: dict[tuple[str | None, str], list[str]] = field(default_factory=dict)
    _goal_ids: dict[tuple[str | None, str], str] = field(default_factory=dict)
    _problem_ids: dict[str, str] = field(default_factory=dict)

    def make(self) -> None:
        for sheet, problem, cause in self._named_causes():
            if cause.text:
                self._define(sheet, self.problem_id(sheet, problem), cause)
        for row in self.reading.rows:
            self._add(row)
        for lone in self.reading.lone_causes:
            self.cause_id(lone.sheet, self.problem_id(lone.sheet, lone.problem), lone.cause)
        for goal in self.reading.lone_goals:
            self._goal_ids_of(goal.text, self.problem_id(goal.sheet, goal.problem))

    def problem_id(self, sheet: str, problem: str) -> str | None:
        """Return the problem a row belongs to: its own, what the sheet's title says, or the sheet's name among several."""
        title = " ".join(problem.split()) or self._titles().get(sheet, "")
        if not title:
            return None
        key = fold(title)
        if key not in self._problem_ids:
            found = f"p{len(self.problems) + 1}"
            self._problem_ids[key] = found
            self.problems[found] = Problem(id=found, title=title)
        return self._problem_ids[key]

    def cause_id(self, sheet: str, problem: str | None, cause: ReadCause) -> str:
        """Return the cause that is meant: by text, or by number in the same problem, the same sheet, or anywhere."""
        if cause.text:
            return self._define(sheet, problem, cause)
        known = self._numbered.get(cause.number or 0, [])
        near = [one for one in known if self.causes[one].problem == problem] or [one for one in known if self._sheet_of[one] == sheet] or known
        return near[0] if near else self._define(sheet, problem, cause)

    def _named_causes(self) -> Iterator[tuple[str, str, ReadCause]]:
        """Yield every cause that is named, sheet by sheet and row by row: (sheet, problem, cause)."""
        sheets = [*(sheet.name for sheet in self.reading.sheets), *(lone.sheet for lone in self.reading.lone_causes)]
        order = {name: place for place, name in enumerate(dict.fromkeys(sheets))}
        named = [(order[row.sheet], row.number, row.sheet, row.problem, cause) for row in self.reading.rows for cause in row.causes]
        named += [(order[lone.sheet], lone.number, lone.sheet, lone.problem, lone.cause) for lone in self.reading.lone_causes]
        for _, _, sheet, problem, cause in sorted(named, key=lambda one: one[:2]):
            yield sheet, problem, cause

    def _define(self, sheet: str, problem: str | None, cause: ReadCause) -> str:
        same = self._texts.setdefault((problem, fold(cause.text)), []) if cause.text else []
        for known in same:
            if cause.number is None or self.causes[known].number in (None, cause.number):
                if self.causes[known].number is None and cause.number is not None:
                    self.causes[known] = replace(self.causes[known], number=cause.number)
                    self._numbered.setdefault(cause.number, []).append(known)
                return known
        made = f"c{len(self.causes) + 1}"
        self.causes[made] = Cause(id=made, problem=problem, number=cause.number, text=cause.text)
        self._sheet_of[made] = sheet
        same.append(made)
        if cause.number is not None:
            self._numbered.setdefault(cause.number, []).append(made)
        return made

    def _goal_ids_of(self, text: str, problem: str | None) -> tuple[str, ...]:
        found = []
        for one in goals_in(text):
            key = (problem, fold(one))
            if key not in self._goal_ids:
                self._goal_ids[key] = f"g{len(self.goals) + 1}"
                self.goals[self._goal_ids[key]] = Goal(id=self._goal_ids[key], problem=problem, text=one, level=GoalLevel.OPERATIONAL)
            found.append(self._goal_ids[key])
        return tuple(dict.fromkeys(found))

    def _add(self, row: ReadRow) -> None:
        problem = self.problem_id(row.sheet, row.problem)
        causes = tuple(dict.fromkeys(self.cause_id(row.sheet, problem, cause) for cause in row.causes))
        goals = self._goal_ids_of(row.goal, problem)
        if row.continues and self.actions:
            self.actions[-1] = _continued(self.actions[-1], row, causes, goals)
            return
        first, others = (row.responsible[0] if row.responsible else ReadPerson("")), row.responsible[1:]
        resources, rest = _extras(row)
        status = row.status
        self.actions.append(Action(
            id=f"a{len(self.actions) + 1}", number=row.action_number, causes=causes, goals=goals, text=row.action, description=rest,
            responsible=first.name, responsible_organisation=first.organisation, responsible_email=first.email, responsible_phone=first.phone,
            others="\n".join(map(_in_words, others)), start_on=row.start.interpreted, due_on=row.when.interpreted,
            due_typed="" if row.when.interpreted and row.when.typed == row.when.interpreted.isoformat() else row.when.typed, resources=resources,
            implementation=Face(value=status.implementation, by=self.name, by_file=True) if status.implementation else None,
            result=Face(value=status.result, by=self.name, by_file=True) if status.result else None,
            form_face=status.face, followed_up=status.typed, place=self._place(row)))

    def _place(self, row: ReadRow) -> str:
        return f"rad {row.number}" if self.reading.kind in ("csv", "paste") else f"Blad {row.sheet}, rad {row.number}"

    def _titles(self) -> dict[str, str]:
        """Return sheet name -> the problem that its title or its name says; "" if neither says any."""
        titles: dict[str, str] = {}
        names = {sheet.name for sheet in self.reading.sheets}
        for sheet in self.reading.sheets:
            title = _YEARS.sub("", _PLAN_WORDS.sub("", sheet.title.split("\n")[0])).strip(" ,.:;–-()")
            named = sheet.name if len(names) > 1 and not _GENERIC_SHEET.match(fold(sheet.name)) else ""
            titles[sheet.name] = titles.get(sheet.name) or (title[:1].upper() + title[1:] if title else named)
        return titles


def _continued(action: Action, row: ReadRow, causes: tuple[str, ...], goals: tuple[str, ...]) -> Action:
    """Return the action with what a second row of the same merged cell adds."""
    seen = {action.responsible, *action.others.split("\n")}
    people = [person for person in row.responsible if person.name not in seen and _in_words(person) not in seen]
    followed_up = action.followed_up if row.status.typed in action.followed_up else f"{action.followed_up}\n{row.status.typed}".strip()
    return replace(
        action, causes=tuple(dict.fromkeys((*action.causes, *causes))), goals=tuple(dict.fromkeys((*action.goals, *goals))),
        others="\n".join(filter(None, (action.others, *map(_in_words, people)))),
        due_on=max(filter(None, (action.due_on, row.when.interpreted)), default=None),
        form_face=action.form_face or row.status.face, followed_up=followed_up)


def _extras(row: ReadRow) -> tuple[str, str]:
    """Return (resources, the rest of the columns that have no field of their own, a line each)."""
    resources = "\n".join(text for header, text in row.extra if fold(header).startswith("resurs"))
    rest = "\n".join(f"{header}: {text}" for header, text in row.extra if not fold(header).startswith("resurs"))
    return resources, rest


def _in_words(person: ReadPerson) -> str:
    return ", ".join(part for part in (person.name, person.organisation, person.phone, person.email) if part)
