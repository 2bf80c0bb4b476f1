"""The report on paper: tagged, in our fonts, one page first, and never a word of the user's run as source."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from samsyn.chain.choices import Implementation, RestsOn, Result
from samsyn.chain.plan import Action, Cause, CheckIn, DecisionAsked, Face, Goal, Plan, Problem
from samsyn.chain.report import build_report
from samsyn.formats import report_typst
from samsyn.formats.report_typst import CERTAIN, HERE, ReportFailed, TypstMissing, job_of, report_pdf
from samsyn.formats.typst_child import compiled

TODAY = date(2026, 11, 22)
THEN = datetime(2026, 11, 17, 9)
SOURCE = r'#panic("x") *fet* _lutad_ $x^2$ @ref \ <b> = Rubrik // borta #sys.inputs `kod` [ruta] ~ "citat"'
FRONT = ("Var står vi?", "Vad har ändrats sedan sist?", "Vad behöver ni besluta?", "Vad är sent, och varför?")


def plan_of(count: int, words: str = "Vandra sena kvällar i Norrängen", *, decisions: int = 2, causes: int = 4) -> Plan:
    """Return a plan with that many actions, every field of text filled with `words`."""
    states, results = list(Implementation), list(Result)
    return Plan(
        id="plan", name=f"Trygg kväll. {words}", period="2026–2027",
        problems=(Problem(id="p1", title=words, place=words, affected=words, priority=1), Problem(id="p2", title="Buller på torget")),
        causes=tuple(Cause(id=f"c{n}", problem=f"p{n % 2 + 1}", number=n + 1, text=words) for n in range(causes)),
        goals=(Goal(id="g", problem="p1", text=words, indicator=words, baseline=words, target=words),),
        actions=tuple(Action(
            id=f"a{n}", number=f"{n % max(causes, 1) + 1}.{n}", causes=(f"c{n % causes}",) if causes else (), goals=("g",), text=words,
            responsible=words, responsible_organisation="Granvikens Bostäder", hours=Decimal(40), cost=Decimal(40000),
            start_on=TODAY - timedelta(days=90), due_on=TODAY + timedelta(days=n % 200 - 100), late_reason=words if n % 2 else "",
            implementation=Face(value=states[n % 6], at=THEN, by="Anna Berg", why=words),
            result=Face(value=results[n % 6], at=THEN, by="Anna Berg", why=words, rests_on=RestsOn.OWN_COUNT),
            check_ins=(CheckIn(id=f"k{n}", at=THEN, by="Bo Ek", text=words, hours=Decimal("2.5")),)) for n in range(count)),
        decisions_asked=tuple(DecisionAsked(id=f"d{n}", text=words, otherwise=words, action="a0") for n in range(decisions)),
    )


@cache
def pdf_of(count: int, words: str = "Vandra sena kvällar i Norrängen", decisions: int = 2) -> PdfReader:
    plan = plan_of(count, words, decisions=decisions)
    return PdfReader(io.BytesIO(report_pdf(build_report(plan, TODAY, since=TODAY - timedelta(days=30)))))


def flat(text: str) -> str:
    """Return text without spaces and hyphens at line ends, as it can be compared after extraction."""
    return re.sub(r"\s+", "", text)


def words_of(reader: PdfReader) -> str:
    return flat("".join(page.extract_text() for page in reader.pages))


def structure(reader: PdfReader) -> Iterator[Any]:
    """Yield every element of the document's structure tree."""
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if not hasattr(element, "get"):
            waiting += element if isinstance(element, list) else []
            continue
        yield element
        below = element.get("/K")
        if below is not None:
            waiting += below if isinstance(below, list) else [below]


def tags(reader: PdfReader) -> list[str]:
    return [str(element["/S"]) for element in structure(reader) if "/S" in element]


# What kind of document it is

def test_it_is_a_tagged_document_in_swedish_with_a_title() -> None:
    reader = pdf_of(8)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("sv")
    assert reader.metadata and reader.metadata.title == "Två av åtta åtgärder är igång och fyra avslutade. Fyra är sena."
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_it_declares_the_standard_for_accessible_documents() -> None:
    declared = pdf_of(8).trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=\"1\"", declared)


def test_its_headings_and_tables_are_tagged_as_such() -> None:
    found = tags(pdf_of(8))
    assert found.count("/H1") == 1
    assert {"/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure"} <= set(found)


def test_every_picture_that_is_read_aloud_has_words() -> None:
    figures = [element for element in structure(pdf_of(8)) if element.get("/S") == "/Figure"]
    words = [str(figure.get("/Alt", "")) for figure in figures]
    assert all(words)
    assert {"Gubbe: Bättre", "Gubbe: Går inte att säga", "Visare: Gjord som tänkt"} <= set(words)
    assert any(one.startswith("Antal åtgärder per orsak") for one in words)
    assert any(one.startswith("Åtgärder med början") for one in words)


def test_a_picture_without_words_is_refused() -> None:
    job = {"template": '#set document(title: "x")\n#set text(lang: "sv")\n#image(bytes(sys.inputs.svg), format: "svg"ALT)', "fonts": [],
           "inputs": {"svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'}, "on": "2026-11-22"}
    with_words, without = (job | {"template": job["template"].replace("ALT", alt)} for alt in (', alt: "en bild"', ""))
    assert compiled(with_words).startswith(b"%PDF")
    with pytest.raises(RuntimeError, match="alt"):
        compiled(without)


def test_only_our_own_fonts_are_embedded() -> None:
    fonts = {str(font.get_object()["/BaseFont"]).split("+")[-1] for page in pdf_of(8).pages for font in page["/Resources"]["/Font"].values()}
    assert fonts == {"FamiljenGrotesk-Bold", "HankenGrotesk-Regular", "HankenGrotesk-SemiBold"}


def test_an_unknown_font_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    job = job_of(build_report(plan_of(1), TODAY))
    spoiled = job | {"template": job["template"].replace('"Hanken Grotesk", "DejaVu', '"Hanken Grottesk", "DejaVu')}
    assert spoiled != job
    monkeypatch.setattr(report_typst, "job_of", lambda _: spoiled)
    with pytest.raises(ReportFailed, match="(?i)unknown font family: hanken grottesk"):
        report_pdf(build_report(plan_of(1), TODAY))


def test_the_same_report_gives_the_same_bytes() -> None:
    report = build_report(plan_of(3), TODAY)
    assert report_pdf(report) == report_pdf(report)


# One page first

def front_page(reader: PdfReader) -> str:
    return flat(reader.pages[0].extract_text())


@pytest.mark.parametrize(("count", "words", "decisions"), [
    (8, "Vandra sena kvällar i Norrängen", 2), (300, "Vandra sena kvällar i Norrängen tillsammans med dem som bor där", 9),
    (300, "Ö" * 5000, 9), (60, "Lång mening som aldrig tar slut " * 150, 30), (0, "", 0),
])
def test_what_the_steering_group_needs_stands_on_the_first_page(count: int, words: str, decisions: int) -> None:
    reader = pdf_of(count, words, decisions)
    first, rest = front_page(reader), flat("".join(page.extract_text() for page in reader.pages[1:]))
    assert all(flat(heading) in first for heading in FRONT)
    assert not any(flat(heading) in rest for heading in FRONT)
    is_full = count > 0  # a first page with room left is not left half empty
    assert (flat("Det här vet vi inte") in first) is not is_full and flat("Åtgärderna efter orsak") not in first
    assert len(reader.pages) > 1


def test_what_does_not_fit_is_counted_and_found_on_the_page_it_names() -> None:
    reader = pdf_of(300, "Vandra sena kvällar i Norrängen tillsammans med dem som bor där", 9)
    places = [int(number) for number in re.findall(r"till,sesidan(\d+)", front_page(reader))]
    assert len(places) == 3
    for number, heading in zip(places, ("Allt som har ändrats", "Alla beslut", "Allt som är sent"), strict=True):
        assert flat(heading) in flat(reader.pages[number - 1].extract_text())


def test_nothing_is_repeated_when_all_fits() -> None:
    assert "Alltsomärsent" not in words_of(pdf_of(8)) and "Allabeslut" not in words_of(pdf_of(8))


# The user's words

def test_words_that_look_like_source_are_shown_as_they_are() -> None:
    reader = pdf_of(2, SOURCE)
    assert words_of(reader).count(flat(SOURCE)) >= 10


def test_swedish_and_other_latin_letters_survive() -> None:
    letters = "Åsa Ängö Öberg, Łukasz Şahin, Ćirić, Gūnter, Nuñez, Strauß, œuvre, Þór → ≤ ≥ – — ” … 40\u202f000 kr"
    assert flat(letters) in words_of(pdf_of(2, letters))


@pytest.mark.parametrize("words", [
    "Привет Ωμέγα", "日本語 på torget", "😀🟢 klart", "שלום", "a\u0301 e\u0323\u0300", "\ud800\x00\x1b[31m", "\u200b\u00ad\ufeff\u2028"])
def test_a_letter_no_font_has_never_stops_the_report(words: str) -> None:
    assert "Granvikens" in words_of(pdf_of(2, f"Granvikens {words}"))


def test_letters_no_font_has_are_shown_as_boxes_and_the_others_kept() -> None:
    assert flat("Möte □□□ på Åvägen") in words_of(pdf_of(2, "Möte 日本語 på Åvägen"))


def test_every_letter_called_certain_is_in_the_fonts() -> None:
    letters = "".join(chr(code) for low, high in CERTAIN for code in range(low, high + 1)) + report_typst.ALSO_CERTAIN + "□"
    template = ('#set document(title: "x")\n#set text(lang: "sv")\n#let t = sys.inputs.t\n'
                '#text(font: ("Hanken Grotesk", "DejaVu Sans Mono"), t + strong(t)) '
                '#text(font: ("Familjen Grotesk", "Hanken Grotesk", "DejaVu Sans Mono"), weight: 700, t)')
    job = {"template": template, "fonts": [str(HERE / "fonts")], "inputs": {"t": letters}, "on": "2026-11-22"}
    assert compiled(job).startswith(b"%PDF")
    with pytest.raises(RuntimeError, match="could not be displayed"):
        compiled(job | {"inputs": {"t": letters + "日"}})


def test_a_file_named_as_typst_beside_the_user_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "typst.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert report_pdf(build_report(plan_of(1), TODAY)).startswith(b"%PDF")
    assert not (tmp_path / "ran").exists()


# When it cannot be made

def test_a_missing_typst_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "typst.py").write_text("raise ImportError('no typst here')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(TypstMissing, match=r"^För att göra PDF behövs Typst\. Installera samsyn\[report\]\.$"):
        report_pdf(build_report(plan_of(1), TODAY))


def test_a_typst_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_typst, "SECONDS", 0.001)
    with pytest.raises(ReportFailed, match="inte färdig"):
        report_pdf(build_report(plan_of(1), TODAY))


# What stands in it

def test_a_file_plan_says_what_cannot_be_seen() -> None:
    plan = replace(plan_of(2), from_file=True, decisions_asked=())
    reader = PdfReader(io.BytesIO(report_pdf(build_report(plan, TODAY, source="plan.xlsx"))))
    first = front_page(reader)
    assert first.count(flat("Det går inte att se i filen.")) == 2
    assert flat("Läst ur filen plan.xlsx 2026-11-22, v. 47") in first


def test_the_pictures_are_those_of_the_pages() -> None:
    on_pages = HERE.parent / "web" / "static" / "img"
    names = sorted(path.name for path in (HERE / "pictures").glob("*.svg"))
    assert {f"face-{result}.svg" for result in Result} | {f"dial-{state}.svg" for state in Implementation} <= set(names)
    assert [(HERE / "pictures" / name).read_bytes() for name in names] == [(on_pages / name).read_bytes() for name in names]


def test_the_job_holds_no_word_of_the_user_in_its_source() -> None:
    job = job_of(build_report(plan_of(2, SOURCE), TODAY))
    assert SOURCE not in job["template"]
    assert SOURCE in json.loads(job["inputs"]["report"])["plan"]
