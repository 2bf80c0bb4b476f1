"""Which decisions are asked of the steering group, in every plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samsyn.records.follow_up.models import DecisionAsked


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """A decision that is asked for and not settled. `otherwise` = what happens without it."""

    id: UUID
    plan: UUID
    plan_name: str
    text: str
    otherwise: str
    asked_at: datetime


def open_decisions(partnership: UUID) -> tuple[OpenDecision, ...]:
    """Return the decisions that are asked for in the plans in use, oldest first."""
    rows = DecisionAsked.objects.within(partnership).filter(settled_at=None, withdrawn_at=None, plan__withdrawn_at=None)
    found = rows.order_by("asked_at", "id").values_list("id", "plan_id", "plan__name", "text", "otherwise", "asked_at")
    return tuple(OpenDecision(*row) for row in found)


def decision_by_id(partnership: UUID, decision: UUID) -> OpenDecision | None:
    """Return a decision that is or was asked for, settled or not, of a plan in use; None if there is none."""
    rows = DecisionAsked.objects.within(partnership).filter(id=decision, withdrawn_at=None, plan__withdrawn_at=None)
    found = rows.values_list("id", "plan_id", "plan__name", "text", "otherwise", "asked_at").first()
    return OpenDecision(*found) if found else None
