"""
Counts of events, before and after: exact intervals, and wider ones where earlier periods vary more than chance.

Events that come in series (one offender, one hot summer) vary more than independent ones. Eight or more earlier periods say
how much: the dispersion. Where it exceeds 1 every count is divided by it before the interval is made, so that the interval
is as wide as fewer, independent events would give. With fewer earlier periods the estimate says that it takes the events
to be independent.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, sqrt

import numpy as np
from scipy.special import betainc, betaincinv, gammaincinv, gammaln, pdtr, pdtrc, xlogy

from samsyn.analysis.estimate import Estimate, Setting, cannot_be_told
from samsyn.analysis.frequency import Counts, is_whole, whole_counts
from samsyn.analysis.refused import NothingToCount, OutOfRange
from samsyn.analysis.significance import z_of

FEWEST_EARLIER = 8
MOST_ONE_BY_ONE = 1_000_000
"""More events than this are not added up outcome by outcome."""
NO_HIGHER = 1.0
"""A share of all events that has come this far leaves nothing to divide by."""
INDEPENDENT = "förutsätter oberoende händelser"
NONE_BEFORE = "Det finns inga händelser före: en kvot går inte att räkna ut."
MOST_EXPECTED = 1e12
"""A larger expected count than this is not compared exactly."""
NO_END = "Så få händelser räcker inte till någon övre gräns."
NOTHING_AT_ALL = "Det finns inga händelser varken före eller efter."
TOO_FEW_EARLIER = "Färre än 8 tidigare perioder: det går inte att säga om händelserna varierar mer än slumpen."


def count_with_interval(count: float, level: float = 0.95, dispersion: float = 1.0) -> Estimate:
    """
    Return a count with its exact interval.

    count       events, 0 or more
    dispersion  1 or more: the interval is made wider by it
    returns     Estimate, count
    raises      OutOfRange if a number is outside what it can be
    source      Garwood (1936), Biometrika 28, 437-442
    """
    _at_least(count, 0.0, "Antalet händelser")
    _at_least(dispersion, 1.0, "Spridningstalet")
    z_of(level)
    fewer, tail = count / dispersion, (1 - level) / 2
    low = float(gammaincinv(fewer, tail)) * dispersion if count else 0.0
    high = float(gammaincinv(fewer + 1, 1 - tail)) * dispersion
    return Estimate(count, int(count), "count", "garwood", low, high, level, {"dispersion": dispersion})


def rate(count: int, exposure: float, level: float = 0.95, dispersion: float = 1.0) -> Estimate:
    """
    Return events per unit of exposure with its exact interval.

    exposure   time, inhabitants or both, above 0
    raises     OutOfRange if the exposure is not above 0
    source     Garwood (1936), Biometrika 28, 437-442
    """
    _above(exposure, "Tiden eller befolkningen")
    counted = count_with_interval(count, level, dispersion)
    low, high = (counted.low or 0.0) / exposure, (counted.high or 0.0) / exposure
    return Estimate(count / exposure, count, "rate", "garwood", low, high, level, counted.settings)


def rate_p(count: int, exposure: float, reference: float) -> Estimate:
    """
    Return the exact two-sided p-value of a rate against a stated one: all counts that are no likelier than this one.

    reference  events per unit of exposure, above 0
    raises     OutOfRange if the count is not whole, or a number is outside what it can be
    source     the two-sided rule of minimum likelihood, as in R's poisson.test
    """
    _above(exposure, "Tiden eller befolkningen")
    _above(reference, "Takten att jämföra med")
    if not (is_whole(count) and count >= 0):
        raise OutOfRange(f"Antalet händelser, {count}, måste vara ett helt antal, 0 eller fler.")
    mean = exposure * reference
    _at_least(MOST_EXPECTED - mean, 0.0, "Utrymmet under det största väntade antalet")
    other = _as_unlikely(count, mean)
    below, above = min(count, other), max(count, other)
    p = float(pdtr(below, mean)) if below >= 0 else 0.0
    p += float(pdtrc(above - 1, mean)) if above > 0 else 1.0
    return Estimate(min(p, 1.0), count, "p", "poisson_exact", settings={"two_sided": "minimum likelihood", "reference": reference})


def _as_unlikely(count: int, mean: float) -> int:
    """Return the nearest count on the other side of the mean that is no likelier than this one; -1 if there is none below."""
    limit = _log_poisson(count, mean) + 1e-7
    if count == mean:
        return count
    if count < mean:
        first = max(ceil(mean) - 1, count + 1)  # next to a whole mean two counts are as likely, give or take the rounding
        step = 1
        while _log_poisson(first + step, mean) > limit:
            step *= 2
        return _first(first, first + step, lambda other: _log_poisson(other, mean) <= limit)
    if _log_poisson(0, mean) > limit:
        return -1
    return _first(0, floor(mean) + 1, lambda other: _log_poisson(other, mean) > limit) - 1


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the first whole number from low to high from which on something holds; high if it does not hold before."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _log_poisson(count: int, mean: float) -> float:
    return float(xlogy(count, mean) - mean - gammaln(count + 1))


def dispersion(earlier: tuple[int, ...]) -> Estimate:
    """
    Return how much more than chance the counts of earlier periods of equal length vary: variance over mean.

    earlier   counts, oldest first; eight or more, or there is no value
    returns   Estimate, ratio: about 1 when events are independent; n is the number of periods
    source    Fisher's index of dispersion (Pearson chi-square over its degrees of freedom)
    """
    return pooled_dispersion(earlier)


def pooled_dispersion(*areas: tuple[int, ...]) -> Estimate:
    """
    Return the dispersion of several areas together: chi-square over degrees of freedom, summed over the areas.

    areas   counts of earlier periods of each area; one with fewer than eight periods, or none at all, counts nothing
    """
    columns = [whole_counts(area, "Antalen i tidigare perioder") for area in areas]
    used = [column for column in columns if len(column) >= FEWEST_EARLIER and column.sum() > 0]
    n = sum(len(column) for column in used)
    if not used:
        reason = TOO_FEW_EARLIER if all(len(column) < FEWEST_EARLIER for column in columns) else NOTHING_AT_ALL
        return cannot_be_told(reason, n=sum(len(column) for column in columns), unit="ratio", method="index_of_dispersion")
    chi_square = sum(float(((column - column.mean()) ** 2).sum() / column.mean()) for column in used)
    return Estimate(chi_square / (n - len(used)), n, "ratio", "index_of_dispersion")


def widening(*areas: Counts) -> tuple[float, str]:
    """Return (the dispersion to widen with, 1 or more; the reservation in Swedish, "" if earlier periods were used)."""
    found = pooled_dispersion(*(area.earlier for area in areas))
    return (1.0, INDEPENDENT) if found.value is None else (max(1.0, found.value), "")


def rate_ratio(counts: Counts, level: float = 0.95) -> Estimate:
    """
    Return the rate after over the rate before, with the exact conditional interval.

    counts   events and lengths of both periods, with earlier periods if they are known
    returns  Estimate, ratio; no value when there were no events before; the reason says when independence is taken for granted
    source   Clopper and Pearson (1934), Biometrika 26, 404-413, for the share after among all events
    """
    return _ratio(counts, level, mid=False)


def rate_ratio_mid_p(counts: Counts, level: float = 0.95) -> Estimate:
    """
    Return the rate after over the rate before, with the conditional mid-p interval: less cautious, nearer the level it states.

    source   Lancaster (1961), JASA 56, 223-234; Berry and Armitage (1995), The Statistician 44, 417-423
    """
    return _ratio(counts, level, mid=True)


def percent_change(counts: Counts, level: float = 0.95) -> Estimate:
    """Return the change of the rate in per cent of the rate before, with the conditional mid-p interval; a fall is negative."""
    return as_percent(rate_ratio_mid_p(counts, level))


def as_percent(ratio: Estimate) -> Estimate:
    """Return a ratio as a change in per cent: 0.8 as -20."""
    value, low, high = (None if number is None else 100 * (number - 1) for number in (ratio.value, ratio.low, ratio.high))
    return Estimate(value, ratio.n, "percent", ratio.method, low, high, ratio.level, ratio.settings, ratio.reason)


def rate_ratio_p(counts: Counts) -> Estimate:
    """
    Return the exact conditional two-sided p-value that the rate has not changed.

    Two-sided by minimum likelihood (as R's poisson.test); with a dispersion above 1, or above a million events, by doubling
    the smaller tail (of the divided counts).
    raises   NothingToCount if there are no events
    """
    total, share = _null(counts)
    spread, reason = widening(counts)
    doubled = spread > 1 or total > MOST_ONE_BY_ONE
    if doubled:
        p = 2 * min(_tails(counts.after / spread, total / spread, share))
    else:
        x = np.arange(total + 1)
        chances = np.exp(gammaln(total + 1) - gammaln(x + 1) - gammaln(total - x + 1) + xlogy(x, share) + xlogy(total - x, 1 - share))
        p = float(chances[chances <= chances[int(counts.after)] * (1 + 1e-7)].sum())
    rule = "doubled" if doubled else "minimum likelihood"
    return Estimate(min(p, 1.0), total, "p", "conditional_exact", settings={"two_sided": rule, "dispersion": spread}, reason=reason)


def rate_ratio_mid_p_value(counts: Counts) -> Estimate:
    """
    Return the conditional mid-p value, twice the smaller tail, that the rate has not changed.

    raises   NothingToCount if there are no events
    """
    total, share = _null(counts)
    spread, reason = widening(counts)
    below = _mid_below(counts.after / spread, total / spread, share)
    settings: dict[str, Setting] = {"two_sided": "doubled", "dispersion": spread}
    return Estimate(min(1.0, 2 * min(below, 1 - below)), total, "p", "conditional_mid_p", settings=settings, reason=reason)


def e_test(counts: Counts) -> Estimate:
    """
    Return the p-value of the E-test that two rates are equal: often more powerful than the conditional test.

    The statistic is the difference of the rates over its standard error, each rate with its own variance; its distribution is
    summed over all pairs of counts, at the pooled rate. Takes events to be independent.
    raises   NothingToCount if there are no events at all
    source   Krishnamoorthy and Thomson (2004), Journal of Statistical Planning and Inference 119, 23-35
    """
    return _e_test(counts, "e_test", 1 / counts.time_after, 1 / counts.time_before)


def e_test_score(counts: Counts) -> Estimate:
    """
    Return the p-value of the E-test with the standard error that equal rates would give; the same as `e_test` where both
    periods are equally long.

    raises   as `e_test`
    source   Krishnamoorthy and Thomson's test with the score statistic, as statsmodels' "etest"
    """
    each = 1 / (counts.time_after + counts.time_before)
    scale = (1 / counts.time_after + 1 / counts.time_before) * each
    return _e_test(counts, "e_test_score", scale * counts.time_after, scale * counts.time_before)


def _e_test(counts: Counts, method: str, weight_after: float, weight_before: float) -> Estimate:
    """Return the p-value; the squared standard error is the sum of each rate times its weight."""
    if not counts.before + counts.after:
        raise NothingToCount(NOTHING_AT_ALL + " E-testet går inte att göra.")
    n, t1, t2 = counts.before + counts.after, counts.time_after, counts.time_before
    rates = counts.after / t1, counts.before / t2
    square = (rates[0] - rates[1]) ** 2 / (weight_after * rates[0] + weight_before * rates[1])
    p = 1.0 if square < 1e-12 else _beyond(square, (t1, t2), n / (t1 + t2), (weight_after, weight_before))
    return Estimate(min(p, 1.0), n, "p", method, reason=INDEPENDENT)


def _beyond(square: float, times: tuple[float, float], pooled: float, weights: tuple[float, float]) -> float:
    """Return the chance of a pair of counts at least as far apart: for each first count, the second outside two roots."""
    mean1, mean2 = pooled * times[0], pooled * times[1]
    reach = 12 * sqrt(mean1) + 60
    first = np.arange(max(0, floor(mean1 - reach)), ceil(mean1 + reach) + 1, dtype=np.float64)
    chance = np.exp(xlogy(first, mean1) - mean1 - gammaln(first + 1))
    a = first / times[0]
    half = a + square * weights[1] / 2
    spread = np.sqrt(np.maximum(half**2 - (a**2 - square * weights[0] * a), 0.0))
    low, high = times[1] * (half - spread), times[1] * (half + spread)
    near = 1e-9 * (1 + high)
    low_whole, high_whole = np.floor(low + near), np.ceil(high - near)
    low_whole[first == 0] = -1  # no events in either: the statistic is not defined and counts as no difference
    outside = np.where(low_whole >= 0, pdtr(np.maximum(low_whole, 0), mean2), 0.0)
    outside += np.where(high_whole >= 1, pdtrc(np.maximum(high_whole - 1, 0), mean2), 1.0)
    return float(chance @ outside)


def _null(counts: Counts) -> tuple[int, float]:
    """Return (all events, the share of them that falls after if the rate is the same)."""
    total = counts.before + counts.after
    if not total:
        raise NothingToCount(NOTHING_AT_ALL)
    return total, counts.time_after / (counts.time_before + counts.time_after)


def _ratio(counts: Counts, level: float, *, mid: bool) -> Estimate:
    method = "conditional_mid_p" if mid else "conditional_exact"
    total = counts.before + counts.after
    if not counts.before:
        return cannot_be_told(NOTHING_AT_ALL if not total else NONE_BEFORE, n=total, unit="ratio", method=method)
    z_of(level)
    spread, reason = widening(counts)
    interval = _mid_interval if mid else _exact_interval
    low, high = interval(counts.after / spread, counts.before / spread, (1 - level) / 2)
    scale = counts.time_before / counts.time_after
    value = counts.after / counts.before * scale
    ends = scale * low / (1 - low), scale * high / (1 - high) if high < NO_HIGHER else None
    return Estimate(value, total, "ratio", method, *ends, level, {"dispersion": spread}, reason if ends[1] is not None else NO_END)


def _exact_interval(after: float, before: float, tail: float) -> tuple[float, float]:
    """Return the interval of the share after among all events; before is above 0."""
    low = float(betaincinv(after, before + 1, tail)) if after else 0.0
    return low, float(betaincinv(after + 1, before, 1 - tail))


def _mid_interval(after: float, before: float, tail: float) -> tuple[float, float]:
    """Return the mid-p interval of the share after among all events; before is above 0."""
    from scipy.optimize import brentq

    total = after + before
    low = brentq(lambda share: 1 - _mid_below(after, total, share) - tail, 0.0, 1.0, xtol=1e-30, maxiter=1000) if after else 0.0
    high = brentq(lambda share: _mid_below(after, total, share) - tail, 0.0, 1.0, xtol=1e-30, maxiter=1000)
    return float(low), float(high)


def _tails(after: float, total: float, share: float) -> tuple[float, float]:
    """Return the chances of at most, and of at least, this many after; counts need not be whole."""
    at_most = float(betainc(total - after, after + 1, 1 - share)) if total > after else 1.0
    at_least = float(betainc(after, total - after + 1, share)) if after > 0 else 1.0
    return at_most, at_least


def _mid_below(after: float, total: float, share: float) -> float:
    """Return the chance of fewer than this many after, plus half the chance of just as many."""
    at_most, at_least = _tails(after, total, share)
    return (at_most + 1 - at_least) / 2


def _above(number: float, what: str) -> None:
    if not 0 < number < float("inf"):
        raise OutOfRange(f"{what}, {number}, måste vara över 0.")


def _at_least(number: float, lowest: float, what: str) -> None:
    if not lowest <= number < float("inf"):
        raise OutOfRange(f"{what}, {number}, måste vara {lowest:g} eller mer.")
