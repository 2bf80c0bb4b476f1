"""
A day or a period in a table of figures. Stricter than in a plan: what is vague or ambiguous is not read, but asked.

What has a year and a known length is read: a day, a week, a month, a quarter, a half-year, a year, a span of years.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from samsyn.formats.date_forms import MONTHS
from samsyn.formats.excel_numbers import LAST_SERIAL, day_of, why_no_day
from samsyn.formats.grid import Value


class Grain(Enum):
    """How long a period is. The value is the Swedish word for it."""

    DAY = "dag"
    WEEK = "vecka"
    MONTH = "månad"
    QUARTER = "kvartal"
    HALF = "halvår"
    YEAR = "år"
    YEARS = "flera år"


@dataclass(frozen=True, slots=True)
class ReadPeriod:
    """
    typed   as it stood
    first, last   the first and last day, None if it could not be read
    grain   how long it is
    at      the moment, where a time of day was given
    ask     the user must be asked
    why     what is the matter, in Swedish, "" if nothing
    """

    typed: str
    first: date | None = None
    last: date | None = None
    grain: Grain | None = None
    at: datetime | None = None
    ask: bool = False
    why: str = ""


_NAME = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = "((?:19|20)\\d\\d)"
_INVALID = "ogiltigt datum."
_AMBIGUOUS = "tvetydigt datum: dagen och månaden går att läsa på två sätt."

_Reader = Callable[[re.Match[str]], ReadPeriod]


def read_period(value: Value, *, days_only: bool = False, years: bool = False) -> ReadPeriod:
    """
    Return the day or period a cell means. Never raises.

    days_only  the column is called date: a week, a quarter and the like are then asked about, a month is not
    years      the column is called year: a four-digit number is a year and never Excel's day number
    """
    if isinstance(value, datetime):
        return replace(_day(str(value), value.date()), at=value)
    if isinstance(value, date):
        return _day(value.isoformat(), value)
    if isinstance(value, bool) or value is None:
        return _unread("" if value is None else str(value), "inget datum.")
    found = _of_text(value) if isinstance(value, str) else _of_number(value, years)
    if days_only and found.grain in (Grain.WEEK, Grain.QUARTER, Grain.HALF, Grain.YEARS):
        return replace(found, first=None, last=None, grain=None, ask=True,
                       why=f"inte ett datum utan {'en' if found.grain is Grain.WEEK else 'ett'} {found.grain.value}: "
                           f"{found.first} till {found.last}. Det får stå i en plan, men i en serie behövs ett datum.")
    return found


def _unread(typed: str, why: str) -> ReadPeriod:
    return ReadPeriod(typed, ask=True, why=why)


def _day(typed: str, day: date) -> ReadPeriod:
    return ReadPeriod(typed, day, day, Grain.DAY)


def _of_number(number: int | float, years: bool) -> ReadPeriod:
    """A plain number: a year, a month or a day written together, or Excel's day number, which is asked about."""
    typed = str(number)
    whole = int(number) == number
    if whole and (years or 1900 <= number <= 2100) and 1000 <= number <= 9999:
        return _year(typed, int(number))
    if whole and 190_001 <= number <= 210_012 and 1 <= number % 100 <= 12:
        return _month(typed, int(number) // 100, int(number) % 100)
    if whole and 19_000_101 <= number <= 21_001_231:
        return _calendar_day(typed, int(number) // 10_000, int(number) // 100 % 100, int(number) % 100)
    if number < 1:
        return _unread(typed, "talet är negativt eller noll och därför inget datum." if number <= 0 else "talet är ett klockslag, inte ett datum.")
    if number >= LAST_SERIAL + 1:
        return _unread(typed, "talet ligger efter 9999-12-31 och är inget datum.")
    day = day_of(number)
    if day is None:
        return _unread(typed, why_no_day(number))
    moment = day if isinstance(day, datetime) else None
    found = _day(typed, moment.date() if moment else day)
    shown = f"{day:%Y-%m-%d %H:%M}" if moment else str(day)
    return replace(found, at=moment, ask=True, why=f"ett tal, tolkat som Excels datum {shown} – bekräfta.")


def _of_text(typed: str) -> ReadPeriod:
    text = re.sub(r"\s+", " ", typed).strip().casefold()
    for pattern, read in _SHAPES:
        if match := pattern.fullmatch(text):
            try:
                return replace(read(match), typed=typed)
            except ValueError:
                return _unread(typed, _INVALID)
    if re.fullmatch(r"-?\d{1,7}(?:[.,]\d+)?", text, re.ASCII):
        return replace(_of_number(float(text.replace(",", ".")) if re.search("[.,]", text) else int(text), years=False), typed=typed)
    return _unread(typed, "inte ett datum. Det får stå i en plan, men i en serie behövs ett datum.")


def _calendar_day(typed: str, year: int, month: int, day: int) -> ReadPeriod:
    try:
        return _day(typed, date(year, month, day))
    except ValueError:
        return _unread(typed, _INVALID)


def _month(typed: str, year: int, month: int) -> ReadPeriod:
    return ReadPeriod(typed, date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), Grain.MONTH)


def _year(typed: str, year: int) -> ReadPeriod:
    return ReadPeriod(typed, date(year, 1, 1), date(year, 12, 31), Grain.YEAR)


def _part(year: int, number: int, parts: int) -> ReadPeriod:
    """Return a quarter (parts 4) or half-year (parts 2)."""
    if not 1 <= number <= parts:
        raise ValueError
    length = 12 // parts
    last = number * length
    end = date(year, last, calendar.monthrange(year, last)[1])
    return ReadPeriod("", date(year, last - length + 1, 1), end, Grain.QUARTER if parts == 4 else Grain.HALF)


def _week(year: int, number: int) -> ReadPeriod:
    first = date.fromisocalendar(year, number, 1)
    return ReadPeriod("", first, first + timedelta(days=6), Grain.WEEK)


def _span(first: int, last: int) -> ReadPeriod:
    if last <= first:
        raise ValueError
    return ReadPeriod("", date(first, 1, 1), date(last, 12, 31), Grain.YEARS)


def _slashed(match: re.Match[str]) -> ReadPeriod:
    """Day and month in either order: read where only one order is possible, and asked where it is the American one."""
    first, second, year = (int(part) for part in match.groups())
    if first <= 12 and second <= 12 and first != second:
        return _unread("", _AMBIGUOUS)
    if second > 12:
        return replace(_day("", date(year, first, second)), ask=True, why=f"månaden står först, tolkat {date(year, first, second)} – bekräfta.")
    return _day("", date(year, second, first))


def _whole_year(two_digits: int) -> int:
    return two_digits + (2000 if two_digits < 70 else 1900)


def _with_time(match: re.Match[str]) -> ReadPeriod:
    year, month, day, hour, minute = (int(part) for part in match.groups()[:5])
    at = datetime(year, month, day, hour, minute)
    return replace(_day("", at.date()), at=at)


def _numbers(match: re.Match[str]) -> list[int]:
    return [int(part) for part in match.groups()]


def _compiled(*shapes: tuple[str, _Reader]) -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    return tuple((re.compile(pattern, re.ASCII), read) for pattern, read in shapes)


_SHAPES = _compiled(
    (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", lambda m: _day("", date(*_numbers(m)))),
    (r"(\d{4})-(\d\d)-(\d\d)[ t](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?", _with_time),
    (r"((?:19|20)\d\d)(\d\d)(\d\d)", lambda m: _day("", date(*_numbers(m)))),
    (_YEAR + r"[-/m.](\d{1,2})", lambda m: _month("", *_numbers(m))),
    (_YEAR + r"(0[1-9]|1[0-2])", lambda m: _month("", *_numbers(m))),
    (r"(0?[1-9]|1[0-2])/" + _YEAR, lambda m: _month("", int(m[2]), int(m[1]))),
    (r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", _slashed),
    (r"(\d{1,2})/(\d{1,2}) (\d{4})", lambda m: _day("", date(int(m[3]), int(m[2]), int(m[1])))),
    (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", lambda m: _day("", date(int(m[3]), int(m[2]), int(m[1])))),
    (r"(\d{1,2})/(\d{1,2}) ?-(\d\d)", lambda m: _day("", date(_whole_year(int(m[3])), int(m[2]), int(m[1])))),  # 24/2-25 is written in Sweden only
    (r"\d{1,2}[/.-]\d{1,2}[/.-]\d\d", lambda m: _unread("", _AMBIGUOUS)),
    (r"\d{6}|\d\d-\d\d", lambda m: _unread("", "tvetydigt datum: skriv året med fyra siffror.")),
    (r"(?:den )?(\d{1,2})(?::?e|\.)? ?" + _NAME + r",? " + _YEAR, lambda m: _day("", date(int(m[3]), MONTHS[m[2]], int(m[1])))),
    (_NAME + r"[ -]" + _YEAR, lambda m: _month("", int(m[2]), MONTHS[m[1]])),
    (_YEAR + r"[ -]" + _NAME, lambda m: _month("", int(m[1]), MONTHS[m[2]])),
    (_NAME + r"[ -]\d\d", lambda m: _unread("", "tvetydigt datum: skriv året med fyra siffror.")),
    (r"(?:q|k|kv|kvartal)\.? ?([1-4]),?[ -]?" + _YEAR, lambda m: _part(int(m[2]), int(m[1]), 4)),
    (_YEAR + r"[ -]?(?:q|k|kv|kvartal)\.? ?([1-4])", lambda m: _part(int(m[1]), int(m[2]), 4)),
    (r"(?:h|halvår) ?([12]),?[ -]?" + _YEAR, lambda m: _part(int(m[2]), int(m[1]), 2)),
    (_YEAR + r"[ -]?(?:h|halvår) ?([12])", lambda m: _part(int(m[1]), int(m[2]), 2)),
    (r"(?:v|vecka)\.? ?(\d{1,2}),?[ /-]?" + _YEAR, lambda m: _week(int(m[2]), int(m[1]))),
    (_YEAR + r"[ -]?(?:v|w|vecka)\.? ?(\d{1,2})", lambda m: _week(int(m[1]), int(m[2]))),
    (r"(?:år )?" + _YEAR, lambda m: _year("", int(m[1]))),
    (_YEAR + r" ?[/–-] ?" + _YEAR, lambda m: _span(*_numbers(m))),
)
