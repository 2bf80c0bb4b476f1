"""
The attacker: what can be worked out about a hidden count from everything that is shown. The audit decides, no counting rule.

A table that has two hidden cells in every row and column may still give one of them away exactly. So the attacker is played:
with every number shown, every sum, and the knowledge that a hidden count is not below what the rule hides, the smallest and
the largest count each hidden cell can have are found by linear programming (HiGHS).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np

from samsyn.analysis.linked_tables import Key, LinkedTables

SLACK = 1e-6
FAR_ABOVE = 1_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """The smallest and the largest whole count that an attacker cannot rule out."""

    low: int
    high: int

    @property
    def width(self) -> int:
        """How many counts above the smallest are possible."""
        return self.high - self.low


class Attack:
    """
    Everything an attacker has: the shown numbers, the sums, the least a hidden count can be.

    hidden    keys that are not shown
    at_least  the least a hidden count can be: 1 where noughts are shown, else 0
    whole     whether the attacker reckons with whole numbers; needed where tables are linked, slower
    """

    def __init__(self, tables: LinkedTables, hidden: Collection[Key], *, at_least: int = 0, whole: bool = False) -> None:
        self.tables, self.at_least, self.whole = tables, at_least, whole
        self.keys = sorted(hidden)
        self.place = {key: number for number, key in enumerate(self.keys)}
        self.equations, self.rests = self._equations()

    def _equations(self) -> tuple[Any, np.ndarray]:
        """Return the sums that hold a hidden count: a sparse matrix over the hidden counts, and what the shown ones leave."""
        from scipy.sparse import csr_matrix

        rows: list[int] = []
        columns: list[int] = []
        signs: list[int] = []
        rests: list[int] = []
        for one in self.tables.sums:
            terms = [(one.total, -1), *((part, 1) for part in one.parts)]
            if not any(key in self.place for key, _ in terms):
                continue
            number = len(rests)
            for key, sign in terms:
                if key in self.place:
                    rows.append(number)
                    columns.append(self.place[key])
                    signs.append(sign)
            rests.append(-sum(sign * self.tables.counts[key] for key, sign in terms if key not in self.place))
        return csr_matrix((signs, (rows, columns)), shape=(len(rests), len(self.keys))), np.array(rests, dtype=np.float64)

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
            integrality=np.ones(len(self.keys)) if self.whole else None,
            method="highs",
        )
        assert found.status == 0, found.message  # the true counts are a solution, and every count is bounded
        return np.asarray(found.x)
