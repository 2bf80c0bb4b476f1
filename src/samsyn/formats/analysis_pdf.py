"""The report of an analysis as a tagged PDF (PDF/UA-1), made by Typst in a process of its own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from samsyn.formats.analysis_charts import charts_as_svg, size_of
from samsyn.formats.analysis_report import AnalysisReport, View, rows_are_numbers, view_of
from samsyn.formats.report_typst import cleaned, made_by_typst, pictures

HERE = Path(__file__).parent
MM_A_UNIT = 0.235  # of a chart: its type is then a little smaller than the text


def analysis_pdf(report: AnalysisReport) -> bytes:
    """
    Return the report as a PDF: A4, tagged, in Swedish, the seven answers on page one.

    raises   TypstMissing, ReportFailed   as `report_typst`; ChartsMissing, ChartsFailed as `analysis_charts`
    """
    return paper_of(with_drawings(view_of(report), charts_as_svg(report.charts)), "analysis", report.on)


def paper_of(view: View, template: str, on: date) -> bytes:
    """
    Return the PDF of a view.

    template   name of the file that lays it out, after the look that the reports share
    raises     TypstMissing, ReportFailed
    """
    inputs = {"report": json.dumps(cleaned(view), ensure_ascii=False), "mark": pictures()["mark"]}
    source = "".join((HERE / f"{name}.typ").read_text(encoding="utf-8") for name in ("analysis_look", template))
    return made_by_typst({"template": source, "fonts": [str(HERE / "fonts")], "on": on.isoformat(), "inputs": inputs})


def with_drawings(view: View, drawings: list[str]) -> View:
    """Return the view with each chart's drawing and width in millimetres, and with what stands to the right in each table."""
    for question in [*view["questions"], *(question for group in view["groups"] for question in group["questions"])]:
        draw(question, drawings)
    return view


def draw(part: View, drawings: list[str]) -> None:
    """Put into the charts and tables of a part of a view what paper needs: drawings with their widths, and which columns are figures."""
    for chart in part["charts"]:
        chart |= {"svg": drawings[chart["place"]], "width": MM_A_UNIT * size_of(drawings[chart["place"]])[0]}
    for table in part["tables"]:
        table["right"] = to_the_right(table)


def to_the_right(table: dict[str, Any]) -> list[bool]:
    """Return for each column whether its cells stand to the right: figures, but never the first."""
    return [place > 0 and rows_are_numbers(table["rows"], place) for place in range(len(table["heads"]))]
