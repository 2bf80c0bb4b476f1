"""Who gets what at the addresses of groups, meetings and agendas."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from samsyn.records.meeting import writes
from tests.web.conftest import Town
from tests.web.live_meeting import given, planned_meeting
from tests.web.rights import ADDED_NEW, EDIT, EDITED, OWN, READ, TO_NEW, Given, Row, nothing, sends

NEW_GROUP = {"name": "Arbetsgruppen", "kind": "working", "every": "month", "minutes": "60"}
NEW_MEETING = {"starts_at": "2026-12-01T13:00", "minutes": "60"}


def meeting(town: Town) -> dict[str, Any]:
    return {"meeting": planned_meeting(town).meeting}


def group(town: Town) -> dict[str, Any]:
    return {"group": planned_meeting(town).group}


def person(town: Town) -> dict[str, Any]:
    held = planned_meeting(town)
    return {"group": held.group, "row": held.people["Nour"]}


def point(town: Town) -> dict[str, Any]:
    held = planned_meeting(town)
    return {"meeting": held.meeting, "row": held.points[1]}


def removed_point(town: Town) -> dict[str, Any]:
    held = planned_meeting(town)
    writes.withdraw_point(meeting=held.meeting, point=held.points[1], **given(town))
    return {"meeting": held.meeting, "row": held.points[1]}


def file_of(rows: Given, ending: str) -> Given:
    return lambda town: {**rows(town), "ending": ending}


def with_key(**values: Any) -> Given:
    return lambda _town: {**values, "once": uuid4().hex}


def new_meeting(town: Town) -> dict[str, Any]:
    return {**NEW_MEETING, "group": str(planned_meeting(town).group), "once": uuid4().hex}


MEETINGS = [
    Row("meetings", OWN, nothing),
    Row("meetings_file", OWN, sends(ending="xlsx")),
    Row("new_group", TO_NEW, nothing),
    Row("new_group", ADDED_NEW, nothing, with_key(**NEW_GROUP)),
    Row("group", READ, group),
    Row("change_group", EDIT, group),
    Row("change_group", EDITED, group, sends(**NEW_GROUP, version="1", base="{}")),
    Row("close_group", EDIT, group),
    Row("close_group", EDITED, group, nothing),
    Row("group_people_file", READ, file_of(group, "csv")),
    Row("add_people", EDITED, group, with_key()),
    Row("add_person", EDITED, group, with_key(name="Saga")),
    Row("change_person", EDIT, person),
    Row("change_person", EDITED, person, sends(name="Nour Ek", version="1", base='{"name": "Nour"}')),
    Row("remove_person", EDITED, person, nothing),
    Row("plan_meeting", (1, 302, 403, 403, 403, 302), nothing, case="before there is a group"),
    Row("plan_meeting", (1, 302, 403, 403, 403, 302), nothing, new_meeting),
    Row("meeting", READ, meeting),
    Row("change_meeting", EDIT, meeting),
    Row("change_meeting", EDITED, meeting, sends(**NEW_MEETING, version="1", base="{}")),
    Row("call_to_meeting", EDIT, meeting),
    Row("call_to_meeting", EDITED, meeting, with_key()),
    Row("cancel_meeting", EDIT, meeting),
    Row("cancel_meeting", EDITED, meeting, nothing),
    Row("agenda_file", READ, file_of(meeting, "xlsx")),
    Row("fetch_proposals", EDITED, meeting, with_key()),
    Row("add_point", EDITED, meeting, with_key(title="Vem nycklar?")),
    Row("change_point", EDIT, point),
    Row("change_point", EDITED, point, sends(title="Nya ord", version="1", base='{"title": "1.1 Belysning"}')),
    Row("move_point", EDITED, point, sends(before="")),
    Row("remove_point", EDITED, point, nothing),
    Row("take_up_point", EDITED, removed_point, nothing),
]
