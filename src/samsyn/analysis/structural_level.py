"""A series as a level that wanders, plus noise: what would have come if nothing new had happened? An extra."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi, sqrt

import numpy as np
from numpy.typing import ArrayLike

from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import Numbers, Series, numbers
from samsyn.analysis.refused import TooFewPoints
from samsyn.analysis.significance import z_of

FEWEST = 5
CONSTANT = "Alla värden är lika: det finns ingen variation att räkna på."


@dataclass(frozen=True, eq=False)
class LocalLevel:
    """
    The local level model of a series.

    var_level       variance of the level's steps; 0 is a level that stands still
    var_irregular   variance of the noise; 0 is a random walk. Either on the boundary is normal, not a failure
    log_likelihood  diffuse: the first value only starts the level
    level           the level after each value, given the values so far
    variance        of the last level
    """

    var_level: Estimate
    var_irregular: Estimate
    log_likelihood: Estimate
    level: Numbers
    variance: float


def local_level(series: Series) -> LocalLevel:
    """
    Fit the local level model by maximum likelihood.

    series   values at equal distances, at least 5
    returns  LocalLevel; variances have no value when all values are equal
    raises   TooFewPoints below 5 values
    source   Durbin and Koopman (2012), Time Series Analysis by State Space Methods, ch. 2; the scale is concentrated out
    """
    from scipy.optimize import minimize_scalar

    y = series.values
    n = len(y)
    if n < FEWEST:
        raise TooFewPoints(f"Det behövs minst 5 värden i serien; här är det {n}.")
    if float(np.ptp(y)) == 0:
        variance, likelihood = (cannot_be_told(CONSTANT, n=n, unit=unit, method="local_level") for unit in ("variance", "log likelihood"))
        return LocalLevel(variance, variance, likelihood, y, 0.0)
    grid = np.linspace(0.0, 1.0, 41)
    losses = [_loss(y, share) for share in grid]
    best = int(np.argmin(losses))
    ends = grid[max(best - 1, 0)], grid[min(best + 1, 40)]
    inner = float(minimize_scalar(lambda share: _loss(y, share), bounds=ends, method="bounded", options={"xatol": 1e-10}).x)
    share = min((0.0, 1.0, inner), key=lambda candidate: _loss(y, candidate))
    passed = _filtered(y, share)
    scale = passed.squares / (n - 1)
    return LocalLevel(
        Estimate((1 - share) * scale, n, "variance", "local_level"),
        Estimate(share * scale, n, "variance", "local_level"),
        Estimate(-_loss(y, share), n, "log likelihood", "local_level"),
        passed.level,
        passed.variance * scale,
    )


@dataclass(frozen=True, eq=False)
class _Passed:
    """What one pass of the Kalman filter leaves, with variances relative to the scale."""

    level: Numbers
    variance: float
    squares: float
    logs: float


def _filtered(y: Numbers, share: float) -> _Passed:
    """Return one pass; share is the part of the variance that is noise, 0 to 1. The first value starts the level."""
    levels = np.empty(len(y))
    levels[0], variance, squares, logs = y[0], share, 0.0, 0.0
    for place in range(1, len(y)):
        ahead = variance + (1 - share)
        spread = ahead + share
        miss = float(y[place]) - levels[place - 1]
        gain = ahead / spread
        levels[place] = levels[place - 1] + gain * miss
        variance = ahead * (1 - gain)
        squares += miss * miss / spread
        logs += log(spread)
    return _Passed(levels, variance, squares, logs)


def _loss(y: Numbers, share: float) -> float:
    """Return minus the concentrated log likelihood."""
    passed, used = _filtered(y, share), len(y) - 1
    return 0.5 * (used * (log(2 * pi * passed.squares / used) + 1) + passed.logs)


def against_forecast(before: Series, after: ArrayLike, level: float = 0.95) -> Estimate:
    """
    Return the mean of the values after, minus what the series before led to expect.

    before   at least 5 values at equal distances; after: the values that followed
    returns  Estimate, points; the interval holds the wandering of the level and the noise, not the doubt about their variances
    raises   TooFewPoints; no value when the series before does not vary
    source   Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter; prediction of a sum
    """
    seen = numbers(after, "Serien efter")
    ahead = len(seen)
    if not ahead:
        raise TooFewPoints("Det finns inga värden efter att jämföra med.")
    fit = local_level(before)
    if fit.var_level.value is None or fit.var_irregular.value is None:
        return cannot_be_told(CONSTANT, n=ahead, unit="points", method="local_level_forecast")
    steps = sum((ahead - step + 1) ** 2 for step in range(1, ahead + 1)) / ahead**2
    variance = fit.variance + fit.var_level.value * steps + fit.var_irregular.value / ahead
    value = float(seen.mean()) - float(fit.level[-1])
    reach = z_of(level) * sqrt(variance)
    return Estimate(value, ahead, "points", "local_level_forecast", value - reach, value + reach, level, {"before": len(before)})
