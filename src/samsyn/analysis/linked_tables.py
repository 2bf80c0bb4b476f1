"""Tables of counts that hang together: every number once, and the sums a reader can use to compute one from others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from samsyn.analysis.refused import OutOfRange, Refused, UnequalLengths

Key = tuple[str, ...]
ALL = "alla"


class DoesNotAddUp(Refused):
    """A total is not the sum of its parts, or the same number is given twice with different values."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and its parts, by their keys: whoever has the others has the one that is missing."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, eq=False)
class LinkedTables:
    """
    Numbers and the sums between them, over all tables that a reader can lay side by side.

    counts  key to count; the same key in two tables is the same number
    sums    which totals are the sum of which parts
    told    keys of numbers published earlier: they cannot be hidden any more
    kept    keys of numbers hidden when their table was published: they stay hidden
    """

    counts: Mapping[Key, int]
    sums: tuple[Sum, ...] = ()
    told: frozenset[Key] = field(default_factory=frozenset)
    kept: frozenset[Key] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", MappingProxyType(dict(self.counts)))
        for key, count in self.counts.items():
            if count < 0:
                raise OutOfRange(f"Antalet {count} i {' / '.join(key)} är under 0.")
        for one in self.sums:
            if self.counts[one.total] != sum(self.counts[part] for part in one.parts):
                raise DoesNotAddUp(f"Summan {' / '.join(one.total)} är inte summan av sina delar. Räkna om den innan tabellen skyddas.")

    def beside(self, other: LinkedTables) -> LinkedTables:
        """Return both together. Raises DoesNotAddUp if they disagree on a number they share."""
        for key in self.counts.keys() & other.counts.keys():
            if self.counts[key] != other.counts[key]:
                raise DoesNotAddUp(f"{' / '.join(key)} är {self.counts[key]} i den ena tabellen och {other.counts[key]} i den andra.")
        return LinkedTables({**self.counts, **other.counts}, (*self.sums, *other.sums), self.told | other.told, self.kept | other.kept)

    def published(self, hidden: Collection[Key]) -> LinkedTables:
        """Return the tables as they are after publication: what was shown is told, what was hidden is kept."""
        return LinkedTables(self.counts, self.sums, self.told | (self.counts.keys() - set(hidden)), self.kept | set(hidden))


def two_way(rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> LinkedTables:
    """
    Return a table with its margins: keys (row, column), (row, "alla"), ("alla", column) and ("alla", "alla").

    counts   one list a row, as many numbers as columns
    raises   UnequalLengths
    """
    if len(counts) != len(rows) or any(len(line) != len(columns) for line in counts):
        raise UnequalLengths("Tabellen har inte lika många rader och kolumner som den har rubriker.")
    cells: dict[Key, int] = {(row, column): counts[i][j] for i, row in enumerate(rows) for j, column in enumerate(columns)}
    cells |= {(row, ALL): sum(line) for row, line in zip(rows, counts, strict=True)}
    cells |= {(ALL, column): sum(line[place] for line in counts) for place, column in enumerate(columns)}
    cells[ALL, ALL] = sum(sum(line) for line in counts)
    sums = [Sum((row, ALL), tuple((row, column) for column in columns)) for row in rows]
    sums += [Sum((ALL, column), tuple((row, column) for row in rows)) for column in columns]
    sums += [Sum((ALL, ALL), tuple((row, ALL) for row in rows)), Sum((ALL, ALL), tuple((ALL, column) for column in columns))]
    return LinkedTables(cells, tuple(sums))


def one_way(values: Mapping[str, int], name: str) -> LinkedTables:
    """Return a list of counts with its total: keys (name, value) and (name, "alla")."""
    cells: dict[Key, int] = {(name, value): count for value, count in values.items()}
    return LinkedTables({**cells, (name, ALL): sum(values.values())}, (Sum((name, ALL), tuple(cells)),))
