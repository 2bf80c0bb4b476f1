"""The report of an analysis as a Word document, from the same words as the PDF, with its charts as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from math import inf
from struct import unpack

from samsyn.formats.analysis_charts import charts_as_png
from samsyn.formats.analysis_report import AnalysisReport, View, rows_are_numbers, view_of
from samsyn.formats.word_page import Run, WordPage

WIDEST_CELLS = (60, 40, 28, 20, 14)  # letters, the first with which the table fits
MM_A_LETTER = 2.1
MOST_TOGETHER = 16  # rows of a table that is not parted between pages
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
    charts_of(page, question, pictures)
    tables_of(page, question)
    page.paragraph(Run(f"{headings['attrition']}. ", "strong"), question["attrition"])
    if question["method"]:
        page.paragraph(Run(f"{headings['method']}. {' '.join(question['method'])}", "soft"))


def charts_of(page: WordPage, part: View, pictures: list[bytes]) -> None:
    """Write the charts of a part of a view, each under its title."""
    for chart in part["charts"]:
        page.paragraph(Run(chart["title"], "strong"), with_next=True)
        width, height = _pixels(pictures[chart["place"]])
        fit = min(MM_A_PIXEL, page.width / width)
        page.figure(pictures[chart["place"]], chart["words"], width * fit, height * fit)


def tables_of(page: WordPage, part: View) -> None:
    """Write the tables of a part of a view, each under its caption with its notes after it."""
    for table in part["tables"]:
        _table(page, table["caption"], table["heads"], table["rows"])
        page.paragraph(Run(" ".join(table["notes"]), "soft"))


def _table(page: WordPage, caption: str, heads: list[str], rows: list[list[str]]) -> None:
    """Write a table under its caption: as wide as what it says, figures to the right, a short one whole on its page."""
    page.paragraph(Run(caption, "strong"), with_next=True)
    widths = column_widths(heads, rows, page.width / MM_A_LETTER)
    right = [place for place in range(1, len(heads)) if rows_are_numbers(rows, place)]
    page.table(heads, rows, widths=widths, title=caption, width=MM_A_LETTER * sum(widths), right=right, together=len(rows) <= MOST_TOGETHER)


def column_widths(heads: Sequence[str], rows: Sequence[Sequence[str]], most: float = inf) -> list[float]:
    """
    Return the columns' widths in letters: room for the longest word of the head and for whole cells, within reason.

    most   letters of the whole table; where it would be wider, long cells are given less
    """
    widest = [max((len(row[place]) for row in rows), default=0) for place in range(len(heads))]
    words = [STRONG * max(map(len, head.split()), default=0) for head in heads]
    for longest in WIDEST_CELLS:
        widths = [MARGIN_LETTERS + max(word, min(cell, longest)) for word, cell in zip(words, widest, strict=True)]
        if sum(widths) <= most:
            break
    return widths


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
