"""Means and spreads that know when there is no spread, although the last binary digit says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import floor, isnan, log10, nan, sqrt

import numpy as np

from samsyn.analysis.frequency import LARGEST, Frequencies, Numbers, Pairs, Whole
from samsyn.analysis.refused import NotANumber, OutOfRange

DIGITS = 10
SAME = 10.0**-DIGITS
"""Relative to the largest value: what differs less is the same number, written with other binary digits."""


def on_paper(values: Numbers, scale: float) -> Numbers:
    """Return values rounded so that numbers equal on paper (1.2 - 1.1 and 0.1) are equal; scale: the largest in size behind them."""
    return values if scale < 1 / LARGEST else np.round(values, DIGITS - floor(log10(scale))) + 0.0


def changes_on_paper(pairs: Pairs) -> Numbers:
    """Return after minus before, one place a cell, rounded as `on_paper`."""
    return on_paper(pairs.after - pairs.before, max(largest(pairs.before), largest(pairs.after)))


def sd(values: Frequencies, scale: float = 0.0) -> float:
    """Return the standard deviation (n - 1 below); exactly 0 if the values do not differ, NaN below two rows."""
    if values.n < 2:
        return nan
    span = float(values.values[-1] - values.values[0])
    return 0.0 if span <= SAME * max(scale, largest(values.values)) else values.sd


def largest(values: Numbers) -> float:
    """Return the largest value in size, or 0 if there are none."""
    return float(abs(values).max()) if len(values) else 0.0


def _weighed(values: Numbers, counts: Whole, scale: float) -> tuple[float, float]:
    """Return the mean and the standard deviation as `sd`, without sorting; the SD is 0 below two rows."""
    n = int(counts.sum())
    mean = float(values @ counts) / n
    if n < 2 or float(values.max() - values.min()) <= SAME * max(scale, largest(values)):
        return mean, 0.0
    return mean, sqrt(float((values - mean) ** 2 @ counts) / (n - 1))


@dataclass(frozen=True, slots=True)
class PairedSummary:
    """
    What a paired change is summed up by, in the instrument's points.

    mean_before, mean_after  the means
    sd_before, sd_after      standard deviations, 0 or more; NaN below two pairs
    n                        pairs
    r                        correlation between before and after, -1 to 1; None if not known or not defined
    sd_change                of the changes; worked out from r where it is not given; None if neither is known
    raises                   NotANumber, OutOfRange
    """

    mean_before: float
    mean_after: float
    sd_before: float
    sd_after: float
    n: int
    r: float | None = None
    sd_change: float | None = None

    def __post_init__(self) -> None:
        if not (abs(self.mean_before) <= LARGEST and abs(self.mean_after) <= LARGEST):
            raise NotANumber("Medelvärdena måste vara tal.")
        if not self.n >= 1:
            raise OutOfRange(f"Antalet par, {self.n}, måste vara 1 eller fler.")
        for spread in (self.sd_before, self.sd_after, self.sd_change):
            if spread is not None and isnan(spread) and self.n > 1:
                raise NotANumber("Standardavvikelserna måste vara tal.")
            if spread is not None and (spread < 0 or 0 < spread < 1 / LARGEST or spread > LARGEST):
                raise OutOfRange(f"Standardavvikelsen {spread} måste vara 0 eller mer.")
        if self.r is not None and not -1 <= self.r <= 1:
            raise OutOfRange(f"Korrelationen {self.r} måste ligga mellan -1 och 1.")
        if self.sd_change is None and self.r is not None:
            object.__setattr__(self, "sd_change", self.sd_change_from_r())

    @classmethod
    def of(cls, pairs: Pairs) -> PairedSummary:
        """Return the summary of a joint table. Raises OutOfRange without pairs."""
        if not pairs.n:
            raise OutOfRange("Det finns inga par att sammanfatta.")
        scale = max(largest(pairs.before), largest(pairs.after))
        mean_before, first = _weighed(pairs.before, pairs.counts, 0.0)
        mean_after, last = _weighed(pairs.after, pairs.counts, 0.0)
        _, change = _weighed(pairs.after - pairs.before, pairs.counts, scale)
        if pairs.n < 2:
            return cls(mean_before, mean_after, nan, nan, 1)
        if not first or not last:
            return cls(mean_before, mean_after, first, last, pairs.n, None, change)
        together = float(((pairs.before - mean_before) * (pairs.after - mean_after)) @ pairs.counts) / (pairs.n - 1)
        return cls(mean_before, mean_after, first, last, pairs.n, max(-1.0, min(1.0, together / first / last)), change)

    @property
    def change(self) -> float:
        """After minus before, as measured."""
        return self.mean_after - self.mean_before

    def sd_change_from_r(self) -> float | None:
        """Return the SD of the changes that the two SDs and r lead to; None without r."""
        if self.r is None:
            return None
        variance = self.sd_before**2 + self.sd_after**2 - 2 * self.r * self.sd_before * self.sd_after
        largest_sd = max(self.sd_before, self.sd_after)
        return sqrt(variance) if variance > SAME * largest_sd**2 else 0.0


@lru_cache(maxsize=16)
def summed_up(changed: Pairs | PairedSummary) -> PairedSummary:
    """Return the summary of a joint table, or the summary itself."""
    return changed if isinstance(changed, PairedSummary) else PairedSummary.of(changed)
