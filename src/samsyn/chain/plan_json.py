"""A plan as JSON by field name, and back: how an adopted plan is kept."""

from __future__ import annotations

from typing import Any

from samsyn.chain.plan import Plan
from samsyn.chain.values_json import KEPT, NotAsDeclared

VERSION = 1


class NotAPlan(ValueError):
    """The JSON is not a plan of a version this program knows."""


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Return the plan as what JSON has, with the version of the shape."""
    return {"version": VERSION, "plan": KEPT.plain(plan)}


def plan_from_json(raw: dict[str, Any]) -> Plan:
    """Return the plan that `plan_to_json` made. Raises NotAPlan if it is something else or of another version."""
    try:
        if raw["version"] != VERSION:
            raise NotAPlan(f"Planen är sparad i version {raw['version']}, den här Samsyn läser version {VERSION}.")
        plan = KEPT.restored(Plan, raw["plan"])
    except (KeyError, TypeError, NotAsDeclared) as fault:
        raise NotAPlan("Det är inte en plan från Samsyn.") from fault
    assert isinstance(plan, Plan)
    return plan
