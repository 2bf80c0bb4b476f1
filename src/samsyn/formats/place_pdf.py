"""The page about one place as a tagged PDF (PDF/UA-1), made by Typst in a process of its own."""

from __future__ import annotations

from samsyn.formats.analysis_charts import charts_as_svg
from samsyn.formats.analysis_pdf import draw, paper_of
from samsyn.formats.place_report import PlaceReport, view_of_place


def place_pdf(report: PlaceReport) -> bytes:
    """
    Return the page as a PDF: A4, tagged, in Swedish, the answer and its picture first.

    raises   TypstMissing, ReportFailed   as `report_typst`; ChartsMissing, ChartsFailed as `analysis_charts`
    """
    view = view_of_place(report)
    draw(view, charts_as_svg(report.answer.charts))
    return paper_of(view, "place", report.on)
