"""The plan as a Word document to read, print and write in: problem by problem, then order, commitments, follow-up and lessons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from samsyn.chain.choices import Choice
from samsyn.chain.face import form_face, implementation_of
from samsyn.chain.field import Field, fields_of
from samsyn.chain.form_words import besides_the_face
from samsyn.chain.plan import Action, Cause, FollowUpPlan, Goal, Plan, Problem
from samsyn.chain.report_chain import NO_CAUSE
from samsyn.chain.rows import without_cause
from samsyn.chain.wording import date_words, listed, number_words
from samsyn.formats.plan_form import action_text, when_text, who_text
from samsyn.formats.table_out import MADE_AT
from samsyn.formats.word_page import CellContent, Paragraph, Picture, Run, WordPage, lines

NO_TITLE = "Problem utan namn"
PROBLEM_FACTS = ("place", "time", "affected", "trend", "source", "priority")
CAUSE_FACTS = ("directness", "perspective", "changeability", "evidence")
ACTION_FACTS = ("description", "resources", "hours", "cost", "budget_line", "documentation")


def plan_docx(plan: Plan, *, made_at: datetime = MADE_AT) -> bytes:
    """
    Return the plan as a Word document (.docx): A4 landscape, in Swedish, real headings, tables with header rows.

    made_at   what the file's properties say about when it was made
    """
    page = WordPage(title=plan.name or "Åtgärdsplan", made_at=made_at, landscape=True)
    page.footer(", ".join(filter(None, (plan.name, plan.period))))
    _head(page, plan)
    writer = _PlanWriter(page, plan)
    writer.write()
    return page.content()


def _head(page: WordPage, plan: Plan) -> None:
    page.heading(1, plan.name or "Åtgärdsplan")
    adopted = f"Antagen av styrgruppen {date_words(plan.adopted_on)}." if plan.adopted_on else "Inte antagen av styrgruppen."
    page.paragraph(Run(" ".join(filter(None, (f"{plan.period}." if plan.period else "", adopted))), "soft"))
    page.paragraph(plan.summary)


class _PlanWriter:
    """Writes a plan's sections, with what each row points to at hand."""

    def __init__(self, page: WordPage, plan: Plan) -> None:
        self.page, self.plan = page, plan
        self.goals = {goal.id: goal for goal in plan.goals}
        self.actions = {action.id: action for action in plan.actions}
        self.problems = {problem.id for problem in plan.problems}

    def write(self) -> None:
        for problem in self.plan.problems:
            self.page.heading(2, f"Problem: {problem.title or NO_TITLE}")
            self._facts(problem, PROBLEM_FACTS)
            self._section(problem.id)
        self._without_problem()
        if not self.plan.actions:
            self.page.paragraph("Planen har inga åtgärder än.")
        self._order()
        self._commitments()
        self._follow_up()
        self._lessons()

    def _section(self, problem: str | None) -> None:
        goals = [goal for goal in self.plan.goals if self._owner(goal.problem) == problem]
        if goals:
            self.page.heading(3, "Mål")
            self._goal_table(goals)
        for cause in self.plan.causes:
            if self._owner(cause.problem) == problem:
                self._cause(cause)

    def _without_problem(self) -> None:
        lone_goals = any(self._owner(goal.problem) is None for goal in self.plan.goals)
        lone = any(self._owner(cause.problem) is None for cause in self.plan.causes) or lone_goals
        free = without_cause(self.plan)
        if lone:
            self.page.heading(2, "Utan problem" if self.plan.problems else "Planen")
            self._section(None)
        if free:
            self.page.heading(2, NO_CAUSE)
            self._action_table(free, NO_CAUSE)

    def _owner(self, problem: str | None) -> str | None:
        return problem if problem in self.problems else None

    def _cause(self, cause: Cause) -> None:
        number = f"{cause.number}. " if cause.number is not None else ""
        title = f"Orsak {number}{cause.text}"
        self.page.heading(3, title)
        self._facts(cause, CAUSE_FACTS)
        mine = [action for action in self.plan.actions if cause.id in action.causes]
        if mine:
            self._action_table(mine, f"Åtgärder: {title}")
        else:
            self.page.paragraph("Ingen åtgärd gäller orsaken.")

    def _facts(self, row: Problem | Cause, names: Sequence[str]) -> None:
        row_class: type = type(row)
        about = fields_of(row_class)
        for name in names:
            words = value_words(getattr(row, name), about[name])
            if words:
                self.page.paragraph(Run(f"{about[name].label.rstrip('?')}: ", "strong"), words)

    def _goal_table(self, goals: Sequence[Goal]) -> None:
        about = fields_of(Goal)
        names = ("indicator", "baseline", "target", "due_on")
        rows: list[list[CellContent]] = [[self._goal_cell(goal), *(value_words(getattr(goal, name), about[name]) for name in names)] for goal in goals]
        self.page.table(["Mål", *(about[name].label for name in names)], rows, widths=(8, 5, 4, 4, 3), title="Mål")

    def _goal_cell(self, goal: Goal) -> list[Paragraph]:
        kind = listed(one.label.lower() for one in (goal.level, goal.kind) if one)
        return lines(goal.text, Run(kind.capitalize(), "soft"))

    def _action_table(self, actions: Sequence[Action], title: str) -> None:
        self.page.table(["Åtgärd", "Operativa mål", "När", "Vem", "Uppföljning"], [self._action_row(action) for action in actions],
                        widths=(9, 6, 3, 6, 5), title=title)

    def _action_row(self, action: Action) -> list[CellContent]:
        about = fields_of(Action)
        facts = [f"{about[name].label}: {words}" for name in ACTION_FACTS if (words := value_words(getattr(action, name), about[name]))]
        waits = [self.actions[one].number or self.actions[one].text for one in action.depends_on if one in self.actions]
        facts += [f"Väntar på: {listed(waits)}"] if waits else []
        facts += [f"Moment: {step.text}{f' ({date_words(step.due_on)})' if step.due_on else ''}" for step in action.steps]
        goals = [self.goals[goal].text for goal in action.goals if goal in self.goals]
        return [lines(Run(action_text(action), "strong"), *(Run(fact, "soft") for fact in facts)), lines(*goals), when_text(action), who_text(action),
                _follow_up_cell(action)]

    def _order(self) -> None:
        if not self.plan.bundles:
            return
        self.page.heading(2, "Åtgärder som hör ihop")
        rows: list[list[CellContent]] = []
        for bundle in self.plan.bundles:
            parts = [action_text(action) for action in self.plan.actions if action.bundle == bundle.id]
            rows.append([lines(Run(bundle.text, "strong")), lines(*parts), bundle.why])
        self.page.table(["Kombination", "Delar", "Varför hör de ihop?"], rows, widths=(6, 10, 8), title="Åtgärder som hör ihop")

    def _commitments(self) -> None:
        if not self.plan.commitments:
            return
        self.page.heading(2, "Åtaganden")
        rows: list[list[CellContent]] = []
        for one in self.plan.commitments:
            about = [self.actions[one.action].text] if one.action in self.actions else []
            about += [self.goals[one.goal].text] if one.goal in self.goals else []
            signed = f"{one.signed_by}{' för parten' if one.on_behalf else ''}{f' {date_words(one.signed_on)}' if one.signed_on else ''}".strip()
            rows.append([lines(Run(one.party, "strong")), lines(one.text, *(Run(f"Gäller {text}", "soft") for text in about)),
                         lines(one.resource, one.motive, one.mandate), date_words(one.due_on) if one.due_on else "", signed or "inte bekräftat"])
        self.page.table(["Part", "Vad parten lovar", "Resurs, motiv och mandat", "Ska vara uppfyllt", "Bekräftat"], rows,
                        widths=(4, 8, 8, 3, 4), title="Åtaganden")

    def _follow_up(self) -> None:
        plan = self.plan.follow_up
        if plan is None:
            return
        self.page.heading(2, "Uppföljningsplan")
        rows: list[list[CellContent]] = [[lines(Run(about.label, "strong")), value_words(getattr(plan, name), about) or lines(Run("inget skrivet än", "soft"))]
                                         for name, about in fields_of(FollowUpPlan).items()]
        if plan.informed_on:
            rows.append([lines(Run("Dagar då styrgruppen informeras", "strong")),
                         lines(*(f"{date_words(day.on)} {day.what}".strip() for day in plan.informed_on))])
        self.page.table(["Fråga", "Svar"], rows, widths=(2, 5), title="Uppföljningsplan")

    def _lessons(self) -> None:
        if not self.plan.lessons:
            return
        self.page.heading(2, "Lärdomar")
        rows: list[list[CellContent]] = [
            [lines(one.text, Run(f"Gäller {self.actions[one.action].text}" if one.action in self.actions else "", "soft")),
             one.worked.label if one.worked else "", one.for_whom, one.conditions] for one in self.plan.lessons]
        self.page.table(["Lärdom", "Fungerade det?", "För vem?", "Under vilka förutsättningar?"], rows, widths=(9, 4, 4, 6), title="Lärdomar")


def _follow_up_cell(action: Action) -> list[Paragraph]:
    """Return how far the action has come and with what result, each beside its sign, then what was written."""
    how_far, result, colour = implementation_of(action), action.result, form_face(action)
    cell: list[Paragraph] = []
    if how_far is not None:
        cell.append([Picture(f"dial-{how_far.value}", millimetres=4.2), Run(f" {how_far.label}", "strong")])
    elif colour is not None:
        cell += lines(f"{colour.label} i formuläret")
    if result is not None:
        cell.append([Picture(f"face-{result.value.value}", millimetres=4.2), Run(f" {result.value.label}", "strong")])
    return [*cell, *lines(besides_the_face(action.followed_up))]


def value_words(value: Any, about: Field) -> str:
    """Return a field's value as a person reads it; "" if nothing is written."""
    if value is None or value == "":
        return ""
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, (Decimal, int)):
        return f"{number_words(value)} {about.unit}".strip()
    return str(value).strip()
