"""
An answer about an action or an assignment, by a personal link or by somebody who is signed in.

The link is all that a guest has: it opens one thing, never signs anybody in, and what is answered is marked with the
address it was made for. An answer is a check-in (of an assignment: an answer of its own); it never touches the result.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from samsyn.chain.answers import SAYS, Answer
from samsyn.chain.mail_address import usable_address
from samsyn.chain.notice_values import Person
from samsyn.chain.page_paths import action_path, meeting_path
from samsyn.chain.short_letters import HelpNeeded, help_letter
from samsyn.chain.swedish import fold
from samsyn.chain.wording import capitalised, date_words
from samsyn.records.access.acts import Act, Actor, ActorKind
from samsyn.records.access.writes import writing
from samsyn.records.editing import Gone
from samsyn.records.follow_up import writes as follow_up
from samsyn.records.meeting.asked_reads import asked_assignment, became_action, last_assignment_answer
from samsyn.records.meeting.line_writes import add_answer
from samsyn.records.outbox.link_reads import OpenLink
from samsyn.records.outbox.models import LetterKind
from samsyn.records.outbox.reads import letters_about
from samsyn.records.outbox.writes import queue_letter
from samsyn.records.partnership.people_reads import coordinators
from samsyn.records.plan import writes as plan
from samsyn.records.plan.asked_reads import LastAnswer, asked_action, last_answer
from samsyn.records.plan.people_reads import known_people

BY_LINK = "via personlig länk"
MOST_CRIES = 5  # letters about the same thing to the same person in a day: each cry is kept, but no link fills somebody's mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """
    What somebody answered.

    text              in their own words, "" if they wrote nothing
    proposed_due_on   the new day they propose; only of DELAYED
    help_from         whom they need help from, in their own words; only of HELP
    """

    answer: Answer
    text: str = ""
    proposed_due_on: date | None = None
    help_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    What somebody is asked about: all that a personal link shows.

    where   the name of the plan, or of the group whose meeting handed it out
    asks    the names of the coordinators, who read the answers
    last    what the same link last answered
    """

    kind: str
    id: UUID
    text: str
    where: str
    due_on: date | None
    asks: tuple[str, ...]
    last: LastAnswer | None


def asked_by(link: OpenLink) -> Asked | None:
    """Return what a link asks about, or None if it is no longer there."""
    link, asks = _followed(link), tuple(one.name for one in coordinators(link.partnership))
    if link.subject_kind == "assignment":
        line = asked_assignment(link.partnership, link.subject)
        return None if line is None else Asked(
            kind="assignment", id=line.id, text=capitalised(line.text), where=line.group_name, due_on=line.due_on, asks=asks,
            last=last_assignment_answer(link.partnership, line.id, link.id.hex))
    action = asked_action(link.partnership, link.subject)
    return None if action is None else Asked(
        kind="action", id=action.id, text=action.text, where=action.plan_name, due_on=action.due_on, asks=asks,
        last=last_answer(link.partnership, action.id, link.id.hex))


def answer_by_link(link: OpenLink, said: Answered, *, once: str, at: datetime, base_url: str = "") -> None:
    """
    Take an answer by a personal link. Each is kept; the latest counts.

    once      the form's own key
    base_url  what the coordinators' letters begin their addresses with, "https://samsyn.example"
    raises    Gone if what it is about is no longer there; AlreadyDone
    """
    link, who = _followed(link), Actor(ActorKind.LINK, link.id.hex, link.person.name)
    if link.subject_kind == "assignment":
        return answer_assignment(partnership=link.partnership, line=link.subject, said=said, by_email=link.person.email, actor=who, at=at, once=once,
                                 base_url=base_url)
    asked = asked_action(link.partnership, link.subject, link.person.email)
    if asked is None:
        raise Gone
    return answer_action(partnership=link.partnership, action=link.subject, organisation=asked.party, said=said, by_email=link.person.email,
                         actor=who, at=at, once=once, base_url=base_url)


def _followed(link: OpenLink) -> OpenLink:
    """A link to an assignment that has been made into an action answers about the action: nobody looks at the assignment any more."""
    action = became_action(link.partnership, link.subject) if link.subject_kind == "assignment" else None
    return replace(link, subject_kind="action", subject=action) if action else link


def answer_action(*, partnership: UUID, action: UUID, organisation: UUID, said: Answered, by_email: str = "", actor: Actor, at: datetime,
                  once: str = "", base_url: str = "") -> None:
    """
    Add an answer about an action as a check-in; it sets how far the action has come, unless it asks for help.

    organisation   the party whose check-in it is
    by_email       the address of a guest, "" for somebody who is signed in or whose address nobody knows
    raises         Gone, AlreadyDone
    """
    how_far = SAYS[said.answer]
    act = Act(kind="check_in.added", words=_words(said, actor, by_email), partnership=partnership, organisation=organisation,
              subject_kind="action", subject=action, once=once)
    with writing(actor=actor, at=at, act=act):
        values = {"text": said.text, "implementation": how_far or "", "answer": said.answer, "by_email": by_email,
                  "proposed_due_on": said.proposed_due_on, "help_from": said.help_from}
        plan.add_check_in(partnership=partnership, action=action, organisation=organisation, values=values, actor=actor, at=at)
        if how_far:
            follow_up.set_face(partnership=partnership, action=action, value=how_far, why=said.text, rests_on=None, actor=_named(actor), at=at)
        if said.answer is Answer.HELP:
            asked = asked_action(partnership, action)
            assert asked is not None, "the check-in has just been added to it"
            _ask_for_help(partnership, said, asked.text, asked.plan_name, base_url + action_path(asked.plan, action), "action", action,
                          by_email, actor, at)


def answer_assignment(*, partnership: UUID, line: UUID, said: Answered, by_email: str = "", actor: Actor, at: datetime, once: str = "",
                      base_url: str = "") -> None:
    """Add an answer about an assignment from a meeting. Raises Gone, AlreadyDone."""
    asked = asked_assignment(partnership, line)
    if asked is None:
        raise Gone
    act = Act(kind="assignment.answered", words=_words(said, actor, by_email), partnership=partnership, subject_kind="assignment", subject=line, once=once)
    with writing(actor=actor, at=at, act=act):
        add_answer(partnership=partnership, line=line, answer=said.answer, text=said.text, proposed_due_on=said.proposed_due_on,
                   help_from=said.help_from, by_email=by_email, actor=actor, at=at, once="")
        if said.answer is Answer.HELP:
            _ask_for_help(partnership, said, asked.text, asked.group_name, base_url + meeting_path(asked.meeting), "assignment", line, by_email, actor, at)


def told_of_help(partnership: UUID, help_from: str) -> tuple[Person, ...]:
    """
    Return whom a cry for help goes to: the coordinators, and the one it names if the partnership knows exactly one such person.

    Only addresses that are known here are written to: a link must not make Samsyn write to whom its holder likes.
    """
    wanted = fold(help_from)
    named = {one.key: one for one in known_people(partnership) if one.email and wanted and wanted in (fold(one.name), fold(one.email))}
    told = {one.key: one for one in coordinators(partnership)}
    return tuple((told | (named if len(named) == 1 else {})).values())


def _ask_for_help(partnership: UUID, said: Answered, text: str, where: str, address: str, subject_kind: str, subject_id: UUID, by_email: str,
                  actor: Actor, at: datetime) -> None:
    needed = HelpNeeded(by=actor.name, by_email=by_email, text=text, where=where, words=said.text, help_from=said.help_from, url=address)
    told_today = Counter(one.name for one in letters_about(partnership, subject_id) if one.kind is LetterKind.HELP and one.made_at > at - timedelta(days=1))
    for person in told_of_help(partnership, said.help_from):  # an address that is none: the letter waits to be passed on by hand
        if told_today[person.name] >= MOST_CRIES:
            continue
        subject, words = help_letter(needed, person.name)
        queue_letter(partnership=partnership, kind=LetterKind.HELP, person=Person(person.name, usable_address(person.email)), subject=subject,
                     text=words, subject_kind=subject_kind, subject_id=subject_id, actor=actor, at=at)


def _words(said: Answered, actor: Actor, by_email: str) -> str:
    """What the event says: the answer, the day that is proposed, and which way it came."""
    day = f" och föreslog {date_words(said.proposed_due_on)}" if said.proposed_due_on else ""
    way = f", {BY_LINK}{', ' + by_email if by_email else ''}" if actor.kind is ActorKind.LINK else ""
    return f"svarade ”{said.answer.label}”{day}{way}"


def _named(actor: Actor) -> Actor:
    """The name that a face says: a guest's says which way it came."""
    return Actor(actor.kind, actor.id, f"{actor.name[:170]}, {BY_LINK}") if actor.kind is ActorKind.LINK else actor
