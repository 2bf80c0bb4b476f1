"""
What somebody is to be told today, derived from everything that is known. Nothing is remembered here.

What is returned is what is TRUE today, also what has been told already: the key of each (kind, level, subject, person,
period) makes it be told once. So the same morning twice gives the same, and a missed night loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from samsyn.chain.choices import Implementation
from samsyn.chain.escalation import STEPS, STEPS_OF_NOBODY, level_now, overdue_since, silent_since
from samsyn.chain.notice_people import People
from samsyn.chain.notice_values import (
    STEERING_NAME, DueNotice, Duty, Ended, Everything, Gathering, Level, NoticeKind, Pace, Person, SteeringDay, ToldAs,
)
from samsyn.chain.sending_time import working_days_before

BEFORE_MEETING_DAYS = 3
AFTER_MEETING_DAYS = 7
STEERING_DATE_DAYS = 14

ToldDays = dict[tuple[NoticeKind, str, str], dict[Level, date]]
To = tuple[Person, ToldAs]


def derive(everything: Everything, today: date) -> tuple[DueNotice, ...]:
    """
    Return every notice that is true today, in the order of what it is about; no two with the same key.

    Nothing about a plan that is paused; nothing at all while the partnership is.
    """
    if everything.paused_until is not None and today < everything.paused_until:
        return ()
    people, told = People(everything, today), _told_days(everything)
    found: dict[tuple[str, ...], DueNotice] = {}
    for notice in _all(everything, people, told, today):
        if not _is_paused(everything, notice.plan, today):
            found.setdefault((notice.kind, notice.level, notice.subject, notice.person.key, notice.period), notice)
    return tuple(found.values())


def _all(everything: Everything, people: People, told: ToldDays, today: date) -> Iterator[DueNotice]:
    for duty in everything.duties:
        pace = everything.paces.get(duty.plan, Pace())
        yield from _asked(duty, pace, people, told, today)
        yield from _dated(duty, pace, people, today)
    for ended in everything.ended:
        yield from _effect(ended, people, today)
    for gathering in everything.gatherings:
        yield from _before(gathering, people, today)
    for day in everything.steering_days:
        yield from _steering(day, people, today)


def _asked(duty: Duty, pace: Pace, people: People, told: ToldDays, today: date) -> Iterator[DueNotice]:
    """Ask about what is late or silent, one of the two: silence that has been asked about goes on, step by step, also past the due day."""
    silent = silent_since(duty, pace, today)
    if silent is not None and (NoticeKind.SILENT, duty.id, silent.isoformat()) in told:
        yield from _escalated(NoticeKind.SILENT, duty, silent, silent, pace, people, told, today)
    elif duty.due_on is not None and duty.due_on < today:
        late = overdue_since(duty, pace, today)
        if late is not None:
            yield from _escalated(NoticeKind.OVERDUE, duty, late, duty.due_on, pace, people, told, today)
    elif silent is not None:
        yield from _escalated(NoticeKind.SILENT, duty, silent, silent, pace, people, told, today)


def _escalated(kind: NoticeKind, duty: Duty, since: date, about_on: date, pace: Pace, people: People, told: ToldDays,
               today: date) -> Iterator[DueNotice]:
    is_anybodys = duty.responsible is not None or duty.contact is not None
    period = since.isoformat()
    level = level_now(STEPS if is_anybodys else STEPS_OF_NOBODY, told.get((kind, duty.id, period), {}),
                      days_between=pace.days_between, paused_until=pace.paused_until, today=today)
    yield from _of_duty(kind, level, duty, period, about_on, _people_of(level, duty, people))


def _people_of(level: Level, duty: Duty, people: People) -> Sequence[To]:
    match level:
        case Level.STEERING:
            return ((Person(STEERING_NAME), ToldAs.LIST),)
        case Level.COORDINATOR:
            return people.coordinators()
        case Level.REMINDER:
            return (*people.owner(duty), *people.contact(duty))
    return people.owner(duty)


def _dated(duty: Duty, pace: Pace, people: People, today: date) -> Iterator[DueNotice]:
    """Yield what a duty's own days say: soon due, free to start, others wait, just handed out."""
    owner = people.owner(duty)
    horizon = today + timedelta(days=pace.due_soon_days)
    if duty.due_on is not None and duty.due_on <= horizon:
        due = duty.due_on.isoformat()
        if duty.due_on >= today:
            yield from _of_duty(NoticeKind.DUE_SOON, Level.NUDGE, duty, due, duty.due_on, owner)
        if duty.waited_by:
            yield from _of_duty(NoticeKind.BLOCKS_OTHERS, Level.NUDGE, duty, due, duty.due_on, owner)
    if duty.freed_on is not None and duty.freed_on <= today and not duty.waits_for and duty.how_far in (None, Implementation.NOT_STARTED):
        yield from _of_duty(NoticeKind.FREE_NOW, Level.NUDGE, duty, duty.freed_on.isoformat(), duty.freed_on, owner)
    if duty.kind == "assignment" and duty.last_sign_on is None and 1 <= (today - duty.made_on).days <= AFTER_MEETING_DAYS:
        yield from _of_duty(NoticeKind.AFTER_MEETING, Level.NUDGE, duty, duty.made_on.isoformat(), duty.made_on, owner)


def _effect(ended: Ended, people: People, today: date) -> Iterator[DueNotice]:
    if ended.effect_from is not None and ended.effect_from <= today and not ended.has_result:
        yield from _told_to(people.coordinators(), NoticeKind.EFFECT_EXPECTED, "action", ended.id, ended.plan, ended.effect_from)


def _before(gathering: Gathering, people: People, today: date) -> Iterator[DueNotice]:
    is_near = working_days_before(gathering.on, BEFORE_MEETING_DAYS) <= today <= gathering.on
    if is_near and gathering.closed_on is None:
        yield from _told_to(people.members(gathering.people), NoticeKind.BEFORE_MEETING, "meeting", gathering.id, "", gathering.on)


def _steering(day: SteeringDay, people: People, today: date) -> Iterator[DueNotice]:
    if day.on - timedelta(days=STEERING_DATE_DAYS) <= today <= day.on:
        yield from _told_to(people.coordinators(), NoticeKind.STEERING_DATE, "plan", day.plan, day.plan, day.on)


def _of_duty(kind: NoticeKind, level: Level, duty: Duty, period: str, about_on: date, to: Iterable[To]) -> Iterator[DueNotice]:
    for person, told_as in to:
        yield DueNotice(kind=kind, level=level, subject_kind=duty.kind, subject=duty.id, plan=duty.plan, person=person, period=period,
                        about_on=about_on, told_as=told_as)


def _told_to(to: Iterable[To], kind: NoticeKind, subject_kind: str, subject: str, plan: str, on: date) -> Iterator[DueNotice]:
    for person, told_as in to:
        yield DueNotice(kind=kind, level=Level.NUDGE, subject_kind=subject_kind, subject=subject, plan=plan, person=person,
                        period=on.isoformat(), about_on=on, told_as=told_as)


def _told_days(everything: Everything) -> ToldDays:
    """Return the latest day of each step of each reason; of several people told on the same step, the last."""
    days: ToldDays = {}
    for one in everything.told:
        of_reason = days.setdefault((one.kind, one.subject, one.period), {})
        of_reason[one.level] = max(one.on, of_reason.get(one.level, one.on))
    return days


def _is_paused(everything: Everything, plan: str, today: date) -> bool:
    until = everything.paces[plan].paused_until if plan in everything.paces else None
    return until is not None and today < until
