"""When a letter may go out: Swedish working days, outside the quiet hours, not in a pause, and not too often to one person."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from samsyn.chain.public_holidays import is_working_day
from samsyn.chain.wording import in_sweden

DAYS_BETWEEN_LETTERS = 7


def working_days_before(day: date, count: int) -> date:
    """Return the working day that is `count` working days before a day; count 1 or more."""
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def is_quiet(hour: int, quiet_from: int, quiet_to: int) -> bool:
    """Return whether an hour of the clock, 0-23, is within the quiet hours. They may pass midnight; from = to means none."""
    if quiet_from <= quiet_to:
        return quiet_from <= hour < quiet_to
    return hour >= quiet_from or hour < quiet_to


def may_send(at: datetime, quiet_from: int, quiet_to: int, paused_until: date | None, today: date) -> bool:
    """
    Return whether a letter may go out at a moment.

    at            with time zone
    quiet_from    first quiet hour of the Swedish clock, 0-23
    quiet_to      first hour after the quiet ones, 0-23; the same as quiet_from = no quiet hours
    paused_until  nothing goes out before this day; None = no pause
    today         the day in Sweden
    """
    if paused_until is not None and today < paused_until:
        return False
    shown = in_sweden(at)
    return is_working_day(shown.date()) and not is_quiet(shown.hour, quiet_from, quiet_to)


def may_write_to(last_letter_on: date | None, due_tomorrow: bool, today: date) -> bool:
    """
    Return whether a person may get another letter of reminders today.

    last_letter_on  the day of the latest one; None = none yet. A day ahead (a clock that has been set back) counts as far as a day behind
    due_tomorrow    whether something of theirs is due tomorrow: then they may, however often
    """
    return due_tomorrow or last_letter_on is None or abs((today - last_letter_on).days) >= DAYS_BETWEEN_LETTERS
