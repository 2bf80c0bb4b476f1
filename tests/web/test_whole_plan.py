"""The whole plan in use: many rows at once, what staff said, promises, adoption, next year, and passing things on."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.chain.plan import Plan
from samsyn.records.follow_up.reads import adoptions, plan_values
from samsyn.records.plan.reads import plan_head, plan_heads
from tests.web.conftest import TODAY, Town


@pytest.fixture
def bo(enter: Callable[..., Client]) -> Client:
    return enter("Bo")


def the_plan(town: Town, plan: Any = None) -> Plan:
    head = plan_head(town.partnership, plan or town.plan)
    assert head
    return plan_values(head)


def test_a_line_each_becomes_an_action_each_and_a_resend_adds_nothing(town: Town, anna: Client) -> None:
    before = len(the_plan(town).actions)
    sent = {"text": "Städa parken\n\n  Tänd lampan \n", "cause": "", "once": uuid4().hex}
    for _ in range(2):
        anna.post(reverse("add_many", args=[town.plan]), sent)
    texts = [a.text for a in the_plan(town).actions]
    assert len(texts) == before + 2 and {"Städa parken", "Tänd lampan"} <= set(texts)


def test_what_staff_said_becomes_a_step_once(town: Town, bo: Client) -> None:
    address = reverse("add_note", args=[town.plan, town.bo_action])
    bo.post(address, {"text": "Börja vid bron", "once": uuid4().hex})
    from samsyn.records.follow_up.reads import staff_notes

    note = staff_notes(town.partnership, town.bo_action)[-1]
    assert bo.post(address, {"note": str(note.id)}).status_code == 302
    assert bo.post(address, {"note": str(note.id)}).status_code == 404
    steps = next(a for a in the_plan(town).actions if a.id == str(town.bo_action)).steps
    assert [s.text for s in steps].count("Börja vid bron") == 1


def test_an_adopted_plan_is_kept_and_what_has_changed_since_is_seen(town: Town, anna: Client) -> None:
    anna.post(reverse("adopt", args=[town.plan]), {"adopted_on": TODAY.isoformat(), "body": "Styrgruppen", "decision": "§ 7", "once": uuid4().hex})
    (adoption,) = adoptions(town.partnership, town.plan)[:1]
    page = reverse("since_adoption", args=[town.plan, adoption.id])
    assert "Ingenting har ändrats" in anna.get(page).content.decode()
    anna.post(reverse("add_problem", args=[town.plan]), {"title": "Ett problem som kom sedan"})
    assert "Ett problem som kom sedan" in anna.get(page).content.decode()
    assert anna.get(reverse("adopted_pdf", args=[town.plan, adoption.id])).content.startswith(b"%PDF")


def test_open_things_go_on_into_next_year_linked_to_the_old(town: Town, anna: Client) -> None:
    action = str(town.bo_action)
    anna.post(reverse("next_year", args=[town.plan]), {"name": "Nästa år", "period": "2027", "actions": [action], "once": uuid4().hex})
    made = next(h for h in plan_heads(town.partnership) if h.name == "Nästa år")
    (carried,) = the_plan(town, made.id).actions
    assert carried.continues == action and carried.causes
    assert action in {a.id for a in the_plan(town).actions}


def test_all_that_one_person_has_is_passed_on_in_one_act(town: Town, anna: Client) -> None:
    mine = {a.id for a in the_plan(town).actions if a.responsible == "Bo"}
    assert mine
    anna.post(reverse("reassign"), {"leaver": "Bo", "responsible": "Nils", "responsible_email": "", "once": uuid4().hex})
    now = {a.id: a.responsible for a in the_plan(town).actions}
    assert {now[one] for one in mine} == {"Nils"}


def test_a_signed_promise_that_is_changed_must_be_signed_anew(town: Town, bo: Client) -> None:
    from samsyn.records.partnership.reads import members

    party = next(m.organisation for m in members(town.partnership) if m.name == "Bo")
    bo.post(reverse("add_commitment", args=[town.plan]), {"text": "Två timmar i veckan", "party": str(party), "about": "", "once": uuid4().hex})
    promise = next(c for c in the_plan(town).commitments if c.text == "Två timmar i veckan")
    bo.post(reverse("act_on_commitment", args=[town.plan, promise.id]), {"act": "sign"})
    signed = next(c for c in the_plan(town).commitments if c.id == promise.id)
    assert (signed.signed_by, signed.on_behalf) == ("Bo", False)
    bo.post(reverse("change_commitment", args=[town.plan, promise.id]), {"text": "Tre timmar", "version": "99", "base": '{"text": "Två timmar i veckan"}'})
    changed = next(c for c in the_plan(town).commitments if c.id == promise.id)
    assert changed.text == "Tre timmar" and changed.signed_on is None


def test_an_action_never_waits_for_itself(town: Town, anna: Client) -> None:
    first, second = reverse("waits_for", args=[town.plan, town.bo_action]), reverse("waits_for", args=[town.plan, town.other_action])
    anna.post(first, {"on": []})
    anna.post(second, {"on": []})
    assert anna.post(first, {"on": [str(town.other_action)]}).status_code == 302
    answer = anna.post(second, {"on": [str(town.bo_action)]})
    assert answer.status_code == 400 and "vänta på sig själv" in answer.content.decode()


def test_everything_comes_in_one_zip_that_needs_no_samsyn(town: Town, anna: Client) -> None:
    packed = zipfile.ZipFile(BytesIO(anna.get(reverse("everything")).content))
    names = packed.namelist()
    assert packed.testzip() is None and "historik.csv" in names
    assert any(name.endswith("/plan.xlsx") for name in names) and any(name.endswith("/plan.pdf") for name in names)
