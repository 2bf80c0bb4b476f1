"""Which actions are tied to a member's place."""

from __future__ import annotations

from uuid import UUID

from samsyn.records.plan.models import Action


def own_actions(partnership: UUID, member: UUID) -> frozenset[str]:
    """Return the ids of the actions in the plans in use that are tied to a place in the partnership, those that have ended too."""
    rows = Action.objects.within(partnership).filter(responsible_member_id=member, withdrawn_at=None, plan__withdrawn_at=None)
    return frozenset(str(action) for action in rows.values_list("id", flat=True))
