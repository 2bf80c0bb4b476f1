"""Who gets what at the addresses of the reminders: how they go, quiet hours, days of a plan, contacts, absence."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.partnership import rhythm_writes as writes
from samsyn.records.partnership.models import Party
from tests.web.conftest import NOW, Town
from tests.web.rights import ADDED_NEW, EDIT, EDITED, OWN, OWN_DONE, SIGN_IN, TO_NEW, Row, nothing, plan, sends


def party(town: Town) -> dict[str, Any]:
    return {"party": Party.objects.within(town.partnership).get(organisation_id=town.organisation).id}


def absence_of(name: str, email: str) -> Any:
    def made(town: Town) -> dict[str, Any]:
        row = writes.add_absence(
            partnership=town.partnership, organisation=town.organisation, own_email=None,
            values={"name": name, "email": email, "from_on": date(2026, 12, 1), "until_on": date(2026, 12, 18)},
            actor=Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), at=NOW)
        return {"absence": row.id}

    return made


def days_away(_town: Town) -> dict[str, Any]:
    return {"name": "Bo", "from_on": "2026-12-01", "until_on": "2026-12-18", "once": uuid4().hex}


bos = absence_of("Bo", "bo@granviken.example")
annas = absence_of("Anna", "anna@granviken.example")
CHANGED = {"name": "Bo", "email": "bo@granviken.example", "from_on": "2026-12-01", "until_on": "2026-12-20", "version": "1", "base": "{}"}
OWN_ABSENCE = (SIGN_IN, 404, 404, 404, 200, 200)
OWN_ABSENCE_DONE = (SIGN_IN, 404, 404, 404, 302, 302)
COORDINATORS = (SIGN_IN, 404, 404, 404, 404, 200)
COORDINATORS_DONE = (SIGN_IN, 404, 404, 404, 404, 302)

NOTICES = [
    Row("notice_rules", OWN, nothing),
    Row("notice_rules_file", OWN, sends(ending="csv")),
    Row("notice_settings", TO_NEW, nothing),
    Row("paces_file", TO_NEW, sends(ending="xlsx")),
    Row("contacts_file", TO_NEW, sends(ending="csv")),
    Row("change_rhythm", TO_NEW, nothing),
    Row("change_rhythm", ADDED_NEW, nothing, sends(quiet_from="18", quiet_to="7", version="0", base="{}")),
    Row("change_plan_pace", EDIT, plan),
    Row("change_plan_pace", EDITED, plan, sends(silent_days="30", due_soon_days="7", days_between="7", version="0", base="{}")),
    Row("change_contact", EDIT, party),
    Row("change_contact", EDITED, party, sends(contact_name="", contact_email="", version="1", base="{}")),
    Row("absences", OWN, nothing),
    Row("absences_file", OWN, sends(ending="xlsx")),
    Row("add_absence", OWN, nothing),
    Row("add_absence", OWN_DONE, nothing, days_away),
    Row("change_absence", OWN_ABSENCE, bos, case="of Bo"),
    Row("change_absence", OWN_ABSENCE_DONE, bos, sends(**CHANGED), case="of Bo"),
    Row("change_absence", COORDINATORS, annas, case="of Anna"),
    Row("withdraw_absence", OWN_ABSENCE_DONE, bos, nothing, case="of Bo"),
    Row("withdraw_absence", COORDINATORS_DONE, annas, nothing, case="of Anna"),
]
