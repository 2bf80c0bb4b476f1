"""Every kind of page, light and dark, wide and narrow: no violation that axe finds, and nothing that scrolls sideways."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import Open, Server, Watched

PLAN = "Trygg kväll i centrum"
SCREENS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"), (320, "light"), (320, "dark")]
AXE = Axe().axe_script
RULES = {
    "light": {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}}  # nothing but colours differs

def faults_on(page: Page) -> list[str]:
    """Return what axe says and what scrolls sideways, on every screen. The page is loaded once and looked at six times."""
    found: list[str] = []
    page.evaluate(AXE)
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        where = f"{page.url} {width} px {scheme}"
        for violation in page.evaluate("rules => axe.run(document, rules)", RULES[scheme])["violations"]:
            found += [f"{where}: {violation['id']}: {node['html'][:160]}" for node in violation["nodes"]]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"{where}: {wide} px too wide")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


@pytest.fixture
def anna(town: Server, open_browser: Open) -> Page:
    return open_browser(town, "Anna", bypass_csp=True)  # axe is put into the page from outside


@pytest.fixture
def plan(anna: Page) -> str:
    """The address of the plan that the town is mostly about."""
    anna.goto("/planer/")
    address = anna.get_by_role("link", name=PLAN).first.get_attribute("href")
    assert address is not None
    return address


def opened(page: Page, address: str) -> Page:
    """Go to a page and unfold all that is folded on it, apart from the menus."""
    answer = page.goto(address)
    assert answer is not None and answer.status == 200, address
    page.evaluate("document.querySelectorAll('details:not(.mine, .menu)').forEach(found => { found.open = true })")
    return page


def kind(address: str) -> str:
    """Return an address without what differs from row to row."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", re.split(r"[?#]", address)[0])


def every_kind_of_page(page: Page) -> list[str]:
    """Walk from the start page along every link a person sees, and return one address of each kind of page that is met."""
    seen, pages, waiting = {"/"}, [], ["/"]
    while waiting:
        address = waiting.pop(0)
        answer = page.request.get(address)
        assert answer.status == 200, f"{address} answers {answer.status}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        pages.append(address)
        for href in re.findall(r'<a [^>]*href="(/[^"#]*)', answer.text()):
            if kind(href) not in seen and not href.startswith("/static/"):
                seen.add(kind(href))
                waiting.append(href.replace("&amp;", "&"))
    return pages


def test_every_kind_of_page_that_a_coordinator_meets(anna: Page) -> None:
    pages = every_kind_of_page(anna)
    assert len(pages) > 30, pages
    found = [fault for address in pages for fault in faults_on(opened(anna, address))]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("name", ["Bo", "Carin"])
def test_what_those_with_fewer_rights_meet_first(name: str, town: Server, open_browser: Open) -> None:
    page = open_browser(town, name, bypass_csp=True)
    for address in ("/", page.get_by_role("link", name=PLAN).first.get_attribute("href")):
        assert faults_on(opened(page, str(address))) == []


@pytest.mark.parametrize("query", ["?vy=lista", "?klart=sena", "?sok=finnsintealls"])
def test_the_board_with_a_choice_made(query: str, anna: Page, plan: str) -> None:
    assert faults_on(opened(anna, plan + query)) == []


@pytest.mark.parametrize("address", ["/logga-in/", "/stil"])
def test_pages_for_anybody(address: str, town: Server, open_browser: Open) -> None:
    assert faults_on(opened(open_browser(town, bypass_csp=True), address)) == []


def test_the_first_page_of_an_empty_installation(empty: Server, open_browser: Open) -> None:
    assert faults_on(open_browser(empty, bypass_csp=True)) == []


def test_a_form_that_was_filled_in_wrongly(anna: Page, plan: str, watched: Watched) -> None:
    watched.expected.append("400")
    opened(anna, f"{plan}atgarder/ny/")
    anna.locator("form[data-unsaved]").evaluate("form => { form.noValidate = true; form.elements.hours.value = 'tolv' }")
    anna.get_by_role("button", name="Spara", exact=True).click()
    assert anna.get_by_role("alert").count() == 1
    assert faults_on(anna) == []


def test_pages_of_refusal(town: Server, open_browser: Open, anna: Page, plan: str, watched: Watched) -> None:
    watched.expected += ["404", "403"]
    anna.goto("/finns-inte/")
    assert faults_on(anna) == []
    bo = open_browser(town, "Bo", bypass_csp=True)
    bo.goto(f"{plan}uppgifter/")
    assert faults_on(bo) == []


def test_the_open_menus(anna: Page) -> None:
    anna.goto("/")
    anna.locator("details.mine summary").click()
    assert faults_on(anna) == []
    anna.set_viewport_size({"width": 390, "height": 844})
    anna.goto("/")
    anna.locator("details.menu summary").click()
    assert faults_on(anna) == []


def test_text_twice_as_large_does_not_scroll_sideways(anna: Page, plan: str) -> None:
    for address in ("/", plan, f"{plan}rapport/", f"{plan}atgarder/ny/", "/installningar/"):
        opened(anna, address)
        anna.evaluate("document.documentElement.style.fontSize = '200%'")
        assert anna.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address


def test_text_with_more_air_loses_nothing(anna: Page, plan: str) -> None:
    """WCAG 1.4.12: line height 1.5, letters 0.12 em, words 0.16 em, paragraphs 2 em."""
    for address in ("/", plan, f"{plan}kollen/", "/installningar/"):
        opened(anna, address)
        anna.add_style_tag(content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
                                   "p { margin-bottom: 2em !important }")
        cut = anna.evaluate("""[...document.querySelectorAll('main a, main button, main p, main td, main th, main li, main h1, main h2, main label')]
            .filter(e => getComputedStyle(e).overflow === 'hidden' && !e.closest('.hide'))
            .filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
            .map(e => e.outerHTML.slice(0, 120))""")
        assert cut == [], address


PLANTED = """<!doctype html><html lang="sv"><head><title>Planterad</title></head><body><main><h1>Planterad</h1>
<p style="color:#bbb;background:#fff">Svag text</p><img src="data:," width="10" height="10"><input name="utan"><div style="width:2000px">bred</div>
<button></button></main></body></html>"""


def test_planted_faults_are_found(town: Server, open_browser: Open) -> None:
    page = open_browser(town, bypass_csp=True)
    page.set_content(PLANTED)
    said = "\n".join(faults_on(page))
    for rule in ("color-contrast", "image-alt", "label", "button-name"):
        assert f": {rule}:" in said, rule
    assert all(re.search(rf" {width} px {scheme}: \d+ px too wide", said) for width, scheme in SCREENS)
