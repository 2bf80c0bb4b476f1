"""Anhoej's two rules: has a series moved, judged by how long it stays on one side of its centre and how seldom it crosses?"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr

from samsyn.analysis.frequency import is_whole
from samsyn.analysis.refused import OutOfRange

FEWEST_USEFUL = 10
"""Below this many points off the centre line the rules are not judged: the published table starts here."""


@dataclass(frozen=True, slots=True)
class Runs:
    """
    How a series lies round its centre line.

    useful         points that are not on the centre line and not excluded
    longest        length of the longest run on one side
    longest_limit  the longest that chance explains; None when there are no useful points
    crossings      how many times the line between two useful points crosses the centre
    crossings_limit the fewest that chance explains; None when there are no useful points
    long_runs      the numbers of the points, from 1, of every run that is too long
    """

    useful: int
    longest: int
    longest_limit: int | None
    crossings: int
    crossings_limit: int | None
    long_runs: tuple[tuple[int, ...], ...] = ()

    @property
    def is_judged(self) -> bool:
        """Whether there are points enough to use the rules."""
        return self.useful >= FEWEST_USEFUL

    @property
    def is_too_long(self) -> bool:
        """Whether a run is longer than chance explains."""
        return self.is_judged and self.longest_limit is not None and self.longest > self.longest_limit

    @property
    def crosses_too_seldom(self) -> bool:
        """Whether the centre is crossed more seldom than chance explains."""
        return self.is_judged and self.crossings_limit is not None and self.crossings < self.crossings_limit


def longest_run_limit(useful: int) -> int:
    """
    Return the longest run that chance explains.

    useful   how many points are not on the centre line, 1 or more
    raises   OutOfRange  if there is none
    source   Anhoej and Olesen (2014), PLoS ONE 9(11) e113825; Schilling (2012)
    """
    _some(useful)
    return round(log2(useful)) + 3


def fewest_crossings(useful: int) -> int:
    """
    Return the fewest crossings of the centre that chance explains: the 5 % point of a binomial (useful - 1, 1/2).

    useful   how many points are not on the centre line, 1 or more
    raises   OutOfRange  if there is none
    source   Anhoej (2015), PLoS ONE 10(3) e0121349; Chen (2010)
    """
    _some(useful)
    tries = useful - 1
    up_to = bdtr(np.arange(tries + 1), tries, 0.5)
    return int(np.argmax(up_to >= 0.05 * (1 - 1e-12)))


def _some(useful: int) -> None:
    if not (is_whole(useful) and useful >= 1):
        raise OutOfRange(f"Det behövs minst en punkt som inte ligger på mittlinjen; här är det {useful}.")


def runs_round(values: NDArray[np.float64], centre: float, counted: NDArray[np.bool_], first: int = 1) -> Runs:
    """
    Return how values lie round a centre.

    values   in order of time
    centre   the line
    counted  as many as the values: False for a point that is excluded; it is passed over and does not break a run
    first    the number of the first point
    """
    numbers = np.flatnonzero(counted & ~np.isclose(values, centre, rtol=1e-12, atol=0.0))
    if not len(numbers):
        return Runs(0, 0, None, 0, None)
    above = values[numbers] > centre
    starts = np.concatenate([[0], np.flatnonzero(above[1:] != above[:-1]) + 1, [len(numbers)]])
    lengths = np.diff(starts)
    limit = longest_run_limit(len(numbers))
    too_long = tuple(
        tuple(int(number) + first for number in numbers[start : start + length])
        for start, length in zip(starts[:-1], lengths, strict=True)
        if length > limit
    )
    return Runs(len(numbers), int(lengths.max()), limit, len(lengths) - 1, fewest_crossings(len(numbers)), too_long)
