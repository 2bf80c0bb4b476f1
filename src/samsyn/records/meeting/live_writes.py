"""A meeting that goes on: it is opened, and those who hold it walk through the points. Each write makes its revision grow."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samsyn.chain.meeting_values import MeetingState
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import found, writing
from samsyn.records.meeting.line_writes import NotLive, live_meeting
from samsyn.records.meeting.models import AgendaPoint, Meeting
from samsyn.records.meeting.revision_writes import bump


def open_meeting(*, partnership: UUID, meeting: UUID, actor: Actor, at: datetime) -> bool:
    """
    Open a planned meeting on its first point. Returns False if it is open already, by whoever came first.

    raises   NotLive (closed or cancelled), Gone
    """
    act = Act(kind="meeting.opened", words="öppnade mötet", partnership=partnership, subject_kind="meeting", subject=meeting)
    with writing(actor=actor, at=at, act=act):
        row = found(Meeting.objects.within(partnership).filter(id=meeting, withdrawn_at=None).first())
        if row.state == MeetingState.LIVE:
            return False
        if row.state != MeetingState.PLANNED:
            raise NotLive(MeetingState(row.state))
        row.state, row.opened_at = MeetingState.LIVE, at
        row.current = AgendaPoint.objects.within(partnership).filter(meeting=row, withdrawn_at=None).order_by("position", "id").first()
        row.version += 1
        row.save(update_fields=["state", "opened_at", "current", "version"])
        bump(partnership, meeting)
    return True


def go_to(*, partnership: UUID, meeting: UUID, point: UUID, leaves: UUID | None = None, actor: Actor, at: datetime) -> None:
    """
    Make a point the common one.

    leaves   the point that is left as done, unless it is parked; None leaves none as done
    raises   NotLive, Gone
    """
    act = Act(kind="meeting.stepped", words="gick till en annan punkt", partnership=partnership, subject_kind="meeting", subject=meeting)
    with writing(actor=actor, at=at, act=act):
        row = live_meeting(partnership, meeting)
        to = _point(partnership, meeting, point)
        if leaves and leaves != point:
            left = _point(partnership, meeting, leaves)
            if left.done_at is None and left.parked_at is None:
                left.done_at = at
                left.save(update_fields=["done_at"])
        row.current = to
        row.save(update_fields=["current"])
        bump(partnership, meeting)


def finish_point(*, partnership: UUID, meeting: UUID, point: UUID, actor: Actor, at: datetime) -> None:
    """Mark a point as done, and no longer parked. Raises NotLive, Gone."""
    _mark(partnership, meeting, point, "point.done", "blev klar med en punkt", actor, at, done_at=at, parked_at=None)


def park_point(*, partnership: UUID, meeting: UUID, point: UUID, actor: Actor, at: datetime) -> None:
    """Park a point until next time: it goes on to the group's next meeting. Raises NotLive, Gone."""
    _mark(partnership, meeting, point, "point.parked", "parkerade en punkt till nästa gång", actor, at, done_at=None, parked_at=at)


def reopen_point(*, partnership: UUID, meeting: UUID, point: UUID, actor: Actor, at: datetime) -> None:
    """Take a point up again that was done or parked. Raises NotLive, Gone."""
    _mark(partnership, meeting, point, "point.reopened", "tog upp en punkt igen", actor, at, done_at=None, parked_at=None)


def _mark(partnership: UUID, meeting: UUID, point: UUID, kind: str, words: str, actor: Actor, at: datetime, **columns: datetime | None) -> None:
    with writing(actor=actor, at=at, act=Act(kind=kind, words=words, partnership=partnership, subject_kind="meeting", subject=meeting)):
        live_meeting(partnership, meeting)
        row = _point(partnership, meeting, point)
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=list(columns))
        bump(partnership, meeting)


def _point(partnership: UUID, meeting: UUID, point: UUID) -> AgendaPoint:
    return found(AgendaPoint.objects.within(partnership).filter(id=point, meeting_id=meeting, withdrawn_at=None).first())
