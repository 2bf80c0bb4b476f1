"""The minutes of a meeting: put together from what was written there, and what they say in short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from samsyn.chain.meeting_values import Attended, GroupKind, Here, LineKind, MinutesContent, MinutesPoint, WrittenLine
from samsyn.chain.swedish import sort_key
from samsyn.chain.wording import count_words, counted, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSaid:
    """
    A meeting as the minutes are made from it.

    points   (id, point without number and lines), in the order of the agenda
    lines    (id of the point or "", line), in the order they were written
    """

    group: str
    kind: GroupKind
    partnership: str
    starts_at: datetime
    place: str
    attended: tuple[Attended, ...]
    points: tuple[tuple[str, MinutesPoint], ...]
    lines: tuple[tuple[str, WrittenLine], ...]
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOutLine:
    """An assignment as the list at the end has it. `number` = of the point it came from, None if it came from none."""

    number: int | None
    owner: str
    text: str
    due_on: date | None


def build_minutes(said: MeetingSaid, *, ended_at: datetime, closed_by: str) -> MinutesContent:
    """
    Return the minutes. Points are numbered from 1 as on the agenda; a line whose point is not there stands last, under no point.

    ended_at    with time zone
    """
    there = {key for key, _ in said.points}
    lines: dict[str, list[WrittenLine]] = {}
    for key, line in said.lines:
        lines.setdefault(key if key in there else "", []).append(line)
    points = tuple(replace(point, number=number, lines=tuple(lines.get(key, ()))) for number, (key, point) in enumerate(said.points, 1))
    attended = tuple(sorted(said.attended, key=lambda one: (one.here is Here.ABSENT, sort_key(one.name))))
    return MinutesContent(
        group=said.group, kind=said.kind, partnership=said.partnership, starts_at=said.starts_at, ended_at=ended_at, place=said.place,
        attended=attended, points=points, loose=tuple(lines.get("", ())), next_at=said.next_at, closed_by=closed_by)


def lines_of(content: MinutesContent, kind: LineKind) -> tuple[tuple[int | None, WrittenLine], ...]:
    """Return the lines of one kind with the number of their point, in the order of the minutes."""
    placed = [(point.number, line) for point in content.points for line in point.lines]
    return tuple((number, line) for number, line in [*placed, *((None, line) for line in content.loose)] if line.kind is kind)


def handed_out(content: MinutesContent) -> tuple[HandedOutLine, ...]:
    """Return the assignments, the one due first first, those without a day last."""
    rows = [HandedOutLine(number=number, owner=line.owner, text=line.text, due_on=line.due_on) for number, line in lines_of(content, LineKind.ASSIGNMENT)]
    return tuple(sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max, sort_key(row.owner))))


def finding(content: MinutesContent) -> str:
    """Return what came of the meeting, as the title of its minutes: "Tre beslut och fyra uppdrag"."""
    decisions, assignments = (len(lines_of(content, kind)) for kind in (LineKind.DECISION, LineKind.ASSIGNMENT))
    if not decisions and not assignments:
        return "Inga beslut och inga uppdrag"
    words = [_counted(decisions, "beslut"), _counted(assignments, "uppdrag")]
    said = listed(words) if decisions and assignments else ", ".join(words if decisions else reversed(words))
    return said[0].upper() + said[1:]


def attendance_words(attended: Sequence[Attended]) -> str:
    """Return how many were there: "Fem var med, varav två på länk. En var frånvarande."."""
    if not attended:
        return "Ingen närvaro är antecknad."
    absent, remote = (sum(one.here is here for one in attended) for here in (Here.ABSENT, Here.REMOTE))
    there = len(attended) - absent
    first = "Ingen var med" if not there else f"{count_words(there).capitalize()} var med"
    if remote:
        first += ", på länk" if remote == there == 1 else f", {'alla' if remote == there else f'varav {count_words(remote)}'} på länk"
    return f"{first}. {count_words(absent).capitalize()} var frånvarande." if absent else f"{first}."


def _counted(count: int, word: str) -> str:
    return f"inga {word}" if not count else counted(count, word, word, neuter=True)
