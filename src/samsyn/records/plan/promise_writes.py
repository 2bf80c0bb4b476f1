"""Changes of who promised what: commitments, what staff said of how, and passing on all that a person had."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain.wording import clipped
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import apply_edit, found, withdraw, writing
from samsyn.records.editing import Edit, Saved
from samsyn.records.partnership.models import Membership, Party
from samsyn.records.plan.models import Action, ActionPlan, Commitment, Goal, StaffNote
from samsyn.records.plan.writes import add_step


class NotTheirs(PermissionError):
    """A party's commitment can be changed by the party, or on its behalf by the coordinator; not by another party."""


def add_commitment(*, partnership: UUID, plan: UUID, party: UUID, values: Mapping[str, Any], action: UUID | None, goal: UUID | None,
                   actor: Actor, at: datetime, once: str = "") -> Commitment:
    """Write down what a party promises for an action or a goal of the plan. Raises Gone."""
    row_id = uuid4()
    act = Act(kind="commitment.added", words=f"skrev åtagandet {clipped(values['text'], 80)}", partnership=partnership, organisation=party,
              subject_kind="action" if action else "plan", subject=action or plan, once=once)
    with writing(actor=actor, at=at, act=act):
        found(ActionPlan.objects.within(partnership).filter(id=plan, withdrawn_at=None).first())
        found(Party.objects.within(partnership).filter(organisation_id=party).first())
        for model, row in ((Action, action), (Goal, goal)):
            if row:
                found(model.objects.within(partnership).filter(id=row, plan_id=plan, withdrawn_at=None).first())
        return Commitment.objects.create(id=row_id, partnership_id=partnership, organisation_id=party, plan_id=plan, action_id=action,
                                         goal_id=goal, **values)


def change_commitment(*, partnership: UUID, commitment: UUID, party: UUID | None, edit: Edit, actor: Actor, at: datetime,
                      once: str = "") -> Saved:
    """
    Change a commitment. A changed promise is no longer signed: it must be signed off anew.

    party    the organisation of the one who changes it; None for the coordinator, who writes on a party's behalf
    raises   NotTheirs, Collided, Gone
    """
    act = Act(kind="commitment.changed", words="ändrade ett åtagande", partnership=partnership, subject_kind="commitment",
              subject=commitment, once=once)
    with writing(actor=actor, at=at, act=act):
        row = _commitment(partnership, commitment, party)
        version = row.version
        merged = apply_edit(row, edit)
        if row.version != version and row.signed_on:
            row.signed_on, row.signed_by, row.on_behalf = None, "", False
            row.save(update_fields=["signed_on", "signed_by", "on_behalf"])
    return Saved(merged.from_theirs)


def sign_commitment(*, partnership: UUID, commitment: UUID, party: UUID | None, signed_by: str, signed_on: date, actor: Actor, at: datetime) -> None:
    """Sign a commitment off for the party: by itself, or (party None) on its behalf, which is marked. Raises NotTheirs, Gone."""
    words = "skrev under ett åtagande" if party else f"skrev under ett åtagande åt {signed_by}"
    with writing(actor=actor, at=at, act=Act(kind="commitment.signed", words=words, partnership=partnership, subject_kind="commitment",
                                             subject=commitment)):
        row = _commitment(partnership, commitment, party)
        row.signed_on, row.signed_by, row.on_behalf = signed_on, signed_by, party is None
        row.version += 1
        row.save(update_fields=["signed_on", "signed_by", "on_behalf", "version"])


def withdraw_commitment(*, partnership: UUID, commitment: UUID, party: UUID | None, actor: Actor, at: datetime) -> None:
    """Take a commitment back. Raises NotTheirs, Gone."""
    with writing(actor=actor, at=at, act=Act(kind="commitment.withdrawn", words="tog bort ett åtagande", partnership=partnership,
                                             subject_kind="commitment", subject=commitment)):
        withdraw(_commitment(partnership, commitment, party), at)


def add_staff_note(*, partnership: UUID, action: UUID, text: str, actor: Actor, at: datetime, once: str = "") -> StaffNote:
    """Write down what staff said about how an action is to be done. Raises Gone."""
    row_id = uuid4()
    act = Act(kind="staff_note.added", words="skrev upp vad personalen sa", partnership=partnership, subject_kind="action", subject=action, once=once)
    with writing(actor=actor, at=at, act=act):
        owner = found(Action.objects.within(partnership).filter(id=action, withdrawn_at=None).first())
        return StaffNote.objects.create(id=row_id, partnership_id=partnership, organisation_id=owner.organisation_id, action=owner, at=at,
                                        by=actor.name, text=text)


def make_step_of_note(*, partnership: UUID, action: UUID, note: UUID, actor: Actor, at: datetime) -> None:
    """Make a step of what staff said. Once: a note that has become a step stays tied to it. Raises Gone."""
    act = Act(kind="staff_note.step", words="gjorde ett moment av vad personalen sa", partnership=partnership, subject_kind="action", subject=action)
    with writing(actor=actor, at=at, act=act):
        row = found(StaffNote.objects.within(partnership).filter(id=note, action_id=action, step=None).first())
        row.step = add_step(partnership=partnership, action=action, values={"text": row.text}, actor=actor, at=at)
        row.save(update_fields=["step"])


def reassign(*, partnership: UUID, responsible: str, to: Mapping[str, str], actor: Actor, at: datetime) -> int:
    """
    Pass on all actions of one person to another, in every plan. Returns how many.

    responsible   the name as it stands on the actions
    to            described fields of chain.Action: responsible, responsible_organisation, responsible_email, responsible_phone
    """
    act = Act(kind="action.reassigned", words=f"lämnade över åtgärderna från {responsible} till {to['responsible']}", partnership=partnership)
    with writing(actor=actor, at=at, act=act):
        email = to.get("responsible_email", "")
        member = Membership.objects.within(partnership).filter(user__email__iexact=email, ended_at=None).first() if email else None
        rows = list(Action.objects.within(partnership).filter(responsible=responsible, withdrawn_at=None, plan__withdrawn_at=None))
        for row in rows:
            for name, value in to.items():
                setattr(row, name, value)
            row.responsible_member = member
            row.version += 1
            row.save(update_fields=[*to, "responsible_member", "version"])
    return len(rows)


def _commitment(partnership: UUID, commitment: UUID, party: UUID | None) -> Commitment:
    row = found(Commitment.objects.within(partnership).filter(id=commitment, withdrawn_at=None).first())
    if party is not None and row.organisation_id != party:
        raise NotTheirs
    return row


