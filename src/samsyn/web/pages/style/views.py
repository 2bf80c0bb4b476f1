"""Shows the look. Takes nothing from the database; every name and number here is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samsyn.chain.choices import FormFace, Implementation, Result
from samsyn.chain.row_words import THREAD, THREAD_WORDS
from samsyn.web.gate import Public, page
from samsyn.web.pages.style.samples import FaultyForm, SampleForm

SURFACES = (
    ("bg", "Dis", "sidans grund"), ("sheet", "Ark", "det man läser"), ("sunk", "Skugga", "bredvid"), ("ink", "Bläck", "text"),
    ("ink-2", "Bläck 2", "stödtext"), ("accent", "Blåbär", "det man trycker på"), ("dawn", "Gryning", "din tur nu"),
    ("sun", "Sol", "var du är"), ("edge", "Kant", "ram på fält"), ("line", "Linje", "mellan rader"), ("error", "Fel", "fel och luckor"),
)
FACE_COLOURS = (
    ("better", "Bättre"), ("unchanged", "Oförändrat"), ("worse", "Sämre"), ("cannot-be-told", "Går inte att säga"), ("too-early", "För tidigt"),
)
REASONS = {
    Result.BETTER: "sedan juni", Result.UNCHANGED: "5 av 10 som förut", Result.WORSE: "fler köper ut",
    Result.CANNOT_BE_TOLD: "för få svar", Result.TOO_EARLY: "bedöms i mars", Result.NOT_MEASURED: "mätning saknas",
}
ICONS = ("arrow back up down plus tick cross warn info clock menu pen search file upload download copy undo print two link grip mail lock people gear "
         "quiet phone calendar out").split()


@page(Public)
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Show every part in every state."""
    return render(request, "stil.html", shown())


def shown() -> dict[str, Any]:
    """Return what the page shows."""
    return {
        "surfaces": SURFACES,
        "face_colours": FACE_COLOURS,
        "reasons": [(result, REASONS[result]) for result in Result],
        "dials": [*Implementation, None],
        "colours": list(FormFace),
        "knots": [(name, word.capitalize()) for name, word in THREAD_WORDS.items()],
        "icons": ICONS,
        "whole": THREAD,
        "broken": ["problem", "cause", "action"],
        "waiting": [name for name in THREAD if name != "result"],
        "counts": {Result.BETTER: 3, Result.UNCHANGED: 2, Result.WORSE: 1, Result.CANNOT_BE_TOLD: 1, Result.TOO_EARLY: 2, Result.NOT_MEASURED: 3},
        "form": SampleForm(),
        "faulty": FaultyForm.sent(),
        "due": date(2026, 11, 16),
        "at": datetime(2026, 11, 23, 9, 14, tzinfo=UTC),
        "hours": Decimal("12.5"),
        "unknown": None,
    }
