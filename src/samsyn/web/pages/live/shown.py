"""What the shared screen shows of a meeting that goes on, as values for its templates. No phone number and no address is among them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samsyn.chain.meeting_line import fits, owner_fault
from samsyn.chain.meeting_live import chip_words, here_words, line_fault, time_left
from samsyn.chain.meeting_values import STEERS, Here, LineKind, MeetingState
from samsyn.chain.notice_values import Person
from samsyn.chain.wording import clock_words, counted
from samsyn.records.meeting.line_reads import AttendanceHead, attendance, nameable
from samsyn.records.meeting.live_reads import LiveLine, facts_stamp, lines_state, live_lines
from samsyn.records.meeting.reads import GroupPerson, MeetingPoint, people, points
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now
from samsyn.web.gate import PageRequest

FORM_MARK = "<!--form-->"  # stands in rows that are kept for everybody where each person's own token goes; no text can hold it, since texts are escaped
MOST_ROWS = 200  # in one list: every page that is open fetches them again when somebody writes
KNOTS = {LineKind.NOTE: "cause", LineKind.DECISION: "goal", LineKind.ASSIGNMENT: "action"}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as a row. `fault` and `choices`: what has to be asked about it; `point_title`: where it was written."""

    id: UUID
    version: int
    text: str
    chip: str
    kind: LineKind
    knot: str
    by: str
    clock: str
    by_id: str
    fault: str
    choices: tuple[str, ...]
    owner: str
    point: UUID | None
    address: str


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """A point of the agenda as the left column shows it. `place`: now, was, parked or "" for one that is to come."""

    number: int
    id: UUID
    title: str
    minutes: int | None
    place: str
    is_looked_at: bool
    address: str


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """Somebody of the group, or somebody who came besides. `row` is the attendance, `person` the place in the group."""

    name: str
    position: str
    organisation_name: str
    here: Here | None
    person: UUID | None
    row: UUID | None


def parts_of(request: PageRequest, *, known_stamp: str = "") -> dict[str, Any]:
    """
    Return all that changes while a meeting goes on.

    known_stamp   the stamp of the facts that the asking page has already: then `facts` says only that they are the same
    """
    head, partnership, may = request.meeting, request.member.partnership, request.member.may
    agenda = points(partnership, head.id)
    look = _looked_at(request, agenda)
    point = look or next((one for one in agenda if one.id == head.current), None) or next(iter(agenda), None)
    here, group = attendance(partnership, head.id), people(partnership, head.group)
    is_live = head.state is MeetingState.LIVE
    may_run, may_write = may(Right.RUN_MEETINGS) and is_live, may(Right.WRITE_IN_MEETINGS) and is_live
    order = [one.id for one in agenda]
    place = order.index(point.id) if point else 0
    stamp = facts_stamp(partnership, point, head.current, look is not None, may_run, order)
    return {
        "meeting": head, "agenda": [_point(one, number, head.current, point, head.id) for number, one in enumerate(agenda, 1)],
        "point": point, "number": place + 1, "is_common": point is not None and point.id == head.current, "is_looking": look is not None,
        "common": next((one for one in agenda if one.id == head.current), None), "common_number": order.index(head.current) + 1 if head.current in order else 0,
        "earlier": agenda[place - 1] if place > 0 else None, "later": agenda[place + 1] if place + 1 < len(agenda) else None,
        **_written(request, point, may_write, f"?punkt={look.id}" if look else ""),
        "parked": [one for one in agenda if one.parked_at], "people": _people(group, here),
        "here_words": here_words(one.here for one in here), "unsaid": sum(one.here is None for one in _people(group, here)), "Here": list(Here),
        "left": time_left(head.starts_at, head.minutes, now()), "is_live": is_live, "may_run": may_run, "may_write": may_write,
        "may_decide": may_run and head.kind in STEERS, "may_open": may(Right.RUN_MEETINGS) and head.state is MeetingState.PLANNED,
        "stamp": stamp, "is_same": bool(known_stamp) and stamp == known_stamp,
    }


def _looked_at(request: PageRequest, agenda: tuple[MeetingPoint, ...]) -> MeetingPoint | None:
    """Return the point that this person looks at freely, unless it is the common one; None to follow the meeting."""
    asked = request.GET.get("punkt") or request.POST.get("punkt") or ""
    return next((one for one in agenda if str(one.id) == asked and one.id != request.meeting.current), None)


def _written(request: PageRequest, point: MeetingPoint | None, may_write: bool, back: str) -> dict[str, SafeString]:
    """Return the rows of a meeting as markup: those under the point, those of the meeting as a whole, and its decisions and assignments."""
    head = request.meeting
    state = lines_state(head.id)
    given = (head.partnership, head.group, head.id, point.id if point else None, may_write, back)
    lists = _kept_lists(state, *given) if state else _lists(*given)
    if not any(FORM_MARK in one for one in lists):
        return dict(zip(("under", "loose", "outcome"), lists, strict=True))
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    return {name: SafeString(one.replace(FORM_MARK, token)) for name, one in zip(("under", "loose", "outcome"), lists, strict=True)}


@lru_cache(maxsize=64)
def _kept_lists(state: tuple[UUID, UUID | None], *given: Any) -> tuple[SafeString, ...]:
    """Return the rows as `_lists` does, kept until anything is changed: ten people see the same, and each of their pages asks every second."""
    return _lists(*given)


def _lists(partnership: UUID, group: UUID, meeting: UUID, point: UUID | None, may_write: bool, back: str) -> tuple[SafeString, ...]:
    found = live_lines(partnership, meeting)
    is_unclear = any(one.kind is LineKind.ASSIGNMENT and not one.owner_email for one in found)
    known = nameable(partnership, group, meeting) if is_unclear else ()  # who may be meant is asked for only where an owner is not clear
    address = reverse("live_write", args=[meeting])
    parts = (("u", [one for one in found if one.point == point]), ("m", [one for one in found if one.point is None] if point else []),
             ("o", [one for one in found if one.kind is not LineKind.NOTE]))
    return tuple(SafeString("".join(_drawn(where, _line(one, f"{address}{one.id}/", known), may_write, back) for one in shown[:MOST_ROWS])
                            + _not_shown(len(shown) - MOST_ROWS)) for where, shown in parts)


def _not_shown(count: int) -> str:
    """Return the row that says how many earlier ones are left out of a list; nothing if none is."""
    if count <= 0:
        return ""
    rows = counted(count, "tidigare rad", "tidigare rader")
    return format_html('<li class="fine mute">{} visas inte här. Allt är sparat och kommer med i protokollet.</li>', rows[:1].upper() + rows[1:])


@lru_cache(maxsize=4096)
def _drawn(where: str, row: ShownLine, may_write: bool, back: str) -> SafeString:
    """Return a row's markup; `where` tells the same line in two places apart. A row that has changed is another row."""
    return render_to_string("live/row.html", {"where": where, "row": row, "may_write": may_write, "back": back, "mark": SafeString(FORM_MARK)})


def _line(one: LiveLine, address: str, known: tuple[Person, ...]) -> ShownLine:
    is_assignment = one.kind is LineKind.ASSIGNMENT
    asked = "" if not is_assignment or one.owner_email else owner_fault(one.owner, known)
    fault = " ".join(part for part in (asked, line_fault(one.text, one.due_on, one.at) if is_assignment else "") if part)
    return ShownLine(
        one.id, one.version, one.text, chip_words(one.kind, one.owner, one.due_on), one.kind, KNOTS[one.kind], one.by, clock_words(one.at),
        one.by_id, fault, _choices(one, known) if asked else (), one.owner, one.point, address)


def _choices(one: LiveLine, known: tuple[Person, ...]) -> tuple[str, ...]:
    return tuple(person.name for person in fits(one.owner, known))


def _point(one: MeetingPoint, number: int, current: UUID | None, point: MeetingPoint | None, meeting: UUID) -> ShownPoint:
    place = "now" if one.id == current else "parked" if one.parked_at else "was" if one.done_at else ""
    address = reverse("live", args=[meeting]) + f"?punkt={one.id}"
    return ShownPoint(number, one.id, one.title, one.minutes, place, point is not None and one.id == point.id, address)


def _people(group: tuple[GroupPerson, ...], here: tuple[AttendanceHead, ...]) -> list[ShownPerson]:
    said = {one.person: one for one in here if one.person}
    rows = [ShownPerson(said[one.id].name, said[one.id].position, said[one.id].organisation_name, said[one.id].here, one.id, said[one.id].id)
            if one.id in said else ShownPerson(one.name, one.position, one.organisation_name, None, one.id, None) for one in group]
    known = {one.id for one in group}
    return rows + [ShownPerson(one.name, one.position, one.organisation_name, one.here, None, one.id) for one in here if one.person not in known]

