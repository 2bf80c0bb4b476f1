"""Who gets what at the addresses of the whole plan: order, promises, follow-up, lessons, adoption, next year."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from samsyn.flows.adopting import adopt_plan
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.follow_up import evaluation_writes as evaluation
from samsyn.records.plan import order_writes, promise_writes
from samsyn.records.plan.reads import plan_head
from tests.web.conftest import NOW, TODAY, Town
from tests.web.rights import CHECK_IN_OWN, CHECKED_IN_OWN, EDIT, EDITED, READ, TO_NEW, Row, nothing, plan, sends, text, with_plan


def given(town: Town) -> dict[str, Any]:
    return {"partnership": town.partnership, "actor": Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), "at": NOW}


def bundle(town: Town) -> dict[str, Any]:
    row = order_writes.add_bundle(plan=town.plan, values={"text": "Ihop"}, actions=[town.bo_action], **given(town))
    return {"plan": town.plan, "row": row.id}


def commitment(town: Town) -> dict[str, Any]:
    row = promise_writes.add_commitment(plan=town.plan, party=town.organisation, values={"text": "Vi lovar"}, action=town.bo_action, goal=None, **given(town))
    return {"plan": town.plan, "row": row.id}


def bos_commitment(town: Town) -> dict[str, Any]:
    from samsyn.records.partnership.reads import members

    party = next(m.organisation for m in members(town.partnership) if m.name == "Bo")
    row = promise_writes.add_commitment(plan=town.plan, party=party, values={"text": "Bo lovar"}, action=None, goal=None, **given(town))
    return {"plan": town.plan, "row": row.id}


def lesson(town: Town) -> dict[str, Any]:
    row = evaluation.add_lesson(plan=town.plan, action=None, values={"text": "Det gick"}, **given(town))
    return {"plan": town.plan, "row": row.id}


def adoption(town: Town) -> dict[str, Any]:
    head = plan_head(town.partnership, town.plan)
    assert head
    who = given(town)
    made = adopt_plan(head=head, adopted_on=TODAY, body="Styrgruppen", decision="", today=TODAY, actor=who["actor"], at=NOW)
    return {"plan": town.plan, "adoption": made}


def owner_of_follow_up(town: Town) -> dict[str, Any]:
    """The guided page sent by somebody who has seen what is there now."""
    row = evaluation.make_follow_up_plan(plan=town.plan, **given(town))
    return {"owner": "Anna", "version": str(row.version), "base": "{}"}


def promise_of_bo(town: Town) -> dict[str, Any]:
    from samsyn.records.partnership.reads import members

    party = next(m.organisation for m in members(town.partnership) if m.name == "Bo")
    return {"text": "Vi lovar", "party": str(party), "about": "", "once": uuid4().hex}


bos = with_plan(row="bo_action")

WHOLE_PLAN = [
    Row("order", READ, plan),
    Row("order_file", READ, with_plan(ending="csv")),
    Row("add_bundle", EDIT, plan),
    Row("add_bundle", EDITED, plan, text),
    Row("change_bundle", EDIT, bundle),
    Row("change_bundle", EDITED, bundle, sends(text="Tillsammans", version="1", base="{}")),
    Row("change_bundle", EDITED, bundle, sends(act="dissolve"), case="dissolves"),
    Row("waits_for", EDIT, bos),
    Row("waits_for", EDITED, bos, nothing),
    Row("move_action", EDITED, bos, nothing),
    Row("times", EDIT, plan),
    Row("times", EDITED, plan, nothing),
    Row("commitments", READ, plan),
    Row("commitments_file", READ, with_plan(ending="csv")),
    Row("add_commitment", CHECK_IN_OWN, plan),
    Row("add_commitment", CHECKED_IN_OWN, plan, promise_of_bo, case="of Bo's own party"),
    Row("change_commitment", CHECK_IN_OWN, bos_commitment, case="own party's"),
    Row("change_commitment", EDIT, commitment, case="another party's"),
    Row("change_commitment", CHECKED_IN_OWN, bos_commitment, sends(text="Vi lovar mer", version="1", base="{}"), case="own party's"),
    Row("change_commitment", EDITED, commitment, sends(text="Vi lovar mer", version="1", base="{}"), case="another party's"),
    Row("act_on_commitment", CHECKED_IN_OWN, bos_commitment, sends(act="sign"), case="signs own party's"),
    Row("act_on_commitment", EDITED, commitment, sends(act="sign"), case="signs another party's"),
    Row("act_on_commitment", EDITED, commitment, sends(act="remove"), case="removes another party's"),
    Row("reassign", TO_NEW, nothing),
    Row("reassign", (1, 400, 403, 403, 403, 302), nothing, lambda _town: {"leaver": "Bo", "responsible": "Nils", "once": uuid4().hex}),
    Row("follow_up", READ, plan),
    Row("follow_up_file", READ, with_plan(ending="xlsx")),
    Row("follow_up", EDITED, plan, owner_of_follow_up),
    Row("lessons", READ, plan),
    Row("lessons_file", READ, with_plan(ending="xlsx")),
    Row("add_lesson", EDIT, plan),
    Row("add_lesson", EDITED, plan, text),
    Row("change_lesson", EDIT, lesson),
    Row("change_lesson", EDITED, lesson, sends(text="Det gick bra", version="1", base="{}")),
    Row("change_lesson", EDITED, lesson, sends(act="remove"), case="removes"),
    Row("adopted", READ, plan),
    Row("adopted_file", READ, with_plan(ending="xlsx")),
    Row("adopt", EDIT, plan),
    Row("adopt", EDITED, plan, lambda _town: {"adopted_on": TODAY.isoformat(), "body": "Styrgruppen", "once": uuid4().hex}),
    Row("since_adoption", READ, adoption),
    Row("since_adoption_file", READ, lambda town: {**adoption(town), "ending": "csv"}),
    Row("adopted_pdf", READ, adoption),
    Row("adopted_docx", READ, adoption),
    Row("correct_adoption", EDIT, adoption),
    Row("correct_adoption", EDITED, adoption, lambda _town: {"adopted_on": TODAY.isoformat(), "body": "Styrgruppen", "why": "Fel namn", "once": uuid4().hex}),
    Row("add_many", EDIT, plan),
    Row("add_many", EDITED, plan, lambda _town: {"text": "En åtgärd\nEn till", "cause": "", "once": uuid4().hex}),
    Row("add_note", CHECKED_IN_OWN, bos, text, case="on own action"),
    Row("add_note", EDITED, with_plan(row="other_action"), text, case="on somebody else's action"),
    Row("report_docx", READ, plan),
    Row("plan_docx", READ, plan),
    Row("template", (1, 200, 200, 200, 200, 200), nothing),
    Row("everything", TO_NEW, nothing),
    Row("next_year", EDIT, plan),
    Row("next_year", EDITED, plan, lambda _town: {"name": "Nästa år", "once": uuid4().hex}),
]
