"""A table of figures as a series of one place, for `samsyn evaluate`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from samsyn.cli.check import hold_personal_numbers

if TYPE_CHECKING:
    from samsyn.analysis.place_series import SeriesQuestion
    from samsyn.analysis.segmented import Season
    from samsyn.cli.evaluate import ChartChoice
    from samsyn.cli.place_page import Choices, PlaceWords, Told
    from samsyn.formats.series import SeriesColumn, SeriesReading, SeriesRow
    from samsyn.formats.series_dates import ReadPeriod

SHOWN_REMARKS = 10
MONTHS_FOR_SEASON = 24
SUMS = ("summa", "summor", "totalt", "total", "sum", "medel", "medelvärde", "snitt")
QUARTERS_FOR_SEASON = 12


@dataclass(frozen=True, slots=True)
class SeriesColumns:
    """Headers of the columns: the counts, what each was counted among, a place beside; and what that place is called."""

    counts: str | None = None
    size: str | None = None
    control: str | None = None
    control_name: str | None = None


def answer_of_file(
    file: Path, change_on: date | None, columns: SeriesColumns, chart: ChartChoice | None, words: PlaceWords, level: float,
) -> Told:  # fmt: skip
    """
    Return the answer of a series in a file, with what its page says beside it: the settings, and what the reading left out or asks about.

    raises   Refused   if the file or the column cannot be used
    """
    import numpy as np

    from samsyn.analysis.frequency import Series
    from samsyn.analysis.place_series import SeriesQuestion, series_answer
    from samsyn.analysis.spc import ChartKind
    from samsyn.cli.evaluate_periods import period_words, with_years
    from samsyn.cli.place_page import Told

    counted, sums = _without_sums(_reading(file))
    reading = with_years(counted)
    size, control = (None if name is None else _column(reading, name) for name in (columns.size, columns.control))
    place = _column(reading, columns.counts, but=(size, control))
    rows, lost = _usable(reading, [one for one in (place, size, control) if one is not None])
    rows, as_months = _as_months(rows)
    values, sizes, others = (None if one is None else np.array([_number(row, one) for row in rows]) for one in (place, size, control))
    assert values is not None  # `place` is never None
    series = Series(values, sizes, tuple(period_words(row.when) for row in rows))
    at, straddling = _last_before(rows, change_on)
    whole = _is_whole(rows)
    asked = SeriesQuestion(
        series, at, None if chart is None else ChartKind(chart.value), _season(rows, at) if whole else None, whole, words.what, level,
        None if others is None else Series(others), columns.control_name or columns.control or "", words.name, words.begun, _per(rows[0], columns.size),
    )  # fmt: skip
    remarks = tuple(said for said in (as_months, straddling, lost, sums) if said)
    problems = _clipped([str(problem) for problem in reading.problems], "och fler anmärkningar.")
    where = f"filen {file.name}, kolumnen {_numeric(reading)[place].header}"
    return Told(
        series_answer(asked), _lead(asked, change_on), f"{words.source} ({where})" if words.source else where, _choices(asked, rows, columns, change_on),
        remarks, tuple(problems),
    )  # fmt: skip


def _per(row: SeriesRow, size: str | None) -> str:
    """Return what each value is of: a period, or what it was counted among."""
    from samsyn.cli.evaluate_periods import how_long

    return how_long(row.when).per if size is None else f" per {size.strip()[:1].lower()}{size.strip()[1:]}"


def _lead(asked: SeriesQuestion, change_on: date | None) -> str:
    """Return what is looked at: what is counted, from when to when, and what began."""
    first, last = asked.series.periods[0], asked.series.periods[-1]
    lead = f"{asked.what[:1].upper()}{asked.what[1:]}{asked.per}, {first} till {last}."
    return lead if change_on is None else f"{lead} {asked.begun or 'Ändringen'}: från {change_on.isoformat()}."


def _choices(asked: SeriesQuestion, rows: Sequence[SeriesRow], columns: SeriesColumns, change_on: date | None) -> Choices:
    """Return the settings of an answer about a series, as a reader sees them."""
    from samsyn.analysis.place_series import chart_of
    from samsyn.analysis.place_series_charts import KINDS
    from samsyn.analysis.written_numbers import written
    from samsyn.cli.evaluate_periods import how_long

    many, at = how_long(rows[0].when).many, asked.last_before
    kind = chart_of(asked).kind
    change = "" if at is None or change_on is None else f"{change_on.isoformat()}: {at} {many} före och {len(rows) - at} efter"
    season = "" if at is None else "borträknad" if asked.season else "inte borträknad"
    named = (
        ("Det som räknas", asked.what), ("Serien", f"{len(rows)} {many}, {asked.series.periods[0]} till {asked.series.periods[-1]}"), ("Ändringen", change),
        ("Jämförelse", asked.control_name if asked.control is not None else "ingen"), ("Räknat bland", columns.size or ""),
        ("Diagram", f"{KINDS[kind]} ({kind.value})"), ("Årstid", season), ("Osäkerhetsintervall", f"{written(100 * asked.level)} %"),
    )  # fmt: skip
    return tuple(choice for choice in named if choice[1])


def _reading(file: Path) -> SeriesReading:
    """Read the file in a limited process of its own. Raises Refused, also for personal identity numbers."""
    from samsyn.formats.child import read_safely
    from samsyn.formats.package import MAX_PACKED
    from samsyn.formats.problems import Refused

    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_PACKED + 1)
    except OSError as error:
        raise Refused(f"Filen {file.name} går inte att öppna: {error.strerror or error}.") from error
    reading: SeriesReading = read_safely("samsyn.formats.series:open_series", file.name, content)
    hold_personal_numbers([flag.place for flag in reading.flags])
    return reading


def _without_sums(reading: SeriesReading) -> tuple[SeriesReading, str]:
    """Return the reading without rows that add up the others, and what is said of them."""
    from samsyn.chain.wording import listed

    sums = [row for row in reading.rows if row.when.typed.strip().rstrip(":").casefold() in SUMS]
    if not sums:
        return reading, ""
    places = tuple(f"rad {row.number}, " for row in sums)
    problems = tuple(problem for problem in reading.problems if not problem.place.startswith(places))
    rows = tuple(row for row in reading.rows if row not in sums)
    said = listed(f"rad {row.number} ({row.when.typed.strip()})" for row in sums)
    return replace(reading, rows=rows, problems=problems), f"Räknades inte, för att det är en summa av de andra: {said}."


def _numeric(reading: SeriesReading) -> list[SeriesColumn]:
    """Return the columns of numbers."""
    from samsyn.formats.series import Role

    return [column for column in reading.columns if column.role is Role.NUMBER]


def _column(reading: SeriesReading, wanted: str | None, but: Sequence[int | None] = ()) -> int:
    """Return which of the columns of numbers is meant, from 0; `but`: taken by something else. Raises Refused if it must be asked."""
    from samsyn.chain.wording import listed
    from samsyn.formats.problems import Refused

    columns = _numeric(reading)
    names = [column.header for column in columns]
    if not columns:
        raise Refused("Filen har ingen kolumn med tal.")
    if wanted is None:
        free = [place for place in range(len(columns)) if place not in but]
        if len(free) != 1:
            raise Refused(f"Filen har flera kolumner med tal: {listed(names)}. Säg vilken med --column.")
        return free[0]
    found = [place for place, name in enumerate(names) if name.strip().casefold() == wanted.strip().casefold()]
    if not found:
        raise Refused(f"Filen har ingen kolumn med tal som heter {wanted}. Den har {listed(names)}.")
    if found[0] in but:
        raise Refused(f"Kolumnen {wanted} kan inte vara både platsens antal och något annat. Välj olika kolumner.")
    return found[0]


def _number(row: SeriesRow, place: int) -> float:
    value = row.numbers[place].value
    assert value is not None  # `_usable` left out every row without one
    return float(value)


def _usable(reading: SeriesReading, places: Sequence[int]) -> tuple[list[SeriesRow], str]:
    """
    Return the rows that can be counted, in order of time, and what is said of the others ("" if none). None is left out without a word.

    raises   Refused   if no row can be used, or if two stand for the same period
    """
    from samsyn.chain.wording import listed
    from samsyn.formats.problems import Refused

    good, lost = [], []
    for row in reading.rows:
        if row.when.first is None or any(row.numbers[place].value is None for place in places):
            lost.append(str(row.number))
        else:
            good.append(row)
    if not good:
        typed = next((row.when.typed for row in reading.rows if row.when.first is None), "")
        shown = f" Den första perioden står som ”{typed}”. Skriv månaden som 2026-01." if typed else ""
        raise Refused(f"Ingen rad i filen har både ett datum eller en period och ett antal.{shown}")
    good.sort(key=lambda row: (row.when.first, row.when.last))
    for one, other in zip(good, good[1:], strict=False):
        if one.when.last >= other.when.first:  # type: ignore[operator]  # both are known: sorted out above
            raise Refused(f"Rad {one.number} och {other.number} gäller samma tid. Låt varje period stå på en rad, eller dela tabellen efter plats.")
    if len({row.when.grain for row in good}) > 1:
        kinds = listed(sorted({row.when.grain.value for row in good if row.when.grain}))
        raise Refused(f"Raderna är olika långa perioder: {kinds}. Låt alla vara lika långa.")
    return good, f"Räknades inte, för att datum eller antal saknas: rad {listed(_clipped(lost, 'fler'))}." if lost else ""


def _clipped(words: list[str], more: str) -> list[str]:
    return [*words[:SHOWN_REMARKS], *([more] if len(words) > SHOWN_REMARKS else [])]


def _as_months(rows: list[SeriesRow]) -> tuple[list[SeriesRow], str]:
    """Return days that are all the first of a month as the months they stand for, and what is said of that."""
    from samsyn.formats.series_dates import Grain

    firsts = [row.when.first for row in rows if row.when.first]
    if len(rows) < 2 or any(row.when.grain is not Grain.DAY for row in rows) or any(day.day != 1 for day in firsts):
        return rows, ""
    ends = [date(day.year, day.month, monthrange(day.year, day.month)[1]) for day in firsts]
    months = [replace(row, when=replace(row.when, last=end, grain=Grain.MONTH)) for row, end in zip(rows, ends, strict=True)]
    return months, "Alla datum är den första i en månad. De läses som hela månader."


def _is_whole(rows: Sequence[SeriesRow]) -> bool:
    """Return whether each period begins the day after the one before it ended."""
    return all(one.when.last + timedelta(days=1) == other.when.first for one, other in zip(rows, rows[1:], strict=False) if one.when.last)


def _last_before(rows: Sequence[SeriesRow], change_on: date | None) -> tuple[int | None, str]:
    """Return how many periods ended before the change (the one it fell in counts as before), and what is said of that one."""
    from samsyn.formats.problems import Refused

    if change_on is None:
        return None, ""
    spans: list[ReadPeriod] = [row.when for row in rows]
    before = sum(span.first < change_on for span in spans if span.first)
    if not 0 < before < len(rows):
        ends = f"Serien går från {spans[0].first} till {spans[-1].last}."
        raise Refused(f"{change_on.isoformat()} ligger inte inne i serien: det behövs perioder både före och efter. {ends}")
    last = spans[before - 1]
    straddles = last.last is not None and last.last >= change_on
    return before, f"Ändringen föll inne i {last.typed}. Den perioden räknas till tiden före." if straddles else ""


def _season(rows: Sequence[SeriesRow], at: int | None) -> Season | None:
    """Return the season to take into account: of months or quarters, where there are enough of them."""
    from samsyn.analysis.segmented import Season
    from samsyn.formats.series_dates import Grain

    first = rows[0].when.first
    if at is None or first is None:
        return None
    if rows[0].when.grain is Grain.MONTH and len(rows) >= MONTHS_FOR_SEASON:
        return Season(12, 2, first.month)
    if rows[0].when.grain is Grain.QUARTER and len(rows) >= QUARTERS_FOR_SEASON:
        return Season(4, 1, (first.month + 2) // 3)
    return None
