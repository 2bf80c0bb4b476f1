"""The report of an analysis as a Word document, from the same words as the PDF, with its charts as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from struct import unpack

from samsyn.formats.analysis_charts import charts_as_png
from samsyn.formats.analysis_report import AnalysisReport, View, view_of
from samsyn.formats.word_page import Run, WordPage

WIDEST_CELL = 28
MARGIN_LETTERS = 3.5  # the space beside the text of a cell
STRONG = 1.3  # a letter of a head, to one of a cell
MM_A_PIXEL = 0.118  # two pixels a unit: as large as on paper


def analysis_docx(report: AnalysisReport) -> bytes:
    """Return the report as a Word document (.docx): A4, in Swedish. Raises ChartsMissing or ChartsFailed."""
    view, pictures = view_of(report), charts_as_png(report.charts)
    page = WordPage(title=view["title"], made_at=datetime.combine(report.on, time(12)))
    page.footer(f"{view['title']}. {view['file']}")
    for line in view["stamp"]:
        page.paragraph(Run(line, "soft"))
    page.heading(1, view["title"])
    page.paragraph(view["lead"])
    page.heading(2, view["headings"]["answers"])
    page.numbered((one["number"], [[Run(f"{one['title']} ", "strong"), Run(one["words"])]]) for one in view["first"])
    for question in view["questions"]:
        _question(page, question, view["headings"], pictures, 2)
    for group in view["groups"]:
        page.heading(2, group["title"])
        for question in group["questions"]:
            _question(page, question, view["headings"], pictures, 3)
    _understood(page, view)
    return page.content()


def _question(page: WordPage, question: View, headings: View, pictures: list[bytes], level: int) -> None:
    page.heading(level, f"{question['number']}. {question['title']}")
    for place, words in enumerate(question["sentences"]):
        page.paragraph(Run(words, "strong" if place == 0 else ""))
    if question["warnings"]:
        page.paragraph(Run(f"{headings['warnings']}: ", "strong"), " ".join(question["warnings"]))
    for chart in question["charts"]:
        page.heading(4, chart["title"])
        width, height = _pixels(pictures[chart["place"]])
        fit = min(MM_A_PIXEL, page.width / width)
        page.figure(pictures[chart["place"]], chart["words"], width * fit, height * fit)
    for table in question["tables"]:
        page.heading(4, table["caption"])
        page.table(table["heads"], table["rows"], widths=column_widths(table["heads"], table["rows"]), title=table["caption"])
        page.paragraph(Run(" ".join(table["notes"]), "soft"))
    page.paragraph(Run(f"{headings['attrition']}. ", "strong"), question["attrition"])
    if question["method"]:
        page.paragraph(Run(f"{headings['method']}. {' '.join(question['method'])}", "soft"))


def column_widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Return the columns' shares of the width: room for the longest word of the head and for whole cells, within reason."""
    widest = [max((len(row[place]) for row in rows), default=0) for place in range(len(heads))]
    words = [STRONG * max(map(len, head.split()), default=0) for head in heads]
    return [MARGIN_LETTERS + max(word, min(cell, WIDEST_CELL)) for word, cell in zip(words, widest, strict=True)]


def _understood(page: WordPage, view: View) -> None:
    heads = view["headings"]
    page.heading(2, heads["understood"])
    page.heading(3, heads["columns"])
    page.table(["Uppgift", "Kolumn i filen"], view["columns"], widths=(1, 1), title=heads["columns"])
    if view["unused"]:
        page.paragraph(Run(f"Kolumner som inte används: {view['unused']}.", "soft"))
    if view["choices"]:
        page.heading(3, heads["choices"])
        page.table(["Val", "Så förstods det"], view["choices"], widths=(1, 2), title=heads["choices"])
    if view["lacking"]:
        page.heading(3, heads["lacking"])
        page.bullets([Run(words)] for words in view["lacking"])
    if view["left_out"]:
        page.heading(3, heads["left_out"])
        page.table(["Vad", "Antal"], view["left_out"], widths=(5, 1), title=heads["left_out"])
    if view["problems"]:
        page.heading(3, heads["problems"])
        page.table(["Var", "Vad det är", "Vad du kan göra"], view["problems"], widths=(1, 1.2, 1.2), title=heads["problems"])
        page.paragraph(Run(view["more_problems"], "soft"))


def _pixels(png: bytes) -> tuple[int, int]:
    """Return a PNG's width and height."""
    width, height = unpack(">II", png[16:24])
    return width, height
