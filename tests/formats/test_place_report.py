"""The page about one place: the same words on paper, in Word and on a page, opened again by an independent reader."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import numpy as np
import pytest
from pypdf import PdfReader

from samsyn.analysis.frequency import Counts, Series
from samsyn.analysis.place_answers import PlaceQuestion, place_answer
from samsyn.analysis.place_power import power_of_counts, power_of_pairs
from samsyn.analysis.place_series import SeriesQuestion, series_answer
from samsyn.analysis.power import CountDesign
from samsyn.formats.place_docx import place_docx
from samsyn.formats.place_html import place_html
from samsyn.formats.place_pdf import place_pdf
from samsyn.formats.place_report import PlaceReport, view_of_place

NASTY = "<script>alert(1)</script> & #set page() ”å”"
FELL = [12, 11, 14, 10, 13, 12, 9, 15, 12, 11, 13, 12, 14, 12, 6, 5, 7, 4, 6, 5, 8, 6, 5, 4]
MONTHS = tuple(f"{2024 + place // 12}-{place % 12 + 1:02d}" for place in range(24))


def counts() -> PlaceReport:
    asked = PlaceQuestion(Counts(207, 110), Counts(308, 318), control_name="Norra torget", what="bråk", name="Stortorget")
    return PlaceReport(place_answer(asked), date(2026, 11, 22), "Stortorget", "Bråk före och efter.", "Polisen", (("Det som räknas", "bråk"),))


def months(begun: str = "Ny belysning") -> PlaceReport:
    asked = SeriesQuestion(Series(np.array(FELL, dtype=float), None, MONTHS), 14, what="bråk", begun=begun, per=" i månaden")
    return PlaceReport(series_answer(asked), date(2026, 11, 22), "", f"{begun}: från 2025-03-01.", f"filen {begun}.xlsx", (), ("Räknades inte: rad 5.",))


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().replace("\u00ad", "").split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def described(pdf: bytes) -> int:
    return len(re.findall(rb"/Alt ", b"".join(_raw(PdfReader(io.BytesIO(pdf))))))


def _raw(reader: PdfReader) -> list[bytes]:
    known = {*reader.xref.get(0, {}), *reader.xref_objStm}
    return [repr(reader.get_object(number)).replace("'/Alt':", "/Alt ").encode() for number in sorted(known) if number]


def test_counts_fit_on_one_page_with_question_sentence_numbers_method_and_source() -> None:
    pdf = place_pdf(counts())
    (page,) = pages_of(pdf)
    told = ("Har antalet ändrats på platsen?", "Stortorget", "Jämfört med Norra torget hade platsen en minskning med 49 procent", "Före och efter")
    for words in (*told, "Ändringen bredvid jämförelsen", "Antal bråk före och efter", "Tänk på", "Så räknade vi", "Garwood", "Källa", "Polisen", "2026-11-22"):
        assert words in page, words
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.trailer["/Root"]["/Lang"].startswith("sv")
    assert reader.metadata is not None and reader.metadata.title == "Har antalet ändrats på platsen? Stortorget"
    assert described(pdf) >= 2


def test_a_series_has_its_answer_and_pictures_first_and_its_numbers_whole_after() -> None:
    first, second = pages_of(place_pdf(months()))
    assert "170 bråk före och 56 efter" in first and "Styrdiagram: bråk i månaden" in first and "Nivån före och efter: bråk i månaden" in first
    assert "Ny belysning" in first and "Talen" not in first
    assert all(month in second for month in MONTHS) and "Räknades inte: rad 5." in second and "Styrgränser:" in second


def test_the_first_sentence_stands_out_and_its_reservations_follow_it() -> None:
    view = view_of_place(counts())
    assert view["first"].endswith("procent).") and view["rest"].startswith("Jämförelsen säger inte") and len(view["charts"]) == 2
    view = view_of_place(replace(counts(), answer=place_answer(PlaceQuestion(Counts(38, 25)))))
    assert view["first"].endswith("ökning med 9 procent). Det kan inte skiljas från slump.") and view["rest"].startswith("Ingen annan plats är jämförd")


def test_word_has_the_same_words_its_tables_and_described_pictures() -> None:
    from docx import Document

    content = place_docx(counts())
    document = Document(io.BytesIO(content))
    text = [paragraph.text for paragraph in document.paragraphs]
    assert text[1] == "Har antalet ändrats på platsen?" and "Stortorget" in text and "Så räknade vi" in text
    assert [cell.text for cell in document.tables[0].rows[1].cells][:3] == ["Stortorget", "207", "110"]
    assert [cell.text for cell in document.tables[1].rows[1].cells] == ["Källa", "Polisen"]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        words = package.read("word/document.xml").decode()
    assert words.count('descr="Bråk. Stortorget: 207 före') == 1 and words.count("<pic:pic>") == 2


class Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value for name, value in attributes if name == "id" and value]

    def handle_data(self, words: str) -> None:
        if self.tags and self.tags[-1] in ("h1", "h2"):
            self.headings.append(words.strip())
        if self.tags and self.tags[-1] in ("td", "th"):
            self.cells.append(words)


def test_the_page_is_whole_fetches_nothing_and_has_each_number() -> None:
    page, outline = place_html(months()), Outline()
    outline.feed(page)
    assert [words for words in outline.headings if words] == ["Har nivån ändrats?", "Tänk på", "Talen", "Så räknade vi"]
    assert set(MONTHS) <= set(outline.cells) and outline.tags.count("svg") == 3 and "script" not in outline.tags
    assert len(outline.ids) == len(set(outline.ids)) and page.count("<desc id=") == 2
    assert not re.search(r'(?:src|href)="(?!#)|url\((?!#|data:font)|@import', page)


def test_no_head_of_a_table_is_empty() -> None:
    page = place_html(counts())
    assert page.count("<th scope=\"col\"") == 7 and "></th>" not in page


def test_nobodys_words_are_markup_or_source_anywhere() -> None:
    report = replace(months(NASTY), place=NASTY)
    page, outline = place_html(report), Outline()
    outline.feed(page)
    assert "script" not in outline.tags and "&lt;script&gt;" in page
    assert "<script>alert(1)</script> & #set page()" in pages_of(place_pdf(report))[0]
    with zipfile.ZipFile(io.BytesIO(place_docx(report))) as package:
        assert "<script>" not in package.read("word/document.xml").decode()


@pytest.mark.parametrize("answer", [power_of_counts(38, None, CountDesign()), power_of_pairs(24, None)], ids=["with a table", "with nothing but words"])
def test_what_is_said_at_planning_time_is_a_page_too(answer: object) -> None:
    report = replace(counts(), answer=answer)
    assert "Vad går att se?" in pages_of(place_pdf(report))[0] and "<figure" not in place_html(report) and place_docx(report)


def test_a_long_series_has_its_heads_again_on_the_next_page() -> None:
    labels = tuple(f"{2005 + place // 12}-{place % 12 + 1:02d}" for place in range(150))
    asked = SeriesQuestion(Series(np.array([5.0, 7, 6] * 50), None, labels))
    _, *others = pages_of(place_pdf(replace(months(), answer=series_answer(asked))))
    assert len(others) >= 2 and all("Punkt Period Värde Signal" in page for page in others if re.search(r"\d{4}-\d\d", page))
