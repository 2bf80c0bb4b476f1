"""A small room of one plan, made through the writes, and another that must never see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from samsyn.chain.choices import Implementation
from samsyn.records.access import writes as access
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.access.models import User
from samsyn.records.follow_up import writes as follow_up
from samsyn.records.partnership import writes as partnership
from samsyn.records.partnership.models import Membership
from samsyn.records.partnership.rights import Role
from samsyn.records.plan import writes
from samsyn.records.plan.reads import PlanHead, plan_head
from samsyn.records.source import writes as source

AT = datetime(2026, 11, 23, 8, 14, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


@dataclass
class Room:
    """A partnership with its coordinator and one row of every kind. `given` is what every write takes."""

    partnership: UUID
    organisation: UUID
    user: User
    member: UUID
    plan: UUID
    problem: UUID
    cause: UUID
    goal: UUID
    action: UUID
    step: UUID
    check_in: UUID
    decision: UUID
    run: UUID
    actor: Actor

    @property
    def given(self) -> dict[str, Any]:
        return {"partnership": self.partnership, "actor": self.actor, "at": AT}

    @property
    def head(self) -> PlanHead:
        found = plan_head(self.partnership, self.plan)
        assert found is not None
        return found


def make_room(name: str) -> Room:
    """Make a partnership with one row in every table that belongs to it."""
    user_id = uuid4()
    actor = Actor(ActorKind.USER, str(user_id), f"{name}s samordnare")
    by: dict[str, Any] = {"actor": actor, "at": AT}
    user = access.add_user(id=user_id, email=f"{user_id.hex}@{name.lower()}.example", name=actor.name, password=None, **by)
    made = partnership.add_partnership(name=name, organisation_name=f"{name}s kommun", **by)
    member = partnership.add_member(partnership=made.id, organisation=made.coordinating_id, user=user, role=Role.COORDINATOR, **by)
    given = {"partnership": made.id, **by}
    partnership.invite(organisation_name="Skolan", name="Nils", email="nils@skolan.example", role=Role.READER, **given)
    plan = writes.add_plan(values={"name": f"Plan för {name}"}, **given)
    problem = writes.add_problem(plan=plan.id, values={"title": "Skadegörelse"}, **given)
    cause = writes.add_cause(plan=plan.id, problem=problem.id, values={"text": "Mörkt"}, **given)
    goal = writes.add_goal(plan=plan.id, problem=problem.id, values={"text": "Färre klottrade fönster"}, **given)
    values = {"text": "Byt lampor", "responsible": "Bo", "due_on": date(2026, 12, 1), "hours": Decimal("12.50")}
    action = writes.add_action(plan=plan.id, values=values, causes=[cause.id], goals=[goal.id], **given)
    writes.add_action(plan=plan.id, values={"text": "Klipp buskar"}, causes=[cause.id], goals=[goal.id], **given)
    step = writes.add_step(action=action.id, values={"text": "Beställ"}, **given)
    check_in = writes.add_check_in(action=action.id, organisation=made.coordinating_id, values={"text": "Beställda"}, **given)
    follow_up.set_face(action=action.id, value=Implementation.UNDER_WAY, why="", rests_on=None, **given)
    decision = follow_up.ask_decision(plan=plan.id, action=None, values={"text": "Pengar"}, **given)
    follow_up.save_report(plan=plan.id, content={}, **given)
    writes.silence_rule(plan=plan.id, rule="goal-without-target", reason="Kommer i mars", **given)
    run = source.receive_file(organisation=made.coordinating_id, name="plan.xlsx", content=b"PK", reading={"rows": []}, found_at=[], **given)
    return Room(made.id, made.coordinating_id, user, member.id, plan.id, problem.id, cause.id, goal.id, action.id, step.id, check_in.id, decision.id,
                run.id, actor)


@pytest.fixture
def room(db: None) -> Room:
    return make_room("Granviken")


@pytest.fixture
def elsewhere(db: None) -> Room:
    return make_room("Norrängen")


def another_member(room: Room, role: Role, email: str = "bo@granvikshus.example") -> Membership:
    user = access.add_user(id=uuid4(), email=email, name="Bo", password=None, actor=room.actor, at=AT)
    return partnership.add_member(organisation=room.organisation, user=user, role=role, **room.given)
