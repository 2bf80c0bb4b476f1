"""What a field said when a file was taken out of the plan: the earlier value whose cell the file remembers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from samsyn.chain.plan import Action, Plan
from samsyn.chain.plan_details import FIELDS_OF_ROLE, FORM_FIELDS, Details, Value, digest
from samsyn.formats.details_sheet import canonical, exported_rows

ROLE_OF = {name: role for role, names in FIELDS_OF_ROLE.items() for name in names} | {"followed_up": "status"}


def value_at_export(stored: Plan, details: Details, row: tuple[str, str], name: str, past: Iterable[Mapping[str, Value]]) -> Value:
    """
    Return what a field held when the file was taken out; None if that is not known. An empty text is "".

    row    kind and id of a row of the plan
    past   the row's described values as they were before each change of it, the newest first
    """
    kind, key = row
    if kind == "action" and name in FORM_FIELDS["action"]:
        action = next((one for one in stored.actions if one.id == key), None)
        exported = next((one for one in details.exported if (one.kind, one.id) == row), None)
        role = ROLE_OF.get(name, "")
        if action is None or exported is None or not exported.digest(role):
            return None
        return next((_held(state[name]) for state in past if _printed(stored, action, state, role) == exported.digest(role)), None)
    control = next((set(one.control) for one in details.rows if (one.kind, one.id) == row), set())
    return next((_held(state[name]) for state in past if name in state and digest(name, canonical(state[name])) in control), None)


def _printed(stored: Plan, action: Action, state: Mapping[str, Value], role: str) -> str:
    """Return the digest of an action's cell, had it been printed as it was then."""
    then = replace(action, **state)  # type: ignore[arg-type]
    alone = replace(stored, actions=(then,))
    return next(one.digest(role) for one in exported_rows(alone) if (one.kind, one.id) == ("action", action.id))


def _held(value: Value) -> Value:
    return "" if value is None else value
