"""The Swedish user guide: every link leads somewhere, and it speaks of what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samsyn.catalog.load import rules
from samsyn.chain.choices import Implementation, Result, RestsOn, Severity
from samsyn.chain.demo_town import demo_town
from samsyn.flows.intake.bringing import MOST_WORDS
from samsyn.formats.plan_form import COLUMNS

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbok"
PAGES = sorted(HANDBOOK.glob("*.md"))
PICTURES = {"start", "inlasning", "jamforelsen", "tavlan", "atgarden", "plankollen", "rapporten", "inbjudan", "tva-texter",
            "kedjan", "ordningen", "tidslinjen", "min-vecka", "svara", "utskick", "mote-live", "dagordning", "protokoll"}


def text_of(name: str) -> str:
    return (HANDBOOK / f"{name}.md").read_text(encoding="utf-8")


def dead_links(text: str) -> list[str]:
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)#]+)", text)
    return [link for link in links if not link.startswith("http") and not (HANDBOOK / link).is_file()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert dead_links(page.read_text(encoding="utf-8")) == []


def test_a_dead_link_is_seen() -> None:
    assert dead_links("Läs [Starta](start.md) och [mer](finns-inte.md).") == ["finns-inte.md"]


def test_every_page_is_reached_from_the_first() -> None:
    assert len(PAGES) > 8
    assert {page.name for page in PAGES} == set(re.findall(r"\(([a-z-]+\.md)\)", text_of("index"))) | {"index.md"}


def test_pictures_have_a_description_and_are_those_that_the_journeys_take() -> None:
    pictures = [found for page in PAGES for found in re.findall(r"!\[([^\]]*)\]\(bilder/([a-z-]+)\.png\)", page.read_text(encoding="utf-8"))]
    assert {name for _, name in pictures} == PICTURES
    assert all(described for described, _ in pictures)
    assert {picture.stem for picture in (HANDBOOK / "bilder").glob("*.png")} == PICTURES


@pytest.mark.parametrize(("page", "words"), [
    ("plankollen", [rule.title for rule in rules().values()]), ("plankollen", [word.label for word in Severity]),
    ("avstamning-och-gubben", [word.label for word in (*Implementation, *Result)]),
    ("avstamning-och-gubben", [word.label.lower() for word in RestsOn if word is not RestsOn.MEASURED]),
    ("las-in-en-plan", [", ".join(COLUMNS), MOST_WORDS])])
def test_the_words_are_those_of_the_pages(page: str, words: list[str]) -> None:
    assert words
    assert [word for word in words if word not in text_of(page)] == []


def test_the_people_one_can_sign_in_as_are_those_of_the_town() -> None:
    from datetime import date

    names = [person.name for partnership in demo_town(date(2026, 11, 23)).partnerships for person in partnership.people]
    table = text_of("start").partition("| Namn | Är | Får |\n")[2].partition("\n\n")[0]
    assert re.findall(r"^\| (\w+) \|", table, re.MULTILINE) == names
