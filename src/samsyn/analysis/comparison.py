"""
Places beside each other: which differ more than chance, and which only seem to because they are small.

Funnel limits say what chance allows at each size; shrinkage draws the small towards the whole; intervals of ranks show how
little a place in a list says. Never colour by rank without a funnel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, gammaincinv

from samsyn.analysis.estimate import Estimate, Setting, cannot_be_told
from samsyn.analysis.frequency import LARGEST, Numbers, numbers, same_length, whole_counts
from samsyn.analysis.refused import NothingToCount, OutOfRange, TooFewPoints
from samsyn.analysis.significance import z_of

NO_LARGER_THAN_CHANCE = "Skillnaderna mellan platserna är inte större än slumpen."
WINSORISED = 0.1
"""Share of the scores at each end that is pulled in before the dispersion is computed."""


@dataclass(frozen=True, eq=False)
class Limits:
    """Lower and upper funnel limits, one a place, in the unit of what is compared; and the level they hold at."""

    low: Numbers
    high: Numbers
    level: float


def funnel_of_ratios(expected: ArrayLike, target: float = 1.0, level: float = 0.95) -> Limits:
    """
    Return exact Poisson limits for observed over expected.

    expected  expected counts, above 0, one a place; for rates: the population, and the overall rate as target
    target    the ratio (or rate) round which chance varies, above 0
    level     0.95 and 0.998 are the usual pair
    returns   Limits, never below 0
    source    Garwood's interval turned round; Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202
    """
    size = _sizes(expected, "De väntade antalen")
    _target(target, None)
    mean, tail = size * target, _tail(level)
    return Limits(gammaincinv(mean, tail) / size, gammaincinv(mean + 1, 1 - tail) / size, level)


def funnel_of_shares(sizes: ArrayLike, target: float, level: float = 0.95) -> Limits:
    """
    Return exact binomial limits for shares.

    sizes    how many each share was counted among, above 0
    target   the share round which chance varies, 0 to 1, ends not included
    returns  Limits from 0 to 1
    source   Clopper and Pearson's interval turned round; Spiegelhalter (2005)
    """
    n = _sizes(sizes, "Antalen som andelarna räknas bland")
    _target(target, 1.0)
    tail = _tail(level)
    hits, misses = n * target, n * (1 - target)
    return Limits(betaincinv(hits, misses + 1, tail), betaincinv(hits + 1, misses, 1 - tail), level)


@dataclass(frozen=True, eq=False)
class Overdispersion:
    """
    How much more than chance places differ.

    phi          mean of the squared winsorised scores: about 1 when only chance is at work
    between      variance between places, on the square-root scale; 0 when it is no larger than chance, and then with a reason
    scores       one a place: how many standard errors from the target, before winsorising
    """

    phi: Estimate
    between: Estimate
    scores: Numbers


def overdispersion_of_ratios(
    observed: ArrayLike, expected: ArrayLike, target: float = 1.0, winsorised: float = WINSORISED
) -> Overdispersion:
    """
    Return the overdispersion of observed over expected, on the square-root scale.

    observed    counts, one a place; expected as many, above 0
    winsorised  share at each end that is pulled in to that quantile, 0 to below 0.5
    raises      TooFewPoints below two places
    source      Spiegelhalter (2005), Quality and Safety in Health Care 14, 347-351; Spiegelhalter et al (2012), JRSS A 175, 1-47
    """
    counts, size = whole_counts(observed, "Antalen").astype(np.float64), _sizes(expected, "De väntade antalen")
    same_length(counts, size)
    _target(target, None)
    error = 1 / (2 * np.sqrt(size))
    return _overdispersion((np.sqrt(counts / size) - np.sqrt(target)) / error, error, winsorised)


def overdispersion_of_shares(hits: ArrayLike, sizes: ArrayLike, target: float, winsorised: float = WINSORISED) -> Overdispersion:
    """Return the same for shares, on the scale of the arcsine of the square root. Raises OutOfRange if hits exceed sizes."""
    counts, n = whole_counts(hits, "Antalen").astype(np.float64), _sizes(sizes, "Antalen som andelarna räknas bland")
    same_length(counts, n)
    if (counts > n).any():
        raise OutOfRange("Antalet kan inte vara större än det räknades bland.")
    _target(target, 1.0)
    error = 1 / (2 * np.sqrt(n))
    return _overdispersion((np.arcsin(np.sqrt(counts / n)) - np.arcsin(np.sqrt(target))) / error, error, winsorised)


def _overdispersion(scores: Numbers, errors: Numbers, share: float) -> Overdispersion:
    n = len(scores)
    if n < 2:
        raise TooFewPoints("Det behövs minst två platser att jämföra.")
    if not 0 <= share < 0.5:
        raise OutOfRange(f"Andelen som dras in, {share}, måste vara från 0 till under 0,5.")
    low, high = np.quantile(scores, [share, 1 - share])
    phi = float((np.clip(scores, low, high) ** 2).mean())
    weights = 1 / errors**2
    between = (n * phi - (n - 1)) / float(weights.sum() - (weights**2).sum() / weights.sum())
    settings = {"winsorised": share}
    return Overdispersion(
        Estimate(phi, n, "ratio", "winsorised_dispersion", settings=settings),
        Estimate(max(0.0, between), n, "variance", "additive", settings=settings, reason=NO_LARGER_THAN_CHANCE if between <= 0 else ""),
        scores,
    )


def widened_funnel_of_ratios(expected: ArrayLike, between: float, target: float = 1.0, level: float = 0.95) -> Limits:
    """
    Return funnel limits with the variance between places added, on the square-root scale; never below 0.

    between   from `overdispersion_of_ratios`, 0 or more; at 0 the exact limits of `funnel_of_ratios` are the better choice
    """
    size = _sizes(expected, "De väntade antalen")
    _target(target, None)
    reach = _reach(between, 1 / (4 * size), level)
    middle = np.sqrt(target)
    return Limits(np.maximum(middle - reach, 0.0) ** 2, (middle + reach) ** 2, level)


def widened_funnel_of_shares(sizes: ArrayLike, between: float, target: float, level: float = 0.95) -> Limits:
    """Return funnel limits of shares with the variance between places added, on the arcsine scale; from 0 to 1."""
    n = _sizes(sizes, "Antalen som andelarna räknas bland")
    _target(target, 1.0)
    reach = _reach(between, 1 / (4 * n), level)
    middle = np.arcsin(np.sqrt(target))
    low, high = np.clip(middle - reach, 0.0, np.pi / 2), np.clip(middle + reach, 0.0, np.pi / 2)
    return Limits(np.sin(low) ** 2, np.sin(high) ** 2, level)


@dataclass(frozen=True, eq=False)
class Shrunk:
    """
    Rates drawn towards the overall rate, the small ones most.

    overall   the overall rate (b)
    between   variance between places (a); 0 and a reason when the differences are no larger than chance
    rates     one a place, shrunk
    weights   one a place, 0 to 1: how much of its own rate it keeps
    """

    overall: Estimate
    between: Estimate
    rates: Numbers
    weights: Numbers


def shrink(events: ArrayLike, population: ArrayLike) -> Shrunk:
    """
    Return global empirical-Bayes rates by the method of moments.

    events      whole counts, one a place; population as many, above 0
    raises      NothingToCount if there are no events; TooFewPoints below two places
    source      Marshall (1991), Applied Statistics 40, 283-294; as R's spdep::EBest
    """
    counts, size = whole_counts(events, "Antalen").astype(np.float64), _sizes(population, "Befolkningen")
    same_length(counts, size)
    n = len(counts)
    if n < 2:
        raise TooFewPoints("Det behövs minst två platser att jämföra.")
    if not counts.sum():
        raise NothingToCount("Det finns inga händelser på någon plats.")
    rates, overall = counts / size, float(counts.sum() / size.sum())
    moment = float((size * (rates - overall) ** 2).sum() / size.sum()) - overall / float(size.mean())
    between = max(0.0, moment)
    weights = between / (between + overall / size)
    return Shrunk(
        Estimate(overall, n, "rate", "marshall"),
        Estimate(between, n, "variance", "marshall", reason=NO_LARGER_THAN_CHANCE if moment <= 0 else ""),
        overall + weights * (rates - overall),
        weights,
    )


def rank_intervals(events: ArrayLike, population: ArrayLike, level: float = 0.95) -> tuple[Estimate, ...]:
    """
    Return the rank of each place's rate, 1 for the highest, with an interval; all intervals hold together at the level.

    A place can be no higher than after all whose interval lies wholly above its own. The intervals of the rates are exact,
    each at level ^ (1 / places), so that they hold together when places are independent. No simulation.
    returns  one Estimate a place, rank; ties share the mean of their ranks
    raises   NothingToCount if there is no place
    source   Klein, Wright and Wieczorek (2020), JRSS A 183, 589-606
    """
    counts, size = whole_counts(events, "Antalen").astype(np.float64), _sizes(population, "Befolkningen")
    same_length(counts, size)
    n = len(counts)
    if not n:
        raise NothingToCount("Det finns inga platser att ordna.")
    _tail(level)
    tail = (1 - level ** (1 / n)) / 2
    low = np.where(counts > 0, gammaincinv(np.maximum(counts, 1), tail), 0.0) / size
    high = gammaincinv(counts + 1, 1 - tail) / size
    rates = counts / size
    found = []
    settings: dict[str, Setting] = {"joint": True, "order": "highest first"}
    for place in range(n):
        best, worst = 1 + int((low > high[place]).sum()), n - int((high < low[place]).sum())
        rank = 1 + float((rates > rates[place]).sum()) + (float((rates == rates[place]).sum()) - 1) / 2
        found.append(Estimate(rank, n, "rank", "joint_exact_intervals", float(best), float(worst), level, settings))
    return tuple(found)


def share_outside(values: ArrayLike, limits: Limits) -> Estimate:
    """
    Return the share of places outside the limits, beside what chance alone would give: setting "by_chance".

    returns  Estimate, share; no value when there is no place
    """
    shown = numbers(values, "Värdena")
    same_length(shown, limits.low)
    if not len(shown):
        return cannot_be_told("Det finns inga platser att jämföra.", n=0, unit="share", method="funnel")
    outside = (shown < limits.low) | (shown > limits.high)
    return Estimate(float(outside.mean()), len(shown), "share", "funnel", settings={"by_chance": 1 - limits.level})


def _sizes(values: ArrayLike, what: str) -> Numbers:
    size = numbers(values, what)
    if (size < 1 / LARGEST).any():
        raise OutOfRange(f"{what} måste vara över 0.")
    return size


def _target(target: float, highest: float | None) -> None:
    if not 1 / LARGEST <= target <= LARGEST or (highest is not None and target >= highest):
        raise OutOfRange(f"Jämförelsevärdet {target} går inte att använda.")


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise OutOfRange(f"Nivån {level} måste ligga mellan 0 och 1.")
    return (1 - level) / 2


def _reach(between: float, variance: Numbers, level: float) -> Numbers:
    if not 0 <= between < np.inf:
        raise OutOfRange(f"Variansen mellan platserna, {between}, kan inte vara under 0.")
    reach: Numbers = z_of(level) * np.sqrt(variance + between)
    return reach
