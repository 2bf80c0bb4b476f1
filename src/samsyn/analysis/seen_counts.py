"""
Which counts a reader may see of everybody and of each group, so that no small count can be worked out from the sums.

Two steps. Of everybody: in each partition the small parts are hidden, and the smallest others with them, until what is hidden
together leaves room. Between groups: a group's row of a partition is shown whole or not at all, and rows are hidden until what
the hidden rows hold together, part by part, is no small count. A partition of a part is hidden with it. The reasoning is
in `row_leaves_room`; the attacker of `disclosure_audit.py` is let loose on it in the tests.

Means, shares and effects of too few are hidden too, and of more groups where the rest could be computed from the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samsyn.analysis.disclosure import Rule
from samsyn.analysis.loke_counts import Named, Partition

APART = (("pairs", "with_end"),)
"""Counts that are not parts of each other, but nearly: their difference may be a few persons."""


@dataclass(frozen=True, eq=False)
class Seen:
    """
    What a reader may see of one group.

    counts   name to count of those that may be seen
    bases    names of counts on which a mean, a share or an effect may rest
    """

    counts: Mapping[str, int]
    bases: frozenset[str]


def hides_nothing(rule: Rule) -> bool:
    """Return whether the reader may see everything: inside the unit's own authority."""
    return rule.highest_hidden < rule.lowest_hidden and rule.base == 0


def seen_by(everybody: Named, groups: Sequence[Named], partitions: Sequence[Partition], rule: Rule) -> tuple[Seen, tuple[Seen, ...]]:
    """
    Return what may be seen of everybody and of each group.

    everybody, groups  every count by its name; a name a group lacks is a count of 0
    partitions         the sums between them, wholes before the parts they are parts of
    """
    if hides_nothing(rule):
        return Seen(everybody, frozenset(everybody)), tuple(Seen(counts, frozenset(counts)) for counts in groups)
    hidden = _hidden_of_everybody(everybody, partitions, rule)
    rows = _Rows(everybody, groups, partitions, rule, hidden)
    rows.hide()
    shown_by_group = [rows.shown(place) for place in range(len(groups))]
    bases = _bases(groups, shown_by_group, rule)
    shown = {name: everybody[name] for name in _in_partitions(partitions) if name not in hidden}
    whole = Seen(shown, frozenset(name for name, count in shown.items() if count >= max(rule.base, 1)))
    return whole, tuple(Seen(counts, base & whole.bases) for counts, base in zip(shown_by_group, bases, strict=True))


def _in_partitions(partitions: Sequence[Partition]) -> dict[str, None]:
    """Return every name that a partition holds, once, in order."""
    return dict.fromkeys(name for one in partitions for name in (one.whole, *one.parts))


def _hidden_of_everybody(counts: Named, partitions: Sequence[Partition], rule: Rule) -> set[str]:
    """Return the names hidden of everybody: small ones, those that would give them away, and all parts of what is hidden."""
    if rule.hides(counts["started"]):
        return set(_in_partitions(partitions))
    hidden: set[str] = set()
    before = -1
    while len(hidden) > before:
        before = len(hidden)
        for one, other in APART:
            if _between(counts[one], counts[other], rule) and other in counts:
                hidden.add(other)
        for partition in partitions:
            hidden |= set(partition.parts) if partition.whole in hidden else _with_cover(partition, counts, hidden, rule)
    return hidden


def _between(one: int, other: int, rule: Rule) -> bool:
    """Return whether two counts lie so near each other that their difference is a small count."""
    return one != other and rule.hides(abs(one - other))


def _with_cover(partition: Partition, counts: Named, hidden: set[str], rule: Rule) -> set[str]:
    """Return the parts to hide: those that are small or hidden already, and the smallest others that leave them room."""
    chosen = [part for part in partition.parts if part in hidden or rule.hides(counts[part])]
    rest = sorted((part for part in partition.parts if part not in chosen and counts[part]), key=lambda part: (counts[part], part))
    while chosen and not _leaves_room([counts[part] for part in chosen], rule):
        if not rest:
            return set(partition.parts)  # noughts are hidden too: a hidden count can then be anything from 0 to the whole
        chosen.append(rest.pop(0))
    return set(chosen)


def _leaves_room(counts: list[int], rule: Rule) -> bool:
    """Return whether hidden counts, whose sum is known, can each be anything the rule hides."""
    return len(counts) > 1 and sum(counts) - rule.lowest_hidden * len(counts) >= rule.highest_hidden - rule.lowest_hidden


class _Rows:
    """Which rows (group by partition) are hidden."""

    def __init__(
        self, everybody: Named, groups: Sequence[Named], partitions: Sequence[Partition], rule: Rule, hidden: set[str]
    ) -> None:
        self.groups, self.partitions, self.rule = groups, partitions, rule
        self.hidden_of_all = hidden
        self.apart = [pair for pair in APART if not _between(everybody[pair[0]], everybody[pair[1]], rule)]
        self.roots: set[int] = set()
        self.holding: dict[str, list[int]] = {}
        for place, one in enumerate(partitions):
            for part in one.parts:
                self.holding.setdefault(part, []).append(place)
        self.rows: list[set[int]] = [set() for _ in partitions]
        self.sharing = [
            [number for number, other in enumerate(partitions) if number != place and set(one.parts) & set(other.parts)]
            for place, one in enumerate(partitions)
        ]

    def hide(self) -> None:
        """Hide rows until nothing more has to be hidden; what is hidden only grows, so that it ends."""
        self._hide_small_groups()
        before = -1
        while (now := sum(map(len, self.rows))) > before:
            before = now
            for place, partition in enumerate(self.partitions):
                self.rows[place] |= {number for number in range(len(self.groups)) if not self._is_whole_seen(partition.whole, number)}
                self.rows[place] |= {number for other in self.sharing[place] for number in self.rows[other]}
                self.rows[place] |= {number for number in range(len(self.groups)) if not self.row_leaves_room(partition, {number})}
                self._cover(place, partition)

    def _hide_small_groups(self) -> None:
        sizes = [counts["started"] for counts in self.groups]
        if "started" in self.hidden_of_all:
            self.roots = set(range(len(sizes)))
            return
        self.roots = {number for number, size in enumerate(sizes) if self.rule.hides(size)}
        for number in sorted(range(len(sizes)), key=lambda number: sizes[number]):
            if not self.roots or _leaves_room([sizes[one] for one in self.roots], self.rule):
                return
            self.roots.add(number)

    def _cover(self, place: int, partition: Partition) -> None:
        """Hide more rows, the smallest first, until those hidden leave room together."""
        chosen = self.rows[place]
        sizes = {number: self._count(number, partition.whole) for number in range(len(self.groups)) if number not in chosen}
        rest = sorted((number for number, size in sizes.items() if size), key=lambda number: (sizes[number], number))
        while chosen and rest and not (self._several(chosen, partition.whole) and self.row_leaves_room(partition, chosen)):
            chosen.add(rest.pop(0))

    def _several(self, chosen: set[int], whole: str) -> bool:
        """Return whether at least two of the groups have anybody, or none has."""
        return sum(self._count(number, whole) > 0 for number in chosen) != 1

    def row_leaves_room(self, partition: Partition, chosen: set[int]) -> bool:
        """
        Return whether some groups' rows together hold no small count, part by part.

        A reader knows what the hidden rows hold together, part by part, and at most how large each group is. A cell of row i in
        part c is then anywhere within an interval as wide as the least of: the sum of part c, the sum of the other parts, the size
        of row i, and the size of the other hidden rows. None of these is a small count, so that no small cell can be narrowed.
        Parts hidden of everybody are known only together.
        """
        sums = [sum(self._count(number, part) for number in chosen) for part in partition.parts if part not in self.hidden_of_all]
        sums.append(sum(self._count(number, part) for number in chosen for part in partition.parts if part in self.hidden_of_all))
        if any(total and self.rule.hides(total) for total in sums) or (not self.rule.zeros_shown and 0 in sums[:-1]):
            return False
        return not any(
            other in partition.parts and self._is_apart(one, other, chosen) for one, other in self.apart
        )

    def _is_apart(self, one: str, other: str, chosen: set[int]) -> bool:
        return _between(sum(self._count(n, one) for n in chosen), sum(self._count(n, other) for n in chosen), self.rule)

    def _count(self, number: int, name: str) -> int:
        return self.groups[number].get(name, 0)

    def _is_whole_seen(self, whole: str, number: int) -> bool:
        """Return whether a group's count of a whole is seen: nothing below it is shown where it is not."""
        if whole in self.hidden_of_all:
            return False
        if whole == "started":
            return number not in self.roots
        return all(number not in self.rows[place] for place in self.holding[whole])

    def shown(self, number: int) -> Named:
        """Return the counts of a group that are seen."""
        names = (name for name in _in_partitions(self.partitions) if name not in self.hidden_of_all)
        return {name: self._count(number, name) for name in names if self._is_whole_seen(name, number)}


def _bases(groups: Sequence[Named], shown: Sequence[Named], rule: Rule) -> list[frozenset[str]]:
    """
    Return for each group the counts on which a mean or a share may rest.

    The mean of a group that is not shown can be computed from the others and the whole: those not shown must be two or more,
    and together at least as many as the base.
    """
    found: list[set[str]] = [set() for _ in groups]
    for name in dict.fromkeys(name for counts in shown for name in counts):
        sizes = [counts.get(name, 0) for counts in groups]
        large = [number for number, counts in enumerate(shown) if name in counts and counts[name] >= max(rule.base, 1)]
        large.sort(key=lambda number: sizes[number])
        small = [number for number, size in enumerate(sizes) if size and number not in large]
        while small and large and (len(small) < 2 or sum(sizes[number] for number in small) < rule.base):
            small.append(large.pop(0))
        for number in large:
            found[number].add(name)
    return [frozenset(names) for names in found]
