"""
A place against its comparison: has what happened there fallen more than elsewhere, and did it move next door?

Every function takes `Counts` of areas. The intervals take events to be independent unless eight or more earlier periods say
how much they vary; then they are widened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from samsyn.analysis.counts import as_percent, widening
from samsyn.analysis.estimate import Estimate, Setting, cannot_be_told
from samsyn.analysis.frequency import Counts, numbers, same_length
from samsyn.analysis.refused import NothingToCount, OutOfRange
from samsyn.analysis.significance import finite, p_of_z, z_of

EMPTY_CELL = "Någon av perioderna saknar händelser: en kvot mellan kvoter går inte att räkna ut."
NO_CONTROL_EVENTS = "Jämförelseområdet saknar händelser i någon av perioderna: måtten går inte att räkna ut."
NOT_READABLE = "Platsen har inte utvecklats bättre än jämförelsen: då säger kvoten för förflyttning ingenting."
WITHIN_CHANCE = "Platsens skillnad mot jämförelsen kan inte skiljas från slump: kvoten för förflyttning är för osäker att tolka."
NOTHING_COUNTED = "Det finns inga händelser i något område: ett osäkerhetsintervall går inte att räkna ut."


def ratio_of_rate_ratios(treated: Counts, control: Counts, level: float = 0.95) -> Estimate:
    """
    Return the rate ratio of the place over that of its control: the multiplicative difference in differences.

    returns  Estimate, ratio: below 1 when the place fell more (or rose less); no value if one of the four counts is 0
    source   Poisson regression with an interaction; standard error of the log = root of the sum of reciprocals x dispersion
    """
    cells = (treated.before, treated.after, control.before, control.after)
    n = sum(cells)
    if not all(cells):
        return cannot_be_told(EMPTY_CELL, n=n, unit="ratio", method="ratio_of_rate_ratios")
    spread, reason = widening(treated, control)
    error = sqrt(spread * sum(1 / cell for cell in cells))
    middle = log(_relative(treated)) - log(_relative(control))
    reach = z_of(level) * error
    settings: dict[str, Setting] = {"se_log": error, "log_ratio": middle, "dispersion": spread}
    return Estimate(exp(middle), n, "ratio", "ratio_of_rate_ratios", exp(middle - reach), exp(middle + reach), level, settings, reason)


def net_percent_change(treated: Counts, control: Counts, level: float = 0.95) -> Estimate:
    """Return the ratio of rate ratios as a change in per cent, beyond what the control area did; a fall is negative."""
    return as_percent(ratio_of_rate_ratios(treated, control, level))


def _relative(area: Counts) -> float:
    """Return the rate after over the rate before; both counts above 0."""
    return area.after / area.time_after / (area.before / area.time_before)


def difference_in_differences(treated: Counts, control: Counts, level: float = 0.95) -> Estimate:
    """
    Return the change of the place minus the change of its control, in events per unit of time: the additive measure.

    It and the ratio of rate ratios can point in different directions when the areas start at different levels; show which.
    returns  Estimate, rate; interval by the normal approximation to Poisson counts
    """
    return weighted_difference(_unweighed(treated), _unweighed(control), level=level).total


def _unweighed(area: Counts) -> Counts:
    """Return the same counts with an area of 1."""
    return Counts(area.before, area.after, area.time_before, area.time_after, 1.0, area.earlier)


@dataclass(frozen=True, slots=True)
class Level:
    """
    A mean, or any other level, before and after; standard errors, 0 or more, where they are known.

    raises  NotANumber; OutOfRange if an error is below 0
    """

    before: float
    after: float
    error_before: float | None = None
    error_after: float | None = None

    def __post_init__(self) -> None:
        finite(self.before, "Nivån före")
        finite(self.after, "Nivån efter")
        for error in (self.error_before, self.error_after):
            if error is not None and finite(error, "Medelfelet") < 0:
                raise OutOfRange(f"Medelfelet {error} kan inte vara under 0.")

    @property
    def variance(self) -> float | None:
        """The variance of after minus before; None when an error is not known."""
        if self.error_before is None or self.error_after is None:
            return None
        return self.error_before**2 + self.error_after**2


def difference_in_levels(treated: Level, control: Level, level: float = 0.95) -> Estimate:
    """
    Return the additive 2x2 difference in differences of levels that need not be counts.

    returns  Estimate, points; with an interval only when all four standard errors are known
    source   Angrist and Pischke (2015), Mastering 'Metrics, ch. 5
    """
    value = (treated.after - treated.before) - (control.after - control.before)
    one, other = treated.variance, control.variance
    if one is None or other is None:
        return Estimate(value, 4, "points", "did_additive", level=level)
    reach = z_of(level) * sqrt(one + other)
    return Estimate(value, 4, "points", "did_additive", value - reach, value + reach, level, {"se": sqrt(one + other)})


def ratio_of_ratios_of_levels(treated: Level, control: Level) -> Estimate:
    """
    Return the multiplicative 2x2 difference in differences of levels: the place's after/before over the control's.

    returns  Estimate, ratio, without interval; no value unless all four levels are above 0
    """
    if min(treated.before, treated.after, control.before, control.after) <= 0:
        reason = "En nivå är 0 eller lägre: en kvot mellan kvoter går inte att räkna ut."
        return cannot_be_told(reason, n=4, unit="ratio", method="did_multiplicative")
    value = (treated.after / treated.before) / (control.after / control.before)
    return Estimate(value, 4, "ratio", "did_multiplicative")


@dataclass(frozen=True, slots=True)
class WeightedDifference:
    """
    Wheeler and Ratcliffe's weighted displacement difference.

    local       the place against its control, events per unit of time and area; below 0 is a fall
    displaced   the area next to it against its own control; 0 without interval when there is none
    total       both together
    local_error, displaced_error, total_error   standard errors, in the same unit
    z, p        of the total; no value when there are no events
    """

    local: Estimate
    displaced: Estimate
    total: Estimate
    local_error: float
    displaced_error: float
    total_error: float
    z: Estimate
    p: Estimate


def weighted_difference(
    treated: Counts,
    control: Counts,
    displaced: Counts | None = None,
    displaced_control: Counts | None = None,
    level: float = 0.95,
) -> WeightedDifference:
    """
    Return the weighted displacement difference of a place, its control and the areas things may have moved to.

    treated, control              areas with their lengths of time and sizes; counts are divided by time x area
    displaced, displaced_control  the areas around; None: not looked at. Without a control of its own the change of the
                                  displacement area is compared with no change
    raises   NothingToCount if there are no events at all
    source   Wheeler and Ratcliffe (2018), Crime Science 7:11; weights as in Wheeler's later notes of 2021
    """
    areas = [area for area in (treated, control, displaced, displaced_control) if area is not None]
    n = sum(area.before + area.after for area in areas)
    if not n:
        raise NothingToCount(NOTHING_COUNTED)
    spread, reason = widening(*areas)
    here, here_variance = _against(treated, control)
    there, there_variance = _against(displaced, displaced_control)
    error, aside, whole = (sqrt(spread * variance) for variance in (here_variance, there_variance, here_variance + there_variance))
    z = (here + there) / whole
    settings: dict[str, Setting] = {"dispersion": spread}

    def told(value: float, sd: float) -> Estimate:
        reach = z_of(level) * sd
        return Estimate(value, n, "rate", "wdd", value - reach, value + reach, level, {**settings, "se": sd}, reason)

    return WeightedDifference(
        told(here, error),
        told(there, aside),
        told(here + there, whole),
        error,
        aside,
        whole,
        Estimate(z, n, "z", "wdd", settings=settings, reason=reason),
        Estimate(p_of_z(z), n, "p", "wdd", settings=settings, reason=reason),
    )


def _against(area: Counts | None, control: Counts | None) -> tuple[float, float]:
    """Return (the change of an area minus that of its control, the variance), per unit of time and area."""
    one, other = _change(area), _change(control)
    return one[0] - other[0], one[1] + other[1]


def _change(area: Counts | None) -> tuple[float, float]:
    if area is None:
        return 0.0, 0.0
    before, after = area.time_before * area.area, area.time_after * area.area
    return area.after / after - area.before / before, area.after / after**2 + area.before / before**2


def harm_weighted(differences: Sequence[Estimate], weights: Sequence[float], level: float = 0.95) -> Estimate:
    """
    Return several weighted differences, one a kind of crime, added up by the harm of each kind.

    differences  totals or local parts from `weighted_difference`: their setting "se" is the standard error
    weights      as many, above 0: harm of one event
    raises       UnequalLengths; NothingToCount if there is none; OutOfRange if a weight is not above 0 or an error is missing
    source       Wheeler (2020), harm weights for the WDD test
    """
    values, errors = [], []
    for difference in differences:
        error = difference.settings.get("se")
        if difference.value is None or not isinstance(error, float):
            raise OutOfRange("Varje skillnad måste ha ett värde och ett medelfel för att kunna vägas ihop.")
        values.append(difference.value)
        errors.append(error)
    weighing = numbers(weights, "Vikterna")
    same_length(weighing, np.array(values))
    if not values:
        raise NothingToCount("Det finns inga skillnader att väga ihop.")
    if (weighing <= 0).any():
        raise OutOfRange("Varje vikt för skada måste vara över 0.")
    value, error = float(weighing @ np.array(values)), float(np.sqrt(weighing**2 @ np.array(errors) ** 2))
    reach = z_of(level) * error
    reason = next((difference.reason for difference in differences if difference.reason), "")
    n = sum(difference.n for difference in differences)
    return Estimate(value, n, "harm", "wdd_harm", value - reach, value + reach, level, {"se": error}, reason)


@dataclass(frozen=True, slots=True)
class DisplacementQuotient:
    """
    Bowers and Johnson's measures of a place, a buffer round it and a control.

    gross_effect      events fewer in the place after than before (above 0 is a fall), for a period as long as the one after
    net_effect        place / control before minus the same after
    success           success measure: place / control after minus before, below 0 when the place did better than its control
    buffer            buffer measure: buffer / control after minus before
    quotient          buffer / success: above 0 the gain spread, -1 to 0 some moved, below -1 more moved than was
                      won; no value unless the success measure is below 0, and a reason when that may be chance
    total_net_effect  events fewer in place and buffer together than if both had followed the control; can be below 0
    """

    gross_effect: Estimate
    net_effect: Estimate
    success: Estimate
    buffer: Estimate
    quotient: Estimate
    total_net_effect: Estimate


def displacement_quotient(place: Counts, buffer: Counts, control: Counts) -> DisplacementQuotient:
    """
    Return the weighted displacement quotient and the measures it is made of.

    returns  six Estimates without intervals; no value where the control has no events in one of the periods
    raises   OutOfRange if the areas were not counted over the same periods
    source   Bowers and Johnson (2003), Journal of Quantitative Criminology 19, 275-301; Guerette (2009), POP tool guide 10
    """
    if len({(area.time_before, area.time_after) for area in (place, buffer, control)}) > 1:
        raise OutOfRange("Platsen, området runt den och jämförelsen måste räknas under samma perioder.")
    n = sum(area.before + area.after for area in (place, buffer, control))

    def told(value: float, unit: str, name: str) -> Estimate:
        return Estimate(value, n, unit, name)

    gross = told(place.before * place.time_after / place.time_before - place.after, "count", "gross_effect")
    if not (control.before and control.after):
        missing = {
            "net_effect": "ratio",
            "success_measure": "ratio",
            "buffer_measure": "ratio",
            "wdq": "ratio",
            "total_net_effect": "count",
        }
        rest = [cannot_be_told(NO_CONTROL_EVENTS, n=n, unit=unit, method=name) for name, unit in missing.items()]
        return DisplacementQuotient(gross, *rest)
    success = place.after / control.after - place.before / control.before
    moved = buffer.after / control.after - buffer.before / control.before
    followed = control.after / control.before
    return DisplacementQuotient(
        gross,
        told(-success, "ratio", "net_effect"),
        told(success, "ratio", "success_measure"),
        told(moved, "ratio", "buffer_measure"),
        _quotient(moved, success, n, ratio_of_rate_ratios(place, control)),
        told((place.before + buffer.before) * followed - place.after - buffer.after, "count", "total_net_effect"),
    )


def _quotient(moved: float, success: float, n: int, beside: Estimate) -> Estimate:
    """Return buffer over success measure when it can be read; with a reason when the place's own difference may be chance."""
    if success >= 0:
        return cannot_be_told(NOT_READABLE, n=n, unit="ratio", method="wdq")
    doubtful = beside.high is not None and beside.high >= 1
    return Estimate(moved / success, n, "ratio", "wdq", reason=WITHIN_CHANCE if doubtful else "")
