"""
The small tables that everything is computed from: Frequencies, Pairs, Series and Counts.

They are what an engine's aggregation returns, what disclosure control looks at, and all that the methods need. Their
arrays cannot be written to; missing values are never in them but counted beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import nan, sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.analysis.refused import NotANumber, OutOfRange, UnequalLengths

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


LARGEST = 1e50
"""Larger numbers than this are no measurements, and their squares would not fit in a float."""
LARGEST_COUNT = 2**53
"""Above this not every whole number is a float."""


def is_whole(number: float) -> bool:
    """Return whether a number is whole: False for NaN, for infinity, and for what is too large to be counted."""
    return abs(number) <= LARGEST_COUNT and int(number) == number


def numbers(values: ArrayLike, what: str) -> Numbers:
    """
    Return values as a read-only column of floats.

    raises  NotANumber  if one of them is NaN, infinite, beyond 1e50 in size or no number at all; `what` names the column, in
            Swedish
    """
    try:
        column = np.array(values, dtype=np.float64).reshape(-1)
    except (TypeError, ValueError) as error:
        raise NotANumber(f"{what} innehåller något annat än tal.") from error
    if not (np.abs(column) <= LARGEST).all():
        raise NotANumber(f"{what} innehåller värden som inte är tal. Räkna de saknade för sig och skicka bara in talen.")
    column.setflags(write=False)
    return column


def whole_counts(values: ArrayLike, what: str) -> Whole:
    """
    Return counts as a read-only column of whole numbers.

    raises  OutOfRange  if one of them is below 0, not whole or too large to be counted; NotANumber as `numbers`
    """
    if isinstance(values, np.ndarray) and values.dtype == np.int64 and values.ndim == 1:
        if values.size and not (values.min() >= 0 and values.max() <= LARGEST_COUNT):
            raise OutOfRange(f"{what} måste vara hela antal, 0 eller fler.")
        kept = values.copy()
        kept.setflags(write=False)
        return kept
    column = numbers(values, what)
    as_whole = np.where(column <= LARGEST_COUNT, column, -1.0).astype(np.int64)
    if (as_whole < 0).any() or (as_whole != column).any():
        raise OutOfRange(f"{what} måste vara hela antal, 0 eller fler.")
    as_whole.setflags(write=False)
    return as_whole


def same_length(*columns: NDArray[Any]) -> None:
    """Refuse columns of different lengths. Raises UnequalLengths."""
    if len({len(column) for column in columns}) > 1:
        raise UnequalLengths(f"Kolumnerna har olika längd: {', '.join(str(len(column)) for column in columns)}.")


@dataclass(frozen=True, eq=False)
class Frequencies:
    """
    How often each value occurs.

    values   distinct, ascending
    counts   whole, above 0, as many as the values
    missing  how many rows had no value
    """

    values: Numbers
    counts: Whole
    missing: int = 0

    def __post_init__(self) -> None:
        values, counts = numbers(self.values, "Värdena"), whole_counts(self.counts, "Antalen")
        same_length(values, counts)
        if not ((values[1:] > values[:-1]).all() and counts.all()):  # an engine's tables are in order already
            values, counts = _each_once(values, counts)
            values.setflags(write=False)
            counts.setflags(write=False)
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "counts", counts)
        if self.missing < 0:
            raise OutOfRange(f"Antalet saknade, {self.missing}, är under 0.")

    @classmethod
    def of(cls, values: Iterable[float | None]) -> Frequencies:
        """Return the frequencies of single values; None is counted as missing."""
        given = list(values)
        present = [value for value in given if value is not None]
        return cls(np.array(present, dtype=np.float64), np.ones(len(present), dtype=np.int64), len(given) - len(present))

    @cached_property
    def n(self) -> int:
        """How many rows have a value."""
        return int(self.counts.sum())

    @cached_property
    def mean(self) -> float:
        """The mean, or NaN if there are no rows."""
        return float(self.values @ self.counts / self.n) if self.n else nan

    @cached_property
    def sd(self) -> float:
        """The standard deviation with n - 1 below, or NaN if there are fewer than two rows."""
        if self.n < 2:
            return nan
        from_mean = self.values - self.mean
        return sqrt(float(from_mean**2 @ self.counts) / (self.n - 1))

    def quantile(self, share: float) -> float:
        """Return the quantile as R's type 7 (linear between the two nearest rows), or NaN without rows; share 0 to 1."""
        if not self.n:
            return nan
        place = share * (self.n - 1)
        below = int(place)
        first, second = self.values[self._up_to.searchsorted([below, min(below + 1, self.n - 1)], side="right")].tolist()
        return float(first + (second - first) * (place - below))

    @cached_property
    def _up_to(self) -> Whole:
        """How many rows have at most each of the values."""
        return self.counts.cumsum()

    def share_where(self, chosen: NDArray[np.bool_]) -> tuple[int, int]:
        """Return (how many rows have one of the values chosen, of how many)."""
        return int(self.counts[chosen].sum()), self.n

    def one_by_one(self) -> Numbers:
        """Return every row's value, ascending: for slow methods on few rows."""
        return np.repeat(self.values, self.counts)


def _each_once(values: Numbers, counts: Whole) -> tuple[Numbers, Whole]:
    """Return the values in order, each once with its counts together, none empty."""
    if not counts.all():
        values, counts = values[counts > 0], counts[counts > 0]
    if not len(values):
        return values, counts
    if not (values[1:] >= values[:-1]).all():
        order = values.argsort(kind="stable")
        values, counts = values[order], counts[order]
    starts = np.concatenate(([0], (values[1:] != values[:-1]).nonzero()[0] + 1))
    return values[starts], np.add.reduceat(counts, starts)


@dataclass(frozen=True, eq=False)
class Pairs:
    """
    The joint table before x after: all there is to know about a paired change.

    before, after  the values of each cell; a cell occurs once
    counts         whole, above 0: how many persons are in the cell
    only_before    those measured before and not after
    only_after     those measured after and not before
    neither        how many were measured at neither time
    """

    before: Numbers
    after: Numbers
    counts: Whole
    only_before: Frequencies = field(default_factory=lambda: Frequencies.of([]))
    only_after: Frequencies = field(default_factory=lambda: Frequencies.of([]))
    neither: int = 0

    def __post_init__(self) -> None:
        before, after = numbers(self.before, "Värdena före"), numbers(self.after, "Värdena efter")
        counts = whole_counts(self.counts, "Antalen")
        same_length(before, after, counts)
        next_is_later = (before[1:] > before[:-1]) | ((before[1:] == before[:-1]) & (after[1:] > after[:-1]))
        if not (next_is_later.all() and counts.all()):  # an engine's tables are in order already
            before, after, counts = _in_order(before, after, counts)
        for name, column in zip(("before", "after", "counts"), (before, after, counts), strict=True):
            column.setflags(write=False)
            object.__setattr__(self, name, column)

    @classmethod
    def of(cls, before: Sequence[float | None], after: Sequence[float | None]) -> Pairs:
        """Return the joint table of two columns, one row a person; None is missing. Raises UnequalLengths."""
        if len(before) != len(after):
            raise UnequalLengths(f"Kolumnerna har olika längd: {len(before)}, {len(after)}.")
        rows = list(zip(before, after, strict=True))
        both = [(first, second) for first, second in rows if first is not None and second is not None]
        return cls(
            np.array([first for first, _ in both], dtype=np.float64),
            np.array([second for _, second in both], dtype=np.float64),
            np.ones(len(both), dtype=np.int64),
            Frequencies.of([first for first, second in rows if first is not None and second is None]),
            Frequencies.of([second for first, second in rows if first is None and second is not None]),
            sum(first is None and second is None for first, second in rows),
        )

    @cached_property
    def n(self) -> int:
        """How many persons were measured both times."""
        return int(self.counts.sum())

    @cached_property
    def first(self) -> Frequencies:
        """The values before, among the pairs."""
        return Frequencies(self.before, self.counts)

    @cached_property
    def last(self) -> Frequencies:
        """The values after, among the pairs."""
        return Frequencies(self.after, self.counts)

    @cached_property
    def changes(self) -> Frequencies:
        """After minus before AS MEASURED, for each pair: a fall is negative also where lower is better."""
        return Frequencies(self.after - self.before, self.counts)

    @cached_property
    def r(self) -> float:
        """Pearson's correlation between before and after, or NaN where one of them does not vary."""
        spread = self.first.sd * self.last.sd
        if not self.n > 1 or not spread:
            return nan
        together = float(((self.before - self.first.mean) * (self.after - self.last.mean)) @ self.counts)
        return max(-1.0, min(1.0, together / (self.n - 1) / spread))


def _in_order(before: Numbers, after: Numbers, counts: Whole) -> tuple[Numbers, Numbers, Whole]:
    """Return the cells in order of before and after, each once, none empty."""
    kept = counts > 0
    order = np.lexsort((after[kept], before[kept]))
    first, last, number = before[kept][order], after[kept][order], counts[kept][order]
    starts = np.flatnonzero(np.r_[True, (first[1:] != first[:-1]) | (last[1:] != last[:-1])][: len(order)])
    together = np.add.reduceat(number, starts) if len(order) else number
    return first[starts], last[starts], together


@dataclass(frozen=True, eq=False)
class Series:
    """
    Values in order of time.

    values   one number a period
    size     what each value was counted among (denominator, population, days), as many; None where there is none
    periods  a label or the first day of each period, as many; () where only the order is known
    """

    values: Numbers
    size: Numbers | None = None
    periods: tuple[date | str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", numbers(self.values, "Serien"))
        if self.size is not None:
            size = numbers(self.size, "Seriens nämnare")
            same_length(self.values, size)
            if (size <= 0).any():
                raise OutOfRange("Nämnaren i en serie måste vara över 0 i varje period.")
            object.__setattr__(self, "size", size)
        if self.periods and len(self.periods) != len(self.values):
            raise UnequalLengths(f"Serien har {len(self.values)} värden men {len(self.periods)} perioder.")

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Counts:
    """
    Events before and after in one area.

    before, after                how many events, whole
    time_before, time_after      how long each period is, in the same unit (months), above 0
    area                         its size, for methods that weigh by area; 1 if not known
    earlier                      counts of the eight or more periods before, of the same length, oldest first; () if not known
    """

    before: int
    after: int
    time_before: float = 1.0
    time_after: float = 1.0
    area: float = 1.0
    earlier: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for count in (self.before, self.after, *self.earlier):
            if not (is_whole(count) and count >= 0):
                raise OutOfRange(f"Antalet händelser, {count}, måste vara ett helt antal, 0 eller fler.")
        for extent in (self.time_before, self.time_after, self.area):
            if not 1 / LARGEST <= extent <= LARGEST:
                raise OutOfRange(f"En periods längd och en ytas storlek måste vara över 0; {extent} går inte att räkna med.")
