"""A new day that is proposed for an assignment is accepted or declined."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samsyn.chain.wording import date_words
from samsyn.records.editing import Gone
from samsyn.records.meeting.due_reads import DueProposal, due_proposals
from samsyn.records.meeting.due_writes import accept_due, decline_due
from samsyn.records.meeting.line_reads import assignment
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.answering import ANSWERED_ALREADY, DeclineForm
from samsyn.web.parts.returning import return_address


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def settle_due(request: PageRequest, line: UUID, answer: UUID) -> HttpResponse:
    """Accept a proposed day of an assignment, or decline it with a word about why."""
    held = assignment(request.member.partnership, line)
    if held is None:
        raise Http404
    done = return_address(request, reverse("start"))
    asked = next((one for one in due_proposals(request.member.partnership, line) if one.answer == answer), None)
    if asked is None:
        messages.info(request, ANSWERED_ALREADY)
        return redirect(done)
    form = DeclineForm(request.POST if request.POST.get("act") == "decline" else None)
    if request.method == "POST" and (request.POST.get("act") == "accept" or form.is_valid()):
        _settle(request, asked, form)
        return redirect(done)
    return render(request, "outcomes/due.html", {"line": held, "p": asked, "form": form, "back": done}, status=400 if request.method == "POST" else 200)


def _settle(request: PageRequest, asked: DueProposal, form: DeclineForm) -> None:
    """Settle it once; if somebody else has done so meanwhile, say that."""
    day = date_words(asked.proposed_due_on)
    try:
        if request.POST.get("act") == "accept":
            accept_due(partnership=request.member.partnership, line=asked.line, answer=asked.answer, actor=request.actor, at=now())
            messages.success(request, f"Den nya dagen gäller: {day}.")
        else:
            decline_due(partnership=request.member.partnership, line=asked.line, answer=asked.answer, actor=request.actor, at=now(),
                        text=form.cleaned_data["text"].strip().replace("\r\n", "\n"))
            messages.success(request, f"Nej till {day}. Det står vid uppdraget.")
    except Gone:
        messages.info(request, ANSWERED_ALREADY)
