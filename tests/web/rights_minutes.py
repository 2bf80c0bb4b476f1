"""Who gets what at the addresses of minutes, of decisions in a meeting, and of calendars."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.web.a_steering_meeting import closed_meeting, place_of, say, steering_meeting
from tests.web.conftest import Town
from tests.web.live_meeting import given, planned_meeting
from tests.web.rights import ANYBODY, EDIT, EDITED, NOT_HERE, OWN, READ, SIGN_IN, Row, nothing

DONE_ALREADY = (SIGN_IN, 404, 403, 403, 403, 302)
OWN_ALONE = (SIGN_IN, 404, 404, 404, 302, 404)  # nobody's calendar but one's own
NONE_YET = (SIGN_IN, 404, 404, 404, 404, 404)
NOT_OPEN = (SIGN_IN, 404, 403, 403, 403, 409)


def live(town: Town) -> dict[str, Any]:
    return {"meeting": steering_meeting(town)}


def planned(town: Town) -> dict[str, Any]:
    return {"meeting": planned_meeting(town).meeting}


def closed(town: Town) -> dict[str, Any]:
    return {"meeting": closed_meeting(town)["meeting"]}


def closed_list(town: Town) -> dict[str, Any]:
    return {**closed(town), "ending": "csv"}


def about_plan(town: Town) -> dict[str, Any]:
    return {**live(town), "plan": town.plan}


def about_decision(town: Town) -> dict[str, Any]:
    """A decision that no other page is about, and a meeting to decide it in."""
    from samsyn.records.follow_up.writes import ask_decision

    asked = ask_decision(plan=town.plan, action=None, values={"text": "Ska centrum få fler lampor?"}, **given(town))
    return {**live(town), "decision": asked.id}


def an_assignment(town: Town) -> dict[str, Any]:
    meeting = steering_meeting(town)
    return {"meeting": meeting, "row": say(town, meeting, "Bo: lampan före 15 mars")}


def calendar_link(town: Town) -> dict[str, Any]:
    from samsyn.chain.notice_values import Person
    from samsyn.records.outbox.link_reads import token_of
    from samsyn.records.outbox.link_writes import make_calendar_link

    made = make_calendar_link(subject_kind="person", subject_id=place_of(town, "Bo"), person=Person("Bo", "bo@granviken.example"), **given(town))
    return {"token": token_of(made.id)}


def words(**more: str) -> Any:
    return lambda _town: {"words": "Styrgruppen beslutar", "point": "", "once": uuid4().hex, **more}


MINUTES = [
    Row("calendar", NOT_HERE, lambda _town: {"token": "made-up"}, case="with a link worth nothing"),
    Row("calendar", ANYBODY, calendar_link),
    Row("calendars", OWN, nothing),
    Row("make_calendar", OWN_ALONE, nothing, lambda town: {"kind": "person", "subject": str(place_of(town, "Bo"))}, case="Bo's"),
    Row("make_calendar", EDITED, nothing, lambda town: {"kind": "plan", "subject": str(town.plan)}, case="a plan's"),
    Row("revoke_calendar", OWN_ALONE, nothing, lambda town: {"kind": "person", "subject": str(place_of(town, "Bo"))}, case="Bo's"),
    Row("revoke_calendar", EDITED, nothing, lambda town: {"kind": "plan", "subject": str(town.plan)}, case="a plan's"),
    Row("close_meeting", EDIT, live),
    Row("close_meeting", EDIT, planned, case="before it is opened"),
    Row("close_meeting", DONE_ALREADY, closed, case="that is closed"),
    Row("close_meeting", EDITED, live, lambda _town: {"once": uuid4().hex}),
    Row("close_meeting", NOT_OPEN, planned, lambda _town: {"once": uuid4().hex}, case="before it is opened"),
    Row("close_meeting", DONE_ALREADY, closed, lambda _town: {"once": uuid4().hex}, case="that is closed"),
    Row("minutes", READ, closed),
    Row("minutes", READ, live, case="before it is closed"),
    Row("minutes_pdf", READ, closed),
    Row("minutes_docx", READ, closed),
    Row("minutes_pdf", NONE_YET, live, case="before it is closed"),
    Row("assignments_file", READ, closed_list),
    Row("outcomes", READ, live),
    Row("adopt_in_meeting", EDIT, about_plan),
    Row("adopt_in_meeting", EDITED, about_plan, words()),
    Row("set_aside", EDIT, about_plan),
    Row("set_aside", EDITED, about_plan, words(money="60 000")),
    Row("set_reporting_days", EDIT, about_plan),
    Row("set_reporting_days", EDITED, about_plan, words(on_1="2027-03-01", what_1="Läget")),
    Row("settle_in_meeting", EDIT, about_decision),
    Row("settle_in_meeting", EDITED, about_decision, words()),
    Row("put_in_plan", EDIT, an_assignment),
    Row("put_in_plan", EDITED, an_assignment, lambda town: {"plan": str(town.plan), "cause": str(town.cause), "text": "Lampan", "once": uuid4().hex}),
]
