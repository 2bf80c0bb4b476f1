"""A guest on an old phone answers by a link that the coordinator has passed on, and the coordinator settles what was proposed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open, Server, Watched
from tests.journeys.test_accessible import faults_on
from tests.journeys.test_order_and_chain import new_plan

WHAT = "Byt lampor vid stationen"
SMALLEST = 44  # px of what is pressed


@pytest.fixture
def action(town: Server, open_browser: Open) -> tuple[Page, str]:
    """The coordinator's browser on an action of a plan of its own, and its address."""
    anna = open_browser(town, "Anna")
    anna.goto(new_plan(anna, [WHAT]))
    anna.get_by_role("link", name=re.compile(WHAT)).first.click()
    expect(anna.get_by_role("heading", level=1)).to_have_text(WHAT)
    return anna, anna.url


def link_for(anna: Page, name: str, email: str) -> str:
    """Let the coordinator make a link; return what the ready text says is its address."""
    anna.get_by_role("link", name="Fråga med en personlig länk").click()
    anna.get_by_label("Till").fill(name)
    anna.get_by_label("E-post").fill(email)
    anna.get_by_role("button", name="Gör länken").click()
    found = re.search(r"https?://\S+/svar/\S+", anna.get_by_label("Text att skicka").input_value())
    assert found
    return found.group()


def test_a_guest_without_javascript_proposes_a_new_day_and_the_coordinator_says_yes(
        action: tuple[Page, str], town: Server, open_browser: Open) -> None:
    anna, address = action
    link = link_for(anna, "Gun Gäst", "gun@utanfor.example")
    guest = open_browser(town, width=320, height=640, js=False)
    before = guest.context.cookies()
    guest.goto(link.rstrip("/"))
    expect(guest.get_by_role("heading", name=WHAT)).to_be_visible()
    assert guest.get_by_role("navigation").count() == 0
    guest.get_by_role("link", name="Försenad").press("Enter")
    guest.get_by_label("När blir det klart i stället?").fill("2099-02-01")
    guest.get_by_label("Varför?").fill("Lamporna är slut hos leverantören.")
    for part in guest.locator(".presses a, form button, form textarea").all():
        box = part.bounding_box()
        assert box and box["height"] >= SMALLEST and box["width"] >= SMALLEST
    guest.get_by_role("button", name="Skicka till").press("Enter")
    expect(guest.get_by_role("heading", level=1)).to_have_text("Tack Gun Gäst")
    assert guest.context.cookies() == before

    anna.goto(address)
    expect(anna.get_by_text("Gun Gäst, via personlig länk, gun@utanfor.example").first).to_be_visible()
    anna.get_by_role("button", name=re.compile("Godkänn")).click()
    expect(anna.get_by_text("Det nya datumet gäller: 2099-02-01.")).to_be_visible()
    guest.goto(link)
    expect(guest.get_by_text("Ditt nya datum är godkänt.")).to_be_visible()


def test_the_pages_of_a_link_have_no_fault_that_axe_finds(action: tuple[Page, str], town: Server, open_browser: Open, watched: Watched) -> None:
    watched.expected.append("status of 400")  # a form without its words is refused
    anna, _ = action
    link = link_for(anna, "Gun Gäst", "gun@utanfor.example")
    guest = open_browser(town, bypass_csp=True)
    for query in ("", "?svar=klar", "?svar=forsenad", "?svar=hjalp"):
        guest.goto(link + query)
        assert faults_on(guest) == []
    guest.get_by_role("button", name="Skicka till").click()
    expect(guest.get_by_role("alert")).to_be_visible()
    assert faults_on(guest) == []
    guest.get_by_label("Vad behöver du hjälp med?").fill("En stege")
    guest.get_by_role("button", name="Skicka till").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Tack Gun Gäst")
    assert faults_on(guest) == []
