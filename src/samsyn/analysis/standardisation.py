"""Age and sex taken into account: what to expect with the rates of a standard population, and rates weighed as it is."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainccinv, gammaincinv

from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import LARGEST, Numbers, is_whole, numbers, same_length
from samsyn.analysis.refused import NothingToCount, OutOfRange
from samsyn.analysis.significance import Significance, made_test, z_of

NOTHING_EXPECTED = "Inget väntas med standardbefolkningens tal: kvoten går inte att räkna ut."


@dataclass(frozen=True, eq=False)
class Standard:
    """
    The standard population, one place an age and sex group.

    counts       events, 0 or more
    population   persons (or person-years), above 0
    raises       NothingToCount without groups; UnequalLengths, NotANumber, OutOfRange
    """

    counts: Numbers
    population: Numbers

    def __post_init__(self) -> None:
        counts, population = numbers(self.counts, "Standardens antal"), numbers(self.population, "Standardens befolkning")
        same_length(counts, population)
        if not len(counts):
            raise NothingToCount("Standardbefolkningen har ingen grupp.")
        if (counts < 0).any() or (population <= 0).any():
            raise OutOfRange("Standardens antal måste vara 0 eller fler och dess befolkning över 0 i varje grupp.")
        object.__setattr__(self, "counts", counts)
        object.__setattr__(self, "population", population)

    @property
    def crude_rate(self) -> float:
        """Events per person in the whole standard population."""
        return float(self.counts.sum() / self.population.sum())


def expected_count(population: ArrayLike, standard: Standard) -> Estimate:
    """
    Return how many events the population would have with the standard's rate in every age and sex group.

    population  one a group of the standard, 0 or more
    returns     count, not whole; n is the groups
    raises      UnequalLengths, OutOfRange
    """
    persons = _population(population, standard)
    return Estimate(float(persons @ (standard.counts / standard.population)), len(persons), "count", "indirect_standardisation")


def standardised_ratio(observed: int, expected: float, level: float = 0.95) -> Estimate:
    """
    Return observed / expected with Byar's interval: the first choice.

    observed  events, whole, 0 or more
    expected  above 0; if it is 0 there is no ratio
    returns   ratio; n is the events
    raises    OutOfRange if observed is no count or expected below 0
    source    Breslow & Day 1987, Statistical Methods in Cancer Research II, formula 2.13
    """
    return _ratio(observed, expected, byar_limits(_events(observed), level), level, "byar")


def standardised_ratio_exact(observed: int, expected: float, level: float = 0.95) -> Estimate:
    """Return as `standardised_ratio` with the exact Poisson interval. Source: Garwood 1936, Biometrika 28:437."""
    return _ratio(observed, expected, poisson_limits(_events(observed), level), level, "poisson_exact")


def standardised_ratio_lognormal(observed: int, expected: float, level: float = 0.95) -> Estimate:
    """Return as `standardised_ratio`, interval normal on the logarithm (as R's epitools); None of no events."""
    reach = z_of(level)
    if not _events(observed):
        return cannot_be_told("Inga händelser: intervallet på logaritmen finns inte.", n=0, unit="ratio", method="lognormal")
    spread = exp(reach / sqrt(observed))
    return _ratio(observed, expected, (observed / spread, observed * spread), level, "lognormal")


def indirectly_adjusted_rate(observed: int, population: ArrayLike, standard: Standard, level: float = 0.95) -> Estimate:
    """Return the standardised ratio times the standard's crude rate, events per person, with Byar's interval; None if none expected."""
    expected = expected_count(population, standard).value
    assert expected is not None
    ratio, rate = standardised_ratio(observed, expected, level), standard.crude_rate
    value, low, high = (None if number is None else number * rate for number in (ratio.value, ratio.low, ratio.high))
    return Estimate(value, observed, "rate", "indirect_standardisation", low, high, level, {"interval": "byar"}, ratio.reason)


def poisson_test(observed: int, expected: float) -> Significance:
    """
    Test whether a count is as expected, exactly: twice the smaller tail of the Poisson distribution.

    raises  OutOfRange if observed is no count or expected is not above 0
    """
    from scipy.special import pdtr, pdtrc

    if not 0 < expected < float("inf"):
        raise OutOfRange(f"Det väntade antalet {expected} måste vara över 0.")
    at_most = float(pdtr(_events(observed), expected))
    at_least = float(pdtrc(observed - 1, expected)) if observed else 1.0
    return made_test(observed, 2 * min(at_most, at_least), unit="count", n=observed, method="poisson_exact",
                  settings={"expected": expected, "two_sided": "twice the smaller tail"})  # fmt: skip


def direct_rate(counts: ArrayLike, population: ArrayLike, standard_population: ArrayLike, level: float = 0.95) -> Estimate:
    """
    Return the rate the population would have with the standard's ages and sexes, with the gamma interval.

    counts               events, one a group, 0 or more
    population           persons, one a group, above 0
    standard_population  weights, one a group, 0 or more and together above 0
    returns              events per person; n is the events
    raises               UnequalLengths, OutOfRange
    source               Fay & Feuer 1997, Statistics in Medicine 16:791
    """
    events, persons, weights = (numbers(column, "Grupperna") for column in (counts, population, standard_population))
    same_length(events, persons, weights)
    if not len(events) or (events < 0).any() or (persons < 1 / LARGEST).any() or (weights < 0).any() or not weights.sum():
        raise OutOfRange("Antalen måste vara 0 eller fler, befolkningen över 0 och vikterna tillsammans över 0.")
    each = weights / weights.sum() / persons
    rate, variance = float(events @ each), float(events @ each**2)
    low, high = _gamma_limits(rate, variance, float(each.max()), level)
    return Estimate(rate, int(events.sum()), "rate", "direct_standardisation", low, high, level, {"interval": "gamma (Fay and Feuer)"})


def crude_rate(count: int, population: float, level: float = 0.95) -> Estimate:
    """Return events per person with the exact Poisson interval. Raises NothingToCount if nobody lives there, OutOfRange."""
    if population == 0:
        raise NothingToCount("Det finns ingen befolkning att räkna på.")
    if not 0 < population < float("inf"):
        raise OutOfRange(f"Befolkningen {population} måste vara över 0.")
    low, high = poisson_limits(_events(count), level)
    return Estimate(count / population, count, "rate", "poisson_exact", low / population, high / population, level)


def byar_limits(count: int, level: float = 0.95) -> tuple[float, float]:
    """Return Byar's limits of a Poisson count. Raises OutOfRange if it is no count or level is outside 0 to 1."""
    z, above = z_of(level), _events(count) + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3 if count else 0.0
    return max(0.0, low), above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3


def poisson_limits(count: int, level: float = 0.95) -> tuple[float, float]:
    """Return the exact limits of a Poisson count. Errors as `byar_limits`."""
    z_of(level)
    tail = (1 - level) / 2
    return float(gammaincinv(_events(count), tail)) if count else 0.0, float(gammainccinv(count + 1, tail))


def _gamma_limits(rate: float, variance: float, largest_weight: float, level: float) -> tuple[float, float]:
    z_of(level)
    tail = (1 - level) / 2
    low = variance / rate * float(gammaincinv(rate**2 / variance, tail)) if rate else 0.0
    above, spread = rate + largest_weight, variance + largest_weight**2
    return low, spread / above * float(gammainccinv(above**2 / spread, tail))


def _ratio(observed: int, expected: float, limits: tuple[float, float], level: float, method: str) -> Estimate:
    if not (np.isfinite(expected) and expected >= 0):
        raise OutOfRange(f"Det väntade antalet {expected} måste vara 0 eller mer.")
    settings = {"expected": float(expected)}
    if expected == 0:
        return cannot_be_told(NOTHING_EXPECTED, n=observed, unit="ratio", method=method, settings=settings)
    return Estimate(observed / expected, observed, "ratio", method, limits[0] / expected, limits[1] / expected, level, settings)


def _events(count: int) -> int:
    if not (is_whole(count) and count >= 0):
        raise OutOfRange(f"Antalet händelser, {count}, måste vara ett helt antal, 0 eller fler.")
    return int(count)


def _population(population: ArrayLike, standard: Standard) -> Numbers:
    persons = numbers(population, "Befolkningen")
    same_length(persons, standard.population)
    if (persons < 0).any():
        raise OutOfRange("Befolkningen måste vara 0 eller fler i varje grupp.")
    return persons
