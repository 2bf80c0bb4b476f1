"""The plan goes out to a colleague's Excel and comes in again: untouched, mended, and mended by two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.flows.exported import edited, replaced, with_row, without_row
from tests.journeys.conftest import Open, Server
from tests.journeys.made_plan import write_plan
from tests.journeys.test_accessible import faults_on
from tests.journeys.test_main_journey import begin, read_in, show_the_file

Picture = Callable[[Page, str], None]


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_plan_comes_back_from_a_colleagues_excel(js: bool, empty: Server, open_browser: Open, tmp_path: Path, picture: Picture) -> None:
    page = open_browser(empty, js=js)
    begin(page)
    show_the_file(page, write_plan(tmp_path))
    read_in(page)
    board = page.url
    out = taken_out(page, tmp_path)

    bring(page, out, "orörd.xlsx", tmp_path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Inget är ändrat")
    expect(page.get_by_role("main").locator("form")).to_have_count(0)
    page.get_by_role("link", name="Till planen").click()
    expect(page).to_have_url(board)

    lo = edited(out, replaced("Gatuchef Eva Ek", "Driftchef Maj Moe"), replaced("2027-06-15", "2027-08-31"), without_row("Föräldramöte"),
                with_row("1", "Städa gångvägen varje fredag", "", "2027-04-01", "Lo Ling", ""))
    bring(page, lo, "plan från Lo.xlsx", tmp_path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Två ändringar, en ny rad och två rader borta")
    expect(page.get_by_label("Ta bort Åtgärd: 2.2 Föräldramöte åk 7–9")).not_to_be_checked()
    expect(page.get_by_label("Klart senast")).to_be_checked()
    picture(page, "jamforelsen")
    page.get_by_label("Klart senast").uncheck()
    page.get_by_role("button", name="Ta in det som är valt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Planen är ändrad")
    page.get_by_role("link", name="Se planen").click()
    table = page.get_by_role("table")
    for words in ("Driftchef Maj Moe", "Städa gångvägen varje fredag", "2027-06-15", "Föräldramöte"):
        expect(table).to_contain_text(words)

    two_have_changed_the_same(page, edited(out, replaced("Gatuchef Eva Ek", "Ellen Ek")), tmp_path)
    page.goto(board)
    expect(page.get_by_role("table")).to_contain_text("Ellen Ek")


def test_axe_finds_nothing_on_what_the_comparison_shows(town: Server, open_browser: Open, tmp_path: Path) -> None:
    page = open_browser(town, "Anna", bypass_csp=True)  # axe is put into the page from outside
    page.goto("/planer/")
    page.get_by_role("link", name="Trygg kväll i centrum").first.click()
    out = taken_out(page, tmp_path)
    first = page.get_by_role("table").get_by_role("link").first.inner_text()
    content = edited(out, replaced("Anna, Granvikens kommun", "Ellen Ek, Granvikens kommun"), without_row(first),
                     with_row("1", "Städa kajen", "Rent", "2027-04-01", "Lo Ling", ""), with_row("2", f"{first} och mer därtill", "", "", "Lo Ling", ""))
    bring(page, content, "plan från Lo.xlsx", tmp_path)
    for heading in ("Frågor", "Ändrat i filen", "Nytt i filen"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    assert faults_on(page) == []
    page.get_by_role("button", name="Avbryt, spara inget").click()
    bring(page, out, "orörd.xlsx", tmp_path)
    assert faults_on(page) == []


def two_have_changed_the_same(page: Page, content: bytes, folder: Path) -> None:
    """Bring a second colleague's file, whose change stands where the first one's is now. Choose the second."""
    bring(page, content, "plan från Ellen.xlsx", folder)
    expect(page.get_by_role("heading", level=1)).to_have_text("En fråga")
    asked = page.get_by_role("group").filter(has_text="ändrat både i filen och i Samsyn")
    expect(asked).to_contain_text("Driftchef Maj Moe")
    expect(asked).to_contain_text("När filen togs ut: Gatuchef Eva Ek")
    expect(asked.get_by_role("radio", checked=True)).to_have_count(0)
    asked.get_by_role("radio", name="I filen").check()
    page.get_by_role("button", name="Ta in det som är valt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Planen är ändrad")


def taken_out(page: Page, folder: Path) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel", exact=True).first.click()
    waiting.value.save_as(folder / "ut.xlsx")
    return (folder / "ut.xlsx").read_bytes()


def bring(page: Page, content: bytes, name: str, folder: Path) -> None:
    (folder / name).write_bytes(content)
    page.goto("/planer/las-in/")
    page.get_by_label("Välj en fil eller släpp den här").set_input_files(folder / name)
    page.get_by_role("button", name="Läs filen").click()
