"""The page that `samsyn analyse` writes, opened from a folder: no violation that axe finds, and nothing that scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from samsyn.cli.main import run
from tests.formats.sheet_of_participants import SETTINGS, unit_csv
from tests.journeys.test_accessible import faults_on


@pytest.fixture
def report(tmp_path: Path) -> Path:
    sheet, settings, page = tmp_path / "deltagare.csv", tmp_path / "settings.json", tmp_path / "rapport.html"
    sheet.write_bytes(unit_csv())
    settings.write_text(SETTINGS, encoding="utf-8")
    assert run(["analyse", str(sheet), "--settings", str(settings), "--split", "sex", "-o", str(page), "--today", "2026-11-21"]) == 0
    return page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=True)  # axe is put into the page from outside
    yield context.new_page()
    context.close()


def test_the_report_of_seven_answers_is_accessible_wide_and_narrow_light_and_dark(report: Path, page: Page) -> None:
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(found => { found.open = true })")
    assert page.locator("h1").count() == 1 and page.locator("svg[role=img]").count() > 20
    assert faults_on(page) == []
