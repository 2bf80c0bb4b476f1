"""What is about to stall: never started though it is due soon, silent, or waiting for something that is not ready. Seen before it is late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from samsyn.chain.choices import Choice, Implementation
from samsyn.chain.escalation import silent_since
from samsyn.chain.notice_values import Duty, Pace
from samsyn.chain.wording import WEEKDAYS, clipped, counted, date_words, days_words, listed

FRIDAY = 4
MOST_NAMED = 2  # of those waited for, in one sentence


class StallKind(Choice):
    """Why something may stall."""

    NEVER_STARTED = "never_started", "Inte påbörjad"
    WAITS = "waits", "Väntar på annat"
    SILENT = "silent", "Tyst"


@dataclass(frozen=True, slots=True)
class Stall:
    """
    A duty that is about to stall.

    on       the day it is about: when it is due, is to begin, or has been silent for as long as its plan allows
    kinds    at least one, the heaviest first
    words    a Swedish sentence for each of them
    """

    duty: Duty
    on: date
    kinds: tuple[StallKind, ...]
    words: tuple[str, ...]


def friday_of(today: date) -> date:
    """Return the Friday that a week's work ends on: this week's, on a Saturday or Sunday the next."""
    return today + timedelta(days=(FRIDAY - today.weekday()) % 7)


def stalls_by(duties: Iterable[Duty], paces: Mapping[str, Pace], today: date, until: date | None = None) -> tuple[Stall, ...]:
    """
    Return what is about to stall: what has a day ahead of it before what is only silent, and then the first day first.

    What is late already is not about to: it is left out.

    paces   plan -> its pace; the default for a plan that has none
    until   the last day that is looked at; None = as far ahead as each plan's pace looks
    """
    every = list(duties)
    texts = {duty.id: duty for duty in every}
    found = (_stall(duty, paces.get(duty.plan, Pace()), texts, today, until) for duty in every)
    return tuple(sorted((one for one in found if one), key=lambda stall: (stall.kinds[0] is StallKind.SILENT, stall.on, stall.duty.id)))


def is_late(duty: Duty, today: date) -> bool:
    """Return whether its due day has passed."""
    return duty.due_on is not None and duty.due_on < today


def _stall(duty: Duty, pace: Pace, others: Mapping[str, Duty], today: date, until: date | None) -> Stall | None:
    if is_late(duty, today):
        return None
    last = until or today + timedelta(days=pace.due_soon_days)
    days: list[date] = []
    said: dict[StallKind, str] = {}
    is_due = duty.due_on is not None and duty.due_on <= last
    is_started = duty.how_far not in (None, Implementation.NOT_STARTED)
    if is_due and not is_started:
        said[StallKind.NEVER_STARTED] = f"Ska vara klar {_when(duty.due_on, today)} men är inte påbörjad."
        days.append(duty.due_on or last)
    begins = not is_started and duty.start_on is not None and today <= duty.start_on <= last
    if duty.waits_for and (is_due or begins):
        on = duty.due_on if is_due and duty.due_on else duty.start_on or last
        what = "vara klar" if is_due else "börja"
        said[StallKind.WAITS] = f"Ska {what} {_when(on, today)} men väntar på {_names(duty.waits_for, others)}."
        days.append(on)
    silent = silent_since(duty, pace, last)
    if silent is not None and silent <= today:
        said[StallKind.SILENT] = _silence(duty, today)
        days.append(silent + timedelta(days=pace.silent_days))
    return Stall(duty, min(days), tuple(said), tuple(said.values())) if said else None


def _silence(duty: Duty, today: date) -> str:
    if duty.last_sign_on is None:
        return "Ingen har sagt något om den än."
    gone = (today - duty.last_sign_on).days
    return f"Ingen har sagt något på {days_words(gone)}, sedan {date_words(duty.last_sign_on)}."


def _when(day: date | None, today: date) -> str:
    """Return a day near at hand as one says it: "i dag", "på fredag 2026-11-27"."""
    if day is None:
        return ""
    ahead = (day - today).days
    if ahead == 0:
        return "i dag"
    if ahead == 1:
        return f"i morgon, {date_words(day)},"
    return f"{WEEKDAYS[day.weekday()]} {date_words(day)}" if ahead < 7 else date_words(day)


def _names(ids: tuple[str, ...], others: Mapping[str, Duty]) -> str:
    """Return what is waited for by number and name, the rest counted. What is in no list has no name here."""
    named = [f"”{clipped(f'{others[one].number} {others[one].text}'.strip(), 60)}”" for one in ids if one in others]
    shown = named[:MOST_NAMED]
    left = len(ids) - len(shown)
    if left:
        shown.append(f"{counted(left, 'åtgärd', 'åtgärder')} till" if shown else counted(left, "annan åtgärd", "andra åtgärder"))
    return listed(shown)
