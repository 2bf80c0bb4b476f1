"""When a letter may go out: quiet hours, nights when the clock is set, Swedish holidays, a week between letters."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from samsyn.chain.public_holidays import is_working_day
from samsyn.chain.sending_time import is_quiet, may_send, may_write_to, working_days_before
from samsyn.chain.wording import in_sweden, local_day, sweden


def swedish(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=sweden(), fold=fold)


def may(at: datetime, quiet_from: int = 18, quiet_to: int = 7, paused_until: date | None = None) -> bool:
    return may_send(at, quiet_from, quiet_to, paused_until, local_day(at))


HOURS = [  # Monday's hour in Sweden, quiet from, quiet to -> may it go out
    ("06:59", 18, 7, False), ("07:00", 18, 7, True), ("17:59", 18, 7, True), ("18:00", 18, 7, False), ("00:00", 18, 7, False),
    ("12:00", 11, 13, False), ("13:00", 11, 13, True), ("10:59", 11, 13, True), ("00:00", 0, 0, True), ("23:59", 9, 9, True),
    ("00:00", 23, 0, True), ("23:00", 23, 0, False), ("22:59", 0, 23, False), ("23:00", 0, 23, True),
]


@pytest.mark.parametrize(("clock", "quiet_from", "quiet_to", "expected"), HOURS)
def test_quiet_hours_are_swedish_and_pass_midnight(clock: str, quiet_from: int, quiet_to: int, expected: bool) -> None:
    assert may(swedish(f"2026-11-23T{clock}"), quiet_from, quiet_to) is expected
    assert may(swedish(f"2026-11-23T{clock}").astimezone(UTC), quiet_from, quiet_to) is expected


FREE = ["2026-11-21", "2026-11-22", "2026-12-24", "2026-12-25", "2026-12-31", "2027-01-01", "2027-01-06", "2026-04-03", "2026-04-06",
        "2026-05-01", "2026-05-14", "2026-06-06", "2026-06-19", "2026-06-20"]  # långfredagen, annandag påsk, Kristi himmelsfärd, midsommarafton ...
WORK = ["2026-11-23", "2026-12-23", "2026-12-28", "2027-01-05", "2026-06-18", "2026-06-22", "2026-04-02"]


@pytest.mark.parametrize("day", FREE)
def test_nothing_goes_out_on_a_free_day(day: str) -> None:
    assert not may(swedish(f"{day}T10:00")) and not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", WORK)
def test_letters_go_out_on_working_days(day: str) -> None:
    assert may(swedish(f"{day}T10:00")) and is_working_day(date.fromisoformat(day))


def test_a_pause_ends_on_its_day() -> None:
    assert [may(swedish("2026-11-23T10:00"), paused_until=date(2026, 11, day)) for day in (22, 23, 24)] == [True, True, False]


NEXT = [  # now in Sweden, quiet from and to, pause -> the first minute when it may go
    ("2026-11-23T10:30", 18, 7, None, "2026-11-23T10:30"),
    ("2026-11-23T05:30", 18, 7, None, "2026-11-23T07:00"),
    ("2026-11-23T19:30", 18, 7, None, "2026-11-24T07:00"),
    ("2026-11-20T18:00", 18, 7, None, "2026-11-23T07:00"),   # Friday evening to Monday morning
    ("2026-12-23T19:00", 18, 7, None, "2026-12-28T07:00"),   # over Christmas, which ends in a weekend
    ("2026-06-18T20:00", 18, 7, None, "2026-06-22T07:00"),   # over Midsummer
    ("2026-11-23T10:30", 18, 7, "2026-12-05", "2026-12-07T07:00"),
    ("2026-11-23T10:30", 0, 0, "2026-12-01", "2026-12-01T00:00"),
    ("2026-11-23T12:30", 12, 14, None, "2026-11-23T14:00"),
    ("2027-03-27T23:00", 18, 7, None, "2027-03-30T07:00"),   # summer time begins, and it is Easter
    ("2026-10-24T23:00", 18, 7, None, "2026-10-26T07:00"),   # summer time ends
]


@pytest.mark.parametrize(("at", "quiet_from", "quiet_to", "pause", "first"), NEXT)
def test_a_letter_that_has_to_wait_may_go_from_one_minute_to_the_next(at: str, quiet_from: int, quiet_to: int, pause: str | None, first: str) -> None:
    until = date.fromisoformat(pause) if pause else None
    assert may(swedish(first), quiet_from, quiet_to, until)
    before = swedish(first).astimezone(UTC) - timedelta(minutes=1)
    assert may(before, quiet_from, quiet_to, until) is (at == first)
    assert may(swedish(at), quiet_from, quiet_to, until) is (at == first)


def test_seven_in_the_morning_is_another_moment_in_utc_in_summer() -> None:
    for day, hour in (("2026-03-27", 6), ("2026-03-30", 5)):
        seven = datetime.fromisoformat(f"{day}T{hour:02}:00+00:00")
        assert may(seven) and not may(seven - timedelta(minutes=1))


def test_the_hour_that_comes_twice_is_the_same_hour_both_times() -> None:
    first, again = swedish("2026-10-25T02:30"), swedish("2026-10-25T02:30", fold=1)
    assert again.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    assert is_quiet(in_sweden(first).hour, 18, 3) and is_quiet(in_sweden(again).hour, 18, 3)


LETTERS = [  # days since the last letter, something due tomorrow -> may another go
    (None, False, True), (7, False, True), (6, False, False), (0, False, False), (0, True, True), (6, True, True), (400, False, True),
    (-1, False, False), (-365, False, True),  # the clock has been set back: a year ahead is not a reason to be silent for a year
]


@pytest.mark.parametrize(("days", "due_tomorrow", "expected"), LETTERS)
def test_a_person_gets_one_letter_a_week(days: int | None, due_tomorrow: bool, expected: bool) -> None:
    today = date(2026, 11, 23)
    assert may_write_to(None if days is None else today - timedelta(days=days), due_tomorrow, today) is expected


def test_working_days_are_counted_backwards() -> None:
    assert [working_days_before(date(2026, 11, 30), n) for n in (1, 3, 5)] == [date(2026, 11, 27), date(2026, 11, 25), date(2026, 11, 23)]
