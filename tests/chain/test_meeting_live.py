"""What the shared screen tells of a meeting: its clock, who is here, how a line was understood."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from samsyn.chain.meeting_live import TimeLeft, chip_words, clock_words, here_words, line_fault, time_left
from samsyn.chain.meeting_values import Here, LineKind

STARTS = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(("at", "minutes", "words", "under"), [
    (datetime(2026, 11, 24, 11, 0, tzinfo=UTC), 60, "60 min", "kvar av 60. Slut 14.00."),
    (datetime(2026, 11, 24, 12, 36, tzinfo=UTC), 24, "24 min", "kvar av 60. Slut 14.00."),
    (datetime(2026, 11, 24, 12, 36, 30, tzinfo=UTC), 24, "24 min", "kvar av 60. Slut 14.00."),
    (datetime(2026, 11, 24, 13, 0, tzinfo=UTC), 0, "0 min", "kvar av 60. Slut 14.00."),
    (datetime(2026, 11, 24, 13, 5, tzinfo=UTC), -5, "Tiden är ute", "5 min över. Slut 14.00."),
])
def test_the_clock_counts_down_and_says_when_the_time_is_out(at: datetime, minutes: int, words: str, under: str) -> None:
    assert time_left(STARTS, 60, at) == TimeLeft(minutes, words, under)


def test_a_meeting_over_the_change_of_clocks_ends_by_the_swedish_clock() -> None:
    assert time_left(datetime(2027, 3, 28, 0, 30, tzinfo=UTC), 60, datetime(2027, 3, 28, 0, 30, tzinfo=UTC)).under == "kvar av 60. Slut 03.30."
    assert clock_words(datetime(2026, 6, 1, 11, 9, tzinfo=UTC)) == "13.09"


def test_who_is_here_is_a_sentence() -> None:
    assert here_words([]) == here_words([Here.ABSENT]) == "Ingen är antecknad än."
    assert here_words([Here.PRESENT] * 5 + [Here.REMOTE] * 2 + [Here.ABSENT]) == "Fem är här, två på länk."
    assert here_words([Here.REMOTE]) == "En på länk."


def test_a_chip_says_how_a_line_was_understood() -> None:
    assert chip_words(LineKind.ASSIGNMENT, "Bo", date(2027, 3, 15)) == "Uppdrag · Bo · senast 2027-03-15"
    assert chip_words(LineKind.ASSIGNMENT, "Bo", None) == "Uppdrag · Bo · ingen dag"
    assert chip_words(LineKind.DECISION, "", None) == "Beslut"


def test_a_day_that_is_not_right_is_asked_about_until_it_is_mended() -> None:
    assert line_fault("lampan 30 februari", None, STARTS) == "30 februari finns inte. Skriv en annan dag."
    assert line_fault("lampan 30 februari", date(2027, 2, 28), STARTS) == ""
    assert line_fault("lampan", date(2026, 11, 23), STARTS).startswith("2026-11-23 hade redan varit")
    assert line_fault("lampan", date(2026, 11, 24), STARTS) == ""
