"""
Reliable change for the single person: more than the instrument's error of measurement can explain.

The same forty people give 12 to 32 "improved" depending on whose SD, which reliability and which cut-off: all three and
their sources are settings that are stored with every number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import sqrt
from types import MappingProxyType

import numpy as np

from samsyn.analysis.change import NO_PAIRS
from samsyn.analysis.direction import Direction
from samsyn.analysis.estimate import Estimate, Setting, cannot_be_told
from samsyn.analysis.frequency import LARGEST, Numbers, Pairs, numbers, same_length
from samsyn.analysis.norm import Norm
from samsyn.analysis.proportion import share
from samsyn.analysis.refused import OutOfRange, SettingMissing
from samsyn.analysis.significance import finite
from samsyn.analysis.spread import sd

NO_SD = "Alla började på samma värde (eller bara en person har svarat): mätfelet går inte att räkna ut."
BEYOND = 1 + 1e-10
"""A change must be more than this times the limit, so that one equal to the limit on paper does not pass."""


class ChangeClass(Enum):
    """What has become of a person; `value` is Swedish, as shown."""

    RECOVERED = "återhämtad"
    IMPROVED = "förbättrad"
    UNCHANGED = "oförändrad"
    DETERIORATED = "försämrad"
    HARMED = "skadad"


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """
    The settings of reliable change.

    direction           which way is better
    reliability         of the instrument, 0 to 1
    sd                  points, 0 or more; of whom, see sd_source
    sd_source           "start among the pairs", "norm" or as stated
    reliability_source  where the reliability was published; "" if not stated
    critical            how many standard errors a change must exceed
    cutoff              points, parts the clinical from the other side; None: nobody can be called recovered or harmed
    cutoff_source       "a", "b", "c" or as stated
    raises              OutOfRange, NotANumber
    """

    direction: Direction
    reliability: float
    sd: float
    sd_source: str
    reliability_source: str = ""
    critical: float = 1.96
    cutoff: float | None = None
    cutoff_source: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.reliability < 1:
            raise OutOfRange(f"Tillförlitligheten {self.reliability} måste ligga mellan 0 och 1.")
        if not (self.sd == 0 or 1 / LARGEST <= self.sd <= LARGEST):
            raise OutOfRange(f"Standardavvikelsen {self.sd} måste vara 0 eller mer.")
        if not 0 < self.critical <= LARGEST:
            raise OutOfRange(f"Gränsen {self.critical} måste vara över 0.")
        if self.cutoff is not None:
            finite(self.cutoff, "Gränsen mellan klinisk och vanlig nivå")

    @property
    def settings(self) -> dict[str, Setting]:
        """What is stored with each number."""
        return {
            "direction": self.direction.value, "reliability": self.reliability, "reliability_source": self.reliability_source,
            "sd": self.sd, "sd_source": self.sd_source, "critical": self.critical, "cutoff": self.cutoff,
            "cutoff_source": self.cutoff_source, "cutoff_rule": "strict: a score at the cut-off is on neither side",
        }  # fmt: skip


def of_pairs(pairs: Pairs, direction: Direction, reliability: float | None, cutoff: float | None = None, *,
             reliability_source: str = "", cutoff_source: str = "") -> ReliableChange:  # fmt: skip
    """
    Return settings with the SD of the start among the pairs, 0 where it cannot be told.

    raises  SettingMissing if the reliability is None; OutOfRange if it is not between 0 and 1
    """
    spread = sd(pairs.first) if pairs.n > 1 else 0.0
    return ReliableChange(direction, _stated(reliability), spread, "start among the pairs", reliability_source,
                          cutoff=cutoff, cutoff_source=cutoff_source)  # fmt: skip


def of_norm(norm: Norm, direction: Direction, reliability: float | None, cutoff: float | None = None, *,
            reliability_source: str = "", cutoff_source: str = "") -> ReliableChange:  # fmt: skip
    """Return settings with the SD of the norm. Errors as `of_pairs`."""
    return ReliableChange(direction, _stated(reliability), norm.sd, "norm", reliability_source,
                          cutoff=cutoff, cutoff_source=cutoff_source)  # fmt: skip


def _stated(reliability: float | None) -> float:
    if reliability is None:
        raise SettingMissing("Ange instrumentets tillförlitlighet (0 till 1): den står i instrumentets handbok.")
    return reliability


def standard_error(settings: ReliableChange) -> float:
    """Return the standard error of one score, points: SD x sqrt(1 - reliability). Source: Jacobson & Truax 1991."""
    return settings.sd * sqrt(1 - settings.reliability)


def standard_error_of_difference(settings: ReliableChange) -> float:
    """Return the standard error of the difference between two scores, points: sqrt(2) x the standard error."""
    return sqrt(2.0) * standard_error(settings)


def reliable_points(settings: ReliableChange) -> Estimate:
    """Return how many points a change must exceed to be reliable; None where the SD is 0."""
    if not settings.sd:
        return cannot_be_told(NO_SD, n=0, unit="points", method="jacobson_truax", settings=settings.settings)
    points = settings.critical * standard_error_of_difference(settings)
    return Estimate(points, 0, "points", "jacobson_truax", settings=settings.settings)


def index(before: Numbers, after: Numbers, settings: ReliableChange) -> Numbers:
    """
    Return the reliable change index, (after - before) / s_diff, as measured: a fall is negative.

    before, after  columns of equal length, points
    raises         SettingMissing if the SD is 0; UnequalLengths, NotANumber
    source         Jacobson & Truax 1991, Journal of Consulting and Clinical Psychology 59:12
    """
    if not settings.sd:
        raise SettingMissing(NO_SD)
    first, last = numbers(before, "Värdena före"), numbers(after, "Värdena efter")
    same_length(first, last)
    return np.asarray((last - first) / standard_error_of_difference(settings), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Classes:
    """How many pairs are in each class; a class that cannot be told without a cut-off is not among them."""

    counts: Mapping[ChangeClass, int]
    n: int
    settings: Mapping[str, Setting]
    reason: str = ""

    @property
    def reliably_improved(self) -> int:
        """Recovered and improved."""
        return self.counts.get(ChangeClass.RECOVERED, 0) + self.counts.get(ChangeClass.IMPROVED, 0)

    @property
    def reliably_deteriorated(self) -> int:
        """Deteriorated and harmed."""
        return self.counts.get(ChangeClass.DETERIORATED, 0) + self.counts.get(ChangeClass.HARMED, 0)


@lru_cache(maxsize=4)
def classes(pairs: Pairs, settings: ReliableChange) -> Classes:
    """
    Return how many pairs recovered, improved, are unchanged, deteriorated and were harmed.

    Recovered: reliably better, from the clinical side of the cut-off to the other; harmed: reliably worse, the other way.
    returns  no counts and a reason where the SD is 0
    source   Jacobson & Truax 1991; harmed: Wise 2004, Journal of Personality Assessment 82:50
    """
    stored = MappingProxyType(settings.settings)
    if not pairs.n or not settings.sd:
        return Classes(MappingProxyType({}), pairs.n, stored, NO_SD if pairs.n else NO_PAIRS)
    sign, limit = settings.direction.sign, settings.critical * BEYOND
    moved = index(pairs.before, pairs.after, settings) * sign
    better, worse = moved > limit, moved < -limit
    chosen = {ChangeClass.IMPROVED: better, ChangeClass.UNCHANGED: ~better & ~worse, ChangeClass.DETERIORATED: worse}
    if settings.cutoff is not None:
        first, last = (pairs.before - settings.cutoff) * sign, (pairs.after - settings.cutoff) * sign
        recovered, harmed = better & (first < 0) & (last > 0), worse & (first > 0) & (last < 0)
        chosen |= {ChangeClass.RECOVERED: recovered, ChangeClass.IMPROVED: better & ~recovered,
                   ChangeClass.DETERIORATED: worse & ~harmed, ChangeClass.HARMED: harmed}  # fmt: skip
    counts = {kind: int(pairs.counts[chosen[kind]].sum()) for kind in ChangeClass if kind in chosen}
    return Classes(MappingProxyType(counts), pairs.n, stored)


def class_of(before: float, after: float, settings: ReliableChange) -> ChangeClass:
    """Return the class of one person. Raises SettingMissing if the SD is 0."""
    told = classes(Pairs.of([before], [after]), settings)
    if told.reason:
        raise SettingMissing(told.reason)
    return next(kind for kind, count in told.counts.items() if count)


def share_reliably_improved(pairs: Pairs, settings: ReliableChange, level: float = 0.95) -> Estimate:
    """Return the share of the pairs that changed reliably for the better (recovered included), with Wilson's interval."""
    told = classes(pairs, settings)
    return _share_of(told.reliably_improved, told, level)


def share_reliably_deteriorated(pairs: Pairs, settings: ReliableChange, level: float = 0.95) -> Estimate:
    """Return the share of the pairs that changed reliably for the worse (harmed included), with Wilson's interval."""
    told = classes(pairs, settings)
    return _share_of(told.reliably_deteriorated, told, level)


def share_of_class(pairs: Pairs, kind: ChangeClass, settings: ReliableChange, level: float = 0.95) -> Estimate:
    """Return the share of the pairs in one class; None where the class needs a cut-off and there is none."""
    told = classes(pairs, settings)
    if not told.reason and kind not in told.counts:
        why = "Det finns ingen gräns mellan klinisk och vanlig nivå."
        return cannot_be_told(why, n=told.n, unit="share", method="jacobson_truax", settings=told.settings)
    return _share_of(told.counts.get(kind, 0), told, level)


def _share_of(count: int, told: Classes, level: float) -> Estimate:
    if told.reason:
        return cannot_be_told(told.reason, n=told.n, unit="share", method="jacobson_truax", settings=told.settings)
    of = share(count, told.n, level)
    return Estimate(of.value, of.n, "share", "jacobson_truax", of.low, of.high, level, {**told.settings, "interval": "wilson"})
