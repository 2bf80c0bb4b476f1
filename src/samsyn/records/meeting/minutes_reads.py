"""What the minutes of a meeting are made from, whom they concern, and the minutes that are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from samsyn.chain.meeting_values import Attended, Here, LineKind, MinutesPoint, WrittenLine
from samsyn.chain.minutes import MeetingSaid
from samsyn.chain.notice_values import Person
from samsyn.chain.swedish import fold, sort_key
from samsyn.records.meeting.line_reads import LineHead, attendance, lines
from samsyn.records.meeting.models import Attendance, GroupMember, Minutes
from samsyn.records.meeting.reads import MeetingHead, MeetingPoint, meeting_after, points
from samsyn.records.outbox.models import LetterKind
from samsyn.records.outbox.reads import LetterHead, letters_about
from samsyn.records.partnership.models import Membership
from samsyn.records.partnership.people_reads import partnership_name, person_of

WAS_THERE, IN_GROUP, HAS_ASSIGNMENT = "var med", "är med i gruppen", "har fått ett uppdrag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """
    Somebody whom a meeting's minutes concern.

    why          why, in words that fit after a name: "var med", "är med i gruppen", "har fått ett uppdrag"
    assignments  those the meeting gave this person
    """

    person: Person
    why: tuple[str, ...]
    assignments: tuple[LineHead, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMinutes:
    """The minutes of a closed meeting. `has_paper` is False where words have been taken out and it could not be made again."""

    id: UUID
    meeting: UUID
    at: datetime
    by: str
    content: Any
    has_paper: bool


def meeting_said(head: MeetingHead) -> MeetingSaid:
    """Return what was written in a meeting. Read the head first: what comes after it makes the revision grow."""
    next_one = meeting_after(head)
    return MeetingSaid(
        group=head.group_name, kind=head.kind, partnership=partnership_name(head.partnership), starts_at=head.starts_at, place=head.place,
        attended=tuple(Attended(one.name, one.position, one.organisation_name, one.here) for one in attendance(head.partnership, head.id)),
        points=tuple((str(point.id), _point(point)) for point in points(head.partnership, head.id)),
        lines=tuple((str(line.point or ""), written(line)) for line in lines(head.partnership, head.id)),
        next_at=next_one.starts_at if next_one else None)


def concerned(head: MeetingHead) -> tuple[Concerned, ...]:
    """
    Return those whom the minutes concern, in Swedish order: who was there, who is in the group, who got an assignment.

    Somebody known in several ways is one person. Somebody whose place in the partnership has ended is left out.
    """
    found: dict[str, Concerned] = {}
    for person, why, line in _known_by_address(_everybody(head)):
        key = person.key
        before = found.get(key) or Concerned(person=person, why=())
        found[key] = replace(before, why=tuple(dict.fromkeys((*before.why, why))), assignments=(*before.assignments, *([line] if line else [])))
    return tuple(sorted(found.values(), key=lambda one: sort_key(one.person.name)))


def kept_minutes(partnership: UUID, meeting: UUID) -> KeptMinutes | None:
    """Return the minutes of a meeting without their paper, or None if it is not closed."""
    row = Minutes.objects.within(partnership).filter(meeting_id=meeting).defer("pdf").first()
    if row is None:
        return None
    has_paper = Minutes.objects.within(partnership).filter(id=row.id).exclude(pdf=b"").exists()
    return KeptMinutes(id=row.id, meeting=row.meeting_id, at=row.at, by=row.by, content=row.content, has_paper=has_paper)


def minutes_by_id(partnership: UUID, minutes: UUID) -> KeptMinutes | None:
    """Return kept minutes by their own id, or None."""
    meeting = Minutes.objects.within(partnership).filter(id=minutes).values_list("meeting_id", flat=True).first()
    return kept_minutes(partnership, meeting) if meeting else None


def minutes_paper(partnership: UUID, meeting: UUID) -> bytes:
    """Return the minutes of a meeting as PDF; nothing if it is not closed, or if words were taken out and it could not be made again."""
    pdf = Minutes.objects.within(partnership).filter(meeting_id=meeting).values_list("pdf", flat=True).first()
    return bytes(pdf) if pdf else b""


def minutes_letters(partnership: UUID, meeting: UUID) -> tuple[LetterHead, ...]:
    """Return the letters that the minutes of a meeting went out with, newest first."""
    return tuple(one for one in letters_about(partnership, meeting) if one.kind is LetterKind.MINUTES)


def points_left(partnership: UUID, meeting: UUID) -> int:
    """Return how many points of a meeting are neither done nor parked."""
    return sum(point.done_at is None and point.parked_at is None for point in points(partnership, meeting))


def written(line: LineHead) -> WrittenLine:
    """Return a line as the minutes have it. Who owns it is said of an assignment alone."""
    if line.kind is not LineKind.ASSIGNMENT:
        return WrittenLine(kind=line.kind, text=line.text, by=line.by, at=line.at)
    return WrittenLine(kind=line.kind, text=line.text, by=line.by, at=line.at, owner=line.owner, due_on=line.due_on)


def _point(point: MeetingPoint) -> MinutesPoint:
    return MinutesPoint(number=0, title=point.title, kind=point.kind, why=point.why, is_parked=point.parked_at is not None,
                        is_done=point.done_at is not None)


Known = tuple[Person, str, LineHead | None]


def _everybody(head: MeetingHead) -> list[Known]:
    here = Attendance.objects.within(head.partnership).filter(meeting_id=head.id, withdrawn_at=None, person__member__ended_at=None).exclude(here=Here.ABSENT)
    group = GroupMember.objects.within(head.partnership).filter(group_id=head.group, withdrawn_at=None, member__ended_at=None)
    found: list[Known] = [
        (person_of(name, email or account or ""), WAS_THERE, None) for name, email, account in here.values_list("name", "email", "person__member__user__email")]
    found += [(person_of(name, email or account or ""), IN_GROUP, None) for name, email, account in group.values_list("name", "email", "member__user__email")]
    left = set(Membership.objects.within(head.partnership).filter(ended_at__isnull=False).values_list("id", flat=True))
    found += [(person_of(line.owner, line.owner_email), HAS_ASSIGNMENT, line)
              for line in lines(head.partnership, head.id) if line.is_open and line.owner_member not in left]
    return [one for one in found if one[0].name]


def _known_by_address(everybody: Iterable[Known]) -> list[Known]:
    """Give a person who is somewhere known by name alone the address that the same name has elsewhere, if there is one and only one."""
    rows = list(everybody)
    addresses: dict[str, dict[str, Person]] = {}
    for person, _, _ in rows:
        if person.email:
            addresses.setdefault(fold(person.name), {})[person.key] = person
    return [(_only(addresses.get(fold(person.name), {})) or person if not person.email else person, why, line) for person, why, line in rows]


def _only(known: dict[str, Person]) -> Person | None:
    return next(iter(known.values())) if len(known) == 1 else None
