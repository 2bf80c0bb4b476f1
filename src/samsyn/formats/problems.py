"""What can be wrong with something that comes in, said so that a person can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Weight(Enum):
    """NOTE = told only; ASK = the user is asked to confirm; BAD = the value could not be used."""

    NOTE = "note"
    ASK = "ask"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """
    One remark on something read.

    place        where: "Blad Plan, cell D7", "rad 7, kolumn När"
    value        what stood there, shortened to 80 characters
    why          what is the matter, in plain Swedish
    what_to_do   what the user can do, in plain Swedish
    """

    place: str
    value: str
    why: str
    what_to_do: str
    weight: Weight = Weight.NOTE

    def __str__(self) -> str:
        shown = f" ”{self.value}”" if self.value else ""
        return f"{self.place}{shown}: {self.why} {self.what_to_do}".strip()


class Refused(Exception):
    """The whole file is refused. The message is one kind sentence in Swedish: what happened and what to do."""
