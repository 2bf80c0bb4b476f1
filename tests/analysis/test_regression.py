"""Regressions: R's fits, statsmodels', and models that cannot be fitted."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis.refused import OutOfRange, TooFewPoints, UnequalLengths
from samsyn.analysis.regression import Design, DidNotSettle, NeweyWest, negative_binomial, newey_west, poisson, quasi_poisson

SPRAYS = [10, 7, 20, 14, 14, 12, 10, 23, 17, 20, 14, 13, 11, 17, 21, 11, 16, 14, 17, 17, 19, 21, 7, 13,
          0, 1, 7, 2, 3, 1, 2, 1, 3, 0, 1, 4, 3, 5, 12, 6, 4, 3, 5, 5, 5, 5, 2, 4, 3, 5, 3, 5, 3, 6, 1, 1, 3, 2, 6, 4,
          11, 9, 15, 22, 15, 16, 13, 10, 26, 26, 24, 13]  # fmt: skip
GROUPS = Design(
    ("intercept", "B", "C", "D", "E", "F"),
    np.column_stack([np.ones(72), *[np.repeat([group == other for group in "ABCDEF"], 12).astype(float) for other in "BCDEF"]]),
)
LINE = Design(("intercept", "trend"), np.column_stack([np.ones(12), np.arange(12.0)]))


def test_insect_sprays_are_those_of_glm_nb() -> None:
    found = negative_binomial(SPRAYS, GROUPS)
    assert found.fit.coefficients == pytest.approx(
        [2.67414864943, 0.0558804583945, -1.94017947435, -1.08151785531, -1.42138568093, 0.139262067333], abs=1e-7
    )
    assert found.fit.standard_errors == pytest.approx(
        [0.0933422600131, 0.130817472765, 0.227328899553, 0.169196870876, 0.188382463041, 0.129144990503], abs=1e-6
    )
    assert found.theta.value == pytest.approx(28.0995071351, rel=1e-6)


def test_insect_sprays_are_more_dispersed_than_poisson() -> None:
    plain, quasi = poisson(SPRAYS, GROUPS), quasi_poisson(SPRAYS, GROUPS)
    assert plain.standard_errors == pytest.approx(
        [0.0758098043579, 0.105744546174, 0.213885661324, 0.150652842583, 0.171920476505, 0.103668348288], abs=1e-6
    )
    assert plain.dispersion == pytest.approx(1.50771295065, rel=1e-6)
    assert quasi.standard_errors[0] == pytest.approx(0.0758098043579 * 1.50771295065**0.5, rel=1e-5)


@settings(deadline=None, max_examples=15)
@given(
    st.lists(st.integers(1, 60), min_size=12, max_size=12).filter(lambda counts: len(set(counts)) > 2),
    st.lists(st.floats(0.5, 20), min_size=12, max_size=12),
)
def test_poisson_with_exposure_is_statsmodels(counts: list[int], exposure: list[float]) -> None:
    ours = quasi_poisson(counts, LINE, exposure)
    theirs = sm.GLM(counts, LINE.columns, family=sm.families.Poisson(), offset=np.log(exposure)).fit(scale="X2", tol=1e-12)
    assert ours.coefficients == pytest.approx(theirs.params, rel=1e-6, abs=1e-8)
    assert ours.standard_errors == pytest.approx(theirs.bse, rel=1e-5)


@settings(deadline=None, max_examples=15)
@given(st.lists(st.floats(-50, 50), min_size=12, max_size=12), st.integers(0, 6), st.booleans())
def test_newey_west_is_statsmodels(values: list[float], lag: int, small_sample: bool) -> None:
    ours = newey_west(values, LINE, NeweyWest(lag, small_sample))
    theirs = sm.OLS(values, LINE.columns).fit(cov_type="HAC", cov_kwds={"maxlags": lag, "use_correction": small_sample})
    assert ours.coefficients == pytest.approx(theirs.params, abs=1e-8)
    assert ours.standard_errors == pytest.approx(np.nan_to_num(theirs.bse), abs=1e-6)


def test_the_lag_by_length_is_the_whole_part_of_the_rule() -> None:
    assert [NeweyWest().lag_for(n) for n in (12, 60, 100, 200)] == [2, 3, 4, 4]
    with pytest.raises(OutOfRange, match="Eftersläpningen"):
        NeweyWest(12).lag_for(12)


def test_counts_that_vary_less_than_chance_give_poisson_and_no_theta() -> None:
    found = negative_binomial([10] * 12, LINE)
    assert (found.theta.value, found.fit.method) == (None, "poisson")
    assert "mer än slumpen" in found.theta.reason


@pytest.mark.parametrize("overdispersed", [[0, 1, 30, 2, 0, 55, 3, 0, 0, 90, 4, 1], [100, 2, 3, 250, 1, 700, 4, 30, 900, 2, 60, 5]])
def test_theta_has_the_highest_likelihood(overdispersed: list[int]) -> None:
    from scipy.stats import nbinom

    found = negative_binomial(overdispersed, LINE)
    means, theta = np.exp(LINE.columns @ np.array(found.fit.coefficients)), found.theta.value or np.nan

    def likelihood(candidate: float) -> float:
        return float(nbinom.logpmf(overdispersed, candidate, candidate / (candidate + means)).sum())

    assert likelihood(theta) > max(likelihood(theta * 1.01), likelihood(theta / 1.01))


def test_theta_is_found_or_said_to_be_none_for_counts_near_poisson() -> None:
    source = np.random.default_rng(11)
    for _ in range(30):
        counts = source.poisson(20, 12)
        found = negative_binomial(counts, LINE)
        plain = poisson(counts, LINE)
        means = np.exp(LINE.columns @ np.array(plain.coefficients))
        assert found.theta.is_told == (((counts - means) ** 2).sum() > counts.sum())


def test_no_events_and_a_part_without_events_do_not_settle() -> None:
    step = Design(("intercept", "level"), np.column_stack([np.ones(12), np.repeat([0.0, 1.0], 6)]))
    with pytest.raises(DidNotSettle, match="inga händelser"):
        poisson([0] * 12, step)
    with pytest.raises(DidNotSettle, match="inga händelser"):
        poisson([4, 5, 6, 4, 5, 6, 0, 0, 0, 0, 0, 0], step)


def test_a_design_that_cannot_be_told_apart_is_refused() -> None:
    ones = np.ones(12)
    with pytest.raises(OutOfRange, match="skilja åt"):
        Design(("a", "b"), np.column_stack([ones, 2 * ones]))
    with pytest.raises(TooFewPoints):
        Design(("a", "b"), np.array([[1.0, 0.0], [1.0, 1.0]]))
    with pytest.raises(OutOfRange, match="namn"):
        Design(("a",), LINE.columns)


def test_columns_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UnequalLengths):
        poisson([1, 2, 3], LINE)
    with pytest.raises(OutOfRange, match="över 0"):
        poisson([1] * 12, LINE, [0.0] * 12)
    with pytest.raises(OutOfRange, match="ingen del"):
        poisson([1, 2] * 6, LINE).of("season")
