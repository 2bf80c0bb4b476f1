"""
The small tables of one group of episodes: all that Loke's seven questions are answered from.

An episode is one participant's time in the operation. `engine.py` makes these for every group in one aggregation;
`loke.py` answers from them. What is here is what disclosure control looks at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from samsyn.analysis.frequency import Frequencies, Pairs


class Ending(Enum):
    """How an episode stands; `value` is what the engine's column says."""

    COMPLETED = "completed"
    ENDED_OTHERWISE = "ended_otherwise"
    ONGOING = "ongoing"
    UNKNOWN = "unknown"
    """An end is noted, but nothing says whether it was completed."""


class InTarget(Enum):
    """Whether an episode belongs to the target group."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


def no_frequencies() -> Frequencies:
    """Return an empty table."""
    return Frequencies.of([])


def no_pairs() -> Pairs:
    """Return an empty joint table."""
    return Pairs.of([], [])


@dataclass(frozen=True, eq=False)
class GroupTables:
    """
    The tables of one group.

    group            its Swedish label; "alla" for everybody
    started          how many episodes
    target           InTarget to count; adds up to started
    target_groups    the sheet's own word (None: empty) to count
    sexes            the sheet's own word (None: empty) to count
    ages             age in whole years at the start (birth year from the year of start), missing counted
    endings          Ending to count; adds up to started
    reasons          the sheet's own word for the ending (None: empty) to count, over all episodes
    dose             delivered / planned of completed episodes with both known and planned above 0; missing counted among completed
    delivered, planned sums over those episodes
    enough           how many of those had delivered >= 0.8 x planned (compared without rounding)
    waiting_days     days from referral to start; empty where the sheet has no such date
    durations        days from start to end of ended episodes with both dates
    dropped_days     days from start to end of episodes that ended otherwise than completed: the events of the Kaplan-Meier curve
    under_way_days   days from start to the last day known (given, never the clock) of ongoing episodes: censored times
    start_end        scores at start x at end, over all episodes
    start_follow_up, end_follow_up  the same with the follow-up
    ended_at_all     ended episodes, those of which it is not known whether they were completed among them
    ended_with_end_score  ended episodes that have an end score
    ended_starts     start scores of ended episodes without an end score: those lost
    kept_starts      start scores of ended episodes with both scores
    core             name of a core component to (delivered to, known for); {} where the sheet has none
    """

    group: str
    started: int
    target: Mapping[InTarget, int]
    target_groups: Mapping[str | None, int]
    sexes: Mapping[str | None, int]
    ages: Frequencies
    endings: Mapping[Ending, int]
    reasons: Mapping[str | None, int]
    dose: Frequencies = field(default_factory=no_frequencies)
    delivered: float = 0.0
    planned: float = 0.0
    enough: int = 0
    waiting_days: Frequencies = field(default_factory=no_frequencies)
    durations: Frequencies = field(default_factory=no_frequencies)
    under_way_days: Frequencies = field(default_factory=no_frequencies)
    dropped_days: Frequencies = field(default_factory=no_frequencies)
    start_end: Pairs = field(default_factory=no_pairs)
    start_follow_up: Pairs = field(default_factory=no_pairs)
    end_follow_up: Pairs = field(default_factory=no_pairs)
    ended_at_all: int = 0
    ended_with_end_score: int = 0
    ended_starts: Frequencies = field(default_factory=no_frequencies)
    kept_starts: Frequencies = field(default_factory=no_frequencies)
    core: Mapping[str, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def ended(self) -> int:
        """How many episodes have ended, completed or not; those of which it is not known are not counted."""
        return self.endings.get(Ending.COMPLETED, 0) + self.endings.get(Ending.ENDED_OTHERWISE, 0)

    @property
    def completed(self) -> int:
        """How many were completed."""
        return self.endings.get(Ending.COMPLETED, 0)
