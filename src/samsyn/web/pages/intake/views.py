"""A plan comes in through the web: bring a file, see what was understood, accept, take back, and open the original."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.chain.plan_details import KIND_OF
from samsyn.chain.wording import counted, date_words, local_day
from samsyn.flows.intake.bringing import MAX_SIZE, TOO_LARGE, ReadBefore, Received, Unchanged, bring, clean, pasted
from samsyn.flows.intake.taking_back import TooLate, fields_that_stay, take_back
from samsyn.formats.personal_numbers import redact
from samsyn.formats.plan_template import empty_template
from samsyn.formats.problems import Refused
from samsyn.formats.received_file import PASTE_NAME
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.access.redacted import redactions_of
from samsyn.records.editing import Gone
from samsyn.records.follow_up.reads import acted_on, plan_values
from samsyn.records.partnership.rights import Right
from samsyn.records.plan.reads import PlanHead, plan_head, rows_of_run
from samsyn.records.source import reads, writes
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.intake.difference_shown import headline, row_names, written_shown
from samsyn.web.pages.intake.forms import UploadForm
from samsyn.web.parts.download import download, table_download

UNREADABLE = 422
NOTHING_BROUGHT = "Du valde ingen fil. Välj en fil, eller klistra in tabellen i rutan."
EMPTY_PASTE = "Rutan är tom. Kopiera tabellen i Excel eller Word och klistra in den här."
CLEAN_AGAIN = "Välj filen igen. Samsyn har inte sparat den."
TAKEN_BACK = {False: "Raderna är borta ur planen. De finns kvar i historiken.", True: "Planen är som före inläsningen. Allt finns kvar i historiken."}
RUN_HEADERS = ("Fil", "Mottagen", "Av", "Läge", "Tillagda åtgärder", "Fanns redan")


@page(Right.BRING_FILES)
@require_http_methods(["GET", "POST"])
def upload(request: PageRequest) -> HttpResponse:
    """Take a file or a pasted table; refuse it with one kind sentence, or show what was understood."""
    plan = wanted_plan(request)
    if request.method == "GET":
        return _upload_page(request, plan)
    received = brought(request)
    if isinstance(received, str):
        return _upload_page(request, plan, fault=received)
    try:
        run = bring(partnership=request.member.partnership, organisation=request.member.organisation, received=received, today=today(),
                    actor=request.actor, at=now(), once=request.POST.get("once", "")[:64], plan=plan)
    except Refused as refusal:
        return _upload_page(request, plan, fault=str(refusal))
    except Unchanged as same:
        return unchanged_page(request, same, received.name)
    except ReadBefore as before:
        return _upload_page(request, plan, before=before.run)
    except AlreadyDone as done:
        run = UUID(done.answer)
    return redirect(reverse("preview", args=[run]) + (f"?plan={plan.id}" if plan else ""))


@page(Right.BRING_FILES)
@require_POST
def clean_held(request: PageRequest, run: UUID) -> HttpResponse:
    """Take a held file once more, and keep a copy with [person] in place of the numbers."""
    received = brought(request, nothing=CLEAN_AGAIN)
    if isinstance(received, str):
        return held_page(request, fault=received)
    try:
        made = clean(partnership=request.member.partnership, organisation=request.member.organisation, held=request.run, received=received,
                     today=today(), actor=request.actor, at=now())
    except Refused as refusal:
        return held_page(request, fault=str(refusal))
    except ReadBefore as before:
        return redirect("import_done", run=before.run.id)
    except Unchanged as same:
        return unchanged_page(request, same, received.name)
    except Gone:
        return redirect("runs")
    return redirect("preview", run=made)


@page(Right.BRING_FILES)
@require_GET
def import_done(request: PageRequest, run: UUID) -> HttpResponse:
    """Show what came of a reading, and let it be taken back."""
    found: reads.Run = request.run
    if found.is_waiting or found.is_held:
        return redirect("preview", run=run)
    partnership = request.member.partnership
    plan = plan_head(partnership, found.plan) if found.plan else None
    rows = rows_of_run(partnership, run) if found.accepted_at else ()
    touched = acted_on(partnership, run) if found.accepted_at else set()
    written = written_of(found, plan)
    return render(request, "intake/done.html", {
        **written, "run": found, "redacted": redactions_of(run), "plan": plan, "once": uuid4().hex, "rows": rows,
        "taken_back_lead": TAKEN_BACK[found.written is not None], "can_be_taken_back": found.can_be_taken_back(now()),
        "until": local_day(found.accepted_at + reads.CAN_BE_TAKEN_BACK) if found.accepted_at else None,
        "title": written.get("title") or added_in_words(found.rows_added), "lead": written.get("lead") or _where_words(found, plan),
        "stays": [row for row in rows if row.is_changed or row.id in touched]})


@page(Right.BRING_FILES)
@require_POST
def take_back_import(request: PageRequest, run: UUID) -> HttpResponse:
    """Take a reading back as one act."""
    try:
        take_back(partnership=request.member.partnership, run=run, actor=request.actor, at=now(), once=request.POST.get("once", "")[:64])
    except TooLate:
        messages.error(request, "Det har gått mer än 30 dagar. Ta bort raderna en och en i planen i stället.")
    except (Gone, AlreadyDone):
        return redirect("import_done", run=run)
    return redirect("import_done", run=run)


@page(Right.READ)
@require_http_methods(["GET", "POST"])
def original(request: PageRequest, run: UUID) -> HttpResponse:
    """Give the file as it is kept: to coordinators and to the one who brought it. That it is opened is logged, so it is asked for by POST."""
    found: reads.Run = request.run
    if not (request.member.may(Right.BRING_FILES) or found.received_by_id == request.actor.id):
        raise PermissionDenied
    content = reads.original(request.member.partnership, run)
    if content is None and not found.is_removed:
        raise Http404
    if request.method == "GET" or content is None:
        return render(request, "intake/original.html", {"run": found, "redacted": redactions_of(run)})
    writes.note_opened(partnership=request.member.partnership, run=run, actor=request.actor, at=now())
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, _file_name(found.file_name)) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@page(Right.BRING_FILES)
@require_GET
def runs(request: PageRequest) -> HttpResponse:
    """List what has been brought."""
    return render(request, "intake/runs.html", {"runs": reads.runs(request.member.partnership, limit=200)})


@page(Right.BRING_FILES)
@require_GET
def runs_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give the list of what has been brought."""
    rows = [(r.file_name, date_words(local_day(r.received_at)), r.received_by, r.state_label, r.rows_added, r.rows_known)
            for r in reads.runs(request.member.partnership, limit=10_000)]
    return table_download(ending, "Inlästa filer", RUN_HEADERS, rows)


@page(Right.READ)
@require_GET
def template(request: PageRequest) -> HttpResponse:
    """Give the handbook's form, empty, to fill in."""
    return download(empty_template(), "xlsx", "mall för åtgärdsplan")


@page(Right.READ)
@require_GET
def example(request: PageRequest) -> HttpResponse:
    """Give an invented plan to try with."""
    from samsyn.formats.example_plan import EXAMPLE_NAME, example_plan_xlsx

    response = HttpResponse(example_plan_xlsx(today()), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = content_disposition_header(True, EXAMPLE_NAME) or "attachment"
    return response


def added_in_words(count: int) -> str:
    """Return how many actions a reading gave, as a heading."""
    words = f"{counted(count, 'åtgärd är inläst', 'åtgärder är inlästa')}" if count else "inget nytt lades till"
    return words[0].upper() + words[1:]


def _where_words(run: reads.Run, plan: PlanHead | None) -> str:
    where = f"Nu i planen {plan.name}. " if plan else ""
    known = f"{counted(run.rows_known, 'rad', 'rader')} fanns redan och lades inte till igen." if run.rows_known else ""
    return f"{where}{known[:1].upper()}{known[1:]}".strip()


def held_page(request: PageRequest, fault: str = "") -> HttpResponse:
    """Say that a file is held, where the numbers stood, and what can be done."""
    return render(request, "intake/held.html", {
        "run": request.run, "form": UploadForm(), "fault": fault, "is_paste": request.run.file_name == PASTE_NAME}, status=UNREADABLE if fault else 200)


def written_of(run: reads.Run, plan: PlanHead | None) -> dict[str, Any]:
    """Return what a file that came back has changed, for its receipt; nothing for a file of ordinary rows."""
    if run.written is None:
        return {}
    names = row_names(plan_values(plan)) if plan else {}
    names |= {row.id: row.label for row in run.written.new} | {row.id: row.label for row in run.written.gone}
    return {"is_written": True, "title": "Planen är ändrad", "lead": f"{headline(run.written)} i planen {plan.name}." if plan else headline(run.written),
            "changed": written_shown(run.written, names), "added": [(KIND_OF[row.kind].label, row) for row in run.written.new],
            "removed": [(KIND_OF[row.kind].label, row) for row in run.written.gone],
            "fields_stay": fields_that_stay(plan.partnership, run) if plan else ()}


def unchanged_page(request: PageRequest, same: Unchanged, file_name: str) -> HttpResponse:
    """Say that a file changes nothing in the plan it was taken out of. Nothing of it is kept."""
    return render(request, "intake/unchanged.html", {
        "plan": same.plan, "exported_on": same.exported_on, "remarks": same.remarks, "file_name": redact(file_name)})


def wanted_plan(request: PageRequest) -> PlanHead | None:
    """Return the plan that the address or the form names. Raises Http404 if the partnership has no such plan."""
    named = request.POST.get("plan") or request.GET.get("plan")
    if not named:
        return None
    try:
        found = plan_head(request.member.partnership, UUID(named))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def brought(request: PageRequest, nothing: str = NOTHING_BROUGHT) -> Received | str:
    """Return what was sent, or the sentence that says why it cannot be taken."""
    sent = request.FILES.get("file")
    if sent is not None:
        if (sent.size or 0) > MAX_SIZE:
            return TOO_LARGE
        return Received(sent.name or "fil", sent.read())
    if "paste" in request.POST:
        return pasted(request.POST["paste"]) if request.POST["paste"].strip() else EMPTY_PASTE
    return nothing


def _upload_page(request: PageRequest, plan: PlanHead | None, **context: Any) -> HttpResponse:
    before: reads.Run | None = context.get("before")
    if before and before.plan:
        context["before_plan"] = plan_head(request.member.partnership, before.plan)
    return render(request, "intake/upload.html", {"form": UploadForm(), "plan": plan, **context}, status=UNREADABLE if context.get("fault") else 200)


def _file_name(name: str) -> str:
    """Return a file's name without what could lead somewhere: slashes, quotation marks and control characters."""
    return "".join(sign for sign in name if sign.isprintable() and sign not in '/\\"').strip(" .") or "original"
