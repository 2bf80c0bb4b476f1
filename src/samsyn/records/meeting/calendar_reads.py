"""What a calendar shows of groups and meetings: those of one person, or of one group."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from samsyn.chain.meeting_values import MeetingState
from samsyn.chain.page_paths import meeting_path
from samsyn.formats.calendar_ics import CalendarEvent
from samsyn.records.meeting.line_reads import LineHead, assignments_open
from samsyn.records.meeting.models import GroupMember, MeetingLine
from samsyn.records.meeting.reads import MeetingHead, meetings


def groups_of_member(partnership: UUID, member: UUID, email: str) -> frozenset[UUID]:
    """Return the groups that somebody is in: by their place in the partnership, or by their address."""
    who = Q(member_id=member) | (Q(member=None, email__iexact=email) if email else Q(pk=None))
    rows = GroupMember.objects.within(partnership).filter(who, withdrawn_at=None, group__withdrawn_at=None)
    return frozenset(rows.values_list("group_id", flat=True))


def meeting_event(head: MeetingHead, base_url: str) -> CalendarEvent:
    """Return a meeting as a calendar takes it: under the same uid in a feed as in a call, so that a calendar which has both shows it once."""
    return CalendarEvent(
        uid=f"mote-{head.id}", title=head.group_name, starts_at=head.starts_at, minutes=head.minutes, place=head.place,
        url=base_url + meeting_path(head.id), sequence=head.sequence, is_cancelled=head.state is MeetingState.CANCELLED)


def meetings_since(partnership: UUID, groups: frozenset[UUID], since: datetime) -> tuple[MeetingHead, ...]:
    """Return the meetings of some groups that begin after a moment, soonest first. One that was cancelled is among them if people had been called to it."""
    found = [head for head in meetings(partnership) if head.group in groups and head.starts_at >= since]
    return tuple(head for head in reversed(found) if head.state is not MeetingState.CANCELLED or head.was_invited)


def own_assignments(partnership: UUID, member: UUID, email: str) -> tuple[LineHead, ...]:
    """Return the open assignments of closed meetings that are somebody's own and have a day."""
    return tuple(line for line in _handed_out(partnership)
                 if line.owner_member == member or (line.owner_member is None and email and line.owner_email.casefold() == email.casefold()))


def assignments_of_group(partnership: UUID, group: UUID) -> tuple[LineHead, ...]:
    """Return the open assignments with a day that a group's closed meetings handed out."""
    held = set(MeetingLine.objects.within(partnership).filter(meeting__group_id=group, withdrawn_at=None).values_list("id", flat=True))
    return tuple(line for line in _handed_out(partnership) if line.id in held)


def _handed_out(partnership: UUID) -> list[LineHead]:
    return [line for line in assignments_open(partnership) if line.closed_at and line.due_on]
