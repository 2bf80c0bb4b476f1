"""Two independent groups: Welch's t, the standardised difference of means, and Fisher's exact test."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, isnan, sqrt

import numpy as np
from scipy.special import gammaln

from samsyn.analysis.change import ALL_THE_SAME
from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import LARGEST, Frequencies
from samsyn.analysis.proportion import TIE, require_part
from samsyn.analysis.refused import NotANumber, OutOfRange
from samsyn.analysis.significance import Significance, no_test, p_of_t, t_of, made_test, z_of
from samsyn.analysis.spread import sd

TOO_FEW = "Minst två personer i varje grupp behövs."


@dataclass(frozen=True, slots=True)
class Summary:
    """
    Mean, standard deviation (n - 1 below, 0 or more) and number of a group; points.

    Of nobody the mean is NaN, and below two rows the standard deviation is.
    raises  OutOfRange, NotANumber
    """

    mean: float
    sd: float
    n: int

    def __post_init__(self) -> None:
        if (self.n and not abs(self.mean) <= LARGEST) or (self.n > 1 and isnan(self.sd)):
            raise NotANumber("Gruppens medelvärde och standardavvikelse måste vara tal.")
        if self.n < 0 or self.sd < 0 or 0 < self.sd < 1 / LARGEST or self.sd > LARGEST:
            raise OutOfRange(f"Gruppens antal {self.n} och standardavvikelse {self.sd} måste vara 0 eller mer.")

    @classmethod
    def of(cls, values: Frequencies) -> Summary:
        """Return the summary of a group's values."""
        return cls(values.mean, sd(values), values.n)

    @property
    def varies(self) -> bool:
        """Whether there are two rows or more that differ."""
        return self.n > 1 and isfinite(self.sd) and self.sd > 0


@dataclass(frozen=True, slots=True)
class Welch:
    """The test, and the first group's mean minus the second's with its interval."""

    test: Significance
    difference: Estimate


def welch(first: Summary, second: Summary, level: float = 0.95) -> Welch:
    """
    Test whether two means are equal without taking the spreads as equal, and return their difference.

    returns  t, df and two-sided p, and first minus second in points; None where a group has under two rows or neither varies
    source   Welch 1947, Biometrika 34:28
    """
    n = first.n + second.n
    if min(first.n, second.n) < 2 or not (first.sd or second.sd):
        why = TOO_FEW if min(first.n, second.n) < 2 else ALL_THE_SAME
        difference = cannot_be_told(why, n=n, unit="points", method="welch")
        if min(first.n, second.n) > 0:
            difference = Estimate(first.mean - second.mean, n, "points", "welch", level=level, reason=why)
        return Welch(no_test(why, unit="t", n=n, method="welch"), difference)
    parts = first.sd**2 / first.n, second.sd**2 / second.n
    error = sqrt(sum(parts))
    df = sum(parts) ** 2 / (parts[0] ** 2 / (first.n - 1) + parts[1] ** 2 / (second.n - 1))
    away, reach = first.mean - second.mean, t_of(level, df) * error
    test = made_test(away / error, p_of_t(away / error, df), unit="t", n=n, method="welch", df=df)
    return Welch(test, Estimate(away, n, "points", "welch", away - reach, away + reach, level))


def standardised_difference(first: Summary, second: Summary, level: float = 0.95) -> Estimate:
    """
    Return (first mean - second mean) / root mean square of the two SDs.

    returns  sd; None where a group has under two rows or neither varies
    source   Austin 2009, Statistics in Medicine 28:3083; interval: normal, Hedges & Olkin 1985
    """
    n, settings = first.n + second.n, {"denominator": "root mean square of the two SDs"}
    if min(first.n, second.n) < 2 or not (first.sd or second.sd):
        why = TOO_FEW if min(first.n, second.n) < 2 else ALL_THE_SAME
        return cannot_be_told(why, n=n, unit="sd", method="smd", settings=settings)
    value = (first.mean - second.mean) / sqrt((first.sd**2 + second.sd**2) / 2)
    return _with_normal_interval(value, first.n, second.n, level, "smd", "root mean square of the two SDs")


def standardised_difference_of_shares(count_1: int, of_1: int, count_2: int, of_2: int, level: float = 0.95) -> Estimate:
    """
    Return (first share - second share) / root mean square of sqrt(p (1 - p)) in the two groups.

    returns  sd; None where both shares are 0 or 1
    raises   NothingToCount or OutOfRange as `proportion.share`
    source   Austin 2009
    """
    require_part(count_1, of_1)
    require_part(count_2, of_2)
    p_1, p_2, words = count_1 / of_1, count_2 / of_2, "root mean square of sqrt(p(1-p))"
    variance = (p_1 * (1 - p_1) + p_2 * (1 - p_2)) / 2
    if not variance:
        return cannot_be_told(ALL_THE_SAME, n=of_1 + of_2, unit="sd", method="smd_shares", settings={"denominator": words})
    return _with_normal_interval((p_1 - p_2) / sqrt(variance), of_1, of_2, level, "smd_shares", words)


def _with_normal_interval(value: float, n_1: int, n_2: int, level: float, method: str, denominator: str) -> Estimate:
    reach = z_of(level) * sqrt((n_1 + n_2) / (n_1 * n_2) + value**2 / (2 * (n_1 + n_2)))
    settings = {"denominator": denominator, "interval": "normal"}
    return Estimate(value, n_1 + n_2, "sd", method, value - reach, value + reach, level, settings)


def fisher_exact(count_1: int, of_1: int, count_2: int, of_2: int) -> Significance:
    """
    Test whether two shares are equal, exactly: the chance of all tables at most as probable as the one seen.

    returns  the first group's count, and two-sided p
    raises   NothingToCount or OutOfRange as `proportion.share`
    source   Fisher 1935, Journal of the Royal Statistical Society 98:39; two-sided by small probabilities, as R's fisher.test
    """
    require_part(count_1, of_1)
    require_part(count_2, of_2)
    yes, n = count_1 + count_2, of_1 + of_2
    outcomes = np.arange(max(0, yes - of_2), min(of_1, yes) + 1)
    log_chance = _log_choose(of_1, outcomes) + _log_choose(of_2, yes - outcomes) - _log_choose(n, yes)
    seen = log_chance[int(count_1 - outcomes[0])]
    chance = np.exp(log_chance)
    p = float(chance[log_chance <= seen + np.log1p(TIE)].sum() / chance.sum())
    return made_test(count_1, p, unit="count", n=n, method="fisher_exact", settings={"two_sided": "by small probabilities"})


def _log_choose(of: int, chosen: np.ndarray | int) -> np.ndarray:
    return np.asarray(gammaln(of + 1) - gammaln(np.add(chosen, 1)) - gammaln(np.subtract(of, chosen) + 1))
