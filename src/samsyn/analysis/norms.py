"""Against "people in general": how far a group stands from the mean and spread of a published norm."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtr

from samsyn.analysis import noncentral_t
from samsyn.analysis.change import ALL_THE_SAME, NOBODY, ONE_ROW, mean
from samsyn.analysis.direction import Direction
from samsyn.analysis.estimate import Estimate, Setting, cannot_be_told
from samsyn.analysis.frequency import Frequencies, is_whole
from samsyn.analysis.norm import Norm
from samsyn.analysis.proportion import binomial_test, share
from samsyn.analysis.refused import OutOfRange, SettingMissing
from samsyn.analysis.significance import Significance, finite, no_test, p_of_t, made_test
from samsyn.analysis.two_groups import Summary, Welch, welch


def norm_difference(values: Frequencies, norm: Norm, level: float = 0.95) -> Estimate:
    """
    Return (mean of the group - mean of the norm) / SD OF THE NORM, with the t interval of the group's mean.

    values   one occasion, points
    returns  sd; None of nobody. The norm is taken as known: its own uncertainty is not in the interval
    """
    settings: dict[str, Setting] = {"denominator": "SD of the norm", "norm_mean": norm.mean, "norm_sd": norm.sd}
    own = mean(values, level)
    if own.value is None:
        return cannot_be_told(NOBODY, n=0, unit="sd", method="norm_difference", settings=settings)
    value, low, high = (None if number is None else (number - norm.mean) / norm.sd for number in (own.value, own.low, own.high))
    return Estimate(value, values.n, "sd", "norm_difference", low, high, level, settings, own.reason)


def one_sample_d(group: Summary, norm_mean: float, level: float = 0.95) -> Estimate:
    """
    Return (mean of the group - norm_mean) / SD OF THE GROUP, with the exact interval by noncentral t.

    returns  sd; None below two rows or where all are the same
    source   Cohen 1988; Smithson 2001, Educational and Psychological Measurement 61:605
    """
    settings: dict[str, Setting] = {"denominator": "SD of the group", "norm_mean": finite(norm_mean, "Normens medelvärde")}
    if not group.varies:
        return cannot_be_told(_why_no_spread(group), n=group.n, unit="sd", method="one_sample_d", settings=settings)
    d = (group.mean - norm_mean) / group.sd
    low, high = noncentral_t.limits(d * sqrt(group.n), group.n - 1, level)
    return Estimate(d, group.n, "sd", "one_sample_d", low / sqrt(group.n), high / sqrt(group.n), level, settings)


def one_sample_t(group: Summary, norm_mean: float) -> Significance:
    """Test whether the group's mean is the norm's, taken as known: t, p, df = n - 1; None as `one_sample_d`. Source: Student 1908."""
    finite(norm_mean, "Normens medelvärde")
    if not group.varies:
        return no_test(_why_no_spread(group), unit="t", n=group.n, method="one_sample_t")
    t, df = (group.mean - norm_mean) / group.sd * sqrt(group.n), group.n - 1
    return made_test(t, p_of_t(t, df), unit="t", n=group.n, method="one_sample_t", df=df, settings={"norm_mean": norm_mean})


def against_norm(group: Summary, norm: Norm, level: float = 0.95) -> Welch:
    """Return Welch's test and the difference in points, norm's n included. Raises SettingMissing if the norm's n is not known."""
    if norm.n is None:
        raise SettingMissing("Ange hur många som normen bygger på, eller jämför med normens medelvärde som om det vore känt.")
    return welch(group, Summary(norm.mean, norm.sd, norm.n), level)


def percentile(score: float, norm: Norm, level: float = 0.95) -> Estimate:
    """
    Return what per cent of the norm lies below a score: by Crawford and Howell where the norm's n is known, else by the normal.

    returns  percentile 0 to 100
    """
    return percentile_normal(score, norm) if norm.n is None else percentile_crawford_howell(score, norm, level)


def percentile_normal(score: float, norm: Norm) -> Estimate:
    """Return the percentile of a score in a normal distribution with the norm's mean and SD, both taken as known; no interval."""
    z = (finite(score, "Poängen") - norm.mean) / norm.sd
    return Estimate(100 * float(ndtr(z)), norm.n or 0, "percentile", "normal")


def percentile_crawford_howell(score: float, norm: Norm, level: float = 0.95) -> Estimate:
    """
    Return the percentile of a score, allowing for the norm being a sample, with Crawford and Garthwaite's interval.

    returns  percentile 0 to 100; n is the norm's
    raises   SettingMissing if the norm's n is not known
    source   Crawford & Howell 1998, The Clinical Neuropsychologist 12:482; interval: Crawford & Garthwaite 2002,
             Neuropsychologia 40:1196
    """
    if norm.n is None:
        raise SettingMissing("Ange hur många som normen bygger på.")
    away = (finite(score, "Poängen") - norm.mean) / norm.sd
    value = float(stdtr(norm.n - 1, away / sqrt((norm.n + 1) / norm.n)))
    low, high = (float(ndtr(limit / sqrt(norm.n))) for limit in noncentral_t.limits(away * sqrt(norm.n), norm.n - 1, level))
    return Estimate(100 * value, norm.n, "percentile", "crawford_howell", 100 * low, 100 * high, level)


@dataclass(frozen=True, slots=True)
class BeyondCutoff:
    """The share of a group on the clinical side of a cut-off, how much more that is than in the population, and the exact test."""

    share: Estimate
    difference: Estimate
    test: Significance


def is_beyond(values: Frequencies, cutoff: float, direction: Direction) -> NDArray[np.bool_]:
    """Return which of the values lie strictly on the worse side of the cut-off."""
    return np.asarray((values.values - cutoff) * direction.sign < 0)


def is_within_one_sd(values: Frequencies, norm: Norm) -> NDArray[np.bool_]:
    """Return which of the values lie nearer than one SD of the norm to its mean (strictly)."""
    return np.asarray(abs(values.values - norm.mean) < norm.sd * (1 - 1e-10))


def share_beyond(values: Frequencies, cutoff: float, direction: Direction, level: float = 0.95) -> Estimate:
    """Return the share strictly on the worse side of the cut-off, with Wilson's interval; None of nobody. Raises NotANumber."""
    settings = _cutoff_settings(finite(cutoff, "Gränsen"), direction)
    if not values.n:
        return cannot_be_told(NOBODY, n=0, unit="share", method="wilson", settings=settings)
    count, of = values.share_where(is_beyond(values, cutoff, direction))
    bare = share(count, of, level)
    return Estimate(bare.value, of, "share", "wilson", bare.low, bare.high, level, settings)


def share_within_one_sd(values: Frequencies, norm: Norm, level: float = 0.95) -> Estimate:
    """Return the share nearer than one SD of the norm to its mean (strictly), with Wilson's interval; None of nobody."""
    if not values.n:
        return cannot_be_told(NOBODY, n=0, unit="share", method="wilson")
    count, of = values.share_where(is_within_one_sd(values, norm))
    return share(count, of, level)


def beyond_cutoff(
    values: Frequencies, cutoff: float, direction: Direction, population_share: float | None, level: float = 0.95
) -> BeyondCutoff:
    """
    Compare the share on the clinical side of a cut-off with that of the population, taken as known.

    population_share  0 to 1
    returns           None in all three of nobody
    raises            SettingMissing if the population's share is None; OutOfRange if it is outside 0 to 1
    source            exact binomial test; interval Wilson 1927
    """
    if population_share is None:
        raise SettingMissing("Ange befolkningens andel på den kliniska sidan av gränsen.")
    own = share_beyond(values, cutoff, direction, level)
    if not 0 <= population_share <= 1:
        raise OutOfRange(f"Befolkningens andel, {population_share}, måste ligga mellan 0 och 1.")
    settings = {**own.settings, "population_share": population_share}
    if own.value is None:
        test = no_test(NOBODY, unit="count", n=0, method="binomial_exact", settings=settings)
        return BeyondCutoff(own, cannot_be_told(NOBODY, n=0, unit="share", method="wilson", settings=settings), test)
    test = binomial_test(round(own.value * own.n), own.n, population_share)
    value, low, high = (None if number is None else number - population_share for number in (own.value, own.low, own.high))
    return BeyondCutoff(own, Estimate(value, own.n, "share", "wilson", low, high, level, settings), test)


def expected_regression(mean_start: float, norm_mean: float, r: float, n: int = 0) -> Estimate:
    """
    Return how far the group would move towards the norm by itself when people enter because of an extreme start.

    mean_start  of the group, points
    r           correlation between two occasions when nothing is done (test-retest), 0 to 1
    n           persons the mean rests on
    returns     points, (1 - r)(mean_start - norm_mean): above 0 is a fall to expect, below 0 a rise
    raises      OutOfRange if r is outside 0 to 1 or n is no count; NotANumber
    source      Galton 1886; Davis 1976, American Journal of Epidemiology 104:493
    """
    if not (is_whole(n) and n >= 0):
        raise OutOfRange(f"Antalet personer, {n}, måste vara ett helt antal, 0 eller fler.")
    if not 0 <= r <= 1:
        raise OutOfRange(f"Korrelationen mellan två mätningar, {r}, måste ligga mellan 0 och 1.")
    away = finite(mean_start, "Medelvärdet vid start") - finite(norm_mean, "Normens medelvärde")
    return Estimate((1 - r) * away, n, "points", "regression_to_the_mean", settings={"r": r, "norm_mean": norm_mean})


def _why_no_spread(group: Summary) -> str:
    return ALL_THE_SAME if group.n > 1 else ONE_ROW if group.n else NOBODY


def _cutoff_settings(cutoff: float, direction: Direction) -> dict[str, Setting]:
    return {"cutoff": cutoff, "direction": direction.value, "cutoff_rule": "strict: a score at the cut-off is not beyond it"}
