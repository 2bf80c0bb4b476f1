"""Every list leaves as Excel and as CSV, says what it holds in its header, and holds no formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.web.a_steering_meeting import closed_meeting
from tests.web.conftest import Town
from tests.web.live_meeting import planned_meeting
from tests.web.test_forms import FORMULAS, dangerous_cells

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]

OF_PAGE = {  # page -> the lists it gives
    "start": ("late_file", "mine_file"), "pulse": ("pulse_file", "stalls_file"), "plans": ("plans_file",),
    "board": ("plan_file",), "goals": ("goals_file",), "plan_check": ("remarks_file",),
    "plan_rule": ("rule_file",), "all_rules": ("rules_file",), "timeline_page": ("timeline_file",), "order": ("order_file",),
    "commitments": ("commitments_file",), "follow_up": ("follow_up_file",), "lessons": ("lessons_file",), "adopted": ("adopted_file",),
    "since_adoption": ("since_adoption_file",), "report": ("saved_file", "decisions_file"), "action": ("check_ins_file", "history_file"),
    "settings": ("members_file", "invitations_file"), "runs": ("runs_file",),
    "meetings": ("meetings_file",), "meeting": ("agenda_file",), "minutes": ("assignments_file",), "group": ("group_people_file",),
    "letters": ("letters_file",), "notice_rules": ("notice_rules_file",), "notice_settings": ("paces_file", "contacts_file"), "absences": ("absences_file",),
}


def files() -> dict[str, list[str]]:
    """Return the names of all addresses that end in xlsx or csv as one wishes, each with what else they are made of."""
    return {pattern.name: [one for one in pattern.pattern.converters if one != "ending"]
            for pattern in get_resolver().url_patterns if "ending" in getattr(pattern, "pattern", pattern).converters}


def address(name: str, town: Town, **more: str) -> str:
    from samsyn.records.follow_up.models import Adoption

    known: dict[str, Any] = {"plan": town.plan, "row": town.bo_action, "rule": "atgard-utan-orsak", "adoption": None}
    wanted = next(pattern.pattern.converters for pattern in get_resolver().url_patterns if getattr(pattern, "name", "") == name)
    if {"meeting", "group"} & set(wanted):
        known |= a_meeting(town) if name not in ("minutes", "assignments_file") else {"meeting": a_closed_meeting(town)}
    if "adoption" in wanted:
        known["adoption"] = Adoption.objects.within(town.partnership).filter(plan_id=town.plan).latest("at").id
    return reverse(name, kwargs={key: more.get(key, known.get(key)) for key in wanted})


def a_closed_meeting(town: Town) -> UUID:
    """Return a meeting that handed out an assignment; closed the first time it is asked for."""
    from samsyn.records.meeting.line_reads import assignments_open

    there = [line.meeting for line in assignments_open(town.partnership) if line.closed_at]
    return there[0] if there else closed_meeting(town)["meeting"]


def a_meeting(town: Town) -> dict[str, Any]:
    """Return the ids of a planned meeting and its group; planned the first time it is asked for."""
    from samsyn.records.meeting.reads import meetings

    there = meetings(town.partnership)
    if there:
        return {"meeting": there[0].id, "group": there[0].group}
    held = planned_meeting(town)
    return {"meeting": held.meeting, "group": held.group}


def lines(client: Client, name: str, town: Town) -> list[list[str]]:
    response = client.get(address(name, town, ending="csv"))
    assert response.status_code == 200, name
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_every_list_has_a_page_that_gives_it_as_excel_and_csv(town: Town, anna: Client, enter: Enter) -> None:
    assert {name for names in OF_PAGE.values() for name in names} == set(files())
    with_own = enter("Bo")
    a_meeting(town)
    anna.post(reverse("quick_add", args=[town.plan]), {"text": "Utan orsak"})
    for page, names in OF_PAGE.items():
        for name in names:
            html = (with_own if name == "mine_file" else anna).get(address(page, town)).content.decode()
            for ending in ("xlsx", "csv"):
                assert f'href="{address(name, town, ending=ending)}"' in html, f"{page} has no {ending} of {name}"


def test_no_list_ever_has_a_formula(town: Town, anna: Client) -> None:
    action, held = {"plan": town.plan, "row": town.bo_action}, a_meeting(town)
    for text in FORMULAS:
        anna.post(reverse("add_point", args=[held["meeting"]]), {"title": text, "why": text, "once": uuid4().hex})
        anna.post(reverse("add_person", args=[held["group"]]), {"name": text, "position": text, "once": uuid4().hex})
        anna.post(reverse("quick_add", args=[town.plan]), {"text": text, "responsible": text, "due_on": "2020-01-01"})
        anna.post(reverse("add_goal", args=[town.plan]), {"text": text, "target": text, "once": uuid4().hex})
        anna.post(reverse("add_lesson", args=[town.plan]), {"text": text, "for_whom": text, "once": uuid4().hex})
        anna.post(reverse("check_in", kwargs=action), {"text": text, "helped": text, "implementation": "under_way", "once": uuid4().hex})
        anna.post(reverse("ask_decision", args=[town.plan]), {"text": text, "once": uuid4().hex})
        anna.post(reverse("adopt", args=[town.plan]), {"adopted_on": "2026-11-20", "body": text, "decision": text, "once": uuid4().hex})
        anna.post(reverse("invite"), {"name": text, "email": "x@x.example", "organisation": text, "role": "reader"})
        anna.post(reverse("add_absence"), {"name": text, "from_on": "2026-12-01", "until_on": "2026-12-18", "once": uuid4().hex})
    anna.post(reverse("change_me"), {"which": "name", "name": FORMULAS[0]})
    said = 0
    for name in files():
        with zipfile.ZipFile(io.BytesIO(anna.get(address(name, town, ending="xlsx")).content)) as parts:
            sheets = [parts.read(part).decode() for part in parts.namelist() if part.startswith("xl/worksheets/")]
        assert sheets and not any(re.search("<f[ >]|<hyperlink", sheet) for sheet in sheets), name
        text = anna.get(address(name, town, ending="csv")).content.decode("utf-8-sig")
        assert dangerous_cells(text) == [], name
        said += "'=1+1" in text
    assert said >= 9, "the planted texts must reach the lists"


def test_every_list_of_the_town_holds_what_its_page_shows(town: Town, anna: Client, enter: Enter) -> None:
    anna.post(reverse("add_absence"), {"name": "Bo", "from_on": "2026-12-01", "until_on": "2026-12-18", "once": uuid4().hex})
    a_meeting(town)
    anna.post(reverse("answer_action", args=[town.plan, town.bo_action]), {"svar": "hjalp", "text": "En stege", "once": uuid4().hex})  # a letter
    for name in set(files()) - {"mine_file", "rule_file", "since_adoption_file", "plan_file"}:
        header, *rows = lines(anna, name, town)
        assert len(set(header)) == len(header) > 1 and all(header), name
        assert rows and all(len(row) == len(header) for row in rows), name
    assert lines(anna, "mine_file", town)[1:] != lines(enter("Bo"), "mine_file", town)[1:] != [] == lines(enter("Carin"), "mine_file", town)[1:]


def test_the_list_of_a_rule_holds_only_its_own_remarks(town: Town, anna: Client) -> None:
    anna.post(reverse("quick_add", args=[town.plan]), {"text": "Utan orsak"})
    own, every = lines(anna, "rule_file", town)[1:], lines(anna, "remarks_file", town)[1:]
    assert own == [row for row in every if row[1] == own[0][1]] != every
    assert anna.get(address("rule_file", town, rule="ingen-regel", ending="csv")).status_code == 404


def test_what_changed_since_the_decision_is_a_row_for_each_field(town: Town, anna: Client) -> None:
    row = {"plan": town.plan, "row": town.goal}
    anna.post(reverse("change_goal", kwargs=row), {"text": "Ett ändrat mål", "version": "1", "base": "{}"})
    rows = lines(anna, "since_adoption_file", town)[1:]
    assert any(one[:2] == ["Ändrat", "Mål"] and one[5] == "Ett ändrat mål" for one in rows)


def test_the_check_ins_of_an_action_of_another_plan_are_not_here(town: Town, anna: Client) -> None:
    for name in ("check_ins_file", "history_file"):
        assert anna.get(address(name, town, row=str(town.elsewhere_action), ending="csv")).status_code == 404
