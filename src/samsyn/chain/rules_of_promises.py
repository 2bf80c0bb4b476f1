"""The rules that look at what the plan promises: goals that lead somewhere, money, parties and a plan that is adopted."""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.catalog.load import Rule
from samsyn.chain.choices import GoalKind, GoalLevel, Implementation
from samsyn.chain.face import implementation_of
from samsyn.chain.field import fields_of
from samsyn.chain.found import Found, Register, about_action, about_plan
from samsyn.chain.plan import Action, Goal
from samsyn.chain.rows import Rows, is_said, name_of_commitment, name_of_goal, name_of_problem
from samsyn.chain.swedish import fold
from samsyn.chain.vague import vague_answers
from samsyn.chain.wording import clipped

LONGEST_ANSWER = 60  # characters of an answer in a sentence

_rule = Register()
RULES = _rule.by_id


@_rule("organisation-not-a-party")
def organisation_not_a_party(rows: Rows, rule: Rule) -> Iterator[Found]:
    """Names are compared without regard to case. A plan that knows no parties cannot say who is not one."""
    parties = {fold(party) for party in rows.plan.parties}
    for action in rows.actions_in(rule.tracks) if parties else ():
        organisation = " ".join(action.responsible_organisation.split())
        if is_said(organisation) and fold(organisation) not in parties:
            yield about_action(action, "responsible_organisation", together=fold(organisation), other=organisation)


@_rule("overall-goal-unserved")
def overall_goal_unserved(rows: Rows, rule: Rule) -> Iterator[Found]:
    """
    An overall goal is served by the operational goals of its problem.

    One rule with two ways: its problem has no operational goal, and it has some but no action leads to any of them.
    """
    asked = {goal.id for goal in rows.goals_in(rule.tracks)}
    told: set[str] = set()  # served, or named already
    for goals in rows.goals_by_problem.values():
        if any(goal.level is GoalLevel.OPERATIONAL and goal.id in rows.actions_towards for goal in goals):
            told.update(goal.id for goal in goals)
    for problem_id, goals in rows.goals_by_problem.items():
        below = [goal for goal in goals if goal.level is GoalLevel.OPERATIONAL]
        for goal in goals:
            if goal.level is GoalLevel.OVERALL and goal.id in asked and goal.id not in told:
                told.add(goal.id)
                yield _unserved(rows, goal, problem_id, below[0] if below else None)


def _unserved(rows: Rows, goal: Goal, problem_id: str | None, below: Goal | None) -> Found:
    """Return where to go: to a new goal of the problem, or to the first operational goal, which wants an action."""
    problem = rows.problems[problem_id] if problem_id is not None else None
    words = {"row": name_of_goal(goal), "other": name_of_problem(problem) if problem else "Planen"}
    frees = rows.with_actions(goal)
    if below:
        return Found("goal", below.id, "actions", words, (below.id, *frees), otherwise=True)
    kind, row_id = ("problem", problem.id) if problem else ("plan", rows.plan.id)
    return Found(kind, row_id, "goals", words, (row_id, *frees), together=f"{kind} {row_id}")


@_rule("smart-answer-vague")
def smart_answer_vague(rows: Rows, rule: Rule) -> Iterator[Found]:
    """SMART is asked of effect goals. An answer that nobody has given is missing, not vague."""
    about = fields_of(Goal)
    for goal in rows.goals_in(rule.tracks):
        for name in vague_answers(goal) if goal.kind in (None, GoalKind.EFFECT) else ():
            words = {"row": name_of_goal(goal), "word": clipped(getattr(goal, name), LONGEST_ANSWER), "other": about[name].label.lower()}
            yield Found("goal", goal.id, name, words, rows.with_actions(goal))


@_rule("cost-without-budget-line")
def cost_without_budget_line(rows: Rows, rule: Rule) -> Iterator[Found]:
    for action in rows.actions_in(rule.tracks):
        if action.cost and not is_said(action.budget_line) and not _was_not_done(action):
            yield about_action(action, "budget_line")


def _was_not_done(action: Action) -> bool:
    return implementation_of(action) is Implementation.NOT_DONE


@_rule("commitment-without-date")
def commitment_without_date(rows: Rows, rule: Rule) -> Iterator[Found]:
    for commitment in rows.plan.commitments:
        if commitment.due_on is None:
            yield Found("commitment", commitment.id, "due_on", {"row": name_of_commitment(commitment)}, (commitment.id,))


@_rule("plan-not-adopted")
def plan_not_adopted(rows: Rows, rule: Rule) -> Iterator[Found]:
    if rows.plan.adopted_on is None and any(rows.actions_in(rule.tracks)):
        yield about_plan(rows, "adopted_on")
