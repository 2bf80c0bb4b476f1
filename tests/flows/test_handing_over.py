"""When somebody leaves, all they have passes on in one act, also what they took on at meetings; what was sent before answers for nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from samsyn.chain.meeting_values import LineKind, MeetingState
from samsyn.chain.notice_values import Person
from samsyn.flows.handing_over import HandedOver, hand_over
from samsyn.records.access.acts import Act
from samsyn.records.access.models import Change, Event
from samsyn.records.access.writes import writing
from samsyn.records.editing import Gone
from samsyn.records.meeting import group_writes
from samsyn.records.meeting.line_reads import assignment
from samsyn.records.meeting.models import GroupMember, Meeting, MeetingLine
from samsyn.records.meeting.writes import plan_meeting
from samsyn.records.outbox.link_reads import open_link, token_of
from samsyn.records.outbox.link_writes import make_answer_link
from tests.records.conftest import AT, LATER, Room, make_room

pytestmark = pytest.mark.django_db
TO = {"responsible": "Cai Ny", "responsible_organisation": "Skolan", "responsible_email": "cai@skolan.example", "responsible_phone": ""}


@pytest.fixture
def room(db: None) -> Room:
    return make_room("Granviken")


def passes_on(room: Room, leaver: str = "Bo", **more: Any) -> HandedOver:
    return hand_over(**{"partnership": room.partnership, "leaver": leaver, "to": TO, "actor": room.actor, "at": LATER, **more})


def in_group(room: Room, *names: str) -> Any:
    group = group_writes.add_group(values={"name": "Arbetsgruppen", "kind": "working"}, **room.given)
    for name in names:
        group_writes.add_member(group=group.id, values={"name": name, "position": "sekreterare", "email": ""}, **room.given)
    return group


def assignment_of(room: Room, group: Any, owner: str, *, state: MeetingState = MeetingState.PLANNED, **more: Any) -> Any:
    held = plan_meeting(group=group.id, starts_at=AT + timedelta(days=1), minutes=60, **room.given)
    with writing(actor=room.actor, at=AT, act=Act(kind="line.added", words="skrev i mötet", partnership=room.partnership)):
        Meeting.objects.within(room.partnership).filter(id=held.id).update(state=state)
        return MeetingLine.objects.create(partnership_id=room.partnership, organisation_id=room.organisation, meeting_id=held.id,
                                          kind=LineKind.ASSIGNMENT, text="Ring föreningen", at=AT, by="Anna", by_id="anna", owner=owner, **more)


def test_actions_and_open_assignments_pass_on_in_one_act_and_what_is_done_stays(room: Room) -> None:
    group = in_group(room, "Bo")
    mine, others = assignment_of(room, group, "bo"), assignment_of(room, group, "Dana")
    done = assignment_of(room, group, "Bo", done_on=date(2026, 11, 20))
    cancelled = assignment_of(room, group, "Bo", state=MeetingState.CANCELLED)
    before, revision = Event.objects.count(), Meeting.objects.within(room.partnership).get(id=mine.meeting_id).revision
    assert passes_on(room) == HandedOver(actions=1, follow_ups=0, assignments=1)
    assert Event.objects.count() == before + 1
    passed = assignment(room.partnership, mine.id)
    assert passed and (passed.owner, passed.owner_email, passed.version) == ("Cai Ny", "cai@skolan.example", 2)
    for kept, owner in ((others, "Dana"), (done, "Bo"), (cancelled, "Bo")):
        assert MeetingLine.objects.within(room.partnership).get(id=kept.id).owner == owner
    assert Meeting.objects.within(room.partnership).get(id=mine.meeting_id).revision == revision + 1
    assert Change.objects.filter(row_id=mine.id.hex, field="owner", old="bo", new="Cai Ny").exists(), "history says whose it was"


def test_somebody_with_nothing_but_an_assignment_can_pass_it_on(room: Room) -> None:
    mine = assignment_of(room, in_group(room), "Vera")
    assert passes_on(room, "Vera") == HandedOver(actions=0, follow_ups=0, assignments=1)
    assert MeetingLine.objects.within(room.partnership).get(id=mine.id).owner == "Cai Ny"
    with pytest.raises(Gone):
        passes_on(room, "Vera")


def test_seats_stay_unless_they_are_asked_for_and_nobody_sits_twice(room: Room) -> None:
    own, shared = in_group(room, "Bo", "Dana"), in_group(room, "Bo", "Cai Ny")
    assert passes_on(room).seats == 0
    assert GroupMember.objects.within(room.partnership).filter(name="Bo", withdrawn_at=None).count() == 2
    assert passes_on(room, with_seats=True).seats == 2
    seats = GroupMember.objects.within(room.partnership).filter(withdrawn_at=None)
    assert [(seat.name, seat.position) for seat in seats.filter(group=own).order_by("name")] == [("Cai Ny", "sekreterare"), ("Dana", "sekreterare")]
    assert seats.filter(group=shared).count() == 1
    assert GroupMember.objects.within(room.partnership).filter(name="Bo").exclude(withdrawn_at=None).count() == 2, "history says who sat there"


def test_a_link_that_was_sent_before_no_longer_answers_for_what_is_anothers(room: Room) -> None:
    mine = assignment_of(room, in_group(room), "Bo")
    about: list[tuple[str, Any, Person]] = [
        ("action", room.action, Person("Bo", "bo@granvikshus.example")), ("action", room.action, Person("Chefen", "chef@granvikshus.example")),
        ("assignment", mine.id, Person("Bo"))]
    old = [make_answer_link(subject_kind=kind, subject_id=subject, person=person, **room.given) for kind, subject, person in about]
    taker = make_answer_link(subject_kind="action", subject_id=room.action, person=Person("Cai Ny", "cai@skolan.example"), **room.given)
    elses = make_answer_link(subject_kind="action", subject_id=room.goal, person=Person("Bo", "bo@granvikshus.example"), **room.given)
    assert all(open_link(token_of(link.id), LATER) for link in (*old, taker, elses))
    assert passes_on(room).links == 3
    assert not any(open_link(token_of(link.id), LATER) for link in old)
    assert open_link(token_of(taker.id), LATER) and open_link(token_of(elses.id), LATER)


def test_what_a_person_of_the_same_name_has_in_another_partnership_is_left_alone(room: Room) -> None:
    elsewhere = make_room("Norrängen")
    theirs = assignment_of(elsewhere, in_group(elsewhere, "Bo"), "Bo")
    passes_on(room, with_seats=True)
    assert MeetingLine.objects.within(elsewhere.partnership).get(id=theirs.id).owner == "Bo"
    assert GroupMember.objects.within(elsewhere.partnership).filter(name="Bo", withdrawn_at=None).exists()
