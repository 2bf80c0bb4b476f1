"""
Which numbers to hide so that no hidden small count can be worked out: the small ones, and as few others as are needed.

For every small count the cheapest other cells are found that let it be anything the rule hides while all shown sums still
hold (the linear-programming pattern of Fischetti and Salazar, Management Science 2001, 47, 1008-1027). Then the attacker of
`disclosure_audit.py` is let loose on the result, and only what withstands is returned.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from samsyn.analysis.disclosure import Rule
from samsyn.analysis.disclosure_audit import Attack
from samsyn.analysis.linked_tables import Key, LinkedTables
from samsyn.analysis.refused import Refused

MOST_CLEANED = 60
TOTAL_IS_DEARER = 4.0


class CannotBeProtected(Refused):
    """What has been published already, with the sums, gives a small count away whatever is hidden now."""


@dataclass(frozen=True, eq=False)
class Protection:
    """
    Which numbers are hidden.

    small    hidden because the count is small
    others   hidden to protect them, or because they were hidden when their table was published
    """

    small: frozenset[Key]
    others: frozenset[Key]

    @property
    def hidden(self) -> frozenset[Key]:
        """Every number that is not shown."""
        return self.small | self.others


def protected(tables: LinkedTables, rule: Rule) -> Protection:
    """
    Return what to hide so that no small count can be narrowed down to less than what the rule hides.

    raises   CannotBeProtected   if numbers told earlier give a small count away
    """
    small = frozenset(key for key, count in tables.counts.items() if rule.hides(count) and key not in tables.told)
    hidden, pattern = set(small | tables.kept), _Pattern(tables, rule)
    for key in sorted(_bare(tables, hidden, small, rule), key=lambda key: (-tables.counts[key], key)):
        hidden |= pattern.needed(key, hidden)
    while bare := _bare(tables, hidden, small, rule):
        more = _beside(tables, bare, rule) - hidden or _beside(tables, hidden, rule) - hidden
        if not more:
            raise CannotBeProtected(
                "Ett litet antal går att räkna ut ur det som redan är publicerat. Slå ihop grupper eller perioder först."
            )
        hidden |= more
    return Protection(small, _cleaned(tables, hidden, small, rule))


def _bare(tables: LinkedTables, hidden: set[Key], small: frozenset[Key], rule: Rule) -> set[Key]:
    """Return the small counts that an attacker can narrow down too far."""
    attack = Attack(tables, hidden, at_least=rule.lowest_hidden)
    return attack.narrowed(sorted(small), rule.highest_hidden - rule.lowest_hidden)


def _beside(tables: LinkedTables, known: set[Key], rule: Rule) -> set[Key]:
    """Return every number that stands in a sum with one of the known, and that can be hidden."""
    near = {key for one in tables.sums for key in (one.total, *one.parts) if known & {one.total, *one.parts}}
    return {key for key in near - tables.told if tables.counts[key] >= rule.lowest_hidden}


def _cleaned(tables: LinkedTables, hidden: set[Key], small: frozenset[Key], rule: Rule) -> frozenset[Key]:
    """Return the others that have to stay hidden: each that can be shown again without harm is, the largest first."""
    if len(hidden) > MOST_CLEANED:
        return frozenset(hidden - small)  # every try costs an audit, and a large table's pattern has little to spare
    for key in sorted(hidden - small - tables.kept, key=lambda key: (-tables.counts[key], key)):
        fewer = hidden - {key}
        if not _bare(tables, fewer, small, rule):
            hidden = fewer
    return frozenset(hidden - small)


class _Pattern:
    """The sums of the tables as a matrix over all numbers, and the cheapest way to let one of them vary."""

    def __init__(self, tables: LinkedTables, rule: Rule) -> None:
        from scipy.sparse import csr_matrix, hstack

        self.tables, self.rule = tables, rule
        self.keys = sorted(tables.counts)
        self.place = {key: number for number, key in enumerate(self.keys)}
        terms = [
            (number, self.place[key], sign)
            for number, one in enumerate(tables.sums)
            for key, sign in ((one.total, -1), *((part, 1) for part in one.parts))
        ]
        shape = (len(tables.sums), len(self.keys))
        rows, columns, signs = zip(*terms, strict=True) if terms else ((), (), ())
        sums = csr_matrix((signs, (rows, columns)), shape=shape)
        self.matrix: Any = hstack([sums, -sums], format="csr")
        self.counts = np.array([tables.counts[key] for key in self.keys], dtype=np.float64)
        totals = {one.total for one in tables.sums}
        largest = float(self.counts.max(initial=1.0))
        self.cost = 1.0 + self.counts / largest / len(self.keys)
        self.cost += np.array([TOTAL_IS_DEARER if key in totals else 0.0 for key in self.keys])
        self.fixed = np.array([key in tables.told or tables.counts[key] < rule.lowest_hidden for key in self.keys])

    def needed(self, key: Key, hidden: set[Key]) -> set[Key]:
        """Return the keys to hide so that one count can be as small and as large as the rule hides; may be none."""
        found: set[Key] = set()
        count = self.tables.counts[key]
        for amount in (self.rule.highest_hidden - count, self.rule.lowest_hidden - count):
            if amount:
                found |= self._moved(key, amount, hidden | found)
        return found - hidden

    def _moved(self, key: Key, amount: int, hidden: set[Key]) -> set[Key]:
        """Return the keys that change in the cheapest change of one count by an amount that keeps every sum."""
        from scipy.optimize import linprog

        free = np.array([other in hidden for other in self.keys])
        cost = np.where(free, 1e-6, self.cost)
        up = np.where(self.fixed, 0.0, inf)
        down = np.where(self.fixed, 0.0, np.maximum(self.counts - self.rule.lowest_hidden, 0.0))
        low = np.zeros(2 * len(self.keys))
        high = np.concatenate([up, down])
        place = self.place[key] + (0 if amount > 0 else len(self.keys))
        low[place] = high[place] = abs(amount)
        high[self.place[key] + (len(self.keys) if amount > 0 else 0)] = 0.0
        found = linprog(
            np.concatenate([cost, cost]),
            A_eq=self.matrix,
            b_eq=np.zeros(len(self.tables.sums)),
            bounds=np.stack([low, high], axis=1),
            method="highs",
        )
        if found.status != 0:
            return set()  # no such change: the audit says so, and hides more or refuses
        moved = np.flatnonzero(found.x[: len(self.keys)] + found.x[len(self.keys) :] > 1e-7)
        return {self.keys[number] for number in moved}
