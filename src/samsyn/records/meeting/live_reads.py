"""What a page that is open during a meeting asks again and again: its lines, and whether what it shows of a point has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count

from samsyn.chain.meeting_values import LineKind
from samsyn.records.access.kept_facts import latest_change
from samsyn.records.follow_up.models import DecisionAsked
from samsyn.records.meeting.models import MeetingLine
from samsyn.records.meeting.reads import MeetingPoint
from samsyn.records.plan.models import Action

LINE = ("id", "version", "point_id", "kind", "text", "at", "by", "by_id", "owner", "owner_email", "due_on")


@dataclass(frozen=True, slots=True)
class LiveLine:
    """A line as an open page shows it: without the meeting, plan and answers around it."""

    id: UUID
    version: int
    point: UUID | None
    kind: LineKind
    text: str
    at: datetime
    by: str
    by_id: str
    owner: str
    owner_email: str
    due_on: date | None


def lines_state(meeting: UUID) -> tuple[UUID, UUID | None] | None:
    """
    Return what names the state of a meeting's lines: itself, and the event of the latest change of any row at all.

    None inside a transaction: what is seen there may never be committed, so nothing may be kept by it.
    """
    if connection.in_atomic_block:
        return None
    return meeting, latest_change()


def live_lines(partnership: UUID, meeting: UUID) -> list[LiveLine]:
    """Return the lines of a meeting, the latest first: ten pages ask for them every second."""
    rows = MeetingLine.objects.within(partnership).filter(meeting_id=meeting, withdrawn_at=None).order_by("-at", "-id").values_list(*LINE)
    return [LiveLine(row_id, version, point, LineKind(kind), text, at, by, by_id, owner, email, due_on)
            for row_id, version, point, kind, text, at, by, by_id, owner, email, due_on in rows]


def facts_stamp(partnership: UUID, point: MeetingPoint | None, *around: Any) -> str:
    """
    Return a text that changes when a point changes, or what it is about: action, decision or assignment. At most one query.

    around   what else the page shows of the point: where the meeting is, and who looks
    """
    own: tuple[Any, ...] = around if point is None else (*around, point.id, point.title, point.why, point.minutes, point.done_at, point.parked_at)
    return sha256(repr((*own, _subject(partnership, point))).encode()).hexdigest()[:16]


def _subject(partnership: UUID, point: MeetingPoint | None) -> tuple[Any, ...] | None:
    rows: Any
    if point is None:
        return None
    if point.subject_kind == "action":
        rows = Action.objects.within(partnership).annotate(
            said=Count("check_ins", distinct=True), seen=Count("face_settings", distinct=True)).values_list("version", "withdrawn_at", "said", "seen")
    elif point.subject_kind == "decision":
        rows = DecisionAsked.objects.within(partnership).values_list("version", "settled_at")
    elif point.subject_kind == "assignment":
        rows = MeetingLine.objects.within(partnership).annotate(said=Count("answers")).values_list("version", "said")
    else:
        return None
    found: tuple[Any, ...] | None = rows.filter(id=point.subject_id).first()
    return found
