"""Who gets what at the addresses of answers and letters: the personal link, proposed dates, what is sent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain.answers import Answer
from samsyn.chain.notice_values import Person
from samsyn.flows.answering import Answered, answer_action
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.outbox.link_reads import token_of
from samsyn.records.outbox.link_writes import make_answer_link
from samsyn.records.outbox.models import LetterKind
from samsyn.records.outbox.writes import queue_letter
from samsyn.records.plan.asked_reads import asked_action
from samsyn.records.plan.proposal_reads import open_proposals
from tests.web.conftest import NOW, Town
from tests.web.rights import ADDED_NEW, ANYBODY, CHECK_IN_OWN, CHECKED_IN_OWN, EDIT, EDITED, NOT_HERE, TO_NEW, Row, bos, nothing, others, sends

BAD = (400, 400, 400, 400, 400, 400)
THANKED = (303, 303, 303, 303, 303, 303)


def given(town: Town) -> dict[str, Any]:
    return {"partnership": town.partnership, "actor": Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), "at": NOW}


def link_of(town: Town) -> UUID:
    return make_answer_link(subject_kind="action", subject_id=town.bo_action, person=Person("Bo", "bo@granvikshus.example"), **given(town)).id


def token(town: Town) -> dict[str, Any]:
    return {"token": token_of(link_of(town))}


def answer_of_link(town: Town) -> dict[str, Any]:
    """The form of the link of Bo, as the page makes it."""
    from samsyn.web.pages.link.views import new_key

    return {"svar": "pa-vag", "text": "", "once": new_key(link_of(town))}


def proposal(town: Town) -> dict[str, Any]:
    """A proposal made after all that other rows say, of a day that is not the action's."""
    asked = asked_action(town.partnership, town.bo_action)
    day = date(2027, 2, 1) if asked and asked.due_on != date(2027, 2, 1) else date(2027, 2, 2)
    said = Answered(answer=Answer.DELAYED, text="Tjäle", proposed_due_on=day)
    answer_action(action=town.bo_action, organisation=town.organisation, said=said, **{**given(town), "at": NOW + timedelta(minutes=1)})
    (found,) = open_proposals(town.partnership, [town.bo_action])
    return {"plan": town.plan, "row": town.bo_action, "check_in": found.check_in}


def letter(town: Town) -> dict[str, Any]:
    """A letter that waits."""
    person = Person("Bo", "bo@granvikshus.example")
    return {"letter": queue_letter(kind=LetterKind.HELP, person=person, subject=f"Hej {uuid4().hex[:6]}", text="Hur går det?", **given(town))}


def pressed(_town: Town) -> dict[str, Any]:
    return {"svar": "pa-vag", "once": uuid4().hex}


LETTERS = [
    Row("answer_link", ANYBODY, token),
    Row("answer_link", THANKED, token, answer_of_link, case="an answer"),
    Row("answer_link", BAD, token, sends(svar="hjalp"), case="an answer without its words"),
    Row("answer_link", NOT_HERE, sends(token="made-up"), case="with a link worth nothing"),
    Row("answer_link", NOT_HERE, sends(token="made-up"), sends(svar="pa-vag"), case="with a link worth nothing"),
    Row("answer_link_bare", ANYBODY, token, case="without the last slash"),
    Row("answer_link_bare", THANKED, token, answer_of_link, case="without the last slash"),
    Row("answer_action", CHECK_IN_OWN, bos, case="own action"),
    Row("answer_action", EDIT, others, case="of another"),
    Row("answer_action", CHECKED_IN_OWN, bos, pressed, case="own action"),
    Row("answer_action", EDITED, others, pressed, case="of another"),
    Row("action_links", EDIT, others),
    Row("action_links", EDITED, others, sends(name="Bo", email="bo@granvikshus.example")),
    Row("action_links", EDITED, others, sends(act="revoke", link="x"), case="revokes"),
    Row("letters", TO_NEW, nothing),
    Row("letters_file", TO_NEW, sends(ending="csv")),
    Row("tick_letters", ADDED_NEW, nothing, lambda town: {"one": str(letter(town)["letter"])}),
    Row("letter", EDIT, letter),
    Row("letter", EDITED, letter, sends(act="tick")),
    Row("letter", EDITED, letter, sends(act="again", email="bo@ny.example"), case="to another address"),
    Row("answer_proposal", EDIT, proposal),
    Row("answer_proposal", EDITED, proposal, sends(act="accept")),
    Row("answer_proposal", EDITED, proposal, sends(act="decline", text="Nej"), case="declined"),
]
