"""The check's link suggests the target that a goal's text says; it is saved only when the person saves."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan.reads import plan_head
from tests.web.conftest import Town
from tests.web.html_page import Page
from tests.web.test_chain_view_page import Written


@pytest.fixture
def written(town: Town, db: None) -> Written:
    return Written(town)


def link_of_check(client: Client, plan: Any) -> str:
    html = client.get(reverse("plan_rule", args=[plan, "mal-utan-malvarde"])).content.decode()
    return next(given["href"] or "" for tag, given in Page(html).tags if tag == "a" and (given.get("href") or "").endswith("#id_target"))


def target_of(written: Written) -> str:
    head = plan_head(written.given["partnership"], written.plan)
    assert head
    return plan_values(head).goals[0].target


def test_the_checks_link_fills_in_what_the_text_says_and_it_is_saved_when_the_person_saves(written: Written, anna: Client) -> None:
    written.action([], [written.goal(written.problem(), text="Belysning på plats, 0 trasiga lampor")])
    link = link_of_check(anna, written.plan).partition("#")[0]
    html = anna.get(link).content.decode()
    form = next(form for form in Page(html).forms if "target" in form.fields)
    assert form.fields["target"].values == ["0 trasiga lampor"] and "Förslag ur målets text" in html
    assert target_of(written) == "", "to look saves nothing"
    assert anna.post(link, form.values()).status_code == 302
    assert target_of(written) == "0 trasiga lampor"


def test_nothing_is_suggested_where_the_text_says_two_values_or_the_target_is_written(written: Written, anna: Client) -> None:
    goal = written.goal(written.problem(), text="Minst 2 vuxna 20 kvällar")
    written.action([], [goal])
    assert "Förslag ur målets text" not in anna.get(link_of_check(anna, written.plan).partition("#")[0]).content.decode()
    done = written.goal(written.problem(), text="0 lampor", target="1 lampa")
    shown = anna.get(reverse("change_goal", args=[written.plan, done]) + "?forslag=1").content.decode()
    assert "Förslag ur målets text" not in shown and "1 lampa" in shown


def test_a_goal_opened_from_elsewhere_is_shown_as_it_is(written: Written, anna: Client) -> None:
    goal = written.goal(written.problem(), text="0 lampor")
    assert "Förslag ur målets text" not in anna.get(reverse("change_goal", args=[written.plan, goal])).content.decode()
