"""
The plan as rows of the handbook's form: six columns, as text. Excel and CSV are written from here.

The rows are such that the importer reads the same plan back: every row says its whole cause, causes always have
a number, and where the importer could take a text for something else it is asked first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samsyn.chain.choices import FormFace
from samsyn.chain.face import form_face
from samsyn.chain.form_words import besides_the_face
from samsyn.chain.plan import Action, Cause, Plan
from samsyn.chain.plan_details import cause_numbers
from samsyn.formats.plan_from_reading import goals_in
from samsyn.formats.plan_rows import split_number
from samsyn.formats.swedish_dates import read_date

COLUMNS = ("Orsak", "Åtgärd", "Operativa mål", "När", "Vem", "Uppföljning")
WIDTHS = (34, 40, 34, 16, 30, 30)
FILL_OF = {FormFace.GREEN: "8FD19E", FormFace.YELLOW: "FFE08A", FormFace.RED: "F4A6A0"}
READING_DAYS = (date(2020, 1, 31), date(2027, 7, 1))  # any two days in different years and halves


@dataclass(frozen=True, slots=True)
class FormRow:
    """
    One row of the form.

    cells       one text for each of COLUMNS
    face        colours the sixth cell; None = no colour
    is_heading  True for a row that only says, in its first cell, which problem the rows under it belong to
    kind, id    what the row is: problem (a heading), cause or goal (alone on a row), action
    causes, goals  ids of those it names
    """

    cells: tuple[str, str, str, str, str, str]
    face: FormFace | None = None
    is_heading: bool = False
    kind: str = ""
    id: str = ""
    causes: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()


def form_rows(plan: Plan) -> tuple[FormRow, ...]:
    """
    Return the plan as rows of the form, problem by problem, the causes of each in the order of their numbers.

    Actions without a cause come first in their section, so that no cause above can be taken for theirs. A cause
    without action has a row of its own, and so has a goal that no action serves.
    """
    form = _Form(plan)
    rows = form.section("")
    for place, problem in enumerate(plan.problems, 1):
        title = " ".join(problem.title.split()) or f"Problem {place}"
        rows.append(FormRow((title, "", "", "", "", ""), is_heading=True, kind="problem", id=problem.id))
        rows += form.section(problem.id)
    return tuple(rows)


class _Form:
    """The plan's rows found by each other. A link that leads nowhere is no link."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.numbers = cause_numbers(plan)
        self.place_of_problem = {problem.id: place for place, problem in enumerate(plan.problems)}
        self.causes = {cause.id: cause for cause in plan.causes}
        self.goals = {goal.id: goal for goal in plan.goals}
        self.under: dict[str, list[Action]] = {}
        self.without_cause: dict[str, list[Action]] = {}
        for action in plan.actions:
            if causes := self.causes_of(action):
                self.under.setdefault(self._stands_under(causes).id, []).append(action)
            else:
                self.without_cause.setdefault(self._problem_of_goals(action), []).append(action)
        aimed_at = {goal for action in plan.actions for goal in action.goals}
        self.lone_goals = [goal for goal in plan.goals if goal.id not in aimed_at and goal.text.strip()]

    def section(self, problem: str) -> list[FormRow]:
        """Return the rows of one problem, or of none (""): actions without cause, causes with their actions, lone goals."""
        causes = [cause for cause in self.plan.causes if self._problem_of(cause.problem) == problem]
        actions = [action for cause in causes for action in self.under.get(cause.id, [])]
        spelled = {cause.id for action in actions if not self._crosses(action) for cause in self.causes_of(action)}
        rows = [self.action_row(action) for action in self.without_cause.get(problem, [])]
        for cause in sorted(causes, key=self._order):
            if cause.id not in spelled:
                rows.append(FormRow((self._cause_text(cause), "", "", "", "", ""), kind="cause", id=cause.id))
            rows += [self.action_row(action) for action in self.under.get(cause.id, [])]
        goals = [goal for goal in self.lone_goals if self._problem_of(goal.problem) == problem]
        return rows + [FormRow(("", "", goals_text([goal.text]), "", "", ""), kind="goal", id=goal.id) for goal in goals]

    def action_row(self, action: Action) -> FormRow:
        goals = tuple(goal for goal in action.goals if goal in self.goals)
        cells = (self._causes_text(action), action_text(action), goals_text([self.goals[goal].text for goal in goals]),
                 when_text(action), who_text(action), follow_up_text(action))
        return FormRow(cells, form_face(action), kind="action", id=action.id, goals=goals,
                       causes=tuple(cause.id for cause in self.causes_of(action)))

    def causes_of(self, action: Action) -> list[Cause]:
        return sorted((self.causes[cause] for cause in action.causes if cause in self.causes), key=self._order)

    def _stands_under(self, causes: list[Cause]) -> Cause:
        """The first cause of the last problem: by then the causes of the earlier ones have been read."""
        last = max(self._place(cause) for cause in causes)
        return next(cause for cause in causes if self._place(cause) == last)

    def _problem_of_goals(self, action: Action) -> str:
        problems = (self._problem_of(self.goals[goal].problem) for goal in action.goals if goal in self.goals)
        return next((problem for problem in problems if problem), "")

    def _place(self, cause: Cause) -> int:
        return self.place_of_problem.get(cause.problem or "", -1)

    def _order(self, cause: Cause) -> tuple[int, int]:
        return self._place(cause), self.numbers[cause.id]

    def _problem_of(self, problem: str | None) -> str:
        return problem if problem in self.place_of_problem and problem else ""

    def _crosses(self, action: Action) -> bool:
        """Whether the action acts on causes of several problems."""
        return len({self._place(cause) for cause in self.causes_of(action)}) > 1

    def _causes_text(self, action: Action) -> str:
        """Causes by number and text, a line each; by number only, "1, 3", where a text would stand under the wrong problem."""
        causes = self.causes_of(action)
        if self._crosses(action):
            return ", ".join(str(self.numbers[cause.id]) for cause in causes)
        return "\n".join(self._cause_text(cause) for cause in causes)

    def _cause_text(self, cause: Cause) -> str:
        return f"{self.numbers[cause.id]}. {cause.text}".strip()


def follow_up_text(action: Action) -> str:
    """
    Return the sixth column in words: colour, implementation, result, and then what a file said there besides.

    What an earlier export wrote is left out of the file's text, so that a plan can go out and in any number of times.
    """
    face = form_face(action)
    words = [f"{face.label}."] if face else []
    if action.implementation is not None:
        words.append(f"{action.implementation.value.label}.")
    if action.result is not None:
        words.append(f"Resultat: {action.result.value.label}.")
    return " ".join([*words, besides_the_face(action.followed_up)]).strip()


def action_text(action: Action) -> str:
    """Return the second column: "1.1 Ny belysning", or "1.1. 12 nya lampor" where the number would else not be told from the text."""
    if not action.number:
        return action.text
    plain = f"{action.number} {action.text}".strip()
    return plain if split_number(plain) == (action.number, action.text) else f"{action.number}. {action.text}".strip()


def goals_text(goals: Sequence[str]) -> str:
    """Return the third column: a goal on each line, with dashes before them if the lines would else be read as one goal."""
    said = [goal if goals_in(goal) == (goal,) else " ".join(goal.split()) for goal in goals if goal.strip()]
    lines = "\n".join(said)
    return lines if goals_in(lines) == tuple(said) else "\n".join(f"– {goal}" for goal in said)


def when_text(action: Action) -> str:
    """
    Return the fourth column: the words that were typed, or the date.

    Both, "2027-05-31 (våren)", where the words alone would not lead to the date again whatever day they are read on.
    """
    typed, due_on = action.due_typed.strip(), action.due_on
    if due_on is None or not typed:
        return typed or (due_on.isoformat() if due_on else "")
    leads_there = all(read_date(typed, day).interpreted == due_on for day in READING_DAYS)
    return typed if leads_there else f"{due_on.isoformat()} ({typed})"


def who_text(action: Action) -> str:
    """Return the fifth column: the responsible and how to reach them, a line each, then those who take part."""
    who = ", ".join(part for part in (action.responsible.strip(), action.responsible_organisation.strip()) if part)
    lines = (who, action.responsible_phone.strip(), action.responsible_email.strip(), action.others.strip())
    return "\n".join(line for line in lines if line)
