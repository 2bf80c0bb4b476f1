"""A steering group of the flows' little town, and a meeting of it that goes on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from samsyn.chain.meeting_values import Every, GroupKind, Here
from samsyn.records.meeting import group_writes, line_writes, live_writes, writes
from samsyn.records.meeting.reads import MeetingHead, meeting_head, people
from tests.flows.brought import NOW, Room, actor

TODAY = date(2026, 11, 23)
BASE = "https://samsyn.example"


def given(town: Room) -> dict[str, Any]:
    return {"partnership": town.partnership, "actor": actor(town), "at": NOW}


def steering_group(town: Room, kind: GroupKind = GroupKind.STEERING, plans: tuple[UUID, ...] = ()) -> UUID:
    """A group of Carin, who has an address, and Dana, whose address nobody knows."""
    made = group_writes.add_group(values={"name": "Styrgruppen", "kind": kind, "every": Every.MONTH, "minutes": 90, "place": "Rådhuset"},
                                  plans=plans, **given(town)).id
    for name, email in (("Carin Ek", "carin@granviken.example"), ("Dana Berg", "")):
        group_writes.add_member(group=made, values={"name": name, "position": "Chef", "organisation_name": "Granviken", "email": email}, **given(town))
    return made


def planned(town: Room, group: UUID, in_days: int = 0) -> UUID:
    return writes.plan_meeting(group=group, starts_at=NOW + timedelta(days=in_days), minutes=90, place="Rådhuset", **given(town)).id


def live_meeting(town: Room, group: UUID) -> MeetingHead:
    """A meeting that has been opened, with one point, where Carin is present."""
    made = planned(town, group)
    writes.add_point(meeting=made, title="Belysningen vid kajen", **given(town))
    live_writes.open_meeting(meeting=made, **given(town))
    carin = next(one.id for one in people(town.partnership, group) if one.name == "Carin Ek")
    line_writes.set_attendance(meeting=made, person=carin, here=Here.PRESENT, **given(town))
    return head_of(town, made)


def head_of(town: Room, meeting: UUID) -> MeetingHead:
    found = meeting_head(town.partnership, meeting)
    assert found is not None
    return found


def say(town: Room, meeting: UUID, text: str, point: UUID | None = None) -> UUID:
    return line_writes.add_line(meeting=meeting, point=point, text=text, today=TODAY, **given(town)).id
