"""Many comparisons at once: which still stand, and how many would stand out by chance alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr

from samsyn.analysis.estimate import Estimate
from samsyn.analysis.frequency import Numbers, is_whole, numbers
from samsyn.analysis.refused import OutOfRange
from samsyn.analysis.significance import z_of


@dataclass(frozen=True, slots=True)
class Adjusted:
    """P-values adjusted for being many, in the order given, and which of them are found at the rate asked for."""

    p_values: tuple[float, ...]
    found: tuple[bool, ...]
    rate: float


def benjamini_hochberg(p_values: Sequence[float], rate: float = 0.05) -> Adjusted:
    """
    Adjust p-values so that among those found, on average at most `rate` are found by chance.

    p_values  0 to 1, any order; none gives none
    rate      false discovery rate, 0 to 1
    raises    OutOfRange if a p-value or the rate is outside 0 to 1; NotANumber
    source    Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57:289
    """
    given = _checked(p_values)
    if not 0 < rate < 1:
        raise OutOfRange(f"Andelen falska fynd, {rate}, måste ligga mellan 0 och 1.")
    order = np.argsort(-given, kind="stable")
    descending = given[order] * len(given) / np.arange(len(given), 0, -1)
    adjusted = np.empty(len(given))
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(descending))
    return Adjusted(tuple(adjusted.tolist()), tuple((adjusted <= rate * (1 + 1e-12)).tolist()), rate)


def by_chance(compared: int, alpha: float = 0.05, level: float = 0.95) -> Estimate:
    """
    Return how many of the comparisons would be called different by chance alone, on average and at most.

    compared  independent comparisons where nothing differs, whole, 0 or more
    alpha     limit for calling one different, 0 to 1
    returns   count; low is 0, high the number that is exceeded with a chance of at most 1 - level
    raises    OutOfRange
    """
    if not (is_whole(compared) and compared >= 0):
        raise OutOfRange(f"Antalet jämförelser, {compared}, måste vara ett helt antal, 0 eller fler.")
    if not 0 < alpha < 1:
        raise OutOfRange(f"Gränsen {alpha} måste ligga mellan 0 och 1.")
    z_of(level)
    most = bisect_left(range(int(compared)), level, key=lambda found: float(bdtr(found, int(compared), alpha)))
    return Estimate(compared * alpha, compared, "count", "binomial", 0.0, float(most), level, {"alpha": alpha})


def _checked(p_values: Sequence[float]) -> Numbers:
    given = numbers(p_values, "p-värdena")
    if ((given < 0) | (given > 1)).any():
        raise OutOfRange("Ett p-värde ligger mellan 0 och 1.")
    return given
