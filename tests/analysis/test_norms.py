"""Against people in general: differences, percentiles, cut-offs, the gap, and whether the norm fits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from samsyn.analysis import change, norm_gap, norms
from samsyn.analysis.direction import Direction
from samsyn.analysis.frequency import Frequencies, Pairs
from samsyn.analysis.norm import Norm
from samsyn.analysis.norm_fit import norm_warnings
from samsyn.analysis.refused import NotANumber, OutOfRange, SettingMissing
from samsyn.analysis.spread import PairedSummary
from samsyn.analysis.two_groups import Summary

MODEST = settings(deadline=None, max_examples=40)
HIGHER, LOWER = Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER
NORM = Norm(70.7, 11.7, 523)
LOKE = Pairs.of([52, 47, 60, 55, 41, 49, 50, 53, 46, 57, 39, 62, 48, 51, 45, 56, 42, 49, 53],
                [61, 58, 66, 54, 55, 63, 68, 50, 57, 65, 52, 64, 59, 60, 47, 70, 49, 62, 59])  # fmt: skip


def test_the_group_of_mote_stands_far_from_its_norm() -> None:
    group = Summary(1370, 112.7, 14)
    d, test = norms.one_sample_d(group, 1080), norms.one_sample_t(group, 1080)
    assert (d.value, d.low, d.high) == pytest.approx((2.573203, 1.453498, 3.671227), abs=1e-5)
    assert (test.statistic.value, test.df, test.p.value) == pytest.approx((9.6280447397, 13, 2.78808197985e-07))


@pytest.mark.parametrize(
    ("occasion", "difference", "percentile", "t", "df", "within"),
    [(LOKE.first, -1.7467, 4.0, -13.471, 22.9, 2), (LOKE.last, -1.009, 15.6, -7.482, 22.47, 9)],
)
def test_the_worked_unit_stands_where_it_should(
    occasion: Frequencies, difference: float, percentile: float, t: float, df: float, within: int
) -> None:
    told, welch = norms.norm_difference(occasion, NORM), norms.against_norm(Summary.of(occasion), NORM)
    assert told.value == pytest.approx(difference, abs=5e-5)
    assert norms.percentile_normal(occasion.mean, NORM).value == pytest.approx(percentile, abs=0.05)
    assert (welch.test.statistic.value, welch.test.df) == pytest.approx((t, df), abs=5e-3)
    assert norms.share_within_one_sd(occasion, NORM).value == within / 19


def test_a_difference_from_the_norm_has_the_interval_of_the_mean() -> None:
    told, mean = norms.norm_difference(LOKE.first, NORM), change.mean(LOKE.first)
    assert (told.low, told.high) == pytest.approx(((mean.low - 70.7) / 11.7, (mean.high - 70.7) / 11.7))
    assert told.settings["denominator"] == "SD of the norm"
    assert norms.norm_difference(Frequencies.of([]), NORM).reason == change.NOBODY
    alone = norms.norm_difference(Frequencies.of([59]), NORM)
    assert (alone.value, alone.low, alone.reason) == (pytest.approx(-1), None, change.ONE_ROW)


@MODEST
@given(st.lists(st.integers(0, 20), min_size=3, max_size=20).filter(lambda values: len(set(values)) > 1), st.integers(0, 20))
def test_the_one_sample_t_is_scipys(values: list[int], norm_mean: int) -> None:
    theirs = stats.ttest_1samp(np.array(values, dtype=float), norm_mean)
    told = norms.one_sample_t(Summary.of(Frequencies.of(values)), norm_mean)
    assert (told.statistic.value, told.p.value) == pytest.approx((theirs.statistic, theirs.pvalue), rel=1e-9, abs=1e-12)


def test_groups_without_spread_are_not_tested_against_a_norm() -> None:
    for group, why in ((Summary(3, 0, 5), change.ALL_THE_SAME), (Summary(3, float("nan"), 1), change.ONE_ROW),
                       (Summary.of(Frequencies.of([])), change.NOBODY)):  # fmt: skip
        assert norms.one_sample_d(group, 4).reason == norms.one_sample_t(group, 4).p.reason == why


@MODEST
@given(st.floats(0, 40), st.integers(2, 400))
def test_a_percentile_allows_for_a_small_norm(score: float, n: int) -> None:
    norm = Norm(20, 5, n)
    told = norms.percentile(score, norm)
    assert told.value == pytest.approx(100 * stats.t.cdf((score - 20) / (5 * np.sqrt((n + 1) / n)), n - 1))
    assert 0 <= told.low <= told.high <= 100
    assert told.method == "crawford_howell"


def test_a_percentiles_interval_is_crawford_and_garthwaites() -> None:
    told, n, away = norms.percentile(12, Norm(20, 5, 30)), 30, -1.6
    lower, upper = (-special.nctdtrinc(n - 1, tail, -away * np.sqrt(n)) / np.sqrt(n) for tail in (0.025, 0.975))
    assert (told.low, told.high) == pytest.approx((100 * special.ndtr(lower), 100 * special.ndtr(upper)), abs=1e-4)


def test_without_the_norms_n_the_percentile_is_the_normal_one_without_interval() -> None:
    told = norms.percentile(15, Norm(20, 5))
    assert (told.value, told.low, told.method) == (pytest.approx(15.8655, abs=1e-4), None, "normal")
    for ask in (norms.percentile_crawford_howell, lambda score, norm: norms.against_norm(Summary(score, 1, 5), norm)):
        with pytest.raises(SettingMissing):
            ask(15, Norm(20, 5))
    with pytest.raises(NotANumber):
        norms.percentile(float("nan"), Norm(20, 5))


def test_nine_risky_drinkers_of_twenty_are_set_against_the_population() -> None:
    values = Frequencies.of([9] * 9 + [3] * 10 + [7.5])
    told = norms.beyond_cutoff(values, 7.5, LOWER, 0.18)
    assert (told.share.value, told.difference.value, told.test.p.value) == pytest.approx((0.45, 0.27, 0.004876937156))
    assert (told.difference.low, told.difference.high) == pytest.approx((told.share.low - 0.18, told.share.high - 0.18))
    assert norms.share_beyond(values, 7.5, HIGHER).value == 0.5
    assert told.share.settings["cutoff_rule"].startswith("strict")


def test_a_cutoff_without_population_or_persons_is_guarded() -> None:
    nobody = norms.beyond_cutoff(Frequencies.of([]), 3, LOWER, 0.2)
    assert nobody.share.reason == nobody.difference.reason == nobody.test.p.reason == change.NOBODY
    assert norms.share_within_one_sd(Frequencies.of([]), NORM).reason == change.NOBODY
    with pytest.raises(SettingMissing):
        norms.beyond_cutoff(LOKE.first, 3, LOWER, None)


def test_the_worked_unit_closed_two_fifths_of_its_gap() -> None:
    told = norm_gap.share_gap_closed(LOKE, NORM, HIGHER)
    assert told.value == pytest.approx(0.422, abs=5e-4)
    assert 0.30 < told.low < told.value < told.high < 0.55


@MODEST
@given(st.integers(0, 10_000))
def test_fiellers_limits_are_where_the_change_less_that_share_of_the_gap_is_just_significant(seed: int) -> None:
    draw = np.random.default_rng(seed)
    before = draw.normal(50, 6, 12)
    after = before + draw.normal(5, 5, 12)
    told = norm_gap.share_gap_closed(Pairs.of(before.tolist(), after.tolist()), NORM, HIGHER)
    for limit in (told.low, told.high):
        rest = (after - before) - limit * (70.7 - before)
        assert stats.ttest_1samp(rest, 0).pvalue == pytest.approx(0.05, abs=1e-6)


def test_a_gap_that_is_not_there_has_no_share() -> None:
    at_the_norm = Pairs.of([69.7, 71.7], [75, 80])
    assert norm_gap.share_gap_closed(at_the_norm, NORM).reason == norm_gap.NO_GAP
    assert norm_gap.share_gap_closed(LOKE, NORM, LOWER).reason == norm_gap.PAST_THE_NORM
    assert norm_gap.share_gap_closed(Pairs.of([], []), NORM).reason == change.NO_PAIRS
    unsure = norm_gap.share_gap_closed(Pairs.of([50, 70, 90], [52, 75, 91]), NORM)
    assert unsure.value is not None and (unsure.low, unsure.reason) == (None, norm_gap.GAP_UNSURE)
    assert norm_gap.share_gap_closed(PairedSummary(50, 60, 5, 5, 9), NORM).low is None
    assert norm_gap.share_gap_closed(PairedSummary(50, 60, 5, 5, 9, sd_change=4), NORM).low is None
    assert norm_gap.share_gap_closed(Pairs.of([50, 50, 50], [60, 61, 62]), NORM).low is not None


def test_what_a_group_would_move_by_itself_is_told() -> None:
    told = norms.expected_regression(90, 70, 0.7, 19)
    assert (told.value, told.n, told.settings["r"]) == (pytest.approx(6), 19, 0.7)
    assert norms.expected_regression(50, 70, 0.85).value == pytest.approx(-3)
    with pytest.raises(OutOfRange):
        norms.expected_regression(50, 70, 1.1)
    with pytest.raises(NotANumber):
        norms.expected_regression(float("nan"), 70, 0.5)


def test_a_norm_that_fits_gets_no_warning_and_one_that_does_not_gets_each() -> None:
    fits = Norm(10, 2, 500, "Sverige", 2018, (16, 84))
    assert norm_warnings(fits, country="sverige", year=2028, ages=(18, 60)) == ()
    assert norm_warnings(fits, country="", year=None, ages=None) == ()
    other = norm_warnings(Norm(10, 2, 500, "Finland", 2005, (40, 70)), country="Sverige", year=2025, ages=(17, 45.5))
    assert other == (
        "Normen kommer från ett annat land: Finland.",
        "Normen är gammal: den mättes 2005, 20 år före gruppen.",
        "Normen gäller 40–70 år, men gruppen är 17–45.5 år.",
    )
    assert len(norm_warnings(Norm(10, 2), country="Sverige", year=2025, ages=(18, 60))) == 4
    assert len(norm_warnings(fits, country="Sverige", year=2029, ages=(18, 85))) == 2
