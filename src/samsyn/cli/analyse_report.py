"""The report of `samsyn analyse`: as PDF, Word or web page, by the ending of its name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samsyn.analysis.answer import Answer
    from samsyn.cli.analyse import Analysed
    from samsyn.formats.analysis_report import AnalysisReport

NEEDS = {".pdf": ("typst", "vl_convert"), ".docx": ("vl_convert",), ".html": ("vl_convert",)}


def check_output(output: Path) -> None:
    """
    Make sure that the report can be a file there, and that what it takes is installed.

    raises   Refused
    """
    from samsyn.formats.problems import Refused

    needs = NEEDS.get(output.suffix.lower())
    if needs is None:
        raise Refused(f"Rapporten görs som .pdf, .docx eller .html. Välj ett sådant namn i stället för {output.name}.")
    if any(find_spec(part) is None for part in needs):
        raise Refused('För att göra rapporten behövs mer. Skriv pip install "samsyn[analysis,report]" och försök igen.')
    if not output.absolute().parent.is_dir():
        raise Refused(f"Mappen {output.parent} finns inte. Skapa den först eller välj en annan.")
    if output.is_dir():
        raise Refused(f"{output} är en mapp. Välj ett filnamn.")


def write_report(analysed: Analysed, answers: Sequence[Answer], output: Path, on: date) -> None:
    """
    Write the report. An earlier file of that name is replaced only by a whole one.

    raises   Refused   if the file cannot be written
    """
    save_whole(_content(report_of(analysed, answers, on), output.suffix.lower()), output)


def save_whole(content: bytes, output: Path) -> None:
    """Save a report. An earlier file of that name is replaced only by a whole one. Raises Refused if the file cannot be written."""
    from samsyn.formats.problems import Refused

    beside = output.with_name(f".{output.name}.ny")
    try:
        beside.write_bytes(content)
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refused(f"Rapporten kunde inte sparas i {output}: {error.strerror or error}. Är filen öppen i ett annat program?") from error


def report_of(analysed: Analysed, answers: Sequence[Answer], on: date) -> AnalysisReport:
    """Return the report's values."""
    from samsyn.analysis.split import Split
    from samsyn.catalog.disclosure import reader_limits
    from samsyn.formats.analysis_report import AnalysisReport

    split = "" if analysed.split is Split.NOTHING else analysed.split.label
    return AnalysisReport(
        analysed.file, on, reader_limits()[analysed.reader].label, split, analysed.reading, analysed.understood.choices, analysed.understood.lacking,
        analysed.left_out, analysed.problems, tuple(answers), analysed.rule,
    )  # fmt: skip


def _content(report: AnalysisReport, ending: str) -> bytes:
    if ending == ".pdf":
        from samsyn.formats.analysis_pdf import analysis_pdf

        return analysis_pdf(report)
    if ending == ".docx":
        from samsyn.formats.analysis_docx import analysis_docx

        return analysis_docx(report)
    from samsyn.formats.analysis_html import analysis_html

    return analysis_html(report).encode("utf-8")
