"""Who gets what at the addresses of my week and the pulse."""

from __future__ import annotations

from uuid import uuid4

from tests.web.assigned import handed_out
from tests.web.rights import CHECK_IN_OWN, CHECKED_IN_OWN, EDITED, OWN, Row, nothing, sends

WEEK = [
    Row("pulse", OWN, nothing),
    Row("pulse_file", OWN, sends(ending="csv")),
    Row("stalls_file", OWN, sends(ending="xlsx")),
    Row("remind", EDITED, nothing, lambda town: {"subject": str(town.bo_action), "once": uuid4().hex}),
    Row("answer_assignment", CHECK_IN_OWN, handed_out, case="one's own"),
    Row("answer_assignment", CHECKED_IN_OWN, handed_out, lambda _town: {"svar": "pa-vag", "once": uuid4().hex}, case="one's own"),
]
