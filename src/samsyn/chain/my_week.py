"""
My week: what somebody should do now, what waits for others, and what has changed. Plain values; the page gives them addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from samsyn.chain.choices import Choice
from samsyn.chain.escalation import silent_since
from samsyn.chain.notice_values import Duty, Pace
from samsyn.chain.stalling import is_late
from samsyn.chain.wording import count_words, counted, local_day

MOST_TODO = 7
MOST_LINES_A_DAY = 5
MOST_DAYS = 7
NO_VISIT = timedelta(days=7)
NEW_VISIT = timedelta(hours=6)  # a pause that makes it another visit


class TodoKind(Choice):
    """What somebody is asked to do, in order of urgency: where a person waits, then where a day is near, then the plan itself."""

    HELP = "help", "Någon behöver hjälp"
    PROPOSED_DATE = "proposed_date", "Nytt datum föreslaget"
    FAILED_LETTER = "failed_letter", "Gick inte att skicka"
    SEND_AGENDA = "send_agenda", "Kallelse"
    LETTER = "letter", "Utskick"
    MUST_MEND = "must_mend", "Måste rättas"
    NO_MEETING = "no_meeting", "Beslut utan möte"
    FILE = "file", "Fil som väntar"
    MEND = "mend", "Rätta"


URGENCY = {kind: place for place, kind in enumerate(TodoKind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """
    One thing to do.

    key    what the page finds its address by: an id, or "" for a page of its own
    plan   id of its plan, or ""
    on     the day it is about, if there is one: an earlier day is more urgent among things of the same kind
    """

    kind: TodoKind
    title: str
    why: str
    key: str = ""
    plan: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """How many reminders about something have gone out, and when the last one did."""

    count: int
    last_on: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    Something that waits for somebody.

    since_on    since when: its due day if that has passed, otherwise the last day anything was heard of it
    days_late   whole days since its due day; 0 = it is not late but silent
    sent        what has been sent about it; None = nothing
    """

    duty: Duty
    since_on: date
    days_late: int
    sent: Sent | None


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did, as the log says it: "stämde av"."""

    at: datetime
    by: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class DayOfChanges:
    """What was done on a day: (who, words), the latest first; what has no room is counted in `more`."""

    on: date
    lines: tuple[tuple[str, str], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """
    When somebody was here.

    since   from when changes are news to them
    seen    the moment of this visit
    """

    since: datetime
    seen: datetime


def most_urgent(todos: Iterable[Todo]) -> tuple[Todo, ...]:
    """Return what to do, the most urgent first."""
    return tuple(sorted(todos, key=lambda todo: (URGENCY[todo.kind], todo.on or date.max)))


def waiting_for(duties: Iterable[Duty], paces: Mapping[str, Pace], sent: Mapping[str, Sent], today: date) -> tuple[Waiting, ...]:
    """
    Return what is late or silent, the latest first, then those that have been silent for longest.

    sent   subject -> what has been sent about it
    """
    found = [one for duty in duties if (one := _waiting(duty, paces.get(duty.plan, Pace()), sent.get(duty.id), today))]
    return tuple(sorted(found, key=lambda one: (-one.days_late, one.since_on, one.duty.number)))


def _waiting(duty: Duty, pace: Pace, sent: Sent | None, today: date) -> Waiting | None:
    if duty.due_on and is_late(duty, today):
        return Waiting(duty, duty.due_on, (today - duty.due_on).days, sent)
    silent = silent_since(duty, pace, today)
    return Waiting(duty, silent, 0, sent) if silent else None


def in_order(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Return somebody's own duties: the first due first, those without a day last."""
    return tuple(sorted(duties, key=lambda duty: (duty.due_on or date.max, duty.number, duty.id)))


def changes_by_day(done: Iterable[Done]) -> tuple[DayOfChanges, ...]:
    """Return what was done, a group for each day, the latest first: what one person did of one kind is one line, and a day is at most five."""
    days: dict[date, dict[tuple[str, str], list[Done]]] = {}
    for one in sorted(done, key=lambda one: one.at, reverse=True):
        days.setdefault(local_day(one.at), {}).setdefault((one.by, one.kind), []).append(one)
    return tuple(_day(day, list(groups.values())) for day, groups in list(days.items())[:MOST_DAYS])


def _day(day: date, groups: list[list[Done]]) -> DayOfChanges:
    lines = tuple((own[0].by, _together(own)) for own in groups[:MOST_LINES_A_DAY])
    return DayOfChanges(day, lines, sum(len(own) for own in groups[MOST_LINES_A_DAY:]))


def _together(own: list[Done]) -> str:
    """Return one act as it is said; several with how many: "stämde av, tre gånger", "lade till åtgärden Vandra, och två till"."""
    words, count = own[0].words, len(own)
    if count == 1:
        return words
    return f"{words}, {count_words(count)} gånger" if len({one.words for one in own}) == 1 else f"{words}, och {count_words(count - 1)} till"


def visit(before: Visit | None, at: datetime) -> Visit:
    """
    Return this visit, after the one before. Without one the last seven days are news.

    The same visit goes on until there has been a pause of six hours: a page that is looked at again shows the same news.
    """
    if before is None or before.seen > at or before.since > before.seen:
        return Visit(at - NO_VISIT, at)
    return Visit(before.seen if at - before.seen >= NEW_VISIT else before.since, at)


def lead_words(todo: int, then: str = "") -> str:
    """Return the sentence under the greeting: how many things wait for somebody, or that nothing does, and what more there is to say."""
    first = f"{counted(todo, 'sak', 'saker').capitalize()} väntar på dig." if todo else "Inget väntar på dig."
    return f"{first} {then}".rstrip()


def week_ahead_words(friday: int, waiting: int) -> str:
    """Return what a coordinator's week holds besides: what may go wrong by Friday, else what is late or silent, else nothing. Both are counts."""
    if friday:
        return f"{counted(friday, 'sak', 'saker').capitalize()} kan gå fel till fredag."
    return f"{counted(waiting, 'annan sak', 'andra saker').capitalize()} är {'sen eller tyst' if waiting == 1 else 'sena eller tysta'}." if waiting else ""


def nothing_wrong_words(due: int, late: int, own: int) -> str:
    """
    Return why nothing stands among what may go wrong by Friday, and no more than is true.

    due    how many things are to be ready by Friday
    late   how many are late already
    own    how many may go wrong but stand among one's own
    """
    if own:
        return f"Inget mer än {'det' if own == 1 else 'de saker'} som står bland dina åtgärder."
    if late:
        return "Inget mer än det som redan är sent."
    ready = "Det som ska vara klart till fredag är påbörjat" if due else "Inget ska vara klart till fredag"
    return f"Inget som Samsyn kan se. {ready}, och ingen har varit tyst för länge."


def waits_words(waiting: Iterable[Waiting]) -> str:
    """Return how many are late and how many silent: "Två är sena, en är tyst"; "Inget" if there are none."""
    every = list(waiting)
    late = sum(one.days_late > 0 for one in every)
    silent = len(every) - late
    said = [f"{count_words(count)} är {one if count == 1 else many}" for count, one, many in ((late, "sen", "sena"), (silent, "tyst", "tysta")) if count]
    return ", ".join(said).capitalize() or "Inget"
