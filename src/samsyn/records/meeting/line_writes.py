"""
Changes of what is written in meetings: lines, who was there, and answers about assignments.

Every write makes the meeting's revision grow, so that open pages know that there is something new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain.answers import Answer
from samsyn.chain.meeting_line import UnderstoodLine, fits, understand
from samsyn.chain.meeting_values import Here, LineKind, MeetingState
from samsyn.chain.notice_values import Person
from samsyn.chain.wording import clipped, local_day
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import apply_edit, found, withdraw, writing
from samsyn.records.editing import Edit, Saved
from samsyn.records.meeting.line_reads import nameable
from samsyn.records.meeting.models import AgendaPoint, AssignmentAnswer, Attendance, GroupMember, Meeting, MeetingLine
from samsyn.records.meeting.revision_writes import bump
from samsyn.records.partnership.people_reads import member_with_address

DONE = (Answer.DONE_AS_INTENDED, Answer.DONE_IN_PART)


class NotLive(Exception):
    """The meeting does not go on: it is not opened, is closed, or is cancelled. `state` says which. Nothing was written."""

    def __init__(self, state: MeetingState) -> None:
        super().__init__(f"Mötet är {state.label.lower()}.")
        self.state = state


class NoOwner(ValueError):
    """An assignment was to be left without an owner."""


def add_line(*, partnership: UUID, meeting: UUID, point: UUID | None, text: str, today: date, actor: Actor, at: datetime, once: str = "") -> MeetingLine:
    """Add one line to a meeting that goes on, understood as a note, a decision or an assignment. As `add_lines`."""
    return add_lines(partnership=partnership, meeting=meeting, point=point, texts=[text], today=today, actor=actor, at=at, once=once)[0]


def add_lines(*, partnership: UUID, meeting: UUID, point: UUID | None, texts: Sequence[str], today: date, actor: Actor, at: datetime,
              once: str = "") -> list[MeetingLine]:
    """
    Add lines to a meeting that goes on, each understood by itself (chain/meeting_line.py), in one act.

    point    the point they belong to; what that is about, the lines are about. None for the meeting as a whole
    texts    at least one, none of them empty
    today    a day without a year is the next one
    raises   NotLive, Gone (the meeting or its point), AlreadyDone
    """
    with writing(actor=actor, at=at, act=_added(partnership, meeting, texts[0], once)):
        held = live_meeting(partnership, meeting)
        known = nameable(partnership, held.group_id, meeting)
        about = _point(partnership, meeting, point)
        made = [_make(held, about, understand(text, known, today), actor, at + timedelta(microseconds=place)) for place, text in enumerate(texts)]
        bump(partnership, meeting)
    return made


def add_note(*, partnership: UUID, meeting: UUID, point: UUID | None, text: str, actor: Actor, at: datetime, once: str = "") -> MeetingLine:
    """Add a line that is a note, whatever it says. Raises NotLive, Gone, AlreadyDone."""
    with writing(actor=actor, at=at, act=_added(partnership, meeting, text, once)):
        made = _make(live_meeting(partnership, meeting), _point(partnership, meeting, point), UnderstoodLine(kind=LineKind.NOTE, text=text), actor, at)
        bump(partnership, meeting)
    return made


def change_line(*, partnership: UUID, meeting: UUID, line: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "",
                is_moved: bool = False, point: UUID | None = None) -> Saved:
    """
    Change a line's kind, text, owner or day. A new owner is looked for among those who are known.

    edit     of kind, text, owner and due_on; what others changed meanwhile is merged
    is_moved whether it goes to another point as well: `point`, None for none
    raises   Collided, NotLive, Gone, AlreadyDone, NoOwner (an assignment would have none)
    """
    act = Act(kind="line.changed", words="ändrade en rad från mötet", partnership=partnership, subject_kind="meeting", subject=meeting, once=once)
    with writing(actor=actor, at=at, act=act):
        held = live_meeting(partnership, meeting)
        row = _line(partnership, meeting, line)
        if _after(row, edit, "kind") == LineKind.ASSIGNMENT and not str(_after(row, edit, "owner")).strip():
            raise NoOwner("Skriv vem som gör det.")
        owner = row.owner
        merged = apply_edit(row, edit)
        if row.owner != owner:
            _set_owner(row, fits(row.owner, nameable(partnership, held.group_id, meeting)), partnership)
        if is_moved:
            _move(row, _point(partnership, meeting, point))
        bump(partnership, meeting)
    return Saved(merged.from_theirs)


def withdraw_line(*, partnership: UUID, meeting: UUID, line: UUID, actor: Actor, at: datetime) -> None:
    """Take a line out. It stays in the history. Raises NotLive, Gone."""
    act = Act(kind="line.withdrawn", words="tog bort en rad från mötet", partnership=partnership, subject_kind="meeting", subject=meeting)
    with writing(actor=actor, at=at, act=act):
        live_meeting(partnership, meeting)
        withdraw(_line(partnership, meeting, line), at)
        bump(partnership, meeting)


def add_answer(*, partnership: UUID, line: UUID, answer: Answer, text: str = "", proposed_due_on: date | None = None, help_from: str = "",
               by_email: str = "", actor: Actor, at: datetime, once: str = "") -> AssignmentAnswer:
    """
    Add what somebody answered about an assignment. The latest counts: it says whether the assignment is done, dropped or open.

    proposed_due_on   with DELAYED; the assignment's own day is changed only by `set_due`
    by_email          the address of somebody who answered by a link
    raises            Gone, AlreadyDone
    """
    row_id = uuid4()
    act = Act(kind="assignment.answered", words=f"svarade om ett uppdrag: {answer.label.lower()}", partnership=partnership,
              subject_kind="assignment", subject=line, once=once)
    with writing(actor=actor, at=at, act=act):
        held = _assignment(partnership, line)
        made = AssignmentAnswer.objects.create(
            id=row_id, partnership_id=partnership, organisation_id=held.organisation_id, line=held, at=at, by=actor.name, by_id=actor.id, by_email=by_email,
            answer=answer, proposed_due_on=proposed_due_on, help_from=help_from[:200], text=text.strip())
        if answer is not Answer.HELP:
            day = local_day(at)
            held.done_on, held.dropped_on = day if answer in DONE else None, day if answer is Answer.NOT_DONE else None
            held.version += 1
            held.save(update_fields=["done_on", "dropped_on", "version"])
        bump(partnership, held.meeting_id)
    return made


def set_due(*, partnership: UUID, line: UUID, due_on: date | None, actor: Actor, at: datetime, once: str = "") -> None:
    """Give an assignment another day, also after the meeting: a proposed one that is accepted. Raises Gone, AlreadyDone."""
    act = Act(kind="assignment.due", words="satte en ny dag för ett uppdrag", partnership=partnership, subject_kind="assignment", subject=line, once=once)
    with writing(actor=actor, at=at, act=act):
        row = _assignment(partnership, line)
        row.due_on = due_on
        row.version += 1
        row.save(update_fields=["due_on", "version"])
        bump(partnership, row.meeting_id)


def set_attendance(*, partnership: UUID, meeting: UUID, person: UUID, here: Here, actor: Actor, at: datetime) -> Attendance:
    """Say whether a member of the group is at the meeting, with the position they have now. Said again, it is changed. Raises NotLive, Gone."""
    act = Act(kind="attendance.set", words=f"antecknade närvaro: {here.label.lower()}", partnership=partnership, subject_kind="meeting", subject=meeting)
    with writing(actor=actor, at=at, act=act):
        held = live_meeting(partnership, meeting)
        who = found(GroupMember.objects.within(partnership).filter(id=person, group_id=held.group_id, withdrawn_at=None).first())
        row = Attendance.objects.within(partnership).filter(meeting=held, person=who).first()
        if row is None:
            row = Attendance.objects.create(
                id=uuid4(), partnership_id=partnership, organisation_id=held.organisation_id, meeting=held, person=who, name=who.name,
                position=who.position, organisation_name=who.organisation_name, email=who.email, here=here)
        elif row.here != here or row.withdrawn_at:
            row.here, row.withdrawn_at = here, None
            row.version += 1
            row.save(update_fields=["here", "withdrawn_at", "version"])
        bump(partnership, meeting)
    return row


def set_rest_present(*, partnership: UUID, meeting: UUID, actor: Actor, at: datetime) -> None:
    """Say that everybody in the group of whom nothing is said is at the meeting. Raises NotLive, Gone."""
    act = Act(kind="attendance.set", words="antecknade att alla andra är på plats", partnership=partnership, subject_kind="meeting", subject=meeting)
    with writing(actor=actor, at=at, act=act):
        held = live_meeting(partnership, meeting)
        said = Attendance.objects.within(partnership).filter(meeting=held, person__isnull=False, withdrawn_at=None).values("person_id")
        rest = GroupMember.objects.within(partnership).filter(group_id=held.group_id, withdrawn_at=None).exclude(id__in=said)
        for person in rest.values_list("id", flat=True):
            set_attendance(partnership=partnership, meeting=meeting, person=person, here=Here.PRESENT, actor=actor, at=at)


def add_attendant(*, partnership: UUID, meeting: UUID, name: str, position: str = "", organisation_name: str = "", email: str = "",
                  here: Here = Here.PRESENT, actor: Actor, at: datetime, once: str = "") -> Attendance:
    """Write down somebody who came besides those of the group. Raises NotLive, Gone, AlreadyDone."""
    act = Act(kind="attendance.added", words=f"antecknade att {clipped(name, 80)} är med", partnership=partnership, subject_kind="meeting",
              subject=meeting, once=once)
    with writing(actor=actor, at=at, act=act):
        held = live_meeting(partnership, meeting)
        row = Attendance.objects.create(
            id=uuid4(), partnership_id=partnership, organisation_id=held.organisation_id, meeting=held, name=name.strip()[:200],
            position=position.strip()[:200], organisation_name=organisation_name.strip()[:200], email=email.strip(), here=here)
        bump(partnership, meeting)
    return row


def change_attendant(*, partnership: UUID, meeting: UUID, row: UUID, values: Mapping[str, Any], actor: Actor, at: datetime) -> None:
    """Change where somebody is, or their position, at this meeting. `values`: here, position. Raises NotLive, Gone."""
    act = Act(kind="attendance.changed", words="ändrade en närvaro", partnership=partnership, subject_kind="meeting", subject=meeting)
    with writing(actor=actor, at=at, act=act):
        live_meeting(partnership, meeting)
        held = found(Attendance.objects.within(partnership).filter(id=row, meeting_id=meeting, withdrawn_at=None).first())
        for name in ("here", "position"):
            if name in values:
                setattr(held, name, values[name])
        held.version += 1
        held.save(update_fields=["here", "position", "version"])
        bump(partnership, meeting)


def live_meeting(partnership: UUID, meeting: UUID) -> Meeting:
    """Return a meeting that goes on, inside an act. Raises Gone, NotLive."""
    held = found(Meeting.objects.within(partnership).filter(id=meeting, withdrawn_at=None).first())
    if held.state != MeetingState.LIVE:
        raise NotLive(MeetingState(held.state))
    return held


def _added(partnership: UUID, meeting: UUID, text: str, once: str) -> Act:
    return Act(kind="line.added", words=f"skrev i mötet: {clipped(text, 80)}", partnership=partnership, subject_kind="meeting", subject=meeting, once=once)


def _make(held: Meeting, point: AgendaPoint | None, line: UnderstoodLine, actor: Actor, at: datetime) -> MeetingLine:
    return MeetingLine.objects.create(
        id=uuid4(), partnership_id=held.partnership_id, organisation_id=held.organisation_id, meeting=held, point=point, kind=line.kind, text=line.text,
        at=at, by=actor.name, by_id=actor.id, owner=line.owner[:200], due_on=line.due_on, **_owner_columns(held.partnership_id, line.person), **_about(point))


def _point(partnership: UUID, meeting: UUID, point: UUID | None) -> AgendaPoint | None:
    return found(AgendaPoint.objects.within(partnership).filter(id=point, meeting_id=meeting, withdrawn_at=None).first()) if point else None


def _line(partnership: UUID, meeting: UUID, line: UUID) -> MeetingLine:
    return found(MeetingLine.objects.within(partnership).filter(id=line, meeting_id=meeting, withdrawn_at=None).first())


def _assignment(partnership: UUID, line: UUID) -> MeetingLine:
    return found(MeetingLine.objects.within(partnership).filter(id=line, kind=LineKind.ASSIGNMENT, withdrawn_at=None).first())


def _about(point: AgendaPoint | None) -> dict[str, Any]:
    """Return the columns that say what a line is about, from the point it stands under."""
    if point is None:
        return {}
    subject = {"action": "action_id", "decision": "decision_id"}.get(point.subject_kind)
    return {"plan_id": point.plan_id, **({subject: point.subject_id} if subject else {})}


def _move(row: MeetingLine, point: AgendaPoint | None) -> None:
    """Put a line under another point; what that is about, the line is about."""
    row.point = point
    about: dict[str, UUID | None] = {"plan_id": None, "action_id": None, "decision_id": None}
    for name, value in {**about, **_about(point)}.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=["point", "plan", "action", "decision", "version"])


def _owner_columns(partnership: UUID, person: Person | None) -> dict[str, Any]:
    if person is None or not person.email:
        return {}
    return {"owner_email": person.email, "owner_member": member_with_address(partnership, person.email)}


def _set_owner(row: MeetingLine, known: tuple[Person, ...], partnership: UUID) -> None:
    """Tie a line to the person its owner's name means; to nobody if that is not clear."""
    person = known[0] if len(known) == 1 else None
    columns = {"owner_email": "", "owner_member": None, **_owner_columns(partnership, person)}
    row.owner = person.name if person else row.owner
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=["owner", *columns])


def _after(row: MeetingLine, edit: Edit, name: str) -> Any:
    return edit.values.get(name, getattr(row, name))
