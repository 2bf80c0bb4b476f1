"""Adding and changing the plan itself, its problems, causes and goals. One page each; the forms come from the chain."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.chain import plan as chain
from samsyn.chain.check import asked_of, asked_of_new
from samsyn.chain.rows import name_of_action
from samsyn.chain.suggested_target import suggested_target
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.access.reads import history
from samsyn.records.editing import Gone
from samsyn.records.follow_up.reads import EditableRow, plan_values
from samsyn.records.partnership.rights import Right
from samsyn.records.plan import writes
from samsyn.records.plan.reads import withdrawn_rows
from samsyn.records.situation import writes as situation
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.plans import forms
from samsyn.web.parts.checks import SUGGEST
from samsyn.web.parts.held_row import held_row
from samsyn.web.parts.past import past_lines
from samsyn.web.parts.returning import return_address, returning
from samsyn.web.parts.row_sections import sections_of
from samsyn.web.parts.saving import saved_edit, saved_new

WORDS = {"plan": "planen", "problem": "problemet", "cause": "orsaken", "goal": "målet", "action": "åtgärden"}
both = require_http_methods(["GET", "POST"])


@page(Right.EDIT_CHAIN)
@both
def new_plan(request: PageRequest) -> HttpResponse:
    """Start a plan from scratch, without any file."""
    form = forms.PlanForm(request.POST or None)
    if form.is_valid():
        try:
            made = writes.add_plan(partnership=request.member.partnership, values=form.row_values(), actor=request.actor, at=now(),
                                   once=form.cleaned_data["once"])
        except AlreadyDone as done:
            return redirect("board", plan=UUID(done.answer))
        return redirect("add_problem", plan=made.id)
    return render(request, "plans/new_plan.html", {"form": form})


@page(Right.EDIT_CHAIN)
@both
def change_plan(request: PageRequest, plan: UUID) -> HttpResponse:
    """Change the plan's own fields; below, what has been taken out of it."""
    row = held_row(request, "plan", plan)
    form = forms.PlanForm(request.POST or None, row=row)
    done = reverse("board", args=[plan])
    answer = request.POST and saved_edit(
        request, form, lambda edit, once: writes.change_plan(partnership=request.member.partnership, plan=plan, edit=edit, actor=request.actor,
                                                             at=now(), once=once), row_class=chain.Plan, done=done, said="Planen är sparad.")
    return answer or render(request, "plans/change_plan.html", {
        "form": form, "plan": request.plan, "back": return_address(request, done), "withdrawn": withdrawn_rows(request.member.partnership, plan),
        "past": past_lines(history(request.member.partnership, [plan])), "history": request.GET.get("historik") == "1"})


@page(Right.EDIT_CHAIN)
@both
def add_problem(request: PageRequest, plan: UUID) -> HttpResponse:
    """Add a problem to the plan."""
    form = forms.ProblemForm(request.POST or None)

    def add(values: dict[str, Any], once: str) -> None:
        writes.add_problem(partnership=request.member.partnership, plan=plan, values=values, actor=request.actor, at=now(), once=once)

    return _added(request, form, add, "problem", reverse("board", args=[plan]))


@page(Right.EDIT_CHAIN)
@both
def change_problem(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Change a problem in place."""
    found = held_row(request, "problem", row)
    form = forms.ProblemForm(request.POST or None, row=found)
    return _changed(request, form, found, chain.Problem, lambda edit, once: situation.change_problem(
        partnership=request.member.partnership, problem=row, edit=edit, actor=request.actor, at=now(), once=once))


@page(Right.EDIT_CHAIN)
@both
def add_cause(request: PageRequest, plan: UUID) -> HttpResponse:
    """Add a cause to one of the plan's problems."""
    values = plan_values(request.plan, with_story=False)
    if not values.problems:
        return redirect("add_problem", plan=plan)
    form = forms.CauseToProblemForm(request.POST or None, initial={"problem": request.GET.get("problem") or values.problems[0].id},
                                    choices={"problem": [(p.id, p.title) for p in values.problems]})

    def add(sent: dict[str, Any], once: str) -> None:
        problem = UUID(sent.pop("problem"))
        writes.add_cause(partnership=request.member.partnership, plan=plan, problem=problem, values=sent, actor=request.actor, at=now(), once=once)

    return _added(request, form, add, "cause", reverse("board", args=[plan]))


@page(Right.EDIT_CHAIN)
@both
def change_cause(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Change a cause in place."""
    found = held_row(request, "cause", row)
    form = forms.CauseForm(request.POST or None, row=found)
    return _changed(request, form, found, chain.Cause, lambda edit, once: situation.change_cause(
        partnership=request.member.partnership, cause=row, edit=edit, actor=request.actor, at=now(), once=once))


@page(Right.EDIT_CHAIN)
@both
def add_goal(request: PageRequest, plan: UUID) -> HttpResponse:
    """Add a goal to the plan, and tie actions to it that have none: `atgard` in the address is chosen from the start."""
    values = plan_values(request.plan, with_story=False)
    asked = next((a for a in values.actions if a.id == request.GET.get("atgard")), None)
    form = forms.GoalToProblemForm(
        request.POST or None, initial={"problem": request.GET.get("problem") or _problem_of(values, asked), "actions": [asked.id] if asked else []},
        choices={"problem": [("", "Hela planen"), *((p.id, p.title) for p in values.problems)],
                 "actions": [(a.id, name_of_action(a)) for a in values.actions if not a.goals or a is asked or a.id in request.POST.getlist("actions")]})
    if not form.fields["actions"].choices:
        del form.fields["actions"]

    def add(sent: dict[str, Any], once: str) -> None:
        problem, serving = sent.pop("problem"), sent.pop("actions", ())
        writes.add_goal(partnership=request.member.partnership, plan=plan, problem=UUID(problem) if problem else None, values=sent,
                        actions=[UUID(one) for one in serving], actor=request.actor, at=now(), once=once)

    tie = returning(reverse("change_action", args=[plan, UUID(asked.id)]) + "#id_goals", return_address(request, "")) if asked and values.goals else ""
    return _added(request, form, add, "goal", reverse("goals", args=[plan]), tie=tie)


def _problem_of(values: chain.Plan, action: chain.Action | None) -> str:
    """Return the id of the problem behind an action's first cause, "" if there is none."""
    return next((c.problem or "" for c in values.causes if action and c.id in action.causes), "")


@page(Right.EDIT_CHAIN)
@both
def change_goal(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Change a goal in place."""
    found = held_row(request, "goal", row)
    suggested = suggested_target(found.values["text"]) if request.GET.get(SUGGEST) and not found.values["target"] else ""
    form = forms.GoalForm(request.POST or None, row=found, initial={"target": suggested} if suggested else None)
    if suggested:
        form.fields["target"].help_text = "Förslag ur målets text. Det sparas först när du sparar."
    return _changed(request, form, found, chain.Goal, lambda edit, once: writes.change_goal(
        partnership=request.member.partnership, goal=row, edit=edit, actor=request.actor, at=now(), once=once), done=reverse("goals", args=[plan]))


@page(Right.READ)
@require_GET
def goals(request: PageRequest, plan: UUID) -> HttpResponse:
    """Show the goals of the plan with what each lacks to be followed."""
    values = plan_values(request.plan, with_story=False)
    serving = {g.id: [a for a in values.actions if g.id in a.goals] for g in values.goals}
    rows = [(g, serving[g.id], next((p.title for p in values.problems if p.id == g.problem), "")) for g in values.goals]
    return render(request, "plans/goals.html", {"plan": request.plan, "rows": rows, "may_edit": request.member.may(Right.EDIT_CHAIN)})


@page(Right.EDIT_CHAIN)
@both
def remove(request: PageRequest, plan: UUID, kind: str, row: UUID) -> HttpResponse:
    """Ask first, then take a row out of the plan. It can be taken back. A double click finds it taken out already."""
    try:
        found = held_row(request, kind, row)
    except Http404:
        if request.method == "POST" and _is_withdrawn(request, plan, kind, row):
            return redirect("board", plan=plan)
        raise
    if request.method == "GET":
        return render(request, "plans/remove.html", {"row": found, "plan": request.plan, "text": found.values.get("title") or found.values["text"],
                                                     "word": WORDS[kind], "kind": kind})
    try:
        _withdraw(request, plan, kind, row)
    except Gone:  # the other click was there between
        return redirect("board", plan=plan)
    messages.success(request, "Borttaget. Du kan ta tillbaka det längst ned på sidan Planens uppgifter.")
    return redirect("board", plan=plan)


@page(Right.EDIT_CHAIN)
@require_POST
def take_up(request: PageRequest, plan: UUID, kind: str, row: UUID) -> HttpResponse:
    """Take a removed row into the plan again."""
    room = situation.take_up_row if kind in ("problem", "cause") else writes.take_up_row
    given: dict[str, Any] = {} if kind in ("problem", "cause") else {"plan": plan}
    if _is_withdrawn(request, plan, kind, row):
        try:
            room(partnership=request.member.partnership, kind=kind, row_id=row, actor=request.actor, at=now(), **given)
        except Gone:  # a double click: the other one has just taken it back
            return redirect("board", plan=plan)
    else:
        held_row(request, kind, row)
    return redirect("board", plan=plan)


def _is_withdrawn(request: PageRequest, plan: UUID, kind: str, row: UUID) -> bool:
    return any(w.id == row and w.kind == kind for w in withdrawn_rows(request.member.partnership, plan))


def _withdraw(request: PageRequest, plan: UUID, kind: str, row: UUID) -> None:
    given: dict[str, Any] = {"partnership": request.member.partnership, "actor": request.actor, "at": now()}
    if kind == "problem":
        situation.withdraw_problem(problem=row, **given)
    elif kind == "cause":
        situation.withdraw_cause(cause=row, **given)
    else:
        writes.withdraw_row(plan=plan, kind=kind, row_id=row, **given)


def _added(request: PageRequest, form: Any, add: Any, kind: str, done: str, **more: Any) -> HttpResponse:
    said = f"{WORDS[kind].capitalize()} är {'tillagt' if kind in ('problem', 'goal') else 'tillagd'}."
    answer = request.POST and saved_new(request, form, add, done=done, said=said)
    return answer or render(request, "plans/row.html", {
        "form": form, "plan": request.plan, "kind": kind, "word": WORDS[kind], "back": return_address(request, done), "is_new": True,
        **more, **_sections(request, kind, form)})


def _changed(request: PageRequest, form: Any, found: EditableRow, row_class: type, change: Any, done: str = "") -> HttpResponse:
    back = done or reverse("board", args=[request.plan.id])
    kind = found.kind
    said = f"{WORDS[kind].capitalize()} är {'sparat' if kind in ('problem', 'goal') else 'sparad'}."
    answer = request.POST and saved_edit(request, form, change, row_class=row_class, done=back, said=said)
    return answer or render(request, "plans/row.html", {
        "form": form, "plan": request.plan, "kind": kind, "word": WORDS[kind], "back": return_address(request, back), "row": found,
        "is_new": False, "may_redact": found,
        "past": past_lines(history(request.member.partnership, [found.id])), "history": request.GET.get("historik") == "1",
        **_sections(request, kind, form, found)})


ROWS: dict[str, type[chain.Problem] | type[chain.Cause] | type[chain.Goal]] = {
    "problem": chain.Problem, "cause": chain.Cause, "goal": chain.Goal,
}


def _sections(request: PageRequest, kind: str, form: Any, held: EditableRow | None = None) -> dict[str, Any]:
    """The parts of the form, with what the plan check asks for in this row, or would ask for in a new one."""
    values, row_class = plan_values(request.plan, with_story=False), ROWS[kind]
    asked = asked_of(values, str(held.id), today()) if held else asked_of_new(values, row_class(id="new"), today())
    return {"sections": sections_of(form, row_class, asked)}
