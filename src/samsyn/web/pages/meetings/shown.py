"""What the pages of meetings show, ready-made: which meeting comes next, what an agenda holds, who has been called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samsyn.chain.agenda import minutes_words
from samsyn.chain.agenda_values import Key
from samsyn.chain.invitation_words import when_words
from samsyn.chain.meeting_values import Every, MeetingState, PointKind
from samsyn.records.meeting.reads import GroupHead, GroupPerson, MeetingHead, MeetingPoint
from samsyn.records.outbox.reads import LetterHead

LINES_SHOWN = 2  # of what lies behind a point, before the rest is folded
STATE_WORDS = {  # code of a letter's state -> how it goes with the call
    "ready": "Kallelsen väntar på att skickas", "sending": "Skickas nu", "sent": "Kallad", "ticked": "Kallad för hand",
    "failed": "Kallelsen gick inte att skicka",
}


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """A meeting in a list. `is_forgotten` = its day has been, and nobody has held or cancelled it."""

    head: MeetingHead
    when: str
    is_forgotten: bool

    @property
    def state(self) -> str:
        return self.head.state.label

    @property
    def is_live(self) -> bool:
        return self.head.state is MeetingState.LIVE

    @property
    def is_closed(self) -> bool:
        return self.head.state is MeetingState.CLOSED


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group in the list. `suggested` = the day its rhythm gives, None where it meets when needed or has a meeting ahead."""

    head: GroupHead
    rhythm: str
    people: int
    ahead: list[ShownMeeting]
    suggested: date | None


@dataclass(frozen=True, slots=True)
class PointRow:
    """
    A point of an agenda.

    up, down    ids of the points that it is put before when it is moved up or down; "" = last
    has_passed  it made itself, and is no longer true
    """

    point: MeetingPoint
    up: str
    down: str
    is_first: bool
    is_last: bool
    has_passed: bool

    @property
    def label(self) -> str:
        """Why it stands here; "" for a point that somebody has written."""
        return "" if self.point.kind is PointKind.OWN else self.point.kind.label

    @property
    def first(self) -> str:
        """What lies behind it, or its beginning where that is long."""
        return "\n".join(self.point.why.split("\n")[:LINES_SHOWN]) if self.more else self.point.why

    @property
    def more(self) -> str:
        """What is folded away."""
        lines = self.point.why.split("\n")
        return "\n".join(lines[LINES_SHOWN:]) if len(lines) > LINES_SHOWN + 1 else ""


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """Somebody in the group and how it goes with the call."""

    person: GroupPerson
    called: str
    is_bad: bool

    @property
    def about(self) -> str:
        """Position and organisation, as far as they are known."""
        return ", ".join(filter(None, (self.person.position, self.person.organisation_name)))


def shown_meeting(head: MeetingHead, today: date) -> ShownMeeting:
    """Return a meeting as a list shows it."""
    return ShownMeeting(head, when_words(head.starts_at, head.minutes), head.state is MeetingState.PLANNED and head.on < today)


def rhythm_words(group: GroupHead) -> str:
    """Return how often a group meets: "Varje månad klockan 13.00, 90 minuter, Stadshuset"."""
    clock = f" klockan {group.starts_at:%H.%M}" if group.starts_at and group.every is not Every.NONE else ""
    place = f", {group.place}" if group.place else ""
    return f"{group.every.label}{clock}, {group.minutes} minuter{place}"


def point_rows(points: Sequence[MeetingPoint], holds: frozenset[Key] | None) -> list[PointRow]:
    """Return an agenda. `holds` = keys of what is true now; None where that is not asked (the meeting has begun or been)."""
    last, ids = len(points) - 1, [str(point.id) for point in points]
    return [PointRow(point, ids[i - 1] if i else "", ids[i + 2] if i + 2 <= last else "", i == 0, i == last,
                     holds is not None and point.is_as_proposed and point.key not in holds)
            for i, point in enumerate(points)]


def fits(points: Sequence[MeetingPoint], head: MeetingHead) -> tuple[str, bool]:
    """Return how the minutes fit the meeting, and whether they do."""
    minutes = tuple(point.minutes for point in points)
    return minutes_words(minutes, head.minutes), sum(one or 0 for one in minutes) <= head.minutes


def shown_people(people: Sequence[GroupPerson], letters: Sequence[LetterHead]) -> list[ShownPerson]:
    """Return those in a group with what has come of the latest call to each. `letters` are those about the meeting, newest first."""
    latest: dict[tuple[str, str], LetterHead] = {}
    for letter in letters:
        if letter.kind.value == "invitation" and letter.state.value in STATE_WORDS:
            latest.setdefault((letter.name, letter.email), letter)
    return [_called(one, latest.get((one.name, one.email))) for one in people]


def _called(person: GroupPerson, letter: LetterHead | None) -> ShownPerson:
    if letter is None:
        return ShownPerson(person, "" if person.email else "Ingen e-post", False)
    state = letter.state.value
    words = "Ingen e-post: lämna kallelsen för hand" if state == "ready" and not letter.email else STATE_WORDS[state]
    return ShownPerson(person, words, state == "failed")
