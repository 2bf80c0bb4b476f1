"""Charts over time: the printed tables, the rules' limits, and what is not said of too few points."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samsyn.analysis.frequency import Series
from samsyn.analysis.refused import OutOfRange, SettingMissing, TooFewPoints
from samsyn.analysis.spc import (
    NO_SPREAD,
    TOO_FEW_FOR_LIMITS,
    ChartRule,
    ChartSettings,
    c_chart,
    g_chart,
    p_chart,
    run_chart,
    t_chart,
    u_chart,
    xmr_chart,
)
from samsyn.analysis.spc_rules import fewest_crossings, longest_run_limit, runs_round

LOANS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304,
         305, 282, 305, 296, 314, 295, 287, 301, 298, 311, 310, 292, 305, 299, 304, 310, 304, 305, 333, 328]  # fmt: skip
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
        9, 6, 12, 5, 6, 4, 6, 3, 7, 6, 2, 4, 3, 6, 5, 4, 8, 5, 6, 7, 5, 6, 3, 5, 8, 7, 5, 6, 4, 5, 2, 3, 4, 7, 6, 5, 5, 3, 7,
        9, 6, 10, 4, 3, 5, 8, 11, 9, 7, 3, 5, 2, 1, 4, 5, 3, 7, 6, 4, 4, 6, 8, 5, 6]  # fmt: skip
COUNTS = [7, 3, 5, 6, 2, 8, 4, 5, 9, 3, 6, 4, 5, 7]


def test_the_limits_of_the_rules_are_those_published() -> None:
    useful = [10, 11, 12, 15, 16, 20, 24, 25, 30, 40, 50, 60, 100]
    assert [longest_run_limit(n) for n in useful] == [6, 6, 7, 7, 7, 7, 8, 8, 8, 8, 9, 9, 10]
    assert [fewest_crossings(n) for n in useful] == [2, 2, 3, 4, 4, 6, 8, 8, 10, 14, 19, 23, 41]


@pytest.mark.parametrize("n", [1, 2, 3, 7, 13, 200, 999])
def test_the_fewest_crossings_are_the_five_per_cent_point_of_the_binomial(n: int) -> None:
    assert fewest_crossings(n) == stats.binom.ppf(0.05, n - 1, 0.5).clip(0)


def test_rules_without_a_useful_point_are_refused() -> None:
    with pytest.raises(OutOfRange, match="mittlinjen"):
        longest_run_limit(0)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(-2, 2), min_size=1, max_size=40), st.sets(st.integers(0, 39)))
def test_runs_are_those_counted_one_by_one(values: list[int], left_out: set[int]) -> None:
    counted = np.array([place not in left_out for place in range(len(values))])
    found = runs_round(np.array(values, dtype=float), 0.0, counted)
    signs = [value > 0 for place, value in enumerate(values) if value and place not in left_out]
    runs = [len(list(group)) for _, group in groupby(signs)]
    assert (found.useful, found.longest, found.crossings) == (len(signs), max(runs, default=0), max(len(runs) - 1, 0))
    assert sum(len(run) for run in found.long_runs) == sum(run for run in runs if run > (found.longest_limit or 0))


def test_a_frozen_xmr_chart_gives_the_loan_costs_of_the_textbook() -> None:
    chart = xmr_chart(Series(LOANS), ChartSettings(freeze=20))
    (phase,) = chart.phases
    assert (phase.centre, phase.mean_range) == (300.5, pytest.approx(7.78947368421))
    assert phase.range_limit == pytest.approx(25.4482105263)
    assert (phase.lcl[0], phase.ucl[39]) == (pytest.approx(279.78331467), pytest.approx(321.21668533))
    assert (phase.runs.useful, phase.runs.longest, phase.runs.longest_limit) == (40, 6, 8)
    assert (phase.runs.crossings, phase.runs.crossings_limit) == (20, 14)
    assert chart.points_that_broke(ChartRule.OUTSIDE_LIMITS) == (39, 40)
    assert [signal.rule for signal in chart.signals] == [ChartRule.OUTSIDE_LIMITS]


def test_a_split_p_chart_with_excluded_points_gives_the_cans_of_the_textbook() -> None:
    chart = p_chart(Series(CANS, [50] * 94), ChartSettings(splits=(30,), excluded=frozenset({15, 23})))
    first, second = chart.phases
    assert (first.centre, first.lcl[0], first.ucl[0]) == pytest.approx((0.215, 0.0407028399543, 0.389297160046))
    assert (second.centre, second.lcl[0], second.ucl[0]) == pytest.approx((0.1096875, 0, 0.242269955181))
    assert (first.runs.useful, first.runs.longest, first.runs.longest_limit) == (28, 5, 8)
    assert (first.runs.crossings, first.runs.crossings_limit) == (13, 9)
    assert (second.runs.useful, second.runs.longest, second.runs.longest_limit) == (64, 7, 9)
    assert (second.runs.crossings, second.runs.crossings_limit) == (30, 25)
    assert (first.first, first.last, second.first, second.last) == (1, 30, 31, 94)


def test_an_excluded_point_is_never_a_signal_and_moves_no_line() -> None:
    with_wild = xmr_chart(Series([*COUNTS[:6], 500, *COUNTS[6:]]), ChartSettings(excluded=frozenset({7})))
    without = xmr_chart(Series(COUNTS))
    assert with_wild.signals == ()
    assert (with_wild.phases[0].centre, with_wild.phases[0].mean_range) == (without.phases[0].centre, without.phases[0].mean_range)
    assert xmr_chart(Series([*COUNTS[:6], 500, *COUNTS[6:]])).points_that_broke(ChartRule.OUTSIDE_LIMITS) == (7,)


def test_c_and_u_charts_agree_when_all_periods_are_alike_and_never_go_below_nothing() -> None:
    by_count, by_rate = c_chart(Series(COUNTS)).phases[0], u_chart(Series(COUNTS, [2.0] * 14)).phases[0]
    mean = sum(COUNTS) / 14
    assert (by_count.centre, by_count.lcl[0], by_count.ucl[0]) == pytest.approx((mean, 0.0, mean + 3 * mean**0.5))
    assert (by_rate.centre, by_rate.ucl[0]) == pytest.approx((by_count.centre / 2, by_count.ucl[0] / 2))


def test_a_u_chart_is_wider_where_fewer_were_counted() -> None:
    phase = u_chart(Series(COUNTS, [1.0, 4.0] * 7)).phases[0]
    assert phase.ucl[0] - phase.centre == pytest.approx(2 * (phase.ucl[1] - phase.centre))


def test_the_upper_limit_of_a_share_is_never_above_one() -> None:
    assert max(p_chart(Series([9, 10, 8] * 5, [10] * 15)).phases[0].ucl) == 1.0


def test_a_t_chart_is_an_xmr_chart_on_the_changed_scale_drawn_back() -> None:
    days = [12.0, 40.0, 3.0, 25.0, 60.0, 8.0, 33.0, 19.0, 90.0, 5.0, 14.0, 28.0, 400.0]
    inner, phase = xmr_chart(Series([day ** (1 / 3.6) for day in days])).phases[0], t_chart(Series(days)).phases[0]
    assert phase.centre == pytest.approx(inner.centre**3.6)
    assert phase.ucl[0] == pytest.approx(inner.ucl[0] ** 3.6)
    assert phase.lcl[0] == pytest.approx(max(inner.lcl[0], 0) ** 3.6)
    assert phase.mean_range is None


def test_time_between_events_cannot_be_nothing() -> None:
    with pytest.raises(OutOfRange, match="över 0"):
        t_chart(Series([3.0, 0.0, 5.0]))


def test_a_g_chart_has_its_centre_at_the_median_and_its_limits_by_the_mean() -> None:
    between = [10, 2, 31, 4, 0, 18, 9, 44, 3, 12, 7, 1]
    phase = g_chart(Series(between)).phases[0]
    mean = sum(between) / 12
    assert (phase.centre, phase.lcl[0]) == (8.0, 0.0)
    assert phase.ucl[0] == pytest.approx(mean + 3 * (mean * (mean + 1)) ** 0.5)


def test_with_fewer_than_twelve_points_there_is_a_run_chart_only() -> None:
    few, enough = c_chart(Series(COUNTS[:11])).phases[0], c_chart(Series(COUNTS[:12])).phases[0]
    assert (few.lcl, few.ucl, few.centre) == ((), (), 5.0)
    assert TOO_FEW_FOR_LIMITS in few.reason
    assert len(enough.lcl) == 12 and enough.reason == ""


def test_too_few_frozen_points_give_no_limits_either() -> None:
    assert TOO_FEW_FOR_LIMITS in c_chart(Series(COUNTS), ChartSettings(freeze=5)).phases[0].reason


def test_a_shift_breaks_both_rules_and_names_its_points() -> None:
    chart = run_chart(Series([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, *[9, 8] * 5]))
    assert chart.points_that_broke(ChartRule.LONG_RUN) == tuple(range(1, 21))
    assert [signal.rule for signal in chart.signals] == [ChartRule.LONG_RUN, ChartRule.LONG_RUN, ChartRule.FEW_CROSSINGS]
    assert chart.phases[0].lcl == ()


def test_the_rules_are_not_judged_below_ten_useful_points() -> None:
    chart = run_chart(Series([1, 1, 1, 1, 9, 9, 9, 9]))
    assert chart.signals == () and "Färre än 10 punkter" in chart.phases[0].reason


def test_values_that_do_not_vary_have_no_limits() -> None:
    assert NO_SPREAD in xmr_chart(Series([4] * 15)).phases[0].reason
    assert NO_SPREAD in c_chart(Series([0] * 15)).phases[0].reason


@pytest.mark.parametrize(
    "chosen",
    [ChartSettings(freeze=15), ChartSettings(splits=(0,)), ChartSettings(excluded=frozenset({16}))],
    ids=["freeze", "split", "excluded"],
)
def test_a_setting_that_points_at_no_point_is_refused(chosen: ChartSettings) -> None:
    with pytest.raises(OutOfRange, match="punkt som inte finns"):
        run_chart(Series(COUNTS), chosen)


def test_freezing_and_splitting_at_once_is_refused() -> None:
    with pytest.raises(OutOfRange, match="inte båda"):
        ChartSettings(freeze=12, splits=(20,))


def test_splits_out_of_order_are_refused() -> None:
    with pytest.raises(OutOfRange, match="i ordning"):
        ChartSettings(splits=(20, 12))


def test_a_chart_of_nothing_is_refused() -> None:
    with pytest.raises(TooFewPoints):
        run_chart(Series([]))


def test_a_share_needs_what_it_was_counted_among_and_no_more_than_that() -> None:
    with pytest.raises(SettingMissing):
        p_chart(Series(COUNTS))
    with pytest.raises(OutOfRange, match="större"):
        p_chart(Series([3, 6], [5, 5]))
