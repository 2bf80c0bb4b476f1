"""Monday morning: from an empty installation and a plan in Excel to a report in the steering group's hands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open, Server
from tests.journeys.made_plan import write_plan

Picture = Callable[[Page, str], None]
PASSWORD = "en mening som Vera minns"


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_first_visitor_takes_a_plan_from_excel_to_a_report(
        js: bool, empty: Server, open_browser: Open, tmp_path: Path, picture: Picture) -> None:
    page = open_browser(empty, js=js)
    begin(page)
    show_the_file(page, write_plan(tmp_path))
    picture(page, "inlasning")
    read_in(page)
    mend_what_the_check_says(page)
    set_a_face(page)
    take_the_report(page, tmp_path)


def begin(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Välkommen. Här är tomt än.")
    page.get_by_label("Vad heter er samverkan?").fill("Trygga Viken")
    page.get_by_label("Vilken organisation samordnar?").fill("Vikens kommun")
    page.get_by_label("Ditt namn").fill("Vera")
    page.get_by_label("Din e-post").fill("vera@viken.example")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Skapa och gå vidare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Välkommen, Vera")


def show_the_file(page: Page, path: Path) -> None:
    page.get_by_label("Välj en fil eller släpp den här").set_input_files(path)
    page.get_by_role("button", name="Läs filen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Två rader är klara. En behöver dig.")
    expect(page.get_by_role("table", name="Rader där något är oklart")).to_contain_text("Föräldramöte åk 7–9")


def read_in(page: Page) -> None:
    page.get_by_label("Vilket problem").fill("Skadegörelse och oro vid torget")
    page.get_by_label(re.compile("ingen än", re.IGNORECASE)).last.check()
    page.get_by_role("button", name="Läs in 3 rader").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tre åtgärder är inlästa")
    page.get_by_role("link", name="Se planen").click()
    expect(page.get_by_role("table")).to_contain_text("Nattvandring fre/lör")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("torget 2027"))


def mend_what_the_check_says(page: Page) -> None:
    """Follow the first remark of the panel three times; each time the form leads back to the panel, which says how much is left."""
    left: list[int] = []
    for _ in range(3):
        panel = page.get_by_role("complementary", name="Plankollen")
        panel.get_by_role("listitem").first.get_by_role("link").first.click()
        mend(page)
        said = page.get_by_role("complementary", name="Plankollen").get_by_role("status")
        expect(said).to_contain_text(re.compile(r"Rättat\. \d+ anmärkningar? kvar\."))
        left.append(int(re.sub(r"\D", "", said.inner_text())))
    assert left == sorted(set(left), reverse=True)


def mend(page: Page) -> None:
    """Answer the field that the remark's link leads to, whatever it asks for."""
    field = page.url.partition("#id_")[2]
    answers = {"responsible": "Rektor Lo Ling", "responsible_email": "lo@viken.example", "responsible_phone": "070-1740605",
               "indicator": "Trasiga lampor en kväll", "baseline": "14", "target": "0", "late_reason": "Väntar på delar"}
    if field in ("due_on", "baseline_on"):
        page.locator(f"#id_{field}").fill("2027-05-31")
    elif field == "goals":
        page.locator("#id_goals").get_by_role("checkbox").first.check()
    elif field in answers:
        page.locator(f"#id_{field}").fill(answers[field])
    else:
        raise AssertionError(f"no answer for {page.url}")
    page.get_by_role("button", name="Spara", exact=True).click()


def set_a_face(page: Page) -> None:
    page.get_by_role("link", name="Ny belysning").click()
    page.get_by_role("link", name="Sätt gubben").click()
    page.get_by_label("Gjord som tänkt").check(force=True)
    page.get_by_label("Bättre", exact=True).check(force=True)
    page.get_by_label("Vad bygger resultatet på?").select_option(label="Egen räkning")
    page.get_by_label("Varför?").fill("Alla lampor lyser, vi räknade i går.")
    page.get_by_role("button", name="Sätt gubben").click()
    expect(page.get_by_role("status")).to_contain_text("Gubben är satt.")
    expect(page.locator("main")).to_contain_text("Alla lampor lyser, vi räknade i går.")
    expect(page.get_by_role("heading", name="Gubbens historia")).to_be_visible()


def take_the_report(page: Page, folder: Path) -> None:
    page.get_by_role("navigation", name="Du är här").get_by_role("link").nth(1).click()
    page.get_by_role("link", name="Rapport").click()
    expect(page.get_by_role("heading", name="Vad behöver ni besluta?")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Ny belysning")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Hämta PDF").click()
    waiting.value.save_as(folder / "rapport.pdf")
    assert (folder / "rapport.pdf").read_bytes().startswith(b"%PDF-")
    assert re.fullmatch(r"[a-z0-9-]+-rapport-\d{4}-\d\d-\d\d\.pdf", waiting.value.suggested_filename)
    page.get_by_role("button", name="Spara rapporten").click()
    expect(page.locator("main")).to_contain_text("Rapporten är sparad")
