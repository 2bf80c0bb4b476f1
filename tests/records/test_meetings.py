"""Groups, meetings and agendas through their writes: nobody's words are lost, and nothing reaches another partnership."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.records.conftest import AT, LATER, Room, another_member

from samsyn.chain.agenda_values import Agenda, ProposedPoint
from samsyn.chain.meeting_values import MeetingState, PointKind
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Collided, Edit, Gone
from samsyn.records.meeting import group_writes, live_writes, reads, writes
from samsyn.records.meeting.agenda_writes import Refreshed, refresh_points
from samsyn.records.meeting.models import GroupPlan
from samsyn.records.partnership.rights import Role

STARTS = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def group(room: Room) -> UUID:
    return group_writes.add_group(values={"name": "Arbetsgruppen", "kind": "working", "minutes": 60}, plans=[room.plan], members=[room.member],
                                  **room.given).id


@pytest.fixture
def meeting(room: Room, group: UUID) -> UUID:
    return writes.plan_meeting(group=group, starts_at=STARTS, minutes=60, **room.given).id


def head(room: Room, meeting: UUID) -> reads.MeetingHead:
    found = reads.meeting_head(room.partnership, meeting)
    assert found is not None
    return found


def agenda(*points: ProposedPoint, also: tuple[ProposedPoint, ...] = ()) -> Agenda:
    return Agenda(points=points, holds=frozenset(point.key for point in (*points, *also)))


def proposed(title: str, action: UUID | None = None, kind: PointKind = PointKind.LATE) -> ProposedPoint:
    return ProposedPoint(kind=kind, title=title, minutes=5, subject_kind="action" if action else "group", subject_id=str(action or UUID(int=7)))


def titles(room: Room, meeting: UUID) -> list[str]:
    return [point.title for point in reads.points(room.partnership, meeting)]


def refresh(room: Room, meeting: UUID, wanted: Agenda, **more: Any) -> Refreshed:
    return refresh_points(meeting=meeting, agenda=wanted, **{**room.given, **more})


def test_a_group_has_its_people_and_plans(room: Room, group: UUID) -> None:
    person, = reads.people(room.partnership, group)
    assert (person.name, person.member, person.email) == (room.user.name, room.member, room.user.email)
    assert reads.plans_of_group(room.partnership, group) == (room.plan,)


def test_the_same_form_makes_one_group(room: Room) -> None:
    values = {"name": "Styrgruppen", "kind": "steering"}
    group_writes.add_group(values=values, once="k", **room.given)
    with pytest.raises(AlreadyDone):
        group_writes.add_group(values=values, once="k", **room.given)
    assert len(reads.groups(room.partnership)) == 1


def test_another_partnership_sees_and_reaches_nothing(room: Room, elsewhere: Room, group: UUID, meeting: UUID) -> None:
    there = elsewhere.partnership
    assert (reads.groups(there), reads.meetings(there), reads.points(there, meeting), reads.people(there, group)) == ((), (), (), ())
    assert reads.group(there, group) is None
    assert reads.meeting_head(there, meeting) is None
    for act in (lambda: writes.plan_meeting(group=group, starts_at=STARTS, minutes=60, **elsewhere.given),
                lambda: writes.add_point(meeting=meeting, title="x", **elsewhere.given),
                lambda: writes.cancel_meeting(meeting=meeting, **elsewhere.given),
                lambda: group_writes.add_members(group=group, members=[elsewhere.member], **elsewhere.given),
                lambda: group_writes.add_group(values={"name": "x", "kind": "working"}, plans=[room.plan], **elsewhere.given),
                lambda: group_writes.add_group(values={"name": "x", "kind": "working"}, members=[room.member], **elsewhere.given)):
        with pytest.raises(Gone):
            act()


def test_a_member_is_put_in_a_group_once_and_one_with_a_members_address_is_that_member(room: Room, group: UUID) -> None:
    bo = another_member(room, Role.RESPONSIBLE)
    assert group_writes.add_members(group=group, members=[room.member, bo.id, bo.id], **room.given) == 1
    made = group_writes.add_member(group=group, values={"name": "Bosse", "email": "BO@granvikshus.example"}, **room.given)
    assert made.member_id == bo.id


def test_somebody_who_has_left_a_group_is_not_in_it_but_was(room: Room, group: UUID) -> None:
    person, = reads.people(room.partnership, group)
    group_writes.withdraw_member(group=group, person=person.id, **room.given)
    assert reads.people(room.partnership, group) == ()
    assert reads.has_left(room.partnership, group, person.id)
    with pytest.raises(Gone):
        group_writes.withdraw_member(group=group, person=person.id, **room.given)


def test_two_who_change_a_group_at_once_lose_nothing(room: Room, group: UUID) -> None:
    row = reads.editable_group(reads.groups(room.partnership)[0])
    group_writes.change_group(group=group, edit=Edit(values={"purpose": "Hon skrev", "plans": ()}, base=row.values, version=row.version), **room.given)
    saved = group_writes.change_group(group=group, edit=Edit(values={**row.values, "place": "Rum 3"}, base=row.values, version=row.version), **room.given)
    found, = reads.groups(room.partnership)
    assert (found.purpose, found.place) == ("Hon skrev", "Rum 3")
    assert "plans" in saved.from_theirs
    assert not GroupPlan.objects.within(room.partnership).filter(group_id=group).exists(), "the plan she took out stays out"
    with pytest.raises(Collided):
        group_writes.change_group(group=group, edit=Edit(values={"purpose": "Jag skrev"}, base={"purpose": ""}, version=row.version), **room.given)


def test_a_group_with_a_meeting_ahead_cannot_be_closed(room: Room, group: UUID, meeting: UUID) -> None:
    with pytest.raises(group_writes.HasMeetings):
        group_writes.withdraw_group(group=group, **room.given)
    writes.cancel_meeting(meeting=meeting, **room.given)
    group_writes.withdraw_group(group=group, **room.given)
    assert reads.groups(room.partnership) == ()
    assert head(room, meeting).group_name == "Arbetsgruppen", "the meeting can still be read"


def test_meetings_are_found_by_day_in_sweden(room: Room, group: UUID, meeting: UUID) -> None:
    late = writes.plan_meeting(group=group, starts_at=datetime(2026, 12, 1, 22, 30, tzinfo=UTC), minutes=30, **room.given).id
    assert [one.id for one in reads.next_meetings(room.partnership, datetime(2026, 12, 1).date())] == [meeting, late]
    assert [one.id for one in reads.next_meetings(room.partnership, datetime(2026, 12, 2).date())] == [], "23.30 in Sweden is still 1 December"
    assert reads.latest_closed(room.partnership) is None


def test_a_moved_meeting_makes_its_invitation_void_and_counts(room: Room, meeting: UUID) -> None:
    given = {"meeting": meeting, **room.given}
    writes.invite(**given)
    assert (head(room, meeting).sequence, head(room, meeting).invited_at) == (0, AT)
    row = reads.editable_meeting(head(room, meeting))
    writes.change_meeting(edit=Edit(values={"starts_at": STARTS + timedelta(days=1)}, base=row.values, version=row.version), **given)
    moved = head(room, meeting)
    assert (moved.sequence, moved.invited_at, moved.was_invited) == (1, None, True)
    writes.invite(**given)
    assert head(room, meeting).sequence == 1, "the call that tells it has the number of the change"
    writes.invite(**given)
    assert head(room, meeting).sequence == 2
    writes.cancel_meeting(**given)
    assert (head(room, meeting).sequence, head(room, meeting).state) == (3, MeetingState.CANCELLED)


def test_a_meeting_that_nobody_was_called_to_keeps_its_number(room: Room, meeting: UUID) -> None:
    row = reads.editable_meeting(head(room, meeting))
    writes.change_meeting(meeting=meeting, edit=Edit(values={"place": "Rum 2"}, base=row.values, version=row.version), **room.given)
    writes.cancel_meeting(meeting=meeting, **room.given)
    assert head(room, meeting).sequence == 0


def test_what_has_begun_is_not_moved_called_to_or_cancelled_and_what_is_over_gets_no_point(room: Room, meeting: UUID) -> None:
    live_writes.open_meeting(meeting=meeting, **room.given)
    edit = Edit(values={"place": "Rum 2"}, base={"place": ""}, version=1)
    for act in (lambda: writes.change_meeting(meeting=meeting, edit=edit, **room.given), lambda: writes.invite(meeting=meeting, **room.given),
                lambda: writes.cancel_meeting(meeting=meeting, **room.given), lambda: refresh(room, meeting, agenda())):
        with pytest.raises(writes.NotPlanned):
            act()
    writes.add_point(meeting=meeting, title="Under mötet", **room.given)
    assert titles(room, meeting) == ["Under mötet"]


def test_a_cancelled_meeting_takes_no_point(room: Room, meeting: UUID) -> None:
    writes.cancel_meeting(meeting=meeting, **room.given)
    with pytest.raises(writes.MeetingOver):
        writes.add_point(meeting=meeting, title="Efteråt", **room.given)


def test_points_are_moved_before_another_or_last(room: Room, meeting: UUID) -> None:
    a, b, c = (writes.add_point(meeting=meeting, title=title, **room.given).id for title in "abc")
    writes.move_point(meeting=meeting, point=c, before=a, **room.given)
    assert titles(room, meeting) == ["c", "a", "b"]
    writes.move_point(meeting=meeting, point=c, before=None, **room.given)
    assert titles(room, meeting) == ["a", "b", "c"]
    writes.move_point(meeting=meeting, point=b, before=b, **room.given)
    assert titles(room, meeting) == ["a", "b", "c"]
    for point, before in ((a, uuid4()), (uuid4(), a)):
        with pytest.raises(Gone):
            writes.move_point(meeting=meeting, point=point, before=before, **room.given)


def test_every_write_in_a_meeting_makes_its_revision_grow(room: Room, meeting: UUID) -> None:
    seen = [head(room, meeting).revision]
    point = writes.add_point(meeting=meeting, title="a", **room.given).id
    seen.append(head(room, meeting).revision)
    writes.withdraw_point(meeting=meeting, point=point, **room.given)
    seen.append(head(room, meeting).revision)
    writes.take_up_point(meeting=meeting, point=point, **room.given)
    seen.append(head(room, meeting).revision)
    refresh(room, meeting, agenda(proposed("b")))
    seen.append(head(room, meeting).revision)
    assert seen == sorted(set(seen))


def test_new_proposals_come_after_what_stands_and_the_beginning_comes_first(room: Room, meeting: UUID) -> None:
    writes.add_point(meeting=meeting, title="Vem nycklar?", **room.given)
    first = proposed("Hur gick det?", kind=PointKind.SINCE_LAST)
    assert refresh(room, meeting, agenda(first, proposed("Sen", room.action))) == Refreshed(added=2, changed=0, gone=0)
    assert titles(room, meeting) == ["Hur gick det?", "Vem nycklar?", "Sen"]
    assert refresh(room, meeting, agenda(first, proposed("Sen", room.action))) == Refreshed(0, 0, 0)


def test_a_point_made_by_itself_is_made_anew_until_somebody_writes_in_it(room: Room, meeting: UUID) -> None:
    refresh(room, meeting, agenda(proposed("Sen 5 dagar", room.action)))
    assert refresh(room, meeting, agenda(proposed("Sen 6 dagar", room.action))).changed == 1
    point, = reads.points(room.partnership, meeting)
    row = reads.editable_point(room.partnership, meeting, point.id)
    assert row is not None
    writes.change_point(meeting=meeting, point=point.id, edit=Edit(values={"title": "Vad säger Bo?"}, base=row.values, version=row.version), **room.given)
    assert refresh(room, meeting, agenda(proposed("Sen 7 dagar", room.action))) == Refreshed(0, 0, 0)
    assert titles(room, meeting) == ["Vad säger Bo?"]
    assert refresh(room, meeting, agenda()).gone == 0, "what somebody has written is not taken away"


def test_a_removed_point_does_not_come_back_by_itself_but_can_be_taken_up(room: Room, meeting: UUID) -> None:
    refresh(room, meeting, agenda(proposed("Sen", room.action)))
    point, = reads.points(room.partnership, meeting)
    writes.withdraw_point(meeting=meeting, point=point.id, **room.given)
    assert refresh(room, meeting, agenda(proposed("Sen och tyst", room.action, PointKind.STEERING_LIST))).added == 0
    removed, = reads.removed_points(room.partnership, meeting)
    assert (removed.title, titles(room, meeting)) == ("Sen", [])
    writes.take_up_point(meeting=meeting, point=point.id, **room.given)
    assert (titles(room, meeting), reads.removed_points(room.partnership, meeting)) == (["Sen"], ())


def test_a_point_that_is_no_longer_true_goes_and_comes_back_when_it_is(room: Room, meeting: UUID) -> None:
    late = proposed("Sen", room.action)
    refresh(room, meeting, agenda(late))
    assert refresh(room, meeting, agenda(also=(late,))).gone == 0, "what is only folded away still holds"
    assert refresh(room, meeting, agenda()).gone == 1
    assert (titles(room, meeting), reads.removed_points(room.partnership, meeting)) == ([], ())
    assert refresh(room, meeting, agenda(late)).added == 1
    assert titles(room, meeting) == ["Sen"]


def test_two_who_change_a_point_at_once_lose_nothing(room: Room, meeting: UUID) -> None:
    point = writes.add_point(meeting=meeting, title="Vem nycklar?", why="", **room.given).id
    base = {"title": "Vem nycklar?", "why": "", "minutes": None}
    given = {"meeting": meeting, "point": point, **room.given}
    writes.change_point(edit=Edit(values={**base, "minutes": 10}, base=base, version=1), **given)
    writes.change_point(edit=Edit(values={**base, "why": "Ingen har sagt"}, base=base, version=1), **{**given, "at": LATER})
    found, = reads.points(room.partnership, meeting)
    assert (found.minutes, found.why) == (10, "Ingen har sagt")
    with pytest.raises(Collided):
        writes.change_point(edit=Edit(values={**base, "minutes": 20}, base=base, version=1), **given)


def test_the_same_refresh_twice_is_one(room: Room, meeting: UUID) -> None:
    refresh(room, meeting, agenda(proposed("Sen", room.action)), once="k")
    with pytest.raises(AlreadyDone):
        refresh(room, meeting, agenda(proposed("Sen", room.action), proposed("Tyst")), once="k")
    assert titles(room, meeting) == ["Sen"]
