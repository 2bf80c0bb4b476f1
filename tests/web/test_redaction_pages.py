"""The pages where words about an individual are taken out: first shown where they stand, then gone everywhere."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.records.access.models import Change
from samsyn.records.follow_up.kinds import KINDS
from samsyn.records.plan.models import CheckIn
from samsyn.records.source.reads import original
from tests.web.conftest import Town
from tests.web.html_page import post_forms
from tests.web.rights import accepted_run

NAME = "Nils Nilsson"
WHY = "en elev nämndes"


def check_in(client: Client, town: Town, text: str = f"{NAME} kom inte") -> None:
    client.post(reverse("check_in", args=[town.plan, town.bo_action]), {"text": text, "once": uuid4().hex})


def looked_for(client: Client, words: str = NAME, why: str = WHY) -> Any:
    return client.post(reverse("take_out_words"), {"words": words, "why": why, "act": "find"})


def test_the_words_are_shown_where_they_stand_and_nothing_is_changed(town: Town, anna: Client) -> None:
    check_in(anna, town)
    html = looked_for(anna).content.decode()
    assert f"{NAME} kom inte" in html and "avstämning" in html and "Ta bort överallt" in html
    assert CheckIn.objects.within(town.partnership).filter(text__contains=NAME).exists()


def test_the_page_that_shows_them_takes_them_out(town: Town, anna: Client) -> None:
    check_in(anna, town)
    (form,) = [form for form in post_forms(looked_for(anna).content.decode()) if ("act", "remove") in form.buttons]
    html = anna.post(reverse("take_out_words"), {**form.values(), "act": "remove"}, follow=True).content.decode()
    assert "Orden är borttagna" in html and "vstämning: 1" in html
    page = anna.get(reverse("action", args=[town.plan, town.bo_action])).content.decode()
    assert NAME not in page and "[borttaget] kom inte" in page
    assert not Change.objects.filter(new__contains=NAME).exists()
    assert "Orden står ingenstans" in looked_for(anna).content.decode()


@pytest.mark.parametrize(("words", "why", "said"), [
    ("", WHY, "måste fyllas i"), ("N", WHY, "för kort"), ("done", WHY, "Samsyn självt använder"), (NAME, "", "måste fyllas i"),
    (NAME, f"{NAME} ville det", "utan de ord som ska bort"),
    (NAME, "850709-9805 stod där", "Här står ett personnummer"), ("\n".join(f"Namn{n} Ek" for n in range(21)), WHY, "högst 20")])
def test_what_cannot_be_taken_out_is_said_and_what_was_written_stays(words: str, why: str, said: str, town: Town, anna: Client) -> None:
    response = looked_for(anna, words, why)
    html = response.content.decode()
    assert response.status_code == 400 and said in html
    assert words.splitlines()[0] in html if words else True


def test_the_words_are_in_no_address_and_no_message(town: Town, anna: Client) -> None:
    check_in(anna, town)
    response = anna.post(reverse("take_out_words"), {"words": NAME, "why": WHY, "act": "remove"})
    assert "Nils" not in response["location"]
    assert "Nils" not in anna.get(response["location"]).content.decode()


def test_a_removed_original_says_who_took_it_away_when_and_why(town: Town, anna: Client) -> None:
    run = accepted_run(town)["run"]
    assert anna.post(reverse("take_out_original", args=[run]), {"why": "ett barn syntes på en bild"})["location"] == reverse("import_done", args=[run])
    assert original(town.partnership, run) is None
    for address in (reverse("import_done", args=[run]), reverse("original", args=[run])):
        html = anna.get(address).content.decode()
        assert "Originalet är borttaget" in html and "Anna tog bort originalet därför att ett barn syntes på en bild." in html
        assert "SHA-256" in html
    assert anna.post(reverse("original", args=[run])).status_code == 200  # the page that says so, no file
    again = anna.post(reverse("take_out_original", args=[run]), {"why": "igen"}, follow=True).content.decode()
    assert "redan borttaget" in again and "därför att igen" not in again


def test_a_saved_report_says_that_it_was_changed_afterwards(town: Town, anna: Client) -> None:
    anna.post(reverse("ask_decision", args=[town.plan]), {"text": f"Ska vi ringa {NAME}?", "once": uuid4().hex})
    report = anna.post(reverse("save_report", args=[town.plan]), {"once": uuid4().hex})["location"]
    assert NAME in anna.get(report).content.decode()
    anna.post(reverse("take_out_words"), {"words": NAME, "why": WHY, "act": "remove"})
    html = anna.get(report).content.decode()
    assert NAME not in html and "[borttaget]" in html
    assert "Rapporten är ändrad sedan den sparades" in html and f"därför att {WHY}" in html


def test_a_steps_own_history_is_emptied_not_the_actions(town: Town, anna: Client) -> None:
    from samsyn.records.follow_up.reads import editable

    held = editable(town.partnership, town.plan, "step", town.step)
    assert held
    anna.post(reverse("change_step", args=[town.plan, town.bo_action, town.step]),
              {"text": "Nya ord om momentet", "version": held.version, "base": "{}", "once": uuid4().hex})
    html = anna.get(reverse("action", args=[town.plan, town.bo_action]) + "?historik=1").content.decode()
    address = reverse("redact", args=[town.plan, "step", town.step, "text"])
    assert f'href="{address}"' in html
    assert anna.post(address, {"why": WHY}).status_code == 302
    changes = Change.objects.filter(row_id=town.step.hex, field="text")
    assert changes.exists() and not changes.filter(redacted_by=None).exists()


def test_every_kind_of_row_has_its_page_for_the_history(town: Town, anna: Client) -> None:
    looked = set()
    for kind, about in KINDS.items():
        row = about.of_plan(town.partnership, town.plan).filter(withdrawn_at=None).first()
        if row is None:
            continue
        field = next(iter(f for f in ("text", "title", "name", "owner") if hasattr(row, f)))
        address = reverse("redact", args=[town.plan, kind, row.id, field])
        assert anna.get(address).status_code == 200, kind
        done = anna.post(address, {"why": WHY})
        assert done.status_code == 302 and anna.get(done["location"]).status_code == 200, kind
        looked.add(kind)
    assert len(looked) >= 8
