"""What a test gives: the statistic, its p-value and degrees of freedom; with the quantiles that every method needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scipy.special import chdtrc, ndtr, ndtri, stdtr, stdtrit

from samsyn.analysis.estimate import NOTHING, Estimate, Setting, cannot_be_told
from samsyn.analysis.frequency import LARGEST
from samsyn.analysis.refused import NotANumber, OutOfRange


@dataclass(frozen=True, slots=True)
class Significance:
    """
    The outcome of a significance test; never shown without an effect and its interval.

    statistic  unit "t", "z", "chi2", "rank_sum" or "count"
    p          two-sided unless its settings say otherwise, unit "p", 0 to 1
    df         degrees of freedom; None where the test has none, or could not be made
    """

    statistic: Estimate
    p: Estimate
    df: float | None = None


def made_test(
    statistic: float, p: float, *, unit: str, n: int, method: str, df: float | None = None, settings: Mapping[str, Setting] = NOTHING
) -> Significance:
    """Return the outcome of a test that could be made; p is kept within 0 to 1. Raises NotANumber if it is none."""
    return Significance(
        Estimate(statistic, n, unit, method, settings=settings),
        Estimate(min(1.0, max(0.0, finite(p, "p-värdet"))), n, "p", method, settings=settings),
        df,
    )


def no_test(reason: str, *, unit: str, n: int, method: str, settings: Mapping[str, Setting] = NOTHING) -> Significance:
    """Return the outcome of a test that could not be made, with the reason in Swedish."""
    return Significance(
        cannot_be_told(reason, n=n, unit=unit, method=method, settings=settings),
        cannot_be_told(reason, n=n, unit="p", method=method, settings=settings),
    )


def z_of(level: float) -> float:
    """Return how many standard errors a two-sided interval at `level` reaches. Raises OutOfRange outside 0 to 1."""
    return float(ndtri(_upper(level)))


def t_of(level: float, df: float) -> float:
    """Return how many standard errors a two-sided t interval reaches; df above 0. Raises OutOfRange if level is outside 0 to 1."""
    return float(stdtrit(df, _upper(level)))


def p_of_z(z: float) -> float:
    """Return the two-sided p-value of a standard normal statistic."""
    return float(2 * ndtr(-abs(z)))


def p_of_t(t: float, df: float) -> float:
    """Return the two-sided p-value of a t statistic."""
    return float(2 * stdtr(df, -abs(t)))


def p_of_chi2(chi2: float, df: float) -> float:
    """Return the probability of a chi-square statistic at least this large."""
    return float(chdtrc(df, chi2))


def finite(number: float, what: str) -> float:
    """Return the number as it is. Raises NotANumber if it is NaN or beyond 1e50 in size; `what` names it, in Swedish."""
    if not abs(number) <= LARGEST:
        raise NotANumber(f"{what} är inte ett tal. Utelämna det som saknas.")
    return float(number)


def _upper(level: float) -> float:
    if not 0 < level < 1:
        raise OutOfRange(f"Konfidensnivån {level} ligger inte mellan 0 och 1.")
    return (1 + level) / 2
