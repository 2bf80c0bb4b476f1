"""Remarks gathered while a file is read: each told once, a flood told as its first ones and a count."""

from __future__ import annotations

from dataclasses import dataclass, field

from samsyn.formats.personal_numbers import redact
from samsyn.formats.problems import RowProblem, Weight

SHOWN_OF_A_SORT = 20
VALUE_LENGTH = 80


@dataclass(slots=True)
class Remarks:
    """
    Problems in the order they were found, never with a personal identity number in them.

    Of one sort (same `why` and `what_to_do`) the first 20 are kept and the rest counted.
    """

    _kept: list[RowProblem] = field(default_factory=list)
    _seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, place: str, why: str, what_to_do: str, *, value: str = "", weight: Weight = Weight.NOTE, sort: str = "") -> None:
        """Add a remark. `sort` is what it is counted by; without it, what it says."""
        key = (sort or why, what_to_do)
        self._seen[key] = self._seen.get(key, 0) + 1
        if self._seen[key] <= SHOWN_OF_A_SORT:
            self._kept.append(RowProblem(redact(place), shortened(redact(value)), redact(why), what_to_do, weight))

    def all(self) -> tuple[RowProblem, ...]:
        """Return what was found, and for each sort that was too many one line saying how many more."""
        more = [
            RowProblem("Hela filen", "", f"Samma sak på {count - SHOWN_OF_A_SORT} ställen till: {sort}", what_to_do)
            for (sort, what_to_do), count in self._seen.items() if count > SHOWN_OF_A_SORT
        ]
        return (*self._kept, *more)


def shortened(text: str) -> str:
    """Return the text on one line, at most 80 characters."""
    line = " ".join(text[: VALUE_LENGTH * 4].split())
    return line if len(line) <= VALUE_LENGTH else line[: VALUE_LENGTH - 1] + "…"
