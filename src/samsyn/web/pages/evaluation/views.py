"""How the plan will be followed up, planned before it starts; and lessons."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from samsyn.chain import plan as chain
from samsyn.chain.feedback import words_for_participants
from samsyn.chain.field import fields_of
from samsyn.chain.rows import name_of_action
from samsyn.formats.personal_numbers import has_certain
from samsyn.records.editing import Gone
from samsyn.records.follow_up import evaluation_writes as writes
from samsyn.records.follow_up.reads import EditableRow, editable, is_lesson_taken_out, plan_values
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.download import Cell, table_download
from samsyn.web.parts.held_row import held_row
from samsyn.web.parts.returning import return_address, returning
from samsyn.web.parts.row_form import NO_PERSONAL_NUMBER, SwedishDate, row_form
from samsyn.web.parts.saving import saved_edit, saved_new

FollowUpForm = row_form(chain.FollowUpPlan, list(fields_of(chain.FollowUpPlan)))
LessonForm = row_form(chain.Lesson, list(fields_of(chain.Lesson)), required=["text"])
SECTIONS = (
    ("Vad och för vem", "Börja här. Tre minuter.", ("owner", "what", "who", "audience")),
    ("Innan åtgärderna börjar", "Det ni inte mäter före går inte att mäta efter.", ("before", "before_on", "results_from", "wrong_signs")),
    ("Det styrgruppen har satt av", "Utan tid och pengar blir uppföljningen inte av.", ("hours", "staff_hours", "money", "competence")),
    ("Efteråt", "Vem får veta, och vad händer då?", ("feedback_steering", "feedback_participants", "use", "lessons_kept", "lessons_spread")),
)
WHEN_INFORMED = "När vill styrgruppen bli informerad?"
MORE_DAYS = 3


class NewLessonForm(LessonForm):  # type: ignore[valid-type,misc]
    """A new lesson, and what it was learnt from."""

    action = forms.ChoiceField(label="Från åtgärden", required=False)


class InformedForm(forms.Form):
    """A day the steering group has set, and about what."""

    on = SwedishDate(label="Datum", required=False)
    what = forms.CharField(label="Om vad", required=False, max_length=300)

    def clean_what(self) -> str:
        what = str(self.cleaned_data["what"])
        if has_certain(what):
            raise forms.ValidationError(NO_PERSONAL_NUMBER)
        return what


InformedForms = forms.formset_factory(InformedForm, extra=MORE_DAYS, max_num=60)


@page(Right.READ)
@require_http_methods(["GET", "POST"])
def follow_up(request: PageRequest, plan: UUID) -> HttpResponse:
    """The guided page: the nine support questions and what they rest on, part by part. Those who may not edit read it."""
    if request.method == "POST" and not request.member.may(Right.EDIT_CHAIN):
        raise PermissionDenied
    values = plan_values(request.plan)
    form = FollowUpForm(request.POST or None, row=_held(request, values))
    if request.method == "GET":
        return _follow_up_page(request, values, form, None)
    rows = InformedForms(request.POST) if "form-TOTAL_FORMS" in request.POST else None
    if rows is not None and not rows.is_valid():
        return _follow_up_page(request, values, form, rows, http=400)
    days = _days(values, _opened_days(request.POST.get("days", "")), rows) if rows is not None else None
    writes.make_follow_up_plan(partnership=request.member.partnership, plan=plan, actor=request.actor, at=now())
    return saved_edit(request, form, lambda edit, once: writes.change_follow_up_plan(
        partnership=request.member.partnership, plan=plan, edit=edit, days=days, actor=request.actor, at=now(), once=once),
        row_class=chain.FollowUpPlan, done=reverse("follow_up", args=[plan]) + "#innehall", stay=_next_part(request, plan),
        said="Uppföljningsplanen är sparad.") or _follow_up_page(request, values, form, rows, http=400)


def _next_part(request: PageRequest, plan: UUID) -> str:
    """Return the address of the part after the one that was saved, still with where it all leads in the end; "" for the last part."""
    saved = request.POST.get("fortsatt", "")
    if saved not in {str(number) for number in range(1, len(SECTIONS) + 1)}:
        return ""
    here = returning(reverse("follow_up", args=[plan]) + f"?sparad={saved}", return_address(request, ""))
    return f"{here}#del-{int(saved) + 1}"


def _days(values: chain.Plan, opened: dict[str, str], rows: Any) -> list[tuple[date, str]]:
    """Return the days as they stand now with what was altered in the form: a day that somebody else has added since stays."""
    sent = {row["on"]: row["what"] for row in rows.cleaned_data if row.get("on")}
    kept = {d.on: d.what for d in (values.follow_up.informed_on if values.follow_up else ()) if d.on in sent or d.on.isoformat() not in opened}
    return sorted({**kept, **{on: what for on, what in sent.items() if opened.get(on.isoformat()) != what}}.items())


def _opened_days(text: str) -> dict[str, str]:
    """Return the days that the form was opened with, each with about what; nothing if it does not say."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):  # somebody has tampered with it: then nothing is taken away
        return {}
    return {on: what for on, what in found.items() if isinstance(what, str)} if isinstance(found, dict) else {}


def _follow_up_page(request: PageRequest, values: chain.Plan, form: Any, day_forms: Any, http: int = 200) -> HttpResponse:
    may_edit = request.member.may(Right.EDIT_CHAIN)
    about = fields_of(chain.FollowUpPlan)
    days = values.follow_up.informed_on if values.follow_up else ()
    if may_edit and day_forms is None:
        day_forms = InformedForms(initial=[{"on": d.on, "what": d.what} for d in days])
    return render(request, "evaluation/follow_up.html", {
        "plan": request.plan, "form": form, "may_edit": may_edit, "sections": [(title, lead, [form[n] for n in names]) for title, lead, names in SECTIONS],
        "answered": sum(bool(getattr(values.follow_up, name)) for name in about) if values.follow_up else 0, "questions": len(about),
        "days": days, "day_forms": day_forms, "parts": len(SECTIONS) + 1, "leads_back": bool(return_address(request, "")),
        "saved_part": request.GET.get("sparad", ""),
        "opened_days": json.dumps({d.on.isoformat(): d.what for d in days}), "summary": words_for_participants(values, today())}, status=http)


@page(Right.READ)
@require_GET
def follow_up_file(request: PageRequest, plan: UUID, ending: str) -> HttpResponse:
    """Give the questions with their answers, part by part, and the steering group's days."""
    kept = plan_values(request.plan).follow_up or chain.FollowUpPlan(id="")
    about = fields_of(chain.FollowUpPlan)
    rows: list[tuple[Cell, ...]] = [(title, about[name].label, getattr(kept, name)) for title, _lead, names in SECTIONS for name in names]
    rows += [(WHEN_INFORMED, one.what, one.on) for one in kept.informed_on]
    return table_download(ending, f"Uppföljningsplan {request.plan.name}", ("Del", "Fråga", "Svar"), rows)


@page(Right.READ)
@require_GET
def lessons(request: PageRequest, plan: UUID) -> HttpResponse:
    """Show what has been learnt: failures as welcome as successes."""
    values = plan_values(request.plan, with_story=False)
    names = {a.id: name_of_action(a) for a in values.actions}
    return render(request, "evaluation/lessons.html", {
        "plan": request.plan, "rows": [(one, names.get(one.action or "", "")) for one in values.lessons], "may_edit": request.member.may(Right.EDIT_CHAIN)})


@page(Right.READ)
@require_GET
def lessons_file(request: PageRequest, plan: UUID, ending: str) -> HttpResponse:
    """Give the lessons as a list."""
    values = plan_values(request.plan, with_story=False)
    names = {a.id: name_of_action(a) for a in values.actions}
    rows = [(one.text, one.worked.label if one.worked else "", one.for_whom, one.conditions, names.get(one.action or "", ""), one.by) for one in values.lessons]
    return table_download(ending, f"Lärdomar {request.plan.name}", ("Lärdom", "Fungerade det?", "För vem?", "Förutsättningar", "Åtgärd", "Skriven av"), rows)


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def add_lesson(request: PageRequest, plan: UUID) -> HttpResponse:
    """Write down a lesson."""
    values = plan_values(request.plan, with_story=False)
    form = NewLessonForm(request.POST or None, initial={"action": request.GET.get("atgard", "")},
                         choices={"action": [("", "Hela planen"), *((a.id, name_of_action(a)) for a in values.actions)]})
    done = reverse("lessons", args=[plan])

    def add(sent: dict[str, Any], once: str) -> None:
        action = sent.pop("action")
        writes.add_lesson(partnership=request.member.partnership, plan=plan, action=UUID(action) if action else None, values=sent,
                          actor=request.actor, at=now(), once=once)

    answer = request.POST and saved_new(request, form, add, done=done, said="Lärdomen är skriven.")
    return answer or render(request, "evaluation/lesson.html", {"form": form, "plan": request.plan, "back": done, "is_new": True})


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def change_lesson(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Change a lesson, or take it out. One that is taken out already is as was wished."""
    done = reverse("lessons", args=[plan])
    if _is_removed_already(request, plan, row):
        return redirect(done)
    held = held_row(request, "lesson", row)
    given: dict[str, Any] = {"partnership": request.member.partnership, "plan": plan, "lesson": row, "actor": request.actor, "at": now()}
    if request.POST.get("act") == "remove":
        try:
            writes.withdraw_lesson(**given)
        except Gone as gone:
            if not _is_removed_already(request, plan, row):
                raise Http404 from gone
        return redirect(done)
    form = LessonForm(request.POST or None, row=held)
    answer = request.POST and saved_edit(request, form, lambda edit, once: writes.change_lesson(edit=edit, once=once, **given),
                                         row_class=chain.Lesson, done=done, said="Lärdomen är sparad.")
    return answer or render(request, "evaluation/lesson.html", {"form": form, "plan": request.plan, "back": done, "row": held})


def _is_removed_already(request: PageRequest, plan: UUID, row: UUID) -> bool:
    """Whether a button asks for a lesson to be taken out that somebody has taken out already; then that is said."""
    already = request.POST.get("act") == "remove" and is_lesson_taken_out(request.member.partnership, plan, row)
    if already:
        messages.info(request, "Lärdomen är redan borttagen.")
    return already


def _held(request: PageRequest, values: chain.Plan) -> EditableRow | None:
    """The follow-up plan as a form needs it; an empty one before anything has been saved."""
    if values.follow_up is None:
        empty = {name: getattr(chain.FollowUpPlan(id=""), name) for name in fields_of(chain.FollowUpPlan)}
        return EditableRow(request.plan.id, "follow_up", empty, 1, "", None)
    return editable(request.member.partnership, request.plan.id, "follow_up", UUID(values.follow_up.id))
