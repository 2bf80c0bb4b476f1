"""What may be printed about a place: the numbers, the comparison, the doubt, and never a cause."""

from __future__ import annotations

import re

import pytest

from samsyn.analysis.comparison import overdispersion_of_ratios, rank_intervals, shrink
from samsyn.analysis.counts import percent_change
from samsyn.analysis.displacement import difference_in_differences, displacement_quotient, net_percent_change, weighted_difference
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.frequency import Counts, Series
from samsyn.analysis.place_sentences import (
    CHANCE,
    NO_COMPARISON,
    RESERVATION,
    change_sentence,
    chart_sentence,
    count_needed_sentence,
    difference_sentence,
    displacement_sentence,
    expected_sentence,
    net_change_sentence,
    places_sentence,
    power_sentence,
    quotient_sentence,
    rank_sentence,
    segmented_sentence,
    shrunk_sentence,
    trend_sentence,
)
from samsyn.analysis.power import CountDesign, count_needed, smallest_visible_fall
from samsyn.analysis.refused import OutOfRange
from samsyn.analysis.segmented import Break, segmented_counts, segmented_values
from samsyn.analysis.spc import c_chart, run_chart, xmr_chart
from samsyn.analysis.structural_level import against_forecast
from samsyn.analysis.trend import mann_kendall, sen_slope

PLACE, CONTROL, NEAR, NEAR_CONTROL = Counts(207, 110), Counts(308, 318), Counts(178, 157), Counts(150, 140)
SMALL, SMALL_CONTROL = Counts(12, 10), Counts(20, 19)
CALM = (30, 31, 29, 30, 32, 28, 30, 30)
SHIFT = [5, 6, 4, 7, 5, 6, 8, 5, 4, 6, 12, 13, 11, 14, 15, 12, 13, 12, 14, 13]
STILL = [5, 6, 4, 7, 5, 6, 8, 5, 4, 6, 5, 7, 4, 6, 5, 8, 6, 4, 7, 5]
CAUSES = re.compile(
    r"tack vare|beror på \w|berodde|ledde till|orsak|gav effekt|effekten av|påverka|förebygg|bidrog|insatsen har", re.IGNORECASE
)


def every_sentence() -> list[str]:
    """Return the sentences of all results, clear and unclear."""
    said = []
    for place, control in ((PLACE, CONTROL), (SMALL, SMALL_CONTROL), (Counts(0, 3), Counts(4, 0))):
        said += [change_sentence(place, percent_change(place)), net_change_sentence(net_percent_change(place, control), "Norra torget")]
        said += [difference_sentence(difference_in_differences(place, control), "Norra torget")]
        said += [quotient_sentence(displacement_quotient(place, NEAR, control), "Norra torget")]
        said += [displacement_sentence(weighted_difference(place, control, NEAR, NEAR_CONTROL), "Norra torget")]
    for values in (SHIFT, STILL, [5, 5, 5]):
        said += [chart_sentence(chart(Series(values))) for chart in (run_chart, xmr_chart, c_chart)]
        said += [trend_sentence(mann_kendall(Series(values)), sen_slope(Series(values)))]
    for values in (SHIFT, STILL):
        said += [segmented_sentence(kind(Series(values), Break(10))) for kind in (segmented_counts, segmented_values)]
        said += [expected_sentence(against_forecast(Series(values[:10]), values[10:]), "seriens egen utveckling före")]
    said += [power_sentence(count, smallest_visible_fall(count)) for count in (3, 38)]
    said += [count_needed_sentence(ratio, count_needed(ratio)) for ratio in (0.8, 1.0, 1.5)]
    for events in ([10, 11, 12], [5, 90, 12]):
        said += [places_sentence(overdispersion_of_ratios(events, [11.0, 11, 11])), shrunk_sentence(shrink(events, [900, 1000, 1100]))]
        said += [rank_sentence("Vik", rank, 3) for rank in rank_intervals(events, [900, 1000, 1100])]
    return said


def test_no_sentence_claims_a_cause_and_every_one_is_whole() -> None:
    said = every_sentence()
    assert len(said) > 40
    for sentence in said:
        assert not CAUSES.search(sentence), sentence
        assert sentence.endswith(".") and sentence[0].isupper() | sentence[0].isdigit(), sentence
        assert not re.search(r"\d\.\d|\bnan\b|None|\binf\b", sentence), sentence


@pytest.mark.parametrize(
    "planted", ["Minskningen beror på belysningen.", "Insatsen har gett resultat.", "Det gav effekt.", "Tack vare vakterna."]
)
def test_a_planted_cause_is_caught(planted: str) -> None:
    assert CAUSES.search(planted)


def test_a_change_without_comparison_says_so_with_its_reservation() -> None:
    said = change_sentence(PLACE, percent_change(PLACE))
    assert said.startswith("207 händelser före och 110 efter: en minskning med 47 procent (95 % osäkerhetsintervall: 33 till 58 procent).")
    assert NO_COMPARISON in said and RESERVATION in said and CHANCE not in said


def test_the_reservation_falls_away_when_earlier_periods_are_known() -> None:
    known = Counts(30, 14, earlier=CALM)
    assert RESERVATION not in change_sentence(known, percent_change(known))


def test_what_lies_within_chance_is_said_to() -> None:
    said = change_sentence(SMALL, percent_change(SMALL), "anmälningar")
    assert CHANCE in said and "en minskning med 17 procent" in said and "till en ökning med" in said
    assert CHANCE in net_change_sentence(net_percent_change(SMALL, SMALL_CONTROL), "Norra torget")
    assert CHANCE in difference_sentence(difference_in_differences(SMALL, SMALL_CONTROL), "Norra torget")


def test_periods_of_unequal_length_are_mentioned() -> None:
    longer = Counts(40, 30, 2, 1)
    assert "räknat per lika lång tid en ökning med 50 procent" in change_sentence(longer, percent_change(longer))


def test_the_comparison_is_named_or_refused() -> None:
    change = net_percent_change(PLACE, CONTROL)
    assert net_change_sentence(change, "Norra torget").startswith("Jämfört med Norra torget hade platsen en minskning med 49 procent")
    with pytest.raises(OutOfRange, match="jämförs med"):
        net_change_sentence(change, " ")


def test_the_weighted_difference_names_place_area_and_comparison() -> None:
    said = displacement_sentence(weighted_difference(PLACE, CONTROL, NEAR, NEAR_CONTROL), "Norra torget")
    assert "118 händelser färre" in said and "Norra torget" in said and "40 till 196" in said


@pytest.mark.parametrize(
    ("near", "read"),
    [
        (Counts(178, 157), "också bättre"),
        (Counts(60, 66), "kan ha flyttat dit"),
        (Counts(60, 260), "överstiger platsens egen minskning"),
        (Counts(308, 318), "som jämförelsen"),
    ],
)
def test_the_quotient_is_read_by_where_it_lies(near: Counts, read: str) -> None:
    assert read in quotient_sentence(displacement_quotient(PLACE, near, CONTROL), "Norra torget")


def test_the_quotient_is_not_read_when_the_difference_may_be_chance() -> None:
    said = quotient_sentence(displacement_quotient(SMALL, NEAR, SMALL_CONTROL), "Norra torget")
    assert "kan inte skiljas från slump" in said and "kvot 8" not in said


def test_power_says_the_smallest_fall_that_can_be_seen() -> None:
    assert "Med 38 brott om året kan bara en minskning på minst 54 procent synas." in power_sentence(38, smallest_visible_fall(38))
    beside = smallest_visible_fall(38, CountDesign(control_size=1.0))
    assert "minst 70 procent synas, räknat med ett jämförelseområde" in power_sentence(38, beside)
    assert "går inget att se" in power_sentence(3, smallest_visible_fall(3))
    assert "omkring 352 brott" in count_needed_sentence(0.8, count_needed(0.8))


def test_a_chart_names_the_points_and_says_when_nothing_can_be_told() -> None:
    assert "Punkt 1–10 ligger alla på samma sida" in chart_sentence(run_chart(Series(SHIFT)))
    assert chart_sentence(xmr_chart(Series([*STILL, 40, 41]))).startswith("Punkt 21 och 22 ligger utanför styrgränserna.")
    assert "kan inte skiljas från slump" in chart_sentence(run_chart(Series(STILL)))
    assert "Inget tecken" not in chart_sentence(run_chart(Series(STILL[:8])))


def test_a_trend_and_a_break_are_told_from_chance() -> None:
    assert trend_sentence(mann_kendall(Series(SHIFT)), sen_slope(Series(SHIFT))).startswith("Serien går uppåt: 0,5 per period")
    assert CHANCE in trend_sentence(mann_kendall(Series(STILL)), sen_slope(Series(STILL)))
    assert "procent högre än den tidigare trenden" in segmented_sentence(segmented_counts(Series(SHIFT), Break(10)))
    assert "kan inte skiljas" in segmented_sentence(segmented_values(Series(STILL), Break(10)))


def test_places_and_ranks_say_when_they_cannot_be_told_apart() -> None:
    assert "inte större än slumpen" in shrunk_sentence(shrink([10, 11, 12], [1000] * 3))
    alike, apart = rank_intervals([10, 11, 12], [1000] * 3), rank_intervals([10, 200, 12], [1000] * 3)
    assert "kan inte skiljas från slump" in rank_sentence("Vik", alike[0], 3)
    assert rank_sentence("Vik", apart[1], 3) == "Vik ligger på plats 1 av 3, med 95 % säkerhet."
    assert "mellan plats 2 och 3 av 3" in rank_sentence("Vik", apart[0], 3)


def test_a_number_without_interval_gets_no_words_of_chance() -> None:
    said = expected_sentence(Estimate(-5.0, 2, "points", "synthetic_control"), "en blandning av jämförelseplatser")
    assert "5 under det som en blandning av jämförelseplatser" in said and CHANCE not in said
