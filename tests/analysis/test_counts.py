"""Counts before and after: R's printed values, scipy's and statsmodels' tests, and the width that earlier periods demand."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.rates import test_poisson_2indep as two_rates

from samsyn.analysis.counts import (
    INDEPENDENT,
    NO_END,
    NONE_BEFORE,
    count_with_interval,
    dispersion,
    e_test,
    e_test_score,
    percent_change,
    pooled_dispersion,
    rate,
    rate_p,
    rate_ratio,
    rate_ratio_mid_p,
    rate_ratio_mid_p_value,
    rate_ratio_p,
)
from samsyn.analysis.frequency import Counts
from samsyn.analysis.refused import NothingToCount, OutOfRange

ROTHMAN = Counts(before=21, after=11, time_before=3011, time_after=800)
CALM = (30, 31, 29, 30, 32, 28, 30, 30)
WILD = (10, 60, 22, 48, 5, 71, 30, 14)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0, 3.68887945411),
        (1, 0.0253178079843, 5.57164339094),
        (2, 0.242209278544, 7.22468766772),
        (5, 1.62348639012, 11.6683320793),
        (10, 4.79538869613, 18.390356042),
        (25, 16.1786818478, 36.9049316975),
        (50, 37.1109637375, 65.9187666643),
        (100, 81.3639912509, 121.626793792),
    ],
)
def test_the_interval_of_a_count_is_garwoods(count: int, low: float, high: float) -> None:
    found = count_with_interval(count)
    assert (found.value, found.low, found.high) == pytest.approx((count, low, high))


def test_a_rate_is_that_of_the_dental_records() -> None:
    found = rate(137, 24.19893)
    assert (found.value, found.low, found.high) == pytest.approx((5.66140734322, 4.75312480485, 6.69270933418))
    assert rate_p(137, 24.19893, 1).value == pytest.approx(2.845227e-56, rel=1e-5)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 60), st.floats(0.2, 50))
def test_the_p_value_of_a_rate_adds_up_all_that_is_no_likelier(count: int, mean: float) -> None:
    chances = stats.poisson.pmf(range(400), mean)
    slow = sum(chance for chance in chances if chance <= chances[count] * (1 + 1e-7))
    assert rate_p(count, 1.0, mean).value == pytest.approx(slow, rel=1e-6)


@pytest.mark.parametrize("mean", [1 - 1e-12, 1.0, 1 + 1e-12])
def test_beside_a_whole_mean_both_counts_are_as_likely(mean: float) -> None:
    assert [rate_p(count, 1.0, mean).value for count in (0, 1)] == pytest.approx([1.0, 1.0])


def test_a_count_as_expected_is_as_likely_as_can_be() -> None:
    assert rate_p(4, 2.0, 2.0).value == pytest.approx(1.0)


def test_a_ratio_of_rates_is_rothmans() -> None:
    found = rate_ratio(ROTHMAN)
    assert (found.value, found.low, found.high) == pytest.approx((1.97148809524, 0.858426403392, 4.27726594365))
    assert rate_ratio_p(ROTHMAN).value == pytest.approx(0.0796686330333)


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 60), st.integers(0, 60), st.floats(0.3, 3))
def test_the_ends_of_the_interval_leave_half_the_rest_in_each_tail(before: int, after: int, time: float) -> None:
    counts = Counts(before, after, time_after=time)
    exact, mid = rate_ratio(counts), rate_ratio_mid_p(counts)
    total = before + after

    def share(ratio: float | None) -> float:
        return (ratio or 0.0) * time / ((ratio or 0.0) * time + 1)

    assert stats.binom.cdf(after, total, share(exact.high)) == pytest.approx(0.025)
    if after:
        assert stats.binom.sf(after - 1, total, share(exact.low)) == pytest.approx(0.025)
        assert stats.binom.sf(after - 1, total, share(mid.low)) - stats.binom.pmf(after, total, share(mid.low)) / 2 == pytest.approx(0.025)
    assert stats.binom.cdf(after, total, share(mid.high)) - stats.binom.pmf(after, total, share(mid.high)) / 2 == pytest.approx(0.025)
    assert (exact.low or 0.0) <= (mid.low or 0.0) <= (mid.high or nan) <= (exact.high or nan)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 40), st.integers(1, 40), st.floats(0.3, 3))
def test_the_p_values_are_those_of_the_binomial_test(before: int, after: int, time: float) -> None:
    counts, total, share = Counts(before, after, time_after=time), before + after, time / (1 + time)
    assert rate_ratio_p(counts).value == pytest.approx(stats.binomtest(after, total, share).pvalue, rel=1e-6)
    below = stats.binom.cdf(after, total, share) - stats.binom.pmf(after, total, share) / 2
    assert rate_ratio_mid_p_value(counts).value == pytest.approx(min(1, 2 * min(below, 1 - below)), abs=1e-9)


def test_nothing_before_has_no_ratio_and_nothing_after_has_an_upper_end() -> None:
    assert (rate_ratio(Counts(0, 4)).value, rate_ratio(Counts(0, 4)).reason) == (None, NONE_BEFORE)
    none_after = rate_ratio_mid_p(Counts(9, 0))
    assert (none_after.value, none_after.low) == (0.0, 0.0)
    assert 0 < (none_after.high or nan) < 0.5


def test_a_ratio_is_shown_as_per_cent_too() -> None:
    ratio, percent = rate_ratio_mid_p(Counts(200, 150)), percent_change(Counts(200, 150))
    assert (percent.value, percent.unit) == (pytest.approx(-25.0), "percent")
    assert percent.low == pytest.approx(100 * ((ratio.low or nan) - 1))


@pytest.mark.parametrize(
    ("after", "before", "p"), [(3, 0, 0.0883790094548), (0, 3, 0.0883790094548), (6, 2, 0.174874820944), (20, 10, 0.0688317821081)]
)
def test_the_e_test_gives_the_printed_values(after: int, before: int, p: float) -> None:
    assert e_test(Counts(before, after)).value == pytest.approx(p, abs=1e-9)


@pytest.mark.parametrize(
    ("after", "before", "t_after", "t_before"), [(20, 10, 4, 2), (7, 30, 1, 2.5), (11, 21, 800, 3011), (150, 190, 1, 1), (5, 2, 3, 1)]
)
def test_the_e_test_is_statsmodels_with_unequal_times(after: int, before: int, t_after: float, t_before: float) -> None:
    counts = Counts(before, after, t_before, t_after)
    for ours, name in ((e_test, "etest-wald"), (e_test_score, "etest-score")):
        theirs = two_rates(after, t_after, before, t_before, method=name, compare="ratio").pvalue
        assert ours(counts).value == pytest.approx(theirs, abs=2e-6)


def test_the_e_test_uses_the_variance_of_each_rate_as_krishnamoorthy_and_thomson() -> None:
    after, before, t_after, t_before = 7, 30, 1.0, 2.5
    pooled, far = (after + before) / (t_after + t_before), abs(after / t_after - before / t_before)
    seen = far / np.sqrt(after / t_after**2 + before / t_before**2)
    first, second = np.meshgrid(np.arange(80), np.arange(120), indexing="ij")
    spread = np.sqrt(np.maximum(first / t_after**2 + second / t_before**2, 1e-9))
    chance = stats.poisson.pmf(first, pooled * t_after) * stats.poisson.pmf(second, pooled * t_before)
    outside = np.abs(first / t_after - second / t_before) / spread >= seen * (1 - 1e-12)
    assert e_test(Counts(before, after, t_before, t_after)).value == pytest.approx(chance[outside].sum(), abs=1e-10)


def test_earlier_periods_that_vary_wildly_leave_no_upper_limit_and_no_crash() -> None:
    for ratio in (rate_ratio, rate_ratio_mid_p):
        told = ratio(Counts(3, 2, earlier=(2, 2, 100, 1, 5, 2, 5, 10, 7, 1, 2, 900)))
        assert told.value == pytest.approx(2 / 3) and told.low is not None and told.high is None and told.reason == NO_END


@pytest.mark.parametrize("mean", [0.3, 3.0, 24.2, 1e5, 1e9])
def test_a_rate_far_from_the_stated_one_is_found_without_counting_one_by_one(mean: float) -> None:
    assert rate_p(0, 1.0, mean).value == pytest.approx(_slow_rate_p(0, mean), abs=1e-9)


def _slow_rate_p(count: int, mean: float) -> float:
    limit = stats.poisson.pmf(count, mean) * (1 + 1e-7)
    outcomes = np.arange(int(mean + 40 * np.sqrt(mean) + 60)) if mean < 1e6 else np.array([count])
    chances = stats.poisson.pmf(outcomes, mean)
    return float(chances[chances <= limit].sum())


def test_the_e_test_of_nothing_is_refused_and_of_equal_rates_is_one() -> None:
    with pytest.raises(NothingToCount, match="E-testet"):
        e_test(Counts(0, 0))
    assert e_test(Counts(4, 2, 2, 1)).value == 1.0


def test_the_e_test_copes_with_many_events() -> None:
    assert e_test(Counts(1_000_000, 1_003_000)).value == pytest.approx(0.034, abs=0.001)


def test_dispersion_is_variance_over_mean_from_eight_periods() -> None:
    assert dispersion(WILD).value == pytest.approx(stats.tvar(WILD) / 32.5)
    assert dispersion(WILD[:7]).value is None and "Färre än 8" in dispersion(WILD[:7]).reason
    assert dispersion((0,) * 9).value is None


def test_dispersion_of_two_areas_is_weighed_by_their_periods() -> None:
    one, other = dispersion(WILD).value or nan, dispersion(CALM).value or nan
    assert pooled_dispersion(WILD, CALM, (1, 2)).value == pytest.approx((one + other) / 2)


def test_earlier_periods_that_vary_widen_the_interval_and_calm_ones_do_not() -> None:
    alone, calm, wild = (rate_ratio_mid_p(Counts(30, 20, earlier=earlier)) for earlier in ((), CALM, WILD))
    assert (alone.reason, calm.reason, wild.reason) == (INDEPENDENT, "", "")
    assert (calm.low, calm.high) == (alone.low, alone.high)
    assert (wild.low or nan) < (alone.low or nan) and (wild.high or nan) > (alone.high or nan)
    assert (wild.value, wild.settings["dispersion"]) == (alone.value, pytest.approx(dispersion(WILD).value))
    for p_value in (rate_ratio_p, rate_ratio_mid_p_value):
        assert (p_value(Counts(30, 10, earlier=WILD)).value or 0) > (p_value(Counts(30, 10)).value or 1)


def test_the_widened_interval_is_that_of_fewer_independent_events() -> None:
    four = tuple(round(30 + 30 * step) for step in (1, -1) * 4)
    spread = dispersion(four).value or nan
    wide, few = rate_ratio(Counts(60, 30, earlier=four)), rate_ratio(Counts(60, 30))
    assert spread > 1
    assert (wide.high or nan) / (wide.value or nan) > (few.high or nan) / (few.value or nan)
    assert count_with_interval(40, dispersion=4.0).low == pytest.approx(4 * (count_with_interval(10).low or nan))


def test_the_p_value_of_no_events_is_refused() -> None:
    with pytest.raises(NothingToCount):
        rate_ratio_p(Counts(0, 0))
    assert rate_ratio(Counts(0, 0)).value is None


@pytest.mark.parametrize(("count", "exposure"), [(-1, 1.0), (3, 0.0), (3, float("inf"))])
def test_impossible_rates_are_refused(count: int, exposure: float) -> None:
    with pytest.raises(OutOfRange):
        rate(count, exposure)
    with pytest.raises(OutOfRange):
        rate_p(count, exposure, 1.0)


def test_millions_of_events_are_tested_without_trying_each_outcome() -> None:
    many = rate_ratio_p(Counts(2_000_000, 2_004_000))
    assert many.settings["two_sided"] == "doubled"
    assert many.value == pytest.approx(stats.norm.sf(4000 / 4_004_000**0.5) * 2, rel=0.01)
