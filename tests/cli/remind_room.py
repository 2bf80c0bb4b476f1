"""
Makes a database in SAMSYN_FOLDER where people are to be reminded, or reminds them at a moment, as a process of its own.

Usage: remind_room.py fill PEOPLE       that many people, each with an action whose day has gone, and a letter to each that somebody asked for
       remind_room.py remind MOMENT     `samsyn remind`, with the clock showing MOMENT (ISO)
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

AT = datetime(2024, 1, 15, 6, 0, tzinfo=UTC)  # a Monday that has been, whatever the clock of the machine says


def fill(people: int) -> None:
    from samsyn.chain.notice_values import Person
    from samsyn.records.access import writes as access
    from samsyn.records.access.acts import Act, Actor, ActorKind
    from samsyn.records.access.writes import writing
    from samsyn.records.outbox.models import LetterKind
    from samsyn.records.outbox.writes import queue_letter
    from samsyn.records.partnership import writes as partnership
    from samsyn.records.partnership.rights import Role
    from samsyn.records.plan import writes as plan
    from samsyn.site.start import bring_database_up_to_date

    bring_database_up_to_date()
    actor = Actor(ActorKind.JOB, "tests", "Testerna")
    with writing(actor=actor, at=AT, act=Act(kind="town.made", words="gjorde en stad", partnership=None)):
        ours = partnership.add_partnership(name="Granviken", organisation_name="Granvikens kommun", actor=actor, at=AT)
        anna = access.add_user(id=uuid4(), email="anna@granvik.example", name="Anna", password=None, actor=actor, at=AT)
        partnership.add_member(partnership=ours.id, organisation=ours.coordinating_id, user=anna, role=Role.COORDINATOR, actor=actor, at=AT)
        made = plan.add_plan(partnership=ours.id, values={"name": "Hamnen"}, actor=actor, at=AT)
        for number in range(people):
            name, email = f"Person {number}", f"person{number}@granvik.example"
            values = {"text": f"Åtgärd {number}", "responsible": name, "responsible_email": email, "due_on": date(2024, 1, 12)}
            plan.add_action(partnership=ours.id, plan=made.id, values=values, causes=[], goals=[], actor=actor, at=AT)
            queue_letter(partnership=ours.id, kind=LetterKind.HELP, person=Person(name, email), subject="Hjälp", text="Ring.", actor=actor, at=AT)


def main(what: str, *given: str) -> None:
    from samsyn.cli.remind import remind
    from samsyn.site.start import set_up

    set_up()
    match what:
        case "fill":
            fill(int(given[0]))
        case "remind":
            remind(datetime.fromisoformat(given[0]))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(*sys.argv[1:])
