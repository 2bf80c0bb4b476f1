"""Tables of figures: never a guess, never a lost row."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from samsyn.formats.problems import Refused, Weight
from samsyn.formats.series import Role, SeriesReading, open_series
from samsyn.formats.series_dates import Grain, read_period
from samsyn.formats.series_numbers import Standing, read_number
from tests.formats.made_files import xlsx


def series(text: str) -> SeriesReading:
    return open_series("serie.csv", text.encode())


@pytest.mark.parametrize(("typed", "value"), [
    ("1", "1"), ("0", "0"), ("1,5", "1.5"), ("0,123", "0.123"), ("1234,567", "1234.567"), ("1 234", "1234"), ("1\u00a0234,5", "1234.5"),
    ("12 345 678,9", "12345678.9"), ("−3,0", "-3.0"), ("-3", "-3"), ("+3", "3"), ("12,5 %", "0.125"), ("100%", "1.00"),
    ("5 procent", "0.05"),
])
def test_numbers_as_swedes_write_them(typed: str, value: str) -> None:
    from samsyn.formats.text_clean import clean

    read = read_number(clean(typed).text)
    assert (read.value, read.standing, read.ask) == (Decimal(value), Standing.VALUE, False)


@pytest.mark.parametrize(("typed", "value"), [
    ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1.5", "1.5"), ("1.234.567", "1234567"), ("1,234,567", "1234567"), ("1'234", "1234"),
    ("(5)", "-5"),
    ("5-", "-5"), ("12*", "12"), ("12 1)", "12"), ("45¹", "45"), ("12 kr", "12"), ("1,2E+05", "120000"), ("3 ‰", "0.003"),
])
def test_numbers_written_in_other_ways_are_read_and_asked_about(typed: str, value: str) -> None:
    read = read_number(typed)
    assert read.value == Decimal(value)
    assert read.ask or typed.endswith("‰")
    assert read.why or typed.endswith("‰")


@pytest.mark.parametrize("typed", [
    "1,234", "1.234", "12,345", "inf", "nan", "NaN", "1e309", "1E+999", "1_000", "١٢٣", "１２３",
    "12 34", "0x10", "1,2,3", "--5", "5 tkr", "ett", "=1+1", "1" * 40,
    "1 23", "1,", ",5", "%", "-", "1/2", "2026-01-01",
])
def test_what_can_be_read_in_two_ways_or_none_is_never_a_number(typed: str) -> None:
    read = read_number(typed)
    assert read.value is None
    assert typed == "-" or read.ask


@pytest.mark.parametrize(("typed", "standing"), [
    ("", Standing.MISSING), ("–", Standing.MISSING), ("-", Standing.MISSING), (".", Standing.MISSING), ("saknas", Standing.MISSING),
    ("N/A", Standing.MISSING),
    ("..", Standing.HIDDEN), ("…", Standing.HIDDEN), ("<5", Standing.HIDDEN), ("< 5", Standing.HIDDEN), ("x", Standing.HIDDEN),
    ("1–4", Standing.HIDDEN),
    (">95 %", Standing.HIDDEN), ("*", Standing.HIDDEN), (float("inf"), Standing.UNREAD), (float("nan"), Standing.UNREAD),
    (True, Standing.UNREAD),
    (None, Standing.MISSING), (date(2026, 1, 1), Standing.UNREAD),
])
def test_hidden_is_not_missing_and_neither_is_a_number(typed: object, standing: Standing) -> None:
    assert read_number(typed).standing is standing  # type: ignore[arg-type]


@pytest.mark.parametrize(("typed", "first", "last", "grain"), [
    ("2026-01-15", "2026-01-15", "2026-01-15", Grain.DAY), ("20260115", "2026-01-15", "2026-01-15", Grain.DAY),
    ("2026-1-5", "2026-01-05", "2026-01-05", Grain.DAY),
    ("31/12/2026", "2026-12-31", "2026-12-31", Grain.DAY), ("15/1 2026", "2026-01-15", "2026-01-15", Grain.DAY),
    ("5.1.2026", "2026-01-05", "2026-01-05", Grain.DAY),
    ("15 jan 2026", "2026-01-15", "2026-01-15", Grain.DAY), ("den 15 januari 2026", "2026-01-15", "2026-01-15", Grain.DAY),
    ("3/3/2026", "2026-03-03", "2026-03-03", Grain.DAY),
    ("2026-02", "2026-02-01", "2026-02-28", Grain.MONTH), ("2028M02", "2028-02-01", "2028-02-29", Grain.MONTH),
    ("202602", "2026-02-01", "2026-02-28", Grain.MONTH),
    ("Feb 2026", "2026-02-01", "2026-02-28", Grain.MONTH), ("2026 februari", "2026-02-01", "2026-02-28", Grain.MONTH),
    ("Q3 2026", "2026-07-01", "2026-09-30", Grain.QUARTER), ("2026K4", "2026-10-01", "2026-12-31", Grain.QUARTER),
    ("kvartal 1 2026", "2026-01-01", "2026-03-31", Grain.QUARTER),
    ("v. 47 2026", "2026-11-16", "2026-11-22", Grain.WEEK), ("2026-W53", "2026-12-28", "2027-01-03", Grain.WEEK),
    ("vecka 1, 2026", "2025-12-29", "2026-01-04", Grain.WEEK),
    ("2026", "2026-01-01", "2026-12-31", Grain.YEAR), ("2017/2018", "2017-01-01", "2018-12-31", Grain.YEARS),
    ("H2 2026", "2026-07-01", "2026-12-31", Grain.HALF),
])
def test_days_and_periods_with_a_year_are_read(typed: str, first: str, last: str, grain: Grain) -> None:
    read = read_period(typed)
    assert (read.first, read.last, read.grain, read.ask) == (date.fromisoformat(first), date.fromisoformat(last), grain, False)


@pytest.mark.parametrize("typed", [
    "2026-13-01", "2026-02-30", "2026-00-10", "1/2/26", "1/2/2026", "260115", "jan-26", "hösten 2026", "löpande",
    "Q3", "v. 47", "Q5 2026", "2025-W53", "v. 54 2026",
    "31/2/2026", "99999999", "", "2018/2017", "0000-01-01", "２０２６-01-01", "2026-01-15; DROP", "12/2026-01",
])
def test_what_is_vague_ambiguous_or_no_day_is_asked_and_never_guessed(typed: str) -> None:
    read = read_period(typed)
    assert (read.first, read.ask, bool(read.why)) == (None, True, True)
    assert read.typed == typed


@pytest.mark.parametrize(("value", "first", "at"), [
    (46037, date(2026, 1, 15), None), (46037.5, date(2026, 1, 15), datetime(2026, 1, 15, 12)), (59, date(1900, 2, 28), None),
    (61, date(1900, 3, 1), None),
    (60, None, None), (-1, None, None), (0, None, None), (2_958_465, date(9999, 12, 31), None), (2_958_466, None, None),
    (10 ** 14, None, None),
    (0.5, None, None),
])
def test_bare_numbers_are_excels_days_and_always_asked(value: float, first: date | None, at: datetime | None) -> None:
    read = read_period(value)
    assert (read.first, read.at, read.ask) == (first, at, True)


def test_dates_that_are_dates_are_read_without_a_question() -> None:
    assert read_period(date(2026, 1, 15)).ask is False
    assert read_period(datetime(2026, 1, 15, 12, 30)).at == datetime(2026, 1, 15, 12, 30)
    assert read_period(2026, years=True).grain is Grain.YEAR
    assert read_period("2026-01-15 12:30").at == datetime(2026, 1, 15, 12, 30)


def test_a_week_in_a_column_called_date_is_asked_about_but_not_in_one_called_week() -> None:
    assert series("datum;antal\nv. 47 2026;3\n").rows[0].when.first is None
    assert series("vecka;antal\nv. 47 2026;3\n").rows[0].when.first == date(2026, 11, 16)
    assert series("datum;antal\n2026-01;3\n").rows[0].when.grain is Grain.MONTH


def test_every_row_stays_and_every_oddity_is_told_at_its_place() -> None:
    read = series("datum;område;antal;andel\n2026-01-01;Centrum;1,5;12,5 %\n2026-13-01;Centrum;<5;0,1\n;Norra;;..\n2026-03-01;Öster;fem;1\n")
    assert [row.number for row in read.rows] == [2, 3, 4, 5]
    assert [column.role for column in read.columns] == [Role.WHEN, Role.TEXT, Role.NUMBER, Role.NUMBER]
    assert [row.numbers[0].standing for row in read.rows] == [Standing.VALUE, Standing.HIDDEN, Standing.MISSING, Standing.UNREAD]
    assert {problem.place for problem in read.problems} == {
        "rad 2, kolumn andel", "rad 3, kolumn datum", "rad 3, kolumn antal", "rad 4, kolumn datum",
        "rad 4, kolumn antal", "rad 4, kolumn andel", "rad 5, kolumn antal"}
    assert next(problem for problem in read.problems if problem.place == "rad 5, kolumn antal").weight is Weight.BAD


def test_a_clean_table_has_nothing_to_tell() -> None:
    read = series("period;kommunkod;antal\n2026-01;0114;1 234\n2026-02;0114;1 235,5\n")
    assert read.problems == ()
    assert read.rows[1].numbers[0].value == Decimal("1235.5")
    assert read.rows[0].texts == ("0114",)


@pytest.mark.parametrize(("text", "says"), [
    ("datum;antal;antal;;Antal \n2026-01-01;1;2;x;3\n", "dubbla rubriker: antal, antal, 'Antal '; tom rubrik i kolumn 4"),
    ("datum;;antal\n2026-01-01;x;3\n", "tom rubrik i kolumn 2"), ("datum;ANTAL;antal\n2026-01-01;1;2\n", "dubbla rubriker"),
    ("område;antal\nCentrum;3\n", "Ingen kolumn med datum"), ("2026-01-01;3\n2026-01-02;4\n", "rubrikrad|rubriker"),
    ("datum;antal\n2026-01-01;3;4\n", "tom rubrik i kolumn 3"),
])
def test_tables_that_would_be_guesswork_are_refused(text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        series(text)


def test_titles_above_notes_below_and_empty_columns_do_not_disturb() -> None:
    read = series("Anmälda brott;;\n\ndatum;antal;\n2026-01-01;3;\n2026-02-01;4;\nKälla: Brå;;\n* preliminär;;\n")
    assert [row.number for row in read.rows] == [4, 5]
    assert read.notes == ("Källa: Brå", "* preliminär")
    assert [problem.place for problem in read.problems] == ["rad 6", "rad 7"]


def test_the_same_day_and_area_twice_is_asked_about() -> None:
    assert [problem.place for problem in series("datum;område;antal\n2026-01-01;A;3\n2026-01-01;a;4\n2026-01-01;B;4\n").problems] == ["rad 3"]


def test_a_header_without_rows_is_told() -> None:
    read = series("datum;antal\n")
    assert (read.rows, [problem.why for problem in read.problems]) == ((), ["inga rader."])


def test_a_workbook_keeps_its_dates_and_shares() -> None:
    styles = '<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="10"/></cellXfs>'
    rows = ('<row r="1"><c r="A1" t="str"><v>datum</v></c><c r="B1" t="str"><v>andel</v></c></row>'
            '<row r="2"><c r="A2" s="1"><v>46037</v></c><c r="B2" s="2"><v>0.125</v></c></row>')
    read = open_series("s.xlsx", xlsx(rows, styles=styles))
    assert (read.rows[0].when.first, read.rows[0].numbers[0].value, read.problems) == (date(2026, 1, 15), Decimal("0.125"), ())


def test_identity_numbers_in_a_series_are_flagged() -> None:
    assert [flag.place for flag in series("datum;vem;antal\n2026-01-01;850709-9805;3\n").flags] == ["rad 2, kolumn 2"]
