"""
One file split in several ways for the same reader: can what is hidden in one be worked out from another?

Each split is protected by itself (`seen_counts.py`). Two can meet: four quarters are a year, women in a target group are that
group's women, and a group of a split is a line in the table of everybody. Every such sum is laid before the attacker of
`disclosure_audit.py`, together with those within each split. Means are looked at where periods lie within periods: the one that
is not shown could be worked out from the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samsyn.analysis.disclosure import Rule
from samsyn.analysis.disclosure_audit import Attack
from samsyn.analysis.engine import Aggregated
from samsyn.analysis.linked_tables import ALL, Key, LinkedTables, Sum
from samsyn.analysis.loke_counts import Named, Partition, counts_beside, counts_of, partitions_of
from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.refused import Refused
from samsyn.analysis.seen_counts import Seen, seen_by
from samsyn.analysis.split import UNSAID, Split

OF_EACH_GROUP = ("reliable", "small")
"""Counts that do not add up between groups: each group has its own limit."""
HALVES = {"kv. 1": "vår", "kv. 2": "vår", "kv. 3": "höst", "kv. 4": "höst"}
NESTED = ((Split.YEAR, Split.HALF_YEAR), (Split.YEAR, Split.QUARTER), (Split.HALF_YEAR, Split.QUARTER))
MOST_GROUPS = 80


class TooManyGroups(Refused):
    """The splits have more groups than can be laid before the attacker within a minute."""


@dataclass(frozen=True, eq=False)
class Shown:
    """
    A split of the file, as a reader is shown it.

    groups   label to every count of the group
    seen     label to what is seen of it
    """

    split: Split
    groups: dict[str, Named]
    seen: dict[str, Seen]


class Shared:
    """
    Everything one reader has of one file.

    counted   Split to what was counted; the same file and settings, so that all agree on everybody
    """

    def __init__(self, counted: dict[Split, Aggregated], settings: LokeSettings, rule: Rule) -> None:
        self.rule = rule
        self.whole = counts_of(next(iter(counted.values())).everybody, settings)
        self.partitions: tuple[Partition, ...] = partitions_of(self.whole, settings)
        self.names = tuple(dict.fromkeys(name for one in self.partitions for name in (one.whole, *one.parts)))
        self.everybody, _ = seen_by(self.whole, [], self.partitions, rule)
        self.splits = [self._shown(split, one, settings) for split, one in counted.items() if split is not Split.NOTHING]

    def _shown(self, split: Split, counted: Aggregated, settings: LokeSettings) -> Shown:
        groups = [counts_beside(self.whole, one, settings) for one in counted.groups]
        _, seen = seen_by(self.whole, groups, self.partitions, self.rule)
        labels = [one.group for one in counted.groups]
        return Shown(split, dict(zip(labels, groups, strict=True)), dict(zip(labels, seen, strict=True)))

    def worked_out(self) -> set[Key]:
        """Return the small counts, as (split, group, name), that the reader can narrow down too far."""
        rows = [((ALL, ALL), self.whole, self.everybody.counts), *(
            ((one.split.value, label), counts, one.seen[label].counts) for one in self.splits for label, counts in one.groups.items())]  # fmt: skip
        counts: dict[Key, int] = {(*row, name): own.get(name, 0) for row, own, _ in rows for name in self.names}
        hidden = {(*row, name) for row, _, seen in rows for name in self.names if name not in seen}
        within = (Sum((*row, one.whole), tuple((*row, part) for part in one.parts)) for row, own, _ in rows for one in self.partitions
                  if set(one.parts) <= own.keys())  # fmt: skip
        sums = tuple(one for one in (*within, *self._sums()) if all(key in counts for key in (one.total, *one.parts)))
        small = sorted(key for key in hidden if self.rule.hides(counts[key]))
        attack = Attack(LinkedTables(counts, sums), hidden, at_least=0)
        return attack.narrowed(small, self.rule.highest_hidden - self.rule.lowest_hidden)

    def _sums(self) -> Iterator[Sum]:
        """Yield what binds the splits: to everybody, period to period, and one attribute to another."""
        added = [name for name in self.names if not any(word in name for word in OF_EACH_GROUP)]
        for one in self.splits:
            value = one.split.value
            yield from (Sum((ALL, ALL, name), tuple((value, label, name) for label in one.groups)) for name in added)
            if one.split in (Split.SEX, Split.TARGET_GROUP):
                yield from (Sum((ALL, ALL, f"{value}:{label}"), ((value, label, "started"),)) for label in one.groups)
        for outer, inner, parts in self._nested():
            for label, within in parts.items():
                yield from (Sum((outer.split.value, label, name), tuple((inner.split.value, part, name) for part in within)) for name in added)
        of = {one.split: one for one in self.splits}
        if Split.SEX in of and Split.TARGET_GROUP in of:
            yield from (Sum((Split.SEX.value, sex, f"target_group:{group}"), ((Split.TARGET_GROUP.value, group, f"sex:{sex}"),))
                        for sex in of[Split.SEX].groups for group in of[Split.TARGET_GROUP].groups)  # fmt: skip

    def _nested(self) -> Iterator[tuple[Shown, Shown, dict[str, list[str]]]]:
        """Yield two splits where periods of the second lie within those of the first: label to the labels within it."""
        of = {one.split: one for one in self.splits}
        for first, second in NESTED:
            if first in of and second in of:
                yield of[first], of[second], {label: [one for one in of[second].groups if lies_within(one, label)] for label in of[first].groups}

    def means_worked_out(self) -> set[Key]:
        """Return what a mean or a share rests on, as (split, group, name), where it can be worked out from a longer period and the others in it."""
        return {
            (inner.split.value, part, name)
            for outer, inner, parts in self._nested() for label, within in parts.items() for name in outer.seen[label].bases
            for part in _left_alone(inner, within, name, self.rule)
        }  # fmt: skip


def _left_alone(inner: Shown, within: Sequence[str], name: str, rule: Rule) -> list[str]:
    """Return the periods without a mean of their own, where they are too few or too small together to hide it."""
    bare = [part for part in within if inner.groups[part].get(name, 0) and name not in inner.seen[part].bases]
    together = sum(inner.groups[part][name] for part in bare)
    return bare if len(bare) < len(within) and bare and (len(bare) < 2 or together < rule.base) else []


def lies_within(period: str, longer: str) -> bool:
    """Return whether a half-year or a quarter lies within a year, or a quarter within a half-year; what is not said lies within itself."""
    if UNSAID in (period, longer):
        return period == longer
    year, _, part = period.partition(" ")
    return longer in (year, f"{year} {HALVES.get(part, '')}")


def worked_out_together(counted: dict[Split, Aggregated], settings: LokeSettings, rule: Rule) -> set[Key]:
    """
    Return what can be worked out from all splits together, as (split, group, name): small counts, and what a hidden mean rests on.

    counted  Split to what was counted of the same file with the same settings
    returns  empty where nothing can

    raises   TooManyGroups   if there are more than MOST_GROUPS in all
    """
    groups = sum(len(one.groups) for one in counted.values())
    if groups > MOST_GROUPS:
        raise TooManyGroups(f"Uppdelningarna har {groups} grupper. Fler än {MOST_GROUPS} går inte att pröva mot varandra. Ge läsaren bara en av dem.")
    shared = Shared(counted, settings, rule)
    return shared.worked_out() | shared.means_worked_out()
