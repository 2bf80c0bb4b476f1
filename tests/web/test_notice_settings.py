"""The pages of the reminders: how they go, what is set, and who is away."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.catalog.load_notices import notice_rules
from samsyn.records.partnership.models import Absence, Party
from samsyn.records.partnership.rhythm_reads import absence_rows, contacts, rhythm
from samsyn.records.plan.notice_reads import paces
from tests.web.conftest import TODAY, Town
from tests.web.html_page import post_forms

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]


def page(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def opened(client: Client, name: str, *args: Any) -> dict[str, Any]:
    """Return what the page's own form was opened with."""
    form = next(form for form in post_forms(page(client, name, *args)) if "once" in form.fields)
    return form.values()


def away(**more: str) -> dict[str, str]:
    return {"name": "Bo", "from_on": "2026-12-01", "until_on": "2026-12-18", "once": uuid4().hex, **more}


def test_every_rule_is_explained_with_the_steps_and_the_days(town: Town, enter: Enter) -> None:
    html = page(enter("Rut"), "notice_rules")
    assert all(rule.title in html and rule.when in html and rule.why in html for rule in notice_rules())
    for words in ("Puff", "Påminnelse", "Samordnaren", "Styrgruppens lista", "genast", "efter 7 dagar", "efter 14 dagar", "efter 21 dagar",
                  "mellan klockan 18 och 7"):
        assert words in html
    assert "Ändra dagarna" not in html and "Ändra dagarna" in page(enter("Anna"), "notice_rules")


def test_the_days_that_are_set_are_the_days_that_are_drawn(town: Town, anna: Client) -> None:
    sent = opened(anna, "change_plan_pace", town.plan)
    assert anna.post(reverse("change_plan_pace", args=[town.plan]), {**sent, "days_between": "3", "silent_days": "14"}).status_code == 302
    pace = paces(town.partnership)[str(town.plan)]
    assert (pace.days_between, pace.silent_days, pace.due_soon_days) == (3, 14, 7)
    html = page(anna, "notice_rules")
    assert "efter 9 dagar" in html and "efter 21 dagar" in html  # one plan goes quicker than the other
    assert "Frågar efter 14 dagars tystnad" in page(anna, "notice_settings")


@pytest.mark.parametrize(("field", "value"), [("silent_days", "0"), ("silent_days", "366"), ("days_between", "61"), ("due_soon_days", "ofta"),
                                              ("days_between", ""), ("paused_until", "i morgon"), ("days_between", "9" * 500)])
def test_days_that_cannot_be_are_refused_with_what_to_write(field: str, value: str, town: Town, anna: Client) -> None:
    sent = {**opened(anna, "change_plan_pace", town.plan), field: value}
    response = anna.post(reverse("change_plan_pace", args=[town.plan]), sent)
    assert response.status_code == 400 and 'class="err"' in response.content.decode()
    assert paces(town.partnership)[str(town.plan)].silent_days == 30


def test_quiet_hours_and_a_pause_are_saved_and_shown(town: Town, anna: Client) -> None:
    sent = {**opened(anna, "change_rhythm"), "quiet_from": "20", "quiet_to": "6", "paused_until": "2027-01-07"}
    assert anna.post(reverse("change_rhythm"), sent).status_code == 302
    found = rhythm(town.partnership)
    assert (found.quiet_from, found.quiet_to, found.paused_until) == (20, 6, date(2027, 1, 7))
    assert "Just nu är det paus" in page(anna, "notice_rules") and "Paus för alla planer" in page(anna, "notice_settings")
    for value in ("24", "-1", "sju", ""):
        assert anna.post(reverse("change_rhythm"), {**opened(anna, "change_rhythm"), "quiet_from": value}).status_code == 400


def test_two_coordinators_who_set_the_hours_at_once_are_shown_both(town: Town, anna: Client) -> None:
    mine, theirs = opened(anna, "change_rhythm"), opened(anna, "change_rhythm")
    anna.post(reverse("change_rhythm"), {**theirs, "quiet_from": "20"})
    response = anna.post(reverse("change_rhythm"), {**mine, "quiet_from": "22"})
    html = response.content.decode()
    assert response.status_code == 409 and "Två har skrivit på samma ställe" in html and "20:00" in html and "22:00" in html
    answer = {name: value for form in post_forms(html) for name, value in form.values().items()}
    anna.post(reverse("change_rhythm"), {**answer, "pick_quiet_from": "mine"})
    assert rhythm(town.partnership).quiet_from == 22


def test_a_known_name_brings_its_address_and_a_new_name_leaves_the_old_ones(town: Town, anna: Client) -> None:
    party = Party.objects.within(town.partnership).get(organisation_id=town.organisation).id
    sent = opened(anna, "change_contact", party)
    anna.post(reverse("change_contact", args=[party]), {**sent, "contact_name": "carin"})
    assert [person.email for person in contacts(town.partnership).values()] == ["carin@granviken.example"]
    again = opened(anna, "change_contact", party)
    assert again["contact_email"] == "carin@granviken.example"
    anna.post(reverse("change_contact", args=[party]), {**again, "contact_name": "Dana"})
    assert [(person.name, person.email) for person in contacts(town.partnership).values()] == [("Dana", "dana@granviken.example")]
    anna.post(reverse("change_contact", args=[party]), {**opened(anna, "change_contact", party), "contact_name": "Okänd"})
    assert [(person.name, person.email) for person in contacts(town.partnership).values()] == [("Okänd", "")]


@pytest.mark.parametrize("address", ["a@x.example,b@x.example", "a@x.example\r\nBcc: b@x.example", "ingen adress"])
def test_an_address_is_one_address(address: str, town: Town, anna: Client) -> None:
    party = Party.objects.within(town.partnership).get(organisation_id=town.organisation).id
    response = anna.post(reverse("change_contact", args=[party]), {**opened(anna, "change_contact", party), "contact_name": "X", "contact_email": address})
    assert response.status_code == 400 and contacts(town.partnership) == {}
    assert anna.post(reverse("add_absence"), away(substitute_name="X", substitute_email=address)).status_code == 400


def test_everybody_writes_their_own_absence_and_sees_nobody_elses(town: Town, enter: Enter) -> None:
    bo, dana = enter("Bo"), enter("Dana")
    bo.post(reverse("add_absence"), away(name="Anna", email="anna@granviken.example", substitute_name="Dana"))
    (row,) = absence_rows(town.partnership, TODAY)
    assert (row.name, row.email, row.substitute_name, row.substitute_email) == ("Bo", "bo@granviken.example", "Dana", "dana@granviken.example")
    assert "Dana svarar under tiden" in page(bo, "absences") and "2026-12-01" not in page(dana, "absences")
    assert 'name="name"' not in page(bo, "add_absence")
    assert dana.get(reverse("change_absence", args=[row.id])).status_code == 404
    assert dana.post(reverse("withdraw_absence", args=[row.id])).status_code == 404
    sent = opened(bo, "change_absence", row.id)
    assert bo.post(reverse("change_absence", args=[row.id]), {**sent, "until_on": "2026-12-20"}).status_code == 302
    assert absence_rows(town.partnership, TODAY)[0].until_on == date(2026, 12, 20)
    for _ in range(2):  # a second click is as was wished
        assert bo.post(reverse("withdraw_absence", args=[row.id])).status_code == 302
    assert absence_rows(town.partnership, TODAY) == ()


def test_the_coordinator_writes_for_anybody_and_the_list_says_who_answers(town: Town, anna: Client) -> None:
    anna.post(reverse("add_absence"), away(name="bo", from_on="2026-11-20"))
    (row,) = absence_rows(town.partnership, TODAY)
    assert row.email == "bo@granviken.example"
    html = page(anna, "absences")
    assert "Borta nu" in html and "Ingen ersättare: frågorna går till samordnaren." in html


@pytest.mark.parametrize(("sent", "field"), [
    ({"until_on": "2026-11-30"}, "until_on"), ({"from_on": ""}, "from_on"), ({"name": ""}, "name"), ({"substitute_name": " BO "}, "substitute_name"),
    ({"substitute_email": "x@x.example"}, "substitute_name")])
def test_an_absence_that_cannot_be_is_refused_and_what_was_written_stays(sent: dict[str, str], field: str, town: Town, anna: Client) -> None:
    response = anna.post(reverse("add_absence"), away(**sent))
    html = response.content.decode()
    assert response.status_code == 400 and f'href="#id_{field}"' in html and "2026-12-18" in html or sent.get("until_on", "") in html
    assert Absence.objects.within(town.partnership).count() == 0


def test_one_cannot_stand_in_for_oneself(town: Town, enter: Enter) -> None:
    assert enter("Bo").post(reverse("add_absence"), away(substitute_name="Bo")).status_code == 400


def test_a_day_each_that_do_not_fit_together_are_told_so(town: Town, anna: Client) -> None:
    anna.post(reverse("add_absence"), away())
    row = absence_rows(town.partnership, TODAY)[0]
    mine, theirs = opened(anna, "change_absence", row.id), opened(anna, "change_absence", row.id)
    anna.post(reverse("change_absence", args=[row.id]), {**theirs, "from_on": "2026-12-15"})
    response = anna.post(reverse("change_absence", args=[row.id]), {**mine, "until_on": "2026-12-10"})
    assert response.status_code == 400 and "Någon annan har ändrat den första dagen" in response.content.decode()
    assert absence_rows(town.partnership, TODAY)[0].until_on == date(2026, 12, 18)


def test_the_settings_lead_here(town: Town, enter: Enter) -> None:
    for name, leads in (("Anna", ("notice_rules", "notice_settings", "absences")), ("Bo", ("notice_rules", "absences"))):
        html = page(enter(name), "settings")
        assert [one for one in ("notice_rules", "notice_settings", "absences") if f'href="{reverse(one)}"' in html] == list(leads)


def test_the_form_carries_what_it_was_opened_with_also_before_anything_is_set(town: Town, anna: Client) -> None:
    sent = opened(anna, "change_rhythm")
    assert (sent["version"], json.loads(sent["base"])) == ("0", {"quiet_from": "18", "quiet_to": "7", "paused_until": ""})
