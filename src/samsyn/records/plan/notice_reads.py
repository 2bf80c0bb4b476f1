"""Questions about how the reminders of each plan go."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samsyn.chain.notice_values import Pace
from samsyn.chain.swedish import sort_key
from samsyn.records.plan.models import ActionPlan, NoticeSettings

PACE_FIELDS = ("silent_days", "due_soon_days", "days_between", "paused_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPace:
    """How a plan's reminders go, as a list and a form show it. `version` is 0 as long as nobody has set anything."""

    plan: UUID
    plan_name: str
    pace: Pace
    version: int = 0


def paces(partnership: UUID) -> dict[str, Pace]:
    """Return how the reminders of every plan in use go, by plan id; the defaults where nobody has set anything."""
    return {str(row.plan): row.pace for row in plan_paces(partnership)}


def plan_paces(partnership: UUID) -> tuple[PlanPace, ...]:
    """Return every plan in use with its pace, by name in Swedish order. Two queries."""
    plans = ActionPlan.objects.within(partnership).filter(withdrawn_at=None).values_list("id", "name")
    set_by_plan = {row.plan_id: row for row in NoticeSettings.objects.within(partnership).filter(withdrawn_at=None)}
    found = (_plan_pace(plan, name, set_by_plan.get(plan)) for plan, name in plans)
    return tuple(sorted(found, key=lambda row: (sort_key(row.plan_name), str(row.plan))))


def plan_pace(partnership: UUID, plan: UUID) -> PlanPace | None:
    """Return how the reminders of a plan go, or None if the plan is not in use here."""
    return next((row for row in plan_paces(partnership) if row.plan == plan), None)


def _plan_pace(plan: UUID, name: str, row: NoticeSettings | None) -> PlanPace:
    if row is None:
        return PlanPace(plan=plan, plan_name=name, pace=Pace())
    return PlanPace(plan=plan, plan_name=name, pace=Pace(**{field: getattr(row, field) for field in PACE_FIELDS}), version=row.version)
