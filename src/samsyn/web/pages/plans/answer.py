"""The large buttons for somebody who is signed in, and the coordinator's answer to a proposed due date."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samsyn.chain.answers import Answer
from samsyn.flows.answering import answer_action as add_answer
from samsyn.records.partnership.rights import Right
from samsyn.records.plan.proposal_reads import open_proposals
from samsyn.records.plan.proposal_writes import accept_proposal, decline_proposal
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.answering import AnswerForm, chosen_in, is_taken, tiles
from samsyn.web.parts.base_url import base_url
from samsyn.web.parts.held_row import held_row
from samsyn.web.parts.proposed_day import proposed_day
from samsyn.web.parts.returning import return_address, returning


@page(Right.CHECK_IN_OWN)
@require_http_methods(["GET", "POST"])
def answer_action(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Say with one press how it goes with an action: the coordinator of any, a responsible of their own."""
    held = held_row(request, "action", row)
    if not (request.member.may(Right.EDIT_CHAIN) or request.member.is_responsible_for(held)):
        raise PermissionDenied
    own_page = reverse("action", args=[plan, row])
    done = return_address(request, own_page)
    press = chosen_in(request.POST if request.method == "POST" else request.GET)
    form = AnswerForm(request.POST or None, press=press, once=uuid4().hex, today=today()) if press else None
    if request.method == "POST" and form and form.is_valid() and _is_added(request, row, form):
        messages.success(request, _thanks(form))
        return redirect(done)
    return render(request, "plans/answer.html", {
        "plan": request.plan, "row": row, "text": held.values["text"], "due_on": held.values["due_on"], "form": form, "back": done,
        "own_page": own_page, "tiles": tiles(_own_address(request, done, own_page), form.press if form else None)},
        status=400 if request.method == "POST" else 200)


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def answer_proposal(request: PageRequest, plan: UUID, row: UUID, check_in: UUID) -> HttpResponse:
    """Accept a proposed due date, or decline it with a word about why."""
    held_row(request, "action", row)
    done = return_address(request, reverse("action", args=[plan, row]))
    asked = next((one for one in open_proposals(request.member.partnership, [row]) if one.check_in == check_in), None)
    given: dict[str, Any] = {"partnership": request.member.partnership, "action": row, "check_in": check_in, "actor": request.actor, "at": now()}
    return proposed_day(
        request, asked, accept=lambda: accept_proposal(**given),
        decline=lambda why: decline_proposal(organisation=request.member.organisation, text=why, **given),
        stands="bland avstämningarna", done=done, template="plans/proposal.html", plan=request.plan)


def _is_added(request: PageRequest, row: UUID, form: AnswerForm) -> bool:
    return is_taken(form, lambda: add_answer(
        partnership=request.member.partnership, action=row, organisation=request.member.organisation, said=form.answered(),
        actor=request.actor, at=now(), once=form.cleaned_data["once"], base_url=base_url(request)))


def _thanks(form: AnswerForm) -> str:
    said = form.answered()
    if said.answer is Answer.HELP:
        return "Tack. Samordnaren får veta det."
    return "Tack. Ditt förslag väntar på samordnaren." if said.proposed_due_on else "Tack. Svaret är sparat."


def _own_address(request: PageRequest, done: str, own_page: str) -> str:
    """The page's own address, which still leads back where it came from."""
    return returning(request.path, "" if done == own_page else done)
