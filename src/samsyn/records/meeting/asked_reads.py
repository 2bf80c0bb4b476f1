"""What a person who is asked about one assignment needs to know, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samsyn.chain.answers import Answer
from samsyn.chain.meeting_values import LineKind
from samsyn.records.meeting.models import AssignmentAnswer, MeetingLine
from samsyn.records.plan.asked_reads import LastAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAssignment:
    """An assignment that somebody is asked about, and the meeting that handed it out."""

    id: UUID
    meeting: UUID
    group_name: str
    text: str
    due_on: date | None


def asked_assignment(partnership: UUID, line: UUID) -> AskedAssignment | None:
    """Return an assignment that somebody is asked about, or None if it has been taken out."""
    rows = MeetingLine.objects.within(partnership).filter(id=line, kind=LineKind.ASSIGNMENT, withdrawn_at=None)
    row = rows.select_related("meeting__group").first()
    if row is None:
        return None
    return AskedAssignment(id=row.id, meeting=row.meeting_id, group_name=row.meeting.group.name, text=row.text, due_on=row.due_on)


def became_action(partnership: UUID, line: UUID) -> UUID | None:
    """Return the action of a plan that an assignment was made into, None if it was made into none."""
    return MeetingLine.objects.within(partnership).filter(id=line, withdrawn_at=None).values_list("became_id", flat=True).first()


def last_assignment_answer(partnership: UUID, line: UUID, by_id: str) -> LastAnswer | None:
    """Return what the same link, or the same member, last answered about an assignment; None if nothing."""
    rows = AssignmentAnswer.objects.within(partnership).filter(line_id=line, by_id=by_id).order_by("-at", "-id")
    found = rows.values_list("answer", "text", "proposed_due_on", "help_from").first()
    return LastAnswer(Answer(found[0]), *found[1:]) if found else None
