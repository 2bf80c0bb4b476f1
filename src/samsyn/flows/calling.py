"""Calling people to a meeting, and telling them that it is cancelled: each gets a letter with the meeting as a calendar file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samsyn.chain.agenda_values import InvitedMeeting
from samsyn.chain.invitation_words import Call, cancellation_words, invitation_words
from samsyn.chain.mail_address import usable_address
from samsyn.chain.notice_values import Person
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.meeting.reads import MeetingHead, people, points
from samsyn.records.meeting.writes import cancel_meeting, invite
from samsyn.records.outbox.models import UNFINISHED, LetterKind, LetterState
from samsyn.records.outbox.reads import LetterHead, letters_about
from samsyn.records.outbox.writes import drop_letter, queue_letter

MAYBE_READ = (LetterState.SENT, LetterState.TICKED, LetterState.SENDING)


class NobodyToCall(Exception):
    """The group has no people: there is nobody to call."""


@dataclass(frozen=True, slots=True)
class Called:
    """How many letters were written, and to whom nobody knows an address: those are passed on by hand."""

    letters: int
    without_address: tuple[str, ...]


def call(*, meeting: MeetingHead, partnership_name: str, url: str, actor: Actor, at: datetime, once: str = "") -> Called:
    """
    Call everybody in the group to a planned meeting. Those who may have read an earlier call are told that it no longer holds.

    url      where the agenda stands
    raises   NobodyToCall, NotPlanned, Gone, AlreadyDone
    """
    everybody = people(meeting.partnership, meeting.group)
    if not everybody:
        raise NobodyToCall
    act = Act(kind="meeting.called", words=f"kallade {meeting.group_name} till möte", partnership=meeting.partnership, subject_kind="meeting",
              subject=meeting.id, once=once)
    with writing(actor=actor, at=at, act=act):
        invite(partnership=meeting.partnership, meeting=meeting.id, actor=actor, at=at)
        told = _told(meeting)
        _take_back_unsent(meeting, actor, at)
        about = told_of(meeting, partnership_name)
        for one in everybody:
            person = Person(one.name, usable_address(one.email))
            subject, text = invitation_words(about, by=actor.name, which=which_call(meeting) if person in told else Call.FIRST, url=url)
            _queue(meeting, LetterKind.INVITATION, person, subject, text, actor, at)
    return Called(len(everybody), tuple(one.name for one in everybody if not usable_address(one.email)))


def call_off(*, meeting: MeetingHead, partnership_name: str, actor: Actor, at: datetime) -> Called:
    """Cancel a planned meeting, and tell those who may have got a call. Raises NotPlanned, Gone."""
    act = Act(kind="meeting.cancelled", words=f"ställde in mötet med {meeting.group_name}", partnership=meeting.partnership, subject_kind="meeting",
              subject=meeting.id)
    with writing(actor=actor, at=at, act=act):
        cancel_meeting(partnership=meeting.partnership, meeting=meeting.id, actor=actor, at=at)
        _take_back_unsent(meeting, actor, at)
        subject, text = cancellation_words(told_of(meeting, partnership_name), by=actor.name)
        told = _told(meeting)
        for person in sorted(told, key=lambda person: person.name):
            _queue(meeting, LetterKind.CANCELLATION, person, subject, text, actor, at)
    return Called(len(told), tuple(sorted(person.name for person in told if not person.email)))


def which_call(meeting: MeetingHead) -> Call:
    """Return which call goes out now, to those who have had an earlier one."""
    if meeting.invited_at:
        return Call.AGAIN
    return Call.CHANGED if meeting.was_invited else Call.FIRST


def _told(meeting: MeetingHead) -> set[Person]:
    """Return those who may have read a call to the meeting."""
    return {Person(one.name, one.email) for one in _calls(meeting) if one.state in MAYBE_READ or one.uncertain_at}


def _queue(meeting: MeetingHead, kind: LetterKind, person: Person, subject: str, text: str, actor: Actor, at: datetime) -> None:
    queue_letter(partnership=meeting.partnership, kind=kind, person=person, subject=subject, text=text,
                 attached=[{"kind": "calendar", "id": str(meeting.id)}], subject_kind="meeting", subject_id=meeting.id, actor=actor, at=at)


def _take_back_unsent(meeting: MeetingHead, actor: Actor, at: datetime) -> None:
    """Take away calls that have surely not gone out: they would tell what no longer holds."""
    for letter in _calls(meeting):
        if letter.state in UNFINISHED and not letter.uncertain_at:
            drop_letter(partnership=meeting.partnership, letter=letter.id, actor=actor, at=at)


def _calls(meeting: MeetingHead) -> list[LetterHead]:
    return [letter for letter in letters_about(meeting.partnership, meeting.id) if letter.kind is LetterKind.INVITATION]


def told_of(meeting: MeetingHead, partnership_name: str) -> InvitedMeeting:
    """Return a meeting as its call tells it, with the agenda as it stands now."""
    return InvitedMeeting(
        group=meeting.group_name, partnership=partnership_name, starts_at=meeting.starts_at, minutes=meeting.minutes, place=meeting.place,
        points=tuple((point.title, point.minutes) for point in points(meeting.partnership, meeting.id)))
