"""The periods of a series: what they are called, and a year and a month that stand in columns of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samsyn.formats.series import SeriesReading, SeriesRow
    from samsyn.formats.series_dates import ReadPeriod

YEARS = ("år", "årtal", "year")


@dataclass(frozen=True, slots=True)
class HowLong:
    """Swedish: "brott i månaden", "24 månader"."""

    per: str
    many: str


UNKNOWN = HowLong(" per period", "perioder")
LENGTHS = {
    "dag": HowLong(" om dagen", "dagar"), "vecka": HowLong(" i veckan", "veckor"), "månad": HowLong(" i månaden", "månader"),
    "kvartal": HowLong(" i kvartalet", "kvartal"), "halvår": HowLong(" per halvår", "halvår"), "år": HowLong(" om året", "år"),
}  # fmt: skip


def how_long(when: ReadPeriod) -> HowLong:
    """Return the words for the length of a period."""
    return LENGTHS.get(when.grain.value, UNKNOWN) if when.grain else UNKNOWN


def period_words(when: ReadPeriod) -> str:
    """Return a period in short, the same however it was typed: 2025-03, 2025 v. 9, 2025 kv. 1, 2025. As it was typed where it is several years."""
    from samsyn.formats.series_dates import Grain

    first = when.first
    if first is None:
        return when.typed
    year, week, _ = first.isocalendar()
    words = {
        Grain.DAY: first.isoformat(), Grain.WEEK: f"{year} v. {week}", Grain.MONTH: f"{first:%Y-%m}",
        Grain.QUARTER: f"{first.year} kv. {(first.month + 2) // 3}",
        Grain.HALF: f"{first.year} halvår {1 if first.month < 7 else 2}", Grain.YEAR: str(first.year),
    }  # fmt: skip
    return words.get(when.grain, when.typed) if when.grain else when.typed


def with_years(reading: SeriesReading) -> SeriesReading:
    """Return the reading with years from a column of their own put to the months beside them; as it is where there is no such column."""
    from samsyn.formats.series import Role

    numeric = [column for column in reading.columns if column.role is Role.NUMBER]
    place = next((place for place, column in enumerate(numeric) if column.header.strip().casefold() in YEARS), None)
    if place is None:
        return reading
    dated = {row.number: dated_row for row in reading.rows if (dated_row := _with_year(row, place)) is not None}
    if not dated:
        return reading
    rows = tuple(replace(one := dated.get(row.number, row), numbers=one.numbers[:place] + one.numbers[place + 1 :]) for row in reading.rows)
    solved = tuple(f"rad {number}, kolumn {column.header}" for number in dated for column in reading.columns if column.role is Role.WHEN)
    left = {row.when.why for row in rows if row.when.first is None}
    answered = {row.when.why for row in reading.rows if row.number in dated and row.when.why} - left
    problems = tuple(
        problem for problem in reading.problems if problem.place not in solved and not any(why in problem.why for why in answered)
    )  # fmt: skip
    return replace(reading, columns=tuple(column for column in reading.columns if column is not numeric[place]), rows=rows, problems=problems)


def _with_year(row: SeriesRow, place: int) -> SeriesRow | None:
    """Return a row whose period is a month without a year, with the year of another column; None if they are no month together."""
    from samsyn.formats.series_dates import Grain, read_period

    month, year = row.when.typed.strip(), row.numbers[place].value
    if year is None or year != int(year):
        return None
    found = read_period(f"{year:.0f}-{int(month):02d}" if month.isascii() and month.isdigit() else f"{month} {year:.0f}")
    return replace(row, when=found) if found.grain is Grain.MONTH else None
