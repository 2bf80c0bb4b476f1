"""In which order groups stand: as a person would put them, in one place."""

from __future__ import annotations

import re

from samsyn.analysis.split import UNSAID

_LAST_LETTERS = str.maketrans("åäöæø", "{|}|}")  # the signs after z
_HALVES = {"vår": "1", "höst": "2"}
_HALF_YEAR = re.compile(r"(\d{4}) (vår|höst)", re.ASCII)

Part = tuple[int, int, str]
Order = tuple[bool, tuple[Part, ...], str]


def label_order(label: str) -> Order:
    """Return what labels are sorted by: Enhet 2 before Enhet 10, å after z, spring before autumn, and what is not said last."""
    half = _HALF_YEAR.fullmatch(label)
    words = f"{half[1]} {_HALVES[half[2]]}" if half else label
    return label == UNSAID, tuple(_part(part) for part in re.split(r"([0-9]+)", words.casefold()) if part), label


def _part(part: str) -> Part:
    """Return a number by its length and its digits, however long it is; other words by their letters, after every number."""
    if part[0].isascii() and part.isdigit():
        digits = part.lstrip("0")
        return 0, len(digits), digits
    return 1, 0, part.translate(_LAST_LETTERS)
