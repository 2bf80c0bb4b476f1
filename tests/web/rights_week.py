"""Who gets what at the addresses of my week and the pulse."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from samsyn.chain.answers import Answer
from samsyn.flows.answering import Answered, answer_assignment
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.meeting.due_reads import due_proposals
from tests.web.assigned import handed_out
from tests.web.conftest import NOW, TODAY, Town
from tests.web.rights import CHECK_IN_OWN, CHECKED_IN_OWN, EDIT, EDITED, OWN, Row, nothing, sends



def a_new_day(town: Town) -> dict[str, Any]:
    """A day that the owner of an assignment proposes."""
    line = handed_out(town)["line"]
    answer_assignment(partnership=town.partnership, line=line, said=Answered(answer=Answer.DELAYED, proposed_due_on=TODAY),
                      actor=Actor(ActorKind.LINK, "x", "Bo"), at=NOW)
    return {"line": line, "answer": due_proposals(town.partnership, line)[0].answer}


WEEK = [
    Row("pulse", OWN, nothing),
    Row("pulse_file", OWN, sends(ending="csv")),
    Row("stalls_file", OWN, sends(ending="xlsx")),
    Row("remind", EDITED, nothing, lambda town: {"subject": str(town.bo_action), "once": uuid4().hex}),
    Row("settle_due", EDIT, a_new_day),
    Row("settle_due", EDITED, a_new_day, lambda _town: {"act": "accept"}),
    Row("answer_assignment", CHECK_IN_OWN, handed_out, case="one's own"),
    Row("answer_assignment", CHECKED_IN_OWN, handed_out, lambda _town: {"svar": "pa-vag", "once": uuid4().hex}, case="one's own"),
]
