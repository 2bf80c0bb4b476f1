"""The action page: where it stands, how it is done, what has happened; its instruction card, and every act on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samsyn.chain import plan as chain
from samsyn.chain.answers import Answer
from samsyn.chain.check import asked_of, asked_of_new, check
from samsyn.chain.choices import Result
from samsyn.chain.face import implementation_of, result_shown, standing_check_ins, suggest_implementation, suggest_result
from samsyn.chain.face_news import is_implementation_news, is_result_news
from samsyn.chain.late import days_late
from samsyn.chain.rows import label_of
from samsyn.flows.following import check_in as add_check_in
from samsyn.records.access.reads import history
from samsyn.records.editing import Gone
from samsyn.records.follow_up import writes as follow_up
from samsyn.records.follow_up.reads import EditableRow, past_faces, plan_values, staff_notes
from samsyn.records.partnership.rights import Right
from samsyn.records.plan import promise_writes as promises
from samsyn.records.plan import writes
from samsyn.records.plan.reads import is_taken_out
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.plans import forms
from samsyn.web.pages.plans.chain_rows import both
from samsyn.web.parts.answering import tiles
from samsyn.web.parts.checks import mended_words, remark_line
from samsyn.web.parts.face_form import FaceForm, face_now, faces_set
from samsyn.web.parts.held_row import held_row
from samsyn.web.parts.past import past_lines
from samsyn.web.parts.proposals import proposal_lines
from samsyn.web.parts.returning import return_address
from samsyn.web.parts.row_form import RowForm
from samsyn.web.parts.row_sections import sections_of
from samsyn.web.parts.saving import saved_edit, saved_new


TOLD_ABOVE = {"check_in.added", "face.set", "face.implementation", "face.result"}  # events that have a part of the page of their own


@page(Right.READ)
@require_GET
def action(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Show an action with its history."""
    values, one = _found(request, row)
    held = held_row(request, "action", row)
    result = check(values, today())
    remarks = [remark_line(r, plan, request.path) for r in result.remarks_on(str(row))]
    ids = [row, *(UUID(s.id) for s in one.steps)]
    corrected = {c.corrects: c for c in one.check_ins if c.corrects}
    events = [e for e in history(request.member.partnership, ids) if e.kind not in TOLD_ABOVE]
    return render(request, "plans/action.html", {
        **_context(request, values, one), "steps": one.steps, "remarks": remarks, "mended": mended_words(request.GET, result), "past": past_lines(events),
        "check_ins": [(c, c.id in corrected) for c in sorted(one.check_ins, key=lambda c: c.at, reverse=True)],
        "faces": past_faces(request.member.partnership, row), "may_edit": request.member.may(Right.EDIT_CHAIN),
        "may_set": request.member.may(Right.SET_FACES), "may_check_in": _may_check_in(request, held), "step_form": forms.StepForm(),
        "tiles": tiles(reverse("answer_action", args=[plan, row])), "proposals": proposal_lines(request, [row]), "help_asked": _help_asked(one),
        "may_nudge": request.member.may(Right.NUDGE),
        "note_form": forms.NoteForm(), "notes": staff_notes(request.member.partnership, row),
        "may_redact": held if request.member.may(Right.EDIT_CHAIN) else None,
        **_suggested(one), "history": request.GET.get("historik") == "1",
        "spent_hours": sum((c.hours for c in standing_check_ins(one) if c.hours), start=0) or None,
        "spent_cost": sum((c.cost for c in standing_check_ins(one) if c.cost), start=0) or None,
    })


@page(Right.READ)
@require_GET
def card(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Show the instruction card: steps in order, how it is written down, and whom to ask. For phone and print."""
    values, one = _found(request, row)
    return render(request, "plans/card.html", _context(request, values, one))


@page(Right.EDIT_CHAIN)
@both
def add_action(request: PageRequest, plan: UUID) -> HttpResponse:
    """Add an action with all its fields."""
    values = plan_values(request.plan, with_story=False)
    wanted = {"causes": request.GET.get("orsak", ""), "goals": request.GET.get("mal", "")}
    initial = {name: [row] for name, row in wanted.items() if row}
    form = forms.ActionForm(request.POST or None, initial={**initial, "track": "development"}, choices=_choices(values))

    def add(sent: dict[str, Any], once: str) -> None:
        causes, served = sent.pop("causes"), sent.pop("goals")
        writes.add_action(partnership=request.member.partnership, plan=plan, values=sent, causes=[UUID(c) for c in causes],
                          goals=[UUID(g) for g in served], actor=request.actor, at=now(), once=once)

    done = reverse("board", args=[plan])
    answer = request.POST and saved_new(request, form, add, done=done, said="Åtgärden är tillagd.")
    asked = asked_of_new(values, chain.Action(id="new"), today())
    return answer or render(request, "plans/action_form.html", {
        "form": form, "plan": request.plan, "back": return_address(request, done), "is_new": True, **_sections(form, asked)})


@page(Right.EDIT_CHAIN)
@both
def change_action(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Change an action in place."""
    held = held_row(request, "action", row)
    values = plan_values(request.plan, with_story=False)
    form = forms.ActionForm(request.POST or None, row=held, choices=_choices(values))
    done = reverse("action", args=[plan, row])
    answer = request.POST and saved_edit(
        request, form, lambda edit, once: writes.change_action(partnership=request.member.partnership, action=row, edit=edit,
                                                               actor=request.actor, at=now(), once=once),
        row_class=chain.Action, done=done, said="Åtgärden är sparad.")
    return answer or render(request, "plans/action_form.html", {
        "form": form, "plan": request.plan, "back": return_address(request, done), "own_page": done, "is_new": False, "row": held,
        **_sections(form, asked_of(values, str(row), today()))})


@page(Right.CHECK_IN_OWN)
@both
def check_in(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Check in on an action: the coordinator on any, a responsible on their own. The implementation may be set with it."""
    values, one = _found(request, row)
    if not _may_check_in(request, held_row(request, "action", row)):
        raise PermissionDenied
    corrects = next((c for c in one.check_ins if c.id == request.GET.get("rattar")), None)
    form = forms.CheckInForm(request.POST or None, initial=_said(corrects))
    behalf = forms.OnBehalfForm(request.POST or None, initial={"on_behalf_of": corrects.on_behalf_of if corrects else ""})
    done = reverse("action", args=[plan, row])
    if request.POST and form.is_valid() and behalf.is_valid() and not (form.cleaned_data["text"] or form.cleaned_data["implementation"]):
        form.add_error("text", "Skriv vad som har hänt, eller säg hur långt åtgärden har kommit.")

    def add(sent: dict[str, Any], once: str) -> None:
        for_whom = behalf.cleaned_data["on_behalf_of"] if request.member.may(Right.EDIT_CHAIN) else ""
        add_check_in(partnership=request.member.partnership, action=row, organisation=request.member.organisation, values=sent, on_behalf_of=for_whom,
                     corrects=UUID(corrects.id) if corrects else None, actor=request.actor, at=now(), once=once)

    answer = request.POST and behalf.is_valid() and saved_new(request, form, add, done=done, said="Tack. Avstämningen är sparad.")
    return answer or render(request, "plans/check_in.html", {
        **_context(request, values, one), "form": form, "behalf": behalf if request.member.may(Right.EDIT_CHAIN) else None,
        "back": return_address(request, done), "own_page": done, "tiles": tiles(reverse("answer_action", args=[plan, row])),
        "corrects": corrects, "last": next(iter(reversed(standing_check_ins(one))), None)})


@page(Right.SET_FACES)
@both
def set_face(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Set the face: implementation and result apart, each with the suggestion and its reasons beside."""
    values, one = _found(request, row)
    form = FaceForm(request.POST or None, initial=face_now(one, today()))
    done = reverse("action", args=[plan, row])

    def write(**sent: Any) -> None:
        follow_up.set_faces(partnership=request.member.partnership, action=row, actor=request.actor, at=now(), **sent)

    if request.POST and form.is_valid() and faces_set(form, one, today(), write):
        messages.success(request, "Gubben är satt.")
        return redirect(return_address(request, done))
    return render(request, "plans/set_face.html", {
        **_context(request, values, one), "form": form, "back": return_address(request, done), "own_page": done, **_suggested(one)})


@page(Right.EDIT_CHAIN)
@require_POST
def add_step(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Add a step to an action."""
    form = forms.StepForm(request.POST)
    done = reverse("action", args=[plan, row]) + "#moment"
    answer = saved_new(request, form, lambda sent, once: writes.add_step(
        partnership=request.member.partnership, action=row, values=sent, actor=request.actor, at=now(), once=once), done=done, said="Momentet är tillagt.")
    return answer or render(request, "plans/step.html", {"form": form, "plan": request.plan, "back": done}, status=400)


@page(Right.EDIT_CHAIN)
@both
def change_step(request: PageRequest, plan: UUID, row: UUID, step: UUID) -> HttpResponse:
    """Change a step."""
    held = held_row(request, "step", step)
    form = forms.StepForm(request.POST or None, row=held)
    done = reverse("action", args=[plan, row]) + "#moment"
    answer = request.POST and saved_edit(request, form, lambda edit, once: writes.change_step(
        partnership=request.member.partnership, step=step, edit=edit, actor=request.actor, at=now(), once=once),
        row_class=chain.Step, done=done, said="Momentet är sparat.")
    return answer or render(request, "plans/step.html", {"form": form, "plan": request.plan, "back": done, "row": held, "action_id": row})


@page(Right.CHECK_IN_OWN)
@require_POST
def act_on_step(request: PageRequest, plan: UUID, row: UUID, step: UUID) -> HttpResponse:
    """Tick a step as done, take the tick back, or (the coordinator) remove it."""
    held = held_row(request, "action", row)
    if not _may_check_in(request, held):
        raise PermissionDenied
    given: dict[str, Any] = {"partnership": request.member.partnership, "action": row, "step": step, "actor": request.actor, "at": now()}
    try:
        if request.POST.get("act") == "remove":
            if not request.member.may(Right.EDIT_CHAIN):
                raise PermissionDenied
            writes.withdraw_step(**given)
        else:
            writes.tick_step(done_on=today() if request.POST.get("act") == "done" else None, **given)
    except Gone as gone:
        if not is_taken_out(request.member.partnership, plan, "step", step):
            raise Http404 from gone
        messages.info(request, "Momentet är redan borttaget.")
    return redirect(reverse("action", args=[plan, row]) + "#moment")


@page(Right.CHECK_IN_OWN)
@require_POST
def add_note(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Write down what staff said about how, or make a step of it."""
    if not _may_check_in(request, held_row(request, "action", row)):
        raise PermissionDenied
    given: dict[str, Any] = {"partnership": request.member.partnership, "action": row, "actor": request.actor, "at": now()}
    done = reverse("action", args=[plan, row]) + "#personalen"
    note = request.POST.get("note")
    if note:
        try:
            promises.make_step_of_note(note=UUID(note), **given)
        except (Gone, ValueError) as gone:
            raise Http404 from gone
        return redirect(done)
    form = forms.NoteForm(request.POST)
    answer = saved_new(request, form, lambda sent, once: promises.add_staff_note(text=sent["text"], once=once, **given), done=done,
                       said="Det personalen sa är uppskrivet.")
    return answer or render(request, "plans/step.html", {"form": form, "plan": request.plan, "back": done, "is_note": True}, status=400)


def _suggested(one: chain.Action) -> dict[str, Any]:
    """What Samsyn suggests, and whether it is worth more than a folded line: nobody has set it, or something newer says otherwise."""
    return {"suggested": suggest_implementation(one, today()), "suggested_result": suggest_result(one, today()),
            "is_dial_news": is_implementation_news(one, today()), "is_face_news": is_result_news(one, today())}


def _sections(form: RowForm, asked: dict[str, str]) -> dict[str, Any]:
    """The parts of the form, with what the plan check asks for."""
    return {"sections": sections_of(form, chain.Action, asked)}


def _help_asked(one: chain.Action) -> chain.CheckIn | None:
    """Return the latest that was said of the action if it is that somebody needs help."""
    last = next(iter(reversed(standing_check_ins(one))), None)
    return last if last and last.answer is Answer.HELP else None


def _found(request: PageRequest, row: UUID) -> tuple[chain.Plan, chain.Action]:
    values = plan_values(request.plan)
    one = next((a for a in values.actions if a.id == str(row)), None)
    if one is None:
        raise Http404
    return values, one


def _context(request: PageRequest, values: chain.Plan, one: chain.Action) -> dict[str, Any]:
    causes = [c for c in values.causes if c.id in one.causes]
    served = [g for g in values.goals if g.id in one.goals]
    problems = [p for p in values.problems if p.id in {c.problem for c in causes}]
    links = {"problem": bool(problems), "cause": bool(causes), "action": True, "goal": bool(served), "indicator": any(g.indicator for g in served),
             "result": bool(one.result and Result(one.result.value).is_verdict)}
    return {"plan": request.plan, "action": one, "causes": causes, "goals": served, "problems": problems, "late": days_late(one, today()),
            "implementation": implementation_of(one), "result": result_shown(one, today()), "thread": [name for name, is_there in links.items() if is_there]}


def _may_check_in(request: PageRequest, held: EditableRow) -> bool:
    """The coordinator on any action, a responsible on those that are theirs."""
    return request.member.may(Right.EDIT_CHAIN) or (request.member.may(Right.CHECK_IN_OWN) and request.member.is_responsible_for(held))


def _choices(values: chain.Plan) -> dict[str, list[tuple[str, str]]]:
    return {"causes": [(c.id, label_of(c)) for c in values.causes], "goals": [(g.id, g.text) for g in values.goals]}


def _said(earlier: chain.CheckIn | None) -> dict[str, Any]:
    names = ("text", "implementation", "hours", "cost", "helped", "hindered")
    return {name: getattr(earlier, name) for name in names} if earlier else {}
