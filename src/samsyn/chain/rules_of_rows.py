"""The rules that look at the rows of the form: is each problem, cause, action and goal whole, and linked to the next?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from samsyn.catalog.load import Rule
from samsyn.chain.choices import ENDED, FormFace, GoalKind, Result
from samsyn.chain.face import implementation_of, is_bare_verdict
from samsyn.chain.found import Found, Register, about_action
from samsyn.chain.late import is_late, late_reason_of
from samsyn.chain.plan import Goal
from samsyn.chain.rows import (
    Rows, can_be_changed, is_said, name_of_action, name_of_cause, name_of_goal, name_of_problem, person_of, shown_person_of,
)
from samsyn.chain.wording import date_words

_rule = Register()
RULES = _rule.by_id


@_rule("problem-without-cause")
def problem_without_cause(rows: Rows, rule: Rule) -> Iterator[Found]:
    for problem in rows.plan.problems:
        if problem.id not in rows.problems_with_cause:
            hanging = (i for goal in rows.goals_by_problem.get(problem.id, ()) for i in rows.with_actions(goal))
            yield Found("problem", problem.id, "causes", {"row": name_of_problem(problem)}, tuple(dict.fromkeys((problem.id, *hanging))))


@_rule("cause-without-action")
def cause_without_action(rows: Rows, rule: Rule) -> Iterator[Found]:
    for cause in rows.plan.causes:
        if cause.id not in rows.actions_on and can_be_changed(cause):
            yield Found("cause", cause.id, "actions", {"row": name_of_cause(cause)}, (cause.id,))


@_rule("action-without-cause")
def action_without_cause(rows: Rows, rule: Rule) -> Iterator[Found]:
    for action in rows.actions_in(rule.tracks):
        if not rows.causes_of(action):
            yield about_action(action, "causes")


@_rule("action-without-goal")
def action_without_goal(rows: Rows, rule: Rule) -> Iterator[Found]:
    """Actions on the same cause can have the same goal, so that one goal frees them all."""
    for action in rows.actions_in(rule.tracks):
        if not rows.goals_of(action):
            causes = rows.causes_of(action)
            together, other = (causes[0].id, name_of_cause(causes[0])) if causes else ("", "")
            yield about_action(action, "goals", together=together, other=other)


@_rule("action-without-responsible")
def action_without_responsible(rows: Rows, rule: Rule) -> Iterator[Found]:
    for action in rows.actions_in(rule.tracks):
        if not is_said(action.responsible):
            yield about_action(action, "responsible")


@_rule("action-without-date")
def action_without_date(rows: Rows, rule: Rule) -> Iterator[Found]:
    """A date in words ("våren", "löpande") is a date that is said."""
    for action in rows.actions_in(rule.tracks):
        if action.due_on is None and not is_said(action.due_typed):
            yield about_action(action, "due_on")


@_rule("responsible-without-contact")
def responsible_without_contact(rows: Rows, rule: Rule) -> Iterator[Found]:
    """The same name at the same organisation is taken for the same person."""
    for action in rows.actions_in(rule.tracks):
        can_be_reached = is_said(action.responsible_email) or is_said(action.responsible_phone) or action.responsible_is_member
        if is_said(action.responsible) and not can_be_reached:
            yield about_action(action, "responsible_email", together=person_of(action), other=shown_person_of(action))


def _goals(rows: Rows, rule: Rule, to_fill: str, lacks: Callable[[Goal], bool]) -> Iterator[Found]:
    for goal in rows.goals_in(rule.tracks):
        if lacks(goal):
            yield Found("goal", goal.id, to_fill, {"row": name_of_goal(goal)}, rows.with_actions(goal))


@_rule("goal-without-indicator")
def goal_without_indicator(rows: Rows, rule: Rule) -> Iterator[Found]:
    return _goals(rows, rule, "indicator", lambda goal: not is_said(goal.indicator))


@_rule("goal-without-baseline")
def goal_without_baseline(rows: Rows, rule: Rule) -> Iterator[Found]:
    """An output goal counts what is done, and nothing is done before the start."""
    return _goals(rows, rule, "baseline", lambda goal: goal.kind is not GoalKind.OUTPUT and not is_said(goal.baseline))


@_rule("goal-without-target")
def goal_without_target(rows: Rows, rule: Rule) -> Iterator[Found]:
    return _goals(rows, rule, "target", lambda goal: not is_said(goal.target))


@_rule("baseline-after-start")
def baseline_after_start(rows: Rows, rule: Rule) -> Iterator[Found]:
    """A goal is named once, beside the first of its actions to start. The line works already: nothing stands before it."""
    for goal in rows.goals_in(rule.tracks):
        started = [a for a in rows.actions_towards.get(goal.id, ()) if a.start_on and a.track in rule.tracks]
        first = min(started, key=lambda a: a.start_on or date.max, default=None)
        if first and first.start_on and goal.baseline_on and goal.baseline_on > first.start_on:
            words = {"row": name_of_goal(goal), "day": date_words(goal.baseline_on)}
            words |= {"other": name_of_action(first), "other_day": date_words(first.start_on)}
            yield Found("goal", goal.id, "baseline_on", words, rows.with_actions(goal))


@_rule("only-output-goals")
def only_output_goals(rows: Rows, rule: Rule) -> Iterator[Found]:
    """Asked of each problem, since an effect on one says nothing of another."""
    asked = {goal.id for goal in rows.goals_in(rule.tracks)}
    for problem_id, goals in rows.goals_by_problem.items():
        if all(goal.kind is GoalKind.OUTPUT for goal in goals) and any(goal.id in asked for goal in goals):
            frees = tuple(dict.fromkeys(i for goal in goals for i in rows.with_actions(goal)))
            if problem_id is None:
                yield Found("plan", rows.plan.id, "goals", {"row": "Planen"}, frees)
            else:
                yield Found("problem", problem_id, "goals", {"row": name_of_problem(rows.problems[problem_id])}, frees)


@_rule("neither-situational-nor-social")
def neither_situational_nor_social(rows: Rows, rule: Rule) -> Iterator[Found]:
    for action in rows.actions_in(rule.tracks):
        if action.approach is None:
            yield about_action(action, "approach")


@_rule("overdue-without-reason")
def overdue_without_reason(rows: Rows, rule: Rule) -> Iterator[Found]:
    for action in rows.actions_in(rule.tracks):
        if action.due_on and is_late(action, rows.today) and not late_reason_of(action):
            yield about_action(action, "late_reason", day=date_words(action.due_on))


@_rule("set-without-figure")
def set_without_figure(rows: Rows, rule: Rule) -> Iterator[Found]:
    """One rule with two ways: a green face that says nothing of the problem, and a verdict that rests on no figure."""
    for action in rows.actions_in(rule.tracks):
        if action.result is None:
            if action.form_face is FormFace.GREEN and implementation_of(action) in ENDED:
                yield about_action(action, "result")
        elif is_bare_verdict(action):
            yield about_action(action, "result", otherwise=True, word=Result(action.result.value).label.lower())
