"""Changes of how a plan's reminders go."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samsyn.chain.wording import clipped
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import apply_edit, found, writing
from samsyn.records.editing import Edit, Saved
from samsyn.records.plan.models import ActionPlan, NoticeSettings


def change_pace(*, partnership: UUID, plan: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """Change how a plan's reminders go. The first change makes the row, from the defaults. Raises Collided, Gone."""
    owner = found(ActionPlan.objects.within(partnership).filter(id=plan, withdrawn_at=None).first())
    act = Act(kind="pace.changed", words=f"ändrade påminnelserna för {clipped(owner.name, 80)}", partnership=partnership,
              organisation=owner.organisation_id, subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        row = NoticeSettings.objects.within(partnership).filter(plan_id=plan, withdrawn_at=None).first()
        if row is None:
            row = NoticeSettings.objects.create(partnership_id=partnership, organisation_id=owner.organisation_id, plan_id=plan)
        merged = apply_edit(row, edit)
    return Saved(merged.from_theirs)
