"""A new day that is proposed for an assignment is accepted or declined."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samsyn.records.meeting.due_reads import due_proposals
from samsyn.records.meeting.due_writes import accept_due, decline_due
from samsyn.records.meeting.line_reads import assignment
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.proposed_day import proposed_day
from samsyn.web.parts.returning import return_address


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def settle_due(request: PageRequest, line: UUID, answer: UUID) -> HttpResponse:
    """Accept a proposed day of an assignment, or decline it with a word about why."""
    if assignment(request.member.partnership, line) is None:
        raise Http404
    asked = next((one for one in due_proposals(request.member.partnership, line) if one.answer == answer), None)
    given: dict[str, Any] = {"partnership": request.member.partnership, "line": line, "answer": answer, "actor": request.actor, "at": now()}
    return proposed_day(
        request, asked, accept=lambda: accept_due(**given), decline=lambda why: decline_due(text=why, **given), stands="vid uppdraget",
        done=return_address(request, reverse("start")), template="outcomes/due.html")
