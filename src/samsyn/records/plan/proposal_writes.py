"""What becomes of a proposed due date: it is accepted, or declined with a word about why."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samsyn.chain.wording import date_words
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import found, writing
from samsyn.records.editing import Edit
from samsyn.records.plan.models import Action
from samsyn.records.plan.proposal_reads import Proposal, open_proposals
from samsyn.records.plan.writes import add_check_in, change_action


def accept_proposal(*, partnership: UUID, action: UUID, check_in: UUID, actor: Actor, at: datetime, once: str = "") -> Proposal:
    """
    Give an action the due date that a check-in proposes. Returns the proposal.

    raises   Gone   if it is no longer open: somebody has answered it, or something later has been said
    """
    act = Act(kind="proposal.accepted", words="sa ja till ett nytt datum", partnership=partnership, subject_kind="action", subject=action, once=once)
    with writing(actor=actor, at=at, act=act):
        asked = _open(partnership, action, check_in)
        row = found(Action.objects.within(partnership).filter(id=action, withdrawn_at=None).first())
        edit = Edit(values={"due_on": asked.proposed_due_on}, base={"due_on": row.due_on}, version=row.version)
        change_action(partnership=partnership, action=action, edit=edit, actor=actor, at=at)
    return asked


def decline_proposal(*, partnership: UUID, action: UUID, check_in: UUID, organisation: UUID, text: str, actor: Actor, at: datetime,
                     once: str = "") -> Proposal:
    """
    Say no to a proposed due date with a check-in that says why; the date that holds is left as it is. Returns the proposal.

    organisation   the party of whoever says no
    text           why; "" says only that the date stands
    raises         Gone   if it is no longer open
    """
    act = Act(kind="proposal.declined", words="sa nej till ett nytt datum", partnership=partnership, organisation=organisation,
              subject_kind="action", subject=action, once=once)
    with writing(actor=actor, at=at, act=act):
        asked = _open(partnership, action, check_in)
        stands = f"Nej till {date_words(asked.proposed_due_on)}. {_date_that_holds(asked)}"
        add_check_in(partnership=partnership, action=action, organisation=organisation, values={"text": f"{stands} {text}".strip()},
                     actor=actor, at=at)
    return asked


def _open(partnership: UUID, action: UUID, check_in: UUID) -> Proposal:
    return found(next((one for one in open_proposals(partnership, [action]) if one.check_in == check_in), None))


def _date_that_holds(asked: Proposal) -> str:
    return f"Datumet {date_words(asked.due_on)} gäller." if asked.due_on else "Datumet ändras inte."
