"""My week as the page shows it: one's own things, what waits for others, the days of the week, and what has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from samsyn.chain.notice_values import Duty
from samsyn.chain.stalling import WEEKDAYS
from samsyn.chain.wording import counted, date_words, in_sweden
from samsyn.flows.week_facts import WeekFacts
from samsyn.records.meeting.reads import MeetingHead
from samsyn.records.outbox.notice_reads import SteeringNotice
from samsyn.records.partnership.reads import Member
from samsyn.web.parts.answering import Tile, tiles
from samsyn.web.parts.duty_lines import address_of, answer_address, is_with, name_of, title_of
from samsyn.web.parts.returning import returning

WORKDAYS = 5
LONGEST_OWN = 240


@dataclass(frozen=True, slots=True)
class OwnLine:
    """Something of one's own: what, where it leads, whole days late, where it is answered, and the five answers."""

    duty: Duty
    text: str
    address: str
    late: int
    answer: str
    tiles: list[Tile]


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day of the week: meetings as (time and group, address), and what is to be ready."""

    title: str
    is_today: bool
    meetings: list[tuple[str, str]]
    due: str


@dataclass(frozen=True, slots=True)
class ListedLine:
    """What stands on the steering group's list."""

    text: str
    address: str
    who: str
    why: str
    since_on: date


def is_own(duty: Duty, member: Member, actions: frozenset[str]) -> bool:
    """
    Whether a duty is a member's own: an action that is tied to their place, or an assignment with their address.

    actions   ids of the actions that are tied to the place
    """
    if duty.kind == "action":
        return duty.id in actions
    return is_with(duty, member)


def own_lines(duties: Iterable[Duty], member: Member, today: date) -> list[OwnLine]:
    """Return one's own things, with answers for each."""
    return [_own(duty, address_of(duty, member), returning(answer_address(duty), reverse("start")), today) for duty in duties]


def _own(duty: Duty, address: str, answer: str, today: date) -> OwnLine:
    late = max((today - duty.due_on).days, 0) if duty.due_on else 0
    return OwnLine(duty, title_of(duty, LONGEST_OWN), address, late, answer, tiles(answer))


def days_of_week(facts: WeekFacts, today: date) -> list[DayLine]:
    """Return the working days of the week that `friday_on` ends, with meetings and what is to be ready."""
    first = facts.friday_on - timedelta(days=WORKDAYS - 1)
    return [_day(first + timedelta(days=n), facts, today) for n in range(WORKDAYS)]


def listed_lines(listed: Iterable[SteeringNotice], duties: Iterable[Duty], member: Member) -> list[ListedLine]:
    """Return the steering group's list, as far as what it is about has not ended."""
    known = {duty.id: duty for duty in duties}
    return [ListedLine(title_of(duty), address_of(duty, member), name_of(duty), one.kind.label, one.since_on)
            for one in listed if (duty := known.get(str(one.subject)))]


def meeting_words(one: MeetingHead) -> str:
    """Return when a meeting is: "måndag 2026-11-30 kl. 13.00"."""
    return f"{WEEKDAYS[one.on.weekday()]} {date_words(one.on)} kl. {_clock(one)}"


def _day(day: date, facts: WeekFacts, today: date) -> DayLine:
    meetings = [(f"{_clock(one)} {one.group_name}", reverse("meeting", args=[one.id])) for one in facts.meetings if one.on == day]
    due = sum(duty.due_on == day for duty in facts.duties)
    words = f"{counted(due, 'sak', 'saker').capitalize()} ska vara {'klar' if due == 1 else 'klara'}" if due else ""
    return DayLine(f"{WEEKDAYS[day.weekday()][:3].capitalize()} {day.day}", day == today, meetings, words)


def _clock(one: MeetingHead) -> str:
    return in_sweden(one.starts_at).strftime("%H.%M")

