"""Does a series go up or down? Mann-Kendall's test, Kendall's tau-b and Sen's slope."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import Numbers, Series, numbers, same_length
from samsyn.analysis.refused import OutOfRange
from samsyn.analysis.significance import p_of_z, z_of

FEWEST = 4
UNCERTAIN_BELOW = 10
TOO_FEW = "Färre än 4 punkter: det går inte att tala om en trend."
NO_VARIATION = "Alla värden är lika: det finns ingen trend att räkna på."
FEW = "Färre än 10 punkter: osäkert."


@dataclass(frozen=True, slots=True)
class Trend:
    """
    The result of Mann-Kendall's test.

    s         pairs that rise minus pairs that fall
    variance  of s when there is no trend, ties taken into account
    z         Estimate, with correction for continuity
    p         Estimate, two-sided
    tau_b     Estimate, -1 to 1, ties taken into account
    """

    s: int
    variance: float
    z: Estimate
    p: Estimate
    tau_b: Estimate


def mann_kendall(series: Series) -> Trend:
    """
    Test whether a series goes one way, whatever its shape.

    series    values in order of time, at equal distances or not; months that vary with the season must be evened out first:
              dependence between neighbours makes the test too sure
    returns   Trend; z, p and tau_b have no value below 4 points or when all values are equal, and are uncertain below 10
    source    Mann (1945), Econometrica 13, 245-259; Kendall (1975), Rank Correlation Methods
    """
    y = series.values
    n, s, variance = len(y), _score(y), _variance(y)
    reason = TOO_FEW if n < FEWEST else NO_VARIATION if variance <= 0 else ""
    if reason:
        told = [cannot_be_told(reason, n=n, unit=unit, method="mann_kendall") for unit in ("z", "p", "correlation")]
        return Trend(s, variance, *told)
    z = (s - np.sign(s)) / sqrt(variance)
    pairs = n * (n - 1) / 2
    tau = s / sqrt((pairs - _tied_pairs(y)) * pairs)
    doubt = FEW if n < UNCERTAIN_BELOW else ""
    return Trend(
        s,
        variance,
        Estimate(z, n, "z", "mann_kendall", reason=doubt),
        Estimate(p_of_z(z), n, "p", "mann_kendall", reason=doubt),
        Estimate(max(-1.0, min(1.0, tau)), n, "correlation", "tau_b", reason=doubt),
    )


def sen_slope(series: Series, times: ArrayLike | None = None, level: float = 0.95) -> Estimate:
    """
    Return Sen's slope: the median of the slopes between every two points.

    series   values in order
    times    as many, when the points do not lie at equal distances; None: 0, 1, 2 ... so that the slope is per period
    returns  Estimate, units per period; interval from the order of the slopes; none below 4 points
    raises   OutOfRange if all times are the same
    source   Sen (1968), JASA 63, 1379-1389; ties in either column lessen the variance
    """
    y = series.values
    n = len(y)
    if n < FEWEST:
        return cannot_be_told(TOO_FEW, n=n, unit="units per period", method="sen_slope")
    x = np.arange(n, dtype=np.float64) if times is None else numbers(times, "Tiderna")
    same_length(y, x)
    slopes = _slopes(x, y)
    if not len(slopes):
        raise OutOfRange("Alla tider är lika: det finns ingen lutning att räkna på.")
    variance = _variance(y) - (_full_variance(n) - _variance(x))
    reach = z_of(level) * sqrt(max(variance, 0.0))
    low = max(round((len(slopes) - reach) / 2) - 1, 0)
    high = min(round((len(slopes) + reach) / 2), len(slopes) - 1)
    doubt = FEW if n < UNCERTAIN_BELOW else ""
    middle = float(np.median(slopes))
    return Estimate(middle, n, "units per period", "sen_slope", float(slopes[low]), float(slopes[high]), level, reason=doubt)


def _slopes(x: Numbers, y: Numbers) -> Numbers:
    """Return the slopes between all pairs with different times, ascending."""
    first, second = np.triu_indices(len(x), 1)
    apart = x[second] - x[first]
    kept = apart != 0
    return np.sort((y[second] - y[first])[kept] / apart[kept])


def _score(y: Numbers) -> int:
    first, second = np.triu_indices(len(y), 1)
    return int(np.sign(y[second] - y[first]).sum())


def _tied_pairs(y: Numbers) -> float:
    _, ties = np.unique(y, return_counts=True)
    return float((ties * (ties - 1) / 2).sum())


def _full_variance(n: int) -> float:
    return n * (n - 1) * (2 * n + 5) / 18


def _variance(y: Numbers) -> float:
    """Return the variance of the score without trend, lessened by ties."""
    _, ties = np.unique(y, return_counts=True)
    return _full_variance(len(y)) - float((ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
