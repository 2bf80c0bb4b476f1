"""The town's plan as it was on an earlier day: what came later is not in it, and nothing points to what is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samsyn.chain.demo_past import FIRST_PLAN, plan_as_it_was
from samsyn.chain.demo_town import demo_town
from samsyn.chain.plan import Plan
from samsyn.chain.plan_changes import changes_between
from samsyn.chain.wording import local_day

TODAY = date(2026, 11, 23)
NOW = demo_town(TODAY).partnerships[0].plans[0]
DAYS = [TODAY - timedelta(days=days) for days in (715, 400, 84, 30)]


def said_on(plan: Plan) -> list[date]:
    """Return the days of all that somebody has said in a plan."""
    faces = [face for action in plan.actions for face in (action.implementation, action.result) if face]
    rows = [*faces, *(one for action in plan.actions for one in action.check_ins), *plan.lessons, *plan.silences]
    return [local_day(row.at) for row in rows if row.at]


@pytest.mark.parametrize("day", DAYS)
def test_nothing_in_it_was_said_later(day: date) -> None:
    then = plan_as_it_was(NOW, day)
    assert all(said <= day for said in said_on(then))
    assert len(said_on(then)) == sum(said <= day for said in said_on(replace(NOW, actions=tuple(
        action for action in NOW.actions if action.id in {one.id for one in then.actions}))))
    assert max(said_on(NOW)) > day


@pytest.mark.parametrize("day", DAYS)
def test_no_link_leads_to_what_is_not_there(day: date) -> None:
    then = plan_as_it_was(NOW, day)
    actions, bundles = {action.id for action in then.actions}, {bundle.id for bundle in then.bundles}
    assert all(set(action.depends_on) <= actions and action.bundle in {*bundles, None} for action in then.actions)
    assert all(one.action is None or one.action in actions for one in then.commitments)
    assert all(sum(action.bundle == bundle for action in then.actions) > 1 for bundle in bundles)


def test_what_began_long_after_was_not_thought_of() -> None:
    then = plan_as_it_was(NOW, DAYS[0])
    late = {action.id for action in NOW.actions if action.start_on and action.start_on > DAYS[0] + FIRST_PLAN}
    assert late and {change.id for change in changes_between(then, NOW) if (change.sort, change.kind) == ("new", "Åtgärd")} == late


def test_the_words_are_those_of_today() -> None:
    assert plan_as_it_was(NOW, TODAY + timedelta(days=1)) == replace(
        NOW, decisions_asked=(), actions=tuple(replace(action, late_reason="") for action in NOW.actions))
