"""A partnership of two with one small plan, made anew for every test of a flow."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.flows.brought import NOW, Room, actor


@pytest.fixture
def town(db: None) -> Room:
    """Anna coordinates, Bo is responsible; their plan has one action against one cause of one problem."""
    from samsyn.records.access import writes as access
    from samsyn.records.access.acts import Actor, ActorKind
    from samsyn.records.partnership import writes as partnership
    from samsyn.records.partnership.rights import Role
    from samsyn.records.plan import writes as plan

    starter = Actor(ActorKind.JOB, "tests", "Testerna")
    ours = partnership.add_partnership(name="Granviken", organisation_name="Granvikens kommun", actor=starter, at=NOW)
    users = {}
    for name, role in (("Anna", Role.COORDINATOR), ("Bo", Role.RESPONSIBLE)):
        user = access.add_user(id=uuid4(), email=f"{name.lower()}@flows.example", name=name, password=None, actor=starter, at=NOW)
        partnership.add_member(partnership=ours.id, organisation=ours.coordinating_id, user=user, role=role, actor=starter, at=NOW)
        users[name] = user.id
    given = {"partnership": ours.id, "actor": starter, "at": NOW}
    made = plan.add_plan(values={"name": "Hamnen"}, **given)
    room = Room(ours.id, ours.coordinating_id, made.id, users)
    problem = plan.add_problem(plan=made.id, values={"title": "Bråk vid kajen"}, **given)
    cause = plan.add_cause(plan=made.id, problem=problem.id, values={"text": "Mörkt vid kajen"}, **given)
    plan.add_action(plan=made.id, values={"text": "Lampor längs kajen", "responsible": "Bo"}, causes=[cause.id], goals=[], **given)
    assert actor(room).name == "Anna"
    return room
