"""A meeting on a shared screen, in real browsers: two write at once, one walks by keyboard alone, the network goes away, and no word is lost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.conftest import Open, Server, Watched
from tests.journeys.test_accessible import faults_on
from tests.journeys.test_accessible import opened as unfolded

Picture = Callable[[Page, str], None]
THINGS = ("ring entreprenören", "mät ljuset på torget", "röj slyet vid gångtunneln", "flytta armaturen", "belysning Parkvägen")


@pytest.fixture
def address(town: Server) -> str:
    """The live page of a meeting that is planned for now."""
    environment = {**os.environ, "SAMSYN_FOLDER": str(town.folder), "DJANGO_SETTINGS_MODULE": "samsyn.site.settings"}
    done = subprocess.run([sys.executable, "-m", "tests.journeys.made_meeting"], env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.splitlines()[-1]


def opened(page: Page, address: str) -> Page:
    """Open the meeting as the coordinator does."""
    page.goto(address)
    page.get_by_role("button", name="Öppna mötet").click()
    return ready(page)


def ready(page: Page) -> Page:
    """Wait until the page's script listens: then its keys are told of."""
    expect(page.get_by_text("Tangenter", exact=True)).to_be_visible()
    expect(box(page)).to_be_visible()
    return page


def box(page: Page) -> Locator:
    return page.get_by_label(re.compile("^Skriv en rad"))


def rows(page: Page) -> Locator:
    """The rows under the point that is shown."""
    return page.locator("#live-under .live__row")


def put(page: Page, text: str) -> None:
    box(page).fill(text)
    box(page).press("Enter")


def test_two_who_write_at_once_see_each_other_and_lose_no_word(town: Server, open_browser: Open, address: str, picture: Picture) -> None:
    anna = opened(open_browser(town, "Anna"), address)
    bo = open_browser(town, "Bo")
    bo.goto(address)
    ready(bo)
    anna.get_by_text("Närvaro", exact=True).click()
    anna.get_by_role("button", name="Alla andra är på plats").click()
    anna.get_by_text("Närvaro", exact=True).click()
    anna.keyboard.press("n")
    expect(bo.get_by_role("heading", level=1)).to_have_text("Belysningen")
    box(bo).fill("Det är mörkt också vid")
    for what in THINGS:
        put(anna, f"Bo: {what} före 15 mars")
    expect(rows(bo)).to_have_count(5)
    assert box(bo).input_value() == "Det är mörkt också vid"
    box(bo).press_sequentially(" gångtunneln")
    box(bo).press("Enter")
    put(anna, "Beslut: vi flyttar cykelställen")
    for page in (anna, bo):
        expect(rows(page)).to_have_count(7)
        expect(rows(page).filter(has_text="Det är mörkt också vid gångtunneln")).to_have_count(1)
        expect(page.locator("#live-utfall .live__row")).to_have_count(6)
        expect(page.locator("#live-utfall").get_by_text(re.compile(r"^Uppdrag · Bo · senast \d{4}-03-15$"))).to_have_count(5)
    picture(anna, "mote-live")
    anna.reload()
    expect(rows(anna)).to_have_count(7)


def test_a_meeting_is_held_by_keyboard_alone(town: Server, open_browser: Open, address: str) -> None:
    page = open_browser(town, "Anna")
    page.goto(address)
    page.get_by_role("button", name="Öppna mötet").focus()
    page.keyboard.press("Enter")
    title = ready(page).get_by_role("heading", level=1)
    expect(title).to_have_text("Sedan sist")
    page.keyboard.press("b")
    expect(box(page)).to_be_focused()
    page.keyboard.type("njpk? @Nour tar nattvandringen till 1/12")  # letters that are keys elsewhere are letters here
    page.keyboard.press("Enter")
    expect(rows(page).first).to_contain_text("Njpk? tar nattvandringen", ignore_case=True)
    expect(rows(page).first).to_contain_text(re.compile(r"Uppdrag · Nour · senast \d{4}-12-01"))
    expect(title).to_have_text("Sedan sist")
    page.keyboard.press("Escape")
    for key, wanted in (("n", "Belysningen"), ("j", "Nästa gång"), ("k", "Belysningen"), ("p", "Sedan sist"), ("n", "Belysningen")):
        page.keyboard.press(key)
        expect(title).to_have_text(wanted)
    page.keyboard.press("?")
    expect(page.get_by_text("sparar raden")).to_be_visible()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.type("Beslut: lampan byts")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)


def test_others_follow_the_common_point_or_look_by_themselves(town: Server, open_browser: Open, address: str) -> None:
    anna, bo = opened(open_browser(town, "Anna"), address), open_browser(town, "Bo")
    bo.goto(address)
    ready(bo)
    there = bo.get_by_role("heading", level=1)
    anna.keyboard.press("n")
    expect(there).to_have_text("Belysningen")
    expect(bo.get_by_text("Senast hört")).to_be_visible()
    bo.keyboard.press("n")
    expect(there).to_have_text("Nästa gång")
    expect(bo.get_by_text("Mötet är på 2. Belysningen")).to_be_visible()
    anna.keyboard.press("p")
    expect(bo.get_by_text("Mötet är på 1. Sedan sist")).to_be_visible()
    expect(there).to_have_text("Nästa gång")
    bo.get_by_role("link", name="Följ mötet").click()
    expect(there).to_have_text("Sedan sist")


def test_a_line_goes_to_the_point_that_was_shown_when_it_was_begun(town: Server, open_browser: Open, address: str) -> None:
    anna, bo = opened(open_browser(town, "Anna"), address), open_browser(town, "Bo")
    bo.goto(address)
    ready(bo)
    box(bo).press_sequentially("Det här gäller det förra")
    anna.keyboard.press("n")
    expect(bo.get_by_role("heading", level=1)).to_have_text("Belysningen")
    expect(bo.locator("label [data-under]")).to_have_text("under 1. Sedan sist")
    box(bo).press("Enter")
    expect(bo.locator("label [data-under]")).to_have_text("under 2. Belysningen")
    anna.keyboard.press("p")
    expect(rows(bo)).to_have_text([re.compile("Det här gäller det förra")])


def test_a_line_that_does_not_come_through_is_sent_again_and_only_once(town: Server, open_browser: Open, watched: Watched, address: str) -> None:
    page = opened(open_browser(town, "Anna"), address)
    watched.expected.append("ERR_")
    tries: list[str] = []

    def lost(route: Route) -> None:
        """The first time the server never hears; the second it does and its answer is lost."""
        tries.append(route.request.post_data or "")
        if len(tries) == 2:
            route.fetch()
        if len(tries) < 3:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/live/rad/", lost)
    put(page, "Nätet gick ner just nu")
    expect(page.get_by_text("Ingen kontakt. Försöker igen…")).to_be_visible()
    put(page, "och en till")
    expect(rows(page)).to_have_count(2)
    expect(page.locator(".live__pending")).to_have_count(0)
    assert len(tries) >= 4
    page.reload()
    expect(rows(page).filter(has_text="Nätet gick ner")).to_have_count(1)


def test_a_personal_number_is_refused_and_the_text_is_given_back(town: Server, open_browser: Open, watched: Watched, address: str) -> None:
    page = opened(open_browser(town, "Anna"), address)
    watched.expected.append("400")
    put(page, "Ring 19121212-1212 i morgon")
    expect(page.locator("#rad-fel")).to_contain_text("Här står ett personnummer")
    assert box(page).input_value() == "Ring 19121212-1212 i morgon"
    put(page, "Ring [person] i morgon")
    expect(rows(page)).to_have_count(1)
    expect(page.locator("#rad-fel")).to_have_text("")


def test_two_who_change_the_same_line_are_shown_both_texts_in_place(town: Server, open_browser: Open, watched: Watched, address: str) -> None:
    anna, bo = opened(open_browser(town, "Anna"), address), open_browser(town, "Bo")
    watched.expected.append("409")
    put(anna, "Bo: lampan")
    bo.goto(address)
    ready(bo)
    for page in (anna, bo):
        rows(page).first.get_by_role("link", name=re.compile("^Ändra")).click()
        expect(rows(page).first.get_by_label("Vad står det?")).to_be_visible()
    rows(anna).first.get_by_label("Vad står det?").fill("stora lampan")
    rows(anna).first.get_by_role("button", name="Spara raden").click()
    expect(rows(anna).first.locator("p.prewrap")).to_have_text("stora lampan")
    mine = rows(bo).first.get_by_label("Vad står det?")
    mine.fill("lilla lampan")
    bo.wait_for_timeout(2000)  # what Anna wrote has come in meanwhile
    assert mine.input_value() == "lilla lampan"
    rows(bo).first.get_by_role("button", name="Spara raden").click()
    expect(rows(bo).first.get_by_text("Det Anna sparade")).to_be_visible()
    rows(bo).first.get_by_label("hopskriven text").fill("stora och lilla lampan")
    rows(bo).first.get_by_role("button", name="Spara den valda texten").click()
    for page in (anna, bo):
        expect(rows(page).first.locator("p.prewrap")).to_have_text("stora och lilla lampan")


def test_a_face_is_set_and_attendance_said_without_leaving_the_page(town: Server, open_browser: Open, address: str) -> None:
    anna, bo = opened(open_browser(town, "Anna"), address), open_browser(town, "Bo")
    bo.goto(address)
    ready(bo)
    anna.get_by_text("Närvaro", exact=True).click()
    anna.get_by_role("button", name=re.compile("^På länk.*Bo$")).click()
    anna.get_by_role("button", name="Alla andra är på plats").click()
    expect(bo.get_by_text("Två är här, en på länk.").first).to_be_visible()
    anna.get_by_role("heading", level=1).click()
    anna.keyboard.press("n")
    anna.get_by_text(re.compile("^Sätt gubben för")).click()
    anna.get_by_role("radio", name="Sämre").check()
    anna.get_by_label("Vad bygger resultatet på?").select_option("observed")
    anna.get_by_label("Varför?").fill("Det är mörkare nu")
    anna.get_by_role("button", name="Sätt gubben").click()
    expect(rows(bo).filter(has_text="Det är mörkare nu")).to_have_count(1)
    expect(bo.locator(".live__action .face")).to_contain_text("Sämre")


def test_what_came_while_a_row_was_changed_is_there_when_it_is_left(town: Server, open_browser: Open, address: str) -> None:
    anna, bo = opened(open_browser(town, "Anna"), address), open_browser(town, "Bo")
    put(anna, "Bo: lampan")
    bo.goto(address)
    ready(bo)
    rows(bo).first.get_by_role("link", name=re.compile("^Ändra")).click()
    expect(rows(bo).first.get_by_label("Vad står det?")).to_be_focused()
    put(anna, "Beslut: ja")
    expect(bo.locator("#live-utfall .live__row")).to_have_count(2)
    expect(rows(bo)).to_have_count(1)
    bo.keyboard.press("Escape")
    expect(rows(bo)).to_have_count(2)


def test_a_form_that_is_begun_and_left_keeps_nobody_behind(town: Server, open_browser: Open, address: str) -> None:
    anna = opened(open_browser(town, "Anna"), address)
    anna.keyboard.press("n")
    anna.get_by_text(re.compile("^Sätt gubben för")).click()
    anna.get_by_label("Varför?").fill("Det är")
    anna.get_by_role("heading", level=1).click()
    anna.keyboard.press("n")
    expect(anna.get_by_role("heading", level=1)).to_have_text("Nästa gång")


@pytest.mark.parametrize("width", [320, 390])
def test_without_javascript_and_on_a_phone_all_is_done_with_forms(width: int, town: Server, open_browser: Open, address: str) -> None:
    page = open_browser(town, "Anna", width=width, js=False)
    page.goto(address)
    page.get_by_role("button", name="Öppna mötet").click()
    box(page).fill("Bo: belysning Parkvägen före 15 mars\nBeslut: ja")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(rows(page)).to_have_count(2)
    page.get_by_role("button", name="Klar, nästa punkt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Belysningen")
    page.get_by_role("link", name="Visa nytt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Belysningen")
    page.get_by_role("button", name="Tillbaka").click()
    rows(page).first.get_by_role("link", name=re.compile("^Ändra")).click()
    page.get_by_role("button", name="Spara raden").click()
    expect(rows(page)).to_have_count(2)
    page.wait_for_load_state()  # the rows are there before the style is
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_is_for_everybody_before_during_and_while_a_row_is_changed(town: Server, open_browser: Open, address: str) -> None:
    anna = open_browser(town, "Anna", bypass_csp=True)
    anna.goto(address)
    assert faults_on(anna) == []
    opened(anna, address)
    put(anna, "Bo: lampan 30 februari")
    put(anna, "Beslut: ja")
    expect(rows(anna)).to_have_count(2)
    anna.keyboard.press("Escape")
    anna.keyboard.press("n")
    expect(anna.get_by_text("Senast hört")).to_be_visible()
    assert faults_on(unfolded(anna, address)) == []
    anna.locator("#live-utfall").get_by_role("link", name=re.compile("^Ändra")).first.click()
    expect(anna.locator("#live-utfall").get_by_label("Vad står det?")).to_be_visible()
    assert faults_on(anna) == []
    bo = open_browser(town, "Bo", bypass_csp=True)
    assert faults_on(unfolded(bo, address)) == []
