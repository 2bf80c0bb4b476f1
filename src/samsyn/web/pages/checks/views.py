"""The plan check as pages: a plan's every remark, a rule explained, and a rule silenced with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from samsyn.catalog.load import Rule, help_texts, rules, rules_by_slug
from samsyn.chain.check import Remark, check, headline, three_first
from samsyn.chain.choices import Severity
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership.rights import Right
from samsyn.records.plan import writes
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.checks import first_line, mended_words, remark_line
from samsyn.web.parts.download import table_download
from samsyn.web.parts.row_form import OpenForm

WEIGHTS_AND_WORDS = ("must", "should", "consider", "three_first", "silenced", "unseen", "fine")


class SilenceForm(OpenForm):
    """Why a rule is to be silent for a plan."""

    reason = forms.CharField(label="Varför ska regeln vara tyst i den här planen?", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
                             help_text="Alla som läser planen ser skälet.")


@page(Right.READ)
@require_GET
def plan_check(request: PageRequest, plan: UUID) -> HttpResponse:
    """Show all that the check says of a plan: three first, then rule by rule."""
    result = check(plan_values(request.plan), today())
    here = reverse("plan_check", args=[plan])
    broken = [(rule, Severity(rule.severity).label, [remark_line(r, plan, here) for r in remarks]) for rule, remarks in result.remarks_by_rule().items()]
    return render(request, "checks/plan_check.html", {
        "plan": request.plan, "headline": headline(result), "first": [first_line(m, plan, here) for m in three_first(result)], "broken": broken,
        "fine": result.fine, "silenced": result.silenced, "mended": mended_words(request.GET, result), "may_edit": request.member.may(Right.EDIT_CHAIN)})


@page(Right.READ)
@require_GET
def remarks_file(request: PageRequest, plan: UUID, ending: str) -> HttpResponse:
    """Give every remark as a list."""
    return _remarks_as_file(f"Plankollen {request.plan.name}", ending, check(plan_values(request.plan), today()).remarks)


@page(Right.READ)
@require_GET
def rule_file(request: PageRequest, plan: UUID, rule: str, ending: str) -> HttpResponse:
    """Give the remarks of one rule as a list."""
    known = _known(rule)
    remarks = [r for r in check(plan_values(request.plan), today()).remarks if r.rule == known.id]
    return _remarks_as_file(f"{known.title} {request.plan.name}", ending, remarks)


def _remarks_as_file(title: str, ending: str, remarks: Iterable[Remark]) -> HttpResponse:
    rows = [(Severity(r.severity).label, r.title, r.sentence, r.mend) for r in remarks]
    return table_download(ending, title, ("Vikt", "Regel", "Vad", "Gör så här"), rows)


@page(Right.READ)
@require_GET
def plan_rule(request: PageRequest, plan: UUID, rule: str) -> HttpResponse:
    """Explain a rule and show where it speaks in this plan. Addresses from before the rules had Swedish ones lead on."""
    if rule in rules():
        return redirect("plan_rule", plan=plan, rule=rules()[rule].slug, permanent=True)
    return _rule_page(request, _known(rule), SilenceForm())


@page(Right.EDIT_CHAIN)
@require_http_methods(["POST"])
def silence(request: PageRequest, plan: UUID, rule: str) -> HttpResponse:
    """Silence a rule for this plan, or let it speak again."""
    known = _known(rule)
    given: dict[str, Any] = {"partnership": request.member.partnership, "plan": plan, "rule": known.id, "actor": request.actor, "at": now()}
    if request.POST.get("act") == "speak":
        writes.let_rule_speak(**given)
        messages.success(request, "Regeln talar igen.")
        return redirect("plan_rule", plan=plan, rule=known.slug)
    form = SilenceForm(request.POST)
    if not form.is_valid():
        return _rule_page(request, known, form, http=400)
    writes.silence_rule(reason=form.cleaned_data["reason"], **given)
    messages.success(request, "Regeln är tyst i den här planen. Skälet står kvar.")
    return redirect("plan_rule", plan=plan, rule=known.slug)


@page(Right.READ)
@require_GET
def all_rules(request: PageRequest) -> HttpResponse:
    """List every rule with why it exists and where it comes from."""
    texts = help_texts("plan_check")
    return render(request, "checks/rules.html", {
        "about": texts["about"], "weights": [texts[key] for key in WEIGHTS_AND_WORDS],
        "rules": [(rule, Severity(rule.severity).label) for rule in rules().values()]})


@page(Right.READ)
@require_GET
def rules_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give every rule as a list."""
    rows = [(Severity(rule.severity).label, rule.title, rule.why, rule.what_to_do, rule.source) for rule in rules().values()]
    return table_download(ending, "Plankollens regler", ("Vikt", "Regel", "Varför", "Gör så här", "Källa"), rows)


def _rule_page(request: PageRequest, rule: Rule, form: SilenceForm, http: int = 200) -> HttpResponse:
    result = check(plan_values(request.plan), today())
    silenced = next((s for s in result.silenced if s.rule.id == rule.id), None)
    here = reverse("plan_rule", args=[request.plan.id, rule.slug])
    lines = [remark_line(r, request.plan.id, here) for r in result.remarks if r.rule == rule.id]
    return render(request, "checks/rule.html", {
        "plan": request.plan, "rule": rule, "severity": Severity(rule.severity).label, "lines": lines, "silenced": silenced, "form": form,
        "mended": mended_words(request.GET, result),
        "may_edit": request.member.may(Right.EDIT_CHAIN)}, status=http)


def _known(rule: str) -> Rule:
    found = rules_by_slug().get(rule) or rules().get(rule)
    if found is None:
        raise Http404
    return found
