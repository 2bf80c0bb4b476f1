"""Trend: the Nile, scipy's Kendall and Theil-Sen, and what is not said of short series."""

from __future__ import annotations

from itertools import combinations
from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samsyn.analysis.frequency import Series
from samsyn.analysis.refused import OutOfRange
from samsyn.analysis.trend import FEW, NO_VARIATION, TOO_FEW, mann_kendall, sen_slope

NILE = [1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
        1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
        831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759]  # fmt: skip
SHORT = st.lists(st.integers(0, 6), min_size=4, max_size=25).filter(lambda values: len(set(values)) > 1)


def test_the_nile_falls_as_published() -> None:
    found, slope = mann_kendall(Series(NILE)), sen_slope(Series(NILE))
    assert (found.s, found.variance) == (-711, 24571)
    assert found.z.value == pytest.approx(-4.5294652568)
    assert found.p.value == pytest.approx(5.91331566565e-06)
    assert found.tau_b.value == pytest.approx(-0.402948967991)
    assert slope.value == pytest.approx(-6.29893617021)
    assert (slope.low or nan) < -6.3 < (slope.high or nan) < 0


@settings(deadline=None, max_examples=40)
@given(SHORT)
def test_tau_and_slope_are_scipys(values: list[int]) -> None:
    found, slope = mann_kendall(Series(values)), sen_slope(Series(values))
    theirs = stats.theilslopes(values, np.arange(len(values)), 0.95)
    assert found.tau_b.value == pytest.approx(stats.kendalltau(np.arange(len(values)), values).statistic)
    assert (slope.value, slope.low, slope.high) == pytest.approx((theirs.slope, theirs.low_slope, theirs.high_slope))


@settings(deadline=None, max_examples=30)
@given(SHORT)
def test_the_score_is_that_counted_pair_by_pair(values: list[int]) -> None:
    assert mann_kendall(Series(values)).s == sum((later > first) - (later < first) for first, later in combinations(values, 2))


def test_slopes_at_uneven_times_are_scipys() -> None:
    times, values = [0, 1, 1, 4, 6, 7, 11], [3, 5, 4, 9, 9, 12, 20]
    ours, theirs = sen_slope(Series(values), times), stats.theilslopes(values, times, 0.95)
    assert (ours.value, ours.low, ours.high) == pytest.approx((theirs.slope, theirs.low_slope, theirs.high_slope))


def test_a_short_series_has_no_trend_and_a_rather_short_one_is_uncertain() -> None:
    assert mann_kendall(Series([1, 2, 3])).p.reason == TOO_FEW == sen_slope(Series([1, 2, 3])).reason
    assert mann_kendall(Series([1, 2, 3, 4])).p.reason == FEW == sen_slope(Series([1, 2, 3, 4])).reason
    assert mann_kendall(Series(range(10))).p.reason == "" == sen_slope(Series(range(10))).reason


def test_a_series_that_stands_still_has_no_trend() -> None:
    found = mann_kendall(Series([3] * 12))
    assert (found.z.value, found.p.value, found.tau_b.value, found.p.reason) == (None, None, None, NO_VARIATION)
    assert sen_slope(Series([3] * 12)).value == 0.0


def test_times_that_are_all_the_same_are_refused() -> None:
    with pytest.raises(OutOfRange, match="Alla tider är lika"):
        sen_slope(Series([1, 2, 3, 4]), [5, 5, 5, 5])
