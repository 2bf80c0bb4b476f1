"""The Hodges-Lehmann shift: the typical change, little moved by a few extreme ones."""

from __future__ import annotations

import numpy as np

from samsyn.analysis.change import NO_PAIRS
from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import Frequencies, Pairs
from samsyn.analysis.ranks import lowest_rank_sum
from samsyn.analysis.significance import z_of
from samsyn.analysis.spread import changes_on_paper

ALL_AVERAGES_UP_TO = 400
"""Distinct changes; above this the ordered averages are sought by halving instead of being listed."""


def hodges_lehmann(pairs: Pairs, level: float = 0.95) -> Estimate:
    """
    Return the median of the averages of all changes two by two, with the interval that the signed-rank test leads to.

    pairs    the joint table; those who have not changed are counted, with a change of 0
    returns  points; None without pairs; no interval where even the whole range is less sure than `level`
    source   Hodges & Lehmann 1963, Annals of Mathematical Statistics 34:598; Bauer 1972, Journal of the American Statistical
             Association 67:687. The interval's ranks are those without ties: with ties it is a little too wide.
    """
    changes, n = Frequencies(changes_on_paper(pairs), pairs.counts), pairs.n
    if not n:
        return cannot_be_told(NO_PAIRS, n=0, unit="points", method="hodges_lehmann")
    z_of(level)
    averages = n * (n + 1) // 2
    value = (_ordered(changes, (averages + 1) // 2) + _ordered(changes, averages // 2 + 1)) / 2
    settings = {"unchanged": "counted as 0"}
    tail = (1 - level) / 2
    place = lowest_rank_sum(n, tail)
    if 0.5**n > tail:
        why = "För få par: inget intervall kan bli så säkert."
        return Estimate(value, n, "points", "hodges_lehmann", level=level, settings=settings, reason=why)
    place = max(place, 1)
    low, high = _ordered(changes, place), _ordered(changes, averages + 1 - place)
    return Estimate(value, n, "points", "hodges_lehmann", low, high, level, settings)


def _ordered(changes: Frequencies, place: int) -> float:
    """Return the average at a place, 1 and up, when those of all persons two by two (and each with itself) stand in order."""
    if len(changes.values) > ALL_AVERAGES_UP_TO:
        return _ordered_by_halving(changes, place)
    averages, up_to = _averages(changes)
    return float(averages[np.searchsorted(up_to, place)])


def _averages(changes: Frequencies) -> tuple[np.ndarray, np.ndarray]:
    """Return all distinct averages in order, and how many there are up to each."""
    first, second = np.triu_indices(len(changes.values))
    counts = np.where(
        first == second,
        changes.counts[first] * (changes.counts[first] + 1) // 2,
        changes.counts[first] * changes.counts[second],
    )
    averages = (changes.values[first] + changes.values[second]) / 2
    order = np.argsort(averages, kind="stable")
    return averages[order], np.cumsum(counts[order])


def _ordered_by_halving(changes: Frequencies, place: int) -> float:
    """Return the same by halving the range until the count of averages up to a point settles, without listing them."""
    values, cumulated = changes.values, np.concatenate([[0], np.cumsum(changes.counts)])

    def how_many(up_to: float) -> int:
        ordered = int(changes.counts @ cumulated[np.searchsorted(values, 2 * up_to - values, side="right")])
        with_itself = int(cumulated[np.searchsorted(values, up_to, side="right")])
        return (ordered + with_itself) // 2

    low, high = float(values[0]), float(values[-1])
    if how_many(low) >= place:
        return low
    while True:
        middle = (low + high) / 2
        if not low < middle < high:
            return high
        low, high = (low, middle) if how_many(middle) >= place else (middle, high)
