"""
A meeting that goes on, with people signed in, for the benchmark of many who write at once.

Usage: python -m benchmarks._live_town PEOPLE LINES     SAMSYN_FOLDER says where; prints one JSON line
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from benchmarks._web_town import _signed_in, store_plan


def make_meeting(people: int, lines: int) -> dict[str, Any]:
    """Fill an empty installation with a live meeting of so many people, in which so many lines stand already; return its id and their cookies."""
    from samsyn.chain.meeting_values import PointKind
    from samsyn.flows.founding import begin
    from samsyn.records.access import writes as access
    from samsyn.records.access.acts import Actor, ActorKind
    from samsyn.records.meeting import group_writes, line_writes, live_writes, writes
    from samsyn.records.partnership import writes as partnership
    from samsyn.records.partnership.models import Membership
    from samsyn.records.partnership.rights import Role
    from samsyn.records.plan.models import Action

    at = datetime.now(UTC)
    user = begin(partnership_name="Provstads samverkan", organisation_name="Provstads kommun", name="Prov Provsson", email="prov@exempel.se",
                 password="en mening som bara prov minns", at=at)
    place = Membership.objects.in_every_partnership().get(user=user)
    given: dict[str, Any] = {"actor": Actor(ActorKind.USER, str(user.id), user.name), "at": at}
    users = [user]
    for number in range(1, people):
        added = access.add_user(id=uuid4(), email=f"person{number}@exempel.se", name=f"Person {number}", password=None, **given)
        partnership.add_member(partnership=place.partnership_id, organisation=place.organisation_id, user=added, role=Role.RESPONSIBLE, **given)
        users.append(added)
    plan = store_plan(100, place.partnership_id, place.organisation_id, given["actor"], at)
    given["partnership"] = place.partnership_id
    group = group_writes.add_group(values={"name": "Arbetsgruppen", "kind": "working"}, plans=[plan], **given).id
    for one in users:
        group_writes.add_member(group=group, values={"name": one.name, "email": one.email}, **given)
    meeting = writes.plan_meeting(group=group, starts_at=at - timedelta(minutes=20), minutes=90, **given).id
    actions = Action.objects.within(place.partnership_id).filter(plan_id=plan).order_by("position")[:12]
    points = [writes.add_point(meeting=meeting, title=f"Åtgärd {number}", kind=PointKind.LATE, plan=plan, subject_kind="action", subject_id=action.id,
                               **given).id for number, action in enumerate(actions)]
    live_writes.open_meeting(meeting=meeting, **given)
    for start in range(0, lines, 50):
        texts = [f"Person {number % people}: sak {number} före 15 mars" for number in range(start, min(lines, start + 50))]
        line_writes.add_lines(meeting=meeting, point=points[start // 50 % len(points)], texts=texts, today=at.date(), **given)
    return {"meeting": str(meeting), "point": str(points[0]), "cookies": [_signed_in(one) for one in users]}


def main(people: str, lines: str) -> None:
    """Bring the installation up to date, fill it and print what was made."""
    from samsyn.site.start import bring_up_to_date, set_up

    set_up()
    bring_up_to_date()
    print(json.dumps(make_meeting(int(people), int(lines))))


if __name__ == "__main__":
    main(*sys.argv[1:])
