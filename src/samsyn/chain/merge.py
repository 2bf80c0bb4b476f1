"""Two people edited the same row: what can be merged, and what must be shown to the one who came last."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

MOST_PAIRS = 4_000_000  # words against words: a page of prose on each side; thousands of one-letter words would take seconds


@dataclass(frozen=True, slots=True)
class Collision:
    """A field where both wrote, and differently. `together` is a proposal that holds both."""

    field: str
    theirs: Any
    mine: Any
    together: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """`values` to save when there are no collisions; in `from_theirs` the fields that somebody else changed meanwhile."""

    values: dict[str, Any]
    from_theirs: tuple[str, ...]
    collisions: tuple[Collision, ...]


def merge(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merge:
    """
    Merge field by field what I sent (`mine`) into what is stored now (`theirs`), both begun from `base`.

    A field that only one has changed takes that one's value. A field both changed alike is no collision.
    A field missing in `base` counts as unchanged by me when it equals `theirs`.
    """
    values: dict[str, Any] = {}
    taken: list[str] = []
    collisions: list[Collision] = []
    for field, wanted in mine.items():
        before, now = base.get(field, theirs[field]), theirs[field]
        if wanted == before and now != before:
            values[field] = now
            taken.append(field)
        elif wanted != before and now != before and wanted != now:
            collisions.append(Collision(field, now, wanted, together(before, now, wanted)))
            values[field] = now
        else:
            values[field] = wanted
    return Merge(values, tuple(taken), tuple(collisions))


def together(base: Any, theirs: Any, mine: Any) -> Any:
    """Return a text that holds both changes, word by word where they touch different places; else theirs, then mine."""
    if not all(isinstance(text, str) for text in (theirs, mine)):
        return mine
    merged = _merge_words(_words(base or ""), _words(theirs), _words(mine))
    return merged if merged is not None else f"{theirs}\n{mine}".strip()


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)


def _merge_words(base: list[str], theirs: list[str], mine: list[str]) -> str | None:
    """Apply both sets of edits to the base; None where they touch the same words, or there are too many to compare."""
    if len(base) * max(len(theirs), len(mine)) > MOST_PAIRS:
        return None
    edits = sorted(
        {(i1, i2, tuple(side[j1:j2])) for side in (theirs, mine) for tag, i1, i2, j1, j2 in _opcodes(base, side) if tag != "equal"})
    out: list[str] = []
    reached = 0
    last_end = -1
    for start, end, words in edits:
        if start < reached or start == last_end:
            return None
        out += base[reached:start]
        out += words
        reached = last_end = end
    return "".join(out + base[reached:])


def _opcodes(base: list[str], side: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
