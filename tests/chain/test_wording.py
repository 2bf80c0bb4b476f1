"""How dates, numbers and counts are written in Swedish."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from samsyn.chain import wording


def test_a_day_is_written_as_year_month_day() -> None:
    assert wording.date_words(date(2026, 3, 7)) == "2026-03-07"


@pytest.mark.parametrize(("day", "words"), [
    (date(2026, 11, 21), "v. 47"), (date(2027, 1, 1), "v. 53"), (date(2024, 12, 30), "v. 1"),
])
def test_a_week_is_the_iso_week(day: date, words: str) -> None:
    assert wording.week_words(day) == words


@pytest.mark.parametrize(("number", "decimals", "words"), [
    (0, None, "0"), (999, None, "999"), (40000, None, "40\u202f000"), (1234567, None, "1\u202f234\u202f567"),
    (Decimal("12.50"), None, "12,5"), (Decimal("0.005"), None, "0,01"), (1.25, 1, "1,3"), (12, 1, "12,0"),
    (-1500, None, "\u22121\u202f500"), (Decimal("-0.001"), None, "0"), (Decimal("1E+3"), None, "1\u202f000"),
])
def test_a_number_has_decimal_comma_and_thin_space(number: int | float | Decimal, decimals: int | None, words: str) -> None:
    assert wording.number_words(number, decimals) == words


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_not_a_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="vanligt tal"):
        wording.number_words(number)


@pytest.mark.parametrize(("count", "words"), [
    (0, "noll åtgärder"), (1, "en åtgärd"), (2, "två åtgärder"), (12, "tolv åtgärder"), (13, "13 åtgärder"), (1300, "1\u202f300 åtgärder"),
])
def test_a_count_is_in_letters_up_to_twelve(count: int, words: str) -> None:
    assert wording.counted(count, "åtgärd", "åtgärder") == words


def test_an_ett_word_is_counted_as_one() -> None:
    assert wording.counted(1, "mål", "mål", neuter=True) == "ett mål"
    assert wording.counted(2, "mål", "mål", neuter=True) == "två mål"


@pytest.mark.parametrize(("parts", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")])
def test_parts_are_joined_with_och(parts: list[str], words: str) -> None:
    assert wording.listed(parts) == words


@pytest.mark.parametrize(("text", "words"), [("åtta är igång", "Åtta är igång."), ("Vad nu?", "Vad nu?"), (" ", "")])
def test_a_sentence_starts_large_and_ends(text: str, words: str) -> None:
    assert wording.sentence(text) == words


def test_a_long_text_is_cut_at_a_word() -> None:
    assert wording.clipped("ett två tre fyra", 12) == "ett två tre…"
    assert wording.clipped("ett  två\ntre", 12) == "ett två tre"
    assert wording.clipped("å" * 50, 10) == "å" * 9 + "…"


def test_a_moment_late_in_the_evening_falls_on_the_swedish_day() -> None:
    assert wording.local_day(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert wording.local_day(datetime(2026, 6, 30, 23, 59)) == date(2026, 6, 30)


@pytest.mark.parametrize(("text", "words"), [
    ("", ""), ("Skriv en åtgärd", "Skriv en åtgärd"), ("Ge varje del en ansvarig. Blev en del inte av? Ersätt den.", "Ge varje del en ansvarig."),
    ("Är det så? Svara nej.", "Är det så?"), ("Se punkt 2.3 i planen.", "Se punkt 2.3 i planen."), ("Byt lampor. och mer.", "Byt lampor. och mer."),
])
def test_the_first_sentence_ends_where_the_next_begins(text: str, words: str) -> None:
    assert wording.first_sentence(text) == words


@pytest.mark.parametrize(("text", "words"), [("", ""), ("åk dit", "Åk dit"), ("Bo ringer UNG", "Bo ringer UNG")])
def test_a_capital_changes_nothing_but_the_first_letter(text: str, words: str) -> None:
    assert wording.capitalised(text) == words
