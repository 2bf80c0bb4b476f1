"""A series with a break: the Sicilian smoking ban as corrected, and least squares with Newey-West."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from samsyn.analysis.frequency import Series
from samsyn.analysis.refused import OutOfRange, TooFewPoints
from samsyn.analysis.regression import NeweyWest
from samsyn.analysis.segmented import FEW, Break, Season, segmented_counts, segmented_design, segmented_values

ACES = [728, 659, 791, 734, 757, 726, 760, 740, 720, 814, 795, 858, 887, 766, 851, 769, 781, 756, 766, 752, 765, 831, 879, 928,
        914, 808, 937, 840, 916, 828, 845, 818, 860, 839, 887, 886, 831, 796, 833, 820, 877, 758, 767, 738, 781, 843, 850, 908,
        1021, 859, 976, 888, 962, 838, 810, 876, 843, 936, 912]  # fmt: skip
POPULATION = [379875.3, 376495.5, 377040.8, 377116.4, 377383.4, 374113.1, 379513.3, 376295.5, 374653.2, 378485.6, 375955.5, 378349.7,
              376762.4, 379032.3, 379360.4, 376162, 377972.4, 381830.7, 379888.6, 380872.2, 380966.9, 381240.4, 382104.9, 381802.7,
              381656.3, 383680, 383504.2, 386462.9, 383783.1, 380836.8, 383483, 380906.2, 382926.8, 384052.4, 384449.6, 383428.4,
              388153.2, 388373.2, 386470.1, 386033.2, 383686.4, 385509.3, 385901.9, 386516.6, 388436.5, 383255.2, 390148.7, 385874.9,
              391613.6, 391750.4, 394005.6, 391364.9, 391664.6, 389022.3, 391878.5, 388575.3, 392989, 390018.8, 390712.3]  # fmt: skip
SICILY = Series(ACES, POPULATION)
LEVEL_ONLY = {
    "coef": [-6.24315091047, -0.111628442559, 0.00494499203222],
    "se": [0.0211096400883, 0.0324959453606, 0.000941837877057],
}
SEASON = {
    "coef": [-6.25237232267, -0.122086792898, 0.00538921954052, 0.0370967267055, 0.038160775507, -0.0182122023238, 0.0147633882549],
    "se": [0.0175689088084, 0.0270311072554, 0.000795537232369, 0.0100240710884, 0.00968481482004, 0.00964350446409, 0.00972209534994],
}
SLOPE = {
    "coef": [-6.24690393297, -0.13185917125, 0.00510260219697, 0.0383261371195, 0.0383557781302, -0.0176326413579, 0.0149652848916,
             0.00148222799809],
    "se": [0.0188768151462, 0.029791299244, 0.000874528140392, 0.0101687143461, 0.00971416559931, 0.0096965769355, 0.00975238773115,
           0.00185463163225],
}  # fmt: skip


@pytest.mark.parametrize(
    ("at", "expected", "dispersion"),
    [
        (Break(36, False), LEVEL_ONLY, 3.55919463201),
        (Break(36, False, Season(12)), SEASON, 2.26218641456),
        (Break(36, True, Season(12)), SLOPE, 2.27456254548),
    ],
    ids=["level", "season", "slope"],
)
def test_the_smoking_ban_in_sicily_is_as_corrected(at: Break, expected: dict[str, list[float]], dispersion: float) -> None:
    fit = segmented_counts(SICILY, at).fit
    assert fit.coefficients == pytest.approx(expected["coef"], rel=1e-6)
    assert fit.standard_errors == pytest.approx(expected["se"], rel=1e-5)
    assert fit.dispersion == pytest.approx(dispersion, rel=1e-5)


def test_the_level_fell_by_eleven_and_a_half_per_cent() -> None:
    found = segmented_counts(SICILY, Break(36, False, Season(12)))
    level = found.level_change
    assert (level.value, level.low, level.high) == pytest.approx((0.885071547244, 0.839400955659, 0.933227009643), rel=1e-6)
    assert (level.settings["harmonics"], level.settings["season_period"], level.reason) == (2, 12, "")
    assert found.slope_change is None


def test_a_season_that_starts_in_another_month_has_its_waves_moved() -> None:
    january, april = segmented_design(48, Break(24, season=Season(12))), segmented_design(48, Break(24, season=Season(12, start=4)))
    place = january.names.index("sin1")
    assert april.columns[0, place] == pytest.approx(january.columns[3, place])
    assert january.names == ("intercept", "level", "trend", "sin1", "cos1", "sin2", "cos2", "slope")


def test_values_are_fitted_with_the_lag_and_correction_that_are_printed() -> None:
    values = np.array([20, 22, 21, 24, 23, 25, 24, 26, 25, 27, 19, 18, 20, 17, 18, 16, 17, 15, 16, 14.5])
    found = segmented_values(Series(values), Break(10), NeweyWest(2))
    period = np.arange(1, 21)
    x = np.column_stack([np.ones(20), period > 10, period, (period > 10) * (period - 10)]).astype(float)
    theirs = sm.OLS(values, x).fit(cov_type="HAC", cov_kwds={"maxlags": 2, "use_correction": True}, use_t=True)
    low, high = theirs.conf_int()[1]
    assert (found.level_change.value, found.level_change.low, found.level_change.high) == pytest.approx((theirs.params[1], low, high))
    assert found.slope_change is not None and found.slope_change.value == pytest.approx(theirs.params[3])
    assert (found.level_change.settings["lag"], found.level_change.settings["small_sample"]) == (2, True)


def test_few_periods_are_uncertain_and_too_few_are_refused() -> None:
    assert segmented_counts(Series([5, 6, 7, 5, 6, 2, 3, 2, 3, 2]), Break(5)).level_change.reason == FEW
    with pytest.raises(TooFewPoints, match="tre perioder"):
        segmented_counts(Series([5, 6, 7, 5, 6, 2, 3, 2, 3, 2]), Break(8))


def test_more_waves_than_the_season_holds_are_refused() -> None:
    with pytest.raises(OutOfRange, match="vågor"):
        Season(4, 2)
