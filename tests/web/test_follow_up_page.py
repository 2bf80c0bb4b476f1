"""The follow-up plan is written part by part: whoever saves a part comes to the next, and back only when they wish."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan.reads import plan_head
from tests.web.conftest import Town
from tests.web.html_page import Page


def filled(client: Client, address: str, **more: Any) -> dict[str, Any]:
    form = next(form for form in Page(client.get(address).content.decode()).forms if "owner" in form.fields)
    return {**form.values(), **more}


def test_a_part_that_is_saved_leads_to_the_next_and_keeps_the_way_back(town: Town, anna: Client) -> None:
    check = reverse("plan_check", args=[town.plan])
    page = reverse("follow_up", args=[town.plan]) + f"?tillbaka={check}"
    answer = anna.post(page, filled(anna, page, owner="Anna Ek", fortsatt="1"))
    onward = answer["Location"]
    assert answer.status_code == 302 and onward.startswith(reverse("follow_up", args=[town.plan])) and onward.endswith("#del-2")
    head = plan_head(town.partnership, town.plan)
    assert head
    follow_up = plan_values(head).follow_up
    assert follow_up and follow_up.owner == "Anna Ek"
    html = anna.get(onward.partition("#")[0]).content.decode()
    assert html.count("Sparat. Här är nästa del.") == 1 and html.index('id="del-2"') < html.index("Sparat. Här") < html.index('id="del-3"')
    assert anna.post(onward.partition("#")[0], filled(anna, page))["Location"] == check


def test_without_a_way_back_no_button_promises_one(town: Town, anna: Client) -> None:
    page = reverse("follow_up", args=[town.plan])
    assert "gå tillbaka" not in anna.get(page).content.decode()
    assert anna.get(page + "?tillbaka=/").content.decode().count("gå tillbaka") == 5
    assert anna.post(page, filled(anna, page, fortsatt="99"))["Location"].startswith(page + "#")


def test_the_last_part_says_that_the_one_before_it_is_saved(town: Town, anna: Client) -> None:
    page = reverse("follow_up", args=[town.plan])
    onward = anna.post(page, filled(anna, page, fortsatt="4"))["Location"]
    assert onward.endswith("#del-5")
    html = anna.get(onward.partition("#")[0]).content.decode()
    assert html.index('id="del-5"') < html.index("Sparat. Här är nästa del.")
