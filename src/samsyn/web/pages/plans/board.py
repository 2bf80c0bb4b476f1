"""The plan board: every action under the cause it acts on, or as a list, with what the plan lacks beside it."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.chain import plan as chain
from samsyn.chain.check import CheckResult, check, three_first
from samsyn.chain.choices import Implementation, Result
from samsyn.chain.late import is_late
from samsyn.chain.rows import causes_in_order, label_of
from samsyn.chain.swedish import sort_key
from samsyn.chain.wording import counted, listed, sentence
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership.reads import members
from samsyn.records.partnership.rights import Right
from samsyn.records.plan import writes
from samsyn.records.scope import as_choices
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.plans.board_causes import BoardCauses, board_row
from samsyn.web.pages.plans.board_filter import DUE, NOBODY, BoardFilter, by_due_day, filter_from, matches
from samsyn.web.pages.plans.board_pages import page_of, page_with
from samsyn.web.pages.plans.forms import ActionQuickForm, ManyActionsForm
from samsyn.web.parts.checks import CheckPanel, check_panel, mended_words
from samsyn.web.parts.plan_links import links_of
from samsyn.web.parts.row_form import RowForm
from samsyn.web.parts.returning import MENDED
from samsyn.web.parts.saving import saved_new


NEW = "ny"         # of the address of the board: the ids of actions that have just been added
MOST_MARKED = 20


@page(Right.READ)
@require_GET
def board(request: PageRequest, plan: Any) -> HttpResponse:
    """Show the board."""
    day_now, wanted = today(), filter_from(request.GET)
    values = plan_values(request.plan, with_story=False)
    result = check(values, day_now)
    chosen = [a for a in values.actions if matches(a, wanted, day_now, request.member)]
    shown = page_of(by_due_day(chosen) if wanted.as_list else chosen, request.GET)
    links = links_of(request.plan.id)
    context = {
        "plan": request.plan, "values": values, "wanted": wanted, "count": len(chosen), "total": len(values.actions), "page": shown,
        "groups": BoardCauses(values, chosen, shown, wanted.is_set, day_now, links).groups() if not wanted.as_list else [],
        "rows": [board_row(a, day_now, links) for a in shown.actions] if wanted.as_list else [],
        "chips": _chips(values, wanted, day_now, request), "owners": _owners(values), "states": _states(), "dues": DUE.items(),
        "nobody": NOBODY, "query": f"?{request.GET.urlencode()}" if wanted.is_set else "",
        "panel": _panel(request, result), "may_edit": request.member.may(Right.EDIT_CHAIN),
        "lead": _lead(values, day_now),
        **_quick(request, values),
    }
    return render(request, "plans/board.html", context)


@page(Right.EDIT_CHAIN)
@require_POST
def quick_add(request: PageRequest, plan: Any) -> HttpResponse:
    """Add an action of each line from the row below the board; a fault is shown on the full form, with what was written."""
    form = ActionQuickForm(request.POST, choices=_quick_choices(plan_values(request.plan, with_story=False)))
    return _added(request, form) or render(
        request, "plans/quick_add.html", {"form": form, "plan": request.plan, "back": reverse("board", args=[plan])}, status=400)


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def add_many(request: PageRequest, plan: Any) -> HttpResponse:
    """Make an action of each line, all or none."""
    form = ManyActionsForm(request.POST or None, choices=_quick_choices(plan_values(request.plan, with_story=False)))
    answer = request.POST and _added(request, form)
    return answer or render(request, "plans/add_many.html", {"form": form, "plan": request.plan, "back": reverse("board", args=[plan])},
                            status=400 if request.POST else 200)


def _added(request: PageRequest, form: RowForm) -> HttpResponse | None:
    """Add an action of each line of a valid form and go to the first of them on the board; None if the form must be shown again."""
    made: list[UUID] = []
    count = len(form.cleaned_data["text"].splitlines()) if form.is_valid() else 0

    def add(sent: dict[str, Any], once: str) -> None:
        cause, texts = sent.pop("cause"), sent.pop("text").splitlines()
        made.extend(writes.add_actions(
            partnership=request.member.partnership, plan=request.plan.id, texts=texts, values={**sent, **_responsible(sent, request)},
            causes=[UUID(cause)] if cause else [], actor=request.actor, at=now(), once=once))

    said = "Åtgärden är tillagd." if count == 1 else sentence(f"{counted(count, 'åtgärd', 'åtgärder')} är tillagda")
    answer = saved_new(request, form, add, done=reverse("board", args=[request.plan.id]), said=said)
    return redirect(_where(request, made)) if answer and made else answer


def _where(request: PageRequest, made: list[UUID]) -> str:
    """Return the address of the board where the first of the new actions stands on it, with all of them marked as new."""
    actions = plan_values(request.plan, with_story=False).actions
    place = next(place for place, action in enumerate(actions) if action.id == str(made[0]))
    sent = {NEW: [str(one) for one in made[:MOST_MARKED]], **({"sida": page_with(place)} if page_with(place) > 1 else {})}
    return f"{reverse('board', args=[request.plan.id])}?{urlencode(sent, doseq=True)}#rad-{made[0]}"


def _quick(request: PageRequest, values: chain.Plan) -> dict[str, Any]:
    """Return the row for new actions, for those who may add them; and which actions have just been added, that the next may be like them."""
    if not request.member.may(Right.EDIT_CHAIN):
        return {"quick": None}
    new = [action for action in values.actions if action.id in request.GET.getlist(NEW)[:MOST_MARKED]]
    cause = new[0].causes[0] if new and new[0].causes else ""
    return {"quick": ActionQuickForm(choices=_quick_choices(values)), "quick_cause": cause, "new": {action.id for action in new},
            "first_new": new[0].id if new else ""}


def _panel(request: PageRequest, result: CheckResult) -> CheckPanel:
    """Return the plan check beside the board, which one comes back to as it was filtered."""
    asked = request.GET.copy()
    for name in (MENDED, "rad", NEW):
        asked.pop(name, None)
    here = reverse("board", args=[request.plan.id]) + (f"?{asked.urlencode()}" if asked else "")
    return check_panel(result, three_first(result), request.plan.id, back=here, mended=mended_words(request.GET, result))


def _responsible(sent: dict[str, Any], request: PageRequest) -> dict[str, str]:
    """A member's name gives their address and organisation too."""
    known = {m.name.casefold(): m for m in members(request.member.partnership)}
    member = known.get(str(sent.get("responsible", "")).casefold())
    return {"responsible_email": member.email, "responsible_organisation": member.organisation_name} if member else {}


def _lead(values: chain.Plan, day_now: date) -> str:
    late = sum(is_late(a, day_now) for a in values.actions)
    words = listed((counted(len(values.problems), "problem", "problem", neuter=True), counted(len(values.causes), "orsak", "orsaker"),
                    counted(len(values.actions), "åtgärd", "åtgärder")))
    return sentence(words) + (f" {counted(late, 'är sen', 'är sena').capitalize()}." if late else "")


def _chips(values: chain.Plan, wanted: BoardFilter, day_now: date, request: PageRequest) -> list[tuple[str, str, bool]]:
    """Return (address, words, is chosen) of the short ways in, only those that lead to something."""
    late = sum(is_late(a, day_now) for a in values.actions)
    mine = sum(request.member.is_responsible_for(a) for a in values.actions)
    nobody = sum(not a.responsible for a in values.actions)
    view = {"vy": "lista"} if wanted.as_list else {}
    offered = [("", f"Alla {len(values.actions)}", not wanted.is_set, 1), ("klart=sena", f"Sena {late}", wanted.due == "sena", late),
               ("mina=1", f"Mina {mine}", wanted.mine, mine), (f"ansvarig={NOBODY}", f"Utan ansvarig {nobody}", wanted.owner == NOBODY, nobody)]
    return [("?" + "&".join(part for part in (query, urlencode(view)) if part), words, chosen) for query, words, chosen, count in offered if count]


def _owners(values: chain.Plan) -> list[str]:
    return sorted({a.responsible for a in values.actions if a.responsible}, key=sort_key)


def _states() -> list[tuple[str, list[tuple[str, str]]]]:
    return [("Genomförande", as_choices(Implementation)), ("Resultat", as_choices(Result))]


def _quick_choices(values: chain.Plan) -> dict[str, list[tuple[str, str]]]:
    return {"cause": [("", "Ingen orsak än"), *((c.id, label_of(c)[:80]) for c in causes_in_order(values.problems, values.causes))]}
