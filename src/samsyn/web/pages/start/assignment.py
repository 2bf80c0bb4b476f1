"""Somebody who is signed in answers about an assignment that a meeting handed out to them."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samsyn.flows.answering import answer_assignment as add_answer
from samsyn.records.meeting.line_reads import LineHead, assignment
from samsyn.records.partnership.reads import Member
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.answering import AnswerForm, chosen_in, is_taken, tiles
from samsyn.web.parts.base_url import base_url
from samsyn.web.parts.returning import return_address


@page(Right.READ)
@require_http_methods(["GET", "POST"])
def answer_assignment(request: PageRequest, line: UUID) -> HttpResponse:
    """Say with one press how it goes with an assignment: its owner, or whoever runs the meetings. Opening it changes nothing."""
    found = assignment(request.member.partnership, line)
    if found is None:
        raise Http404
    if not may_answer(request.member, found):
        raise PermissionDenied
    if found.became:  # followed in the plan, and asked about there alone
        return redirect("action", plan=found.plan, row=found.became)
    done = return_address(request, reverse("start"))
    press = chosen_in(request.POST if request.method == "POST" else request.GET)
    form = AnswerForm(request.POST or None, press=press, once=uuid4().hex, today=today()) if press else None
    if request.method == "POST" and form and form.is_valid() and _is_added(request, line, form):
        messages.success(request, "Tack. Svaret är sparat.")
        return redirect(done)
    return render(request, "start/assignment.html", {"line": found, "form": form, "tiles": tiles(request.path, press), "back": done},
                  status=400 if request.method == "POST" else 200)


def may_answer(member: Member, line: LineHead) -> bool:
    """Whether somebody may answer about an assignment: it is theirs, by place or by address where no place is tied to it, or they run the meetings."""
    own = line.owner_member == member.id if line.owner_member else bool(line.owner_email) and line.owner_email.lower() == member.email.lower()
    return own or member.may(Right.RUN_MEETINGS)


def _is_added(request: PageRequest, line: UUID, form: AnswerForm) -> bool:
    return is_taken(form, lambda: add_answer(
        partnership=request.member.partnership, line=line, said=form.answered(), actor=request.actor, at=now(),
        once=form.cleaned_data["once"], base_url=base_url(request)))
