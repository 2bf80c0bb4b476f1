"""Questions about groups, their people, their meetings and what is to be talked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from samsyn.chain.agenda_values import Key, point_key
from samsyn.chain.field import fields_of
from samsyn.chain.meeting_rows import GroupWords, MeetingWords, PersonWords, PointWords
from samsyn.chain.meeting_values import Every, GroupKind, MeetingState, PointKind
from samsyn.chain.swedish import sort_key
from samsyn.chain.wording import local_day, sweden
from samsyn.records.follow_up.reads import EditableRow
from samsyn.records.meeting.models import AgendaPoint, Group, GroupMember, GroupPlan, Meeting

AHEAD = (MeetingState.PLANNED, MeetingState.LIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupHead:
    """A group without its people. `starts_at` is the Swedish clock; None = nobody has said."""

    id: UUID
    partnership: UUID
    organisation: UUID
    name: str
    kind: GroupKind
    purpose: str
    every: Every
    starts_at: time | None
    minutes: int
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPerson:
    """Somebody in a group. `member` is their place in the partnership, None for somebody without an account."""

    id: UUID
    group: UUID
    name: str
    position: str
    organisation_name: str
    email: str
    member: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingHead:
    """
    A meeting without what is said in it.

    invited_at   when the invitation that still holds went out; None if none has, or if the meeting has changed since
    was_invited  whether an invitation has ever gone out
    """

    id: UUID
    partnership: UUID
    organisation: UUID
    group: UUID
    group_name: str
    kind: GroupKind
    starts_at: datetime
    minutes: int
    place: str
    state: MeetingState
    sequence: int
    revision: int
    invited_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    closed_by: str
    current: UUID | None

    @property
    def on(self) -> date:
        """The day in Sweden."""
        return local_day(self.starts_at)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def was_invited(self) -> bool:
        return self.invited_at is not None or self.sequence > 0

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to be held, or is being held."""
        return self.state in AHEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPoint:
    """A point of a meeting's agenda. `is_as_proposed` = made by itself, and nobody has changed its words."""

    id: UUID
    meeting: UUID
    position: int
    kind: PointKind
    title: str
    why: str
    minutes: int | None
    plan: UUID | None
    subject_kind: str
    subject_id: UUID | None
    is_as_proposed: bool
    done_at: datetime | None
    parked_at: datetime | None

    @property
    def key(self) -> Key:
        return point_key(self.kind, self.subject_kind, str(self.subject_id or ""), self.title)


def groups(partnership: UUID) -> tuple[GroupHead, ...]:
    """Return every group, in Swedish order."""
    rows = Group.objects.within(partnership).filter(withdrawn_at=None)
    return tuple(sorted((_group(row) for row in rows), key=lambda head: sort_key(head.name)))


def group(partnership: UUID, group: UUID) -> GroupHead | None:
    """Return a group, or None if the partnership has no such group."""
    row = Group.objects.within(partnership).filter(id=group, withdrawn_at=None).first()
    return _group(row) if row else None


def people(partnership: UUID, group: UUID) -> tuple[GroupPerson, ...]:
    """Return those who are in a group now, in Swedish order."""
    rows = GroupMember.objects.within(partnership).filter(group_id=group, withdrawn_at=None)
    return tuple(sorted((_person(row) for row in rows), key=lambda one: sort_key(one.name)))


def people_by_group(partnership: UUID) -> dict[UUID, tuple[GroupPerson, ...]]:
    """Return group -> those who are in it now, in Swedish order, in one query."""
    found: dict[UUID, list[GroupPerson]] = {}
    for row in GroupMember.objects.within(partnership).filter(withdrawn_at=None, group__withdrawn_at=None):
        found.setdefault(row.group_id, []).append(_person(row))
    return {key: tuple(sorted(rows, key=lambda one: sort_key(one.name))) for key, rows in found.items()}


def plans_of_group(partnership: UUID, group: UUID) -> tuple[UUID, ...]:
    """Return the ids of the plans that a group works with."""
    return tuple(GroupPlan.objects.within(partnership).filter(group_id=group, plan__withdrawn_at=None).order_by("plan__name").values_list("plan_id", flat=True))


def meeting_head(partnership: UUID, meeting: UUID) -> MeetingHead | None:
    """Return a meeting, or None if the partnership has no such meeting."""
    row = _meetings(partnership).filter(id=meeting).first()
    return _meeting(row) if row else None


def meetings(partnership: UUID, group: UUID | None = None) -> tuple[MeetingHead, ...]:
    """Return every meeting, of one group or of all, newest first."""
    rows = _meetings(partnership).order_by("-starts_at", "id")
    return tuple(_meeting(row) for row in (rows.filter(group_id=group) if group else rows))


def next_meetings(partnership: UUID, on_or_after: date, group: UUID | None = None) -> tuple[MeetingHead, ...]:
    """Return the meetings that are planned or under way from a Swedish day on, soonest first."""
    rows = _meetings(partnership).filter(state__in=AHEAD, starts_at__gte=_midnight(on_or_after)).order_by("starts_at", "id")
    return tuple(_meeting(row) for row in (rows.filter(group_id=group) if group else rows))


def meeting_after(head: MeetingHead) -> MeetingHead | None:
    """Return the next meeting of the same group that begins after a meeting, None if none is planned."""
    return next((one for one in next_meetings(head.partnership, head.on, head.group) if one.id != head.id and one.starts_at > head.starts_at), None)


def latest_closed(partnership: UUID, before: date | None = None, group: UUID | None = None) -> MeetingHead | None:
    """Return the latest meeting that has been held and closed, of a group or of any, begun before a Swedish day; None if there is none."""
    rows = _meetings(partnership).filter(state=MeetingState.CLOSED)
    if before:
        rows = rows.filter(starts_at__lt=_midnight(before))
    row = (rows.filter(group_id=group) if group else rows).order_by("-starts_at", "id").first()
    return _meeting(row) if row else None


def points(partnership: UUID, meeting: UUID) -> tuple[MeetingPoint, ...]:
    """Return the points of a meeting's agenda, in their order."""
    rows = AgendaPoint.objects.within(partnership).filter(meeting_id=meeting, withdrawn_at=None).order_by("position", "id")
    return tuple(_point(row) for row in rows)


def removed_points(partnership: UUID, meeting: UUID) -> tuple[MeetingPoint, ...]:
    """Return the points that somebody has taken off the agenda, the latest first."""
    rows = AgendaPoint.objects.within(partnership).filter(meeting_id=meeting, withdrawn_at__isnull=False).exclude(removed_by="")
    return tuple(_point(row) for row in rows.order_by("-withdrawn_at", "id"))


def is_removed(partnership: UUID, meeting: UUID, point: UUID) -> bool:
    """Whether a point was on a meeting's agenda and no longer is."""
    return bool(AgendaPoint.objects.within(partnership).filter(meeting_id=meeting, id=point, withdrawn_at__isnull=False).exists())


def has_left(partnership: UUID, group: UUID, person: UUID) -> bool:
    """Whether somebody was in a group and no longer is."""
    return bool(GroupMember.objects.within(partnership).filter(group_id=group, id=person, withdrawn_at__isnull=False).exists())


def editable_group(head: GroupHead) -> EditableRow:
    """Return a group as its form needs it, with the plans it works with."""
    row = Group.objects.within(head.partnership).get(id=head.id)
    plans = tuple(sorted(str(plan) for plan in plans_of_group(head.partnership, head.id)))
    return _editable(row, "group", GroupWords, starts_at=row.starts_at, plans=plans)


def editable_person(partnership: UUID, group: UUID, person: UUID) -> EditableRow | None:
    """Return somebody in a group as the form needs it."""
    row = GroupMember.objects.within(partnership).filter(group_id=group, id=person, withdrawn_at=None).first()
    return _editable(row, "group_member", PersonWords) if row else None


def editable_meeting(head: MeetingHead) -> EditableRow:
    """Return a meeting as its form needs it."""
    row = Meeting.objects.within(head.partnership).get(id=head.id)
    return _editable(row, "meeting", MeetingWords, starts_at=row.starts_at)


def editable_point(partnership: UUID, meeting: UUID, point: UUID) -> EditableRow | None:
    """Return a point as its form needs it."""
    row = AgendaPoint.objects.within(partnership).filter(meeting_id=meeting, id=point, withdrawn_at=None).first()
    return _editable(row, "point", PointWords) if row else None


def _editable(row: Any, kind: str, words: type, **more: Any) -> EditableRow:
    values = {name: getattr(row, name) for name in fields_of(words)}
    return EditableRow(row.id, kind, {**values, **more}, row.version, "", None)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), sweden())


def _meetings(partnership: UUID) -> Any:
    return Meeting.objects.within(partnership).filter(withdrawn_at=None).select_related("group")


def _group(row: Group) -> GroupHead:
    return GroupHead(
        id=row.id, partnership=row.partnership_id, organisation=row.organisation_id, name=row.name, kind=GroupKind(row.kind), purpose=row.purpose,
        every=Every(row.every), starts_at=row.starts_at, minutes=row.minutes, place=row.place)


def _person(row: GroupMember) -> GroupPerson:
    return GroupPerson(id=row.id, group=row.group_id, name=row.name, position=row.position, organisation_name=row.organisation_name, email=row.email,
                       member=row.member_id)


def _meeting(row: Meeting) -> MeetingHead:
    return MeetingHead(
        id=row.id, partnership=row.partnership_id, organisation=row.organisation_id, group=row.group_id, group_name=row.group.name,
        kind=GroupKind(row.group.kind), starts_at=row.starts_at, minutes=row.minutes, place=row.place, state=MeetingState(row.state),
        sequence=row.sequence, revision=row.revision, invited_at=row.invited_at, opened_at=row.opened_at, closed_at=row.closed_at,
        closed_by=row.closed_by, current=row.current_id)


def _point(row: AgendaPoint) -> MeetingPoint:
    return MeetingPoint(
        id=row.id, meeting=row.meeting_id, position=row.position, kind=PointKind(row.kind), title=row.title, why=row.why, minutes=row.minutes,
        plan=row.plan_id, subject_kind=row.subject_kind, subject_id=row.subject_id, is_as_proposed=row.is_as_proposed, done_at=row.done_at,
        parked_at=row.parked_at)
