"""From the rows of an aggregation to the small tables of each group: sorting and slicing, never a loop over participants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samsyn.analysis.frequency import Frequencies, Pairs, Whole
from samsyn.analysis.label_order import label_order
from samsyn.analysis.loke_tables import Ending, GroupTables, InTarget


@dataclass(frozen=True, eq=False)
class Cells:
    """
    The cells of one small table, in order of group and key: columns of equal length.

    place   number of the group of each cell
    keys    name of a key to its value in each cell: floats with NaN, or words with None, where it is not known
    n       how many episodes are in each cell
    """

    place: NDArray[Any]
    keys: Mapping[str, NDArray[Any]]
    n: Whole

    def only(self, rows: NDArray[Any] | slice) -> Cells:
        """Return some of the cells."""
        return Cells(self.place[rows], {name: column[rows] for name, column in self.keys.items()}, self.n[rows])

    def by_group(self, groups: int) -> list[Cells]:
        """Return the cells of each group; a group without cells gets none."""
        bounds = np.searchsorted(self.place, np.arange(groups + 1)).tolist()
        return [self.only(slice(first, after)) for first, after in zip(bounds, bounds[1:], strict=False)]

    def total(self, key: str) -> int:
        """Return the sum of a key over all episodes."""
        return int(self.keys[key] @ self.n)

    def words(self, key: str) -> dict[str | None, int]:
        """Return how many episodes there are of each word of a key; None for no word."""
        counted: dict[str | None, int] = {}
        for word, count in zip(self.keys[key].tolist(), self.n.tolist(), strict=True):
            counted[word] = counted.get(word, 0) + count
        return counted

    def frequencies(self, key: str) -> Frequencies:
        """Return how often each number of a key occurs; cells without it are counted as missing."""
        column = self.keys[key]
        known = ~np.isnan(column)
        return Frequencies(column[known], self.n[known], int(self.n[~known].sum()))

    def pairs(self, before: str, after: str) -> Pairs:
        """Return the joint table of two keys, with those known at one of the times only beside it."""
        first, last = self.keys[before], self.keys[after]
        no_first, no_last = np.isnan(first), np.isnan(last)
        both, lost, late = ~no_first & ~no_last, ~no_first & no_last, no_first & ~no_last
        return Pairs(
            first[both],
            last[both],
            self.n[both],
            Frequencies(first[lost], self.n[lost]),
            Frequencies(last[late], self.n[late]),
            int(self.n[no_first & no_last].sum()),
        )

    def where(self, key: str, *words: object) -> Cells:
        """Return the cells in which a key is one of the words."""
        chosen = np.zeros(len(self.n), dtype=bool)
        for word in words:
            chosen |= self.keys[key] == word
        return self.only(chosen)


def everybody_from(cells: Mapping[str, Cells]) -> GroupTables:
    """Return the tables of all groups together. cells: name of a small table to its cells, as the engine gave them."""
    return _tables("alla", cells)


def groups_from(cells: Mapping[str, Cells], labels: tuple[str, ...]) -> tuple[GroupTables, ...]:
    """Return the tables of each group, as `label_order` puts them; labels in the order of the groups' numbers."""
    parted = {name: table.by_group(len(labels)) for name, table in cells.items()}
    places = sorted(range(len(labels)), key=lambda place: label_order(labels[place]))
    return tuple(_tables(labels[place], {name: tables[place] for name, tables in parted.items()}) for place in places)


def _tables(group: str, cells: Mapping[str, Cells]) -> GroupTables:
    """Return the tables of one group from its cells."""
    endings, target, days = cells["endings"].words("ending"), cells["target"].words("target"), cells["days"]
    all_ended = cells["start_end"].where("is_ended", 1.0)
    of_ended = all_ended.pairs("s", "e")
    completed = endings.get(Ending.COMPLETED.value, 0)
    return GroupTables(
        group=group,
        started=int(cells["target"].n.sum()),
        target=MappingProxyType({kind: target.get(kind.value, 0) for kind in InTarget}),
        target_groups=MappingProxyType(cells["target_groups"].words("target_group")),
        sexes=MappingProxyType(cells["sexes"].words("sex")),
        ages=cells["ages"].frequencies("age"),
        endings=MappingProxyType({ending: endings.get(ending.value, 0) for ending in Ending}),
        reasons=MappingProxyType(cells["endings"].words("reason")),
        **_dose(cells["doses"], completed),
        waiting_days=cells["waiting"].frequencies("waiting"),
        durations=days.where("ending", "completed", "ended_otherwise").frequencies("days"),
        under_way_days=days.where("ending", "ongoing").frequencies("days"),
        dropped_days=days.where("ending", "ended_otherwise").frequencies("days"),
        start_end=cells["start_end"].pairs("s", "e"),
        start_follow_up=cells["start_follow_up"].pairs("s", "f"),
        end_follow_up=cells["end_follow_up"].pairs("e", "f"),
        ended_at_all=int(all_ended.n.sum()),
        ended_with_end_score=of_ended.n + of_ended.only_after.n,
        ended_starts=of_ended.only_before,
        kept_starts=of_ended.first,
        core=MappingProxyType(
            {name.removeprefix("core_"): _core(table, name) for name, table in cells.items() if name.startswith("core_")}
        ),
    )


def _dose(doses: Cells, completed: int) -> dict[str, Any]:
    """Return the fields of the dose: of completed episodes with both known and something planned."""
    known = ~np.isnan(doses.keys["meant"])
    got, meant, n = doses.keys["got"][known], doses.keys["meant"][known], doses.n[known]
    return {
        "dose": Frequencies(got / meant, n, completed - int(n.sum())),
        "delivered": float(got @ n),
        "planned": float(meant @ n),
        "enough": int(n[got * 10 >= meant * 8].sum()),  # 0.8 times a planned amount is not exact in floats
    }


def _core(table: Cells, key: str) -> tuple[int, int]:
    """Return how many got a core component, of how many it is known."""
    known = table.only(~np.isnan(table.keys[key]))
    return known.total(key), int(known.n.sum())
