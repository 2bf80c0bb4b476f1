"""When a group meets next: the day its rhythm gives, moved to a working day, and what is odd with a moment that somebody has chosen."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from samsyn.chain.meeting_values import Every
from samsyn.chain.public_holidays import SATURDAY, public_holiday, working_day_from
from samsyn.chain.wording import date_words, local_day, sweden

WEEKS = {Every.WEEK: 1, Every.TWO_WEEKS: 2}
MONTHS = {Every.MONTH: 1, Every.TWO_MONTHS: 2, Every.QUARTER: 3, Every.HALF_YEAR: 6}
USUAL_HOURS = range(7, 19)  # the whole hours at which people expect a meeting to begin
USUALLY_AT = time(9, 0)  # when a group meets that has not said


class NoSuchTime(ValueError):
    """The clock is set forward that night: the time does not exist. The message says so in Swedish, with what to write."""


def next_meeting_day(every: Every, last: date | None, today: date) -> date:
    """
    Return the working day on which a group would meet next.

    last     the day it met last; None = it has not met: a week from today
    returns  a day after today, as far from `last` as the rhythm says, on the same weekday if that is a working day,
             otherwise the nearest working day after it. A rhythm that has been broken goes on from where it would have been.
    """
    soonest = today + timedelta(days=1)
    if last is None or every is Every.NONE:
        return working_day_from(today + timedelta(days=7))
    day = _after(every, last)
    while day < soonest:
        day = _after(every, day)
    return working_day_from(day)


def _after(every: Every, day: date) -> date:
    """Return the next day of a rhythm: so many weeks on, or so many months on with the same weekday of the month."""
    if every in WEEKS:
        return day + timedelta(weeks=WEEKS[every])
    year, month = divmod(day.year * 12 + day.month - 1 + MONTHS[every], 12)
    return _weekday_of_month(year, month + 1, day.weekday(), (day.day - 1) // 7)


def _weekday_of_month(year: int, month: int, weekday: int, place: int) -> date:
    """Return the weekday of a month: place 0 is the first Monday, 4 the fifth, or the last where there is no fifth."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * place)
    return day if day.month == month else day - timedelta(days=7)


def swedish_moment(day: date, clock: time) -> datetime:
    """
    Return the moment when Swedish clocks show a time on a day. A time that comes twice is the first of the two.

    raises   NoSuchTime   if the clock is set forward past it
    """
    moment = datetime.combine(day, clock, sweden())
    if moment.astimezone(UTC).astimezone(sweden()).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise NoSuchTime(f"Klockan {clock:%H.%M} finns inte den {date_words(day)}: då ställs klockan fram till sommartid. Skriv en annan tid.")
    return moment


def oddities(starts_at: datetime, now: datetime) -> tuple[str, ...]:
    """Return kind Swedish sentences about what is unusual with the moment of a meeting; it may be meant all the same."""
    day, clock = local_day(starts_at), starts_at.astimezone(sweden())
    said = []
    if starts_at < now:
        said.append("Tiden har redan varit. Det går bra om ni skriver in ett möte i efterhand.")
    if holiday := public_holiday(day):
        said.append(f"{date_words(day)} är {holiday}, en helgdag.")
    elif day.weekday() >= SATURDAY:
        said.append(f"{date_words(day)} är en {('lördag', 'söndag')[day.weekday() - SATURDAY]}.")
    if clock.hour not in USUAL_HOURS:
        said.append(f"Mötet börjar klockan {clock:%H.%M}. Stämmer det?")
    return tuple(said)
