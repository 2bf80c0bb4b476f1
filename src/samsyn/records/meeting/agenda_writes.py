"""Bringing an agenda up to what is true now, without touching what people have written and without bringing back what they took away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from samsyn.chain.agenda_values import Agenda, Key, ProposedPoint, point_key
from samsyn.chain.meeting_values import PointKind
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import take_up, withdraw, writing
from samsyn.records.meeting.models import AgendaPoint, Meeting
from samsyn.records.meeting.revision_writes import bump
from samsyn.records.meeting.writes import planned, set_places

MADE = ("kind", "title", "why", "minutes", "plan_id")  # what is made anew while nobody has changed a word of it
EARLY = (PointKind.SINCE_LAST, PointKind.DECISION_ASKED, PointKind.NEXT_TIME)  # what a meeting begins with, also when it comes late to the agenda


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many points came, were made anew, and went because they are no longer true."""

    added: int
    changed: int
    gone: int


def refresh_points(*, partnership: UUID, meeting: UUID, agenda: Agenda, actor: Actor, at: datetime, once: str = "") -> Refreshed:
    """
    Bring the agenda of a planned meeting up to a newly made one.

    New points come after those that stand, except what a meeting begins with. A point that somebody has removed does not come
    back; one that somebody has changed stays as it is; one that made itself is made anew, or goes when it is no longer true.
    raises   NotPlanned, Gone, AlreadyDone
    """
    act = Act(kind="agenda.refreshed", words="hämtade förslag till dagordningen", partnership=partnership, subject_kind="meeting", subject=meeting,
              once=once)
    with writing(actor=actor, at=at, act=act):
        owner = planned(partnership, meeting)
        rows = list(AgendaPoint.objects.within(partnership).filter(meeting=owner).order_by("position", "id"))
        known = {_key(row): row for row in sorted(rows, key=lambda row: row.withdrawn_at is None)}  # the one that stands counts before one that went
        new = [point for point in agenda.points if point.key not in known]
        changed = sum(_made_anew(known[point.key], point) for point in agenda.points if point.key in known)
        back = [known[point.key] for point in agenda.points if point.key in known and _went_by_itself(known[point.key])]
        for row in back:
            take_up(row)
        gone = [row for row in rows if row.withdrawn_at is None and row.is_as_proposed and _key(row) not in agenda.holds]
        for row in gone:
            withdraw(row, at)
        _place(rows, [_row(owner, point) for point in new])
        bump(partnership, meeting)
    return Refreshed(len(new) + len(back), changed, len(gone))


def _made_anew(row: AgendaPoint, point: ProposedPoint) -> bool:
    """Give a point that nobody has touched the words it would get today. Returns whether any differed. A removed one is left as it was."""
    if not row.is_as_proposed or row.removed_by:
        return False
    wanted = _values(point)
    differ = [name for name in MADE if getattr(row, name) != wanted[name]]
    if not differ:
        return False
    for name in differ:
        setattr(row, name, wanted[name])
    row.version += 1
    row.save(update_fields=[*("plan" if name == "plan_id" else name for name in differ), "version"])
    return row.withdrawn_at is None


def _went_by_itself(row: AgendaPoint) -> bool:
    return row.withdrawn_at is not None and not row.removed_by and row.is_as_proposed


def _place(rows: Sequence[AgendaPoint], new: Sequence[AgendaPoint]) -> None:
    """Save new points where they belong among those that stand."""
    stand = [row for row in rows if row.withdrawn_at is None]
    early = [row for row in new if row.kind in EARLY]
    first = next((i for i, row in enumerate(stand) if row.kind not in EARLY), len(stand))
    order = [*stand[:first], *early, *stand[first:], *(row for row in new if row.kind not in EARLY)]
    for place, row in enumerate(order, start=1):
        if row in new:
            row.position = place
    AgendaPoint.objects.bulk_create(list(new))
    set_places(order)


def _row(meeting: Meeting, point: ProposedPoint) -> AgendaPoint:
    return AgendaPoint(id=uuid4(), partnership_id=meeting.partnership_id, organisation_id=meeting.organisation_id, meeting=meeting, position=0,
                       subject_kind=point.subject_kind, subject_id=UUID(point.subject_id) if point.subject_id else None, is_as_proposed=True,
                       **_values(point))


def _values(point: ProposedPoint) -> dict[str, object]:
    return {"kind": point.kind, "title": point.title, "why": point.why, "minutes": point.minutes, "plan_id": UUID(point.plan) if point.plan else None}


def _key(row: AgendaPoint) -> Key:
    return point_key(PointKind(row.kind), row.subject_kind, str(row.subject_id or ""), row.title)
