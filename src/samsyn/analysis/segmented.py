"""A series with a break: did the level or the slope change when something began? Says nothing of why."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, pi

import numpy as np

from samsyn.analysis.estimate import Estimate, Setting, cannot_be_told
from samsyn.analysis.frequency import Numbers, Series
from samsyn.analysis.refused import OutOfRange, TooFewPoints
from samsyn.analysis.significance import t_of, z_of
from samsyn.analysis.regression import LAG_BY_LENGTH, Design, Fit, NeweyWest, newey_west, quasi_poisson

FEWEST_EACH_SIDE = 3
UNCERTAIN_BELOW = 8
LARGEST_LOG = 115.0
"""A ratio of e to this, 1e50, cannot be told from one without end."""
TOO_FEW_EVENTS = "Så få händelser på den ena sidan att förändringen inte går att säga."
FEW = "Färre än 8 perioder före eller efter: osäkert."


@dataclass(frozen=True, slots=True)
class Season:
    """
    A season as waves.

    period     how many periods a season has: 12 for months, 4 for quarters
    harmonics  how many waves: 1 for one top a year, 2 for two ...; fewer than half the period
    start      place of the first period in the season: 1 for January
    """

    period: int
    harmonics: int = 2
    start: int = 1

    def __post_init__(self) -> None:
        if self.period < 2 or not 1 <= self.harmonics <= (self.period - 1) // 2:
            raise OutOfRange(f"{self.harmonics} vågor ryms inte i en säsong på {self.period} perioder.")


@dataclass(frozen=True, slots=True)
class Break:
    """
    Where and how a series may break.

    last_before   number, from 1, of the last period before; the slope turns from there
    slope_change  whether the slope too may change
    season        None: no season
    """

    last_before: int
    slope_change: bool = True
    season: Season | None = None


@dataclass(frozen=True, slots=True)
class Segmented:
    """
    What a series with a break shows.

    level_change  counts: ratio of the level just after to what the trend before led to; values: points
    slope_change  counts: ratio a period; values: points a period; None when the slope was not allowed to change
    trend_before  counts: ratio a period; values: points a period
    fit           the whole model
    """

    level_change: Estimate
    slope_change: Estimate | None
    trend_before: Estimate
    fit: Fit


def segmented_design(n: int, at: Break) -> Design:
    """
    Return the parts of the model of n periods: intercept, level, trend, season waves, and the change of slope.

    The level is 0 before and 1 after; the trend counts 1, 2 ... n; the change of slope is (period - last_before) after.
    raises   TooFewPoints with fewer than three periods on either side
    source   Lopez Bernal, Cummins and Gasparrini (2017), International Journal of Epidemiology 46, 348-355, as corrected 2020
    """
    if min(at.last_before, n - at.last_before) < FEWEST_EACH_SIDE:
        raise TooFewPoints("Det behövs minst tre perioder före och tre efter.")
    period = np.arange(1, n + 1, dtype=np.float64)
    after = (period > at.last_before).astype(np.float64)
    parts: dict[str, Numbers] = {"intercept": np.ones(n), "level": after, "trend": period}
    if at.season:
        angle = 2 * pi * (period - 1 + at.season.start) / at.season.period
        for wave in range(1, at.season.harmonics + 1):
            parts |= {f"sin{wave}": np.sin(wave * angle), f"cos{wave}": np.cos(wave * angle)}
    if at.slope_change:
        parts["slope"] = after * (period - at.last_before)
    return Design(tuple(parts), np.stack(list(parts.values()), axis=1))


def segmented_counts(series: Series, at: Break, level: float = 0.95) -> Segmented:
    """
    Return the break in a series of counts, by quasi-Poisson regression.

    series   whole counts in equal periods; `size` is the population or days each is a rate of
    returns  Segmented with ratios, no value where there are next to no events on one side; intervals
             widened (or narrowed) by the dispersion, normal approximation
    raises   TooFewPoints; DidNotSettle when one side has no events
    source   as `segmented_design`
    """
    fit = quasi_poisson(series.values, segmented_design(len(series), at), series.size)
    settings = _settings(at, fit)
    reach = z_of(level)

    def told(name: str) -> Estimate:
        middle, error = fit.of(name)
        if abs(middle) + reach * error > LARGEST_LOG:
            return cannot_be_told(TOO_FEW_EVENTS, n=len(series), unit="ratio", method="quasi_poisson", settings=settings)
        ends = exp(middle - reach * error), exp(middle + reach * error)
        return Estimate(exp(middle), len(series), "ratio", "quasi_poisson", *ends, level, settings, _doubt(len(series), at))

    return Segmented(told("level"), told("slope") if at.slope_change else None, told("trend"), fit)


def segmented_values(series: Series, at: Break, errors: NeweyWest = LAG_BY_LENGTH, level: float = 0.95) -> Segmented:
    """
    Return the break in a series of values, by least squares with Newey-West errors.

    errors   lag and correction: stored in the settings of every estimate
    returns  Segmented in the unit of the values; intervals by the t distribution with periods minus parts degrees of freedom
    raises   TooFewPoints
    source   Newey and West (1987), Econometrica 55, 703-708
    """
    fit = newey_west(series.values, segmented_design(len(series), at), errors)
    settings = {**_settings(at, fit), "lag": errors.lag_for(len(series)), "small_sample": errors.small_sample}
    reach = t_of(level, fit.df)

    def told(name: str) -> Estimate:
        middle, error = fit.of(name)
        ends = middle - reach * error, middle + reach * error
        return Estimate(middle, len(series), "points", "newey_west", *ends, level, settings, _doubt(len(series), at))

    return Segmented(told("level"), told("slope") if at.slope_change else None, told("trend"), fit)


def _settings(at: Break, fit: Fit) -> dict[str, Setting]:
    season = at.season
    return {
        "last_before": at.last_before,
        "slope_change": at.slope_change,
        "season_period": season.period if season else None,
        "harmonics": season.harmonics if season else None,
        "dispersion": fit.dispersion,
    }


def _doubt(n: int, at: Break) -> str:
    return FEW if min(at.last_before, n - at.last_before) < UNCERTAIN_BELOW else ""
