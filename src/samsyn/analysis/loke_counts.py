"""
Every count of persons that the answers to Loke's questions can show, and which of them add up to which.

Names: "started", "completed", "sex:kvinna", "pairs" ... A partition is a whole and the parts it is the sum of: what a reader
can use to work out a count that is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from samsyn.analysis.direction import Direction
from samsyn.analysis.frequency import Frequencies, Pairs
from samsyn.analysis.loke_settings import LokeSettings, folded_word
from samsyn.analysis.loke_tables import Ending, GroupTables, InTarget
from samsyn.analysis.norms import is_beyond, is_within_one_sd
from samsyn.analysis.reliable_change import BEYOND, of_pairs, standard_error_of_difference
from samsyn.analysis.spread import changes_on_paper

UNSAID = "uppgift saknas"
AGES = ((0, "under 13 år"), (13, "13–17 år"), (18, "18–24 år"), (25, "25–44 år"), (45, "45–64 år"), (65, "65 år eller äldre"))
DOSES = ("under 20 %", "20–39 %", "40–59 %", "60–79 %", "80–99 %", "100 % eller mer")
Named = dict[str, int]


@dataclass(frozen=True, slots=True)
class Partition:
    """A whole and its parts, by their names."""

    whole: str
    parts: tuple[str, ...]


def named(kind: str, word: str | None) -> str:
    """Return the name of the count of one of the sheet's own words; None is a name of its own."""
    return f"{kind}:{UNSAID if word is None else word}"


def word_of(name: str) -> str:
    """Return the word of the name of a count."""
    return name.partition(":")[2]


def counts_of(tables: GroupTables, settings: LokeSettings) -> Named:
    """Return every count of one group by its name."""
    return {
        "started": tables.started,
        **{f"target:{kind.value}": tables.target.get(kind, 0) for kind in InTarget},
        "not_inside": tables.started - tables.target.get(InTarget.INSIDE, 0),
        **_worded("target_group", tables.target_groups),
        **_worded("sex", tables.sexes),
        **_ages(tables.ages, tables.started),
        **_endings(tables),
        **_worded("reason", tables.reasons),
        **_doses(tables),
        **_core(tables),
        **_measured(tables),
        **_changes(tables.start_end, settings),
        **_sides(tables, settings),
    }


def _worded(kind: str, words: Mapping[str | None, int]) -> Named:
    return {named(kind, word): count for word, count in words.items()}


def _ages(ages: Frequencies, started: int) -> Named:
    bounds = [low for low, _ in AGES]
    place = np.searchsorted(bounds, ages.values, side="right") - 1
    counts = np.bincount(np.maximum(place, 0), weights=ages.counts, minlength=len(AGES)).astype(int).tolist()
    return {"aged": ages.n, "not_aged": started - ages.n} | {f"age:{label}": count for (_, label), count in zip(AGES, counts, strict=True)}


def _endings(tables: GroupTables) -> Named:
    ended_unknown = tables.ended_at_all - tables.ended
    unknown = tables.endings.get(Ending.UNKNOWN, 0)
    stays = tables.durations.n + tables.under_way_days.n
    return {
        "completed": tables.completed,
        "ended_otherwise": tables.endings.get(Ending.ENDED_OTHERWISE, 0),
        "ongoing": tables.endings.get(Ending.ONGOING, 0),
        "ended": tables.ended,
        "ended_unknown": ended_unknown,
        "ended_at_all": tables.ended_at_all,
        "open_unknown": unknown - ended_unknown,
        "not_ended": tables.started - tables.ended_at_all,
        "dated": tables.durations.n,
        "not_dated": tables.ended - tables.durations.n,
        "stays": stays,
        "followed_under_way": tables.under_way_days.n,
        "no_stay": tables.started - stays,
        "waited": tables.waiting_days.n,
        "not_waited": tables.started - tables.waiting_days.n,
    }


def _doses(tables: GroupTables) -> Named:
    dose = tables.dose
    below = [int(dose.counts[dose.values < limit].sum()) for limit in (0.2, 0.4, 0.6)]
    whole = int(dose.counts[dose.values >= 1 - 1e-9].sum())
    less = dose.n - tables.enough
    binned = (below[0], below[1] - below[0], below[2] - below[1], less - below[2], tables.enough - whole, whole)
    return {"dosed": dose.n, "not_dosed": tables.completed - dose.n, "enough": tables.enough, "not_enough": less} | {
        f"dose:{label}": count for label, count in zip(DOSES, binned, strict=True)
    }


def _core(tables: GroupTables) -> Named:
    told: Named = {}
    for name, (got, known) in tables.core.items():
        told |= {f"core_known:{name}": known, f"core_unknown:{name}": tables.started - known}
        told |= {f"core_got:{name}": got, f"core_missed:{name}": known - got}
    return told


def _measured(tables: GroupTables) -> Named:
    pairs, without = tables.start_end, tables.ended_at_all - tables.ended_with_end_score
    lost, followed = tables.ended_starts.n, tables.start_follow_up.n
    return {
        "pairs": pairs.n,
        "not_pairs": tables.started - pairs.n,
        "lost": lost,
        "not_measured": tables.started - pairs.n - lost,
        "no_start": pairs.only_after.n,
        "under_way_start": pairs.only_before.n - lost,
        "no_score": pairs.neither,
        "with_end": tables.ended_with_end_score,
        "without_end": without,
        "without_both": without - lost,
        "followed_up": followed,
        "not_followed_up": tables.started - followed,
    }


def _changes(pairs: Pairs, settings: LokeSettings) -> Named:
    moved = changes_on_paper(pairs)
    rise, fall = int(pairs.counts[moved > 0].sum()), int(pairs.counts[moved < 0].sum())
    told = {"rise": rise, "same": pairs.n - rise - fall, "fall": fall, "not_rise": pairs.n - rise, "not_fall": pairs.n - fall}
    limit = reliable_points_of(pairs, settings)
    if limit is None:
        return told
    up, down = int(pairs.counts[moved > limit].sum()), int(pairs.counts[moved < -limit].sum())
    return told | {"reliable_rise": up, "small_rise": rise - up, "reliable_fall": down, "small_fall": fall - down}


def reliable_points_of(pairs: Pairs, settings: LokeSettings) -> float | None:
    """Return how many points a change must exceed to be reliable; None where that cannot be told."""
    if settings.reliability is None or pairs.n < 2:
        return None
    chosen = of_pairs(pairs, settings.direction or Direction.HIGHER_IS_BETTER, settings.reliability)
    return chosen.critical * BEYOND * standard_error_of_difference(chosen) if chosen.sd else None


def _sides(tables: GroupTables, settings: LokeSettings) -> Named:
    """Return how many are beyond the cut-off, and within the norm or off it, at each occasion; also crossed: one may hold the other."""
    told: Named = {}
    occasions = (("start", tables.start_end.first), ("end", tables.start_end.last), ("follow_up", tables.start_follow_up.last))
    for occasion, scores in occasions:
        beyond = within = None
        if settings.cutoff is not None and settings.direction is not None:
            beyond = is_beyond(scores, settings.cutoff, settings.direction)
            told |= {f"beyond_{occasion}": int(scores.counts[beyond].sum()), f"not_beyond_{occasion}": int(scores.counts[~beyond].sum())}
        if settings.norm is not None and occasion != "follow_up":
            within = is_within_one_sd(scores, settings.norm)
            told |= {f"within_{occasion}": int(scores.counts[within].sum()), f"off_{occasion}": int(scores.counts[~within].sum())}
        if beyond is not None and within is not None:
            for one, chosen in (("beyond", beyond), ("not_beyond", ~beyond)):
                told |= {
                    f"{one}_within_{occasion}": int(scores.counts[chosen & within].sum()),
                    f"{one}_off_{occasion}": int(scores.counts[chosen & ~within].sum()),
                }
    return told


def counts_beside(everybody: Named, tables: GroupTables, settings: LokeSettings) -> Named:
    """Return every count of one group; a word that only other groups have is a count of 0."""
    return {name: 0 for name in everybody if ":" in name} | counts_of(tables, settings)


def partitions_of(everybody: Named, settings: LokeSettings) -> tuple[Partition, ...]:
    """
    Return the sums between the counts, wholes before the parts they are parts of; the names are those of everybody's counts.

    What matters most is parted from all the rest first, and the rest in a partition of its own: a few persons in the rest
    then hide the rest alone.
    """
    found = [
        *_of_started(everybody, settings),
        *_of_measured(everybody, settings),
        *(Partition(f"core_known:{word_of(name)}", (f"core_got:{word_of(name)}", f"core_missed:{word_of(name)}"))
          for name in everybody if name.startswith("core_known:")),
    ]  # fmt: skip
    return tuple(one for one in found if everybody[one.whole] == sum(everybody[part] for part in one.parts))


def _of_started(everybody: Named, settings: LokeSettings) -> list[Partition]:
    groups = _names(everybody, "target_group")
    outside = tuple(name for name in groups if folded_word(word_of(name)) in settings.outside_words)
    unsaid = named("target_group", None)
    words = settings.end_words
    reasons = {name: folded_word(word_of(name)) for name in _names(everybody, "reason") if word_of(name) != UNSAID}
    completed = tuple(name for name, word in reasons.items() if words and word in words.completed)
    otherwise = tuple(name for name, word in reasons.items() if words and word not in words.completed | words.ongoing)
    return [
        Partition("started", ("target:inside", "not_inside")),
        Partition("not_inside", ("target:outside", "target:unknown")),
        Partition("target:inside", tuple(name for name in groups if name not in outside and name != unsaid)),
        Partition("target:outside", outside),
        Partition("started", _names(everybody, "sex")),
        Partition("started", ("aged", "not_aged")),
        Partition("aged", _names(everybody, "age")),
        Partition("started", ("ended_at_all", "not_ended")),
        Partition("not_ended", ("ongoing", "open_unknown")),
        Partition("ended_at_all", ("ended", "ended_unknown")),
        Partition("ended", ("completed", "ended_otherwise")),
        Partition("completed", completed),
        Partition("ended_otherwise", otherwise),
        Partition("completed", ("dosed", "not_dosed")),
        Partition("dosed", ("enough", "not_enough")),
        Partition("enough", tuple(f"dose:{label}" for label in DOSES[4:])),
        Partition("not_enough", tuple(f"dose:{label}" for label in DOSES[:4])),
        Partition("ended", ("dated", "not_dated")),
        Partition("started", ("stays", "no_stay")),
        Partition("stays", ("dated", "followed_under_way")),
        Partition("started", ("waited", "not_waited")),
        *(
            Partition("started", (name, f"core_unknown:{word_of(name)}"))
            for name in _names(everybody, "core_known")
        ),
    ]  # fmt: skip


def _of_measured(everybody: Named, settings: LokeSettings) -> list[Partition]:
    better, worse = ("fall", "rise") if settings.direction is Direction.LOWER_IS_BETTER else ("rise", "fall")
    found = [
        Partition("ended_at_all", ("with_end", "without_end")),
        Partition("without_end", ("lost", "without_both")),
        Partition("started", ("pairs", "not_pairs")),
        Partition("not_pairs", ("lost", "not_measured")),
        Partition("started", ("followed_up", "not_followed_up")),
        Partition("pairs", (better, f"not_{better}")),
        Partition(f"not_{better}", ("same", worse)),
        Partition("rise", ("reliable_rise", "small_rise")),
        Partition("fall", ("reliable_fall", "small_fall")),
    ]
    for occasion in ("start", "end", "follow_up"):
        whole = "followed_up" if occasion == "follow_up" else "pairs"
        found.append(Partition(whole, (f"beyond_{occasion}", f"not_beyond_{occasion}")))
        found += [
            Partition(f"{one}_{occasion}", (f"{one}_within_{occasion}", f"{one}_off_{occasion}")) for one in ("beyond", "not_beyond")
        ]
        if f"beyond_{occasion}" not in everybody:
            found.append(Partition(whole, (f"within_{occasion}", f"off_{occasion}")))
    return [one for one in found if one.whole in everybody and all(part in everybody for part in one.parts)]


def _names(everybody: Named, kind: str) -> tuple[str, ...]:
    return tuple(name for name in everybody if name.startswith(f"{kind}:"))
