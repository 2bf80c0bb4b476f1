"""Goal attainment scaling: goals of one's own, each set at -2 (much less than expected) to 2 (much more), 0 as expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

from samsyn.analysis.estimate import Estimate
from samsyn.analysis.frequency import Frequencies, numbers
from samsyn.analysis.proportion import share
from samsyn.analysis.refused import NothingToCount, OutOfRange, UnequalLengths

RHO = 0.30
"""The correlation between goals that Kiresuk and Sherman assume."""

LEVELS = (-2, -1, 0, 1, 2)


def goal_attainment_t(levels: Sequence[float], weights: Sequence[float] | None = None, rho: float = RHO) -> Estimate:
    """
    Return one person's T score: 50 when all goals are reached as expected, 10 a standard deviation.

    levels   one a goal, -2 to 2
    weights  one a goal, above 0; None: all weigh the same
    rho      assumed correlation between goals, 0 to below 1
    returns  T points; n is the number of goals
    raises   NothingToCount without goals; UnequalLengths if weights are not as many; OutOfRange for a level, weight or rho
             outside its range
    source   Kiresuk & Sherman 1968, Community Mental Health Journal 4:443; the formula as in the erratum to Turner-Stokes
             2009, Clinical Rehabilitation 23:362
    """
    if not len(levels):
        raise NothingToCount("Det finns inga mål att räkna på.")
    if not 0 <= rho < 1:
        raise OutOfRange(f"Korrelationen mellan målen, {rho}, måste vara från 0 och under 1.")
    weighed = [1.0] * len(levels) if weights is None else list(weights)
    if len(weighed) != len(levels):
        raise UnequalLengths(f"Det finns {len(levels)} mål men {len(weighed)} vikter.")
    at, weight = numbers(levels, "Målens nivåer"), numbers(weighed, "Målens vikter")
    if (abs(at) > 2).any():
        raise OutOfRange("En målnivå ligger mellan -2 och 2.")
    if (weight <= 0).any():
        raise OutOfRange("Ett måls vikt måste vara över 0.")
    below = sqrt((1 - rho) * float(weight @ weight) + rho * float(weight.sum()) ** 2)
    settings = {"rho": rho, "weights": "equal" if weights is None else "own"}
    return Estimate(50 + 10 * float(weight @ at) / below, len(levels), "T points", "goal_attainment_t", settings=settings)


@dataclass(frozen=True, slots=True)
class LevelsReached:
    """
    How the goals of a group are spread over the levels.

    counts      level (-2 to 2) to how many goals
    attained    share of the goals at 0 or above
    exceeded    share of the goals above 0
    Goals of the same person hang together: the intervals, which take them as independent, are too narrow.
    """

    counts: Mapping[int, int]
    attained: Estimate
    exceeded: Estimate


DEPENDENT = "Mål som hör till samma person hänger ihop: intervallet är för smalt."


def levels_reached(levels: Frequencies, level: float = 0.95) -> LevelsReached:
    """
    Return how many goals stand at each level, and the shares attained and exceeded.

    levels  of goals, whole, -2 to 2
    level   of confidence
    raises  NothingToCount without goals; OutOfRange if a level is not one of the five
    """
    by_level = {int(value): int(count) for value, count in zip(levels.values, levels.counts, strict=True)}
    if not set(levels.values.tolist()) <= set(LEVELS):
        raise OutOfRange("En målnivå är -2, -1, 0, 1 eller 2.")
    attained, exceeded = (sum(count for at, count in by_level.items() if at >= least) for least in (0, 1))
    shares = [share(count, levels.n, level).because(DEPENDENT) for count in (attained, exceeded)]
    return LevelsReached(MappingProxyType({at: by_level.get(at, 0) for at in LEVELS}), *shares)
