"""Open causes and actions go on into next year's plan, each linked to the old one. The old plan stays as it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from samsyn.chain import plan as chain
from samsyn.chain.choices import Implementation
from samsyn.chain.face import implementation_of
from samsyn.chain.next_year import NextPlan, moved
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.editing import as_stored
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan import writes
from samsyn.records.plan.reads import PlanHead

NOT_CARRIED = {"late_reason", "followed_up"}  # what was said of the year that has passed


def roll_forward(*, head: PlanHead, name: str, period: str, causes: Collection[str], actions: Collection[str], actor: Actor, at: datetime,
                 ahead: NextPlan | None = None, once: str = "") -> UUID:
    """
    Make next year's plan of the chosen causes and actions, with their problems and goals. Returns its id.

    causes, actions   ids of rows of the plan; an action brings the causes it acts on
    ahead             moves days of the years that have passed; None leaves every day as it is
    raises            AlreadyDone
    """
    values = _moved(plan_values(head), ahead)
    chosen = [a for a in values.actions if a.id in actions]
    kept_causes = set(causes) | {c for a in chosen for c in a.causes}
    kept_goals = {g for a in chosen for g in a.goals}
    kept_problems = {c.problem for c in values.causes if c.id in kept_causes} | {g.problem for g in values.goals if g.id in kept_goals}
    given: dict[str, Any] = {"partnership": head.partnership, "actor": actor, "at": at}
    act = Act(kind="plan.rolled_forward", words=f"förde vidare planen {head.name} till {name}", partnership=head.partnership,
              subject_kind="plan", subject=head.id, once=once)
    with writing(actor=actor, at=at, act=act):
        made = writes.add_plan(values={"name": name, "period": period, "summary": head.summary, "continues_id": head.id}, **given)
        new: dict[str, UUID] = {}
        for problem in values.problems:
            if problem.id in kept_problems:
                new[problem.id] = writes.add_problem(plan=made.id, values=_carried(problem), **given).id
        for cause in values.causes:
            if cause.id in kept_causes:
                new[cause.id] = writes.add_cause(plan=made.id, problem=new[cause.problem or ""], values=_carried(cause), **given).id
        for goal in values.goals:
            if goal.id in kept_goals:
                new[goal.id] = writes.add_goal(plan=made.id, problem=new.get(goal.problem or ""), values=_carried(goal), **given).id
        for action in chosen:
            new[action.id] = writes.add_action(plan=made.id, values=_carried(action), causes=[new[c] for c in action.causes],
                                               goals=[new[g] for g in action.goals], **given).id
    return made.id


def _moved(values: chain.Plan, ahead: NextPlan | None) -> chain.Plan:
    """Return the plan with its days moved ahead. An action that is under way keeps the day it began."""
    if ahead is None:
        return values
    actions = tuple(moved(a, ahead.first_year, ahead.years, has_begun=implementation_of(a) is Implementation.UNDER_WAY) for a in values.actions)
    goals = tuple(moved(g, ahead.first_year, ahead.years) for g in values.goals)
    return replace(values, actions=actions, goals=goals)


def _carried(row: chain.Problem | chain.Cause | chain.Goal | chain.Action) -> dict[str, Any]:
    """Return a row's described values as the records want them, and what it continues."""
    kept = {name: value for name, value in as_stored(row).items() if name not in NOT_CARRIED}
    return {**kept, "continues_id": UUID(row.id)}
