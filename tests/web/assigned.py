"""An assignment that a meeting has handed out, for tests of pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from samsyn.chain.meeting_values import LineKind, MeetingState
from samsyn.records.access.acts import Act, Actor, ActorKind
from samsyn.records.access.writes import writing
from samsyn.records.meeting.group_writes import add_group
from samsyn.records.meeting.models import Meeting, MeetingLine
from samsyn.records.meeting.writes import plan_meeting
from samsyn.records.partnership.reads import members
from tests.web.conftest import NOW, Town


def handed_out(town: Town, owner: str = "Bo") -> dict[str, Any]:
    """An assignment of a meeting that has been closed, to somebody who takes part."""
    given: dict[str, Any] = {"partnership": town.partnership, "actor": Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), "at": NOW}
    place = next(member for member in members(town.partnership) if member.name == owner)
    group = add_group(values={"name": "Arbetsgruppen", "kind": "working"}, **given)
    held = plan_meeting(group=group.id, starts_at=NOW - timedelta(days=6), minutes=60, **given)
    with writing(actor=given["actor"], at=NOW, act=Act(kind="meeting.closed", words="avslutade mötet", partnership=town.partnership)):
        Meeting.objects.within(town.partnership).filter(id=held.id).update(state=MeetingState.CLOSED, closed_at=NOW - timedelta(days=6), closed_by="Anna")
        line = MeetingLine.objects.create(
            partnership_id=town.partnership, organisation_id=town.organisation, meeting_id=held.id, kind=LineKind.ASSIGNMENT, text="Ring föreningen",
            at=NOW - timedelta(days=6), by="Anna", by_id=str(town.users["Anna"]), owner=owner, owner_email=place.email, owner_member_id=place.id)
    return {"line": line.id}
