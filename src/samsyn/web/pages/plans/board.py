"""The plan board: every action under the cause it acts on, or as a list, with what the plan lacks beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from samsyn.chain import plan as chain
from samsyn.chain.check import check, three_first
from samsyn.chain.choices import Result
from samsyn.chain.face import implementation_of
from samsyn.chain.late import days_late, is_late
from samsyn.chain.swedish import sort_key
from samsyn.chain.wording import counted, date_words
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership.rights import Right
from samsyn.records.plan import writes
from samsyn.web.clock import now, today
from samsyn.web.components.amounts import day
from samsyn.web.components.marks import dial, face, person
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.plans.board_filter import DUE, NOBODY, BoardFilter, by_due_day, filter_from, matches
from samsyn.web.pages.plans.forms import ActionQuickForm
from samsyn.web.parts.checks import check_panel
from samsyn.web.parts.saving import saved_new


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An action as the board writes it: cells ready-made."""

    number: str
    text: str
    address: str
    sort: str
    due: SafeString
    who: SafeString
    implementation: SafeString
    result: SafeString


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """A cause with its actions; without a cause `number` is empty. `problem` is set where a new problem begins."""

    number: str
    title: str
    about: str
    address: str
    goal: str
    lacks_goal: bool
    rows: list[BoardRow]
    problem: str = ""
    problem_address: str = ""
    actions_elsewhere: str = ""
    cause: str = ""


@dataclass(slots=True)
class _Links:
    """Addresses made once: a reverse a row would cost more than the row itself."""

    action: str
    cause: str
    problem: str


@page(Right.READ)
@require_GET
def board(request: PageRequest, plan: Any) -> HttpResponse:
    """Show the board."""
    day_now, wanted = today(), filter_from(request.GET)
    values = plan_values(request.plan, with_story=False)
    result = check(values, day_now)
    chosen = [a for a in values.actions if matches(a, wanted, day_now, request.member.email)]
    context = {
        "plan": request.plan, "values": values, "wanted": wanted, "count": len(chosen), "total": len(values.actions),
        "groups": _groups(values, chosen, day_now, request.plan.id, wanted.is_set) if not wanted.as_list else [],
        "rows": [_row(a, day_now, _links(request.plan.id)) for a in by_due_day(chosen)] if wanted.as_list else [],
        "chips": _chips(values, wanted, day_now, request), "owners": _owners(values), "states": _states(), "dues": DUE.items(), "query": f"?{request.GET.urlencode()}" if wanted.is_set else "", "nobody": NOBODY,
        "panel": check_panel(result, three_first(result), request.plan.id), "may_edit": request.member.may(Right.EDIT_CHAIN),
        "may_save": request.member.may(Right.SAVE_REPORTS), "lead": _lead(values, day_now),
        "quick": ActionQuickForm(choices=_quick_choices(values)) if request.member.may(Right.EDIT_CHAIN) else None,
    }
    return render(request, "plans/board.html", context)


@page(Right.EDIT_CHAIN)
@require_POST
def quick_add(request: PageRequest, plan: Any) -> HttpResponse:
    """Add an action from the row below the board; a fault is shown on the full form, with what was written."""
    values = plan_values(request.plan, with_story=False)
    form = ActionQuickForm(request.POST, choices=_quick_choices(values))
    done = reverse("board", args=[plan])

    def add(sent: dict[str, Any], once: str) -> None:
        cause = sent.pop("cause")
        writes.add_action(partnership=request.member.partnership, plan=request.plan.id, values={**sent, **_responsible(sent, request)},
                          causes=[cause] if cause else [], goals=[], actor=request.actor, at=now(), once=once)

    return saved_new(request, form, add, done=done, said="Åtgärden är tillagd.") or render(
        request, "plans/quick_add.html", {"form": form, "plan": request.plan, "back": done}, status=400)


def _responsible(sent: dict[str, Any], request: PageRequest) -> dict[str, str]:
    """A member's name gives their address and organisation too."""
    from samsyn.records.partnership.reads import members

    known = {m.name.casefold(): m for m in members(request.member.partnership)}
    member = known.get(str(sent.get("responsible", "")).casefold())
    return {"responsible_email": member.email, "responsible_organisation": member.organisation_name} if member else {}


def _lead(values: chain.Plan, day_now: date) -> str:
    late = sum(is_late(a, day_now) for a in values.actions)
    parts = [counted(len(values.problems), "problem", "problem", neuter=True), counted(len(values.causes), "orsak", "orsaker"),
             counted(len(values.actions), "åtgärd", "åtgärder")]
    words = ", ".join(parts[:-1]) + " och " + parts[-1] + "."
    words = words[0].upper() + words[1:]
    return words + (f" {counted(late, 'är sen', 'är sena').capitalize()}." if late else "")


def _links(plan: Any) -> _Links:
    zero = "00000000-0000-0000-0000-000000000000"
    return _Links(*(reverse(name, args=[plan, zero]).replace(zero, "{}") for name in ("action", "change_cause", "change_problem")))


def _groups(values: chain.Plan, chosen: list[chain.Action], day_now: date, plan: Any, is_filtered: bool) -> list[BoardGroup]:
    links = _links(plan)
    first_cause: dict[str, list[chain.Action]] = {}
    order = {c.id: i for i, c in enumerate(_causes_in_order(values))}
    for action in chosen:
        home = min(action.causes, key=lambda c: order.get(c, 0), default="")
        first_cause.setdefault(home, []).append(action)
    goals = {g.id: g for g in values.goals}
    titles = {p.id: p.title for p in values.problems}
    groups, last_problem = [], ""
    for cause in _causes_in_order(values):
        rows = first_cause.get(cause.id, [])
        if is_filtered and not rows:
            continue
        starts = (cause.problem or "") if cause.problem != last_problem else ""
        last_problem = cause.problem or ""
        elsewhere = [a.number for a in chosen if cause.id in a.causes and a not in rows]
        groups.append(_group(cause, rows, goals, titles, links, starts, day_now, elsewhere))
    with_causes = {c.problem for c in values.causes}
    for problem in values.problems:
        if problem.id not in with_causes and not is_filtered:
            groups.append(BoardGroup("", "Inga orsaker än", "Skriv varför problemet uppstår, så går det att välja åtgärder.",
                                     reverse("add_cause", args=[plan]) + f"?problem={problem.id}", "", False, [], problem.title,
                                     links.problem.format(problem.id)))
    homeless = first_cause.get("", [])
    if homeless:
        groups.append(BoardGroup("", "Utan orsak", "Koppla åtgärderna till den orsak de ska ändra.", "", "", False,
                                 [_row(a, day_now, links) for a in homeless]))
    return groups


def _causes_in_order(values: chain.Plan) -> list[chain.Cause]:
    place = {p.id: i for i, p in enumerate(values.problems)}
    return sorted(values.causes, key=lambda c: (place.get(c.problem or "", len(place)), c.number or 0))


def _group(cause: chain.Cause, rows: list[chain.Action], goals: dict[str, chain.Goal], titles: dict[str, str], links: _Links, starts: str,
           day_now: date, elsewhere: list[str]) -> BoardGroup:
    served = list(dict.fromkeys(g for a in rows for g in a.goals))
    goal = goals[served[0]].text if served else ""
    more = f" och {len(served) - 1} till" if len(served) > 1 else ""
    about = ", ".join(w for w in (cause.directness.label if cause.directness else "", cause.perspective.label.lower() if cause.perspective else "") if w)
    return BoardGroup(
        str(cause.number or ""), cause.text, about, links.cause.format(cause.id), goal + more if goal else "", bool(rows) and not served,
        [_row(a, day_now, links) for a in rows], titles.get(starts, ""), links.problem.format(starts) if starts else "", ", ".join(elsewhere), cause.id)


def _row(action: chain.Action, day_now: date, links: _Links) -> BoardRow:
    sort = ", ".join(w.label for w in (action.approach, action.regularity) if w)
    return BoardRow(
        action.number, action.text, links.action.format(action.id), sort or "Slag inte sagt", day(action.due_on, days_late(action, day_now), action.due_typed),
        person(action.responsible, action.responsible_organisation), dial(implementation_of(action)), face(shown_result(action), _face_reason(action)))


def shown_result(action: chain.Action) -> Result:
    """Return the result as set, or not measured."""
    return Result(action.result.value) if action.result else Result.NOT_MEASURED


def _face_reason(action: chain.Action) -> str:
    if action.result is None:
        return ""
    if action.result.by_file:
        return "enligt filen"
    return date_words(action.result.at.date()) if action.result.at else ""


def _chips(values: chain.Plan, wanted: BoardFilter, day_now: date, request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Return (address, words, is chosen) of the short ways in, only those that lead to something."""
    late = sum(is_late(a, day_now) for a in values.actions)
    email = request.member.email  # type: ignore[attr-defined]
    mine = sum(matches(a, BoardFilter(mine=True), day_now, email) for a in values.actions)
    nobody = sum(not a.responsible for a in values.actions)
    view = {"vy": "lista"} if wanted.as_list else {}
    offered = [("", f"Alla {len(values.actions)}", not wanted.is_set, 1), ("klart=sena", f"Sena {late}", wanted.due == "sena", late),
               ("mina=1", f"Mina {mine}", wanted.mine, mine), (f"ansvarig={NOBODY}", f"Utan ansvarig {nobody}", wanted.owner == NOBODY, nobody)]
    return [("?" + "&".join(part for part in (query, urlencode(view)) if part), words, chosen) for query, words, chosen, count in offered if count]


def _owners(values: chain.Plan) -> list[str]:
    return sorted({a.responsible for a in values.actions if a.responsible}, key=sort_key)


def _states() -> list[tuple[str, list[tuple[str, str]]]]:
    from samsyn.chain.choices import Implementation

    return [("Genomförande", [(v.value, v.label) for v in Implementation]), ("Resultat", [(v.value, v.label) for v in Result])]


def _quick_choices(values: chain.Plan) -> dict[str, list[tuple[str, str]]]:
    causes = [(c.id, f"{c.number or ''} {c.text}".strip()[:80]) for c in _causes_in_order(values)]
    return {"cause": [("", "Ingen orsak än"), *causes]}


