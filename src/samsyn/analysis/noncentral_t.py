"""
The noncentral t distribution, and the noncentrality that a seen t points to.

Written as an integral of our own: scipy's `nct.cdf` gives NaN for negative t, and `nctdtrinc` is good to 2e-7 only.
With S the standard deviation relative to the true one and Z standard normal, T = (Z + delta) / S, so
P(T <= t) = E[Phi(t S - delta)] = E[P(S >= (Z + delta) / t)]. The first form is smooth where t varies little with S, the
second where it varies much; both by Gauss-Legendre. Source: Johnson, Kotz & Balakrishnan 1995, chapter 31.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import sqrt

import numpy as np
from scipy.special import gammaincc, gammainccinv, gammaincinv, ndtr, ndtri

from samsyn.analysis.frequency import Numbers
from samsyn.analysis.refused import OutOfRange
from samsyn.analysis.significance import finite

TAIL = 1e-17
FAR = 9.0
"""Standard deviations beyond which the normal distribution holds nothing that is counted."""
CLOSE = 1e-13
"""Relative distance between two tries from which there is nothing more to find: the function's own noise is as large."""


@lru_cache(maxsize=1)
def _legendre() -> tuple[Numbers, Numbers]:
    nodes, weights = np.polynomial.legendre.leggauss(128)
    return nodes, weights


@lru_cache(maxsize=4096)
def _relative_sd(df: float) -> tuple[Numbers, Numbers]:
    """Return places and weights (their sum is 1) of the distribution of a standard deviation relative to the true one."""
    low, high = sqrt(2 * gammaincinv(df / 2, TAIL) / df), sqrt(2 * gammainccinv(df / 2, TAIL) / df)
    nodes, weights = _legendre()
    places = (high + low) / 2 + (high - low) / 2 * nodes
    log_density = (df - 1) * np.log(places) - df * places**2 / 2
    dense = weights * np.exp(log_density - log_density.max())
    return places, dense / dense.sum()


def cumulative(t: float, df: float, delta: float) -> float:
    """
    Return P(T <= t) of the noncentral t distribution, good to about 1e-12.

    df      degrees of freedom, above 0
    delta   noncentrality, any number
    raises  OutOfRange  if df is not from a thousandth to 1e15; NotANumber if t or delta is no number
    """
    _require_df(df)
    finite(t, "t")
    finite(delta, "Icke-centraliteten")
    if t < 0:
        return 1.0 - cumulative(-t, df, -delta)
    if t <= 3 * sqrt(2 * df):
        places, weights = _relative_sd(df)
        return float(weights @ ndtr(t * places - delta))
    return _over_normal(t, df, delta)


def _over_normal(t: float, df: float, delta: float) -> float:
    """Return P(T <= t) for a large positive t, as an expectation over the normal numerator."""
    low = max(-FAR, -delta)
    if low >= FAR:
        return 1.0
    nodes, weights = _legendre()
    z = (FAR + low) / 2 + (FAR - low) / 2 * nodes
    above = gammaincc(df / 2, df * ((z + delta) / t) ** 2 / 2)
    inside = (FAR - low) / 2 * float(weights @ (np.exp(-(z**2) / 2) / sqrt(2 * np.pi) * above))
    return min(1.0, float(ndtr(-delta)) + inside)


def _require_df(df: float) -> None:
    if not 1e-3 <= df <= 1e15:
        raise OutOfRange(f"Antalet frihetsgrader, {df}, går inte att räkna med.")


@lru_cache(maxsize=4096)
def noncentrality(t: float, df: float, probability: float) -> float:
    """
    Return the noncentrality at which P(T <= t) is `probability`: 0.975 gives the lower, 0.025 the upper 95 % limit.

    raises  as `cumulative`; OutOfRange if probability is not between 0 and 1
    """
    _require_df(df)
    finite(t, "t")
    if not 0 < probability < 1:
        raise OutOfRange(f"Sannolikheten {probability} måste ligga mellan 0 och 1.")
    aim = float(ndtri(probability))

    def off(delta: float) -> float:
        """Return how far from the aim we are, in standard deviations: nearly a straight line, and falling."""
        return float(ndtri(min(max(cumulative(t, df, delta), 1e-300), 1 - 1e-16))) - aim

    middle, reach = t - aim * sqrt(1 + t * t / (2 * df)), 0.25 + abs(t) / 50
    low, high = middle - reach, middle + reach
    off_low, off_high = off(low), off(high)
    while off_low < 0:
        low, high, off_high, reach = low - 2 * reach, low, off_low, 2 * reach
        off_low = off(low)
    while off_high > 0:
        low, off_low, high, reach = high, off_high, high + 2 * reach, 2 * reach
        off_high = off(high)
    return _crossing(off, low, off_low, high, off_high)


def _crossing(off: Callable[[float], float], low: float, off_low: float, high: float, off_high: float) -> float:
    """Return where a falling function crosses zero between low and high (the Illinois form of regula falsi)."""
    before, kept = low, 0
    for _ in range(200):
        if off_low == off_high:
            break
        place = (low * off_high - high * off_low) / (off_high - off_low)
        there = off(place)
        if abs(there) < 1e-12 or min(abs(place - before), high - low) < CLOSE * max(1.0, abs(place)):
            return place
        if there > 0:  # an end that stays twice is weighed down by half, so that it is moved at last
            low, off_low, off_high = place, there, off_high / 2 if kept > 0 else off_high
        else:
            high, off_high, off_low = place, there, off_low / 2 if kept < 0 else off_low
        before, kept = place, 1 if there > 0 else -1
    return (low + high) / 2


def limits(t: float, df: float, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of the noncentrality at `level`, 0 to 1, from a seen t. Errors as `noncentrality`."""
    return noncentrality(t, df, (1 + level) / 2), noncentrality(t, df, (1 - level) / 2)
