"""The next meeting falls on a working day in the group's own rhythm; a moment that cannot be, or is odd, is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from samsyn.chain.public_holidays import is_working_day
from samsyn.chain.meeting_rhythm import NoSuchTime, next_meeting_day, oddities, swedish_moment
from samsyn.chain.meeting_values import Every
from samsyn.chain.wording import in_sweden


@pytest.mark.parametrize(("every", "last", "today", "expected"), [
    (Every.WEEK, date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 30)),
    (Every.TWO_WEEKS, date(2026, 11, 23), date(2026, 11, 23), date(2026, 12, 7)),
    (Every.MONTH, date(2026, 11, 10), date(2026, 11, 23), date(2026, 12, 8)),  # the second Tuesday
    (Every.QUARTER, date(2026, 10, 29), date(2026, 11, 1), date(2027, 1, 28)),  # the fifth Thursday: January has four
    (Every.HALF_YEAR, date(2026, 6, 3), date(2026, 6, 4), date(2026, 12, 2)),
    (Every.TWO_MONTHS, date(2026, 12, 16), date(2026, 12, 17), date(2027, 2, 17)),
    (Every.WEEK, date(2026, 12, 18), date(2026, 12, 18), date(2026, 12, 28)),  # 25 December, then Boxing Day and Sunday
    (Every.MONTH, date(2026, 4, 24), date(2026, 6, 1), date(2026, 6, 26)),  # missed May: the rhythm goes on
    (Every.MONTH, None, date(2026, 11, 23), date(2026, 11, 30)),
    (Every.NONE, date(2026, 1, 1), date(2026, 12, 24), date(2027, 1, 4)),  # 31 December and New Year's Day, then a weekend
])
def test_a_group_meets_next_on_a_working_day_in_its_rhythm(every: Every, last: date | None, today: date, expected: date) -> None:
    assert next_meeting_day(every, last, today) == expected


@pytest.mark.parametrize("every", list(Every))
def test_the_next_meeting_is_always_ahead_and_on_a_working_day(every: Every) -> None:
    for days in range(0, 800, 37):
        today = date(2026, 1, 1) + timedelta(days=days)
        for last in (None, today, today - timedelta(days=400), today + timedelta(days=3)):
            found = next_meeting_day(every, last, today)
            assert found > today
            assert is_working_day(found)


def test_a_time_that_the_clock_jumps_past_does_not_exist() -> None:
    with pytest.raises(NoSuchTime, match="Klockan 02.30 finns inte den 2027-03-28"):
        swedish_moment(date(2027, 3, 28), time(2, 30))
    assert swedish_moment(date(2027, 3, 28), time(3, 0)).astimezone(UTC) == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first_of_them() -> None:
    assert swedish_moment(date(2026, 10, 25), time(2, 30)).astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(("at", "said"), [
    (datetime(2026, 11, 30, 12, tzinfo=UTC), ()),
    (datetime(2026, 11, 20, 12, tzinfo=UTC), ("Tiden har redan varit. Det går bra om ni skriver in ett möte i efterhand.",)),
    (datetime(2026, 12, 25, 9, tzinfo=UTC), ("2026-12-25 är Juldagen, en helgdag.",)),
    (datetime(2026, 11, 29, 2, 30, tzinfo=UTC), ("2026-11-29 är en söndag.", "Mötet börjar klockan 03.30. Stämmer det?")),
])
def test_what_is_odd_with_a_moment_is_told_and_what_is_usual_is_not(at: datetime, said: tuple[str, ...]) -> None:
    assert oddities(at, datetime(2026, 11, 23, 8, tzinfo=UTC)) == said


def test_midnight_of_the_meeting_is_the_swedish_one() -> None:
    assert in_sweden(swedish_moment(date(2026, 7, 1), time(0, 15))) == datetime(2026, 7, 1, 0, 15)
