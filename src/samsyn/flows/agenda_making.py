"""An agenda made out of what is known of a group's plans, its last meeting and what lies ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from samsyn.chain.agenda import make_agenda
from samsyn.chain.agenda_values import Agenda, AgendaGround, HandedOut, Parked, PlanNow
from samsyn.chain.check import check
from samsyn.chain.choices import Severity
from samsyn.chain.escalation import silent_since
from samsyn.chain.meeting_rhythm import next_meeting_day
from samsyn.chain.meeting_values import Every, LineKind, PointKind
from samsyn.chain.notice_values import Pace
from samsyn.chain.plan import Plan
from samsyn.chain.wording import counted
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.kept_facts import FACTS, latest_change
from samsyn.records.access.writes import writing
from samsyn.records.follow_up.duty_reads import plan_duties
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.meeting import reads
from samsyn.records.meeting.agenda_writes import Refreshed, refresh_points
from samsyn.records.meeting.line_reads import LineHead, answers, assignment, lines
from samsyn.records.meeting.models import Meeting
from samsyn.records.meeting.reads import GroupHead, MeetingHead
from samsyn.records.meeting.writes import plan_meeting
from samsyn.records.outbox.notice_reads import steering_list
from samsyn.records.plan.notice_reads import paces
from samsyn.records.plan.reads import plan_head

LEAST = 5  # minutes that are kept for what the plans ask, however much people have written themselves


def agenda_of(meeting: MeetingHead, today: date) -> Agenda:
    """
    Return what a meeting has to talk about, as it looks today; for a meeting that has been, as it looked on its own day.

    Kept until something changes: the page of a meeting asks each time whether there is anything new.
    """
    return FACTS.get(("agenda", meeting.id, today), latest_change(), lambda: _agenda(meeting, today))


def _agenda(meeting: MeetingHead, today: date) -> Agenda:
    owner = reads.group(meeting.partnership, meeting.group)
    return make_agenda(_ground(meeting, owner, today)) if owner else Agenda(points=(), holds=frozenset())


def bring_up_to_date(*, meeting: MeetingHead, today: date, actor: Actor, at: datetime, once: str = "") -> Refreshed:
    """Fetch new proposals to the agenda of a planned meeting. Raises NotPlanned, Gone, AlreadyDone."""
    return refresh_points(partnership=meeting.partnership, meeting=meeting.id, agenda=agenda_of(meeting, today), actor=actor, at=at, once=once)


def plan_with_agenda(*, partnership: UUID, group: UUID, starts_at: datetime, minutes: int, place: str, today: date, actor: Actor, at: datetime,
                     once: str = "") -> Meeting:
    """Plan a meeting and make its agenda, in one act. Raises Gone, AlreadyDone."""
    act = Act(kind="meeting.planned", words="planerade ett möte", partnership=partnership, subject_kind="group", subject=group, once=once)
    with writing(actor=actor, at=at, act=act):
        made = plan_meeting(partnership=partnership, group=group, starts_at=starts_at, minutes=minutes, place=place, actor=actor, at=at)
        head = reads.meeting_head(partnership, made.id)
        assert head is not None  # it was made just now
        bring_up_to_date(meeting=head, today=today, actor=actor, at=at)
    return made


def suggested_day(group: GroupHead, today: date) -> date:
    """Return the working day on which a group would meet next, by its rhythm and the meetings it has had and planned."""
    ahead = [head.on for head in reads.next_meetings(group.partnership, today, group.id)]
    last = reads.latest_closed(group.partnership, group=group.id)
    return next_meeting_day(group.every, max(ahead, default=last.on if last else None), today)


def _ground(meeting: MeetingHead, group: GroupHead, today: date) -> AgendaGround:
    on = min(today, meeting.on)
    last = reads.latest_closed(group.partnership, meeting.on, group.id)
    others = reads.next_meetings(group.partnership, on)
    own = [head.on for head in others if head.group == group.id and head.starts_at > meeting.starts_at]
    said = sum(point.minutes or 0 for point in reads.points(group.partnership, meeting.id) if point.kind is PointKind.OWN)
    by_rhythm = None if group.every is Every.NONE else next_meeting_day(group.every, meeting.on, meeting.on)
    return AgendaGround(
        group=str(group.id), kind=group.kind, on=on, meets_on=meeting.on, minutes=max(LEAST, meeting.minutes - said), plans=tuple(_plans(group, on)),
        last_id=str(last.id) if last else "", last_on=last.on if last else None, next_on=min(own, default=by_rhythm),
        assignments=tuple(_handed_out(last)) if last else (), stuck=tuple(_stuck(group.partnership)), parked=tuple(_parked(last)) if last else (),
        dates=tuple((head.on, f"{head.group_name} träffas.") for head in others if head.group != group.id))


def _plans(group: GroupHead, on: date) -> Iterator[PlanNow]:
    """Yield the group's plans with what nobody has said anything about, what stands on the list, and what the check says."""
    chosen = reads.plans_of_group(group.partnership, group.id)
    if not chosen:
        return
    pace = paces(group.partnership)
    duties = [duty for duty in plan_duties(group.partnership, on).duties if UUID(duty.plan) in set(chosen)]
    silent = {duty.id: (on - since).days for duty in duties if (since := silent_since(duty, pace.get(duty.plan, Pace()), on))}
    listed = frozenset(str(notice.subject) for notice in steering_list(group.partnership) if notice.subject_kind == "action")
    for plan in chosen:
        head = plan_head(group.partnership, plan)
        if head:
            values = plan_values(head)
            yield PlanNow(values=values, silent=silent, listed=listed, failing=_failing(values, on))


def _failing(values: Plan, on: date) -> tuple[str, ...]:
    return tuple(f"{rule.title}: {counted(len(remarks), 'anmärkning', 'anmärkningar')}." for rule, remarks in check(values, on).remarks_by_rule().items()
                 if rule.severity == Severity.MUST)


def _handed_out(last: MeetingHead) -> Iterator[HandedOut]:
    rows = [line for line in lines(last.partnership, last.id) if line.kind is LineKind.ASSIGNMENT]
    latest = {one.line: one for one in answers(last.partnership, [line.id for line in rows])}
    for line in rows:
        said = latest.get(line.id)
        yield HandedOut(id=str(line.id), text=line.text, owner=line.owner, due_on=line.due_on, done_on=line.done_on, dropped_on=line.dropped_on,
                        answer=said.answer if said else None, words=said.text if said else "")


def _stuck(partnership: UUID) -> Iterator[HandedOut]:
    found = (assignment(partnership, notice.subject) for notice in steering_list(partnership) if notice.subject_kind == "assignment")
    yield from (_open(line) for line in found if line and line.is_open)


def _open(line: LineHead) -> HandedOut:
    return HandedOut(id=str(line.id), text=line.text, owner=line.owner, due_on=line.due_on)


def _parked(last: MeetingHead) -> Iterator[Parked]:
    for point in reads.points(last.partnership, last.id):
        if point.parked_at:
            yield Parked(title=point.title, why=point.why, plan=str(point.plan or ""), subject_kind=point.subject_kind, subject_id=str(point.subject_id or ""))
