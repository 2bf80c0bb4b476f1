"""Shares of a whole, the difference between two of them, odds, and a share against that of a population."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
from scipy.special import bdtr, bdtrc, betaincinv, gammaln, xlog1py, xlogy

from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import is_whole
from samsyn.analysis.refused import NothingToCount, OutOfRange
from samsyn.analysis.significance import Significance, made_test, z_of

TIE = 1e-7
"""How much more probable, relatively, an outcome may be and still count as equally probable (as R and scipy do)."""


def share(count: int, of: int, level: float = 0.95) -> Estimate:
    """
    Return the share, with Wilson's score interval, which stays within 0 to 1.

    count   whole, 0 to `of`
    of      whole, above 0
    returns share 0 to 1
    raises  NothingToCount if `of` is 0; OutOfRange if the counts are not whole or do not fit
    source  Wilson 1927, Journal of the American Statistical Association; Newcombe 1998, Statistics in Medicine 17:857
    """
    require_part(count, of)
    low, high = wilson_limits(count, of, level)
    return Estimate(count / of, of, "share", "wilson", low, high, level)


def wilson_limits(count: int, of: int, level: float) -> tuple[float, float]:
    """Return Wilson's limits for a count that has been checked. Raises OutOfRange if level is outside 0 to 1."""
    z, observed = z_of(level), count / of
    centre, reach = count + z * z / 2, z * sqrt(of * observed * (1 - observed) + z * z / 4)
    low = 0.0 if count == 0 else (centre - reach) / (of + z * z)
    high = 1.0 if count == of else (centre + reach) / (of + z * z)
    return low, high


def share_clopper_pearson(count: int, of: int, level: float = 0.95) -> Estimate:
    """
    Return the share, with the exact interval of Clopper and Pearson: never too narrow, often too wide.

    Arguments and errors as in `share`. Source: Clopper & Pearson 1934, Biometrika 26:404.
    """
    require_part(count, of)
    z_of(level)
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(betaincinv(count, of - count + 1, tail))
    high = 1.0 if count == of else float(betaincinv(count + 1, of - count, 1 - tail))
    return Estimate(count / of, of, "share", "clopper_pearson", low, high, level)


def share_difference(count_1: int, of_1: int, count_2: int, of_2: int, level: float = 0.95) -> Estimate:
    """
    Return the first share minus the second, of two independent groups, with Newcombe's hybrid score interval.

    returns share, -1 to 1; n is both groups
    raises  as `share`
    source  Newcombe 1998, Statistics in Medicine 17:873, method 10
    """
    first, second = share(count_1, of_1, level), share(count_2, of_2, level)
    p_1, p_2, (l_1, u_1), (l_2, u_2) = count_1 / of_1, count_2 / of_2, _limits(first), _limits(second)
    low = p_1 - p_2 - sqrt((p_1 - l_1) ** 2 + (u_2 - p_2) ** 2)
    high = p_1 - p_2 + sqrt((u_1 - p_1) ** 2 + (p_2 - l_2) ** 2)
    return Estimate(p_1 - p_2, of_1 + of_2, "share", "newcombe", low, high, level)


def share_difference_paired(both: int, only_before: int, only_after: int, neither: int, level: float = 0.95) -> Estimate:
    """
    Return the share after minus the share before, among the same persons, with Newcombe's interval for pairs.

    both, only_before, only_after, neither   how many said yes when; whole, 0 or more, together above 0
    returns share, -1 to 1; n is the persons
    raises  as `share`
    source  Newcombe 1998, Statistics in Medicine 17:2635, method 10 (with its correction of phi)
    """
    for cell in (both, only_before, only_after, neither):
        require_part(cell, both + only_before + only_after + neither)
    n = both + only_before + only_after + neither
    before, after = (both + only_before) / n, (both + only_after) / n
    (l_1, u_1), (l_2, u_2) = wilson_limits(both + only_after, n, level), wilson_limits(both + only_before, n, level)
    phi = _phi(both, only_before, only_after, neither)
    below, above = after - l_1, u_1 - after
    under, over = before - l_2, u_2 - before
    low = after - before - sqrt(max(0.0, below**2 - 2 * phi * below * over + over**2))
    high = after - before + sqrt(max(0.0, above**2 - 2 * phi * above * under + under**2))
    difference = (only_after - only_before) / n
    return Estimate(difference, n, "share", "newcombe_paired", min(low, difference), max(high, difference), level)


def _phi(both: int, only_before: int, only_after: int, neither: int) -> float:
    """Return the correlation of the two answers, drawn towards 0 where it is positive, and 0 where a margin is empty."""
    n = both + only_before + only_after + neither
    margins = (both + only_before) * (only_after + neither) * (both + only_after) * (only_before + neither)
    if margins == 0:
        return 0.0
    product = both * neither - only_before * only_after
    corrected = max(product - n / 2, 0.0) if product > 0 else product
    return corrected / sqrt(margins)


def odds(count: int, of: int, level: float = 0.95) -> Estimate:
    """
    Return how many there are to each of the others, with Wilson's limits turned into odds.

    returns ratio, 0 or more; None if there are no others. The upper limit is None where it has no end.
    raises  as `share`
    """
    require_part(count, of)
    if count == of:
        return cannot_be_told("Alla är med: oddsen har inget tal.", n=of, unit="ratio", method="odds")
    low, high = wilson_limits(count, of, level)
    return Estimate(count / (of - count), of, "ratio", "odds", low / (1 - low), high / (1 - high), level)


def odds_ratio(count_1: int, of_1: int, count_2: int, of_2: int, level: float = 0.95) -> Estimate:
    """
    Return the first group's odds divided by the second's, with Woolf's interval on the logarithm.

    returns ratio; None where a cell is empty: the ratio is then 0, endless or unknown
    raises  as `share`
    source  Woolf 1955, Annals of Human Genetics 19:251
    """
    require_part(count_1, of_1)
    require_part(count_2, of_2)
    cells = (count_1, of_1 - count_1, count_2, of_2 - count_2)
    if not all(cells):
        return cannot_be_told(
            "En av de fyra rutorna är tom: oddskvoten går inte att räkna ut.", n=of_1 + of_2, unit="ratio", method="woolf"
        )
    ratio = cells[0] * cells[3] / (cells[1] * cells[2])
    reach = z_of(level) * sqrt(sum(1 / cell for cell in cells))
    return Estimate(ratio, of_1 + of_2, "ratio", "woolf", float(np.exp(log(ratio) - reach)), float(np.exp(log(ratio) + reach)), level)


def binomial_test(count: int, of: int, expected_share: float) -> Significance:
    """
    Test a share against a known one, exactly: the probability of all outcomes at most as probable as the one seen.

    expected_share  of the population, 0 to 1
    raises          as `share`; OutOfRange if expected_share is outside 0 to 1
    source          Clopper & Pearson's binomial distribution; two-sided by small probabilities, as R's binom.test
    """
    require_part(count, of)
    if not 0 <= expected_share <= 1:
        raise OutOfRange(f"Befolkningens andel, {expected_share}, måste ligga mellan 0 och 1.")
    return made_test(
        count, _as_improbable(int(count), int(of), expected_share), unit="count", n=of, method="binomial_exact",
        settings={"expected_share": expected_share, "two_sided": "by small probabilities"},
    )  # fmt: skip


def _as_improbable(count: int, of: int, expected: float) -> float:
    """Return the probability of every outcome at most as probable as `count`."""
    if expected in (0.0, 1.0):
        return float(count == of * expected)
    outcomes = np.arange(of + 1)
    log_chance = gammaln(of + 1) - gammaln(outcomes + 1) - gammaln(of - outcomes + 1)
    log_chance += xlogy(outcomes, expected) + xlog1py(of - outcomes, -expected)
    rare = np.flatnonzero(log_chance > log_chance[int(count)] + np.log1p(TIE))
    if not len(rare):
        return 1.0
    below, above = int(rare[0]) - 1, int(rare[-1])
    left = float(bdtr(below, of, expected)) if below >= 0 else 0.0
    right = float(bdtrc(above, of, expected)) if above < of else 0.0
    return left + right


def require_part(count: int, of: int) -> None:
    """Refuse counts that are no part of a whole. Raises NothingToCount if `of` is 0, OutOfRange if they do not fit."""
    if of == 0:
        raise NothingToCount("Det finns ingen att räkna en andel av.")
    if not (is_whole(count) and is_whole(of) and 0 <= count <= of):
        raise OutOfRange(f"{count} av {of} är ingen andel: antalen måste vara hela, och det första högst lika stort som det andra.")


def _limits(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None and estimate.high is not None
    return estimate.low, estimate.high
