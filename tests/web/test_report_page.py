"""The report is the same on the page, on paper and in Word: the same headings from the same values, in the same order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from samsyn.chain.choices import Result, RestsOn
from samsyn.chain.demo_town import demo_town
from samsyn.chain.plan import Action, Face, Plan, Problem
from samsyn.chain.report import build_report
from samsyn.chain.report_values import Report
from samsyn.flows.reports.steering_report import report_now
from samsyn.formats.report_typst import report_pdf
from samsyn.formats.report_view import outline_of, view_of
from samsyn.formats.word_report import report_docx
from samsyn.records.plan.reads import plan_head
from samsyn.web.pages.reports.views import _context
from samsyn.web.parts.download import file_name
from tests.web.conftest import TODAY, Town

Outline = list[tuple[int, str]]
ONLY_ON_PAPER = {"Allt som har ändrats", "Alla beslut", "Allt som är sent"}  # what the first sheet had no room for


class Headings(HTMLParser):
    """The headings of the sheets of paper on a page, with their levels; a line break is a space."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Outline = []
        self._inside = False
        self._level = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._inside |= tag == "article"
        if self._inside and tag in ("h1", "h2", "h3", "h4"):
            self._level = int(tag[1])
            self.found.append((self._level, ""))
        elif self._level and tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag != "article"
        self._level = 0 if tag in ("h1", "h2", "h3", "h4") else self._level

    def handle_data(self, data: str) -> None:
        if self._level:
            self.found[-1] = (self._level, self.found[-1][1] + data)


def on_page(report: Report) -> Outline:
    html = render_to_string("reports/report.html", {**_context(report), "plan": {"id": report.plan, "name": report.plan_name}, "is_saved": True, "pdf": "x"})
    return spaced(Headings(html).found)


def in_word(report: Report) -> Outline:
    found = Document(io.BytesIO(report_docx(report))).paragraphs
    return spaced([(int(p.style.name[-1]), p.text) for p in found if p.style.name.startswith("Heading")])


def on_paper(report: Report) -> Outline:
    return spaced([one for one in _bookmarks(PdfReader(io.BytesIO(report_pdf(report))).outline, 1) if one[1] not in ONLY_ON_PAPER])


def _bookmarks(marks: Any, level: int) -> Iterator[tuple[int, str]]:
    for mark in marks:
        if isinstance(mark, list):
            yield from _bookmarks(mark, level + 1)
        else:
            yield level, mark.title


def spaced(outline: Outline) -> Outline:
    return [(level, " ".join(text.split())) for level, text in outline]


def report_of(plan: Plan) -> Report:
    report = build_report(plan, TODAY, since=TODAY - timedelta(days=90))
    return replace(report, plan="4b1d7a3c-0000-4000-8000-000000000001")


PLANS = {
    "the town": demo_town(TODAY).partnerships[0].plans[0],
    "empty": Plan(id="1", name="Tom"),
    "a problem alone": Plan(id="1", name="Problem", problems=(Problem(id="p", title="Stölder"),)),
    "without causes": Plan(id="1", name="Lös", actions=(Action(id="a", number="0.1", text="Vandra"),)),
    "dated": Plan(id="1", name="Lös", actions=(Action(id="a", number="0.1", text="Vandra", due_on=date(2026, 12, 1)),)),
}


@pytest.mark.parametrize("name", PLANS)
def test_page_paper_and_word_have_the_same_headings_in_the_same_order(name: str) -> None:
    report = report_of(PLANS[name])
    expected = spaced(outline_of(view_of(report)))
    assert on_page(report) == expected
    assert in_word(report) == expected
    assert on_paper(report) == expected


def test_a_heading_that_is_moved_is_seen() -> None:
    report = report_of(PLANS["the town"])
    view = view_of(report)
    view["headings"] |= {"changes": view["headings"]["late"], "late": view["headings"]["changes"]}
    assert spaced(outline_of(view)) != on_page(report)


def test_what_a_face_rests_on_begins_a_sentence_of_its_own() -> None:
    face = Face(value=Result.BETTER, by="Anna", why="Färre rutor", rests_on=RestsOn.OWN_COUNT)
    view = view_of(build_report(Plan(id="1", name="Lös", actions=(Action(id="a", number="0.1", text="Vandra", result=face),)), TODAY))
    assert view["sections"][0]["causes"][0]["actions"][0]["face"]["why"].startswith("Färre rutor. Bygger på: ")


@pytest.mark.parametrize(("name", "expected"), [
    ("Handlingsplan 2026–2027 rapport 2026-11-22", "handlingsplan-2026-2027-rapport-2026-11-22"), ("Öppna/stängda 2026−27", "oppna-stangda-2026-27"),
    ("…", "samsyn"), ("a" * 300, "a" * 120), ("../../etc/passwd", "etc-passwd"), ('x"\r\ny', "x-y")])
def test_a_file_is_called_something_that_can_be_read(name: str, expected: str) -> None:
    assert file_name(name) == expected


def test_the_file_of_a_report_says_which_plan_and_day(town: Town, anna: Client) -> None:
    head = plan_head(town.partnership, town.plan)
    assert head
    period = file_name(report_now(head, TODAY).period)
    name = anna.get(reverse("report_pdf", args=[town.plan]))["Content-Disposition"]
    assert name == f'attachment; filename="trygg-kvall-i-centrum-{period}-rapport-{TODAY.isoformat()}.pdf"'
