"""Decisions of a meeting that do something, and assignments that become actions of a plan: the line's part of those acts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from samsyn.chain.meeting_values import STEERS, LineKind
from samsyn.chain.wording import clipped
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import found, writing
from samsyn.records.meeting.line_writes import live_meeting
from samsyn.records.meeting.models import AgendaPoint, MeetingLine
from samsyn.records.meeting.revision_writes import bump


class MayNotDecide(Exception):
    """The group is no steering group: it cannot decide about a plan."""


class AlreadyInPlan(Exception):
    """The assignment has been made into an action of a plan already."""


def write_decision(*, partnership: UUID, meeting: UUID, point: UUID | None, text: str, plan: UUID, decision: UUID | None = None, actor: Actor,
                   at: datetime) -> MeetingLine:
    """
    Write a decision about a plan in a meeting that goes on; called inside the act that also carries it out.

    text      the decision's words, not empty; they are not interpreted
    point     the point it belongs to, None for none
    decision  the asked decision that it answers
    raises    MayNotDecide, NotLive, Gone
    """
    act = Act(kind="line.added", words=f"skrev ett beslut: {clipped(text, 80)}", partnership=partnership, subject_kind="meeting", subject=meeting)
    with writing(actor=actor, at=at, act=act):
        held = live_meeting(partnership, meeting)
        if held.group.kind not in STEERS:
            raise MayNotDecide
        about = found(AgendaPoint.objects.within(partnership).filter(id=point, meeting=held, withdrawn_at=None).first()) if point else None
        row = MeetingLine.objects.create(
            id=uuid4(), partnership_id=partnership, organisation_id=held.organisation_id, meeting=held, point=about, kind=LineKind.DECISION,
            text=text.strip(), at=at, by=actor.name, by_id=actor.id, plan_id=plan, decision_id=decision)
        bump(partnership, meeting)
    return row


def tie_to_action(*, partnership: UUID, line: UUID, plan: UUID, action: UUID, actor: Actor, at: datetime) -> None:
    """Say that an assignment has become an action of a plan; called inside the act that made the action. Raises AlreadyInPlan, Gone."""
    act = Act(kind="assignment.in_plan", words="lade in ett uppdrag i planen", partnership=partnership, subject_kind="assignment", subject=line)
    with writing(actor=actor, at=at, act=act):
        row = found(MeetingLine.objects.within(partnership).filter(id=line, kind=LineKind.ASSIGNMENT, withdrawn_at=None).first())
        if row.became_id:
            raise AlreadyInPlan
        row.became_id, row.plan_id = action, plan
        row.version += 1
        row.save(update_fields=["became", "plan", "version"])
        bump(partnership, row.meeting_id)
