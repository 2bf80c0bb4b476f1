"""A plan is adopted and kept as it was; what has changed since can be seen; open things go on into next year's plan."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from samsyn.chain.face import implementation_of
from samsyn.chain.next_year import NextPlan, next_plan
from samsyn.chain.plan_json import NotAPlan
from samsyn.chain.rows import can_be_changed, name_of_action, name_of_cause
from samsyn.chain.wording import count_words
from samsyn.flows.adopting import adopt_plan, changes_since_adoption, correct_decision, report_of
from samsyn.flows.next_year import roll_forward
from samsyn.formats.word_report import report_docx
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.access.redacted import redactions_of
from samsyn.records.editing import Gone
from samsyn.records.follow_up.adoption_reads import decisions_of, frozen_plan
from samsyn.records.follow_up.reads import adopted_plan, adoptions, plan_values
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.download import download
from samsyn.web.parts.row_form import RowForm, SwedishDate


class AdoptForm(RowForm):
    """Who adopted the plan, when, and with which decision."""

    adopted_on = SwedishDate(label="Antagen den")
    body = forms.CharField(label="Av vem?", max_length=200, initial="Styrgruppen")
    decision = forms.CharField(label="Beslutet", help_text="Paragraf, diarienummer eller beslutets ord.", required=False, max_length=2000,
                               widget=forms.Textarea(attrs={"rows": 2}))

    def clean_adopted_on(self) -> object:
        day = self.cleaned_data["adopted_on"]
        if day > today():
            raise forms.ValidationError("Dagen har inte varit än. Skriv in beslutet när det är taget.")
        return day


class CorrectForm(AdoptForm):
    """How the decision ought to have been written, and why it is corrected."""

    why = forms.CharField(label="Varför rättas det?", help_text="Till exempel ”Fel paragraf”. Skälet syns på sidan och på planens papper.", max_length=500)


class NextYearForm(RowForm):
    """What goes on into next year's plan."""

    name = forms.CharField(label="Vad ska den nya planen heta?", max_length=300)
    period = forms.CharField(label="Period", max_length=60, required=False)
    moves_days = forms.BooleanField(label="Flytta datumen ett år fram", required=False)
    causes = forms.MultipleChoiceField(label="Orsaker som följer med", required=False, widget=forms.CheckboxSelectMultiple)
    actions = forms.MultipleChoiceField(label="Åtgärder som följer med", required=False, widget=forms.CheckboxSelectMultiple)


@page(Right.READ)
@require_GET
def adopted(request: PageRequest, plan: UUID) -> HttpResponse:
    """List the times the plan has been adopted."""
    return render(request, "adoption/adopted.html", {
        "plan": request.plan, "rows": [(one, redactions_of(one.head.id)) for one in decisions_of(adoptions(request.member.partnership, plan))],
        "may_edit": request.member.may(Right.SAVE_REPORTS)})


@page(Right.SAVE_REPORTS)
@require_http_methods(["GET", "POST"])
def adopt(request: PageRequest, plan: UUID) -> HttpResponse:
    """Write in that the plan has been adopted; it is frozen as it is now."""
    form = AdoptForm(request.POST or None, initial={"adopted_on": today(), "body": "Styrgruppen"})
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            adopt_plan(head=request.plan, adopted_on=sent["adopted_on"], body=sent["body"], decision=sent["decision"], today=today(),
                       actor=request.actor, at=now(), once=sent["once"])
        except AlreadyDone:
            return redirect("adopted", plan=plan)
        messages.success(request, "Beslutet är sparat, och en kopia av planen som den är nu. I planen ändrar ni som vanligt.")
        return redirect("adopted", plan=plan)
    return render(request, "adoption/adopt.html", {"form": form, "plan": request.plan, "back": reverse("adopted", args=[plan])},
                  status=400 if request.POST else 200)


@page(Right.SAVE_REPORTS)
@require_http_methods(["GET", "POST"])
def correct(request: PageRequest, plan: UUID, adoption: UUID) -> HttpResponse:
    """Correct the wording of a decision. How it read before is kept."""
    head = next((one.head for one in decisions_of(adoptions(request.member.partnership, plan)) if one.head.id == adoption), None)
    if head is None:
        return _corrected_already(request, plan, adoption)
    form = CorrectForm(request.POST or None, initial={"adopted_on": head.adopted_on, "body": head.body, "decision": head.decision})
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            correct_decision(head=request.plan, adoption=adoption, adopted_on=sent["adopted_on"], body=sent["body"], decision=sent["decision"],
                             why=sent["why"], actor=request.actor, at=now(), once=sent["once"])
        except AlreadyDone:
            return redirect("adopted", plan=plan)
        except Gone:
            return _corrected_already(request, plan, adoption)
        messages.success(request, "Beslutet är rättat. Så som det stod förut finns kvar här.")
        return redirect("adopted", plan=plan)
    return render(request, "adoption/correct.html", {"form": form, "plan": request.plan, "back": reverse("adopted", args=[plan])},
                  status=400 if request.POST else 200)


def _corrected_already(request: PageRequest, plan: UUID, adoption: UUID) -> HttpResponse:
    """Lead back from a decision that somebody else has just corrected. Raises Http404 if there is no such decision."""
    if adopted_plan(request.member.partnership, plan, adoption) is None:
        raise Http404
    messages.info(request, "Beslutet är redan rättat. Här står det som det lyder nu.")
    return redirect("adopted", plan=plan)


@page(Right.READ)
@require_GET
def since_adoption(request: PageRequest, plan: UUID, adoption: UUID) -> HttpResponse:
    """Show what has changed since the plan was adopted."""
    changes = changes_since_adoption(request.plan, adoption)
    head = next((a for a in adoptions(request.member.partnership, plan) if a.id == adoption), None)
    if changes is None or head is None:
        raise Http404
    return render(request, "adoption/since.html", {"plan": request.plan, "changes": changes, "head": head})


@page(Right.READ)
@require_GET
def adopted_pdf(request: PageRequest, plan: UUID, adoption: UUID) -> HttpResponse:
    """Give the paper of an adopted version."""
    found = adopted_plan(request.member.partnership, plan, adoption)
    if found is None:
        raise Http404
    if not found[1]:
        messages.info(request, "Papperet är borttaget, för ord i det fick inte stå kvar. Vad som har ändrats sedan dess går fortfarande att se.")
        return redirect("adopted", plan=plan)
    return download(found[1], "pdf", f"antagen {request.plan.name}")


@page(Right.READ)
@require_GET
def adopted_docx(request: PageRequest, plan: UUID, adoption: UUID) -> HttpResponse:
    """Give an adopted version as a Word file, with the decision first."""
    frozen = frozen_plan(request.member.partnership, adoption)
    if frozen is None or frozen.plan != plan:
        raise Http404
    try:
        return download(report_docx(report_of(frozen)), "docx", f"antagen {request.plan.name}")
    except NotAPlan:
        messages.info(request, "Kopian går inte att göra om till Word, för ord i den fick inte stå kvar.")
        return redirect("adopted", plan=plan)


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def next_year(request: PageRequest, plan: UUID) -> HttpResponse:
    """Choose what goes on; the open things are chosen from the start."""
    values = plan_values(request.plan)
    is_open = {a.id: not ((said := implementation_of(a)) and said.is_ended) for a in values.actions}
    ahead = next_plan(request.plan.name, request.plan.period, today())
    form = NextYearForm(
        request.POST or None,
        initial={"name": ahead.name, "period": ahead.period, "moves_days": True,
                 "actions": [key for key, opened in is_open.items() if opened],
                 "causes": [c.id for c in values.causes if can_be_changed(c)]},
        choices={"actions": [(a.id, name_of_action(a) + ("" if is_open[a.id] else " (avslutad)")) for a in values.actions],
                 "causes": [(c.id, name_of_cause(c)) for c in values.causes]})
    form.fields["moves_days"].label, form.fields["moves_days"].help_text = _days_words(ahead)
    if request.method == "POST" and form.is_valid():
        sent = form.row_values()
        try:
            made = roll_forward(head=request.plan, name=sent["name"], period=sent["period"], causes=sent["causes"], actions=sent["actions"],
                                ahead=ahead if sent["moves_days"] else None, actor=request.actor, at=now(), once=form.cleaned_data["once"])
        except AlreadyDone:
            return redirect("plans")
        days = "Datumen är flyttade. Se efter att de stämmer." if sent["moves_days"] else "Datumen är desamma som i den gamla planen. Ändra dem som har gått."
        messages.success(request, f"Den nya planen är gjord, och den gamla står kvar som den är. {days}")
        return redirect("board", plan=made)
    return render(request, "adoption/next_year.html", {"form": form, "plan": request.plan, "back": reverse("board", args=[plan])},
                  status=400 if request.POST else 200)


def _days_words(ahead: NextPlan) -> tuple[str, str]:
    """Return the words of the tick that moves the days, and what it does."""
    how_far = "ett år" if ahead.years == 1 else f"{count_words(ahead.years, neuter=True)} år"
    return (f"Flytta datumen {how_far} fram",
            f"Gäller datum före {ahead.first_year}. En åtgärd som pågår behåller dagen den började. Utan krysset följer alla datum med som de är.")
