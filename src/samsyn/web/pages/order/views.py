"""In which order things are done: what can start now, what waits for what, what must be done together, and which comes first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.chain import plan as chain
from samsyn.chain.check import check
from samsyn.chain.order import blocked, free_to_start, in_order, sequence
from samsyn.chain.rows import name_of_action
from samsyn.records.editing import Gone
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership.rights import Right
from samsyn.records.plan import order_writes as writes
from samsyn.records.plan.reads import is_taken_out
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.order.shown import horizon_words, order_rows, shown_bundles
from samsyn.web.parts.held_row import held_row
from samsyn.web.parts.returning import return_address
from samsyn.web.parts.row_form import row_form
from samsyn.web.parts.saving import saved_edit, saved_new

BundleForm = row_form(chain.Bundle, ["text", "why"], required=["text"], links={"actions": "Delar: alla måste göras"})


class WaitsForm(forms.Form):
    """What an action waits for."""

    on = forms.MultipleChoiceField(label="Måste vara klart först", required=False, widget=forms.CheckboxSelectMultiple)


@page(Right.READ)
@require_GET
def order_of_actions(request: PageRequest, plan: UUID) -> HttpResponse:
    """Show the order: free now, waiting, combinations, and the whole list with buttons to move."""
    values = plan_values(request.plan, with_story=False)
    return render(request, "order/order.html", {
        "plan": request.plan, "may_edit": request.member.may(Right.EDIT_CHAIN), "free": free_to_start(values, today()),
        "waiting": blocked(values), "bundles": shown_bundles(values), "suggested": in_order(values) != sequence(values),
        "horizons": horizon_words(values), "rows": order_rows(values)})


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def waits(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Say what an action waits for; a circle is refused with words."""
    values = plan_values(request.plan, with_story=False)
    one = next((a for a in values.actions if a.id == str(row)), None)
    if one is None:
        raise Http404
    form = WaitsForm(request.POST if request.method == "POST" else None, initial={"on": one.depends_on})
    form.fields["on"].choices = [(a.id, name_of_action(a)) for a in values.actions if a.id != one.id]  # type: ignore[attr-defined]
    back = return_address(request, _order(plan, row))
    if request.method == "POST" and form.is_valid():
        try:
            writes.set_waits_for(partnership=request.member.partnership, plan=plan, action=row, on=[UUID(o) for o in form.cleaned_data["on"]],
                                 actor=request.actor, at=now())
        except writes.Circle:
            form.add_error("on", "Då skulle åtgärden vänta på sig själv, genom de andra. Ta bort en av dem.")
        except Gone:  # taken out of the plan since the form was shown
            form.add_error("on", "En av åtgärderna har just tagits bort ur planen. Ladda om sidan.")
        else:
            _say_order(request, row)
            return redirect(back)
    return render(request, "order/waits.html", {"form": form, "plan": request.plan, "action": one, "back": back}, status=400 if form.errors else 200)


@page(Right.EDIT_CHAIN)
@require_POST
def move(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Put an action before another, or last. The same by button and by drag."""
    before = request.POST.get("before", "")
    try:
        writes.move_action(partnership=request.member.partnership, plan=plan, action=row, before=UUID(before) if before else None,
                           actor=request.actor, at=now())
    except ValueError as no_id:
        raise Http404 from no_id
    except Gone as gone:
        if not any(is_taken_out(request.member.partnership, plan, "action", one) for one in (row, *([UUID(before)] if before else []))):
            raise Http404 from gone
        messages.info(request, "Åtgärden är redan borttagen ur planen. Ordningen är som den var.")
    return redirect(_order(plan, row))


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def add_bundle(request: PageRequest, plan: UUID) -> HttpResponse:
    """Make a combination."""
    form = BundleForm(request.POST or None, choices={"actions": _parts(request)})
    done = reverse("order", args=[plan])

    def add(sent: dict[str, Any], once: str) -> None:
        actions = [UUID(one) for one in sent.pop("actions")]
        writes.add_bundle(partnership=request.member.partnership, plan=plan, values=sent, actions=actions, actor=request.actor, at=now(), once=once)

    answer = request.POST and saved_new(request, form, add, done=done, said="Kombinationen är gjord.")
    return answer or render(request, "order/bundle.html", {"form": form, "plan": request.plan, "back": return_address(request, done), "is_new": True})


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def change_bundle(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Change a combination, or dissolve it."""
    done = reverse("order", args=[plan])
    given: dict[str, Any] = {"partnership": request.member.partnership, "plan": plan, "bundle": row, "actor": request.actor, "at": now()}
    if request.POST.get("act") == "dissolve":
        return _dissolved(request, given, done)
    held = held_row(request, "bundle", row)
    own = tuple(sorted(a.id for a in plan_values(request.plan, with_story=False).actions if a.bundle == str(row)))
    held.values["actions"] = own
    form = BundleForm(request.POST or None, row=held, choices={"actions": _parts(request)})
    answer = request.POST and saved_edit(request, form, lambda edit, once: writes.change_bundle(edit=edit, once=once, **given),
                                         row_class=chain.Bundle, done=done, said="Kombinationen är sparad.")
    return answer or render(request, "order/bundle.html", {
        "form": form, "plan": request.plan, "back": return_address(request, done), "row": held,
        "taken_out": next((b.taken_out for b in plan_values(request.plan, with_story=False).bundles if b.id == str(row)), ())})


def _dissolved(request: PageRequest, given: dict[str, Any], done: str) -> HttpResponse:
    """Dissolve a combination. One that is dissolved already is as was wished; one that never was is not here."""
    try:
        writes.dissolve_bundle(**given)
    except Gone as gone:
        if not is_taken_out(request.member.partnership, given["plan"], "bundle", given["bundle"]):
            raise Http404 from gone
        messages.info(request, "Kombinationen är redan upplöst.")
    else:
        messages.success(request, "Kombinationen är upplöst. Delarna står kvar var för sig.")
    return redirect(done)


def _say_order(request: PageRequest, row: UUID) -> None:
    """Say that the order is saved, and at once if the days of the action do not go with it."""
    remarks = check(plan_values(request.plan, with_story=False), today()).remarks_on(str(row))
    impossible = [remark.sentence for remark in remarks if remark.rule == "dependency-impossible"]
    if impossible:
        messages.warning(request, f"Ordningen är sparad, men den går inte ihop med dagarna. {' '.join(impossible)}")
    else:
        messages.success(request, "Ordningen är sparad.")


def _order(plan: UUID, row: UUID) -> str:
    """Return the address of the order where an action stands in it."""
    return reverse("order", args=[plan]) + f"#rad-{row}"


def _parts(request: PageRequest) -> list[tuple[str, str]]:
    return [(a.id, name_of_action(a)) for a in plan_values(request.plan, with_story=False).actions]
