"""Changes of groups, who is in them, and which plans they work with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain.meeting_values import MeetingState
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import apply_edit, found, withdraw, writing
from samsyn.records.editing import Edit, Gone, Saved
from samsyn.records.meeting.models import Group, GroupMember, GroupPlan, Meeting
from samsyn.records.partnership.models import Membership
from samsyn.records.partnership.people_reads import member_with_address
from samsyn.records.partnership.reads import coordinating_organisation
from samsyn.records.plan.models import ActionPlan


class HasMeetings(Exception):
    """A group that has a meeting ahead cannot be taken out of use: the meeting is held or cancelled first."""


def add_group(*, partnership: UUID, values: Mapping[str, Any], plans: Iterable[UUID] = (), members: Iterable[UUID] = (), actor: Actor,
              at: datetime, once: str = "") -> Group:
    """
    Make a group, with those who are in it from the start and the plans it works with. Raises Gone, AlreadyDone.

    values   described fields of GroupWords and starts_at
    members  places in the partnership
    """
    row_id = uuid4()
    act = Act(kind="group.added", words=f"skapade gruppen {values['name']}", partnership=partnership, subject_kind="group", subject=row_id, once=once)
    with writing(actor=actor, at=at, act=act):
        row = Group.objects.create(id=row_id, partnership_id=partnership, organisation_id=coordinating_organisation(partnership), **values)
        _set_plans(row, set(plans))
        add_members(partnership=partnership, group=row_id, members=members, actor=actor, at=at)
    return row


def change_group(*, partnership: UUID, group: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """Change a group; `plans` in the edit are ids of the plans it works with, sorted. Raises Collided, Gone, AlreadyDone."""
    act = Act(kind="group.changed", words="ändrade en grupp", partnership=partnership, subject_kind="group", subject=group, once=once)
    with writing(actor=actor, at=at, act=act):
        row = _group(partnership, group)
        now = tuple(sorted(str(plan) for plan in row.plans.filter(plan__withdrawn_at=None).values_list("plan_id", flat=True)))
        merged = apply_edit(row, edit, links={"plans": now} if "plans" in edit.values else None)
        if "plans" in merged.values:
            _set_plans(row, {UUID(plan) for plan in merged.values["plans"]})
    return Saved(merged.from_theirs)


def withdraw_group(*, partnership: UUID, group: UUID, actor: Actor, at: datetime) -> None:
    """Take a group out of use. Its meetings and minutes are kept. Raises HasMeetings, Gone."""
    act = Act(kind="group.withdrawn", words="lade ned en grupp", partnership=partnership, subject_kind="group", subject=group)
    with writing(actor=actor, at=at, act=act):
        row = _group(partnership, group)
        ahead = Meeting.objects.within(partnership).filter(group=row, withdrawn_at=None, starts_at__gte=at, state=MeetingState.PLANNED)
        if ahead.exists() or Meeting.objects.within(partnership).filter(group=row, state=MeetingState.LIVE).exists():
            raise HasMeetings
        withdraw(row, at)


def add_member(*, partnership: UUID, group: UUID, values: Mapping[str, Any], member: UUID | None = None, actor: Actor, at: datetime,
               once: str = "") -> GroupMember:
    """
    Put a person in a group.

    values   described fields of PersonWords, at least name
    member   their place in the partnership; None for somebody without an account, unless the address is a member's own
    raises   Gone, AlreadyDone
    """
    row_id = uuid4()
    act = Act(kind="group_member.added", words=f"lade till {values['name']} i en grupp", partnership=partnership, subject_kind="group", subject=group,
              once=once)
    with writing(actor=actor, at=at, act=act):
        owner = _group(partnership, group)
        known = member_with_address(partnership, values.get("email", ""))
        return GroupMember.objects.create(id=row_id, partnership_id=partnership, organisation_id=owner.organisation_id, group=owner,
                                          member_id=member or (known.id if known else None), **values)


def add_members(*, partnership: UUID, group: UUID, members: Iterable[UUID], actor: Actor, at: datetime, once: str = "") -> int:
    """Put members of the partnership in a group; those who are there already stay as they are. Returns how many came. Raises Gone, AlreadyDone."""
    wanted = list(dict.fromkeys(members))
    act = Act(kind="group_member.added", words="lade till personer i en grupp", partnership=partnership, subject_kind="group", subject=group, once=once)
    with writing(actor=actor, at=at, act=act):
        owner = _group(partnership, group)
        there = set(owner.people.filter(withdrawn_at=None).values_list("member_id", flat=True))
        places = Membership.objects.within(partnership).filter(id__in=wanted, ended_at=None).select_related("user", "organisation")
        by_id = {place.id: place for place in places}
        if len(by_id) != len(wanted):
            raise Gone
        new = [by_id[member] for member in wanted if member not in there]
        for place in new:
            GroupMember.objects.create(id=uuid4(), partnership_id=partnership, organisation_id=owner.organisation_id, group=owner, member=place,
                                       name=place.user.name, organisation_name=place.organisation.name, email=place.user.email)
    return len(new)


def change_member(*, partnership: UUID, group: UUID, person: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """Change somebody's name, position, organisation or address in a group. Raises Collided, Gone, AlreadyDone."""
    act = Act(kind="group_member.changed", words="ändrade en person i en grupp", partnership=partnership, subject_kind="group", subject=group, once=once)
    with writing(actor=actor, at=at, act=act):
        row = _person(partnership, group, person)
        merged = apply_edit(row, edit)
        if row.member_id is None and (known := member_with_address(partnership, row.email)):
            row.member = known
            row.save(update_fields=["member"])
    return Saved(merged.from_theirs)


def withdraw_member(*, partnership: UUID, group: UUID, person: UUID, actor: Actor, at: datetime) -> None:
    """Take a person out of a group. What they have said and attended is kept. Raises Gone."""
    act = Act(kind="group_member.withdrawn", words="tog bort en person ur en grupp", partnership=partnership, subject_kind="group", subject=group)
    with writing(actor=actor, at=at, act=act):
        withdraw(_person(partnership, group, person), at)


def _group(partnership: UUID, group: UUID) -> Group:
    return found(Group.objects.within(partnership).filter(id=group, withdrawn_at=None).first())


def _person(partnership: UUID, group: UUID, person: UUID) -> GroupMember:
    return found(GroupMember.objects.within(partnership).filter(id=person, group_id=group, group__withdrawn_at=None, withdrawn_at=None).first())


def _set_plans(group: Group, wanted: set[UUID]) -> None:
    """Let a group work with exactly these plans. Raises Gone if one is not there."""
    partnership = group.partnership_id
    rows = GroupPlan.objects.within(partnership).filter(group=group)
    there = set(rows.values_list("plan_id", flat=True))
    new = sorted(wanted - there)
    if ActionPlan.objects.within(partnership).filter(id__in=new, withdrawn_at=None).count() != len(new):
        raise Gone
    rows.exclude(plan_id__in=wanted).delete()
    for plan in new:
        GroupPlan.objects.create(id=uuid4(), partnership_id=partnership, organisation_id=group.organisation_id, group=group, plan_id=plan)
