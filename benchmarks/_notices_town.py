"""
A partnership of many people, each with open actions, for the benchmark of the morning's reminders; and its mornings as processes of their own.

Usage: python -m benchmarks._notices_town fill ACTIONS PEOPLE   prints what was made as one JSON line
       python -m benchmarks._notices_town morning               the morning's work; prints seconds, peak of memory in MB, and notices queued, as JSON
       python -m benchmarks._notices_town post PORT             the letters of the morning, handed to a mail server; prints seconds, MB and letters sent
       python -m benchmarks._notices_town baseline              the same rows read and written as plain SQL; prints seconds as JSON
SAMSYN_FOLDER says where.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from benchmarks._web_town import PASSWORD

MONDAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
PLANS, SMALL = 20, 500


def fill(actions: int, people: int) -> dict[str, int]:
    """Make an installation of twenty plans where every action is open: a third is late, a third silent, a third due soon; half have a story."""
    from samsyn.flows.founding import begin
    from samsyn.records.access.acts import Act, Actor, ActorKind
    from samsyn.records.access.writes import writing
    from samsyn.records.follow_up.models import FaceSetting
    from samsyn.records.partnership.models import Membership
    from samsyn.records.plan.models import Action, ActionDependency, CheckIn
    from samsyn.records.plan.writes import add_plan

    at = AT - timedelta(days=100)
    user = begin(partnership_name="Provstads samverkan", organisation_name="Provstads kommun", name="Prov Provsson", email="prov@exempel.se",
                 password=PASSWORD, at=at)
    place = Membership.objects.in_every_partnership().get(user=user)
    own = {"partnership_id": place.partnership_id, "organisation_id": place.organisation_id}
    actor = Actor(ActorKind.USER, str(user.id), user.name)
    with writing(actor=actor, at=at, act=Act(kind="plan.added", words="skapade en plan", partnership=place.partnership_id)):
        plans = [add_plan(partnership=place.partnership_id, values={"name": f"Plan {n}"}, actor=actor, at=at) for n in range(PLANS)]
        rows = [Action(**own, plan=plans[n % PLANS], position=n // PLANS, **_values(n, people)) for n in range(actions)]
        Action.objects.bulk_create(rows, batch_size=SMALL)
        CheckIn.objects.bulk_create([
            CheckIn(**own, action=row, at=AT - timedelta(days=40 + n % 50), by="Bo Ek", by_id="bo", text="Det går framåt.")
            for n, row in enumerate(rows) if n % 2 for _ in range(3)], batch_size=SMALL)
        FaceSetting.objects.bulk_create([
            FaceSetting(**own, action=row, side="implementation", value="under_way", at=AT - timedelta(days=45), by="Anna")
            for n, row in enumerate(rows) if n % 4 == 0], batch_size=SMALL)
        ActionDependency.objects.bulk_create([
            ActionDependency(**own, action=row, on=rows[n - 1]) for n, row in enumerate(rows) if n % 10 == 9], batch_size=SMALL)
    return {"actions": len(rows), "people": len({row.responsible_email for row in rows})}


def _values(n: int, people: int) -> dict[str, Any]:
    person = n % people
    due = (MONDAY - timedelta(days=n % 30 + 1), MONDAY + timedelta(days=200), MONDAY + timedelta(days=n % 7))[n % 3]
    return {"text": f"Vandra kvällstid i kvarter {n} två kvällar i veckan hela terminen", "responsible": f"Person {person}",
            "responsible_email": f"person{person}@exempel.se", "responsible_organisation": "Provstads kommun", "due_on": due}


def morning() -> dict[str, float]:
    """Do the morning's work once, as the clocks do."""
    from samsyn.flows.notices.morning import morning as do_morning

    started = time.perf_counter()
    done = do_morning(MONDAY, AT)
    if done.failed:
        raise SystemExit(1)
    return {"seconds": time.perf_counter() - started, "megabytes": _peak(), "queued": done.queued}


def post(port: int) -> dict[str, float]:
    """Write the letters and hand them to a mail server, as the clocks do."""
    from django.conf import settings

    from samsyn.flows.notices.posting import post as do_post
    from samsyn.flows.notices.smtp import SmtpServer
    from samsyn.site.one_sender import SomebodySends, only_sender

    started = time.perf_counter()
    try:
        with only_sender(settings.CONFIG.folder) as is_alone:
            done = do_post(AT + timedelta(hours=1), SmtpServer("127.0.0.1", port, "samsyn@exempel.se"), "http://localhost", alone=is_alone)
    except SomebodySends:
        return {"seconds": time.perf_counter() - started, "megabytes": _peak(), "sent": 0}
    return {"seconds": time.perf_counter() - started, "megabytes": _peak(), "sent": done.sent}


def baseline() -> dict[str, float]:
    """Read every action with the day of its last check-in, and write a row for each that is late, silent or due soon: SQL and nothing more."""
    from django.conf import settings

    started = time.perf_counter()
    with closing(sqlite3.connect(settings.CONFIG.database)) as database, database:
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TEMP TABLE told (id TEXT, kind TEXT, subject TEXT, person TEXT, period TEXT, UNIQUE (kind, subject, person, period))")
        database.executemany("INSERT INTO told VALUES (?, ?, ?, ?, ?)", list(_due(database)))
    return {"seconds": time.perf_counter() - started}


def _due(database: sqlite3.Connection) -> Iterator[tuple[str, ...]]:
    rows = database.execute("SELECT a.id, a.responsible_email, a.due_on, max(c.at) FROM plan_action a "
                            "LEFT JOIN plan_checkin c ON c.action_id = a.id GROUP BY a.id")
    for action, email, due_on, last in rows:
        late = due_on is not None and due_on < MONDAY.isoformat()
        soon = due_on is not None and MONDAY.isoformat() <= due_on <= (MONDAY + timedelta(days=7)).isoformat()
        kind = "overdue" if late else "due_soon" if soon else "silent"
        yield uuid4().hex, kind, str(UUID(action)), email, last or due_on


def _peak() -> float:
    """Return the most memory this process has held, in MB (10^6 bytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def main(what: str, *given: str) -> None:
    """Set Django up, then do what is asked."""
    from samsyn.site.start import bring_up_to_date, set_up

    set_up()
    if what == "fill":
        bring_up_to_date()
    found = {"fill": fill, "morning": morning, "post": post, "baseline": baseline}[what](*map(int, given))  # type: ignore[operator]
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
