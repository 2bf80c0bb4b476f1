"""The start page: what to do now, what is late, and the plans. And the list of plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from samsyn.chain import plan as chain
from samsyn.chain.check import CheckResult, check, three_of_several
from samsyn.chain.choices import Implementation
from samsyn.chain.face import has_ended, implementation_of
from samsyn.chain.late import days_late, late_reason_of
from samsyn.chain.wording import counted
from samsyn.flows.intake.bringing import MOST_WORDS
from samsyn.records.access.reads import acts_of_people, latest_events
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership import writes as partnership
from samsyn.records.partnership.reads import members
from samsyn.records.partnership.rights import Right
from samsyn.records.plan.reads import PlanHead, plan_heads
from samsyn.records.source.reads import runs
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.start.first_steps import FirstStep, first_steps
from samsyn.web.parts.copy_age import is_copy_old
from samsyn.web.parts.checks import first_line
from samsyn.web.parts.download import table_download

MOST_LATE = 12


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan as the start page shows it."""

    head: PlanHead
    values: chain.Plan
    result: CheckResult
    late: int
    ended: int
    under_way: int


@dataclass(frozen=True, slots=True)
class LateLine:
    """A late action: how many days, whose, and why."""

    plan: PlanHead
    action: chain.Action
    days: int
    reason: str


@page(Right.READ)
@require_GET
def start(request: PageRequest) -> HttpResponse:
    """Answer "what should I do now?" before anything else."""
    day = today()
    cards = [_card(head, day) for head in plan_heads(request.member.partnership)]
    may_edit = request.member.may(Right.EDIT_CHAIN)
    if not cards and may_edit:
        return render(request, "start/first_plan.html", {"most_words": MOST_WORDS})
    late = _all_late(cards, day)
    mine = _mine(request, cards, day)
    mends = [(card.head, first_line(first, card.head.id, request.path)) for card, first in three_of_several((c, c.result) for c in cards)] if may_edit else []
    steps = _first_steps(request, cards) if may_edit else []
    return render(request, "start/start.html", {
        "steps_done": [s for s in steps if s.is_done], "steps_left": [s for s in steps if not s.is_done],
        "today": day, "cards": cards, "late": late[:MOST_LATE], "late_count": len(late), "mine": mine, "mends": mends, "may_edit": may_edit,
        "lead": _lead(len(late), sum(len(card.result.remarks) for card in cards) if may_edit else 0, len(mine)),
        "waiting": [r for r in runs(request.member.partnership) if r.is_waiting] if may_edit else [],
        "events": latest_events(request.member.partnership, limit=6), "old_copy": may_edit and is_copy_old(now())})


@page(Right.EDIT_CHAIN)
@require_POST
def put_away_first_steps(request: PageRequest) -> HttpResponse:
    """Take the first steps off the start page."""
    partnership.put_away_first_steps(partnership=request.member.partnership, actor=request.actor, at=now())
    return redirect("start")


@page(Right.READ)
@require_GET
def plans(request: PageRequest) -> HttpResponse:
    """List the plans."""
    cards = [_card(head, today()) for head in plan_heads(request.member.partnership)]
    return render(request, "start/plans.html", {"cards": cards, "may_edit": request.member.may(Right.EDIT_CHAIN)})


@page(Right.READ)
@require_GET
def plans_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give the list of plans."""
    cards = [_card(head, today()) for head in plan_heads(request.member.partnership)]
    rows = [(c.head.name, c.head.period, c.head.adopted_on, len(c.values.actions), c.ended, c.under_way, c.late, len(c.result.remarks)) for c in cards]
    return table_download(ending, "Planer", ("Plan", "Period", "Antagen", "Åtgärder", "Avslutade", "Pågår", "Sena", "Anmärkningar"), rows)


@page(Right.READ)
@require_GET
def late_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give all that is late, also what the page has no room for."""
    cards = [_card(head, today()) for head in plan_heads(request.member.partnership)]
    rows = [(line.plan.name, line.action.number, line.action.text, line.action.responsible, line.action.responsible_organisation, line.action.due_on,
             line.days, line.reason) for line in _all_late(cards, today())]
    return table_download(ending, "Sena åtgärder", ("Plan", "Nummer", "Åtgärd", "Ansvarig", "Organisation", "Skulle vara klar", "Dagar sen", "Varför"), rows)


@page(Right.READ)
@require_GET
def mine_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give what the one who asks is responsible for, and has not ended."""
    cards = [_card(head, today()) for head in plan_heads(request.member.partnership)]
    rows = [(head.name, one.number, one.text, one.due_on, one.due_typed, days) for head, one, days in _mine(request, cards, today())]
    return table_download(ending, "Mina åtgärder", ("Plan", "Nummer", "Åtgärd", "Klart senast", "Som det skrevs", "Dagar sen"), rows)


def _card(head: PlanHead, day: date) -> PlanCard:
    values = plan_values(head, with_story=False)
    result = check(values, day)
    states = [implementation_of(a) for a in values.actions]
    return PlanCard(
        head, values, result, sum(days_late(a, day) > 0 for a in values.actions),
        sum(s is not None and s.is_ended for s in states), sum(s is Implementation.UNDER_WAY for s in states))


def _first_steps(request: PageRequest, cards: list[PlanCard]) -> list[FirstStep]:
    """The steps lead to the plan that was made last: the one that is new to whoever reads them."""
    newest = max(cards, key=lambda card: card.head.made_at)
    acts = acts_of_people(request.member.partnership)
    return first_steps(newest.head.id, acts, members=len(members(request.member.partnership)), must_mend=newest.result.must_be_mended)


def _mine(request: PageRequest, cards: list[PlanCard], day: date) -> list[tuple[PlanHead, chain.Action, int]]:
    return [(card.head, a, days_late(a, day)) for card in cards for a in card.values.actions if request.member.is_responsible_for(a) and not has_ended(a)]


def _all_late(cards: list[PlanCard], day: date) -> list[LateLine]:
    """Return what is late in all the plans, the latest first."""
    return sorted((line for card in cards for line in _late(card, day)), key=lambda line: -line.days)


def _late(card: PlanCard, day: date) -> list[LateLine]:
    late = ((a, days_late(a, day)) for a in card.values.actions)
    return [LateLine(card.head, a, days, late_reason_of(a)) for a, days in late if days]


def _lead(late: int, remarks: int, mine: int) -> str:
    if mine:
        return f"Du ansvarar för {counted(mine, 'åtgärd', 'åtgärder')} som inte är {'avslutad' if mine == 1 else 'avslutade'}."
    if remarks:
        first = f"Plankollen har {counted(remarks, 'anmärkning', 'anmärkningar')}"
        return f"{first}, och {counted(late, 'åtgärd är sen', 'åtgärder är sena')}." if late else f"{first}. Inget är sent."
    return f"{counted(late, 'åtgärd är sen', 'åtgärder är sena').capitalize()}." if late else "Inget är sent."
