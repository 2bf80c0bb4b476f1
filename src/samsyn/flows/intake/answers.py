"""What somebody answers about a file that was read, put into the plan it means."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from samsyn.chain.choices import FormFace, Implementation
from samsyn.chain.field import Kind, fields_of
from samsyn.chain.plan import Action, Face, Plan, Problem
from samsyn.chain.swedish import fold
from samsyn.chain.wording import clipped
from samsyn.flows.intake.understanding import Understood, causes_and_goals

UNNAMED_PROBLEM = "p0"
"""The key of the problem that is asked for when the file says none."""



@dataclass(frozen=True, slots=True, kw_only=True)
class RowAnswer:
    """
    What was answered about one row. None leaves it as it was read.

    due_on    a day, or "" for no day
    cause     the id of a cause of the file's plan, or "" for none
    how_far   what the sixth column means: a colour of the form, an Implementation, or "" for nothing
    """

    text: str | None = None
    due_on: date | str | None = None
    responsible: str | None = None
    cause: str | None = None
    how_far: FormFace | Implementation | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """
    All that was answered.

    plan       the plan the rows go into; None = a new one, with `name`
    problems   the file's problem (id, or UNNAMED_PROBLEM) -> its title; an empty one stays as it was read
    causes     cause named by its number only (id) -> its text
    leave_out  keys of the rows that are not to come in
    """

    plan: UUID | None = None
    name: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)
    causes: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, RowAnswer] = field(default_factory=dict)
    leave_out: Collection[str] = ()


def answered(understood: Understood, answers: Answers) -> Plan:
    """
    Return the plan with the answers in it, without the rows that were left out and what only they named.

    A cause that is known by its number only, and was not explained, is called after its number.
    """
    plan = understood.plan
    actions = tuple(_with_answer(action, answers.rows.get(action.id, RowAnswer())) for action in plan.actions if action.id not in answers.leave_out)
    kept = _still_named(plan, actions)
    causes = tuple(replace(cause, text=cause.text or answers.causes.get(cause.id, "").strip() or f"Orsak {cause.number}",
                           problem=cause.problem or UNNAMED_PROBLEM) for cause in plan.causes if cause.id in kept)
    goals = tuple(replace(goal, problem=goal.problem or UNNAMED_PROBLEM) for goal in plan.goals if goal.id in kept)
    given = {key: title.strip() for key, title in answers.problems.items() if title.strip()}
    problems = tuple(replace(problem, title=given.get(problem.id, problem.title)) for problem in plan.problems)
    if UNNAMED_PROBLEM in given:
        problems += (Problem(id=UNNAMED_PROBLEM, title=given[UNNAMED_PROBLEM]),)
    plan = replace(plan, name=answers.name.strip() or plan.name, problems=problems, causes=causes, goals=goals, actions=tuple(map(fitted, actions)))
    return _without_twins(plan)


def fitted(action: Action) -> Action:
    """Return the action with every line at most as long as it may be; what does not fit is kept whole in the description."""
    changed: dict[str, Any] = {}
    whole: list[str] = []
    for name, about in fields_of(Action).items():
        value = getattr(action, name)
        if about.kind is not Kind.TEXT and isinstance(value, str) and not about.choices and len(value) > about.max_length:
            changed[name] = clipped(value, about.max_length)
            whole.append(f"{about.label}: {value}")
    return replace(action, **changed, description="\n".join(filter(None, (action.description, *whole)))) if changed else action


def _with_answer(action: Action, answer: RowAnswer) -> Action:
    changed: dict[str, Any] = {}
    if answer.text is not None:
        changed["text"] = answer.text.strip()
    if answer.due_on is not None:
        changed["due_on"] = answer.due_on or None
    if answer.responsible is not None:
        changed["responsible"] = answer.responsible.strip()
    if answer.cause is not None:
        changed["causes"] = (answer.cause,) if answer.cause else ()
    if answer.how_far is not None:
        changed |= _how_far(action, answer.how_far)
    return replace(action, **changed)


def _how_far(action: Action, said: FormFace | Implementation | str) -> dict[str, Any]:
    if isinstance(said, FormFace):
        return {"form_face": said, "implementation": None}
    if isinstance(said, Implementation):
        by = action.implementation.by if action.implementation else ""
        return {"implementation": Face(value=said, by=by, by_file=True)}
    return {"form_face": None, "implementation": None}


def _still_named(plan: Plan, actions: tuple[Action, ...]) -> set[str]:
    """Return the causes and goals that a kept action names, or that no action of the file names."""
    before = {row for action in plan.actions for row in (*action.causes, *action.goals)}
    now = {row for action in actions for row in (*action.causes, *action.goals)}
    return now | ({row.id for row in causes_and_goals(plan)} - before)


def _without_twins(plan: Plan) -> Plan:
    """Let problems that were given the same title be one."""
    first: dict[str, str] = {}
    same = {problem.id: first.setdefault(fold(problem.title), problem.id) for problem in plan.problems}
    return replace(
        plan, problems=tuple(problem for problem in plan.problems if same[problem.id] == problem.id),
        causes=tuple(replace(row, problem=same.get(row.problem or "")) for row in plan.causes),
        goals=tuple(replace(row, problem=same.get(row.problem or "")) for row in plan.goals))
