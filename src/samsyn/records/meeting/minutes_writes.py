"""A meeting is closed: its minutes are kept as they are, once. Only a redaction may alter them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain.agenda_values import Key, point_key
from samsyn.chain.meeting_values import MeetingState, PointKind
from samsyn.chain.wording import clock_words, date_words, local_day
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.redaction_writes import redaction_act
from samsyn.records.access.writes import found, writing
from samsyn.records.meeting.models import Meeting, Minutes
from samsyn.records.meeting.reads import MeetingPoint, points
from samsyn.records.meeting.revision_writes import bump
from samsyn.records.meeting.writes import add_point


class AlreadyClosed(Exception):
    """The meeting has been closed, with the minutes that stand. The message says by whom and when, in Swedish."""

    def __init__(self, by: str, at: datetime | None) -> None:
        super().__init__(f"Mötet är redan avslutat av {by or 'någon annan'}{f' {date_words(local_day(at))} kl. {clock_words(at)}' if at else ''}.")


class NotOpened(Exception):
    """The meeting has not been opened, or was cancelled: there is nothing to make minutes of."""


class MovedOn(Exception):
    """Somebody has written in the meeting since the minutes were made from it."""


def keep_minutes(*, partnership: UUID, meeting: UUID, revision: int, content: dict[str, Any], pdf: bytes, actor: Actor, at: datetime,
                 once: str = "") -> UUID:
    """
    Close a meeting that goes on and keep its minutes. Returns their id.

    revision   of the meeting when the content was read
    raises     AlreadyClosed, NotOpened, MovedOn, Gone, AlreadyDone; nothing is written
    """
    row_id = uuid4()
    act = Act(kind="meeting.closed", words="avslutade ett möte", partnership=partnership, subject_kind="meeting", subject=meeting, once=once)
    with writing(actor=actor, at=at, act=act):
        row = found(Meeting.objects.within(partnership).filter(id=meeting, withdrawn_at=None).first())
        if row.state == MeetingState.CLOSED:
            raise AlreadyClosed(row.closed_by, row.closed_at)
        if row.state != MeetingState.LIVE:
            raise NotOpened
        if row.revision != revision:
            raise MovedOn
        row.state, row.closed_at, row.closed_by, row.current = MeetingState.CLOSED, at, actor.name, None
        row.version += 1
        row.save(update_fields=["state", "closed_at", "closed_by", "current", "version"])
        Minutes.objects.create(id=row_id, partnership_id=partnership, organisation_id=row.organisation_id, meeting=row, at=at, by=actor.name,
                               content=content, pdf=pdf)
        bump(partnership, meeting)
    return row_id


def move_parked(*, partnership: UUID, meeting: UUID, to: UUID, actor: Actor, at: datetime) -> int:
    """
    Put the points that were parked in a meeting last on the agenda of another, those that do not stand there already. Returns how many.

    They are as the agenda would propose them (chain/agenda_points.py), so that it knows them again.
    raises   MeetingOver, Gone
    """
    act = Act(kind="points.carried", words="förde parkerade punkter till nästa möte", partnership=partnership, subject_kind="meeting", subject=to)
    with writing(actor=actor, at=at, act=act):
        held = found(Meeting.objects.within(partnership).filter(id=meeting).first())
        there = {point.key for point in points(partnership, to)}
        parked = [point for point in points(partnership, meeting) if point.parked_at and _key_there(point) not in there]
        for point in parked:
            why = "\n".join(filter(None, (f"Sköts upp från mötet {date_words(local_day(held.starts_at))}.", point.why)))
            add_point(partnership=partnership, meeting=to, title=point.title, kind=PointKind.NEXT_TIME, why=why, minutes=point.minutes, plan=point.plan,
                      subject_kind=point.subject_kind, subject_id=point.subject_id, is_as_proposed=True, actor=actor, at=at)
    return len(parked)


def _key_there(point: MeetingPoint) -> Key:
    return point_key(PointKind.NEXT_TIME, point.subject_kind, str(point.subject_id or ""), point.title)


def replace_paper(*, partnership: UUID, minutes: UUID, pdf: bytes, why: str, actor: Actor, at: datetime) -> None:
    """Put another paper in place of the minutes'; a part of the redaction that took words out of them. Raises Gone."""
    with writing(actor=actor, at=at, act=redaction_act(partnership, why)):
        row = found(Minutes.objects.within(partnership).filter(id=minutes).first())
        row.pdf = pdf
        row.save(update_fields=["pdf"])
