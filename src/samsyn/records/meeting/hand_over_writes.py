"""What a person who leaves has from meetings passes to another: open assignments, and seats in groups. History is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain.meeting_values import LineKind, MeetingState
from samsyn.chain.swedish import fold
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import withdraw, writing
from samsyn.records.meeting.models import GroupMember, MeetingLine
from samsyn.records.meeting.revision_writes import bump
from samsyn.records.partnership.models import Membership
from samsyn.records.partnership.people_reads import member_with_address


def reassign_assignments(*, partnership: UUID, leaver: str, members: Collection[UUID], to: Mapping[str, str], actor: Actor,
                         at: datetime) -> tuple[UUID, ...]:
    """
    Pass on every open assignment of one person. Returns which.

    leaver    the name as it stands there, whatever its case
    members   places in the partnership that are theirs
    to        responsible and responsible_email, as on an action
    """
    act = Act(kind="assignment.reassigned", words=f"lämnade över uppdragen från {leaver} till {to['responsible']}", partnership=partnership)
    with writing(actor=actor, at=at, act=act):
        rows = MeetingLine.objects.within(partnership).filter(kind=LineKind.ASSIGNMENT, withdrawn_at=None, done_on=None, dropped_on=None)
        theirs = [row for row in rows.exclude(meeting__state=MeetingState.CANCELLED) if _is_theirs(row.owner, row.owner_member_id, leaver, members)]
        member = member_with_address(partnership, to.get("responsible_email", ""))
        for row in theirs:
            row.owner, row.owner_email, row.owner_member = to["responsible"][:200], to.get("responsible_email", ""), member
            row.version += 1
            row.save(update_fields=["owner", "owner_email", "owner_member", "version"])
        for meeting in {row.meeting_id for row in theirs}:
            bump(partnership, meeting)
    return tuple(row.id for row in theirs)


def pass_on_seats(*, partnership: UUID, leaver: str, members: Collection[UUID], to: Mapping[str, str], actor: Actor, at: datetime) -> int:
    """
    Let another person take every seat that one person has in the groups, with the position that goes with it. Returns how many.

    The leaver's seat is withdrawn and stands in the history. Somebody who sits in the group already gets no second seat.
    """
    act = Act(kind="group_member.passed_on", words=f"lämnade över platserna i grupperna från {leaver} till {to['responsible']}", partnership=partnership)
    with writing(actor=actor, at=at, act=act):
        rows = list(GroupMember.objects.within(partnership).filter(withdrawn_at=None, group__withdrawn_at=None))
        theirs = [row for row in rows if _is_theirs(row.name, row.member_id, leaver, members)]
        member = member_with_address(partnership, to.get("responsible_email", ""))
        new = _seat_of(to, member)
        there = {(row.group_id, who) for row in rows if row not in theirs for who in (fold(row.name), row.member_id) if who}
        for row in theirs:
            withdraw(row, at)
            own = {(row.group_id, fold(new["name"])), (row.group_id, member.id if member else "")}
            if not own & there:
                there |= own
                GroupMember.objects.create(id=uuid4(), partnership_id=partnership, organisation_id=row.organisation_id, group_id=row.group_id,
                                           position=row.position, **new)
    return len(theirs)


def _seat_of(to: Mapping[str, str], member: Membership | None) -> dict[str, Any]:
    return {"name": to["responsible"][:200], "organisation_name": to.get("responsible_organisation", "")[:200],
            "email": to.get("responsible_email", ""), "member": member}


def _is_theirs(name: str, member: UUID | None, leaver: str, members: Collection[UUID]) -> bool:
    return fold(name) == fold(leaver) or (member is not None and member in members)
