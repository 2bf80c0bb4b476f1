"""Which days are public holidays in Sweden, by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

SATURDAY = 5  # of date.weekday()


def public_holiday(day: date) -> str:
    """
    Return the Swedish name of the public holiday a day is, or "".

    The eves of Midsummer, Christmas and New Year count too, ordinary Sundays do not. Years that the holidays are not
    known for (before 1953, after 2100) have none.
    source   lagen (1989:253) om allmänna helgdagar; the eves by semesterlagen (1977:480) 7 §
    """
    return _of_year(day.year).get(day, "")


def is_working_day(day: date) -> bool:
    """Return whether a day is neither Saturday, Sunday, a public holiday nor the eve of Midsummer, Christmas or New Year."""
    return day.weekday() < SATURDAY and not public_holiday(day)


def working_day_from(day: date) -> date:
    """Return a day itself if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@cache
def _of_year(year: int) -> Mapping[date, str]:
    import holidays  # a third of a second, so only when a day is asked for

    found: Mapping[date, str] = holidays.country_holidays("SE", years=year, language="sv", categories=("public", "de_facto"))
    return found
