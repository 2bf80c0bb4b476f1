"""
A working group's meeting in the served town: Anna, Bo and Nour, and three points, the second about an action.

Usage: python -m tests.journeys.made_meeting     SAMSYN_FOLDER says where; prints the address of the live page
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any


def make_meeting() -> str:
    """Plan a meeting that begins now and return the address of its live page."""
    from samsyn.chain.meeting_values import PointKind
    from samsyn.records.access.acts import Actor, ActorKind
    from samsyn.records.access.models import User
    from samsyn.records.meeting import group_writes, writes
    from samsyn.records.partnership.models import Membership
    from samsyn.records.plan.models import Action

    anna = User.objects.get(email="anna@granviken.example")
    partnership = Membership.objects.in_every_partnership().filter(user=anna)[0].partnership_id
    given: dict[str, Any] = {"partnership": partnership, "actor": Actor(ActorKind.USER, str(anna.id), anna.name), "at": datetime.now(UTC)}
    action = Action.objects.within(partnership).filter(responsible="Bo", withdrawn_at=None, plan__withdrawn_at=None).order_by("position")[0]
    group = group_writes.add_group(values={"name": "Arbetsgrupp Parkvägen", "kind": "working"}, **given).id
    for name, position, email in (("Anna", "Samordnare", anna.email), ("Bo", "Förvaltare", "bo@granvikshus.example"), ("Nour", "Ordförande", "")):
        group_writes.add_member(group=group, values={"name": name, "position": position, "email": email}, **given)
    meeting = writes.plan_meeting(group=group, starts_at=given["at"], minutes=60, **given).id
    about = {"plan": action.plan_id, "subject_kind": "action", "subject_id": action.id}
    for title, kind, more in (("Sedan sist", PointKind.SINCE_LAST, {}), ("Belysningen", PointKind.LATE, about), ("Nästa gång", PointKind.NEXT_TIME, {})):
        writes.add_point(meeting=meeting, title=title, kind=kind, **more, **given)
    return f"/moten/{meeting}/live/"


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(f"{make_meeting()}\n")
