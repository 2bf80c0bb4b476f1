"""What is written in a meeting: lines, who was there, answers about assignments; when it is refused, and that the revision grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from samsyn.chain.answers import Answer
from samsyn.chain.meeting_values import Here, LineKind, MeetingState, PointKind
from samsyn.chain.notice_values import Person
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.access.models import Event
from samsyn.records.editing import Collided, Edit, Gone
from samsyn.records.meeting import group_writes, line_reads, live_writes, writes
from samsyn.records.meeting import line_writes as lines
from samsyn.records.meeting.models import Meeting, MeetingLine
from samsyn.records.meeting.reads import meeting_head, points
from tests.records.conftest import AT, LATER, Room

TODAY = date(2026, 11, 23)


@dataclass
class Held:
    """A live meeting of a room: about nothing, about the room's action, and about its decision."""

    room: Room
    meeting: UUID
    group: UUID
    points: tuple[UUID, ...]
    bo: UUID

    @property
    def given(self) -> dict[str, Any]:
        return {**self.room.given, "meeting": self.meeting}

    def write(self, text: str, point: int | None = 0, **more: Any) -> MeetingLine:
        return lines.add_line(point=None if point is None else self.points[point], text=text, today=TODAY, **{**self.given, **more})

    def revision(self) -> int:
        return line_reads.revision(self.room.partnership, self.meeting)


@pytest.fixture
def held(room: Room) -> Held:
    group = group_writes.add_group(values={"name": "Arbetsgruppen", "kind": "working"}, **room.given).id
    bo = group_writes.add_member(group=group, values={"name": "Bo", "position": "Förvaltare", "email": "bo@granvikshus.example"}, **room.given).id
    meeting = writes.plan_meeting(group=group, starts_at=AT, minutes=60, **room.given).id
    made = [writes.add_point(meeting=meeting, title=title, kind=kind, plan=plan, subject_kind=subject, subject_id=row, **room.given).id
            for title, kind, plan, subject, row in (
                ("Sedan sist", PointKind.SINCE_LAST, None, "", None), ("Lampan", PointKind.LATE, room.plan, "action", room.action),
                ("Pengar", PointKind.DECISION_ASKED, room.plan, "decision", room.decision))]
    live_writes.open_meeting(meeting=meeting, **room.given)
    return Held(room, meeting, group, tuple(made), bo)


def test_a_line_becomes_a_row_with_owner_and_day(held: Held) -> None:
    held.write("Bo: lampan före 15 mars", 1)
    (line,) = line_reads.lines(held.room.partnership, held.meeting)
    assert (line.kind, line.text, line.owner, line.owner_email, line.due_on) == (
        LineKind.ASSIGNMENT, "lampan", "Bo", "bo@granvikshus.example", date(2027, 3, 15))
    assert (line.plan, line.action, line.decision, line.group_name, line.closed_at) == (held.room.plan, held.room.action, None, "Arbetsgruppen", None)
    assert line_reads.assignment(held.room.partnership, line.id) == line and line.is_open and line.person == Person("Bo", "bo@granvikshus.example")


def test_an_owner_with_an_account_is_tied_to_it(held: Held) -> None:
    line = held.write(f"{held.room.actor.name}: ring skolan")
    assert line.owner_member_id == held.room.member
    assert line.owner_email == held.room.user.email


def test_a_member_whom_the_group_calls_otherwise_is_known_by_both_names(held: Held) -> None:
    group_writes.add_member(group=held.group, values={"name": "Vera Vik"}, member=held.room.member, **held.room.given)
    by_seat, by_account = held.write("Vera Vik: ring skolan"), held.write(f"{held.room.actor.name}: boka salen")
    assert by_seat.kind == by_account.kind == LineKind.ASSIGNMENT
    assert by_seat.owner_member_id == by_account.owner_member_id == held.room.member


def test_a_line_under_a_decision_is_about_the_decision(held: Held) -> None:
    line = held.write("Beslut: ja", 2)
    assert (line.kind, line.text, line.decision_id, line.action_id) == (LineKind.DECISION, "ja", held.room.decision, None)


def test_several_lines_are_one_act_in_the_order_they_stood(held: Held) -> None:
    before = Event.objects.count()
    lines.add_lines(point=None, texts=["ett", "Beslut: två", "tre"], today=TODAY, **held.given)
    assert [line.text for line in line_reads.lines(held.room.partnership, held.meeting)] == ["ett", "två", "tre"]
    assert Event.objects.count() == before + 1


def test_the_same_form_twice_is_one_row(held: Held) -> None:
    held.write("en gång", once="nyckel")
    with pytest.raises(AlreadyDone):
        held.write("en gång", once="nyckel")
    assert len(line_reads.lines(held.room.partnership, held.meeting)) == 1


def test_every_write_makes_the_revision_grow_and_a_refused_one_does_not(held: Held) -> None:
    line = held.write("Bo: lampan").id
    acts: list[Any] = [
        lambda: lines.change_line(line=line, edit=Edit(values={"text": "lyktan"}, base={"text": "lampan"}, version=1), **held.given),
        lambda: lines.set_attendance(person=held.bo, here=Here.PRESENT, **held.given),
        lambda: lines.add_attendant(name="Iris", **held.given),
        lambda: lines.add_answer(line=line, answer=Answer.UNDER_WAY, **held.room.given),
        lambda: lines.set_due(line=line, due_on=TODAY, **held.room.given),
        lambda: live_writes.go_to(point=held.points[1], leaves=held.points[0], **held.given),
        lambda: live_writes.park_point(point=held.points[1], **held.given),
        lambda: lines.withdraw_line(line=line, **held.given),
    ]
    for place, act in enumerate(acts):
        before = held.revision()
        act()
        assert held.revision() > before, place
    before = held.revision()
    with pytest.raises(Gone):
        lines.withdraw_line(line=line, **held.given)
    assert held.revision() == before


def test_two_who_change_different_things_of_a_line_are_merged_and_the_same_words_collide(held: Held) -> None:
    line = held.write("Bo: lampan").id
    opened = {"text": "lampan", "due_on": None}
    lines.change_line(line=line, edit=Edit(values={**opened, "text": "stora lampan"}, base=opened, version=1), **held.given)
    saved = lines.change_line(line=line, edit=Edit(values={**opened, "due_on": TODAY}, base=opened, version=1), **held.given)
    assert saved.from_theirs == ("text",)
    with pytest.raises(Collided) as collided:
        lines.change_line(line=line, edit=Edit(values={"text": "lilla lampan"}, base={"text": "lampan"}, version=1), **held.given)
    (one,) = collided.value.merge.collisions
    assert (one.theirs, one.mine) == ("stora lampan", "lilla lampan")
    (row,) = line_reads.lines(held.room.partnership, held.meeting)
    assert (row.text, row.due_on) == ("stora lampan", TODAY)


def test_a_new_owner_is_looked_for_among_those_who_are_known(held: Held) -> None:
    line = held.write("Iris: lampan fredag").id
    assert line_reads.lines(held.room.partnership, held.meeting)[0].owner_email == ""
    lines.change_line(line=line, edit=Edit(values={"owner": "bo"}, base={"owner": "Iris"}, version=1), **held.given)
    (row,) = line_reads.lines(held.room.partnership, held.meeting)
    assert (row.owner, row.owner_email) == ("Bo", "bo@granvikshus.example")
    with pytest.raises(lines.NoOwner):
        lines.change_line(line=line, edit=Edit(values={"owner": " "}, base={"owner": "Bo"}, version=row.version), **held.given)


def test_a_line_that_is_moved_is_about_its_new_point(held: Held) -> None:
    line = held.write("Bo: lampan", 1)
    lines.change_line(line=line.id, edit=Edit(values={}, base={}, version=1), is_moved=True, point=held.points[2], **held.given)
    (row,) = line_reads.lines(held.room.partnership, held.meeting)
    assert (row.point, row.action, row.decision) == (held.points[2], None, held.room.decision)
    lines.change_line(line=line.id, edit=Edit(values={}, base={}, version=row.version), is_moved=True, point=None, **held.given)
    (row,) = line_reads.lines(held.room.partnership, held.meeting)
    assert (row.point, row.plan, row.decision) == (None, None, None)


@pytest.mark.parametrize("state", [MeetingState.PLANNED, MeetingState.CLOSED, MeetingState.CANCELLED])
def test_nothing_is_written_in_a_meeting_that_does_not_go_on(held: Held, state: MeetingState) -> None:
    line = held.write("Bo: lampan").id
    with lines.writing(actor=held.room.actor, at=AT, act=lines.Act(kind="meeting.tested", words="provade", partnership=held.room.partnership)):
        Meeting.objects.within(held.room.partnership).filter(id=held.meeting).update(state=state, closed_at=AT, closed_by="Anna")
    for write in (lambda: held.write("sent"), lambda: lines.withdraw_line(line=line, **held.given),
                  lambda: lines.set_attendance(person=held.bo, here=Here.PRESENT, **held.given),
                  lambda: live_writes.go_to(point=held.points[0], **held.given)):
        with pytest.raises(lines.NotLive) as over:
            write()
        assert over.value.state is state
    assert len(line_reads.lines(held.room.partnership, held.meeting)) == 1
    answered = lines.add_answer(line=line, answer=Answer.DONE_AS_INTENDED, **held.room.given)
    assert answered.line_id == line


def test_the_latest_answer_says_whether_an_assignment_is_done(held: Held) -> None:
    line = held.write("Bo: lampan").id
    seen = []
    for answer in (Answer.DONE_IN_PART, Answer.HELP, Answer.NOT_DONE, Answer.DELAYED, Answer.DONE_AS_INTENDED):
        lines.add_answer(line=line, answer=answer, proposed_due_on=TODAY if answer is Answer.DELAYED else None, **{**held.room.given, "at": LATER})
        row = line_reads.assignment(held.room.partnership, line)
        assert row is not None
        seen.append((row.done_on, row.dropped_on, row.due_on))
    assert seen == [(TODAY, None, None), (TODAY, None, None), (None, TODAY, None), (None, None, None), (TODAY, None, None)]
    assert len(line_reads.answers(held.room.partnership, [line])) == 5
    assert line_reads.assignments_open(held.room.partnership) == ()


def test_open_assignments_come_with_the_earliest_day_first_and_those_without_last(held: Held) -> None:
    for text in ("Bo: c", "Bo: b fredag", "Bo: a i morgon", "en anteckning"):
        held.write(text)
    assert [one.text for one in line_reads.assignments_open(held.room.partnership)] == ["a", "b", "c"]


def test_attendance_keeps_the_position_a_person_had_and_is_said_once(held: Held) -> None:
    lines.set_attendance(person=held.bo, here=Here.REMOTE, **held.given)
    group_writes.change_member(group=held.group, person=held.bo, edit=Edit(values={"position": "Vd"}, base={"position": "Förvaltare"}, version=1),
                               **held.room.given)
    lines.set_attendance(person=held.bo, here=Here.PRESENT, **held.given)
    late = lines.add_attendant(name="Iris", position="Praktikant", **held.given)
    lines.change_attendant(row=late.id, values={"here": Here.ABSENT}, **held.given)
    found = line_reads.attendance(held.room.partnership, held.meeting)
    assert [(one.name, one.position, one.here) for one in found] == [("Bo", "Förvaltare", Here.PRESENT), ("Iris", "Praktikant", Here.ABSENT)]


def test_all_others_are_here_says_nothing_of_those_who_are_away(held: Held) -> None:
    nour = group_writes.add_member(group=held.group, values={"name": "Nour"}, **held.room.given).id
    lines.set_attendance(person=nour, here=Here.ABSENT, **held.given)
    lines.set_rest_present(**held.given)
    assert {one.name: one.here for one in line_reads.attendance(held.room.partnership, held.meeting)} == {"Bo": Here.PRESENT, "Nour": Here.ABSENT}


def test_a_meeting_is_opened_once_on_its_first_point(held: Held) -> None:
    assert live_writes.open_meeting(**held.given) is False
    head = meeting_head(held.room.partnership, held.meeting)
    assert head is not None and (head.state, head.current, head.opened_at) == (MeetingState.LIVE, held.points[0], AT)


def test_stepping_leaves_a_point_as_done_unless_it_is_parked(held: Held) -> None:
    first, second, third = held.points
    live_writes.go_to(point=second, leaves=first, **held.given)
    live_writes.park_point(point=second, **held.given)
    live_writes.go_to(point=third, leaves=second, **held.given)
    marks = [(one.done_at is not None, one.parked_at is not None) for one in points(held.room.partnership, held.meeting)]
    assert marks == [(True, False), (False, True), (False, False)]
    live_writes.reopen_point(point=second, **held.given)
    assert points(held.room.partnership, held.meeting)[1].parked_at is None


def test_another_partnership_reaches_nothing(held: Held, elsewhere: Room) -> None:
    line = held.write("Bo: lampan").id
    theirs = {**elsewhere.given, "meeting": held.meeting}
    for write in (
        lambda: lines.add_line(point=None, text="hej", today=TODAY, **theirs), lambda: lines.withdraw_line(line=line, **theirs),
        lambda: lines.add_answer(line=line, answer=Answer.UNDER_WAY, **elsewhere.given), lambda: lines.add_attendant(name="Erik", **theirs),
        lambda: live_writes.go_to(point=held.points[0], **theirs),
    ):
        with pytest.raises(Gone):
            write()
    assert line_reads.lines(elsewhere.partnership, held.meeting) == line_reads.attendance(elsewhere.partnership, held.meeting) == ()
    assert line_reads.assignment(elsewhere.partnership, line) is None and line_reads.line(elsewhere.partnership, held.meeting, line) is None
    assert line_reads.assignments_open(elsewhere.partnership) == ()


def test_a_point_or_a_line_that_is_not_there_is_gone(held: Held) -> None:
    with pytest.raises(Gone):
        lines.add_line(point=uuid4(), text="hej", today=TODAY, **held.given)
    with pytest.raises(Gone):
        lines.add_answer(line=held.write("en anteckning").id, answer=Answer.UNDER_WAY, **held.room.given)
