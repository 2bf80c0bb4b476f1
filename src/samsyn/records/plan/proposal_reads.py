"""What waits for the coordinator after an answer: a new due date that is proposed, and help that is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from samsyn.chain.answers import Answer
from samsyn.records.plan.models import CheckIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """
    That somebody proposes another due date for an action.

    check_in   the check-in that proposes it; `by_email` is the address of a guest who answered by a personal link, else ""
    due_on     the date that holds until somebody accepts the other
    """

    check_in: UUID
    action: UUID
    action_text: str
    plan: UUID
    plan_name: str
    due_on: date | None
    proposed_due_on: date
    text: str
    by: str
    by_email: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked:
    """That somebody has asked for help with an action, and nobody has checked in since. `help_from` is "" if they did not say from whom."""

    check_in: UUID
    action: UUID
    action_text: str
    plan: UUID
    plan_name: str
    text: str
    help_from: str
    by: str
    by_email: str
    at: datetime


SHARED = ("id", "action_id", "action__text", "action__plan_id", "action__plan__name", "text", "by", "by_email", "at")
NAMES = ("check_in", "action", "action_text", "plan", "plan_name", "text", "by", "by_email", "at")


def open_proposals(partnership: UUID, actions: Iterable[UUID] | None = None) -> tuple[Proposal, ...]:
    """
    Return the due dates that are proposed and neither accepted nor declined, oldest first.

    A proposal is open while it stands in the latest check-in of its action, and its date differs from the action's.
    actions   only of these; None = of every action of the partnership
    """
    rows = _latest(partnership, actions).filter(proposed_due_on__isnull=False)
    rows = rows.filter(Q(action__due_on=None) | ~Q(proposed_due_on=F("action__due_on")))
    found = rows.values_list(*SHARED, "action__due_on", "proposed_due_on")
    return tuple(Proposal(**dict(zip((*NAMES, "due_on", "proposed_due_on"), row, strict=True))) for row in found)


def open_help(partnership: UUID, actions: Iterable[UUID] | None = None) -> tuple[HelpAsked, ...]:
    """Return the actions whose latest check-in asks for help, oldest first. `actions` as in `open_proposals`."""
    found = _latest(partnership, actions).filter(answer=Answer.HELP).values_list(*SHARED, "help_from")
    return tuple(HelpAsked(**dict(zip((*NAMES, "help_from"), row, strict=True))) for row in found)


def _latest(partnership: UUID, actions: Iterable[UUID] | None) -> QuerySet[CheckIn]:
    """The check-ins that stand and have no later one on their action. Of actions and plans in use."""
    own = CheckIn.objects.within(partnership)
    of_same = own.filter(action_id=OuterRef("action_id"))
    corrected = own.filter(corrects_id=OuterRef("pk"))
    later = of_same.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), id__gt=OuterRef("pk")))
    still = later.alias(is_corrected=Exists(own.filter(corrects_id=OuterRef("pk")))).filter(is_corrected=False)
    rows = own.filter(~Exists(corrected), ~Exists(still), action__withdrawn_at=None, action__plan__withdrawn_at=None)
    return (rows if actions is None else rows.filter(action_id__in=list(actions))).order_by("at", "id")
