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
from samsyn.records.access.models import Event
from samsyn.records.follow_up.reads import adoptions, plan_values
from samsyn.records.plan.reads import plan_head, plan_heads
from tests.web.conftest import NOW, TODAY, Town
from tests.web.html_page import Page


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
    anna.post(reverse("follow_up", args=[town.plan]), {**follow_up_form(anna, town), "owner": "Bo"})
    mine = {a.id for a in the_plan(town).actions if a.responsible == "Bo"}
    assert mine and follow_up_owner(town) == "Bo"
    before = Event.objects.count()
    anna.post(reverse("reassign"), {"leaver": "Bo", "responsible": "Nils", "responsible_email": "", "once": uuid4().hex})
    now = {a.id: a.responsible for a in the_plan(town).actions}
    assert {now[one] for one in mine} == {"Nils"} and follow_up_owner(town) == "Nils"
    assert Event.objects.count() == before + 1


def test_whoever_has_only_the_follow_up_can_pass_it_on(town: Town, anna: Client) -> None:
    anna.post(reverse("follow_up", args=[town.plan]), {**follow_up_form(anna, town), "owner": "Vera"})
    said = anna.post(reverse("reassign"), {"leaver": "Vera", "responsible": "Nils", "once": uuid4().hex}, follow=True).content.decode()
    assert "Nils tar över en uppföljningsplan." in said
    assert follow_up_owner(town) == "Nils"


def follow_up_owner(town: Town) -> str:
    follow_up = the_plan(town).follow_up
    return follow_up.owner if follow_up else ""


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


def follow_up_form(anna: Client, town: Town) -> dict[str, Any]:
    """The guided page as a browser would send it untouched."""
    shown = Page(anna.get(reverse("follow_up", args=[town.plan])).content.decode())
    return next(form.values() for form in shown.forms if "days" in form.fields)


def days_of(town: Town) -> list[tuple[str, str]]:
    follow_up = the_plan(town).follow_up
    return [(d.on.isoformat(), d.what) for d in follow_up.informed_on] if follow_up else []


def test_answers_and_days_are_saved_by_one_form(town: Town, anna: Client) -> None:
    sent, before = follow_up_form(anna, town), days_of(town)
    last = int(sent["form-TOTAL_FORMS"]) - 1
    written = {**sent, "use": "Vi ändrar planen", f"form-{last}-on": "2031-05-02", f"form-{last}-what": "Läget"}
    answer = anna.post(reverse("follow_up", args=[town.plan]), written)
    assert answer.status_code == 302
    follow_up = the_plan(town).follow_up
    assert follow_up and follow_up.use == "Vi ändrar planen" and days_of(town) == [*before, ("2031-05-02", "Läget")]


def test_a_day_that_is_no_day_keeps_what_was_written_and_saves_nothing(town: Town, anna: Client) -> None:
    sent, before = follow_up_form(anna, town), the_plan(town).follow_up
    answer = anna.post(reverse("follow_up", args=[town.plan]), {**sent, "use": "Vi skrev detta", "form-0-on": "i maj"})
    assert answer.status_code == 400 and "Vi skrev detta" in answer.content.decode()
    assert the_plan(town).follow_up == before


def test_a_day_that_somebody_else_has_set_since_stays(town: Town, anna: Client) -> None:
    opened, last = follow_up_form(anna, town), int(follow_up_form(anna, town)["form-TOTAL_FORMS"]) - 1
    anna.post(reverse("follow_up", args=[town.plan]), {**opened, f"form-{last}-on": "2031-05-02"})
    later = {**opened, f"form-{last}-on": "2031-06-03", "once": uuid4().hex}
    assert anna.post(reverse("follow_up", args=[town.plan]), later).status_code == 302
    assert {"2031-05-02", "2031-06-03"} <= {on for on, _ in days_of(town)}
    emptied = follow_up_form(anna, town)
    place = next(name for name, value in emptied.items() if value == "2031-05-02")
    anna.post(reverse("follow_up", args=[town.plan]), {**emptied, place: ""})
    assert "2031-05-02" not in dict(days_of(town)) and "2031-06-03" in dict(days_of(town))


def test_whose_an_action_is_goes_by_the_place_it_is_tied_to_never_by_its_address(town: Town, anna: Client, bo: Client) -> None:
    from samsyn.records.access.acts import Act, Actor, ActorKind
    from samsyn.records.access.writes import writing
    from samsyn.records.plan.models import Action

    mine = {a.id: a for a in the_plan(town).actions if a.responsible == "Bo"}
    with writing(actor=Actor(ActorKind.JOB, "test", "Prov"), at=NOW, act=Act(kind="action.changed", words="bytte adress", partnership=town.partnership)):
        rows = Action.objects.within(town.partnership)
        rows.filter(id=town.bo_action).update(responsible_email="nagon.annan@granviken.example")
        rows.filter(id=town.other_action).update(responsible_email=mine[str(town.bo_action)].responsible_email)
    shown = bo.get(reverse("board", args=[town.plan]) + "?mina=1").content.decode().partition("Plankollen")[0]
    assert str(town.bo_action) in shown and str(town.other_action) not in shown
    listed = bo.get(reverse("plan_file", args=[town.plan, "csv"]) + "?mina=1").content.decode("utf-8-sig")
    assert mine[str(town.bo_action)].text in listed and next(a.text for a in the_plan(town).actions if a.id == str(town.other_action)) not in listed
    week = bo.get(reverse("start")).content.decode()
    assert f"{town.other_action}/svar/" not in week and f"{town.other_action}/avstamning/" not in week
    assert bo.get(reverse("check_in", args=[town.plan, town.bo_action])).status_code == 200
    assert bo.get(reverse("check_in", args=[town.plan, town.other_action])).status_code == 403


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
