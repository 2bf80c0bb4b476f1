"""The report of an analysis: the same words on paper, in Word and on a page, with charts that are described, and nobody's text as markup."""

from __future__ import annotations

import io
import re
import zipfile
from zlib import decompress
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from samsyn.analysis.answer import Answer, Attrition, Chart, Table
from samsyn.analysis.disclosure import Rule
from samsyn.formats import analysis_charts
from samsyn.formats.analysis_charts import ChartsFailed, charts_as_png, charts_as_svg
from samsyn.formats.analysis_docx import analysis_docx, column_widths
from samsyn.formats.analysis_html import analysis_html
from samsyn.formats.analysis_pdf import analysis_pdf
from samsyn.formats.analysis_report import AnalysisReport, attrition_words, rows_are_numbers, view_of
from samsyn.formats.participants_reading import ParticipantsReading, ReadColumns, UsedColumn
from samsyn.formats.problems import RowProblem

NASTY = "<script>alert(1)</script> & #set page() ”å”"
TABLE = Table("Fullföljda", ("Hur det gick", "Antal", "Andel"), (("fullföljde", "18", "78 %"), ("avbröt", "..", "..")), ("Skyddat visas som två punkter.",))
SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": 420, "height": 120,
    "data": {"values": [{"hur": "fullföljde", "antal": 18}, {"hur": NASTY, "antal": 5}]}, "mark": {"type": "bar", "color": "#35337F"},
    "encoding": {"y": {"field": "hur", "type": "nominal", "title": None}, "x": {"field": "antal", "type": "quantitative", "title": "Antal"}},
}  # fmt: skip
CHART = Chart("Hur det gick", "Två staplar: 18 fullföljde och 5 avbröt.", SPEC, TABLE)
READING = ParticipantsReading(
    "csv", "", 1, (UsedColumn("id", "Kod", "A"), UsedColumn("score_start", "Före", "B")), ("Kommentar",), ("A", "B"), ReadColumns(), 3, (("tomma rader", 1),)
)


def answer(number: int, group: str = "alla") -> Answer:
    return Answer(
        number, f"Fråga nummer {number}?", (f"Svar {number} i en mening {NASTY}.", "En mening till."), (), (TABLE,), (CHART,),
        Attrition(24, 19, (("saknar slutvärde", 5),)), ("Intervallen är Wilsons.", "Bara avslutade räknas."), group, ("Normen är gammal.",),
    )  # fmt: skip


def report(*, groups: bool = False) -> AnalysisReport:
    answers = [answer(number) for number in range(1, 8)]
    answers += [answer(number, group) for group in ("K", NASTY) for number in (1, 4)] if groups else []
    return AnalysisReport(
        f"deltagare {NASTY}.csv", date(2026, 11, 21), "enheten", "kön" if groups else "", READING, (("Riktning", "högre poäng är bättre"),), ("norm: saknas.",),
        (("tomma rader", 1),), (RowProblem("rad 3, kolumn Före", NASTY, "går inte att läsa som tal.", "Skriv ett tal."),), tuple(answers),
    )  # fmt: skip


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_first_page_has_the_seven_answers_and_the_rest_follows() -> None:
    pdf = analysis_pdf(report(groups=True))
    first, *others = pages_of(pdf)
    for number in range(1, 8):
        assert f"Fråga nummer {number}?" in first and f"Svar {number} i en mening" in first
    whole = " ".join(others)
    for words in ("Så räknade vi. Intervallen är Wilsons.", "Bygger på 19 av 24. Saknar slutvärde: 5.", "Kön: K", "Kolumnerna", "Tomma rader",
                  "Tänk på: Normen"):  # fmt: skip
        assert words in whole, words
    assert "<script>alert(1)</script> & #set page()" in first, "what a person wrote is shown as it is, and never as source"
    assert PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_every_chart_on_paper_says_what_it_shows() -> None:
    texts = re.findall(rb"/Alt", b"".join(
        obj.get_data() if hasattr(obj, "get_data") else str(obj).encode() for obj in _objects(analysis_pdf(report()))))  # fmt: skip
    assert len(texts) >= 7


def _objects(pdf: bytes) -> list[object]:
    reader = PdfReader(io.BytesIO(pdf))
    return [reader.get_object(number) for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1) if _is_there(reader, number)]


def _is_there(reader: PdfReader, number: int) -> bool:
    return number in reader.xref[0] or number in reader.xref_objStm


def test_word_has_the_same_headings_tables_and_described_pictures() -> None:
    with zipfile.ZipFile(io.BytesIO(analysis_docx(report(groups=True)))) as package:
        words = package.read("word/document.xml").decode()
        assert sum(name.startswith("word/media/") for name in package.namelist()) >= 1
    view = view_of(report(groups=True))
    for heading in (view["title"], *(f"{one['number']}. {one['title']}" for one in view["questions"]), "Kön: K", "Så lästes filen"):
        assert f">{heading}</w:t>" in words, heading
    assert words.count('descr="Två staplar: 18 fullföljde och 5 avbröt."') == 11
    assert "<script>" not in words and "&lt;script&gt;" in words


def test_tables_in_word_stand_under_their_caption_with_figures_to_the_right_and_short_ones_whole() -> None:
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(io.BytesIO(analysis_docx(report(groups=True))))
    levels = [int(paragraph.style.name[-1]) for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    first = document.tables[0]
    above = first._tbl.getprevious()
    assert "".join(node.text or "" for node in above.iter(qn("w:t"))) == view_of(report())["questions"][0]["tables"][0]["caption"]
    assert above.find(qn("w:pPr")).find(qn("w:keepNext")) is not None
    sides = [cell.paragraphs[0].paragraph_format.alignment for cell in first.rows[1].cells]
    assert sides[0] is None and sides[-1] is not None and int(sides[-1]) == 2
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in first.rows]
    assert all(kept[:-1]) and not kept[-1]
    assert first.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


class Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value for name, value in attributes if name == "id" and value]


def test_the_page_is_whole_fetches_nothing_and_holds_nobodys_markup() -> None:
    page = analysis_html(report(groups=True))
    outline = Outline()
    outline.feed(page)
    assert "script" not in outline.tags and outline.tags.count("h1") == 1 and outline.tags.count("svg") == 12
    assert len(outline.ids) == len(set(outline.ids)), "ids of different charts must not meet"
    assert not re.search(r'(?:src|href)="(?!#)|url\((?!#|data:font)|@import', page)
    assert "prefers-color-scheme: dark" in page and "@media print" in page and 'lang="sv"' in page
    assert page.count("<desc id=") == 11 and "Två staplar: 18 fullföljde och 5 avbröt." in page
    assert 'fill="var(--accent)"' in page, "a chart takes the page's colours, so that it is seen in the dark too"


def test_on_the_page_a_number_is_not_parted_from_its_sign_or_its_thousands() -> None:
    told = replace(answer(1), sentences=("Det var 95\u00a0% av 40\u202f000, år 2025 och 12 personer.",))
    assert "Det var 95\u00a0% av 40\u00a0000, år 2025 och 12 personer." in analysis_html(replace(report(), answers=(told,)))


def test_the_same_report_is_made_the_same_twice() -> None:
    assert analysis_html(report()) == analysis_html(report())


def test_charts_are_drawn_in_swedish_with_our_own_type_and_no_words_of_their_own() -> None:
    spec = {**SPEC, "data": {"values": [{"hur": "a", "antal": 1234.5}]}, "mark": "text", "encoding": {
        "text": {"field": "antal", "type": "quantitative", "format": ",.1f"}}}  # fmt: skip
    (drawing,) = charts_as_svg([replace(CHART, spec=spec)])
    assert re.search(r"1.?234,5", drawing) and "Hanken Grotesk" in drawing and "aria-label" not in drawing


def test_a_chart_for_word_stands_on_white_and_one_for_paper_on_nothing() -> None:
    (drawing,) = charts_as_svg([CHART])
    assert '<rect width="100%"' not in drawing and 'fill="#FFFFFF"' not in drawing.partition("<g")[0]
    (png,) = charts_as_png([CHART])
    width = int.from_bytes(png[16:20], "big")
    assert png[24:26] == b"\x08\x06", "eight bits, with opacity"
    packed = b"".join(part[: int.from_bytes(size, "big")] for size, part in _chunks(png, b"IDAT"))
    first = decompress(packed)[: 1 + 4 * width]
    assert first[4] == 255 and first[1:4] == b"\xff\xff\xff"


def _chunks(png: bytes, kind: bytes) -> list[tuple[bytes, bytes]]:
    places = [found.start() for found in re.finditer(kind, png)]
    return [(png[place - 4 : place], png[place + 4 :]) for place in places]


def test_a_chart_that_reaches_out_or_cannot_be_drawn_is_our_fault_and_said() -> None:
    for data in ({"url": "https://example.org/a.csv"}, {"url": "file:///etc/hosts"}):
        with pytest.raises(ChartsFailed):
            charts_as_svg([replace(CHART, spec={**SPEC, "data": data})])
    with pytest.raises(ChartsFailed):
        charts_as_png([replace(CHART, spec={"mark": "nothing of the kind"})])


def test_a_drawing_engine_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis_charts, "SECONDS", 0.01)
    with pytest.raises(ChartsFailed, match="blev inte färdiga"):
        charts_as_svg([CHART])


def test_no_charts_start_no_process() -> None:
    assert charts_as_svg([]) == []


def test_attrition_is_a_sentence_and_noughts_are_not_lost() -> None:
    assert attrition_words(answer(1)) == "Bygger på 19 av 24. Saknar slutvärde: 5."
    assert attrition_words(replace(answer(1), attrition=Attrition(24, 24, (("saknar slutvärde", 0),)))) == "Bygger på 24 av 24."


def test_figures_stand_to_the_right_and_words_to_the_left() -> None:
    assert rows_are_numbers([["a", "12 %"], ["b", ".."], ["c", "−1,5"]], 1) and not rows_are_numbers([["a", "högre"], ["b", "3"], ["c", "lägre"]], 1)


def test_a_reader_outside_the_unit_sees_no_single_row_and_no_small_count() -> None:
    shown = view_of(report())
    assert shown["problems"] and shown["left_out"] == [["Tomma rader", "1"]] and shown["lead"].startswith("Svaren bygger på 2 av 3 rader i filen")
    hidden = view_of(replace(report(), rule=Rule(5, True, 30)))
    assert hidden["problems"] == [] and hidden["left_out"] == [["Tomma rader", ".."]] and hidden["lead"].startswith("Svaren bygger på raderna i filen")


def test_an_answer_without_sentences_says_that_there_is_none() -> None:
    view = view_of(replace(report(), answers=(replace(answer(1), sentences=(), charts=(), method=(), warnings=()),)))
    assert view["first"][0]["words"] == "Frågan går inte att besvara med det som finns i filen." == view["questions"][0]["sentences"][0]
    assert view["lead"].startswith("Svaren bygger på 2 av 3 rader i filen")


def test_a_column_in_word_is_as_wide_as_its_longest_word() -> None:
    heads = ("Tillfälle", "n", "Medelvärde", "Intervall", "Standardavvikelse", "Median", "Sämre än gränsen")
    rows = (("Start", "19", "50,3", "47,3 till 53,3", "6,2", "50,0", "86 %"), ("Uppföljning", "14", "58,4", "55,0 till 61,8", "5,9", "58,5", "70 %"))
    widths = column_widths(heads, rows)
    millimetres = [166 * width / sum(widths) for width in widths]
    longest = [max(len(word) for text in (head, *(row[place] for row in rows)) for word in text.split()) for place, head in enumerate(heads)]
    assert all(width >= 1.75 * letters for width, letters in zip(millimetres, longest, strict=True))
    assert widths[3] >= len("47,3 till 53,3") and widths[1] < widths[0]
    said = column_widths(("Mått", "Värde"), (("ord " * 40, "1"),), 80)
    assert 60 < said[0] < 65 and sum(said) <= 80
    assert column_widths(("Mått", "Värde"), (("ord " * 40, "1"),), 1)[0] < 20  # nothing fits: as narrow as it goes
