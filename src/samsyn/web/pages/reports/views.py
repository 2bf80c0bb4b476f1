"""The report to the steering group as a page and as PDF, what is asked of the group, and saved reports."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.chain import plan as chain
from samsyn.chain.report_json import to_json
from samsyn.chain.report_values import Report
from samsyn.chain.rows import name_of_action
from samsyn.chain.wording import in_sweden
from samsyn.flows.reports.steering_report import report_as_saved, report_now
from samsyn.formats.chart_causes import standing_by_cause
from samsyn.formats.chart_timeline import timeline
from samsyn.formats.report_typst import report_pdf
from samsyn.formats.report_view import view_of
from samsyn.formats.word_plan import plan_docx
from samsyn.formats.word_report import report_docx
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.access.redacted import redactions_of
from samsyn.records.editing import Gone
from samsyn.records.follow_up import writes
from samsyn.records.follow_up.reads import is_settled, plan_values, saved_reports
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.download import download, table_download
from samsyn.web.parts.held_row import held_row
from samsyn.web.parts.row_form import row_form
from samsyn.web.parts.saving import saved_edit, saved_new

DecisionForm = row_form(chain.DecisionAsked, ["text", "otherwise"], required=["text"])


@page(Right.READ)
@require_GET
def report(request: PageRequest, plan: UUID) -> HttpResponse:
    """Show the report as it is now."""
    since, fault = _since(request)
    made = report_now(request.plan, today(), since=since)
    query = f"?sedan={since.isoformat()}" if since else ""
    return render(request, "reports/report.html", {
        **_context(made), "plan": request.plan, "is_saved": False, "since": since, "fault": fault, "saved": saved_reports(request.plan.partnership, plan),
        "pdf": reverse("report_pdf", args=[plan]) + query, "may_save": request.member.may(Right.SAVE_REPORTS), "once": uuid4().hex,
        "asked": plan_values(request.plan).decisions_asked, "form": DecisionForm()})


@page(Right.READ)
@require_GET
def report_as_pdf(request: PageRequest, plan: UUID) -> HttpResponse:
    """Give the report as it is now as PDF."""
    return _pdf(report_now(request.plan, today(), since=_since(request)[0]))


@page(Right.READ)
@require_GET
def report_as_word(request: PageRequest, plan: UUID) -> HttpResponse:
    """Give the report as it is now as a Word file: the same content as the PDF."""
    made = report_now(request.plan, today(), since=_since(request)[0])
    return download(report_docx(made), "docx", _name(made))


@page(Right.READ)
@require_GET
def plan_as_word(request: PageRequest, plan: UUID) -> HttpResponse:
    """Give the whole plan as a Word file."""
    return download(plan_docx(plan_values(request.plan)), "docx", request.plan.name)


@page(Right.SAVE_REPORTS)
@require_POST
def save(request: PageRequest, plan: UUID) -> HttpResponse:
    """Freeze the report; "since last time" is counted from it next time."""
    made = report_now(request.plan, today(), since=_since(request)[0])
    try:
        row = writes.save_report(partnership=request.member.partnership, plan=plan, content=json.loads(to_json(made)), actor=request.actor, at=now(),
                                 once=request.POST.get("once", "")[:64])
    except AlreadyDone:
        return redirect("report", plan=plan)
    messages.success(request, "Rapporten är sparad. Nästa rapport jämför med den.")
    return redirect("saved_report", plan=plan, report=row.id)


@page(Right.READ)
@require_GET
def saved(request: PageRequest, plan: UUID, report: UUID) -> HttpResponse:
    """Show a saved report as it was."""
    return render(request, "reports/report.html", {
        **_context(_found(request, report)), "plan": request.plan, "is_saved": True, "redacted": redactions_of(report),
        "pdf": reverse("saved_report_pdf", args=[plan, report])})


@page(Right.READ)
@require_GET
def saved_as_pdf(request: PageRequest, plan: UUID, report: UUID) -> HttpResponse:
    """Give a saved report as PDF."""
    return _pdf(_found(request, report))


@page(Right.READ)
@require_GET
def saved_file(request: PageRequest, plan: UUID, ending: str) -> HttpResponse:
    """Give the list of saved reports, newest first."""
    rows = [(in_sweden(one.at), one.by, request.build_absolute_uri(reverse("saved_report", args=[plan, one.id])))
            for one in saved_reports(request.plan.partnership, plan)]
    return table_download(ending, f"Sparade rapporter {request.plan.name}", ("Sparad", "Av", "Adress"), rows)


@page(Right.SAVE_REPORTS)
@require_GET
def decisions_file(request: PageRequest, plan: UUID, ending: str) -> HttpResponse:
    """Give the decisions that the steering group is asked for."""
    values = plan_values(request.plan)
    names = {a.id: name_of_action(a) for a in values.actions}
    rows = [(one.text, one.otherwise, names.get(one.action or "", "")) for one in values.decisions_asked]
    return table_download(ending, f"Begärda beslut {request.plan.name}", ("Beslut", "Annars", "Åtgärd"), rows)


@page(Right.SAVE_REPORTS)
@require_POST
def ask_decision(request: PageRequest, plan: UUID) -> HttpResponse:
    """Mark a decision that the steering group is asked for."""
    form = DecisionForm(request.POST)
    answer = saved_new(request, form, lambda values, once: writes.ask_decision(
        partnership=request.member.partnership, plan=plan, action=None, values=values, actor=request.actor, at=now(), once=once),
        done=reverse("report", args=[plan]) + "#beslut", said="Beslutet står nu i rapporten.")
    return answer or render(request, "reports/decision.html", {"form": form, "plan": request.plan, "back": reverse("report", args=[plan])}, status=400)


@page(Right.SAVE_REPORTS)
@require_http_methods(["GET", "POST"])
def change_decision(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Change the text of a decision asked for, or strike it when it has been taken."""
    back = reverse("report", args=[plan]) + "#beslut"
    if request.POST.get("act") == "settle":
        if not is_settled(request.member.partnership, plan, row):
            _settle(request, row)
        messages.success(request, "Beslutet står inte längre i rapporten.")
        return redirect(back)
    held = held_row(request, "decision", row)
    form = DecisionForm(request.POST or None, row=held)
    answer = request.POST and saved_edit(request, form, lambda edit, once: writes.change_decision(
        partnership=request.member.partnership, decision=row, edit=edit, actor=request.actor, at=now(), once=once),
        row_class=chain.DecisionAsked, done=back, said="Beslutet är sparat.")
    return answer or render(request, "reports/decision.html", {"form": form, "plan": request.plan, "back": back, "row": held})


def _settle(request: PageRequest, row: UUID) -> None:
    """Strike a decision asked for. Two who do it at once both end well."""
    held_row(request, "decision", row)
    try:
        writes.settle_decision(partnership=request.member.partnership, decision=row, actor=request.actor, at=now())
    except Gone as gone:
        if not is_settled(request.member.partnership, request.plan.id, row):
            raise Http404 from gone


def _since(request: PageRequest) -> tuple[date | None, str]:
    """Return the day to compare from, and a sentence if what was written is no day."""
    text = (request.GET.get("sedan") or request.POST.get("sedan") or "").strip()
    if not text:
        return None, ""
    try:
        since = date.fromisoformat(text)
    except ValueError:
        return None, f"”{text[:20]}” är inget datum. Skriv år-månad-dag, till exempel {today().isoformat()}."
    return (None, "Dagen har inte varit än. Välj en dag som har gått.") if since > today() else (since, "")


def _found(request: PageRequest, report: UUID) -> Report:
    made = report_as_saved(request.plan, report)
    if made is None:
        raise Http404
    return made


def _context(made: Report) -> dict[str, Any]:
    has_actions = bool(made.standing.total)
    return {"view": view_of(made), "by_cause_chart": _drawn(standing_by_cause(made.standing)) if has_actions else "",
            "timeline_chart": _drawn(timeline(made.timeline)) if made.timeline.rows else ""}


def _drawn(svg: str) -> SafeString:
    """Mark a chart as markup: chart_svg escapes every text in it."""
    return mark_safe(svg)  # noqa: S308  (made by our own drawing, every text escaped there)


def _pdf(made: Report) -> HttpResponse:
    return download(report_pdf(made), "pdf", _name(made))


def _name(made: Report) -> str:
    """Return what the report's file is called: the plan, its period if the name does not say it, and the day."""
    period = "" if made.period in made.plan_name else f"{made.period} "
    return f"{made.plan_name} {period}rapport {made.on.isoformat()}"
