"""
A town of plans of given sizes for the web benchmarks, and a signed-in coordinator.

Usage: python -m benchmarks._web_town SIZE [SIZE ...]     SAMSYN_FOLDER says where; prints one JSON line
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

PASSWORD = "en mening som bara prov minns"
ROWS_A_CAUSE, CAUSES_A_PROBLEM, PEOPLE = 5, 8, 40


@dataclass(frozen=True, slots=True)
class Town:
    """
    What a benchmark needs to ask for pages.

    cookie   the Cookie header of the signed-in coordinator
    plans    number of actions -> the plan's id
    action   an action of the smallest plan
    """

    cookie: str
    plans: dict[str, str]
    action: str


def make_town(sizes: list[int]) -> Town:
    """Fill an empty installation with one partnership, its coordinator and a plan of each size."""
    from samsyn.flows.founding import begin
    from samsyn.records.access.acts import Actor, ActorKind
    from samsyn.records.partnership.models import Membership

    at = datetime.now(UTC)
    user = begin(partnership_name="Provstads samverkan", organisation_name="Provstads kommun", name="Prov Provsson",
                 email="prov@exempel.se", password=PASSWORD, at=at)
    place = Membership.objects.in_every_partnership().get(user=user)
    actor = Actor(ActorKind.USER, str(user.id), user.name)
    plans = {str(size): store_plan(size, place.partnership_id, place.organisation_id, actor, at) for size in sizes}
    return Town(_signed_in(user), {size: str(plan) for size, plan in plans.items()}, _first_action(place.partnership_id, plans[str(sizes[0])]))


def store_plan(size: int, partnership: UUID, organisation: UUID, actor: Any, at: datetime) -> UUID:
    """Store a plan of so many actions in one act, with links, faces and check-ins, and triggers at work as always."""
    from samsyn.records.access.acts import Act
    from samsyn.records.access.writes import writing
    from samsyn.records.plan import writes
    from samsyn.records.plan.models import Action, ActionCause, ActionGoal, CheckIn
    from samsyn.records.follow_up.models import FaceSetting

    own = {"partnership_id": partnership, "organisation_id": organisation}
    with writing(actor=actor, at=at, act=Act(kind="plan.added", words="skapade en plan", partnership=partnership)):
        plan = writes.add_plan(partnership=partnership, values={"name": f"Plan med {size} åtgärder", "period": "2026–2027"}, actor=actor, at=at)
        causes, goals = _chain(size, plan.id, own, actor, at)
        rows = [Action(**own, plan=plan, position=n, **_action_values(n, at.date())) for n in range(size)]
        Action.objects.bulk_create(rows, batch_size=500)
        here = [causes[n // ROWS_A_CAUSE] for n in range(size)]
        also = [(row, causes[(n // ROWS_A_CAUSE + 1) % len(causes)]) for n, row in enumerate(rows) if n % 7 == 0 and len(causes) > 1]
        links = [*zip(rows, here, strict=True), *also]
        ActionCause.objects.bulk_create([ActionCause(**own, action=row, cause=cause) for row, cause in links], batch_size=500)
        ActionGoal.objects.bulk_create([ActionGoal(**own, action=row, goal=goals[n // ROWS_A_CAUSE % len(goals)])
                                        for n, row in enumerate(rows) if n % 9], batch_size=500)
        FaceSetting.objects.bulk_create(list(_faces(rows, own, at)), batch_size=500)
        CheckIn.objects.bulk_create([CheckIn(**own, action=row, at=at, by="Bo Ek", by_id="bo", text="Det går framåt, men sakta.",
                                             hindered="Personen slutade." if n % 4 == 0 else "", hours=Decimal(3))
                                     for n, row in enumerate(rows) if n % 2], batch_size=500)
    return plan.id


def _chain(size: int, plan: UUID, own: dict[str, UUID], actor: Any, at: datetime) -> tuple[list[Any], list[Any]]:
    """Store problems, causes and goals for a plan of so many actions; return the causes and the goals."""
    from samsyn.records.plan import writes
    from samsyn.records.plan.models import Goal
    from samsyn.records.situation.models import Cause

    causes = -(-size // ROWS_A_CAUSE)
    given: dict[str, Any] = {"partnership": own["partnership_id"], "plan": plan, "actor": actor, "at": at}
    problems = [writes.add_problem(values={"title": f"Otrygghet i kvarter {n + 1} sena kvällar", "priority": n + 1}, **given)
                for n in range(-(-causes // CAUSES_A_PROBLEM))]
    return (
        Cause.objects.bulk_create([Cause(**own, problem=problems[n // CAUSES_A_PROBLEM], number=n + 1, directness="direct" if n % 2 else "",
                                         text=f"Platsen är mörk och få vuxna rör sig där sent, kvarter {n + 1}") for n in range(causes)], batch_size=500),
        Goal.objects.bulk_create([Goal(**own, plan_id=plan, problem=problem, position=n, kind="effect", indicator="Anmälningar i kvarteret",
                                       text=f"Färre anmälningar i kvarter {n + 1}", baseline="40 om året", target="25 om året" if n % 2 else "")
                                  for n, problem in enumerate(problems)], batch_size=500),
    )


def _action_values(n: int, today: date) -> dict[str, Any]:
    """Return the fields of one invented action: some late, some without a date or a responsible."""
    person = n % PEOPLE
    responsible = {"responsible": f"Bo Ek {person}", "responsible_organisation": "Provstads Bostäder",
                   "responsible_email": f"bo.ek{person}@exempel.se" if n % 3 else ""}
    return {
        "text": f"Vandra kvällstid i kvarter {n // ROWS_A_CAUSE + 1} med grupp {n + 1}, två kvällar i veckan hela terminen",
        "approach": ("situational", "social", "")[n % 3], "regularity": ("one_off", "ordinary")[n % 2],
        "start_on": today - timedelta(days=300), "due_on": None if n % 11 == 0 else today + timedelta(days=n % 400 - 120),
        "due_typed": "löpande" if n % 22 == 0 else "", **(responsible if n % 13 else {}),
    }


def _faces(rows: list[Any], own: dict[str, UUID], at: datetime) -> Any:
    from samsyn.chain.choices import Implementation, Result
    from samsyn.records.follow_up.models import FaceSetting

    words, results = list(Implementation), list(Result)
    for n, row in enumerate(rows):
        if n % 3:
            yield FaceSetting(**own, action=row, side="implementation", value=words[n % len(words)], at=at, by="Anna Berg")
        if n % 4 == 0:
            yield FaceSetting(**own, action=row, side="result", value=results[n % len(results)], at=at, by="Anna Berg", why="Så säger räkningen.",
                              rests_on="own_count")


def _signed_in(user: Any) -> str:
    """Return the cookie of a session where the user is signed in."""
    from django.conf import settings
    from django.test import Client

    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


def _first_action(partnership: UUID, plan: UUID) -> str:
    from samsyn.records.plan.models import Action

    return str(Action.objects.within(partnership).filter(plan_id=plan).order_by("position").values_list("id", flat=True)[0])


def main(sizes: list[str]) -> None:
    """Bring the installation up to date, fill it and print what was made."""
    from samsyn.site.start import bring_up_to_date, set_up

    set_up()
    bring_up_to_date()
    print(json.dumps(asdict(make_town([int(size) for size in sizes]))))


if __name__ == "__main__":
    main(sys.argv[1:])
