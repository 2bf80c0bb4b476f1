"""
The attacker: what can be worked out about a hidden count from everything that is shown. The audit decides, no counting rule.

A table that has two hidden cells in every row and column may still give one of them away exactly. So the attacker is played:
with every number shown, every sum, and the knowledge that a hidden count is not below what the rule hides, the smallest and
the largest count each hidden cell can have are found by linear programming (HiGHS).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np

from samsyn.analysis.linked_tables import Key, LinkedTables

SLACK = 1e-6
FAR_ABOVE = 1_000_000

Terms = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Interval:
    """The smallest and the largest whole count that an attacker cannot rule out."""

    low: int
    high: int

    @property
    def width(self) -> int:
        """How many counts above the smallest are possible."""
        return self.high - self.low


def gives_whole_numbers(equations: Sequence[Terms]) -> bool:
    """
    Return whether every extreme solution of equations with whole right sides is whole: the sums of one table with two ways are so.

    equations  each as (place of an unknown, its sign: 1 or -1)
    returns    True only where it is certain: no unknown in more than two equations, and the equations fall in two halves so that two
               that share an unknown with the same sign are in different halves, and with different signs in the same
    source     Heller & Tompkins 1956, Annals of Mathematics Studies 38:247
    """
    where: dict[int, list[tuple[int, int]]] = {}
    for number, terms in enumerate(equations):
        for place, sign in terms:
            where.setdefault(place, []).append((number, sign))
    if any(len(found) > 2 for found in where.values()):
        return False
    beside: dict[int, list[tuple[int, bool]]] = {number: [] for number in range(len(equations))}
    for (one, first), (other, second) in (found for found in where.values() if len(found) == 2):
        beside[one].append((other, first == second))
        beside[other].append((one, first == second))
    return _falls_in_halves(beside)


def _falls_in_halves(beside: dict[int, list[tuple[int, bool]]]) -> bool:
    """Return whether numbers can be put in two halves; beside: number to (another, whether they must be in different halves)."""
    half: dict[int, bool] = {}
    for start in beside:
        waiting = [start] if start not in half else []
        half.setdefault(start, True)
        while waiting:
            one = waiting.pop()
            for other, is_parted in beside[one]:
                wanted = half[one] != is_parted
                if other not in half:
                    half[other] = wanted
                    waiting.append(other)
                elif half[other] != wanted:
                    return False
    return True


class Attack:
    """
    Everything an attacker has: the shown numbers, the sums, the least a hidden count can be.

    The attacker knows that counts are whole numbers. One table with two ways gives whole numbers by itself; where the sums are
    of another shape, they are asked for, which is slower. Which it is is seen from the sums, never said by the caller.

    hidden    keys that are not shown
    at_least  the least a hidden count can be: 1 where noughts are shown, else 0
    """

    def __init__(self, tables: LinkedTables, hidden: Collection[Key], *, at_least: int = 0) -> None:
        self.tables, self.at_least = tables, at_least
        self.keys = sorted(hidden)
        self.place = {key: number for number, key in enumerate(self.keys)}
        terms, rests = self._equations()
        self.asks_for_whole = not gives_whole_numbers(terms)
        self.equations, self.rests = self._matrix(terms), np.array(rests, dtype=np.float64)

    def _equations(self) -> tuple[list[Terms], list[int]]:
        """Return the sums that hold a hidden count: the places of those in it with their signs, and what the shown ones leave."""
        found: list[Terms] = []
        rests: list[int] = []
        for one in self.tables.sums:
            terms = [(one.total, -1), *((part, 1) for part in one.parts)]
            unknown = [(self.place[key], sign) for key, sign in terms if key in self.place]
            if unknown:
                found.append(unknown)
                rests.append(-sum(sign * self.tables.counts[key] for key, sign in terms if key not in self.place))
        return found, rests

    def _matrix(self, equations: list[Terms]) -> Any:
        """Return the equations as a sparse matrix over the hidden counts."""
        from scipy.sparse import csr_matrix

        entries = [(row, column, sign) for row, terms in enumerate(equations) for column, sign in terms]
        rows, columns, signs = zip(*entries, strict=True) if entries else ((), (), ())
        return csr_matrix((signs, (rows, columns)), shape=(len(equations), len(self.keys)))

    def interval(self, key: Key) -> Interval:
        """Return what an attacker knows of one hidden count."""
        place = self.place[key]
        return Interval(ceil(self._extreme(key, 1)[place] - SLACK), floor(self._extreme(key, -1)[place] + SLACK))

    def intervals(self, keys: Iterable[Key]) -> dict[Key, Interval]:
        """Return what an attacker knows of several hidden counts."""
        return {key: self.interval(key) for key in keys}

    def narrowed(self, keys: Iterable[Key], width: int) -> set[Key]:
        """
        Return the hidden counts that an attacker can narrow down to an interval below a width.

        Every solution found for one count is a possible truth for all of them: a count that has been seen far enough apart in two
        possible truths needs no search of its own. That is exact, and many times quicker than asking for every interval.
        """
        truth = np.array([self.tables.counts[key] for key in self.keys], dtype=np.float64)
        lowest, highest = truth.copy(), truth.copy()
        bare = set()
        for key in keys:
            place = self.place[key]
            for sign in (-1, 1):
                if highest[place] - lowest[place] < width - SLACK:
                    possible = self._extreme(key, sign)
                    np.minimum(lowest, possible, out=lowest)
                    np.maximum(highest, possible, out=highest)
            if floor(highest[place] + SLACK) - ceil(lowest[place] - SLACK) < width:
                bare.add(key)
        return bare

    def _extreme(self, key: Key, sign: int) -> np.ndarray:
        """Return the possible truth in which a hidden count is smallest (sign 1) or largest (sign -1)."""
        from scipy.optimize import linprog

        wanted = np.zeros(len(self.keys))
        wanted[self.place[key]] = sign
        found = linprog(
            wanted,
            A_eq=self.equations if self.equations.shape[0] else None,
            b_eq=self.rests if self.equations.shape[0] else None,
            bounds=(self.at_least, FAR_ABOVE),
            integrality=np.ones(len(self.keys)) if self.asks_for_whole else None,
            method="highs",
        )
        assert found.status == 0, found.message  # the true counts are a solution, and every count is bounded
        return np.asarray(found.x)
