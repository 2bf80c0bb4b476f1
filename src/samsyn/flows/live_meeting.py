"""Acts in a meeting that touch both the plan and what is written there, in one transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samsyn.chain.choices import Implementation, RestsOn, Result
from samsyn.chain.wording import listed
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.follow_up import writes as follow_up
from samsyn.records.meeting import line_writes


def set_faces_in_meeting(*, partnership: UUID, meeting: UUID, point: UUID, action: UUID, name: str, implementation: Implementation | None,
                         result: Result | None, why: str, rests_on: RestsOn | None, actor: Actor, at: datetime, once: str = "") -> None:
    """
    Set the sides of an action's face that the meeting has agreed on, and write a line of it under the point. None leaves a side as it is.

    name     what the action is called in the line: "1.1 Belysning"
    raises   as follow_up.set_faces, and NotLive, Gone, AlreadyDone
    """
    said = listed(value.label.lower() for value in (implementation, result) if value)
    act = Act(kind="face.set", words=f"satte gubben: {said}" if said else "såg över gubben utan att ändra den", partnership=partnership,
              subject_kind="action", subject=action, once=once)
    with writing(actor=actor, at=at, act=act):
        follow_up.set_faces(partnership=partnership, action=action, implementation=implementation, result=result, why=why, rests_on=rests_on,
                            actor=actor, at=at)
        if said:
            line_writes.add_note(partnership=partnership, meeting=meeting, point=point, text=f"{name}: {said}. {why.strip()}".strip(),
                                 actor=actor, at=at)
