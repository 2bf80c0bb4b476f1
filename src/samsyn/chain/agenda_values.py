"""The shapes of an agenda that makes itself: what it is made from, and the points that are proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from samsyn.chain.answers import Answer
from samsyn.chain.meeting_values import GroupKind, PointKind
from samsyn.chain.plan import Plan

ONE_EACH = ("action", "decision", "assignment")  # one such thing is one point, whatever reason it is on the agenda for
Key = tuple[str, ...]


def point_key(kind: PointKind, subject_kind: str, subject_id: str, title: str) -> Key:
    """
    Return what makes a point the same point as another.

    An action, a decision or an assignment is taken up once, whatever the reason. A plan, a meeting or a group once for each
    reason. What is about nothing of ours is known by its words.
    """
    if subject_kind in ONE_EACH:
        return subject_kind, subject_id
    if subject_kind:
        return kind.value, subject_kind, subject_id
    return "", " ".join(title.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPoint:
    """
    A point that the agenda proposes.

    title         a finding or a question, at most 300 characters
    why           what lies behind it; may have several lines
    minutes       suggested, 1 or more
    plan          id of the plan it belongs to, or ""
    subject_kind  "action", "decision", "assignment", "plan", "meeting" or "group"; "" for a point of somebody's own
    """

    kind: PointKind
    title: str
    why: str = ""
    minutes: int
    plan: str = ""
    subject_kind: str = ""
    subject_id: str = ""

    @property
    def key(self) -> Key:
        return point_key(self.kind, self.subject_kind, self.subject_id, self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """An assignment of the last meeting, and how it went. `answer` = the latest that somebody said; None = nobody has."""

    id: str
    text: str
    owner: str
    due_on: date | None = None
    done_on: date | None = None
    dropped_on: date | None = None
    answer: Answer | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A point of the last meeting that was left for this one."""

    title: str
    why: str = ""
    plan: str = ""
    subject_kind: str = ""
    subject_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNow:
    """
    A plan as the agenda reads it.

    silent      id -> whole days, of the actions that nobody has given a sign of life for as long as the plan has said
    listed      ids of the actions that stand on the steering group's list
    failing     sentences of what the plan check says must be mended, one a rule
    """

    values: Plan
    silent: Mapping[str, int]
    listed: frozenset[str] = frozenset()
    failing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaGround:
    """
    All that an agenda is made from.

    group       the group's id
    on          the day it is made, or the day of the meeting if that has been: what is late or silent is so on this day
    meets_on    the day of the meeting; dates ahead are those after it
    minutes     the length of the meeting, 5 or more
    last_id     the group's last closed meeting, `last_on` its day; "" and None if there was none
    next_on     the day of the one after this, planned or by rhythm; None = nobody knows
    stuck       assignments that stand on the steering group's list
    dates       (day, words) of what is ahead beside what stands in the plans: other meetings
    """

    group: str
    kind: GroupKind
    on: date
    meets_on: date
    minutes: int
    plans: tuple[PlanNow, ...] = ()
    last_id: str = ""
    last_on: date | None = None
    next_on: date | None = None
    assignments: tuple[HandedOut, ...] = ()
    stuck: tuple[HandedOut, ...] = ()
    parked: tuple[Parked, ...] = ()
    dates: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """
    What is proposed.

    points   in the order they should be taken, folded so that they fit the meeting
    holds    the keys of everything that is true now, also of what was folded away: a point whose key is not here has passed
    """

    points: tuple[ProposedPoint, ...]
    holds: frozenset[Key]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedMeeting:
    """A meeting as its invitation tells it."""

    group: str
    partnership: str
    starts_at: datetime
    minutes: int
    place: str
    points: tuple[tuple[str, int | None], ...] = ()
