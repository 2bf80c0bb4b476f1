"""Indirect and direct standardisation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samsyn.analysis import standardisation
from samsyn.analysis.refused import NothingToCount, OutOfRange, UnequalLengths
from samsyn.analysis.standardisation import Standard

MODEST = settings(deadline=None, max_examples=40)
COUNT = [45, 201, 320, 670, 1126, 3160, 9723, 17935, 22179, 13461, 2238]
POPULATION = [906897, 3794573, 10003544, 10629526, 9465330, 8249558, 7294330, 5022499, 2920220, 1019504, 142532]
STANDARD = Standard([141, 926, 1253, 1080, 1869, 4891, 14956, 30888, 41725, 26501, 5928],
                    [1784033, 7065148, 15658730, 10482916, 9939972, 10563872, 9114202, 6850263, 4702482, 1874619, 330915])  # fmt: skip


def test_the_cancer_of_selvin_is_found() -> None:
    observed, expected = sum(COUNT), standardisation.expected_count(POPULATION, STANDARD).value
    assert (observed, expected) == pytest.approx((71058, 85556.8888445))
    byar, normal = standardisation.standardised_ratio(observed, expected), standardisation.standardised_ratio_lognormal(observed, expected)
    assert (byar.value, byar.low, byar.high) == pytest.approx((0.830535108974, 0.824439584533, 0.836664505372))
    assert (normal.low, normal.high) == pytest.approx((0.824450902048, 0.836664215572))
    assert standardisation.crude_rate(observed, sum(POPULATION)).value == pytest.approx(0.00119528641532)
    adjusted = standardisation.indirectly_adjusted_rate(observed, POPULATION, STANDARD)
    assert adjusted.value == pytest.approx(0.00137941453728)
    assert adjusted.low == pytest.approx(0.824439584533 * STANDARD.crude_rate)


@MODEST
@given(st.integers(0, 300), st.floats(0.1, 300))
def test_the_exact_interval_and_test_are_the_poisson_distributions(observed: int, expected: float) -> None:
    told = standardisation.standardised_ratio_exact(observed, expected, 0.9)
    assert stats.poisson.cdf(observed, told.high * expected) == pytest.approx(0.05)
    if observed:
        assert stats.poisson.sf(observed - 1, told.low * expected) == pytest.approx(0.05)
    tails = stats.poisson.cdf(observed, expected), stats.poisson.sf(observed - 1, expected)
    assert standardisation.poisson_test(observed, expected).p.value == pytest.approx(min(1, 2 * min(tails)), abs=1e-12)
    byar = standardisation.standardised_ratio(observed, expected, 0.9)
    if observed > 10:
        assert (byar.low, byar.high) == pytest.approx((told.low, told.high), rel=2e-3)
    assert byar.low <= byar.value <= byar.high


def test_no_events_have_a_lower_limit_of_zero_and_no_logarithm() -> None:
    for ask in (standardisation.standardised_ratio, standardisation.standardised_ratio_exact):
        assert ask(0, 2.0).low == 0
        assert ask(3, 0.0).reason == standardisation.NOTHING_EXPECTED
    assert standardisation.standardised_ratio_lognormal(0, 2.0).value is None
    assert standardisation.standardised_ratio_exact(0, 1.0).high == pytest.approx(-np.log(0.025))


def test_direct_rates_weigh_each_age_as_the_standard_does() -> None:
    told = standardisation.direct_rate(COUNT, POPULATION, STANDARD.population)
    weights = np.array(STANDARD.population) / np.sum(STANDARD.population)
    rates = np.array(COUNT) / np.array(POPULATION)
    assert (told.value, told.n) == pytest.approx((float(weights @ rates), 71058))
    spread = np.sqrt(np.sum(weights**2 * np.array(COUNT) / np.array(POPULATION) ** 2.0))
    assert (told.low, told.high) == pytest.approx((told.value - 1.96 * spread, told.value + 1.96 * spread), rel=1e-4)


def test_one_age_group_gives_the_exact_poisson_interval() -> None:
    direct, crude = standardisation.direct_rate([7], [100], [1]), standardisation.crude_rate(7, 100)
    assert (direct.value, direct.low, direct.high) == pytest.approx((crude.value, crude.low, crude.high))
    nothing = standardisation.direct_rate([0, 0], [10, 20], [1, 3])
    assert (nothing.value, nothing.low) == (0, 0) and nothing.high > 0


def test_an_age_that_the_standard_lacks_weighs_nothing() -> None:
    both, one = standardisation.direct_rate([7, 90], [100, 100], [1, 0]), standardisation.direct_rate([7], [100], [1])
    assert (both.value, both.low, both.high) == pytest.approx((one.value, one.low, one.high))


def test_impossible_populations_are_refused() -> None:
    with pytest.raises(OutOfRange):
        Standard([-1], [10])
    with pytest.raises(OutOfRange):
        Standard([1], [0])
    with pytest.raises(UnequalLengths):
        Standard([1], [1, 2])
    with pytest.raises(UnequalLengths):
        standardisation.expected_count([1, 2], STANDARD)
    with pytest.raises(OutOfRange):
        standardisation.expected_count([-1], Standard([1], [2]))
    for wrong in (([1], [0], [1]), ([-1], [1], [1]), ([1], [1], [0]), ([1], [1], [-1])):
        with pytest.raises(OutOfRange):
            standardisation.direct_rate(*wrong)
    for wrong_count in (-1, 1.5):
        with pytest.raises(OutOfRange):
            standardisation.standardised_ratio(wrong_count, 1)
    with pytest.raises(OutOfRange):
        standardisation.standardised_ratio(1, -1)
    with pytest.raises(OutOfRange):
        standardisation.poisson_test(1, 0)
    with pytest.raises(NothingToCount):
        standardisation.crude_rate(1, 0)
    with pytest.raises(OutOfRange):
        standardisation.crude_rate(1, -5)
