"""
Episodes in columns: what the analysis is made from, one place an episode in every column.

A reader of files (`formats/participants_sheet.py`) makes it from a sheet; a snapshot holds the same columns in Parquet.
Missing is None. Everything has been read and named before it comes here: numbers are numbers, dates are dates, and
what could not be read is missing here and a RowProblem beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from samsyn.analysis.refused import UnequalLengths


@dataclass(frozen=True, eq=False)
class Episodes:
    """
    Columns of equal length; a column that the sheet does not have is ().

    id            a code for the participant, unique within the sheet
    unit, sex, target_group, end_reason   the sheet's own words, spaces at the ends taken away
    birth_year    whole year
    referred, start, end                  dates
    planned, delivered                    amount of the intervention, in the sheet's unit
    score_start, score_end, score_follow_up   in the instrument's points
    core          name of a core component to whether it was delivered
    """

    id: Sequence[str]
    unit: Sequence[str | None] = ()
    sex: Sequence[str | None] = ()
    target_group: Sequence[str | None] = ()
    end_reason: Sequence[str | None] = ()
    birth_year: Sequence[int | None] = ()
    referred: Sequence[date | None] = ()
    start: Sequence[date | None] = ()
    end: Sequence[date | None] = ()
    planned: Sequence[float | None] = ()
    delivered: Sequence[float | None] = ()
    score_start: Sequence[float | None] = ()
    score_end: Sequence[float | None] = ()
    score_follow_up: Sequence[float | None] = ()
    core: Mapping[str, Sequence[bool | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, column in self.columns().items():
            if len(column) != len(self.id):
                raise UnequalLengths(f"Kolumnen {name} har {len(column)} rader, men det finns {len(self.id)} insatser.")

    def columns(self) -> dict[str, Sequence[object]]:
        """Return the columns the sheet has, by name, core components aside; id first."""
        named = {name: getattr(self, name) for name in NAMES}
        return {name: column for name, column in named.items() if name == "id" or len(column)}


NAMES = ("id", "unit", "sex", "target_group", "end_reason", "birth_year", "referred", "start", "end", "planned", "delivered",
         "score_start", "score_end", "score_follow_up")  # fmt: skip
