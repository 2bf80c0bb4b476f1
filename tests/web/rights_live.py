"""Who gets what at the addresses of a meeting that goes on."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.web.conftest import Town
from tests.web.live_meeting import live_meeting, planned_meeting, write_line
from tests.web.rights import EDITED, READ, Row

WRITE = (1, 404, 403, 200, 200, 200)
WRITTEN = (1, 404, 403, 302, 302, 302)


def live(town: Town) -> dict[str, Any]:
    return {"meeting": live_meeting(town).meeting}


def planned(town: Town) -> dict[str, Any]:
    return {"meeting": planned_meeting(town).meeting}


def line(town: Town) -> dict[str, Any]:
    held = live_meeting(town)
    return {"meeting": held.meeting, "row": write_line(town, held, "Bo: lampan före 15 mars")}


def face(town: Town) -> dict[str, Any]:
    held = live_meeting(town)
    return {"meeting": held.meeting, "point": held.points[1]}


def a_line(_town: Town) -> dict[str, Any]:
    return {"text": "Vi talade om lampan", "once": uuid4().hex}


def step(town: Town) -> dict[str, Any]:
    from samsyn.records.meeting.models import AgendaPoint

    return {"act": "next", "point": str(AgendaPoint.objects.within(town.partnership).filter(meeting__state="live").order_by("-id")[0].id)}


LIVE = [
    Row("live", READ, live),
    Row("live", READ, planned, case="before it is opened"),
    Row("live_news", READ, live),
    Row("live_open", EDITED, planned, lambda _town: {}),
    Row("live_step", EDITED, live, step),
    Row("live_write", WRITTEN, live, a_line),
    Row("live_line", WRITE, line),
    Row("live_line", WRITTEN, line, lambda _town: {"act": "remove"}, case="removes"),
    Row("live_attend", WRITTEN, live, lambda _town: {"act": "rest"}),
    Row("live_faces", EDITED, face, lambda _town: {"implementation": "under_way", "result": "not_measured", "why": "Vi såg det", "once": uuid4().hex}),
]
