"""What is known of what a point is about: an action, a decision that is asked for, an assignment, or a plan."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from samsyn.chain import plan as chain
from samsyn.chain.face import implementation_of, result_shown, standing_check_ins
from samsyn.chain.late import days_late
from samsyn.chain.rows import label_of
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.meeting.line_reads import answers, assignment
from samsyn.records.meeting.reads import MeetingPoint
from samsyn.records.plan.reads import plan_head

NOTHING: dict[str, Any] = {"action": None, "decision": None, "assignment": None, "plan": None}


def facts_of(partnership: UUID, point: MeetingPoint | None, today: date) -> dict[str, Any]:
    """Return the facts of a point for its template. What is not there any more is left out: the point's own words stay."""
    if point is None:
        return NOTHING
    if point.subject_kind == "assignment" and point.subject_id:
        found = assignment(partnership, point.subject_id)
        said = answers(partnership, [point.subject_id])
        return {**NOTHING, "assignment": found, "last_answer": said[-1] if said else None}
    head = plan_head(partnership, point.plan) if point.plan else None
    if head is None:
        return NOTHING
    if point.subject_kind not in ("action", "decision"):
        return {**NOTHING, "plan": head}
    values = plan_values(head)
    if point.subject_kind == "decision":
        decision = next((one for one in values.decisions_asked if one.id == str(point.subject_id)), None)
        about = action_of(values, decision.action) if decision and decision.action else None
        return {**NOTHING, "plan": head, "decision": decision, **(_action(values, about, today) if about else {})}
    one = action_of(values, str(point.subject_id))
    return {**NOTHING, "plan": head, **(_action(values, one, today) if one else {})}


def action_of(values: chain.Plan, action: str) -> chain.Action | None:
    """Return one of a plan's actions, None if it is not there."""
    return next((one for one in values.actions if one.id == action), None)


def _action(values: chain.Plan, one: chain.Action, today: date) -> dict[str, Any]:
    causes = [label_of(cause) for cause in values.causes if cause.id in one.causes]
    check_ins = standing_check_ins(one)
    return {"action": one, "causes": causes, "late": days_late(one, today), "implementation": implementation_of(one),
            "result": result_shown(one, today), "last": check_ins[-1] if check_ins else None}
