"""The small tables of a group, made slowly and obviously from the rows: what the engine must equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from samsyn.analysis.episodes import Episodes
from samsyn.analysis.loke_settings import LokeSettings, folded_word
from samsyn.analysis.loke_tables import Ending, InTarget

Row = dict[str, Any]


def rows_of(episodes: Episodes) -> list[Row]:
    """Return one dictionary an episode; an empty word is no word."""
    columns = episodes.columns()
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    for row in rows:
        for name in ("unit", "sex", "target_group", "end_reason"):
            row[name] = (row.get(name) or "").strip() or None
        for name in ("birth_year", "referred", "start", "end", "planned", "delivered", "score_start", "score_end", "score_follow_up"):
            row.setdefault(name, None)
    return rows


def ending(row: Row, settings: LokeSettings) -> Ending:
    """Return how an episode stands."""
    word, words = row["end_reason"], settings.end_words
    if words is None:
        return Ending.ONGOING if word is None and row["end"] is None else Ending.UNKNOWN
    if word is None:
        return Ending.ONGOING if row["end"] is None else Ending.UNKNOWN
    if folded_word(word) in words.completed:
        return Ending.COMPLETED
    return Ending.ONGOING if folded_word(word) in words.ongoing else Ending.ENDED_OTHERWISE


def in_target(row: Row, settings: LokeSettings) -> InTarget:
    """Return whether an episode is in the target group."""
    if row["target_group"] is None:
        return InTarget.UNKNOWN
    return InTarget.OUTSIDE if folded_word(row["target_group"]) in settings.outside_words else InTarget.INSIDE


def score(row: Row, when: str, settings: LokeSettings) -> float | None:
    """Return a score on the instrument's scale, or None."""
    value = row[f"score_{when}"]
    if value is not None and settings.scale is not None and not settings.scale[0] <= value <= settings.scale[1]:
        return None
    return value


def days(first: date | None, last: date | None) -> int | None:
    """Return the days from one day to a later, or None."""
    return (last - first).days if first and last and last >= first else None


def has_ended(row: Row, settings: LokeSettings) -> bool:
    """Return whether an episode has ended, completed or not."""
    how = ending(row, settings)
    return how in (Ending.COMPLETED, Ending.ENDED_OTHERWISE) or (how is Ending.UNKNOWN and row["end"] is not None)


def counted(rows: list[Row], value: Callable[[Row], Any]) -> dict[Any, int]:
    """Return how many rows have each value that is not None."""
    return dict(Counter(seen for seen in map(value, rows) if seen is not None))


def slow(rows: list[Row], settings: LokeSettings, last_day: date | None) -> dict[str, Any]:
    """Return everything the engine's tables say of the rows, in a form that compares."""
    ended = [row for row in rows if has_ended(row, settings)]
    completed = [row for row in rows if ending(row, settings) is Ending.COMPLETED]
    dosed = [row for row in completed if row["delivered"] is not None and row["planned"] is not None and row["planned"] > 0]
    dropped = [row for row in rows if ending(row, settings) is Ending.ENDED_OTHERWISE]
    ongoing = [row for row in rows if ending(row, settings) is Ending.ONGOING]
    kept = [row for row in ended if score(row, "start", settings) is not None and score(row, "end", settings) is not None]
    lost = [row for row in ended if score(row, "start", settings) is not None and score(row, "end", settings) is None]
    age = counted(rows, lambda row: row["start"].year - row["birth_year"] if row["start"] and row["birth_year"] is not None
                  and row["birth_year"] <= row["start"].year else None)  # fmt: skip
    return {
        "started": len(rows),
        "target": counted(rows, lambda row: in_target(row, settings)),
        "endings": counted(rows, lambda row: ending(row, settings)),
        "sexes": dict(Counter(row["sex"] for row in rows)),
        "target_groups": dict(Counter(row["target_group"] for row in rows)),
        "reasons": dict(Counter(row["end_reason"] for row in rows)),
        "ages": age,
        "dose": counted(dosed, lambda row: row["delivered"] / row["planned"]),
        "dose_missing": len(completed) - len(dosed),
        "delivered": sum(row["delivered"] for row in dosed),
        "planned": sum(row["planned"] for row in dosed),
        "enough": sum(row["delivered"] * 10 >= row["planned"] * 8 for row in dosed),
        "waiting": counted(rows, lambda row: days(row["referred"], row["start"])),
        "durations": counted(completed + dropped, lambda row: days(row["start"], row["end"])),
        "dropped": counted(dropped, lambda row: days(row["start"], row["end"])),
        "under_way": counted(ongoing, lambda row: days(row["start"], last_day)),
        "start_end": pairs(rows, "start", "end", settings),
        "start_follow_up": pairs(rows, "start", "follow_up", settings),
        "end_follow_up": pairs(rows, "end", "follow_up", settings),
        "ended_at_all": len(ended),
        "ended_with_end_score": sum(score(row, "end", settings) is not None for row in ended),
        "kept_starts": counted(kept, lambda row: score(row, "start", settings)),
        "ended_starts": counted(lost, lambda row: score(row, "start", settings)),
    }


def pairs(rows: list[Row], first: str, last: str, settings: LokeSettings) -> dict[tuple[float | None, float | None], int]:
    """Return how many rows have each pair of scores, None for a score that is missing."""
    return dict(Counter((score(row, first, settings), score(row, last, settings)) for row in rows))
