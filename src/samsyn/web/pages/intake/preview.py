"""What was understood of a file, before anything goes into a plan: answered, accepted, read again or cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samsyn.flows.intake.accepting import NoProblem, NoText, NothingNew, accept, target_plan
from samsyn.flows.intake.bringing import read_again, reading_of
from samsyn.flows.intake.matching import Target, likely_plan, match, target_of
from samsyn.flows.intake.understanding import Line, Understood, causes_and_goals, proposed_name, understand
from samsyn.formats.problems import Refused
from samsyn.formats.reading import PlanReading
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Gone
from samsyn.records.partnership.rights import Right
from samsyn.records.plan.reads import plan_heads
from samsyn.records.source import reads, writes
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.intake.difference import coming_again, elsewhere_of
from samsyn.web.pages.intake.forms import MOST_ASKED, AnswersForm
from samsyn.web.pages.intake.shown import FIELD_WORDS, FIELDS, MOST_SHOWN, columns_shown, headline, lead, numbered_causes, rows_shown
from samsyn.web.pages.intake.views import UNREADABLE, held_page, wanted_plan


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reading that waits, with the plan it would go into and its lines: those to be asked about, the ready ones and the known ones."""

    run: reads.Run
    reading: PlanReading
    understood: Understood
    target: Target | None
    asked: list[Line]
    ready: list[Line]
    known: list[Line]
    is_likely: bool


@page(Right.BRING_FILES)
@require_http_methods(["GET", "POST"])
def preview(request: PageRequest, run: UUID) -> HttpResponse:
    """Show what was understood; accept it, read it again with other columns, or cancel."""
    found: reads.Run = request.run
    if request.POST.get("act") == "cancel":
        return _cancelled(request, found)
    if found.is_held:
        return held_page(request)
    if not found.is_waiting:
        return redirect("import_done", run=run)
    if (answer := coming_again(request, found)) is not None:
        return answer
    if request.POST.get("act") == "columns":
        return _read_again(request, found)
    waiting = _waiting(request, found)
    form = _form(request, waiting)
    if request.method == "POST" and form.is_valid():
        return _accepted(request, waiting, form)
    return _preview_page(request, waiting, form, status=UNREADABLE if request.method == "POST" else 200)


def _waiting(request: PageRequest, run: reads.Run) -> Waiting:
    reading = reading_of(run)
    understood = understand(reading, run.file_name, today())
    wanted = wanted_plan(request)
    plan = target_plan(request.member.partnership, run, wanted.id if wanted else None)
    likely = likely_plan(request.member.partnership, understood.plan) if plan is None and request.method == "GET" and "ny" not in request.GET else None
    target = target_of(request.member.partnership, plan or likely, run.sha256)
    known = match(understood.plan, target).actions
    new = [line for line in understood.lines if line.key not in known]
    asked = [line for line in new if line.asks][:MOST_ASKED]
    keys = {line.key for line in asked}
    return Waiting(run, reading, understood, target, asked, [line for line in new if line.key not in keys],
                   [line for line in understood.lines if line.key in known], likely is not None)


def _form(request: PageRequest, waiting: Waiting) -> AnswersForm:
    there = waiting.target.plan if waiting.target else None
    return AnswersForm(
        waiting.understood, waiting.asked, name=proposed_name(waiting.reading, waiting.run.file_name), is_new=there is None,
        titles=[problem.title for problem in there.problems] if there else (), numbered=numbered_causes(there),
        sent=request.POST if request.method == "POST" else None)


def _accepted(request: PageRequest, waiting: Waiting, form: AnswersForm) -> HttpResponse:
    try:
        accept(
            partnership=request.member.partnership, run=waiting.run.id, answers=form.answers(waiting.target.head.id if waiting.target else None),
            today=today(), actor=request.actor, at=now(), once=form.cleaned_data["once"])
    except (AlreadyDone, Gone):
        return redirect("import_done", run=waiting.run.id)
    except (NoProblem, NoText, NothingNew) as missing:
        form.add_error(None, str(missing))
        return _preview_page(request, waiting, form, status=UNREADABLE)
    return redirect("import_done", run=waiting.run.id)


def _cancelled(request: PageRequest, run: reads.Run) -> HttpResponse:
    try:
        writes.cancel_run(partnership=request.member.partnership, run=run.id, actor=request.actor, at=now())
    except Gone:
        return redirect("import_done", run=run.id)
    messages.success(request, "Inläsningen är avbruten. Inget är sparat av filen.")
    return redirect("upload")


def _read_again(request: PageRequest, run: reads.Run) -> HttpResponse:
    columns = columns_shown(reading_of(run))
    chosen = [(column.sheet, column.letter, request.POST.get(column.name, column.field)) for column in columns]
    changed = [(sheet, letter, field) for (sheet, letter, field), column in zip(chosen, columns, strict=True)
               if field != column.field and field in FIELD_WORDS]
    plan = wanted_plan(request)
    try:
        if changed:
            read_again(partnership=request.member.partnership, run=run, chosen=changed, today=today(), actor=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, f"Det gick inte att läsa filen så. {refusal}")
    except Gone as gone:
        raise Http404 from gone
    response = redirect("preview", run=run.id)
    if plan:
        response["Location"] += f"?plan={plan.id}"
    return response


def _preview_page(request: PageRequest, waiting: Waiting, form: AnswersForm, status: int) -> HttpResponse:
    understood, many = waiting.understood, len({sheet.name for sheet in waiting.reading.sheets}) > 1
    lists = {"asked": rows_shown(waiting.asked, understood, many_sheets=many, form=form),
             "ready": rows_shown(waiting.ready[:MOST_SHOWN], understood, many_sheets=many, form=form),
             "known": rows_shown(waiting.known[:MOST_SHOWN], understood, many_sheets=many)}
    return render(request, "intake/preview.html", {
        "run": waiting.run, "form": form, "elsewhere": elsewhere_of(request.member.partnership, waiting.run), "is_likely": waiting.is_likely,
        "is_known": bool(waiting.known) and not (waiting.asked or waiting.ready), "target": waiting.target,
        "title": headline(len(waiting.ready), len(waiting.asked), len(waiting.known), form.unsaid()),
        "lead": lead(waiting.reading, waiting.run.file_name),
        **lists, "ready_count": len(waiting.ready), "known_count": len(waiting.known),
        "has_only_chain": not understood.lines and bool(causes_and_goals(understood.plan)),
        "new_count": len(waiting.ready) + len(waiting.asked), "empty_count": sum(f"nobody_{line.key}" in form.fields for line in waiting.asked),
        "problem_fields": [form[name] for name in form.fields if name.startswith("problem_")],
        "cause_fields": [form[name] for name in form.fields if name.startswith("cause_c")],
        "columns": columns_shown(waiting.reading), "fields": FIELDS, "many_sheets": many, "remarks": understood.remarks,
        "plans": plan_heads(request.member.partnership),
        "is_fixed": waiting.target is not None and bool(waiting.target.places)}, status=status)
