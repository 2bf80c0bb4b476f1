"""The files of a letter, made when it is sent: the minutes of a meeting, or the meeting as a calendar takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from samsyn.chain.notice_values import Person
from samsyn.flows.notices.message import Attached
from samsyn.flows.notices.posting import Attach, GoneAttachment
from samsyn.formats.calendar_ics import meeting_calendar
from samsyn.records.meeting.calendar_reads import meeting_event
from samsyn.records.meeting.minutes_reads import minutes_paper
from samsyn.records.meeting.reads import MeetingHead, meeting_head
from samsyn.records.outbox.models import LetterKind
from samsyn.records.outbox.reads import WholeLetter
from samsyn.records.partnership.people_reads import coordinators


def attaching(base_url: str, at: datetime) -> Attach:
    """Return what makes the files of a letter. `base_url` is where people reach Samsyn, without a slash at the end; `at` stamps calendars."""
    return lambda letter: [_made(letter, one["kind"], UUID(str(one["id"])), base_url, at) for one in letter.attached]


def _made(letter: WholeLetter, kind: str, meeting: UUID, base_url: str, at: datetime) -> Attached:
    head = meeting_head(letter.partnership, meeting)
    if head is None:
        raise GoneAttachment("Mötet som utskicket handlar om finns inte längre.")
    if kind == "minutes":
        return _minutes(head)
    if kind == "calendar":
        return _calendar(letter, head, base_url, at)
    raise GoneAttachment(f"Bilagan är av ett slag som Samsyn inte känner till: {kind}.")


def _minutes(head: MeetingHead) -> Attached:
    paper = minutes_paper(head.partnership, head.id)
    if not paper:
        raise GoneAttachment("Protokollet finns inte som PDF längre. Öppna det i Samsyn och skicka det därifrån.")
    return f"Protokoll {head.on.isoformat()}.pdf", "application/pdf", paper


def _calendar(letter: WholeLetter, head: MeetingHead, base_url: str, at: datetime) -> Attached:
    made = meeting_event(head, base_url)
    event = replace(made, is_cancelled=made.is_cancelled or letter.head.kind is LetterKind.CANCELLATION)
    organizer = next((person for person in coordinators(head.partnership) if person.email), Person("Samsyn"))
    content = meeting_calendar(event, organizer=organizer, attendees=[Person(letter.head.name, letter.head.email)], made_at=at)
    method = ("CANCEL" if event.is_cancelled else "REQUEST") if organizer.email else "PUBLISH"
    return "mote.ics", f'text/calendar; charset="utf-8"; method={method}', content
