"""The report as a tagged PDF (PDF/UA-1), made by Typst in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from samsyn.chain.report_values import Report
from samsyn.formats.chart_causes import standing_by_cause, standing_words
from samsyn.formats.chart_svg import PAPER
from samsyn.formats.chart_timeline import timeline, timeline_words
from samsyn.formats.report_view import view_of
from samsyn.formats.typst_child import NO_GLYPH, NOT_INSTALLED

HERE = Path(__file__).parent
SECONDS = 120
REPLACEMENT = "□"
ALSO_CERTAIN = "\n\t\u2009\u202f…•−→≤≥□"
CERTAIN = ((0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x391, 0x3A1), (0x3A3, 0x3C9), (0x400, 0x45F), (0x2010, 0x2015), (0x2018, 0x201E))
"""Ranges of characters that the fonts are known to hold, by test. Others are tried first and replaced if they fail."""


class TypstMissing(Exception):
    """Typst is not installed. The message says in Swedish what to do."""


class ReportFailed(Exception):
    """Typst could not make the document. The message holds its words; it is our fault, not the user's."""


def report_pdf(report: Report) -> bytes:
    """
    Return the report as a PDF: A4, tagged, in Swedish, one page first.

    raises   TypstMissing   if Typst is not installed
             ReportFailed   if Typst refuses the document
    """
    return made_by_typst(job_of(report))


def made_by_typst(job: dict[str, Any]) -> bytes:
    """
    Return the PDF of a job for samsyn.formats.typst_child; a character that no font has is replaced.

    raises   TypstMissing, ReportFailed
    """
    done = _run(job)
    if done.returncode == NO_GLYPH:
        done = _run(job | {"inputs": {name: with_certain_letters(text) for name, text in job["inputs"].items()}})
    if done.returncode == NOT_INSTALLED:
        raise TypstMissing("För att göra PDF behövs Typst. Installera samsyn[report].")
    if done.returncode:
        raise ReportFailed(done.stderr.decode(errors="replace").strip() or f"Typst slutade med {done.returncode}.")
    return done.stdout


def job_of(report: Report) -> dict[str, Any]:
    """Return the job for samsyn.formats.typst_child: the template, the fonts and the report's words as JSON."""
    charts = {
        "by_cause": {"svg": standing_by_cause(report.standing, PAPER), "words": standing_words(report.standing)},
        "timeline": {"svg": timeline(report.timeline, PAPER), "words": timeline_words(report.timeline)},
    }
    words = json.dumps(cleaned(view_of(report) | {"charts": charts}), ensure_ascii=False)
    return {"template": (HERE / "report.typ").read_text(encoding="utf-8"), "fonts": [str(HERE / "fonts")], "on": report.on.isoformat(),
            "inputs": {"report": words, "pictures": json.dumps(pictures())}}


@cache
def pictures() -> dict[str, str]:
    """Return the mark, the dials and the faces as SVG, by file name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "pictures").glob("*.svg"))}


def _run(job: dict[str, Any]) -> subprocess.CompletedProcess[bytes]:
    """Run the child. -P keeps the user's folder out of its path: a file named typst.py there must not be run."""
    try:
        return subprocess.run([sys.executable, "-P", "-m", "samsyn.formats.typst_child"], input=json.dumps(job).encode(),
                              capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReportFailed(f"Typst blev inte färdig på {SECONDS} sekunder.") from error


def cleaned(value: Any) -> Any:
    """Return the value with every text free of control characters and lone surrogates, which no font shows."""
    if isinstance(value, str):
        return "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Co"))
    if isinstance(value, list):
        return [cleaned(one) for one in value]
    return {key: cleaned(one) for key, one in value.items()} if isinstance(value, dict) else value


def with_certain_letters(text: str) -> str:
    """Return text where every character outside the certain ranges is taken apart (ạ -> a) or, failing that, shown as □."""
    return "".join(_certain(character) for character in text)


@cache
def _certain(character: str) -> str:
    if _is_certain(character):
        return character
    apart = "".join(c for c in unicodedata.normalize("NFKD", character) if _is_certain(c))
    return apart or ("" if unicodedata.category(character) in ("Mn", "Cf", "Me") else REPLACEMENT)


def _is_certain(character: str) -> bool:
    return any(low <= ord(character) <= high for low, high in CERTAIN) or character in ALSO_CERTAIN
