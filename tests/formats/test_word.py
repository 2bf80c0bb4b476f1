"""The report and the plan as Word: the words of the PDF, in a document that can be read by anybody and with anything."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings

from samsyn.chain.choices import Implementation, Result
from samsyn.chain.demo_town import demo_town
from samsyn.chain.plan import Action, Cause, Face, FollowUpPlan, Lesson, Plan, Problem
from samsyn.chain.report import build_report
from samsyn.chain.report_values import Report
from samsyn.formats.report_view import view_of
from samsyn.formats.word_page import PICTURES, Run, WordPage
from samsyn.formats.word_plan import plan_docx
from samsyn.formats.word_report import report_docx
from tests.formats.random_plans import plans

TODAY = date(2026, 11, 23)
ILLEGAL = "a\x00b\x0bc\ud800d\ufffee & <f> \"g\"\th\ni"


def evening() -> Plan:
    return demo_town(TODAY).partnerships[0].plans[0]


def report_of(plan: Plan) -> Report:
    return build_report(plan, TODAY, since=TODAY - timedelta(days=90))


@cache
def made(name: str) -> bytes:
    return report_docx(report_of(evening())) if name == "report" else plan_docx(evening())


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def words_of(content: bytes) -> str:
    """Every text of the document, with white space as one space."""
    return " ".join(" ".join(node.text or "" for node in opened(content).element.body.iter(qn("w:t"))).split())


BOTH = pytest.mark.parametrize("name", ["report", "plan"])


@BOTH
def test_the_document_says_its_title_and_its_language(name: str) -> None:
    document = opened(made(name))
    title = "Elva av 25 åtgärder är igång och elva avslutade. Två är sena." if name == "report" else "Trygg kväll i centrum"
    about = document.core_properties
    assert (about.title, about.language, about.author, about.comments) == (title, "sv-SE", "Samsyn", "")
    languages = {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}


@BOTH
def test_headings_are_real_and_no_level_is_skipped(name: str) -> None:
    levels = [int(paragraph.style.name[-1]) for paragraph in opened(made(name)).paragraphs if paragraph.style.name.startswith("Heading")]
    assert levels[0] == 1 and levels.count(1) == 1 and len(levels) > 10
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


@BOTH
def test_every_table_has_one_header_row_that_is_repeated_and_says_what_it_is(name: str) -> None:
    tables = opened(made(name)).tables
    assert len(tables) > 8
    for table in tables:
        marked = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marked == [True, *[False] * (len(marked) - 1)]
        assert all(cell.text.strip() for cell in table.rows[0].cells)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


@BOTH
def test_every_picture_has_its_words_or_is_marked_as_adornment_beside_them(name: str) -> None:
    document = opened(made(name))
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert len(pictures) > 30 and len({one.get("id") for one in pictures}) == len(pictures)
    for one in pictures:
        is_adornment = any(node.tag.endswith("}decorative") and node.get("val") == "1" for node in one.iter())
        assert bool(one.get("descr")) != is_adornment
    assert len([part for part in document.part.rels.values() if "image" in part.reltype]) <= 12


def test_the_pictures_of_both_sides_are_there_and_small() -> None:
    names = {f"dial-{one.value}" for one in Implementation} | {f"face-{one.value}" for one in Result}
    assert names <= {path.stem for path in PICTURES.glob("*.png")}
    assert all(path.stat().st_size < 6_000 for path in PICTURES.glob("*.png"))


def test_the_report_says_what_the_pdf_says() -> None:
    """Every string of the view stands in the document, but those that say a code or that a picture shows."""
    said = words_of(made("report"))
    view = view_of(report_of(evening()))
    assert view["decisions"].pop("words")  # stands only where no decision is asked for, there as here
    assert len(view.pop("nothing")) == 3  # stand only where there is nothing to show

    def strings(value: Any, name: str = "") -> list[str]:
        if isinstance(value, dict):
            return [text for key, one in value.items() for text in strings(one, key)]
        if isinstance(value, list):
            return [text for one in value for text in strings(one, name)]
        return [value] if isinstance(value, str) and name not in ("code", "short", "otherwise_short", "on", "headline", "plan", "number") else []

    wanted = [" ".join(text.split()) for text in strings(view) if text.strip()]
    assert len(wanted) > 300
    assert [text for text in wanted if text not in said] == []


def test_the_plan_says_every_action_and_what_follows_it() -> None:
    said, plan = words_of(made("plan")), evening()
    texts = [action.text for action in plan.actions] + [goal.text for goal in plan.goals] + [lesson.text for lesson in plan.lessons]
    texts += [one.text for one in plan.commitments] + [step.text for action in plan.actions for step in action.steps]
    assert len(texts) > 60 and [text for text in texts if " ".join(text.split()) not in said] == []
    assert "Antagen av styrgruppen" in said and "Uppföljningsplan" in said


def test_what_hangs_on_nothing_is_there_too() -> None:
    plan = Plan(id="p", name="P", causes=(Cause(id="c", number=1, text="Ensam orsak"),), actions=(Action(id="a", text="Ensam åtgärd", causes=("borta",)),),
                problems=(Problem(id="p1"),), lessons=(Lesson(id="l", text="Lärt", action="borta"),), follow_up=FollowUpPlan(id="f"))
    said = words_of(plan_docx(plan))
    for text in ("Ensam orsak", "Ensam åtgärd", "Ingen åtgärd gäller orsaken.", "Problem utan namn", "Lärt", "inget skrivet än", "Inte antagen"):
        assert text in said
    assert "Planen har inga åtgärder än." in words_of(plan_docx(Plan(id="p", name="")))


def test_a_report_of_nothing_is_a_document() -> None:
    said = words_of(report_docx(report_of(Plan(id="p", name="Tom"))))
    assert "Planen har inga åtgärder än." in said and "Det finns inga åtgärder att räkna." in said


def test_what_xml_cannot_hold_becomes_a_mark_and_markup_is_text() -> None:
    action = Action(id="a", text=ILLEGAL, responsible=ILLEGAL, implementation=Face(value=Implementation.DONE, by=ILLEGAL, why=ILLEGAL))
    plan = Plan(id="p", name=ILLEGAL, problems=(Problem(id="p1", title=ILLEGAL, place=ILLEGAL),), actions=(action,))
    for content in (plan_docx(plan), report_docx(report_of(plan))):
        said = words_of(content)
        assert "a\ufffdb" in said and '<f> "g"' in said
    breaks = list(opened(plan_docx(plan)).element.body.iter(qn("w:br")))
    assert breaks and zipfile.ZipFile(io.BytesIO(plan_docx(plan))).testzip() is None


@given(plans())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_plan_becomes_a_document_that_opens(plan: Plan) -> None:
    for content in (plan_docx(plan), report_docx(report_of(plan))):
        assert opened(content).paragraphs


def test_the_paper_is_a4_with_page_numbers() -> None:
    for name, wide in (("report", False), ("plan", True)):
        section = opened(made(name)).sections[0]
        sides = round(section.page_width.mm), round(section.page_height.mm)
        assert sides == ((297, 210) if wide else (210, 297))
        fields = [node.get(qn("w:instr")) for node in section.footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]


def test_a_heading_and_a_list_are_styles_and_not_looks() -> None:
    page = WordPage(title="T", made_at=datetime(2026, 1, 1))
    page.heading(2, "Rubrik")
    page.bullets([[Run("punkt")]])
    page.paragraph("")
    assert [paragraph.style.name for paragraph in opened(page.content()).paragraphs] == ["Heading 2", "List Bullet"]
