"""People are called to a meeting by letters with the meeting as a calendar file; a change or a cancelling reaches those who were told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.flows.brought import NOW, Room, actor

from samsyn.chain.meeting_values import PointKind
from samsyn.chain.notice_values import STEERING_LIST, DueNotice, Level, NoticeKind, Person
from samsyn.flows.agenda_making import agenda_of, bring_up_to_date, plan_with_agenda, suggested_day
from samsyn.flows.calling import Called, NobodyToCall, call, call_off
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Edit
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.meeting import group_writes, reads, writes
from samsyn.records.meeting.reads import MeetingHead
from samsyn.records.outbox.models import LetterKind, LetterState
from samsyn.records.outbox.notice_writes import queue_notices
from samsyn.records.outbox.reads import WholeLetter, letter, letters_about
from samsyn.records.outbox.hand_writes import tick_letter
from samsyn.records.partnership.reads import members
from samsyn.records.plan import writes as plan
from samsyn.records.plan.reads import plan_heads

STARTS = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def given(town: Room) -> dict[str, Any]:
    return {"partnership": town.partnership, "actor": actor(town), "at": NOW}


@pytest.fixture
def meeting(town: Room) -> UUID:
    places = [one.id for one in members(town.partnership)]
    group = group_writes.add_group(values={"name": "Hamngruppen", "kind": "working", "every": "month"}, plans=[town.plan], members=places, **given(town)).id
    group_writes.add_member(group=group, values={"name": "Saga", "position": "ordförande"}, **given(town))
    return plan_with_agenda(group=group, starts_at=STARTS, minutes=60, place="Kajen 3", today=TODAY, **given(town)).id


def head(town: Room, meeting: UUID) -> MeetingHead:
    found = reads.meeting_head(town.partnership, meeting)
    assert found is not None
    return found


def called(town: Room, meeting: UUID, **more: Any) -> Called:
    return call(meeting=head(town, meeting), partnership_name="Granviken", url="http://samsyn.example/m/", actor=actor(town), at=NOW, **more)


def letters(town: Room, meeting: UUID, state: LetterState = LetterState.READY) -> dict[str, WholeLetter]:
    found = (letter(town.partnership, one.id) for one in letters_about(town.partnership, meeting) if one.state is state)
    return {one.head.name: one for one in found if one}


def told(town: Room, meeting: UUID) -> None:
    """Let every letter that waits be passed on."""
    for one in letters(town, meeting).values():
        tick_letter(letter=one.head.id, **given(town))


def test_everybody_in_the_group_gets_a_letter_with_agenda_and_calendar(town: Room, meeting: UUID) -> None:
    writes.add_point(meeting=meeting, title="Vem nycklar?", minutes=5, **given(town))
    assert called(town, meeting) == Called(3, ("Saga",))
    found = letters(town, meeting)
    assert sorted(found) == ["Anna", "Bo", "Saga"]
    bo = found["Bo"]
    assert bo.head.subject == "Kallelse: Hamngruppen, tisdag 2026-12-01 klockan 13.00–14.00"
    assert bo.attached == ({"kind": "calendar", "id": str(meeting)},)
    for words in ("Anna kallar till möte.", "Var: Kajen 3", "Vem nycklar? (5 min)", "http://samsyn.example/m/"):
        assert words in bo.text
    assert found["Saga"].head.email == ""
    assert head(town, meeting).invited_at == NOW


def test_the_same_press_twice_writes_to_each_once(town: Room, meeting: UUID) -> None:
    called(town, meeting, once="k")
    with pytest.raises(AlreadyDone):
        called(town, meeting, once="k")
    assert len(letters(town, meeting)) == 3


def test_a_moved_meeting_is_told_to_those_who_know_the_old_time_and_called_to_others_as_new(town: Room, meeting: UUID) -> None:
    called(town, meeting)
    tick_letter(letter=letters(town, meeting)["Bo"].head.id, **given(town))
    row = reads.editable_meeting(head(town, meeting))
    writes.change_meeting(meeting=meeting, edit=Edit(values={"starts_at": STARTS + timedelta(days=1)}, base=row.values, version=row.version), **given(town))
    called(town, meeting)
    found = letters(town, meeting)
    assert sorted(found) == ["Anna", "Bo", "Saga"], "the calls that had not gone out are taken back"
    assert found["Bo"].head.subject == "Ändrad kallelse: Hamngruppen, onsdag 2026-12-02 klockan 13.00–14.00"
    assert found["Anna"].head.subject.startswith("Kallelse: ")
    assert head(town, meeting).sequence == 1


def test_a_call_sent_again_says_so(town: Room, meeting: UUID) -> None:
    called(town, meeting)
    told(town, meeting)
    called(town, meeting)
    assert {one.head.subject.partition(":")[0] for one in letters(town, meeting).values()} == {"Kallelse igen"}
    assert head(town, meeting).sequence == 1


def test_cancelling_tells_those_who_were_told_and_nobody_else(town: Room, meeting: UUID) -> None:
    called(town, meeting)
    tick_letter(letter=letters(town, meeting)["Bo"].head.id, **given(town))
    done = call_off(meeting=head(town, meeting), partnership_name="Granviken", actor=actor(town), at=NOW)
    assert done == Called(1, ())
    found = letters(town, meeting)
    assert [(name, one.head.kind) for name, one in found.items()] == [("Bo", LetterKind.CANCELLATION)]
    assert found["Bo"].head.subject == "Inställt: Hamngruppen, tisdag 2026-12-01 klockan 13.00–14.00"
    assert found["Bo"].attached == ({"kind": "calendar", "id": str(meeting)},)


def test_a_group_of_nobody_is_not_called(town: Room) -> None:
    group = group_writes.add_group(values={"name": "Tom", "kind": "working"}, **given(town)).id
    made = writes.plan_meeting(group=group, starts_at=STARTS, minutes=60, **given(town)).id
    with pytest.raises(NobodyToCall):
        called(town, made)
    assert head(town, made).invited_at is None


def test_the_agenda_is_made_of_the_groups_own_plans(town: Room, meeting: UUID) -> None:
    before = {point.title for point in reads.points(town.partnership, meeting)}
    plan.add_action(plan=town.plan, values={"text": "Måla kajen", "responsible": "Bo", "due_on": date(2026, 11, 10)}, causes=[], goals=[], **given(town))
    other = plan.add_plan(values={"name": "En annan plan"}, **given(town)).id
    plan.add_action(plan=other, values={"text": "Annat", "due_on": date(2026, 11, 10)}, causes=[], goals=[], **given(town))
    done = bring_up_to_date(meeting=head(town, meeting), today=TODAY, actor=actor(town), at=NOW)
    new = {point.title for point in reads.points(town.partnership, meeting)} - before
    assert "0.1 Måla kajen skulle vara klar 2026-11-10. Varför, och när blir den klar?" in new
    assert done.added >= 1
    assert not any("Annat" in title for title in new)


def test_what_people_have_written_takes_its_time_from_what_is_proposed(town: Room, meeting: UUID) -> None:
    for number in range(8):
        plan.add_action(plan=town.plan, values={"text": f"Brygga {number}", "due_on": date(2026, 11, 10)}, causes=[], goals=[], **given(town))
    alone = len(agenda_of(head(town, meeting), TODAY).points)
    writes.add_point(meeting=meeting, title="Vi går och tittar", minutes=45, **given(town))
    assert len(agenda_of(head(town, meeting), TODAY).points) < alone


def test_the_next_day_is_counted_from_the_meeting_that_is_planned(town: Room, meeting: UUID) -> None:
    group = reads.group(town.partnership, head(town, meeting).group)
    assert group is not None
    assert suggested_day(group, TODAY) == date(2027, 1, 5), "the first Tuesday of the month after"


def test_what_stands_on_the_steering_groups_list_is_on_its_agenda(town: Room, meeting: UUID) -> None:
    action = next(iter(plan_values(next(iter(plan_heads(town.partnership)))).actions)).id
    notice = DueNotice(kind=NoticeKind.SILENT, level=Level.STEERING, subject_kind="action", subject=action, plan=str(town.plan),
                       person=Person("Styrgruppens lista", STEERING_LIST), period="2026-10-01")
    queue_notices(notices=[notice], waiting={}, **given(town))
    group = group_writes.add_group(values={"name": "Styrgruppen", "kind": "steering"}, plans=[town.plan], **given(town)).id
    made = plan_with_agenda(group=group, starts_at=STARTS, minutes=60, place="", today=TODAY, **given(town)).id
    point = next(one for one in reads.points(town.partnership, made) if one.kind is PointKind.STEERING_LIST)
    assert point.title == "1.1 Lampor längs kajen har stått stilla trots påminnelser. Vad behöver Bo för att komma vidare?"
