"""The extras: synthetic control, a wandering level, and scores filled in many times; and that they cost nothing unused."""

from __future__ import annotations

import subprocess
import sys
from math import log, nan, pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.tsa.statespace.structural import UnobservedComponents

from samsyn.analysis.frequency import Pairs, Series
from samsyn.analysis.imputation import ImputationSettings, imputed_changes, imputed_mean_change
from samsyn.analysis.refused import NotANumber, OutOfRange, TooFewPoints, UnequalLengths
from samsyn.analysis.structural_level import CONSTANT, against_forecast, local_level
from samsyn.analysis.synthetic_control import FEW_PLACEBOS, POOR_MATCH, mixing_weights, placebo_p, synthetic_control

DONORS = [[10, 20, 30], [12, 19, 33], [11, 23, 31], [14, 22, 36], [13, 25, 34]]
LATER = [[15, 26, 37], [14, 27, 38]]
PLACE, PLACE_LATER = [17.0, 18.3, 18.6, 20.8, 20.8], [18.7, 16.7]
HURON = [580.38, 581.86, 580.97, 580.8, 579.79, 580.39, 580.42, 580.82, 581.4, 581.32, 581.44, 581.68, 581.17, 580.53, 580.01,
         579.91, 579.14, 579.16, 579.55, 579.67, 578.44, 578.24, 579.1, 579.09, 579.35, 578.82, 579.32, 579.01, 579, 579.8, 579.83,
         579.72, 579.89, 580.01, 579.37, 578.69, 578.19, 578.67, 579.55, 578.92, 578.09, 579.37, 580.13, 580.14, 579.51, 579.24,
         578.66, 578.86, 578.05, 577.79, 576.75, 576.75, 577.82, 578.64, 580.58, 579.48, 577.38, 576.9, 576.94, 576.24, 576.84,
         576.85, 576.9, 577.79, 578.18, 577.51, 577.23, 578.42, 579.61, 579.05, 579.26, 579.22, 579.38, 579.1, 577.95, 578.12,
         579.75, 580.85, 580.41, 579.96, 579.61, 578.76, 578.18, 577.21, 577.13, 579.1, 578.25, 577.91, 576.89, 575.96, 576.8,
         577.68, 578.38, 578.52, 579.74, 579.31, 579.89, 579.96]  # fmt: skip
NOISY = [10.2, 11.9, 9.1, 10.8, 12.4, 9.9, 8.7, 11.2, 10.1, 12.0, 13.1, 12.2, 14.0, 11.8, 13.5, 12.1, 14.4, 13.0]
STARTS, ENDS = [20, 25, 18, 30, 22, 27, 24, 19, 28, 26, 23, 21], [15, 19, 14, 22, 18, 21, 17, 16, 20, 21, 16, 17]


def test_an_exact_mix_is_found_and_the_jump_after_it() -> None:
    found = synthetic_control(PLACE, DONORS, PLACE_LATER, LATER)
    assert found.weights == pytest.approx([0.5, 0.3, 0.2])
    assert found.effects == pytest.approx([-4, -6])
    assert (found.average.value, found.misfit.value) == pytest.approx((-5, 0), abs=1e-9)
    assert found.average.reason == ""


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_no_other_mix_lies_nearer(seed: int) -> None:
    source = np.random.default_rng(seed)
    place, donors = source.normal(size=6), source.normal(size=(6, 4))
    weights = mixing_weights(place, donors)
    assert weights.sum() == pytest.approx(1) and (weights >= 0).all()
    best = ((place - donors @ weights) ** 2).sum()
    others = source.dirichlet(np.ones(4) * 0.5, 300)
    steps = 0.99 * weights + 0.01 * others
    for tried in (others, steps):
        assert (((place[:, None] - donors @ tried.T) ** 2).sum(axis=0) >= best - 1e-9).all()


def test_a_mix_that_does_not_follow_says_so() -> None:
    assert synthetic_control([1, 9, 2, 8], [[5, 6]] * 4, [5], [[5, 6]]).average.reason == POOR_MATCH


def test_placebos_rank_the_place_among_all() -> None:
    found = placebo_p(PLACE, DONORS, PLACE_LATER, LATER)
    assert (found.value, found.n, found.reason) == (0.25, 4, FEW_PLACEBOS)
    assert placebo_p(PLACE, [[row[0]] for row in DONORS], PLACE_LATER, [[row[0]] for row in LATER]).value is None


def test_tables_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UnequalLengths):
        synthetic_control(PLACE[:4], DONORS, PLACE_LATER, LATER)
    with pytest.raises(UnequalLengths):
        synthetic_control(PLACE, [1, 2, 3, 4, 5], PLACE_LATER, LATER)
    with pytest.raises(TooFewPoints):
        synthetic_control(PLACE[:1], DONORS[:1], PLACE_LATER, LATER)
    with pytest.raises(NotANumber):
        synthetic_control(PLACE, DONORS, PLACE_LATER, [[nan, 1, 2], [1, 2, 3]])


def test_lake_huron_is_a_random_walk_with_the_noise_on_the_boundary() -> None:
    found = local_level(Series(HURON))
    assert found.var_level.value == pytest.approx(0.55530909891, rel=1e-4)
    assert found.var_irregular.value == 0.0


@pytest.mark.parametrize("values", [NOISY, NOISY[::-1], [5, 9, 4, 8, 6, 9, 3, 8, 5, 7]])
def test_the_local_level_is_statsmodels(values: list[float]) -> None:
    ours = local_level(Series(values))
    theirs = UnobservedComponents(np.array(values, dtype=float), "local level", use_exact_diffuse=True)
    at_ours = theirs.loglike([ours.var_irregular.value, ours.var_level.value])
    best = theirs.fit(disp=0, maxiter=500).llf
    start = 0.5 * log(2 * pi)  # statsmodels counts a constant for the first value, which only starts the level
    assert ours.log_likelihood.value == pytest.approx(at_ours + start, abs=1e-6)
    assert at_ours >= best - 1e-6


def test_the_forecast_is_statsmodels() -> None:
    ours = local_level(Series(NOISY))
    model = UnobservedComponents(np.array(NOISY), "local level", use_exact_diffuse=True)
    ahead = model.smooth([ours.var_irregular.value, ours.var_level.value]).get_forecast(1)
    found = against_forecast(Series(NOISY), [20.0])
    assert found.value == pytest.approx(20 - ahead.predicted_mean[0])
    assert ((found.high or nan) - (found.low or nan)) / 2 == pytest.approx(1.959963985 * ahead.se_mean[0])


def test_the_variance_of_a_mean_of_many_forecasts_is_that_of_drawing_them() -> None:
    fit, source = local_level(Series(NOISY)), np.random.default_rng(3)
    level, noise = fit.var_level.value or 0.0, fit.var_irregular.value or 0.0
    start = source.normal(0, fit.variance**0.5, 40_000)
    steps = np.cumsum(source.normal(0, level**0.5, (40_000, 4)), axis=1)
    means = (start[:, None] + steps + source.normal(0, noise**0.5, (40_000, 4))).mean(axis=1)
    found = against_forecast(Series(NOISY), [13.0] * 4)
    assert ((found.high or nan) - (found.low or nan)) / 2 / 1.959963985 == pytest.approx(means.std(), rel=0.02)


def test_a_series_that_stands_still_or_is_short_has_no_level_model() -> None:
    assert local_level(Series([4.0] * 9)).var_level.reason == CONSTANT
    assert against_forecast(Series([4.0] * 9), [5.0]).value is None
    with pytest.raises(TooFewPoints):
        local_level(Series([1.0, 2, 3, 4]))
    with pytest.raises(TooFewPoints):
        against_forecast(Series(NOISY), [])


def test_with_nobody_lost_the_filled_in_change_is_the_change() -> None:
    pairs = Pairs.of(STARTS, ENDS)
    found = imputed_mean_change(pairs)
    assert found.value == pytest.approx(pairs.changes.mean)
    assert ((found.high or nan) - (found.low or nan)) / 2 == pytest.approx(stats.t.ppf(0.975, 11 * 12 / 14) * pairs.changes.sd / 12**0.5)


def test_those_lost_are_filled_in_from_where_they_started() -> None:
    pairs = Pairs.of([*STARTS, 35, 36, 34, 35], [*ENDS, None, None, None, None])
    found, complete = imputed_mean_change(pairs), pairs.changes.mean
    slope = np.polyfit(STARTS, ENDS, 1)
    expected = (12 * complete + sum(float(np.polyval(slope, start)) - start for start in (35, 36, 34, 35))) / 16
    assert found.value == pytest.approx(expected, abs=0.6)
    assert (found.n, found.settings["filled_in"], found.settings["copies"]) == (16, 4, 50)
    assert 0 < float(found.settings["missing_information"] or 0) < 1


def test_a_shift_moves_the_mean_by_its_share_of_the_lost() -> None:
    pairs = Pairs.of([*STARTS, 30, 31, 29, 30], [*ENDS, None, None, None, None])
    moved = imputed_mean_change(pairs, ImputationSettings(shift=4.0)).value or nan
    assert moved - (imputed_mean_change(pairs).value or nan) == pytest.approx(1.0)


def test_the_same_seed_gives_the_same_answer_and_another_does_not() -> None:
    pairs = Pairs.of([*STARTS, 30], [*ENDS, None])
    first, again, other = (imputed_changes(pairs, ImputationSettings(seed=seed)).changes for seed in (1, 1, 2))
    assert (first == again).all() and (first != other).any()


def test_too_few_pairs_or_copies_are_refused() -> None:
    with pytest.raises(TooFewPoints, match="10 par"):
        imputed_changes(Pairs.of(STARTS[:9], ENDS[:9]))
    with pytest.raises(OutOfRange, match="samma värde"):
        imputed_changes(Pairs.of([20] * 12, ENDS))
    with pytest.raises(OutOfRange, match="två ifyllda"):
        ImputationSettings(copies=1)


def test_none_of_these_modules_loads_what_is_slow() -> None:
    modules = "spc trend counts displacement power regression segmented comparison similar synthetic_control structural_level imputation"
    names = ", ".join(f"samsyn.analysis.{name}" for name in [*modules.split(), "place_sentences"])
    program = (
        f"import sys, {names}; print([name for name in ('scipy.stats', 'scipy.optimize', 'statsmodels', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    planted = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.modules['scipy.stats'] = sys; {program}"], capture_output=True, text=True, check=True
    )
    assert "scipy.stats" in planted.stdout
