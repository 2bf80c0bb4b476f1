"""A plan as it was on an earlier day, as far as its rows say when they came: what the demonstration town adopted and reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from samsyn.chain.plan import Action, Face, Ids, Plan
from samsyn.chain.wording import local_day

FIRST_PLAN = timedelta(days=365)  # what begins later than this after a day had not been thought of then


def plan_as_it_was(plan: Plan, on: date) -> Plan:
    """
    Return the plan without what came after a day: check-ins, faces, lessons, silences, and actions that begin more than a year later.

    on   a day; what was said on it is kept

    The words of the rows that stay are those of today: a plan as values does not hold its history. What was asked of the steering
    group is left out, for it bears no day. Links to what is left out are left out.
    """
    actions = tuple(_action(action, on) for action in plan.actions if action.start_on is None or action.start_on <= on + FIRST_PLAN)
    there = {action.id for action in actions}
    actions = tuple(replace(action, depends_on=_known(action.depends_on, there)) for action in actions)
    bundles = tuple(bundle for bundle in plan.bundles if sum(action.bundle == bundle.id for action in actions) > 1)
    whole = {bundle.id for bundle in bundles}
    return replace(
        plan, actions=tuple(action if action.bundle in whole else replace(action, bundle=None) for action in actions), bundles=bundles,
        commitments=tuple(one for one in plan.commitments if one.action is None or one.action in there),
        lessons=tuple(one for one in plan.lessons if _is_by(one.at, on)), silences=tuple(one for one in plan.silences if _is_by(one.at, on)),
        decisions_asked=())


def _action(action: Action, on: date) -> Action:
    return replace(action, check_ins=tuple(one for one in action.check_ins if _is_by(one.at, on)), late_reason="",
                   implementation=_face(action.implementation, on), result=_face(action.result, on))


def _face(face: Face | None, on: date) -> Face | None:
    return face if face and _is_by(face.at, on) else None


def _is_by(at: datetime | None, on: date) -> bool:
    return at is not None and local_day(at) <= on


def _known(ids: Ids, there: set[str]) -> Ids:
    return tuple(one for one in ids if one in there)
