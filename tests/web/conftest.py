"""The invented town as the web tests meet it: filled once, one Monday morning; every test starts from the same rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client

NOW = datetime(2026, 11, 23, 8, 14, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PASSWORD = "en mening som Anna minns"
INVITATION = "Nils"


@dataclass(frozen=True)
class Town:
    """
    Ids of the rows that the tests point at, all of Granviken except `elsewhere`.

    bo_action      an action that Bo is responsible for and that has steps
    other_action   an action that somebody else is responsible for
    users          name -> id of everybody who can sign in
    """

    partnership: UUID
    organisation: UUID
    plan: UUID
    problem: UUID
    cause: UUID
    goal: UUID
    bo_action: UUID
    other_action: UUID
    step: UUID
    other_step: UUID
    decision: UUID
    report: UUID
    invitation: UUID
    token: str
    withdrawn_goal: UUID
    membership: UUID
    elsewhere: UUID
    elsewhere_plan: UUID
    elsewhere_action: UUID
    users: dict[str, UUID] = field(default_factory=dict)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Fill the test database once; what a test writes is rolled back after it."""
    from samsyn.flows.founding import make_demo_town
    from samsyn.flows.intake.at_once import take_in

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # where `samsyn serve` lays the static files
    with django_db_blocker.unblock():
        make_demo_town(today=TODAY, at=NOW, take_in=take_in)


@pytest.fixture(scope="session")
def town(django_db_setup: None, django_db_blocker: Any) -> Town:
    """The rows of the town, with what the demonstration lacks: a reader, an invitation, a saved report, a removed goal, a password."""
    with django_db_blocker.unblock():
        return _town()


def _town() -> Town:
    from samsyn.flows.reports.steering_report import report_now
    from samsyn.chain.report_json import to_json
    from samsyn.records.access import writes as access
    from samsyn.records.access.acts import Actor, ActorKind
    from samsyn.records.access.models import User
    from samsyn.records.follow_up import writes as follow_up
    from samsyn.records.follow_up.reads import plan_values
    from samsyn.records.partnership import writes as partnership
    from samsyn.records.partnership.models import Membership, Partnership
    from samsyn.records.partnership.rights import Role
    from samsyn.records.plan import writes
    from samsyn.records.plan.models import Action
    from samsyn.records.plan.reads import plan_heads

    import json

    granviken = Partnership.objects.get(name__startswith="Granviken")
    elsewhere = Partnership.objects.get(name__startswith="Norrängen")
    anna = User.objects.get(email="anna@granviken.example")
    given: dict[str, Any] = {"actor": Actor(ActorKind.USER, str(anna.id), anna.name), "at": NOW}
    access.set_password(user=anna, password=PASSWORD, **given)
    rut = access.add_user(id=uuid4(), email="rut@granviken.example", name="Rut", password=None, **given)
    partnership.add_member(partnership=granviken.id, organisation=granviken.coordinating_id, user=rut, role=Role.READER, **given)
    row, token = partnership.invite(partnership=granviken.id, organisation_name="Granvikshus", name=INVITATION, email="nils@granviken.example",
                                    role=Role.RESPONSIBLE, **given)
    head = next(h for h in plan_heads(granviken.id) if "centrum" in h.name)
    values = plan_values(head)
    saved = follow_up.save_report(partnership=granviken.id, plan=head.id, content=json.loads(to_json(report_now(head, TODAY))), **given)
    removed = writes.add_goal(partnership=granviken.id, plan=head.id, problem=None, values={"text": "Ett mål som togs bort"}, **given)
    writes.withdraw_row(partnership=granviken.id, plan=head.id, kind="goal", row_id=removed.id, **given)
    bos = next(a for a in values.actions if a.responsible == "Bo" and a.steps)
    other = next(a for a in values.actions if a.responsible not in ("Bo", "Dana", "") and a.steps)
    users = {user.name: user.id for user in User.objects.all()}
    there = plan_heads(elsewhere.id)[0]
    return Town(
        partnership=granviken.id, organisation=granviken.coordinating_id, plan=head.id, problem=UUID(values.problems[0].id),
        cause=UUID(values.causes[0].id), goal=UUID(values.goals[0].id), bo_action=UUID(bos.id), other_action=UUID(other.id),
        step=UUID(bos.steps[0].id), other_step=UUID(other.steps[0].id), decision=UUID(values.decisions_asked[0].id), report=saved.id,
        invitation=row.id, token=token, withdrawn_goal=removed.id,
        membership=Membership.objects.within(granviken.id).get(user_id=users["Dana"]).id, elsewhere=elsewhere.id, elsewhere_plan=there.id,
        elsewhere_action=Action.objects.within(elsewhere.id).filter(plan_id=there.id)[0].id, users=users)


@pytest.fixture(autouse=True)
def monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock that the pages read."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def enter(town: Town, db: None) -> Callable[..., Client]:
    """Return a function that gives a browser where somebody of the town is signed in: enter("Anna"). None: nobody is."""
    def entered(name: str | None, **given: Any) -> Client:
        from samsyn.records.access.models import User

        client = Client(**given)
        if name:
            client.force_login(User.objects.get(id=town.users[name]))
        return client

    return entered


@pytest.fixture
def anna(enter: Callable[..., Client]) -> Client:
    """The coordinator's browser."""
    return enter("Anna")
