"""What waits for whoever runs the meetings after an answer about an assignment: a new day that is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from samsyn.records.meeting.models import AssignmentAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class DueProposal:
    """
    That somebody proposes another day for an assignment.

    answer    the answer that proposes it; `by_email` is the address of a guest who answered by a personal link, else ""
    due_on    the day that holds until somebody accepts the other
    """

    answer: UUID
    line: UUID
    line_text: str
    meeting: UUID
    group_name: str
    due_on: date | None
    proposed_due_on: date
    text: str
    by: str
    by_email: str
    at: datetime


COLUMNS = ("id", "line_id", "line__text", "line__meeting_id", "line__meeting__group__name", "line__due_on", "proposed_due_on", "text", "by", "by_email", "at")
NAMES = ("answer", "line", "line_text", "meeting", "group_name", "due_on", "proposed_due_on", "text", "by", "by_email", "at")


def due_proposals(partnership: UUID, line: UUID | None = None) -> tuple[DueProposal, ...]:
    """
    Return the days that are proposed for assignments and neither accepted nor declined, oldest first.

    A proposal is open while it stands in the latest answer about an assignment that has not ended, and differs from its day.
    One that was made into an action is followed there.
    line   only of this assignment; None = of every one of the partnership
    """
    own = AssignmentAnswer.objects.within(partnership)
    later = own.filter(line_id=OuterRef("line_id")).filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), id__gt=OuterRef("pk")))
    rows = own.filter(~Exists(later), proposed_due_on__isnull=False, line__withdrawn_at=None, line__done_on=None, line__dropped_on=None,
                      line__became=None)
    rows = rows.filter(Q(line__due_on=None) | ~Q(proposed_due_on=F("line__due_on")))
    if line is not None:
        rows = rows.filter(line_id=line)
    return tuple(DueProposal(**dict(zip(NAMES, row, strict=True))) for row in rows.order_by("at", "id").values_list(*COLUMNS))
