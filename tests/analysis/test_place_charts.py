"""The charts of one place: what is drawn is what was counted, the description says it in words, and signals are told by shape too."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

import numpy as np
import pytest

from samsyn.analysis.answer import Chart
from samsyn.analysis.counts import count_with_interval, percent_change
from samsyn.analysis.frequency import Counts, Series
from samsyn.analysis.place_answers import PlaceQuestion, place_answer
from samsyn.analysis.place_sentences import chart_sentence
from samsyn.analysis.place_series import SeriesQuestion, chart_of, series_answer
from samsyn.analysis.place_series_charts import levels_of, signalled
from samsyn.analysis.segmented import Break, Season, segmented_counts, segmented_values
from samsyn.analysis.spc import ChartKind

PLACE, CONTROL = Counts(207, 110), Counts(308, 318)
FELL = [12, 11, 14, 10, 13, 12, 9, 15, 12, 11, 13, 12, 14, 12, 6, 5, 7, 4, 6, 5, 8, 6, 5, 4]
MONTHS = tuple(f"{2024 + place // 12}-{place % 12 + 1:02d}" for place in range(24))


def rows_of(chart: Chart, kind: str, **mark: Any) -> list[dict[str, Any]]:
    """Return the rows of the chart's layers of a mark, those whose mark has such properties."""
    return [
        row for one in chart.spec["layer"] if one["mark"]["type"] == kind and all(one["mark"].get(name) == value for name, value in mark.items())
        for row in one["data"]["values"]
    ]  # fmt: skip


def asked(values: list[float], at: int | None = None, **more: Any) -> SeriesQuestion:
    return SeriesQuestion(Series(np.array(values, dtype=float), None, MONTHS[: len(values)]), at, **more)


def test_counts_are_drawn_before_and_after_with_their_exact_intervals() -> None:
    (chart,) = place_answer(PlaceQuestion(PLACE, name="Stortorget", what="bråk")).charts
    first, second = rows_of(chart, "point")
    exact = count_with_interval(207)
    assert (first["plats"], first["tid"], first["antal"], second["antal"]) == ("Stortorget", "före", 207, 110)
    assert (first["låg"], first["hög"]) == pytest.approx((exact.low, exact.high))
    assert "Stortorget: 207 före (180 till 237) och 110 efter" in chart.description and chart.spec["description"] == chart.description


def test_counts_over_unequal_times_are_drawn_per_month() -> None:
    (chart,) = place_answer(PlaceQuestion(Counts(60, 30, 12, 6), per=" i månaden")).charts
    assert [row["antal"] for row in rows_of(chart, "point")] == [5, 5] and "Händelser i månaden." in chart.description


def test_a_comparison_is_drawn_beside_the_place_and_what_is_beyond_it_last() -> None:
    told = place_answer(PlaceQuestion(PLACE, CONTROL, control_name="Norra torget", name="Stortorget"))
    rows = rows_of(told.charts[1], "point")
    assert [row["plats"] for row in rows] == ["Stortorget", "Norra torget", "Stortorget utöver Norra torget"]
    net = next(one.estimate for one in told.findings if one.name == "net_percent_change")
    assert [row["ändring"] for row in rows] == pytest.approx([percent_change(PLACE).value, percent_change(CONTROL).value, net.value])
    assert "inget ändrats" in told.charts[1].description


def test_what_cannot_be_compared_has_no_chart_of_changes() -> None:
    assert len(place_answer(PlaceQuestion(Counts(0, 4), Counts(0, 2))).charts) == 1
    assert len(place_answer(PlaceQuestion(Counts(3, 4), Counts(5, 2))).charts) == 2, "the positive control"


def test_a_series_has_its_limits_its_change_and_its_signals_by_shape() -> None:
    chart, levels = series_answer(asked(FELL, 14, begun="Ny belysning", what="bråk", per=" i månaden")).charts
    assert chart.title == "Styrdiagram: bråk i månaden" and levels.title == "Nivån före och efter: bråk i månaden"
    points, expected = rows_of(chart, "point"), chart_of(asked(FELL, 14))
    assert [row["värde"] for row in points] == FELL
    assert {row["punkt"] for row in points if row["slag"] == "signal"} == signalled(expected) != set()
    band = rows_of(chart, "area")
    assert (band[0]["undre"], band[0]["övre"]) == pytest.approx((expected.phases[0].lcl[0], expected.phases[0].ucl[0]))
    assert rows_of(chart, "rule", strokeDash=[6, 3]) == [{"punkt": 14.5, "text": "Ny belysning"}]
    shapes = next(one["encoding"]["shape"]["scale"]["range"] for one in chart.spec["layer"] if one["mark"]["type"] == "point")
    assert len(set(shapes)) == 2 and "Ny belysning, efter 2025-02" in chart.description
    assert "Fyrkanterna är signaler: 2025-02 till 2025-12." in chart.description


def test_few_points_are_a_run_chart_without_limits_and_without_a_change_no_line() -> None:
    (chart,) = series_answer(asked(FELL[:10])).charts
    assert chart.title.startswith("Seriediagram") and not rows_of(chart, "area") and not rows_of(chart, "rule", strokeDash=[6, 3])
    assert "Medianen är 12." in chart.description and "Ingen punkt är en signal." in chart.description
    assert any(row["text"] == "median 12" for row in rows_of(chart, "text"))


def test_the_levels_are_those_of_the_model_and_the_dashed_line_goes_on_as_before() -> None:
    at = Break(14, season=Season(12))
    found = segmented_counts(Series(np.array(FELL, dtype=float)), at)
    levels = levels_of(found, at, 24, are_counts=True)
    assert levels is not None and len(levels.fitted) == 24 and len(levels.expected) == 10
    assert levels.fitted[14] / levels.expected[0] == pytest.approx(found.level_change.value * found.slope_change.value)
    assert levels.fitted[1] / levels.fitted[0] == pytest.approx(found.trend_before.value)
    assert levels.expected[1] / levels.expected[0] == pytest.approx(found.trend_before.value)


def test_levels_of_values_are_lines_of_their_own_unit() -> None:
    at = Break(14)
    found = segmented_values(Series(np.array(FELL, dtype=float) + 0.5), at)
    levels = levels_of(found, at, 24, are_counts=False)
    assert levels is not None and found.slope_change is not None
    assert levels.fitted[14] - levels.expected[0] == pytest.approx(found.level_change.value + found.slope_change.value)


def test_the_other_place_is_drawn_once_in_the_last_chart_and_named() -> None:
    other = Series(np.array([11.0, 13.0] * 12))
    charts = series_answer(asked(FELL, 14, control=other, control_name="Norra torget")).charts
    drawn = [rows_of(chart, "line", strokeDash=[2, 3]) for chart in charts]
    assert [len(rows) for rows in drawn] == [0, 0, 24] and "Den streckade grå linjen är Norra torget." in charts[-1].description
    short = series_answer(asked(FELL[:16], 14, control=Series(np.array([11.0, 13.0] * 8)), control_name="Norra torget")).charts
    assert len(short) == 2 and len(rows_of(short[-1], "line", strokeDash=[2, 3])) == 16


@pytest.mark.parametrize("values", [[0] * 24, [0] * 12 + [9] * 12, [-5.5, 3] * 12, [1e15, 0] * 12, [0.00001] * 24, [5], [5, 4, 3, 2, 2, 1]])
def test_no_series_gives_a_drawing_with_something_that_is_no_number(values: list[float]) -> None:
    answers = [series_answer(asked(values)), *([series_answer(asked(values, len(values) // 2))] if len(values) > 1 else [])]
    for chart in (chart for told in answers for chart in told.charts):
        json.dumps(chart.spec, allow_nan=False)
        assert all(isfinite(value) for row in rows_of(chart, "line") for value in row.values() if isinstance(value, float)) and chart.description


def test_labels_at_the_right_end_never_lie_on_each_other() -> None:
    chart = series_answer(asked([100, 101] * 12, kind=ChartKind.XMR)).charts[0]
    places = sorted(one["mark"]["y"] for one in chart.spec["layer"] if one["mark"]["type"] == "text" and one["mark"].get("x"))
    assert len(places) == 3 and all(later - sooner >= 16 for sooner, later in zip(places, places[1:], strict=False))


def test_signals_are_named_by_their_periods_where_they_are_known() -> None:
    chart = chart_of(asked(FELL, 14))
    told = chart_sentence(chart, MONTHS)
    assert told.startswith("2025-04, 2025-06, 2025-08, 2025-11 och 2025-12 ligger utanför styrgränserna. 2025-02 till 2025-12 ligger alla på samma sida")
    assert "Punkt" not in told and chart_sentence(chart).startswith("Punkt 16, 18, 20, 23 och 24")
    flat = chart_of(asked([10, 11] * 7 + [1] * 6, 14))
    assert chart_sentence(flat, MONTHS).startswith("2025-03 till 2025-08 ligger utanför")
