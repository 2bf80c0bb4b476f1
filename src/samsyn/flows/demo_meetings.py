"""The groups and meetings of the demonstration town, through the ordinary writes: one meeting is held and closed, others are planned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from samsyn.chain.demo_meetings import DemoGroup, DemoMeeting, DemoPoint, demo_meetings
from samsyn.chain.meeting_values import Here
from samsyn.chain.wording import local_day
from samsyn.records.access.acts import Actor
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.meeting import group_writes, line_writes, live_writes, reads, writes
from samsyn.records.meeting.line_reads import lines
from samsyn.records.outbox.reads import letters_about
from samsyn.records.outbox.hand_writes import tick_letter
from samsyn.records.partnership.reads import members
from samsyn.records.plan.reads import plan_heads

AGE = timedelta(days=45)  # how long ago the groups were made


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """
    What other flows do, handed in since flows do not know each other.

    plan    plans a meeting with its agenda: flows.agenda_making.plan_with_agenda
    close   closes a meeting: flows.closing.close_meeting
    """

    plan: Callable[..., Any]
    close: Callable[..., Any]
    base_url: str


def hold_demo_meetings(*, partnership: UUID, name: str, actors: Mapping[str, Actor], today: date, at: datetime, steps: Steps) -> None:
    """Give an invented collaboration its groups and meetings, if the catalogue has any for it. Called inside the act that makes the town."""
    wanted = demo_meetings(today)
    if wanted.partnership != name:
        return
    anna = next(iter(actors.values()))
    held = _Meetings(partnership, actors, anna, today, at, steps)
    groups = {group.key: held.group(group) for group in wanted.groups}
    for meeting in wanted.held:
        held.hold(meeting, groups[meeting.group])
    for meeting in wanted.planned:
        minutes, place = held.usual(groups[meeting.group])
        steps.plan(partnership=partnership, group=groups[meeting.group], starts_at=meeting.starts_at, minutes=minutes, place=place, today=today,
                   actor=anna, at=at)


@dataclass(frozen=True, slots=True)
class _Meetings:
    """Stores the groups and meetings of one partnership, each act by the one who is said to have done it."""

    partnership: UUID
    actors: Mapping[str, Actor]
    anna: Actor
    today: date
    at: datetime
    steps: Steps

    def group(self, wanted: DemoGroup) -> UUID:
        """Make a group with its people. Those who have an account get their organisation and address from it."""
        given: dict[str, Any] = {"partnership": self.partnership, "actor": self.anna, "at": self.at - AGE}
        plans = [head.id for head in plan_heads(self.partnership) if head.name in wanted.plans]
        made: UUID = group_writes.add_group(values=wanted.values, plans=plans, **given).id
        known = {member.name: member for member in members(self.partnership)}
        for person in wanted.people:
            member = known.get(person["name"])
            about = {"organisation_name": member.organisation_name, "email": member.email} if member else {}
            group_writes.add_member(group=made, values={**about, **person}, member=member.id if member else None, **given)
        return made

    def usual(self, group: UUID) -> tuple[int, str]:
        """Return how long a group meets, and where."""
        head = reads.group(self.partnership, group)
        assert head is not None  # it was made just now
        return head.minutes, head.place

    def hold(self, wanted: DemoMeeting, group: UUID) -> None:
        """Hold a meeting that has been: agenda, attendance, lines, and what was answered about its assignments."""
        minutes, place = self.usual(group)
        begins = wanted.starts_at
        given: dict[str, Any] = {"partnership": self.partnership, "actor": self.anna}
        meeting = writes.plan_meeting(group=group, starts_at=begins, minutes=minutes, place=place, at=begins - timedelta(days=10), **given).id
        rows = [(point, self._point(meeting, point, begins - timedelta(days=9))) for point in wanted.points]
        live_writes.open_meeting(meeting=meeting, at=begins, **given)
        for person in reads.people(self.partnership, group):
            line_writes.set_attendance(meeting=meeting, person=person.id, here=wanted.here.get(person.name, Here.PRESENT), at=begins, **given)
        now = begins
        for point, row in rows:
            now = self._talk(meeting, point, row, now)
        ended = now + timedelta(minutes=2)
        self.steps.close(meeting=meeting, base_url=self.steps.base_url, at=ended, **given)
        for letter in letters_about(self.partnership, meeting):
            tick_letter(letter=letter.id, at=ended + timedelta(minutes=20), **given)
        self._answers(meeting, wanted)

    def _point(self, meeting: UUID, point: DemoPoint, at: datetime) -> UUID:
        head = next((head for head in plan_heads(self.partnership) if head.name == point.plan), None)
        action = next((one.id for one in plan_values(head).actions if one.number == point.action), None) if head else None
        made: UUID = writes.add_point(
            partnership=self.partnership, meeting=meeting, title=point.title, kind=point.kind, minutes=point.minutes, plan=head.id if head else None,
            subject_kind="action" if action else "", subject_id=UUID(action) if action else None, actor=self.anna, at=at).id
        return made

    def _talk(self, meeting: UUID, point: DemoPoint, row: UUID, begins: datetime) -> datetime:
        """Go to a point, write what was said, and leave it. Returns when it was left."""
        given: dict[str, Any] = {"partnership": self.partnership, "meeting": meeting, "actor": self.anna}
        live_writes.go_to(point=row, at=begins, **given)
        for place, text in enumerate(point.lines, start=1):
            line_writes.add_line(point=row, text=text, today=local_day(begins), at=begins + timedelta(minutes=2 * place), **given)
        ended = begins + timedelta(minutes=point.minutes)
        leave = live_writes.park_point if point.is_parked else live_writes.finish_point
        leave(point=row, at=ended, **given)
        return ended

    def _answers(self, meeting: UUID, wanted: DemoMeeting) -> None:
        written = lines(self.partnership, meeting)
        for said in wanted.answers:
            line = next(line for line in written if said.line in line.text)
            line_writes.add_answer(partnership=self.partnership, line=line.id, answer=said.answer, text=said.text, actor=self.actors[said.by], at=said.at)
