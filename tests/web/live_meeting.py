"""A meeting of a working group in the invented town, for the tests of what is shown and written while it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samsyn.chain.meeting_values import PointKind
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.meeting import group_writes, line_writes, live_writes, writes
from tests.web.conftest import NOW, TODAY, Town


@dataclass(frozen=True)
class Held:
    """
    Ids of a meeting's rows.

    points   "Sedan sist", "1.1 Belysning" (about Bo's action), "Nästa gång", in that order
    people   name -> place in the group; Nour has no account
    """

    meeting: UUID
    group: UUID
    points: tuple[UUID, ...]
    people: dict[str, UUID]


def given(town: Town, name: str = "Anna") -> dict[str, Any]:
    """Who does it and when, as every write wants it."""
    return {"partnership": town.partnership, "actor": Actor(ActorKind.USER, str(town.users[name]), name), "at": NOW}


def planned_meeting(town: Town) -> Held:
    """Plan a meeting that begins now, with three points; Anna, Bo and Nour are in the group."""
    group = group_writes.add_group(values={"name": "Arbetsgrupp centrum", "kind": "working"}, plans=[town.plan], **given(town)).id
    people = {}
    for name, position, email in (("Anna", "Samordnare", "anna@granviken.example"), ("Bo", "Förvaltare", "bo@granviken.example"), ("Nour", "Ordförande", "")):
        values = {"name": name, "position": position, "email": email}
        people[name] = group_writes.add_member(group=group, values=values, **given(town)).id
    meeting = writes.plan_meeting(group=group, starts_at=NOW, minutes=60, **given(town)).id
    bos = {"plan": town.plan, "subject_kind": "action", "subject_id": town.bo_action}
    made = [writes.add_point(meeting=meeting, title=title, kind=kind, **about, **given(town)).id for title, kind, about in (
        ("Sedan sist", PointKind.SINCE_LAST, {}), ("1.1 Belysning", PointKind.LATE, bos), ("Nästa gång", PointKind.NEXT_TIME, {}))]
    return Held(meeting, group, tuple(made), people)


def live_meeting(town: Town) -> Held:
    """Plan such a meeting and open it."""
    held = planned_meeting(town)
    live_writes.open_meeting(meeting=held.meeting, **given(town))
    return held


def write_line(town: Town, held: Held, text: str, *, name: str = "Anna", point: int = 0) -> UUID:
    """Write a line in a meeting under one of its points."""
    return line_writes.add_line(meeting=held.meeting, point=held.points[point], text=text, today=TODAY, **given(town, name)).id
