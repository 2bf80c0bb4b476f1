"""A meeting of the steering group in the invented town, for the tests of decisions, minutes and calendars."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from samsyn.flows.closing import close_meeting
from samsyn.records.meeting import group_writes, line_writes, live_writes, writes
from tests.web.conftest import NOW, TODAY, Town
from tests.web.live_meeting import given

PAPER = b"%PDF-1.7 made by a test"


def steering_meeting(town: Town, kind: str = "steering") -> UUID:
    """Open a meeting of the steering group: Carin, who has an account, and Nour, whose address nobody knows; one point."""
    group = group_writes.add_group(values={"name": "Styrgruppen", "kind": kind, "every": "month"}, plans=[town.plan], **given(town)).id
    for name, email in (("Carin", "carin@granviken.example"), ("Nour", "")):
        group_writes.add_member(group=group, values={"name": name, "position": "Chef", "email": email}, **given(town))
    meeting = writes.plan_meeting(group=group, starts_at=NOW, minutes=60, **given(town)).id
    writes.add_point(meeting=meeting, title="Belysningen", **given(town))
    live_writes.open_meeting(meeting=meeting, **given(town))
    return meeting


def say(town: Town, meeting: UUID, text: str) -> UUID:
    return line_writes.add_line(meeting=meeting, point=None, text=text, today=TODAY, **given(town)).id


def closed_meeting(town: Town) -> dict[str, Any]:
    """Close such a meeting; Bo got an assignment there. Returns the meeting, and the assignment as `row`."""
    from samsyn.flows import closing

    meeting = steering_meeting(town)
    line = say(town, meeting, "Bo: lampan före 15 mars")
    say(town, meeting, "Beslut: mer ljus")
    made, closing.minutes_pdf = closing.minutes_pdf, lambda content: PAPER
    try:
        close_meeting(meeting=meeting, base_url="http://testserver", once=uuid4().hex, **given(town))
    finally:
        closing.minutes_pdf = made
    return {"meeting": meeting, "row": line}


def place_of(town: Town, name: str) -> UUID:
    """Return somebody's place in the partnership."""
    from samsyn.records.partnership.reads import members

    return next(one.id for one in members(town.partnership) if one.name == name)
