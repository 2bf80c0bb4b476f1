"""Changes of meetings and of what is to be talked about there. What is written during a meeting stands in line_writes.py."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from samsyn.chain.meeting_values import MeetingState, PointKind
from samsyn.chain.wording import clipped, moment_words
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import apply_edit, found, take_up, withdraw, writing
from samsyn.records.editing import Edit, Saved
from samsyn.records.meeting.models import AgendaPoint, Group, Meeting
from samsyn.records.meeting.reads import AHEAD
from samsyn.records.meeting.revision_writes import bump

TELLS_ANEW = ("starts_at", "minutes", "place")  # what an invitation has said


class MeetingOver(Exception):
    """The meeting is closed or cancelled: what it was stands as it is."""


class NotPlanned(Exception):
    """The meeting has begun, is closed or is cancelled: it cannot be moved, called to or cancelled any more."""


def plan_meeting(*, partnership: UUID, group: UUID, starts_at: datetime, minutes: int, place: str = "", actor: Actor, at: datetime,
                 once: str = "") -> Meeting:
    """
    Plan a meeting of a group.

    starts_at  a moment with time zone
    minutes    5 to 600
    raises     Gone, AlreadyDone
    """
    row_id = uuid4()
    act = Act(kind="meeting.planned", words=f"planerade ett möte {moment_words(starts_at)}", partnership=partnership, subject_kind="meeting",
              subject=row_id, once=once)
    with writing(actor=actor, at=at, act=act):
        owner = found(Group.objects.within(partnership).filter(id=group, withdrawn_at=None).first())
        return Meeting.objects.create(id=row_id, partnership_id=partnership, organisation_id=owner.organisation_id, group=owner, starts_at=starts_at,
                                      minutes=minutes, place=place)


def change_meeting(*, partnership: UUID, meeting: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """
    Move a planned meeting, in time or place. An invitation that has gone out no longer holds: `sequence` grows.

    edit     of starts_at, minutes, place
    raises   NotPlanned, Collided, Gone, AlreadyDone
    """
    act = Act(kind="meeting.changed", words="ändrade ett möte", partnership=partnership, subject_kind="meeting", subject=meeting, once=once)
    with writing(actor=actor, at=at, act=act):
        row = planned(partnership, meeting)
        before = [getattr(row, name) for name in TELLS_ANEW]
        merged = apply_edit(row, edit)
        if row.invited_at and before != [getattr(row, name) for name in TELLS_ANEW]:
            row.invited_at, row.sequence = None, row.sequence + 1
            row.save(update_fields=["invited_at", "sequence"])
        bump(partnership, meeting)
    return Saved(merged.from_theirs)


def cancel_meeting(*, partnership: UUID, meeting: UUID, actor: Actor, at: datetime) -> Meeting:
    """Cancel a planned meeting. Where an invitation has gone out, `sequence` grows. Raises NotPlanned, Gone."""
    act = Act(kind="meeting.cancelled", words="ställde in ett möte", partnership=partnership, subject_kind="meeting", subject=meeting)
    with writing(actor=actor, at=at, act=act):
        row = planned(partnership, meeting)
        row.state = MeetingState.CANCELLED
        row.sequence += 1 if row.invited_at or row.sequence else 0
        row.version += 1
        row.save(update_fields=["state", "sequence", "version"])
        bump(partnership, meeting)
    return row


def invite(*, partnership: UUID, meeting: UUID, actor: Actor, at: datetime, once: str = "") -> Meeting:
    """Note that the meeting has been called. Called again without having been moved, `sequence` grows too. Raises NotPlanned, Gone, AlreadyDone."""
    act = Act(kind="meeting.invited", words="kallade till ett möte", partnership=partnership, subject_kind="meeting", subject=meeting, once=once)
    with writing(actor=actor, at=at, act=act):
        row = planned(partnership, meeting)
        row.sequence += 1 if row.invited_at else 0
        row.invited_at = at
        row.save(update_fields=["invited_at", "sequence"])
        bump(partnership, meeting)
    return row


def add_point(*, partnership: UUID, meeting: UUID, title: str, kind: PointKind = PointKind.OWN, why: str = "", minutes: int | None = None,
              plan: UUID | None = None, subject_kind: str = "", subject_id: UUID | None = None, is_as_proposed: bool = False, actor: Actor,
              at: datetime, once: str = "") -> AgendaPoint:
    """
    Add a point last on the agenda of a meeting that is planned or under way.

    title    not empty, at most 300 characters
    minutes  1 or more; None = nobody has said
    raises   MeetingOver, Gone, AlreadyDone
    """
    row_id = uuid4()
    act = Act(kind="point.added", words=f"lade till punkten {clipped(title, 80)}", partnership=partnership, subject_kind="meeting", subject=meeting,
              once=once)
    with writing(actor=actor, at=at, act=act):
        owner = not_over(partnership, meeting)
        last = AgendaPoint.objects.within(partnership).filter(meeting=owner).order_by("-position").values_list("position", flat=True).first()
        made = AgendaPoint.objects.create(
            id=row_id, partnership_id=partnership, organisation_id=owner.organisation_id, meeting=owner, position=(last or 0) + 1, kind=kind,
            title=title, why=why, minutes=minutes, plan_id=plan, subject_kind=subject_kind, subject_id=subject_id, is_as_proposed=is_as_proposed)
        bump(partnership, meeting)
    return made


def change_point(*, partnership: UUID, meeting: UUID, point: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """Change a point's title, why or minutes. From then on its words are a person's: it is never made anew. Raises MeetingOver, Collided, Gone."""
    act = Act(kind="point.changed", words="ändrade en punkt på dagordningen", partnership=partnership, subject_kind="meeting", subject=meeting,
              once=once)
    with writing(actor=actor, at=at, act=act):
        not_over(partnership, meeting)
        row = _point(partnership, meeting, point)
        version = row.version
        merged = apply_edit(row, edit)
        if row.version != version and row.is_as_proposed:
            row.is_as_proposed = False
            row.save(update_fields=["is_as_proposed"])
        bump(partnership, meeting)
    return Saved(merged.from_theirs)


def move_point(*, partnership: UUID, meeting: UUID, point: UUID, before: UUID | None, actor: Actor, at: datetime) -> None:
    """Put a point before another of the same meeting, or last. Raises MeetingOver; Gone if one of them is no longer on the agenda."""
    act = Act(kind="point.moved", words="flyttade en punkt på dagordningen", partnership=partnership, subject_kind="meeting", subject=meeting)
    with writing(actor=actor, at=at, act=act):
        not_over(partnership, meeting)
        row = _point(partnership, meeting, point)
        others = [one for one in AgendaPoint.objects.within(partnership).filter(meeting_id=meeting, withdrawn_at=None).order_by("position", "id")
                  if one.id != row.id]
        if before == point:
            return
        place = others.index(_point(partnership, meeting, before)) if before else len(others)
        set_places([*others[:place], row, *others[place:]])
        bump(partnership, meeting)


def withdraw_point(*, partnership: UUID, meeting: UUID, point: UUID, actor: Actor, at: datetime) -> None:
    """Take a point off the agenda. It is not proposed again, but can be taken up. Raises MeetingOver, Gone."""
    act = Act(kind="point.withdrawn", words="tog bort en punkt från dagordningen", partnership=partnership, subject_kind="meeting", subject=meeting)
    with writing(actor=actor, at=at, act=act):
        not_over(partnership, meeting)
        row = _point(partnership, meeting, point)
        row.removed_by = actor.name
        row.save(update_fields=["removed_by"])
        withdraw(row, at)
        Meeting.objects.within(partnership).filter(id=meeting, current=row).update(current=None)
        bump(partnership, meeting)


def take_up_point(*, partnership: UUID, meeting: UUID, point: UUID, actor: Actor, at: datetime) -> None:
    """Put back a point that somebody has taken off the agenda. Raises MeetingOver, Gone."""
    act = Act(kind="point.taken_up", words="tog tillbaka en punkt på dagordningen", partnership=partnership, subject_kind="meeting", subject=meeting)
    with writing(actor=actor, at=at, act=act):
        not_over(partnership, meeting)
        row = found(AgendaPoint.objects.within(partnership).filter(id=point, meeting_id=meeting, withdrawn_at__isnull=False).first())
        row.removed_by = ""
        row.save(update_fields=["removed_by"])
        take_up(row)
        bump(partnership, meeting)


def planned(partnership: UUID, meeting: UUID) -> Meeting:
    """Return a meeting that has not begun, inside an act. Raises NotPlanned, Gone."""
    row = found(Meeting.objects.within(partnership).filter(id=meeting, withdrawn_at=None).first())
    if row.state != MeetingState.PLANNED:
        raise NotPlanned
    return row


def not_over(partnership: UUID, meeting: UUID) -> Meeting:
    """Return a meeting that is planned or under way, inside an act. Raises MeetingOver, Gone."""
    row = found(Meeting.objects.within(partnership).filter(id=meeting, withdrawn_at=None).first())
    if row.state not in AHEAD:
        raise MeetingOver
    return row


def set_places(rows: list[AgendaPoint]) -> None:
    """Give the points of a meeting the places they stand in, from 1; those that have theirs already are left alone."""
    for place, row in enumerate(rows, start=1):
        if row.position != place:
            row.position = place
            row.save(update_fields=["position"])


def _point(partnership: UUID, meeting: UUID, point: UUID) -> AgendaPoint:
    return found(AgendaPoint.objects.within(partnership).filter(id=point, meeting_id=meeting, withdrawn_at=None).first())
