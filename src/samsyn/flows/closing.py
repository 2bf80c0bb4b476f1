"""
A meeting is closed: its minutes are kept, everybody concerned gets them, and what was parked goes on to the next meeting.

All of it is one act. The paper is made before it, since that takes a second; if anybody has written in the meeting
meanwhile, it is made anew. Reminders need nothing from here: they are derived from the assignments of closed meetings.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samsyn.chain.meeting_values import MinutesContent
from samsyn.chain.minutes import build_minutes
from samsyn.chain.minutes_json import minutes_to_json
from samsyn.chain.minutes_letter import OwnAssignment, minutes_letter
from samsyn.chain.notice_values import Person
from samsyn.chain.page_paths import minutes_path
from samsyn.formats.minutes_typst import minutes_pdf
from samsyn.formats.personal_numbers import redact
from samsyn.formats.plan_redacted import without_personal_numbers
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.editing import Gone
from samsyn.records.meeting.line_reads import LineHead
from samsyn.records.meeting.minutes_reads import Concerned, concerned, meeting_said
from samsyn.records.meeting.minutes_writes import AlreadyClosed as AlreadyClosed
from samsyn.records.meeting.minutes_writes import MovedOn, keep_minutes, move_parked
from samsyn.records.meeting.minutes_writes import NotOpened as NotOpened
from samsyn.records.meeting.reads import MeetingHead, meeting_after, meeting_head
from samsyn.records.outbox.link_writes import make_answer_link
from samsyn.records.outbox.models import LetterKind
from samsyn.records.outbox.reads import kept_address
from samsyn.records.outbox.writes import queue_letter

TRIES = 5


class StillWriting(Exception):
    """People write in the meeting faster than its minutes can be made."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The minutes as they would be now, whom they concern, and which revision of the meeting they were read from."""

    content: MinutesContent
    concerned: tuple[Concerned, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class Closed:
    """
    What came of closing a meeting.

    letters          how many were queued
    without_address  names of those whose letter somebody must pass on by hand
    moved            points that went on to the group's next meeting
    """

    minutes: UUID
    letters: int
    without_address: tuple[str, ...]
    moved: int


def draft(head: MeetingHead, *, by: str, at: datetime) -> Draft:
    """Return the minutes as they would be if the meeting was closed now. Personal identity numbers are taken out."""
    content = build_minutes(meeting_said(head), ended_at=at, closed_by=by)
    return Draft(without_personal_numbers(content), concerned(head), head.revision)


def close_meeting(*, partnership: UUID, meeting: UUID, leave_out: Collection[str] = (), base_url: str, actor: Actor, at: datetime, once: str = "") -> Closed:
    """
    Close a meeting: keep its minutes, queue the letters with them, move what was parked. All of it, or nothing.

    leave_out   keys (Person.key) of those who do not get the minutes; everybody else concerned does
    base_url    what addresses in the letters begin with, "https://samsyn.example"
    raises      AlreadyClosed, NotOpened, StillWriting, Gone, AlreadyDone, TypstMissing
    """
    for _ in range(TRIES):
        head = meeting_head(partnership, meeting)
        if head is None:
            raise Gone
        made = draft(head, by=actor.name, at=at)
        try:
            return _close(head, made, minutes_pdf(made.content), leave_out, base_url, actor, at, once)
        except MovedOn:
            continue
    raise StillWriting


def _close(head: MeetingHead, made: Draft, pdf: bytes, leave_out: Collection[str], base_url: str, actor: Actor, at: datetime, once: str) -> Closed:
    given: dict[str, Any] = {"partnership": head.partnership, "actor": actor, "at": at}
    act = Act(kind="meeting.closed", words=f"avslutade mötet med {head.group_name}", partnership=head.partnership, organisation=head.organisation,
              subject_kind="meeting", subject=head.id, once=once)
    with writing(actor=actor, at=at, act=act):
        kept = keep_minutes(meeting=head.id, revision=made.revision, content=minutes_to_json(made.content), pdf=pdf, **given)
        told = [one for one in made.concerned if one.person.key not in leave_out]
        for one in told:
            _send(head, made.content, one, base_url, given)
        coming = meeting_after(head)
        moved = move_parked(meeting=head.id, to=coming.id, **given) if coming else 0
    return Closed(kept, len(told), tuple(one.person.name for one in told if not one.person.email), moved)


def _send(head: MeetingHead, content: MinutesContent, one: Concerned, base_url: str, given: dict[str, Any]) -> None:
    own = [OwnAssignment(redact(line.text), line.due_on, _answer_url(line, one.person, base_url, given)) for line in one.assignments]
    words = minutes_letter(content, one.person, own, url=base_url + minutes_path(head.id))
    queue_letter(kind=LetterKind.MINUTES, person=one.person, subject=words.subject, text=words.text, html=words.html,
                 attached=[{"kind": "minutes", "id": str(head.id)}], subject_kind="meeting", subject_id=head.id, **given)


def _answer_url(line: LineHead, person: Person, base_url: str, given: dict[str, Any]) -> str:
    """The address is kept without its secret, which is filled in when the letter is sent or shown."""
    link = make_answer_link(subject_kind="assignment", subject_id=line.id, person=person, **given)
    return kept_address(base_url, link.id)
