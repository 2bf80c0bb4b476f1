"""What becomes of a day that is proposed for an assignment: it is accepted, or declined with a word about why."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samsyn.chain.answers import Answer
from samsyn.chain.wording import date_words
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import found, writing
from samsyn.records.meeting.due_reads import DueProposal, due_proposals
from samsyn.records.meeting.line_writes import add_answer, set_due


def accept_due(*, partnership: UUID, line: UUID, answer: UUID, actor: Actor, at: datetime, once: str = "") -> DueProposal:
    """
    Give an assignment the day that an answer proposes. Returns the proposal.

    raises   Gone   if it is no longer open: somebody has answered it, or something later has been said
    """
    act = Act(kind="assignment.due_accepted", words="sa ja till en ny dag för ett uppdrag", partnership=partnership, subject_kind="assignment",
              subject=line, once=once)
    with writing(actor=actor, at=at, act=act):
        asked = _open(partnership, line, answer)
        set_due(partnership=partnership, line=line, due_on=asked.proposed_due_on, actor=actor, at=at)
    return asked


def decline_due(*, partnership: UUID, line: UUID, answer: UUID, text: str, actor: Actor, at: datetime, once: str = "") -> DueProposal:
    """
    Say no to a proposed day; the day that holds is left as it is. Returns the proposal.

    text     why; "" says only that the day stands
    raises   Gone   if it is no longer open
    """
    act = Act(kind="assignment.due_declined", words="sa nej till en ny dag för ett uppdrag", partnership=partnership, subject_kind="assignment",
              subject=line, once=once)
    with writing(actor=actor, at=at, act=act):
        asked = _open(partnership, line, answer)
        stands = f"{date_words(asked.due_on)} gäller." if asked.due_on else "Dagen ändras inte."
        add_answer(partnership=partnership, line=line, answer=Answer.UNDER_WAY, text=f"Nej till {date_words(asked.proposed_due_on)}. {stands} {text}".strip(),
                   actor=actor, at=at)
    return asked


def _open(partnership: UUID, line: UUID, answer: UUID) -> DueProposal:
    return found(next((one for one in due_proposals(partnership, line) if one.answer == answer), None))
