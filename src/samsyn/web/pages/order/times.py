"""When every action of a plan is to be done and when it gives effect, answered for all of them on one page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samsyn.chain.choices import Horizon
from samsyn.chain.face import has_ended
from samsyn.chain.plan import Action
from samsyn.chain.rows import name_of_action
from samsyn.chain.wording import date_words
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Collided, Edit, Gone
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership.rights import Right
from samsyn.records.plan import order_writes as writes
from samsyn.records.scope import as_choices
from samsyn.web.clock import now
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.returning import return_address
from samsyn.web.parts.row_form import OpenForm, SwedishDate

NAMES = ("due_on", "horizon")
COLLIDED = "Någon annan ändrade samma åtgärd medan du skrev. Inget är sparat än. Se efter vad som ska gälla där det är markerat, och spara igen."
REMOVED = "Någon annan tog bort en av åtgärderna medan du skrev. Inget är sparat än. Det du skrev om de andra står kvar: spara igen."


class TimesForm(OpenForm):
    """A day and an answer for each action. It carries what it was opened with, so that only what is altered is saved."""

    once = forms.CharField(widget=forms.HiddenInput({"id": False}), required=False, max_length=64)
    base = forms.CharField(widget=forms.HiddenInput({"id": False}), required=False)
    unread = ("once", "base")

    def __init__(self, actions: Sequence[Action], sent: QueryDict | None) -> None:
        super().__init__(sent)
        self.actions = actions
        opened = {}
        for action in actions:
            named = name_of_action(action)
            self.fields[f"due_on_{action.id}"] = SwedishDate(label=f"Klart senast: {named}", required=False, initial=action.due_on)
            self.fields[f"horizon_{action.id}"] = forms.ChoiceField(
                label=f"När väntas effekt: {named}", required=False, choices=[("", "Inte sagt"), *as_choices(Horizon)],
                initial=action.horizon.value if action.horizon else "")
            opened[action.id] = _texts(action)
        self.initial.update(once=uuid4().hex, base=json.dumps(opened))

    def edits(self) -> dict[UUID, Edit]:
        """Return what was altered, by action. The form must be valid."""
        opened = _opened(self.cleaned_data["base"])
        made = {}
        for action in self.actions:
            base = dict(zip(NAMES, opened.get(action.id, ["", ""]), strict=True))
            sent = {name: self.cleaned_data[f"{name}_{action.id}"] for name in NAMES}
            altered = {name: value for name, value in sent.items() if (value.isoformat() if hasattr(value, "isoformat") else value or "") != base[name]}
            if altered:
                made[UUID(action.id)] = Edit(values=altered, base={name: _parsed(name, base[name]) for name in altered}, version=0)
        return made

    def show_beside(self, actions: Sequence[Action]) -> None:
        """Show, beside each answer that is altered here, what somebody else has written there meanwhile; whoever saves once more has seen it."""
        opened, altered = _opened(self.cleaned_data["base"]), self.edits()
        for action in (one for one in actions if UUID(one.id) in altered and one.id in opened):
            for place, (name, stored) in enumerate(zip(NAMES, _texts(action), strict=True)):
                if name in altered[UUID(action.id)].values and opened[action.id][place] != stored:
                    self.add_error(f"{name}_{action.id}", f"Någon annan skrev: {_words(name, action)}.")
                    opened[action.id][place] = stored
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["base"] = json.dumps(opened)  # type: ignore[index]

    def lines(self) -> list[tuple[Action, str, forms.BoundField, forms.BoundField]]:
        """Return each action with its name and its two fields."""
        return [(action, name_of_action(action), self[f"due_on_{action.id}"], self[f"horizon_{action.id}"]) for action in self.actions]


def _texts(action: Action) -> list[str]:
    """Return the answers of an action as the form carries them, in the order of NAMES."""
    return [action.due_on.isoformat() if action.due_on else "", action.horizon.value if action.horizon else ""]


def _words(name: str, action: Action) -> str:
    said = (action.due_on and date_words(action.due_on)) if name == "due_on" else (action.horizon and action.horizon.label)
    return said or "inget"


def _opened(text: str) -> dict[str, list[str]]:
    """Return the values the form was opened with; nothing if it does not say: then what differs from nothing counts as altered."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):  # somebody has tampered with it
        return {}
    kept = found.items() if isinstance(found, dict) else ()
    return {key: value for key, value in kept if isinstance(value, list) and len(value) == len(NAMES) and all(isinstance(one, str) for one in value)}


def _parsed(name: str, text: str) -> Any:
    try:
        return SwedishDate(required=False).to_python(text) if name == "due_on" else text
    except forms.ValidationError:
        return None


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def times(request: PageRequest, plan: UUID) -> HttpResponse:
    """Say when actions are to be done and when they give effect. Those that have ended are left out."""
    values = plan_values(request.plan, with_story=False)
    form = TimesForm([action for action in values.actions if not has_ended(action)], request.POST if request.method == "POST" else None)
    back = return_address(request, reverse("order", args=[plan]))
    if request.method == "POST" and form.is_valid() and _saved(request, plan, form):
        if "rattat=" not in back:
            messages.success(request, "Dagarna och effekterna är sparade.")
        return redirect(back)
    return render(request, "order/times.html", {"form": form, "plan": request.plan, "back": back}, status=400 if form.errors else 200)


def _saved(request: PageRequest, plan: UUID, form: TimesForm) -> bool:
    """Save what was altered; False if the form must be shown again."""
    try:
        writes.set_times(partnership=request.member.partnership, plan=plan, edits=form.edits(), actor=request.actor,
                         at=now(), once=form.cleaned_data["once"])
    except AlreadyDone:
        return True
    except Collided:
        form.show_beside(plan_values(request.plan, with_story=False).actions)
        form.add_error(None, COLLIDED)
        return False
    except Gone:
        form.add_error(None, REMOVED)
        return False
    return True
