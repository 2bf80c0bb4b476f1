"""What a person who is asked about one action needs to know, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samsyn.chain.answers import Answer
from samsyn.records.partnership.people_reads import member_with_address
from samsyn.records.plan.models import Action, CheckIn


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAction:
    """An action that somebody is asked about. `party` is the organisation whose check-in the answer is."""

    id: UUID
    plan: UUID
    plan_name: str
    text: str
    due_on: date | None
    party: UUID


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """What the same person answered the last time."""

    answer: Answer
    text: str
    proposed_due_on: date | None
    help_from: str


def asked_action(partnership: UUID, action: UUID, email: str = "") -> AskedAction | None:
    """
    Return an action that somebody is asked about, or None if it, or its plan, is no longer in use.

    email   of whom is asked: with it, the party is the one they take part for, else the action's own
    """
    row = Action.objects.within(partnership).filter(id=action, withdrawn_at=None, plan__withdrawn_at=None).select_related("plan").first()
    if row is None:
        return None
    place = member_with_address(partnership, email)
    return AskedAction(id=row.id, plan=row.plan_id, plan_name=row.plan.name, text=row.text, due_on=row.due_on,
                       party=place.organisation_id if place else row.organisation_id)


def last_answer(partnership: UUID, action: UUID, by_id: str) -> LastAnswer | None:
    """Return what the same link, or the same member, last answered about an action; None if nothing."""
    rows = CheckIn.objects.within(partnership).filter(action_id=action, by_id=by_id, answer__gt="").order_by("-at", "-id")
    found = rows.values_list("answer", "text", "proposed_due_on", "help_from").first()
    return LastAnswer(Answer(found[0]), *found[1:]) if found else None
