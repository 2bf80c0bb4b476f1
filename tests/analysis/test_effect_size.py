"""Effect sizes with named denominators, Hedges' correction, and the noncentral t behind their intervals."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, special, stats

from samsyn.analysis import change, effect_size, noncentral_t
from samsyn.analysis.frequency import Pairs
from samsyn.analysis.refused import NotANumber, OutOfRange
from samsyn.analysis.spread import PairedSummary

MODEST = settings(deadline=None, max_examples=30)
SLEEP = Pairs.of([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
MOTE = PairedSummary(4.43, 5.57, 2.88, 1.99, 7, 0.68, 2.12)
ALL = (effect_size.d_z, effect_size.d_av, effect_size.d_av_arithmetic, effect_size.d_pre, effect_size.d_rm,
       effect_size.g_z, effect_size.g_av, effect_size.g_av_arithmetic, effect_size.g_pre, effect_size.g_rm)  # fmt: skip


@pytest.mark.parametrize(
    ("quantity", "value"),
    [
        (effect_size.d_z, 1.28455756259),
        (effect_size.d_rm, 0.822176638386),
        (effect_size.d_av_arithmetic, 0.833496341313),
        (effect_size.d_av, 0.83218108135),
        (effect_size.d_pre, 0.883170190361),
        (effect_size.g_z, 1.17392490351),
        (effect_size.g_av_arithmetic, 0.761711378727),
    ],
)
def test_the_sleep_of_student_has_the_effect_sizes_that_r_prints(quantity: object, value: float) -> None:
    assert quantity(SLEEP).value == pytest.approx(value, rel=1e-9)


def test_the_interval_of_d_z_is_rs() -> None:
    told = effect_size.d_z(SLEEP)
    assert (told.low, told.high) == pytest.approx((0.414627667667, 2.11801650877), abs=1e-6)
    assert told.settings["interval"] == effect_size.EXACT


def test_summary_statistics_give_what_mote_prints() -> None:
    d_z, d_av, d_rm = (quantity(MOTE) for quantity in (effect_size.d_z, effect_size.d_av_arithmetic, effect_size.d_rm))
    assert (d_z.value, d_z.low, d_z.high) == pytest.approx((0.5377358, -0.2791857, 1.317321), abs=1e-6)
    assert (d_av.value, d_av.low, d_av.high) == pytest.approx((0.4681725, -0.3334172, 1.236058), abs=1e-6)
    assert d_rm.value == pytest.approx(0.4318412, abs=1e-6)
    assert d_av.settings["interval"] == effect_size.WITHOUT_R


def test_pairs_and_their_summary_give_the_same() -> None:
    for quantity in ALL:
        of_pairs, of_summary = quantity(SLEEP), quantity(PairedSummary.of(SLEEP))
        assert (of_pairs.value, of_pairs.low, of_pairs.high) == (of_summary.value, of_summary.low, of_summary.high)
        assert of_pairs.low < of_pairs.value < of_pairs.high
        assert of_pairs.settings["denominator"]


def test_the_interval_of_d_av_is_that_of_d_z_on_its_own_scale() -> None:
    summary, d_z = PairedSummary.of(SLEEP), effect_size.d_z(SLEEP)
    d_av = effect_size.d_av(SLEEP)
    scale = summary.sd_change / sqrt((summary.sd_before**2 + summary.sd_after**2) / 2)
    assert (d_av.value, d_av.low, d_av.high) == pytest.approx((d_z.value * scale, d_z.low * scale, d_z.high * scale))
    assert d_av.settings["interval"] == effect_size.SCALED


def test_without_r_the_interval_leaves_it_out_and_says_so() -> None:
    bare = PairedSummary(4.43, 5.57, 2.88, 1.99, 7)
    assert effect_size.d_av(bare).settings["interval"] == effect_size.WITHOUT_R
    assert effect_size.d_z(bare).reason == effect_size.d_rm(bare).reason == change.SPREAD_UNKNOWN


def test_turning_the_occasions_around_turns_the_effect_around() -> None:
    there, back = effect_size.d_z(Pairs.of([1, 2, 3], [2, 5, 4])), effect_size.d_z(Pairs.of([2, 5, 4], [1, 2, 3]))
    assert (back.value, back.low, back.high) == pytest.approx((-there.value, -there.high, -there.low), abs=1e-9)


def test_effects_without_spread_have_no_number_or_no_interval() -> None:
    alike, flat = Pairs.of([0.1, 0.2, 0.7], [0.3, 0.4, 0.9]), Pairs.of([2, 2, 2], [3, 3, 3])
    assert effect_size.d_z(alike).reason == effect_size.d_rm(alike).reason == change.NO_SPREAD
    assert (effect_size.d_av(alike).value, effect_size.d_av(alike).low) == (pytest.approx(0.2 / np.std([1, 2, 7], ddof=1) * 10), None)
    assert not any(quantity(flat).is_told for quantity in ALL)
    assert all(quantity(flat).reason for quantity in ALL)
    assert all(quantity(Pairs.of([], [])).reason == change.NO_PAIRS for quantity in ALL)
    assert all(quantity(Pairs.of([1], [2])).reason == change.ONE_PAIR for quantity in ALL)
    assert all(quantity(PairedSummary(1, 2, 1, 1, 1, 0.5)).reason == change.ONE_PAIR for quantity in ALL)


def test_the_correction_needs_three_pairs_and_says_what_it_was() -> None:
    two = Pairs.of([1, 2], [3, 5])
    assert effect_size.d_av(two).is_told
    assert (effect_size.g_av(two).value, effect_size.g_av(two).reason) == (None, effect_size.TWO_PAIRS)
    three = Pairs.of([1, 2, 3], [3, 5, 3])
    assert effect_size.g_av(three).value == pytest.approx(effect_size.d_av(three).value * special.gamma(1) / special.gamma(0.5))
    assert effect_size.d_z(Pairs.of([1, 2], [2, 3])).reason == change.NO_SPREAD
    told = effect_size.g_av(SLEEP)
    assert (told.settings["j"], told.settings["df"]) == (pytest.approx(0.913874891793), 9)


def test_hedges_correction_is_exact_and_not_the_short_formula() -> None:
    assert effect_size.exact_j(18) == pytest.approx(special.gamma(9) / (3 * special.gamma(8.5)), rel=1e-12)
    assert effect_size.exact_j(1) == 0.0
    assert effect_size.exact_j(2) != pytest.approx(1 - 3 / 7, abs=1e-3)
    assert effect_size.exact_j(1e6) == pytest.approx(1, abs=1e-5)
    with pytest.raises(OutOfRange):
        effect_size.exact_j(0.5)


def slow_cumulative(t: float, df: float, delta: float) -> float:
    """Return P(T <= t) by adaptive integration over the spread."""
    chi = stats.chi(df)
    low, high = chi.ppf(1e-15), chi.isf(1e-15)
    points = [delta / t * sqrt(df)] if t and low < delta / t * sqrt(df) < high else None
    return integrate.quad(lambda s: chi.pdf(s) * special.ndtr(t * s / sqrt(df) - delta), low, high, points=points, limit=400)[0]


@settings(deadline=None, max_examples=15)
@given(st.floats(-60, 60), st.sampled_from([1, 2, 3, 7.5, 18, 120]), st.floats(-12, 12))
def test_the_noncentral_t_is_an_integral_taken_slowly(t: float, df: float, delta: float) -> None:
    assert noncentral_t.cumulative(t, df, delta) == pytest.approx(slow_cumulative(t, df, delta), abs=1e-8)


@pytest.mark.parametrize(("t", "df", "delta"), [(2, 9, 1), (40, 3, 30), (100, 1, 2), (0, 5, 1), (35, 2000, 33), (14, 1, 30), (9, 2, -12)])
def test_the_noncentral_t_is_scipys_where_scipy_is_finite(t: float, df: float, delta: float) -> None:
    assert noncentral_t.cumulative(t, df, delta) == pytest.approx(special.nctdtr(df, delta, t), abs=1e-11)
    assert noncentral_t.cumulative(-t, df, -delta) == pytest.approx(1 - special.nctdtr(df, delta, t), abs=1e-11)


@MODEST
@given(st.floats(-40, 40), st.integers(1, 400), st.sampled_from([0.5, 0.9, 0.95, 0.999]))
def test_the_limits_of_the_noncentrality_give_back_their_probabilities(t: float, df: int, level: float) -> None:
    low, high = noncentral_t.limits(t, df, level)
    assert low < high
    assert noncentral_t.cumulative(t, df, low) == pytest.approx((1 + level) / 2, abs=1e-9)
    assert noncentral_t.cumulative(t, df, high) == pytest.approx((1 - level) / 2, abs=1e-9)


@pytest.mark.parametrize(("t", "df"), [(4.06, 9), (-3, 4), (0, 10), (200, 10_000)])
def test_limits_are_those_of_scipy_within_its_own_error(t: float, df: int) -> None:
    theirs = [special.nctdtrinc(df, tail, abs(t)) for tail in (0.975, 0.025)]
    expected = theirs if t >= 0 else [-theirs[1], -theirs[0]]
    assert noncentral_t.limits(t, df) == pytest.approx(expected, rel=1e-3, abs=1e-5)


@pytest.mark.parametrize("t", [1e5, -1e5])
def test_for_an_endless_t_only_the_spread_is_uncertain(t: float) -> None:
    expected = sorted(t * sqrt(stats.chi2.ppf(tail, 2) / 2) for tail in (0.025, 0.975))
    assert noncentral_t.limits(t, 2) == pytest.approx(expected, rel=1e-6)


def test_what_is_no_number_or_probability_is_refused() -> None:
    with pytest.raises(OutOfRange):
        noncentral_t.cumulative(1, 0, 1)
    with pytest.raises(NotANumber):
        noncentral_t.cumulative(float("nan"), 3, 1)
    with pytest.raises(OutOfRange):
        noncentral_t.noncentrality(1, 3, 1)
    for quantity in ALL:
        with pytest.raises(OutOfRange):
            quantity(SLEEP, 1.2)
