"""Answers about a place: what is said first, that doubt is said, and that nothing is said to be a cause."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import place_sentences
from samsyn.analysis.answer import Answer
from samsyn.analysis.frequency import Counts, Series
from samsyn.analysis.place_answers import ABOVE_EARLIER, REGRESSION, REPORTED, PlaceQuestion, place_answer, said_once
from samsyn.analysis.place_power import INDEPENDENT, power_of_counts, power_of_pairs
from samsyn.analysis.place_series import GAPS, NO_FIT, TOO_FEW_SIDES, SeriesQuestion, chart_of, series_answer, totals
from samsyn.analysis.power import CountDesign
from samsyn.analysis.refused import OutOfRange, TooFewPoints
from samsyn.analysis.segmented import Season
from samsyn.analysis.spc import ChartKind

PLACE, CONTROL, AROUND, AROUND_CONTROL = Counts(207, 110), Counts(308, 318), Counts(178, 157), Counts(150, 140)
CAUSES = re.compile(r"tack vare|beror på \w|berodde|ledde till|gav effekt|effekten av|påverka|förebygg|insatsen har", re.IGNORECASE)
FELL = [12, 11, 14, 10, 13, 12, 9, 15, 12, 11, 13, 12, 14, 6, 5, 7, 4, 6, 5, 8, 6, 5]
AREA = st.builds(Counts, st.integers(0, 40), st.integers(0, 40), st.floats(0.5, 24), st.floats(0.5, 24))


def values(answer: Answer) -> dict[str, Any]:
    return {one.name: one.estimate for one in answer.findings}


def series(numbers: list[float], sizes: list[float] | None = None) -> Series:
    return Series(np.array(numbers, dtype=float), None if sizes is None else np.array(sizes, dtype=float))


def test_counts_alone_say_what_happened_and_that_nothing_is_compared() -> None:
    told = place_answer(PlaceQuestion(PLACE))
    assert told.sentences[0].startswith("207 händelser före och 110 efter: en minskning med 47 procent")
    assert place_sentences.NO_COMPARISON in told.sentences[0] and place_sentences.RESERVATION in told.sentences[0]
    assert told.warnings == (REGRESSION, REPORTED)
    assert values(told)["percent_change"].value == pytest.approx(-46.859903)
    assert told.tables[0].rows == (("Platsen", "207", "110", "−47 %", "−58 till −33 %"),)


def test_the_published_displacement_is_in_the_findings() -> None:
    told = values(place_answer(PlaceQuestion(PLACE, CONTROL, AROUND, AROUND_CONTROL)))
    total = told["wdd_total"]
    assert (total.value, total.low, total.high) == pytest.approx((-118, -195.610614164, -40.3893858364))
    assert told["wdd_displaced"].value == -11 and told["difference_in_differences"].value == -107
    assert told["net_percent_change"].value == pytest.approx(-48.5309756023)
    assert (told["wdq"].value, told["total_net_effect"].value) == pytest.approx((0.258185688349, 130.5))


def test_the_comparison_is_said_first_and_named() -> None:
    told = place_answer(PlaceQuestion(PLACE, CONTROL, AROUND, AROUND_CONTROL, "Norra torget", "bråk"))
    assert told.sentences[0].startswith("Jämfört med Norra torget hade platsen en minskning med 49 procent")
    assert told.sentences[1:3] == ("Platsen: 207 bråk före och 110 efter.", "Norra torget: 308 bråk före och 318 efter.")
    assert "tillsammans, fick 118 bråk färre" in told.sentences[4] and "kvot 0,26" in told.sentences[5]
    assert [row[0] for row in told.tables[0].rows] == ["Platsen", "Norra torget", "Området runt platsen", "Jämförelse till området runt"]
    assert REGRESSION not in told.warnings


def test_a_reservation_is_said_once() -> None:
    told = place_answer(PlaceQuestion(PLACE, CONTROL, AROUND))
    whole = " ".join(told.sentences)
    assert whole.count(place_sentences.RESERVATION) == whole.count(place_sentences.NOT_WHY) == 1
    assert said_once(["A.", place_sentences.NOT_WHY, place_sentences.NOT_WHY, "B."]) == ("A.", place_sentences.NOT_WHY, "B.")


def test_what_may_be_chance_says_how_much_could_have_been_seen() -> None:
    told = place_answer(PlaceQuestion(Counts(38, 30)))
    assert place_sentences.CHANCE in told.sentences[0]
    assert told.sentences[-1].startswith("Med 38 händelser före kan bara en minskning på minst 54 procent synas")
    assert not any("synas" in sentence for sentence in place_answer(PlaceQuestion(PLACE)).sentences)


def test_earlier_periods_widen_and_tell_of_an_unusual_year() -> None:
    earlier = (30, 41, 22, 50, 33, 60, 21, 44)
    wide, narrow = place_answer(PlaceQuestion(Counts(60, 30, earlier=earlier))), place_answer(PlaceQuestion(Counts(60, 30)))
    assert values(wide)["percent_change"].high > values(narrow)["percent_change"].high
    assert values(wide)["dispersion"].value == pytest.approx(np.var(earlier, ddof=1) / np.mean(earlier))
    assert wide.warnings[0].startswith(ABOVE_EARLIER) and "37,6" in wide.warnings[0]
    assert any("vidgat med 5,0 gånger" in words for words in wide.method) and not any("vidgat" in words for words in narrow.method)
    few = place_answer(PlaceQuestion(Counts(20, 30, earlier=(30, 41))))
    assert "Färre än 8" in few.warnings[0] and not any(ABOVE_EARLIER in words for words in few.warnings)


def test_periods_of_different_length_are_counted_alike() -> None:
    told = place_answer(PlaceQuestion(Counts(40, 30, 12, 6), Counts(20, 10, 12, 6), Counts(5, 5, 12, 12), per=" i månaden"))
    assert values(told)["percent_change"].value == pytest.approx(50) and told.tables[0].notes
    assert "wdq" not in values(told) and any("samma perioder" in words for words in told.warnings)
    assert any("händelser i månaden" in sentence for sentence in told.sentences)


def test_an_area_round_the_place_needs_a_comparison() -> None:
    with pytest.raises(OutOfRange, match="bredvid en jämförelse"):
        PlaceQuestion(PLACE, around=AROUND)
    with pytest.raises(OutOfRange, match="behöver också antalen"):
        PlaceQuestion(PLACE, CONTROL, around_control=AROUND)


@settings(deadline=None, max_examples=60)
@given(AREA, st.none() | AREA, st.none() | AREA, st.none() | AREA)
def test_no_counts_give_a_cause_or_a_number_that_is_none(place: Counts, control: Counts | None, around: Counts | None, other: Counts | None) -> None:
    asked = PlaceQuestion(place, control, around if control else None, other if control and around else None)
    told = place_answer(asked)
    assert told.sentences and all(told.sentences) and not CAUSES.search(" ".join((*told.sentences, *told.warnings)))
    for one in told.findings:
        assert one.estimate.value is None or isfinite(one.estimate.value)
        assert one.estimate.value is not None or one.estimate.reason


def test_a_series_that_fell_says_so_three_ways() -> None:
    told = series_answer(SeriesQuestion(series(FELL), 13))
    assert told.sentences[0].startswith("158 händelser före och 52 efter: räknat per lika lång tid en minskning med 52 procent")
    assert "ligger alla på samma sida av mittlinjen" in told.sentences[1] and "lägre än den tidigare trenden" in told.sentences[2]
    found = values(told)
    assert found["centre"].value == pytest.approx(np.mean(FELL[:13])) and found["points_signalled"].value >= 8
    assert found["level_change"].high < 1 and "slope_change" in found
    assert [row[3] for row in told.tables[0].rows].count("före") == 13 and told.tables[0].rows[14][-1] == "signal"
    assert not CAUSES.search(" ".join(told.sentences))


def test_a_series_beside_another_place_is_read_with_it_and_the_change_alone_is_not_told() -> None:
    other = Series(np.array([11.0, 13.0] * 11))
    told = series_answer(SeriesQuestion(series(FELL), 13, control=other, control_name="Norra torget"))
    both, beside = Counts(158, 52, 13, 9, earlier=tuple(FELL[:13])), Counts(155, 109, 13, 9)
    alone = place_answer(PlaceQuestion(both, beside, control_name="Norra torget", per=" per period"))
    assert told.sentences[: len(alone.sentences)] == alone.sentences and told.sentences[0].startswith("Jämfört med Norra torget hade platsen en minskning")
    found = values(told)
    for name in ("ratio_of_rate_ratios", "net_percent_change", "difference_in_differences"):
        assert found[name] == values(alone)[name]
    assert told.tables[0].rows[1][:3] == ("Norra torget", "155", "109") and told.tables[1].heads[3] == "Norra torget" and told.tables[1].rows[1][3] == "13"
    assert "Ingen annan plats är jämförd" not in " ".join(told.sentences) and REGRESSION not in told.warnings
    assert not CAUSES.search(" ".join(told.sentences))


@pytest.mark.parametrize(
    ("values_of", "asked", "words"),
    [
        ([1.0] * 22, {}, "ange dagen då något började"),
        ([1.0] * 21, {"last_before": 13}, "lika många perioder"),
        ([1.5] * 22, {"last_before": 13}, "hela tal"),
        ([-1.0] * 22, {"last_before": 13}, "hela tal"),
    ],
)
def test_a_comparison_that_cannot_be_made_is_refused(values_of: list[float], asked: dict[str, int], words: str) -> None:
    with pytest.raises(OutOfRange, match=words):
        SeriesQuestion(series(FELL), **asked, control=Series(np.array(values_of)))  # type: ignore[arg-type]
    with pytest.raises(OutOfRange, match="utan storlek"):
        SeriesQuestion(series(FELL, [4000.0] * 22), 13, control=Series(np.array([1.0] * 22)))


def test_a_table_of_a_series_names_every_column_and_has_none_for_a_change_that_is_not_asked_about() -> None:
    told = series_answer(SeriesQuestion(series(FELL), 13)).tables[0]
    assert told.heads == ("Punkt", "Period", "Värde", "Tid", "Signal") and any(note.startswith("Styrgränser: ") for note in told.notes)
    assert series_answer(SeriesQuestion(series(FELL))).tables[0].heads == ("Punkt", "Period", "Värde", "Signal")
    varying = SeriesQuestion(series(FELL, [4000.0 + place for place in range(22)]), 13, ChartKind.U)
    assert series_answer(varying).tables[0].heads == ("Punkt", "Period", "Värde", "Tid", "Styrgränser", "Signal")


def test_few_points_give_a_run_chart_only_and_many_give_limits() -> None:
    assert chart_of(SeriesQuestion(series(FELL[:11]))).kind is ChartKind.RUN
    assert chart_of(SeriesQuestion(series(FELL[:12]))).kind is ChartKind.XMR
    assert chart_of(SeriesQuestion(series(FELL), 11)).kind is ChartKind.RUN
    assert chart_of(SeriesQuestion(series(FELL), 13, ChartKind.C)).kind is ChartKind.C
    with pytest.raises(OutOfRange, match="går inte att välja"):
        SeriesQuestion(series(FELL), kind=ChartKind.G)


def test_a_series_without_a_change_tells_of_its_trend() -> None:
    told = series_answer(SeriesQuestion(series([20, 19, 17, 18, 15, 13, 14, 11, 10, 8, 9, 6])))
    assert any("Serien går nedåt" in sentence for sentence in told.sentences)
    assert {"sen_slope", "p_trend"} <= set(values(told)) and "percent_change" not in values(told)
    assert told.warnings == (REPORTED,)


def test_gaps_and_short_sides_have_no_break_but_a_reason() -> None:
    for asked, why in (
        (SeriesQuestion(series(FELL), 13, whole=False), GAPS),
        (SeriesQuestion(series(FELL), 2), TOO_FEW_SIDES),
        (SeriesQuestion(series([0] * 8 + [3, 1, 2, 4]), 8), NO_FIT),
    ):
        told = series_answer(asked)
        assert why in told.sentences
        assert (values(told)["level_change"].value, values(told)["level_change"].reason) == (None, why)


def test_rates_and_values_are_not_taken_for_counts() -> None:
    counted = SeriesQuestion(series(FELL, [4000.0] * 22), 13)
    both = totals(counted)
    assert both is not None and (both.time_before, both.time_after, both.earlier) == (52000, 36000, ())
    assert chart_of(counted).points[0] == pytest.approx(0.003)
    assert chart_of(SeriesQuestion(series(FELL, [4000.0] * 22), 13, ChartKind.U)).points[0] == pytest.approx(0.003)
    means = SeriesQuestion(series([value + 0.5 for value in FELL]), 13)
    told = series_answer(means)
    assert totals(means) is None and "percent_change" not in values(told)
    assert values(told)["level_change"].unit == "points" and "Newey-West" in " ".join(told.method)
    assert series_answer(counted).tables[0].rows[0][2] == "0,003"


def test_a_season_is_said_and_its_absence_too() -> None:
    long = FELL + FELL
    with_season = series_answer(SeriesQuestion(series(long), 22, season=Season(12)))
    assert any("med säsong" in words for words in with_season.method)
    assert not any("Ingen säsong" in words for words in with_season.warnings)
    assert any("Ingen säsong" in words for words in series_answer(SeriesQuestion(series(long), 22)).warnings)


def test_a_series_without_two_sides_or_values_is_refused() -> None:
    for at in (0, 22):
        with pytest.raises(OutOfRange, match="minst en period före"):
            SeriesQuestion(series(FELL), at)
    with pytest.raises(TooFewPoints, match="inga värden"):
        series_answer(SeriesQuestion(series([])))


def test_a_place_with_38_offences_can_only_show_a_fall_of_54_per_cent() -> None:
    told = power_of_counts(38, None, CountDesign())
    assert told.sentences[0].startswith("Med 38 brott om året kan bara en minskning på minst 54 procent synas")
    assert values(told)["smallest_visible_fall"].value == pytest.approx(0.54, abs=0.005)
    assert told.tables[0].rows[1] == ("20 %", "352") and told.tables[0].rows[-1] == ("50 %", "46")
    assert told.warnings == (INDEPENDENT,) and power_of_counts(38, None, CountDesign(dispersion=2)).warnings == ()


def test_a_hoped_for_change_tells_its_chance_and_what_it_takes() -> None:
    told = power_of_counts(46, 0.5, CountDesign())
    assert "chansen att det syns 80 procent" in told.sentences[1] and "omkring 46 brott" in told.sentences[2]
    assert values(told)["power"].value == pytest.approx(0.8, abs=0.005)
    nothing = power_of_counts(46, 1.0, CountDesign(time_ratio=2, dispersion=1.5))
    assert "power" not in values(nothing) and "räcker inget antal" in nothing.sentences[-1]
    assert {"Tiden efter är 2 gånger tiden före.", "Tidigare perioder varierar mer än slumpen: 1,5 gånger."} <= set(nothing.method)
    assert values(power_of_counts(None, 0.8, CountDesign())).keys() == {"count_needed"}
    with pytest.raises(OutOfRange, match="väntas"):
        power_of_counts(None, None, CountDesign())


def test_pairs_tell_the_smallest_change_and_how_many_are_needed() -> None:
    told = power_of_pairs(24, 0.5)
    assert "minst 0,60 standardavvikelser" in told.sentences[0] and "65 procent" in told.sentences[1] and "behövs 34 personer" in told.sentences[2]
    assert values(told)["pairs_needed"].value == pytest.approx(33.3671291391, rel=1e-6)
    assert power_of_pairs(None, 0.0).sentences == (values(power_of_pairs(None, 0.0))["pairs_needed"].reason,)
    assert values(power_of_pairs(24, None)).keys() == {"smallest_visible_change"}
    with pytest.raises(OutOfRange, match="mäts två gånger"):
        power_of_pairs(None, None)
