"""The whole plan in a real browser: rows that are dragged, pasted and moved by keys, gaps that are filled, and sheets that are printed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import Open, Server

Picture = Callable[[Page, str], None]
PLAN = "Trygg kväll i centrum"
NAMES = [f"Åtgärd nummer {n}" for n in range(1, 7)]
A3, A4 = (420, 297), (210, 297)  # mm


def address_of(page: Page, name: str) -> str:
    page.goto("/planer/")
    href = page.get_by_role("link", name=name).first.get_attribute("href")
    assert href
    return href


def new_plan(page: Page, lines: list[str]) -> str:
    """Make a plan of its own with an action of each line; return its address."""
    name = f"Plan {uuid4().hex[:8]}"
    page.goto("/planer/ny/")
    page.get_by_label("Namn").fill(name)
    page.get_by_role("button", name=re.compile("Spara|Skapa")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad är problemet?")
    address = address_of(page, name)
    page.goto(address + "atgarder/flera/")
    page.get_by_label("Åtgärder, en per rad").fill("\n".join(lines))
    page.get_by_role("button", name="Lägg till alla").click()
    expect(page.locator("tr.act")).to_have_count(len(lines))
    return address


def order(page: Page) -> list[str]:
    return page.locator("[data-row] .order__what > a").all_inner_texts()


def open_order(page: Page, address: str) -> None:
    """Open the order with its first row near the top of the screen."""
    page.goto(address + "ordning/")
    page.evaluate("window.scrollBy({top: document.querySelector('[data-row]').getBoundingClientRect().top - 90, behavior: 'instant'})")


def middle_of(page: Page, name: str, *, of_row: bool = False) -> tuple[float, float]:
    """Return the middle of a row's handle, or of the row itself."""
    row = page.locator("[data-row]").filter(has_text=name)
    box = (row if of_row else row.locator("[data-grip]")).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def wait_for_order(page: Page, names: list[str]) -> None:
    for place, name in enumerate(names):
        expect(page.locator("[data-row] .order__what > a").nth(place)).to_have_text(name)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the part has focus; never more than twelve times."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} is not reached with Tab")


def moved(names: list[str], name: str, place: int) -> list[str]:
    rest = [one for one in names if one != name]
    return [*rest[:place], name, *rest[place:]]


class TestTheOrder:
    def test_a_row_is_dragged_by_its_handle_with_the_mouse(self, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna")
        address = new_plan(page, NAMES)
        open_order(page, address)
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
        x, y = middle_of(page, NAMES[4])
        page.mouse.move(x, y)
        page.mouse.down()
        _, above = middle_of(page, NAMES[1])
        page.mouse.move(x + 4, y - 30, steps=4)
        expect(page.locator(".is-held")).to_have_count(1)
        page.mouse.move(x, above - 12, steps=12)
        assert order(page) == moved(NAMES, NAMES[4], 1)
        page.mouse.up()
        page.wait_for_url(re.compile("#rad-"))
        assert len(sent) == 1 and sent[0].endswith("/flytta/"), "one form is sent: that of the buttons"
        page.goto(address + "ordning/")
        wait_for_order(page, moved(NAMES, NAMES[4], 1))

    def test_a_row_that_is_let_go_where_it_was_or_with_escape_sends_nothing(self, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna")
        open_order(page, new_plan(page, NAMES))
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
        x, y = middle_of(page, NAMES[2])
        for escapes in (True, False):
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x, y + 150, steps=8)
            assert order(page) != NAMES
            if escapes:
                page.keyboard.press("Escape")
            page.mouse.move(x, y, steps=8)
            page.mouse.up()
            assert order(page) == NAMES
            expect(page.locator(".is-held")).to_have_count(0)
        assert sent == []

    def test_a_row_is_dragged_with_a_finger_on_a_phone_and_the_page_stays(self, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna", width=390, height=800, has_touch=True)
        address = new_plan(page, NAMES)
        open_order(page, address)
        scrolled = page.evaluate("window.scrollY")
        finger = page.context.new_cdp_session(page)
        x, y = middle_of(page, NAMES[0])
        _, below = middle_of(page, NAMES[2], of_row=True)
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in range(1, 11):
            finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + (below + 10 - y) * step / 10}]})
        assert page.evaluate("window.scrollY") == scrolled, "the finger drags the row, not the page"
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_url(re.compile("#rad-"))
        page.goto(address + "ordning/")
        wait_for_order(page, moved(NAMES, NAMES[0], 2))

    def test_a_row_is_moved_with_keys_alone_and_stays_in_sight(self, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna")
        page.goto(new_plan(page, [f"Åtgärd nummer {n}" for n in range(1, 31)]) + "ordning/")
        button = page.get_by_role("button", name=re.compile("Flytta upp .*Åtgärd nummer 29"))
        button.focus()
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("#rad-"))
        row = page.locator("[data-row]").filter(has_text="Åtgärd nummer 29")
        expect(row).to_be_in_viewport(ratio=1)
        assert order(page)[27:29] == ["Åtgärd nummer 29", "Åtgärd nummer 28"]
        page.keyboard.press("Tab")  # goes on from the row that was moved
        assert page.evaluate("document.activeElement.closest('[data-row]')?.id") == row.get_attribute("id")

    def test_without_script_the_buttons_do_it_and_no_handle_is_seen(self, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna", js=False)
        page.goto(new_plan(page, NAMES) + "ordning/")
        expect(page.locator("[data-grip]:visible")).to_have_count(0)
        page.get_by_role("button", name=re.compile("Flytta ner .*Åtgärd nummer 1")).click()
        wait_for_order(page, moved(NAMES, NAMES[0], 1))


class TestTheQuickRow:
    @pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
    def test_one_action_and_then_another_with_keys_alone(self, js: bool, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna", js=js)
        page.goto(new_plan(page, NAMES))
        field = page.get_by_role("form", name="Ny åtgärd").get_by_label("Ny åtgärd")
        field.focus()
        for name in ("Den första nya", "Den andra nya"):
            page.keyboard.type(name)
            if js:
                page.keyboard.press("Enter")
            else:
                tab_to(page, "form.quick button")
                page.keyboard.press("Enter")
            row = page.locator("tr.act.is-new").filter(has_text=name)
            expect(row).to_be_in_viewport(ratio=1)
            page.keyboard.press("Tab")  # from the new row: its link, then the way back to the row for more
            page.keyboard.press("Tab")
            expect(page.get_by_role("link", name="Lägg till en till")).to_be_focused()
            page.keyboard.press("Enter")
            expect(field).to_be_focused()
        expect(page.locator("tr.act")).to_have_count(len(NAMES) + 2)

    def test_pasted_lines_are_counted_before_they_become_actions(self, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna")
        page.goto(new_plan(page, NAMES))
        field = page.get_by_role("form", name="Ny åtgärd").get_by_label("Ny åtgärd")
        field.focus()
        page.keyboard.insert_text("• Ett nytt\n• Två nytt\n\n• Tre nytt")  # as a paste comes
        expect(page.locator("form.quick [role=status]")).to_contain_text("3 åtgärder, en per rad.")
        page.keyboard.press("Enter")  # several lines: a new line, not yet sent
        expect(page.locator("tr.act")).to_have_count(len(NAMES))
        page.get_by_role("button", name="Lägg till", exact=True).click()
        expect(page.locator("tr.act.is-new")).to_have_text([re.compile(words) for words in ("Ett nytt", "Två nytt", "Tre nytt")])
        expect(page.locator("tr.act.is-new").first).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("status").filter(has_text="Tre åtgärder är tillagda.")).to_be_visible()


class TestTheChain:
    def test_a_gap_is_filled_with_keys_alone_and_the_way_leads_back(self, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna")
        address = new_plan(page, ["Vandra"])
        page.goto(address + "kedjan/")
        before = int(page.locator(".node--gap").count())
        page.get_by_role("link", name="Gå till första luckan").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("#lucka-1"))
        page.keyboard.press("Tab")
        mend = page.locator("a.mend:focus")
        expect(mend).to_be_in_viewport(ratio=1)
        assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
        page.goto(address + "kedjan/")
        page.get_by_role("link", name="Skriv ett mål").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label(re.compile("0.1 Vandra"))).to_be_checked()
        page.get_by_label("Mål", exact=False).first.fill("Färre känner sig otrygga")
        page.get_by_role("button", name="Spara").click()
        page.wait_for_url(re.compile(r"/kedjan/#rad-"))
        expect(page.locator(".node").filter(has_text="Färre känner sig otrygga").first).to_be_visible()
        expect(page.get_by_role("link", name="Skriv ett mål")).to_have_count(0)
        assert page.locator(".node--gap").count() >= before - 1

    def test_every_link_and_button_of_the_chain_can_be_reached_in_the_order_it_is_read(self, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna")
        page.goto(address_of(page, PLAN) + "kedjan/")
        wanted = page.evaluate("[...document.querySelectorAll('.chain a')].map((link) => link.getAttribute('href'))")
        page.locator(".chain a").first.focus()
        met = [page.evaluate("document.activeElement.getAttribute('href')")]
        for _ in wanted[1:]:
            page.keyboard.press("Tab")
            met.append(page.evaluate("document.activeElement.getAttribute('href')"))
        assert met == wanted and len(met) > 40

    def test_the_chain_can_be_read_on_a_phone(self, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna", width=390, height=800)
        page.goto(address_of(page, PLAN) + "kedjan/")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        small = page.evaluate("""[...document.querySelectorAll('.node :is(b, h2, h3, small, a)')]
            .filter((part) => part.checkVisibility() && parseFloat(getComputedStyle(part).fontSize) < 12).length""")
        assert small == 0
        expect(page.locator(".node .knut").first).to_be_visible()  # says what each knot is where there are no columns

    def test_pictures_of_chain_order_and_timeline(self, town: Server, open_browser: Open, picture: Picture) -> None:
        page = open_browser(town, "Anna")
        address = address_of(page, PLAN)
        for path, name, heading in (("kedjan/", "kedjan", "kedjan"), ("ordning/", "ordningen", "ordning"), ("tidslinje/", "tidslinjen", "åtgärd")):
            page.goto(address + path)
            expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(heading, re.IGNORECASE))
            picture(page, name)


def printed(page: Page) -> PdfReader:
    """Return what the browser prints, on the paper that the page asks for."""
    page.emulate_media(media="print")
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=False)))


def sizes(pdf: PdfReader) -> set[tuple[int, int]]:
    """Return the sizes of the sheets in millimetres."""
    return {(round(float(sheet.mediabox.width) / 72 * 25.4), round(float(sheet.mediabox.height) / 72 * 25.4)) for sheet in pdf.pages}


def words_on(pdf: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in pdf.pages))


def actions_on(pdf: PdfReader) -> int:
    """Return how many actions are printed whole: their names are links, whose places the sheet knows."""
    found = set()
    for sheet in pdf.pages:
        for link in (one.get_object() for one in sheet.get("/Annots", [])):
            left, bottom, right, top = (float(side) for side in link["/Rect"])
            if 0 <= left < right <= float(sheet.mediabox.width) and 0 <= bottom < top <= float(sheet.mediabox.height):
                found.add(str(link.get("/A", {}).get("/URI", "")))
    return sum(bool(re.search(r"/atgarder/[0-9a-f-]{36}/$", address)) for address in found)


class TestPrinted:
    def test_the_chain_of_the_town_is_printed_on_one_a3(self, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna")
        page.goto(address_of(page, PLAN) + "kedjan/")
        expect(page.get_by_text("Skrivs ut på ett A3, liggande.")).to_be_visible()
        pdf = printed(page)
        assert (len(pdf.pages), sizes(pdf)) == (1, {A3})
        words = words_on(pdf)
        assert "9.2 Lektioner om bråk" in words and "Vuxna ute hela helgkvällen" in words and "Hel linje." in words
        assert "Gå till första" not in words and "Logga ut" not in words

    @pytest.mark.parametrize("count", [30, 60, 72])
    def test_a_plan_of_many_actions_is_printed_on_one_a3_when_it_says_so(self, count: int, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna")
        page.goto(new_plan(page, [f"Vandra kvällstid med boende i kvarter {n} och följ upp" for n in range(count)]) + "kedjan/")
        expect(page.get_by_text("Skrivs ut på ett A3, liggande.")).to_be_visible()
        pdf = printed(page)
        assert (len(pdf.pages), sizes(pdf)) == (1, {A3})
        assert actions_on(pdf) == count

    def test_a_plan_too_long_for_one_a3_says_so_and_takes_more(self, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna")
        page.goto(new_plan(page, [f"Vandra {n}" for n in range(130)]) + "kedjan/")
        expect(page.get_by_text(re.compile("Skrivs ut på ungefär .* A3, liggande"))).to_be_visible()
        assert len(printed(page).pages) > 1

    def test_the_timeline_is_printed_on_a4_lying_down(self, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna")
        page.goto(address_of(page, PLAN) + "tidslinje/")
        pdf = printed(page)
        assert sizes(pdf) == {A4[::-1]}
        assert "9.2 Lektioner" in words_on(pdf)

    def test_the_plan_itself_is_printed_on_a4_without_what_only_a_screen_needs(self, town: Server, open_browser: Open) -> None:
        page = open_browser(town, "Anna")
        page.goto(address_of(page, PLAN))
        pdf = printed(page)
        assert sizes(pdf) == {A4}
        words = words_on(pdf)
        assert "9.2 Lektioner om bråk" in words and "Kombination: Ljus och fri sikt på gångvägen." in words
        assert "Lägg till" not in words and "Sök och filtrera" not in words

    def test_the_handbooks_form_is_ready_to_print_on_a4_lying_down(self, town: Server, open_browser: Open, tmp_path: Path) -> None:
        page = open_browser(town, "Anna")
        page.goto(address_of(page, PLAN))
        with page.expect_download() as waited:
            page.get_by_role("link", name="Excel").click()
        waited.value.save_as(tmp_path / "plan.xlsx")
        sheet = load_workbook(tmp_path / "plan.xlsx").worksheets[0]
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize), sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", 9, True)
        assert sheet.print_title_rows == "$1:$1"
