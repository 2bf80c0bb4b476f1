"""What can be seen at all: R's pwr, enumeration, and the place with 38 offences a year."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.power import TTestPower

from samsyn.analysis.power import (
    NOT_EVEN_NONE,
    CountDesign,
    count_needed,
    pairs_needed,
    power_by_square_root,
    power_of_exact_test,
    power_of_mid_p_test,
    power_of_paired_t,
    smallest_visible_d,
    smallest_visible_fall,
)
from samsyn.analysis.refused import OutOfRange, TooFewPoints


def test_paired_t_needs_the_pairs_of_pwr() -> None:
    needed = pairs_needed(0.5)
    assert (needed.value, needed.settings["pairs"]) == (pytest.approx(33.3671291391, rel=1e-6), 34)
    assert power_of_paired_t(0.4, 20).value == pytest.approx(0.39699382561, rel=1e-6)


@pytest.mark.parametrize(("level", "told"), [(0.95, 0.05), (0.99, 0.01), (0.9, 0.1), (0.999, 0.001), (0.8, 0.2)])
def test_the_tests_level_is_told_without_the_dust_of_floats(level: float, told: float) -> None:
    of_pairs = power_of_paired_t(0.4, 20, level), pairs_needed(0.5, level=level), pairs_needed(50.0, level=level), smallest_visible_d(20, level=level)
    for settings_told in (*(one.settings for one in of_pairs), CountDesign(level=level).settings()):
        assert settings_told["test_level"] == told


@pytest.mark.parametrize(
    ("d", "pairs", "level"), [(0.2, 50, 0.95), (-0.8, 8, 0.95), (1.5, 5, 0.99), (0.0, 30, 0.95), (0.1, 2000, 0.9), (1.0, 60, 0.95)]
)
def test_power_is_statsmodels(d: float, pairs: int, level: float) -> None:
    assert power_of_paired_t(d, pairs, level).value == pytest.approx(TTestPower().power(d, pairs, 1 - level), abs=1e-7)


@pytest.mark.parametrize(("d", "power"), [(0.3, 0.9), (-0.5, 0.8), (0.02, 0.8), (1.2, 0.95), (2.5, 0.8)])
def test_the_pairs_needed_give_the_power_asked_for(d: float, power: float) -> None:
    whole = int(pairs_needed(d, power).settings["pairs"] or 0)
    assert (power_of_paired_t(d, whole).value or nan) >= power
    assert whole == 2 or (power_of_paired_t(d, whole - 1).value or nan) < power


def test_a_huge_change_needs_two_pairs_and_none_at_all_cannot_be_seen() -> None:
    assert pairs_needed(40.0).value == 2.0
    assert pairs_needed(0.0).value is None
    with pytest.raises(TooFewPoints):
        power_of_paired_t(0.5, 1)


def test_the_exact_power_of_two_periods_is_the_enumerated_one() -> None:
    assert power_of_exact_test(20, 0.5).value == pytest.approx(0.373513831491, abs=1e-8)
    assert power_of_exact_test(50, 0.7).value == pytest.approx(0.32951159838, abs=1e-8)


@settings(deadline=None, max_examples=10)
@given(st.floats(1, 8), st.floats(0.1, 2.5), st.sampled_from([1.0, 0.5, 2.0]))
def test_the_exact_power_is_that_of_trying_every_pair_of_counts(count: float, ratio: float, time: float) -> None:
    after, null = count * ratio * time, time / (1 + time)
    x, y = np.meshgrid(np.arange(40), np.arange(80))
    chance = stats.poisson.pmf(x, count) * stats.poisson.pmf(y, after) * (x + y > 0)
    own, up_to = stats.binom.pmf(y, x + y, null), stats.binom.cdf(y, x + y, null)
    tail = np.minimum(up_to, 1 - up_to + own)
    exact, mid = (float(chance[tail - part * own <= 0.025].sum()) for part in (0.0, 0.5))
    design = CountDesign(time_ratio=time)
    assert power_of_exact_test(count, ratio, design).value == pytest.approx(exact, abs=1e-7)
    assert power_of_mid_p_test(count, ratio, design).value == pytest.approx(mid, abs=1e-7)


def test_the_count_needed_follows_the_square_root_rule() -> None:
    needed = [count_needed(ratio).value for ratio in (0.9, 0.8, 0.7, 0.5)]
    assert needed == pytest.approx([1490.253686, 352.106080355, 147.093241122, 45.7466235426])


def test_the_rule_describes_the_mid_p_test_at_the_counts_it_gives() -> None:
    found = [power_of_mid_p_test(count, ratio).value for count, ratio in ((46, 0.5), (147, 0.7), (352, 0.8))]
    assert found == pytest.approx([0.798, 0.799, 0.799], abs=6e-4)
    assert [power_of_exact_test(count, ratio).value for count, ratio in ((46, 0.5), (147, 0.7), (352, 0.8))] == pytest.approx(
        [0.766, 0.781, 0.788], abs=6e-4
    )


def test_with_38_offences_a_year_only_a_fall_of_54_per_cent_can_be_seen() -> None:
    fall = smallest_visible_fall(38)
    assert round(100 * (fall.value or 0)) == 54
    assert count_needed(1 - (fall.value or 0)).value == pytest.approx(38)
    assert power_by_square_root(38, 1 - (fall.value or 0)).value == pytest.approx(0.8, abs=1e-5)


def test_a_control_area_of_the_same_size_doubles_what_is_needed() -> None:
    alone = count_needed(0.8).value or nan
    assert count_needed(0.8, CountDesign(control_size=1.0)).value == pytest.approx(2 * alone)
    assert count_needed(0.8, CountDesign(control_size=4.0)).value == pytest.approx(1.25 * alone)
    assert count_needed(0.8, CountDesign(dispersion=3.0)).value == pytest.approx(3 * alone)
    assert count_needed(0.8, CountDesign(time_ratio=0.5)).value == pytest.approx(1.5 * alone)


def test_a_small_place_can_show_nothing_and_says_so() -> None:
    fall = smallest_visible_fall(3)
    assert (fall.value, fall.reason) == (None, NOT_EVEN_NONE)
    assert smallest_visible_fall(4).is_told


def test_no_change_cannot_be_seen_however_many() -> None:
    assert count_needed(1.0).value is None


@pytest.mark.parametrize("wrong", [{"time_ratio": 0.0}, {"control_size": -1.0}, {"dispersion": 0.5}, {"power": 0.01}, {"level": 1.0}])
def test_an_impossible_design_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(OutOfRange):
        CountDesign(**wrong)


def test_the_exact_power_refuses_what_it_does_not_count_with() -> None:
    for design in (CountDesign(control_size=1.0), CountDesign(dispersion=2.0)):
        with pytest.raises(OutOfRange, match="utan jämförelseområde"):
            power_of_exact_test(20, 0.5, design)
    with pytest.raises(OutOfRange):
        power_of_exact_test(0, 0.5)
    with pytest.raises(OutOfRange):
        smallest_visible_fall(0)
    with pytest.raises(OutOfRange):
        count_needed(-0.1)


def test_the_exact_power_of_large_counts_is_near_the_rule() -> None:
    exact, rule = power_of_exact_test(1500, 0.93), power_by_square_root(1500, 0.93)
    assert exact.value == pytest.approx(rule.value or nan, abs=0.012)


@pytest.mark.parametrize(("pairs", "power", "level"), [(2, 0.8, 0.95), (5, 0.9, 0.9), (24, 0.8, 0.95), (500, 0.95, 0.99)])
def test_the_smallest_visible_change_of_pairs_has_just_the_power_asked_for(pairs: int, power: float, level: float) -> None:
    found = smallest_visible_d(pairs, power, level)
    assert power_of_paired_t(found.value or nan, pairs, level).value == pytest.approx(power, abs=1e-9)
    assert (found.n, found.unit, found.settings) == (pairs, "sd", {"power": power, "test_level": pytest.approx(1 - level)})


def test_the_smallest_visible_change_of_24_pairs_is_that_of_pwr() -> None:
    assert smallest_visible_d(24).value == pytest.approx(0.5971841, abs=1e-6)
    with pytest.raises(TooFewPoints, match="minst två par"):
        smallest_visible_d(1)
    with pytest.raises(OutOfRange, match="Styrkan"):
        smallest_visible_d(24, 0.04)


@pytest.mark.parametrize(
    ("d", "pairs", "level"), [(1, 100, 0.95), (3, 10, 0.99), (3, 100, 0.9), (10, 2, 0.9), (10, 10, 0.999), (-2, 40, 0.95)]
)
def test_a_change_that_cannot_be_missed_has_a_power_and_not_nan(d: float, pairs: int, level: float) -> None:
    t = np.random.default_rng(4)
    limit = stats.t.ppf((1 + level) / 2, pairs - 1)
    seen = np.abs((t.standard_normal(200_000) + d * np.sqrt(pairs)) / np.sqrt(t.chisquare(pairs - 1, 200_000) / (pairs - 1))) > limit
    assert power_of_paired_t(d, pairs, level).value == pytest.approx(seen.mean(), abs=0.004)


def test_an_almost_certain_test_needs_pairs_too() -> None:
    needed = pairs_needed(1.0, 0.8, 0.999999)
    assert power_of_paired_t(1.0, 44, 0.999999).value < 0.8 <= power_of_paired_t(1.0, 45, 0.999999).value  # type: ignore[operator]
    assert needed.settings["pairs"] == 45
