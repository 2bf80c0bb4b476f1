"""A sheet as a unit really has it: yes and no for the target group, a sex in two spellings, days written 24/2-25, words in the column of ends."""

from __future__ import annotations

from datetime import date

import pytest

from samsyn.formats.analysis_settings import AnalysisSettings
from samsyn.formats.analysis_understood import Understood, understood
from samsyn.formats.participants_reading import ParticipantsReading
from samsyn.formats.participants_sheet import read_participants


def read(*lines: str) -> ParticipantsReading:
    return read_participants("deltagare.csv", "\n".join(lines).encode())


def sorted_out(reading: ParticipantsReading, settings: AnalysisSettings | None = None) -> Understood:
    return understood(settings or AnalysisSettings(), reading.words_of("end_reason"), reading.words_of("target_group"))


def test_no_in_a_column_of_target_groups_is_outside_whatever_the_header() -> None:
    reading = read("Kod;Målgrupp?;Start", "D1;ja;2025-01-07", "D2;Nej;2025-01-08", "D3;ej målgrupp;2025-01-09")
    assert reading.episodes().target_group == ("i målgruppen", "utanför målgruppen", "ej målgrupp")
    assert sorted_out(reading).loke.outside_words == {"utanfor malgruppen", "ej malgrupp"}


def test_names_of_target_groups_are_left_as_they_stand() -> None:
    reading = read("Kod;Målgrupp;Start", "D1;1;2025-01-07", "D2;0;2025-01-08", "D3;x;2025-01-09")
    assert reading.episodes().target_group == ("1", "0", "x")


def test_a_setting_that_yes_is_the_target_group_still_holds() -> None:
    reading = read("Kod;Målgrupp;Start", "D1;ja;2025-01-07", "D2;nej;2025-01-08")
    assert sorted_out(reading, AnalysisSettings(target_groups=("ja",))).loke.outside_words == {"utanfor malgruppen"}


def test_a_sex_that_is_written_whole_and_shortened_is_one_and_that_is_told() -> None:
    reading = read("Kod;Kön;Start", "D1;K;2025-01-07", "D2;kvinna;2025-01-08", "D3;M;2025-01-09", "D4;Man;2025-01-10", "D5;annat;2025-01-10")
    assert reading.episodes().sex == ("kvinna", "kvinna", "Man", "Man", "annat")
    assert [problem.why for problem in reading.problems] == ["samma kön är skrivet som K och kvinna.", "samma kön är skrivet som M och Man."]


def test_a_sex_that_is_written_one_way_is_left_as_it_stands() -> None:
    reading = read("Kod;Kön;Start", "D1;K;2025-01-07", "D2;M;2025-01-08")
    assert reading.episodes().sex == ("K", "M") and reading.problems == ()


@pytest.mark.parametrize(("typed", "day"), [("24/2-25", date(2025, 2, 24)), ("9/6-25", date(2025, 6, 9)), ("1/12 -24", date(2024, 12, 1))])
def test_a_day_as_swedes_write_it_is_read(typed: str, day: date) -> None:
    assert read("Kod;Startdatum", f"D1;{typed}", "D2;2025-01-08").episodes().start[0] == day


@pytest.mark.parametrize("typed", ["9/6/25", "31/2-25", "9-6-25"])
def test_a_day_that_may_be_two_or_none_is_still_asked_about(typed: str) -> None:
    reading = read("Kod;Kön;Startdatum", f"D1;K;{typed}", "D2;K;2025-01-08")
    assert reading.episodes().start[0] is None and len(reading.problems) == 1


def test_a_word_that_it_goes_on_is_no_fault_in_the_column_of_ends() -> None:
    reading = read("Kod;Startdatum;Slutdatum", "D1;2025-01-07;pågår", "D2;2025-01-08;2025-03-01")
    assert reading.episodes().end == (None, date(2025, 3, 1)) and reading.problems == ()


def test_an_end_that_cannot_be_read_says_what_it_makes_of_the_row() -> None:
    (problem,) = read("Kod;Startdatum;Slutdatum", "D1;2025-01-07;sommaren", "D2;2025-01-08;2025-03-01").problems
    assert "Utan avslutsorsak räknas insatsen som pågående." in problem.what_to_do


def test_completed_as_planned_is_understood() -> None:
    reading = read("Kod;Startdatum;Avslutsorsak", "D1;2025-01-07;Fullföljt enligt plan", "D2;2025-01-07;Avbrott")
    words = sorted_out(reading).loke.end_words
    assert words is not None and words.completed == {"fullfoljt enligt plan"}


def test_who_is_under_way_is_known_where_nobody_knows_who_completed() -> None:
    chosen = sorted_out(read("Kod;Startdatum;Avslutsorsak", "D1;2025-01-07;Klar", "D2;2025-01-07;Pågår"))
    assert chosen.loke.end_words is None and chosen.loke.ongoing_words == {"pagar"}
    assert ("Pågående", "”Pågår” (ordet säger det självt)") in chosen.choices


def test_a_sheet_without_a_column_of_endings_is_told_to_name_it() -> None:
    chosen = sorted_out(read("Kod;Startdatum;Hur gick det?", "D1;2025-01-07;Klar"))
    assert any("--map avslutsorsak=" in lack for lack in chosen.lacking)


def test_days_after_today_are_told_and_counted_as_they_stand() -> None:
    reading = read("Kod;Startdatum;Slutdatum", "D1;2025-01-07;2025-02-01", "D2;2025-01-08;2025-03-01")
    assert reading.days_to_come(date(2025, 3, 1)) == ()
    reading = read("Kod;Startdatum;Slutdatum", "D1;2025-01-07;2025-02-01", "D2;2025-01-08;2025-03-01")
    (told,) = reading.days_to_come(date(2025, 2, 1))
    assert (told.place, told.why) == ("kolumn Slutdatum", "1 datum ligger efter i dag, 2025-02-01. De räknas som de står.")
    assert [one.place for one in reading.days_to_come(date(2025, 1, 1))] == ["kolumn Startdatum", "kolumn Slutdatum"]
