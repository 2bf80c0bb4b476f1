"""What is known of the actions in the plan before that a plan's actions continue."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from samsyn.chain import plan as chain
from samsyn.chain.choices import Implementation
from samsyn.chain.next_year import years_of
from samsyn.records.follow_up.models import FaceSetting, Side
from samsyn.records.plan.models import Action


def with_earlier(partnership: UUID, actions: list[chain.Action]) -> list[chain.Action]:
    """Return the actions, those that continue another with what is known of it. No query where none does, otherwise two."""
    continued = {UUID(action.continues) for action in actions if action.continues}
    if not continued:
        return actions
    found = _earlier(partnership, continued)
    return [replace(action, earlier=found.get(action.continues)) if action.continues else action for action in actions]


def _earlier(partnership: UUID, continued: Collection[UUID]) -> dict[str, chain.Earlier]:
    """Return what is known of the actions, by id; those whose plan is no longer there are left out."""
    set_last = {
        action: (Implementation(value), by, at)
        for action, value, by, at in FaceSetting.objects.within(partnership).filter(action_id__in=continued, side=Side.IMPLEMENTATION)
        .order_by("at", "id").values_list("action_id", "value", "by", "at")}
    rows = Action.objects.within(partnership).filter(id__in=continued, withdrawn_at=None, plan__withdrawn_at=None)
    found = {}
    for action, plan, name, period in rows.values_list("id", "plan_id", "plan__name", "plan__period"):
        how_far, by, at = set_last.get(action, (None, "", None))
        found[str(action)] = chain.Earlier(plan=str(plan), plan_name=name, when=_when(name, period), action=str(action), how_far=how_far, by=by, at=at)
    return found


def _when(name: str, period: str) -> str:
    """Return the years a plan is about, or its name."""
    years = years_of(period) or years_of(name)
    return "–".join(dict.fromkeys(str(year) for year in (min(years), max(years)))) if years else f"i {name}"
