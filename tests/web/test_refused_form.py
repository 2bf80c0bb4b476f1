"""A form that is refused is shown from its faults, wherever on the page it was opened, and the field a link leads to is seen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import samsyn.web
from tests.web.conftest import Town
from tests.web.html_page import Page

WEB = Path(samsyn.web.__file__).parent
FORM = re.compile(r'<form method="post"((?:\{%.*?%\}|\{\{.*?\}\}|[^>{])*)>')


def forms_that_keep_the_fragment(markup: str) -> list[str]:
    """Forms without an address of their own: the browser sends them to the page's own, with the field it was opened at."""
    return [form for form in FORM.findall(markup) if "action=" not in form]


@pytest.mark.parametrize("template", sorted((WEB / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_no_form_keeps_the_field_it_was_opened_at(template: Path) -> None:
    assert forms_that_keep_the_fragment(template.read_text(encoding="utf-8")) == []


def test_a_form_that_would_keep_it_is_found() -> None:
    assert forms_that_keep_the_fragment('<form method="post" class="sheet"{% if a > b %} data-x{% endif %}>') != []


def test_a_refused_form_has_its_faults_where_it_is_sent(town: Town, anna: Client) -> None:
    page = Page(anna.post(reverse("change_action", args=[town.plan, town.other_action]) + "?tillbaka=/", {"hours": "ungefär 40", "text": "x"}).content.decode())
    sent_to = next(given["action"] for tag, given in page.tags if tag == "form" and "data-unsaved" in given)
    summary = next(given for _, given in page.tags if f"#{given.get('id')}" == sent_to)
    assert summary["tabindex"] == "-1" and summary["role"] == "alert"


def test_the_field_a_link_leads_to_keeps_its_ring() -> None:
    styles = (WEB / "static" / "samsyn.css").read_text(encoding="utf-8")
    bare = re.findall(r"([^{}]*):target:focus \{ outline: none; \}", styles)
    assert bare and all(rule.endswith('[tabindex="-1"]') for rule in bare)
    assert ":is(input, select, textarea):target:focus { outline: 3px" in styles


def test_a_choice_is_said_as_the_one_who_chooses_thinks_of_it(town: Town, anna: Client) -> None:
    action = anna.get(reverse("change_action", args=[town.plan, town.other_action])).content.decode()
    assert "Vilket slags arbete är det?" in action and "Linje: fungerar redan, följs bara" in action and ">Spår<" not in action
    for page in ("set_face", "check_in"):
        html = anna.get(reverse(page, args=[town.plan, town.other_action])).content.decode()
        assert "Gjord, vet inte hur" in html and "Gjord, inte sagt hur<" not in html
    card = anna.get(reverse("card", args=[town.plan, town.other_action])).content.decode()
    assert "data-print" in card
