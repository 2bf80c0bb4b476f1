"""
A comparison put together from several places, so that it follows the own place before: synthetic control. An extra.

The weights are 0 or more and add up to 1. They are found exactly by non-negative least squares; a general optimiser can
"succeed" far from the answer on this problem.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import LARGEST, Numbers, numbers
from samsyn.analysis.refused import NotANumber, TooFewPoints, UnequalLengths

FEWEST_PLACEBOS = 19
"""With fewer other places the smallest p-value possible is above 0.05."""
POOR_MATCH = "Jämförelsen följer inte platsen före: skillnaden efter går inte att tolka."
FEW_PLACEBOS = "Färre än 19 jämförelseplatser: skillnaden kan aldrig bli tydlig, hur stor den än är."


@dataclass(frozen=True, eq=False)
class Synthetic:
    """
    A place against its synthetic control.

    weights     one a donor, 0 or more, sum 1
    followed    the synthetic control before; after
    effects     the place minus its control, one a period after
    average     Estimate: their mean, points
    misfit      Estimate: root mean squared difference before (pre-RMSPE), points
    """

    weights: Numbers
    followed: tuple[Numbers, Numbers]
    effects: Numbers
    average: Estimate
    misfit: Estimate


def synthetic_control(place_before: ArrayLike, donors_before: ArrayLike, place_after: ArrayLike, donors_after: ArrayLike) -> Synthetic:
    """
    Compare a place with the mix of other places that was most like it before.

    place_before, place_after    the outcome, one a period
    donors_before, donors_after  one row a period, one column a place that nothing was done in
    returns  Synthetic; the average has a reason beside it when the mix does not follow the place before (misfit above half of
             the place's own standard deviation before)
    raises   UnequalLengths, NotANumber; TooFewPoints without two periods before, one after and one donor
    source   Abadie, Diamond and Hainmueller (2010), JASA 105, 493-505, with the outcomes before as the only predictors
    """
    before, after = numbers(place_before, "Platsens serie före"), numbers(place_after, "Platsens serie efter")
    others, later = _table(donors_before), _table(donors_after)
    if len(before) != len(others) or len(after) != len(later) or others.shape[1] != later.shape[1]:
        raise UnequalLengths("Platsen och jämförelseplatserna måste ha samma perioder, och samma platser före och efter.")
    if len(before) < 2 or not len(after) or not others.shape[1]:
        raise TooFewPoints("Det behövs minst två perioder före, en efter och en jämförelseplats.")
    weights = mixing_weights(before, others)
    mixed, mixed_after = others @ weights, later @ weights
    misfit = sqrt(float(((before - mixed) ** 2).mean()))
    effects = after - mixed_after
    poor = misfit > 0.5 * float(before.std(ddof=1)) and misfit > 1e-9
    return Synthetic(
        weights,
        (mixed, mixed_after),
        effects,
        Estimate(float(effects.mean()), len(after), "points", "synthetic_control", reason=POOR_MATCH if poor else ""),
        Estimate(misfit, len(before), "points", "pre_rmspe"),
    )


def mixing_weights(place: Numbers, donors: Numbers) -> Numbers:
    """
    Return the weights, 0 or more with sum 1, whose mix of donors lies nearest to the place.

    When the weights add up to 1 the distance is that of a mix of (donors - place) from nothing. Non-negative least squares
    of those rows, with a row of ones that should give 1, finds the same direction; divided by its sum it is the answer.
    source   the reduction of a simplex to non-negative least squares; Lawson and Hanson (1974), ch. 23
    """
    from scipy.optimize import nnls

    away = donors - place[:, None]
    size = float(np.abs(away).max()) or 1.0
    rows = np.vstack([away / size, np.ones(donors.shape[1])])
    mixed, _ = nnls(rows, np.append(np.zeros(len(place)), 1.0), maxiter=100 * donors.shape[1])
    weights: Numbers = mixed / mixed.sum()
    return weights


def placebo_p(place_before: ArrayLike, donors_before: ArrayLike, place_after: ArrayLike, donors_after: ArrayLike) -> Estimate:
    """
    Return how unusual the place is when every other place is treated as if it had been the one.

    Each place's ratio of misfit after to misfit before is ranked; the p-value is the share with a ratio at least as large.
    returns  Estimate, p; n is the number of places; with fewer than 19 others the reason says that it cannot be small
    source   Abadie, Diamond and Hainmueller (2010)
    """
    before, after = numbers(place_before, "Platsens serie före"), numbers(place_after, "Platsens serie efter")
    all_before = np.column_stack([before, _table(donors_before)])
    all_after = np.column_stack([after, _table(donors_after)])
    places = all_before.shape[1]
    if places < 3:
        return cannot_be_told("Det behövs minst två jämförelseplatser.", n=places, unit="p", method="placebo_in_space")
    ratios = [_misfit_ratio(all_before, all_after, place) for place in range(places)]
    p = sum(ratio >= ratios[0] for ratio in ratios) / places
    return Estimate(p, places, "p", "placebo_in_space", reason=FEW_PLACEBOS if places - 1 < FEWEST_PLACEBOS else "")


def _misfit_ratio(before: Numbers, after: Numbers, place: int) -> float:
    found = synthetic_control(before[:, place], np.delete(before, place, 1), after[:, place], np.delete(after, place, 1))
    smallest = 1e-9 * float(np.abs(before[:, place]).max() or 1.0)
    return float(np.sqrt((found.effects**2).mean()) / max(found.misfit.value or 0.0, smallest))


def _table(values: ArrayLike) -> Numbers:
    try:
        table = np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise UnequalLengths("Jämförelseplatserna ska ha lika många tal i varje rad.") from error
    if table.ndim != 2:
        raise UnequalLengths("Jämförelseplatserna ska ha en rad för varje period och en kolumn för varje plats.")
    if not (np.abs(table) <= LARGEST).all():
        raise NotANumber("Jämförelseplatsernas serier innehåller värden som inte är tal.")
    return table
