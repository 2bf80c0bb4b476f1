"""What people have to do after a meeting, and the meetings ahead, as the notices need it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from samsyn.chain.answers import SAYS, Answer
from samsyn.chain.meeting_values import LineKind, MeetingState
from samsyn.chain.notice_values import Duty, Gathering, Person
from samsyn.chain.swedish import fold
from samsyn.chain.wording import local_day
from samsyn.records.meeting.models import AssignmentAnswer, GroupMember, Meeting, MeetingLine
from samsyn.records.meeting.reads import AHEAD
from samsyn.records.partnership.people_reads import person_of
from samsyn.records.partnership.rhythm_reads import contacts

LOOKED_AHEAD = timedelta(days=14)  # longer than three working days before a meeting can be, also over Christmas
COLUMNS = (
    "id", "text", "owner", "owner_email", "owner_member_id", "owner_member__user__email", "owner_member__ended_at",
    "owner_member__user__is_active", "owner_member__organisation__name", "due_on", "plan_id", "meeting__closed_at",
    "meeting__group__name")


def assignments(partnership: UUID) -> tuple[Duty, ...]:
    """
    Return every assignment of a closed meeting that is neither done nor dropped. Three queries.

    One that became an action of a plan is asked about there alone.
    """
    rows = MeetingLine.objects.within(partnership).filter(
        kind=LineKind.ASSIGNMENT, withdrawn_at=None, done_on=None, dropped_on=None, became=None, meeting__state=MeetingState.CLOSED,
        meeting__withdrawn_at=None)
    answers, contact_of = _latest_answers(partnership), contacts(partnership)
    return tuple(_duty(row, answers.get(row["id"]), contact_of) for row in rows.order_by("at", "id").values(*COLUMNS))


def gatherings(partnership: UUID, today: date) -> tuple[Gathering, ...]:
    """Return the meetings planned from today on, two weeks ahead, with the people of their groups. Two queries."""
    rows = Meeting.objects.within(partnership).filter(
        state__in=AHEAD, withdrawn_at=None, starts_at__date__gte=today, starts_at__date__lte=today + LOOKED_AHEAD)
    meetings = list(rows.order_by("starts_at", "id").values_list("id", "group_id", "group__name", "starts_at"))
    people = _people(partnership, {group for _, group, _, _ in meetings})
    return tuple(Gathering(id=str(meeting), group_name=name, on=local_day(starts_at), people=tuple(people[group]))
                 for meeting, group, name, starts_at in meetings)


def _duty(row: dict[str, Any], answered: tuple[datetime, Answer] | None, contact_of: dict[str, Person]) -> Duty:
    organisation = row["owner_member__organisation__name"] or ""
    has_left = row["owner_member_id"] is not None and (row["owner_member__ended_at"] is not None or not row["owner_member__user__is_active"])
    owner = None if has_left else person_of(row["owner"], row["owner_member__user__email"] or row["owner_email"])
    return Duty(
        kind="assignment", id=str(row["id"]), plan=str(row["plan_id"] or ""), plan_name=row["meeting__group__name"],
        text=row["text"], responsible=owner, organisation=organisation, contact=contact_of.get(fold(organisation)),
        due_on=row["due_on"], how_far=SAYS[answered[1]] if answered else None, made_on=local_day(row["meeting__closed_at"]),
        last_sign_on=local_day(answered[0]) if answered else None)


def _latest_answers(partnership: UUID) -> dict[UUID, tuple[datetime, Answer]]:
    rows = AssignmentAnswer.objects.within(partnership).order_by("at", "id").values_list("line_id", "at", "answer")
    return {line: (at, Answer(answer)) for line, at, answer in rows.iterator()}


def _people(partnership: UUID, groups: set[UUID]) -> dict[UUID, list[Person]]:
    """Return group -> its people; those whose place in the partnership has ended are left out."""
    found: dict[UUID, list[Person]] = defaultdict(list)
    rows = GroupMember.objects.within(partnership).filter(group_id__in=groups, withdrawn_at=None, member__ended_at=None).order_by("name", "id")
    for group, name, email, account in rows.values_list("group_id", "name", "email", "member__user__email"):
        found[group].append(person_of(name, email or account or ""))
    return found
