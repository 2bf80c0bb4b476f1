"""What somebody who leaves has in the plans: which actions, and by which places they are known."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samsyn.records.plan.models import Action


@dataclass(frozen=True, slots=True)
class HeldActions:
    """The actions that a person is responsible for, in every plan in use, and the places in the partnership that they are tied to."""

    actions: tuple[UUID, ...]
    members: frozenset[UUID]


def held_actions(partnership: UUID, responsible: str) -> HeldActions:
    """Return what a person is responsible for. `responsible` is the name as it stands on the actions."""
    rows = Action.objects.within(partnership).filter(responsible=responsible, withdrawn_at=None, plan__withdrawn_at=None)
    found = list(rows.values_list("id", "responsible_member_id"))
    return HeldActions(tuple(action for action, _ in found), frozenset(member for _, member in found if member))
