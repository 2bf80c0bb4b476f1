"""A coordinator reminds somebody of one thing, by hand: a letter with a personal link, which goes with the post or is passed on."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from samsyn.chain.escalation import silent_since
from samsyn.chain.letter_values import letter_line
from samsyn.chain.letter_words import letter_words
from samsyn.chain.notice_people import People
from samsyn.chain.notice_values import DueNotice, Duty, Everything, Level, NoticeKind, Pace, Person
from samsyn.chain.page_paths import path_about
from samsyn.chain.wording import clipped
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.editing import Gone
from samsyn.records.outbox.link_writes import LINK_LASTS, make_answer_link
from samsyn.records.outbox.models import LetterKind
from samsyn.records.outbox.reads import kept_address
from samsyn.records.outbox.writes import queue_letter
from samsyn.records.partnership.people_reads import coordinators, partnership_name
from samsyn.records.partnership.rhythm_reads import absences


def remind(*, partnership: UUID, duty: Duty, pace: Pace, today: date, base_url: str, contact: Person, actor: Actor, at: datetime,
           once: str = "") -> Person:
    """
    Write a reminder about one thing to whoever answers for it, or for them while they are away. Returns to whom.

    pace       how the plan's reminders go
    base_url   where people reach Samsyn, without a slash at the end
    contact    whom to ask, as the letter says
    raises     Gone if nobody is responsible; AlreadyDone
    """
    if duty.responsible is None:
        raise Gone
    everything = Everything(paces={}, away=absences(partnership, today), coordinators=coordinators(partnership))
    person, told_as = People(everything, today).owner(duty)[0]
    act = Act(kind="letter.reminded", words=f"påminde {person.name} om {clipped(duty.text, 80)}", partnership=partnership, subject_kind=duty.kind,
              subject=UUID(duty.id), once=once)
    with writing(actor=actor, at=at, act=act):
        link = make_answer_link(partnership=partnership, subject_kind=duty.kind, subject_id=UUID(duty.id), person=person, actor=actor, at=at)
        kind, about_on = reason(duty, pace, today)
        notice = DueNotice(kind=kind, level=Level.NUDGE, subject_kind=duty.kind, subject=duty.id, plan=duty.plan, person=person,
                           period=about_on.isoformat(), about_on=about_on, told_as=told_as)
        line = letter_line(notice, duty, url=base_url + path_about(duty.kind, duty.id, duty.plan), answer_url=kept_address(base_url, link.id))
        letter = letter_words(person, [line], answer_days=LINK_LASTS.days, today=today, contact=contact, partnership=partnership_name(partnership),
                              home=f"{base_url}/")
        queue_letter(partnership=partnership, kind=LetterKind.NOTICES, person=person, subject=letter.subject, text=letter.text, html=letter.html,
                     subject_kind=duty.kind, subject_id=UUID(duty.id), actor=actor, at=at)
    return person


def reason(duty: Duty, pace: Pace, today: date) -> tuple[NoticeKind, date]:
    """Return why somebody is reminded, and the day that is about: it is late, it is to be ready, or nobody has said anything since."""
    if duty.due_on and duty.due_on < today:
        return NoticeKind.OVERDUE, duty.due_on
    silent = silent_since(duty, pace, today)
    if silent is None and duty.due_on:
        return NoticeKind.DUE_SOON, duty.due_on
    return NoticeKind.SILENT, silent or duty.last_sign_on or duty.made_on
