"""Taking words out of the history, for what should never have been written there."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samsyn.chain.field import fields_of
from samsyn.records.access.writes import redact
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.held_row import held_row
from samsyn.web.parts.past import ROWS
from samsyn.web.parts.row_form import OpenForm

KINDS = {"problem": "situation_problem", "cause": "situation_cause", "goal": "plan_goal", "action": "plan_action"}


class RedactForm(OpenForm):
    """Why the words are taken out."""

    why = forms.CharField(label="Varför?", max_length=300, help_text="Skälet står kvar i historiken, med ditt namn. Skriv inte det som ska bort.")


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def redact_field(request: PageRequest, plan: UUID, kind: str, row: UUID, field: str) -> HttpResponse:
    """Ask why, then empty what the history holds of a field."""
    about = fields_of(ROWS[KINDS[kind]]).get(field)
    if about is None:
        raise Http404
    held_row(request, kind, row)
    form = RedactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = redact(partnership=request.member.partnership, row_id=row, field=field, why=form.cleaned_data["why"], actor=request.actor, at=now())
        messages.success(request, "Borttaget ur historiken. Texten i planen ändrar du som vanligt." if count else "Det fanns inget kvar att ta bort.")
        return redirect("action" if kind == "action" else f"change_{kind}", plan=plan, row=row)
    return render(request, "plans/redact.html", {"form": form, "plan": request.plan, "label": about.label}, status=400 if request.POST else 200)
