"""What next year's plan is called, which years it is about, and the days that go on into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from samsyn.chain.plan import Action, Goal

Row = TypeVar("Row", Action, Goal)
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
MOVED = ("start_on", "due_on", "effect_from")  # a day that has been, as when a baseline was measured, is not moved


@dataclass(frozen=True, slots=True)
class NextPlan:
    """
    What is suggested for the plan that continues another.

    first_year   the first year it is about
    years        how many years lie between the two plans: how far days are moved
    """

    name: str
    period: str
    first_year: int
    years: int


def next_plan(name: str, period: str, today: date) -> NextPlan:
    """
    Return the name and the period of the plan that comes after one: the years it names, moved past its last.

    Where neither name nor period names a year, it is about the year after today, which is put last in the name.
    """
    named = years_of(period) or years_of(name)
    if not named:
        return NextPlan(f"{name} {today.year + 1}", str(today.year + 1), today.year + 1, 1)
    years = max(named) - min(named) + 1
    moved = _moved_years(name, years) if years_of(name) else f"{name} {_span(named, years)}"
    return NextPlan(moved, _moved_years(period, years) if years_of(period) else _span(named, years), max(named) + 1, years)


def years_of(text: str) -> tuple[int, ...]:
    """Return the years a text names, as they stand: "2024–2027" names two."""
    return tuple(int(found) for found in YEAR.findall(text))


def moved(row: Row, first_year: int, years: int, *, has_begun: bool = False) -> Row:
    """
    Return the row with its days before `first_year` moved so many years ahead, and the years in the day as it was written.

    has_begun   of an action that is under way: then the day it began stays
    """
    days: dict[str, Any] = {name: a_year_ahead(day, years) for name, day in _days(row) if day.year < first_year and not (has_begun and name == "start_on")}
    typed = getattr(row, "due_typed", "")
    if typed and all(year < first_year for year in years_of(typed)):
        days["due_typed"] = _moved_years(typed, years)
    return replace(row, **days)


def a_year_ahead(day: date, years: int = 1) -> date:
    """Return the same day so many years later; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _days(row: Action | Goal) -> Iterator[tuple[str, Any]]:
    for field in fields(row):
        if field.name in MOVED and getattr(row, field.name):
            yield field.name, getattr(row, field.name)


def _moved_years(text: str, years: int) -> str:
    return YEAR.sub(lambda found: str(int(found[0]) + years), text)


def _span(named: tuple[int, ...], years: int) -> str:
    first, last = min(named) + years, max(named) + years
    return str(first) if first == last else f"{first}–{last}"
