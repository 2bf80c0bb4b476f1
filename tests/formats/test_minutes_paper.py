"""The minutes on paper and in Word: the same words as the values, tagged, and nothing of a person's text is ever markup."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document
from pypdf import PdfReader

from samsyn.chain.meeting_values import Attended, Here, LineKind
from samsyn.chain.minutes import build_minutes
from samsyn.formats.minutes_docx import minutes_docx
from samsyn.formats.minutes_typst import minutes_pdf
from samsyn.formats.minutes_view import view_of
from tests.chain.a_meeting import EMPTY, ENDS, SAID, line, point

MADE = build_minutes(SAID, ended_at=ENDS, closed_by="Anna Lind")
NOTHING = build_minutes(EMPTY, ended_at=ENDS, closed_by="Anna Lind")


def read_pdf(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


def read_docx(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(p.text for p in document.paragraphs), *cells]).split())


@pytest.mark.parametrize("words", [
    "Tre beslut och fyra uppdrag", "2026-12-01, v. 49, kl. 13.00–14.32", "Rådhuset, sal B", "Kommundirektör", "På länk", "Beslut: Styrgruppen antar planen.",
    "Uppdrag till Bo Åkesson: Belysning Parkvägen. Klart senast 2027-03-15.", "Tas upp på nästa möte.", "5. Övriga frågor", "inget datum",
    "Nästa möte: 2027-01-12, v. 2, kl. 13.00.", "Vid protokollet: Anna Lind", "Justeras"])
def test_paper_and_word_say_what_the_meeting_said(words: str) -> None:
    assert words in read_pdf(minutes_pdf(MADE))
    assert words in read_docx(minutes_docx(MADE))


def test_an_ordinary_meeting_is_one_page_and_the_paper_is_tagged_and_swedish() -> None:
    pdf = PdfReader(io.BytesIO(minutes_pdf(MADE)))
    assert len(pdf.pages) == 1
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"].startswith("sv")
    assert pdf.metadata and pdf.metadata.title == "Protokoll Styrgruppen 2026-12-01"


def test_the_same_minutes_give_the_same_paper() -> None:
    assert minutes_pdf(MADE) == minutes_pdf(MADE)


def test_a_meeting_where_nothing_was_said_has_minutes_too() -> None:
    for text in (read_pdf(minutes_pdf(NOTHING)), read_docx(minutes_docx(NOTHING))):
        assert "Inga beslut och inga uppdrag" in text and "Ingen närvaro är antecknad." in text and "Nästa möte är inte bestämt." in text


def test_word_has_real_headings_and_header_rows() -> None:
    document = Document(io.BytesIO(minutes_docx(MADE)))
    levels = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert levels[0] == "Heading 1" and levels.count("Heading 2") == 5
    assert all(table.rows[0]._tr.trPr.xpath("./w:tblHeader") for table in document.tables)


@pytest.mark.parametrize("words", [
    "#import \"x\": *", "= Rubrik\n*fet*", "<script>alert(1)</script>", "\x00\x07\ud800 tecken", "😀 ạ 漢", "$x$ \\ `kod` @ref", "]]>"])
def test_what_a_person_writes_is_never_markup(words: str) -> None:
    hostile = build_minutes(
        replace(SAID, group=words, place=words, attended=(Attended(words, words, words, Here.PRESENT),), points=(("p", point(words, why=words)),),
                lines=(("p", line(LineKind.DECISION, words)), ("p", line(LineKind.ASSIGNMENT, words, words)))),
        ended_at=ENDS, closed_by=words)
    shown = next(word for word in words.replace("\n", " ").split() if word.isascii() and word.isprintable()) if words.isascii() else "Beslut"
    assert shown in read_pdf(minutes_pdf(hostile))
    assert shown in read_docx(minutes_docx(hostile))


def test_a_very_long_meeting_stays_readable() -> None:
    many = replace(SAID, points=tuple((f"p{n}", point(f"Punkt {n}")) for n in range(80)),
                   lines=tuple((f"p{n}", line(LineKind.NOTE, "ord " * 500)) for n in range(80)))
    pdf = PdfReader(io.BytesIO(minutes_pdf(build_minutes(many, ended_at=ENDS, closed_by="Anna"))))
    assert 20 < len(pdf.pages) < 60


def test_a_meeting_that_went_past_midnight_does_not_say_that_it_ended_before_it_began() -> None:
    late = build_minutes(SAID, ended_at=ENDS.replace(day=2, hour=1), closed_by="Anna")
    assert view_of(late)["when"] == "2026-12-01, v. 49, kl. 13.00"


def test_what_there_was_no_time_for_is_not_told_as_gone_through() -> None:
    said = replace(SAID, points=(*SAID.points, ("p6", point("Vinterns jour", is_done=False)),
                                ("p7", point("Påskens öppettider", is_parked=True, is_done=False))))
    made = build_minutes(said, ended_at=ENDS, closed_by="Anna Lind")
    shown = view_of(made)
    assert (shown["silent"], shown["left"]) == (["5. Övriga frågor"], ["6. Vinterns jour"])
    for text in (read_pdf(minutes_pdf(made)), read_docx(minutes_docx(made))):
        assert "Gicks igenom utan anteckning 5. Övriga frågor Hanns inte med 6. Vinterns jour" in text
    assert "Hanns inte med" not in read_pdf(minutes_pdf(MADE))
