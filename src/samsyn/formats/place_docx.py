"""The page about one place as a Word document, from the same words as the PDF, with its charts as pictures."""

from __future__ import annotations

from datetime import datetime, time

from samsyn.formats.analysis_charts import charts_as_png
from samsyn.formats.analysis_docx import charts_of, tables_of
from samsyn.formats.place_report import PlaceReport, view_of_place
from samsyn.formats.word_page import Run, WordPage


def place_docx(report: PlaceReport) -> bytes:
    """Return the page as a Word document (.docx): A4, in Swedish. Raises ChartsMissing or ChartsFailed."""
    view, pictures = view_of_place(report), charts_as_png(report.answer.charts)
    heads = view["headings"]
    page = WordPage(title=view["title"], made_at=datetime.combine(report.on, time(12)))
    page.footer(f"{view['title']}. {view['file']}")
    page.paragraph(Run(view["stamp"][0], "soft"))
    page.heading(1, view["question"])
    page.paragraph(Run(view["place"], "strong"))
    page.paragraph(Run(view["lead"], "soft"))
    page.paragraph(Run(f"{view['first']} ", "strong"), view["rest"])
    for words in view["sentences"]:
        page.paragraph(words)
    if view["warnings"]:
        page.paragraph(Run(heads["warnings"], "strong"), with_next=True)
        page.bullets([Run(words)] for words in view["warnings"])
    charts_of(page, view, pictures)
    if view["tables"]:
        page.heading(2, heads["numbers"])
        tables_of(page, view)
    page.heading(2, heads["method"])
    page.bullets([Run(words)] for words in view["method"])
    page.paragraph(Run(heads["choices"], "strong"), with_next=True)
    page.table([heads["choice"], heads["value"]], view["choices"], widths=(1, 3), title=heads["choices"])
    return page.content()
