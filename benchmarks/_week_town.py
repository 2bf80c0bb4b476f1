"""
A partnership of realistic size for the benchmark of my week: ten plans of forty actions, thirty members, groups, meetings and letters.

Usage: python -m benchmarks._week_town              SAMSYN_FOLDER says where; prints one JSON line
       python -m benchmarks._week_town --change N   changes one row N times, a second apart: what is kept no longer holds
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from benchmarks._web_town import PASSWORD, _signed_in, store_plan

PLANS, ACTIONS, MEMBERS, LETTERS = 10, 40, 30, 12


@dataclass(frozen=True, slots=True)
class WeekTown:
    """The Cookie headers of a coordinator, a responsible and a steering member."""

    coordinator: str
    responsible: str
    steering: str


def make_week_town() -> WeekTown:
    """Fill an empty installation."""
    from samsyn.flows.founding import begin
    from samsyn.records.access.acts import Actor, ActorKind
    from samsyn.records.partnership.models import Membership
    from samsyn.records.partnership.rights import Role

    at = datetime.now(UTC)
    user = begin(partnership_name="Provstads samverkan", organisation_name="Provstads kommun", name="Prov Provsson",
                 email="prov@exempel.se", password=PASSWORD, at=at)
    place = Membership.objects.in_every_partnership().get(user=user)
    given: dict[str, Any] = {"partnership": place.partnership_id, "actor": Actor(ActorKind.USER, str(user.id), user.name), "at": at}
    people = [_member(f"Bo Ek {n}", f"bo.ek{n}@exempel.se", Role.RESPONSIBLE, place.organisation_id, given) for n in range(MEMBERS - 2)]
    steering = _member("Siv Styr", "siv@exempel.se", Role.STEERING_MEMBER, place.organisation_id, given)
    for _ in range(PLANS):
        plan = store_plan(ACTIONS, place.partnership_id, place.organisation_id, given["actor"], at)
        _between_meetings(plan, given)
    _tie(given)
    return WeekTown(_signed_in(user), _signed_in(people[1]), _signed_in(steering))


def _member(name: str, email: str, role: Any, organisation: Any, given: dict[str, Any]) -> Any:
    from samsyn.records.access.writes import add_user
    from samsyn.records.partnership.writes import add_member

    user = add_user(id=uuid4(), email=email, name=name, password=None, actor=given["actor"], at=given["at"])
    add_member(organisation=organisation, user=user, role=role, **given)
    return user


def _tie(given: dict[str, Any]) -> None:
    """Tie the actions to the accounts of those who are responsible, as a coordinator's edit would."""
    from samsyn.records.partnership.models import Membership
    from samsyn.records.plan.writes import adopt_responsibility

    for member in Membership.objects.within(given["partnership"]).select_related("user"):
        adopt_responsibility(email=member.user.email, member=member.id, **given)


def _between_meetings(plan: Any, given: dict[str, Any]) -> None:
    """Add what happens between meetings: a group with meetings, a decision that is asked for, letters that wait."""
    from samsyn.chain.notice_values import Person
    from samsyn.records.follow_up.writes import ask_decision
    from samsyn.records.meeting.group_writes import add_group
    from samsyn.records.meeting.writes import plan_meeting
    from samsyn.records.outbox.models import LetterKind
    from samsyn.records.outbox.writes import queue_letter

    group = add_group(values={"name": f"Grupp {str(plan)[:4]}", "kind": "working"}, plans=[plan], **given)
    for days in (2, 16, 30):
        plan_meeting(group=group.id, starts_at=given["at"] + timedelta(days=days), minutes=60, **given)
    ask_decision(plan=plan, action=None, values={"text": "Vem betalar belysningen?", "otherwise": "Den blir inte av."}, **given)
    for n in range(LETTERS):
        queue_letter(kind=LetterKind.HELP, person=Person(f"Bo Ek {n}", ""), subject="Hur går det?", text="Hej! Hur går det?", **given)


def change(times: int) -> None:
    """Change one row, over and over."""
    from samsyn.records.access.acts import Act, Actor, ActorKind
    from samsyn.records.access.writes import writing
    from samsyn.records.plan.models import ActionPlan

    for n in range(times):
        row = ActionPlan.objects.in_every_partnership().first()
        with writing(actor=Actor(ActorKind.JOB, "bench", "Prov"), at=datetime.now(UTC), act=Act(kind="x", words="x", partnership=row.partnership_id)):
            row.summary = f"Ändrad {n} {time.time()}"
            row.save(update_fields=["summary"])
        time.sleep(1)


def main(*arguments: str) -> None:
    """Make the town, or change it."""
    from samsyn.site.start import bring_up_to_date, set_up

    set_up()
    if arguments:
        change(int(arguments[1]))
        print(json.dumps({"changed": int(arguments[1])}))
        return
    bring_up_to_date()
    print(json.dumps(asdict(make_week_town())))


if __name__ == "__main__":
    main(*sys.argv[1:])
