"""What a calendar needs to know of the plans: which hold a person's own actions, and which actions have gone on into another plan."""

from __future__ import annotations

from uuid import UUID

from samsyn.records.plan.models import Action


def plans_of_member(partnership: UUID, member: UUID) -> frozenset[UUID]:
    """Return the plans in use in which an action is tied to a place in the partnership."""
    rows = Action.objects.within(partnership).filter(responsible_member_id=member, withdrawn_at=None, plan__withdrawn_at=None)
    return frozenset(rows.values_list("plan_id", flat=True).distinct())


def gone_on(partnership: UUID) -> frozenset[str]:
    """Return the actions that another plan in use continues: they are followed there."""
    rows = Action.objects.within(partnership).filter(continues__isnull=False, withdrawn_at=None, plan__withdrawn_at=None)
    return frozenset(str(action) for action in rows.values_list("continues_id", flat=True))
