"""My week as the page shows it: one's own things, what waits for others, the days of the week, and what has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from samsyn.chain.notice_values import Duty
from samsyn.chain.wording import WEEKDAYS, clock_words, counted, date_words, days_words
from samsyn.flows.week_facts import WeekFacts
from samsyn.records.meeting.reads import MeetingHead
from samsyn.records.outbox.notice_reads import SteeringNotice
from samsyn.records.partnership.reads import Member
from samsyn.web.parts.answering import Tile, tiles
from samsyn.web.parts.duty_lines import address_of, answer_address, is_with, name_of, title_of
from samsyn.web.parts.returning import returning

WORKDAYS = 5
LONGEST_OWN = 240
LONGEST_DUE, MOST_DUE = 60, 3  # characters of what is to be ready on a day, and how many of them have a line


@dataclass(frozen=True, slots=True)
class OwnLine:
    """Something of one's own: what, where it leads, whole days late, where it is answered, the five answers, and what is said of it."""

    duty: Duty
    text: str
    address: str
    late: int
    answer: str
    tiles: list[Tile]
    says: str


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day of the week: meetings as (time and group, address), what is to be ready as (text, address), and how many more there are of that."""

    title: str
    is_today: bool
    meetings: list[tuple[str, str]]
    due: list[tuple[str, str]]
    more: int


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


def own_lines(duties: Iterable[Duty], facts: WeekFacts, member: Member, today: date) -> list[OwnLine]:
    """Return one's own things, with answers for each."""
    stalls = {one.duty.id: one.words for one in facts.friday}
    return [_own(duty, address_of(duty, member), stalls.get(duty.id, ()), today) for duty in duties]


def _own(duty: Duty, address: str, stalls: tuple[str, ...], today: date) -> OwnLine:
    late = max((today - duty.due_on).days, 0) if duty.due_on else 0
    answer = returning(answer_address(duty), reverse("start"))
    return OwnLine(duty, title_of(duty, LONGEST_OWN), address, late, answer, tiles(answer), " ".join([*_due_words(duty, late, stalls), *stalls]))


def _due_words(duty: Duty, late: int, stalls: tuple[str, ...]) -> list[str]:
    """Return when it is due as a sentence; nothing if why it may stall says that already."""
    if duty.due_on is None:
        return ["Inget datum är satt."]
    if late:
        return [f"Skulle vara klar {date_words(duty.due_on)}, för {days_words(late)} sedan."]
    return [] if any("klar" in words for words in stalls) else [f"Ska vara klar {date_words(duty.due_on)}."]


def days_of_week(facts: WeekFacts, member: Member, today: date) -> list[DayLine]:
    """Return the working days of the week that `friday_on` ends, with meetings and what is to be ready."""
    first = facts.friday_on - timedelta(days=WORKDAYS - 1)
    return [_day(first + timedelta(days=n), facts, member, today) for n in range(WORKDAYS)]


def listed_lines(listed: Iterable[SteeringNotice], duties: Iterable[Duty], member: Member) -> list[ListedLine]:
    """Return the steering group's list, as far as what it is about has not ended."""
    known = {duty.id: duty for duty in duties}
    return [ListedLine(title_of(duty), address_of(duty, member), name_of(duty), one.kind.label, one.since_on)
            for one in listed if (duty := known.get(str(one.subject)))]


def meeting_words(one: MeetingHead) -> str:
    """Return when a meeting is: "måndag 2026-11-30 kl. 13.00"."""
    return f"{WEEKDAYS[one.on.weekday()]} {date_words(one.on)} kl. {clock_words(one.starts_at)}"


def week_words(days: Iterable[DayLine]) -> str:
    """Return what the days hold, counted: "Ett möte, två saker ska vara klara"."""
    every = list(days)
    meetings, due = sum(len(day.meetings) for day in every), sum(len(day.due) + day.more for day in every)
    said = [counted(meetings, "möte", "möten", neuter=True)] if meetings else []
    said += [f"{counted(due, 'sak', 'saker')} ska vara {'klar' if due == 1 else 'klara'}"] if due else []
    return ", ".join(said).capitalize() or "Inget inplanerat"


def _day(day: date, facts: WeekFacts, member: Member, today: date) -> DayLine:
    meetings = [(f"{clock_words(one.starts_at)} {one.group_name}", reverse("meeting", args=[one.id])) for one in facts.meetings if one.on == day]
    due = [duty for duty in facts.duties if duty.due_on == day]
    shown = [(title_of(duty, LONGEST_DUE), address_of(duty, member)) for duty in due[:MOST_DUE]]
    return DayLine(f"{WEEKDAYS[day.weekday()][:3].capitalize()} {day.day}", day == today, meetings, shown, len(due) - len(shown))



