"""Questions about what is written in meetings: lines, attendance, and assignments that have been handed out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samsyn.chain.answers import Answer
from samsyn.chain.meeting_values import Here, LineKind, MeetingState
from samsyn.chain.notice_values import Person
from samsyn.chain.swedish import fold, sort_key
from samsyn.records.meeting.models import AssignmentAnswer, Attendance, GroupMember, Meeting, MeetingLine
from samsyn.records.partnership.models import Membership


@dataclass(frozen=True, slots=True)
class LineHead:
    """
    A line of a meeting.

    owner_member   the owner's place in the partnership, where they have one
    plan_name      "" if it belongs to no plan
    group_name, meeting_at, closed_at   of its meeting; closed_at None until that is closed
    became         the action of a plan that an assignment was made into
    """

    id: UUID
    meeting: UUID
    point: UUID | None
    kind: LineKind
    text: str
    at: datetime
    by: str
    by_id: str
    owner: str
    owner_email: str
    owner_member: UUID | None
    due_on: date | None
    done_on: date | None
    dropped_on: date | None
    plan: UUID | None
    plan_name: str
    action: UUID | None
    decision: UUID | None
    version: int
    group_name: str
    meeting_at: datetime
    closed_at: datetime | None
    became: UUID | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is an assignment that is neither done nor dropped."""
        return self.kind is LineKind.ASSIGNMENT and self.done_on is None and self.dropped_on is None

    @property
    def person(self) -> Person | None:
        """The owner as somebody who can be told something."""
        return Person(self.owner, self.owner_email) if self.owner else None


@dataclass(frozen=True, slots=True)
class AttendanceHead:
    """Somebody's attendance at a meeting. `person` = their place in the group; None for somebody who came besides."""

    id: UUID
    person: UUID | None
    name: str
    position: str
    organisation_name: str
    email: str
    here: Here
    version: int


@dataclass(frozen=True, slots=True)
class AnswerHead:
    """What somebody answered about an assignment."""

    id: UUID
    line: UUID
    at: datetime
    by: str
    by_email: str
    answer: Answer
    proposed_due_on: date | None
    help_from: str
    text: str


def lines(partnership: UUID, meeting: UUID) -> tuple[LineHead, ...]:
    """Return the lines of a meeting in the order they were written. One query."""
    return tuple(_line(row) for row in _rows(partnership).filter(meeting_id=meeting).order_by("at", "id"))


def assignments_open(partnership: UUID) -> tuple[LineHead, ...]:
    """
    Return the assignments that are neither done nor dropped, in every meeting that was not cancelled: the earliest day first, those without last.

    One that was made into an action of a plan is followed there and is not among them.
    An assignment whose `closed_at` is None was written in a meeting that still goes on: nobody is reminded of it yet.
    """
    rows = _rows(partnership).filter(kind=LineKind.ASSIGNMENT, done_on=None, dropped_on=None, became=None).exclude(meeting__state=MeetingState.CANCELLED)
    return tuple(sorted((_line(row) for row in rows), key=lambda one: (one.due_on or date.max, one.at, one.id)))


def assignment(partnership: UUID, line: UUID) -> LineHead | None:
    """Return an assignment, open or not; None if there is none of that id in the partnership."""
    row = _rows(partnership).filter(id=line, kind=LineKind.ASSIGNMENT).first()
    return _line(row) if row else None


def line(partnership: UUID, meeting: UUID, row: UUID) -> LineHead | None:
    """Return one line of a meeting, or None if it is not there or is taken out."""
    found = _rows(partnership).filter(id=row, meeting_id=meeting).first()
    return _line(found) if found else None


def answers(partnership: UUID, of: Iterable[UUID]) -> tuple[AnswerHead, ...]:
    """Return what has been answered about some assignments, oldest first."""
    rows = AssignmentAnswer.objects.within(partnership).filter(line_id__in=list(of)).order_by("at", "id")
    return tuple(AnswerHead(row.id, row.line_id, row.at, row.by, row.by_email, Answer(row.answer), row.proposed_due_on, row.help_from, row.text)
                 for row in rows)


def attendance(partnership: UUID, meeting: UUID) -> tuple[AttendanceHead, ...]:
    """Return who was said to be at a meeting or away from it, in Swedish order. Those of whom nothing is said are not in it."""
    rows = Attendance.objects.within(partnership).filter(meeting_id=meeting, withdrawn_at=None)
    return tuple(sorted((AttendanceHead(row.id, row.person_id, row.name, row.position, row.organisation_name, row.email, Here(row.here), row.version)
                         for row in rows), key=lambda one: sort_key(one.name)))


def nameable(partnership: UUID, group: UUID, meeting: UUID) -> tuple[Person, ...]:
    """
    Return the people whom a line of a meeting may mean: members of the partnership, of the group, and those who came besides.

    Somebody known in several ways is one person, with the address of their account if they have one; somebody whom the group
    calls by another name than their account stands there under both.
    """
    accounts = Membership.objects.within(partnership).filter(ended_at=None).values_list("user__name", "user__email")
    found = [Person(name, email) for name, email in accounts]
    members = GroupMember.objects.within(partnership).filter(group_id=group, withdrawn_at=None)
    others: list[tuple[str, str]] = [(name, account or email) for name, email, account in members.values_list("name", "email", "member__user__email")]
    others += Attendance.objects.within(partnership).filter(meeting_id=meeting, withdrawn_at=None, person=None).values_list("name", "email")
    known = {fold(person.name) for person in found}
    for name, email in sorted(others, key=lambda one: not one[1]):  # who has an address first
        if fold(name) not in known:
            known.add(fold(name))
            found.append(Person(name, email))
    return tuple(sorted(found, key=lambda person: sort_key(person.name)))


def revision(partnership: UUID, meeting: UUID) -> int:
    """Return how many writes a meeting has had: an open page asks for this before anything else."""
    found = Meeting.objects.within(partnership).filter(id=meeting).values_list("revision", flat=True).first()
    return found or 0


def _rows(partnership: UUID) -> QuerySet[MeetingLine]:
    return MeetingLine.objects.within(partnership).filter(withdrawn_at=None, meeting__withdrawn_at=None).select_related("meeting__group", "plan")


def _line(row: Any) -> LineHead:
    return LineHead(
        row.id, row.meeting_id, row.point_id, LineKind(row.kind), row.text, row.at, row.by, row.by_id, row.owner, row.owner_email, row.owner_member_id,
        row.due_on, row.done_on, row.dropped_on, row.plan_id, row.plan.name if row.plan else "", row.action_id, row.decision_id, row.version,
        row.meeting.group.name, row.meeting.starts_at, row.meeting.closed_at, row.became_id)
