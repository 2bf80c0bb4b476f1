"""The words and shapes of meetings: groups, agenda, what is written there, and the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samsyn.chain.choices import Choice


class GroupKind(Choice):
    STEERING = "steering", "Styrgrupp"
    PREPARATORY = "preparatory", "Beredningsgrupp"
    WORKING = "working", "Arbetsgrupp"
    STRATEGIC_COUNCIL = "strategic_council", "Strategiskt råd"


STEERS = (GroupKind.STEERING, GroupKind.STRATEGIC_COUNCIL)
"""The groups that steer: they decide about plans, and what stands on the steering group's list is theirs."""


class Every(Choice):
    """How often a group meets."""

    WEEK = "week", "Varje vecka"
    TWO_WEEKS = "two_weeks", "Varannan vecka"
    MONTH = "month", "Varje månad"
    TWO_MONTHS = "two_months", "Varannan månad"
    QUARTER = "quarter", "Varje kvartal"
    HALF_YEAR = "half_year", "Två gånger om året"
    NONE = "none", "När det behövs"


class MeetingState(Choice):
    PLANNED = "planned", "Planerat"
    LIVE = "live", "Pågår"
    CLOSED = "closed", "Avslutat"
    CANCELLED = "cancelled", "Inställt"


class PointKind(Choice):
    """Why a point stands on the agenda."""

    SINCE_LAST = "since_last", "Sedan sist"
    DECISION_ASKED = "decision_asked", "Beslut begärs"
    STEERING_LIST = "steering_list", "Har inte kommit vidare"
    LATE = "late", "Sen"
    SILENT = "silent", "Tyst"
    CHANGED = "changed", "Ändrad sedan sist"
    DUE_BEFORE_NEXT = "due_before_next", "Ska vara klar före nästa möte"
    CHECK_FAILS = "check_fails", "Plankollen"
    DATE_AHEAD = "date_ahead", "Datum framåt"
    OWN = "own", "Egen punkt"
    NEXT_TIME = "next_time", "Nästa gång"


class LineKind(Choice):
    NOTE = "note", "Anteckning"
    DECISION = "decision", "Beslut"
    ASSIGNMENT = "assignment", "Uppdrag"


class Here(Choice):
    """Whether somebody is at a meeting."""

    PRESENT = "present", "På plats"
    REMOTE = "remote", "På länk"
    ABSENT = "absent", "Frånvarande"


@dataclass(frozen=True, slots=True)
class Attended:
    """Who was there: name, position and organisation as they were then."""

    name: str
    position: str
    organisation: str
    here: Here


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLine:
    """A line of the minutes. `owner`, `due_on` for an assignment."""

    kind: LineKind
    text: str
    by: str
    at: datetime
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPoint:
    """
    A point as the minutes tell it, with its lines in the order they were written.

    is_done   the meeting went through it; of minutes from before this was kept it is taken for granted
    """

    number: int
    title: str
    kind: PointKind
    why: str = ""
    lines: tuple[WrittenLine, ...] = ()
    is_parked: bool = False
    is_done: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesContent:
    """What the minutes of a meeting say. `ended_at` = when it was closed; `next_at` = the group's next meeting, if one is planned."""

    group: str
    kind: GroupKind
    partnership: str
    starts_at: datetime
    ended_at: datetime
    place: str
    attended: tuple[Attended, ...]
    points: tuple[MinutesPoint, ...]
    loose: tuple[WrittenLine, ...] = ()
    next_at: datetime | None = None
    closed_by: str = ""
