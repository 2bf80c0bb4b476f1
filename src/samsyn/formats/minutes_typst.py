"""The minutes as a tagged PDF (PDF/UA-1), made by Typst in a process of its own."""

from __future__ import annotations

import json
from typing import Any

from samsyn.chain.meeting_values import MinutesContent
from samsyn.chain.wording import local_day
from samsyn.formats.minutes_view import view_of
from samsyn.formats.report_typst import HERE, cleaned, made_by_typst, pictures


def minutes_pdf(content: MinutesContent) -> bytes:
    """
    Return the minutes as a PDF: A4, tagged, in Swedish.

    raises   TypstMissing   if Typst is not installed
             ReportFailed   if Typst refuses the document
    """
    return made_by_typst(job_of(content))


def job_of(content: MinutesContent) -> dict[str, Any]:
    """Return the job for samsyn.formats.typst_child: the template, the fonts and the minutes' words as JSON."""
    return {"template": (HERE / "minutes.typ").read_text(encoding="utf-8"), "fonts": [str(HERE / "fonts")], "on": local_day(content.ended_at).isoformat(),
            "inputs": {"minutes": json.dumps(cleaned(view_of(content)), ensure_ascii=False), "mark": pictures()["mark"]}}
