"""My week, the start page: what to do now, what waits for others, what has changed. And the list of plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samsyn.chain import plan as chain
from samsyn.chain.check import CheckResult, check
from samsyn.chain.choices import Implementation
from samsyn.chain.face import has_ended, implementation_of
from samsyn.chain.late import days_late, late_reason_of
from samsyn.chain.my_week import (
    MOST_TODO, Visit, Waiting, changes_by_day, in_order, lead_words, nothing_wrong_words, waits_words, week_ahead_words,
)
from samsyn.chain.wording import counted, date_words, local_day
from samsyn.flows.intake.bringing import MOST_WORDS
from samsyn.flows.week_facts import MendFacts, WeekFacts, mend_facts, week_facts
from samsyn.records.access.done_reads import done_since
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership import writes as partnership
from samsyn.records.partnership.reads import Member
from samsyn.records.partnership.rights import Right, Role
from samsyn.records.plan.own_reads import own_actions
from samsyn.records.plan.reads import PlanHead, plan_heads
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.start.first_steps import FirstStep, first_steps
from samsyn.web.pages.start.todo_lines import todo_lines
from samsyn.web.pages.start.visits import remember, this_visit
from samsyn.web.pages.start.week_shown import OwnLine, days_of_week, is_own, listed_lines, meeting_words, own_lines, week_words
from samsyn.web.parts.copy_age import is_copy_old
from samsyn.web.parts.download import table_download
from samsyn.web.parts.duty_lines import stall_lines, wait_lines

MOST_STALLS, MOST_WAITS, MOST_MEETINGS = 5, 8, 3
HOLD_IT_TOGETHER = (Role.COORDINATOR, Role.MUNICIPAL_POLICE_OFFICER)


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
    """My week: answer "what should I do now?" before anything else."""
    day, at = today(), now()
    facts = week_facts(request.member.partnership, day)
    if not facts.plans and request.member.may(Right.EDIT_CHAIN):
        return render(request, "start/first_plan.html", {"most_words": MOST_WORDS})
    seen = this_visit(request, request.member, at)
    response = render(request, "start/start.html", {**_week(request, facts, day), **_news(request, seen), "old_copy": _is_old(request, at)})
    remember(response, request.member, seen)
    return response


def _week(request: PageRequest, facts: WeekFacts, day: date) -> dict[str, Any]:
    """What is one's own comes first; then what the role asks for."""
    member = request.member
    actions = own_actions(member.partnership, member.id)
    own = own_lines(in_order(duty for duty in facts.duties if is_own(duty, member, actions)), facts, member, day)
    shown = {
        "today": day, "once": uuid4().hex, "back": request.path, "own": own, "is_all": _is_all(request),
        "is_one": bool(own) and member.role not in (*HOLD_IT_TOGETHER, Role.STEERING_MEMBER),
        "plans": facts.plans, "plans_words": _plans_words(facts),
        "next": [(one, meeting_words(one), reverse("meeting", args=[one.id]), f"{one.group_name} {meeting_words(one)}")
                 for one in facts.meetings[:MOST_MEETINGS]]}
    if member.may(Right.EDIT_CHAIN):
        return {**shown, **_of_coordinator(request, facts, own, day)}
    if member.role == Role.STEERING_MEMBER:
        return {**shown, **_of_steering(member, facts, len(own))}
    waiting = _waited_for_by(facts, actions)
    return {**shown, "waits": wait_lines(waiting, facts, member=member), "waits_words": waits_words(waiting), "lead": lead_words(len(own))}


def _of_coordinator(request: PageRequest, facts: WeekFacts, own: list[OwnLine], day: date) -> dict[str, Any]:
    """What to do, what may go wrong by Friday, and what waits for others. What stands in one list is left out of the next."""
    member, is_all = request.member, _is_all(request)
    mends = mend_facts(member.partnership, day)
    todo = todo_lines(facts, mends, day, sends_mail=settings.CONFIG.sends_mail, me=member.email, back=request.path)
    owned = {line.duty.id for line in own}
    stalls = [one for one in facts.friday if one.duty.id not in owned]
    told = owned | {one.duty.id for one in stalls}
    waiting = [one for one in facts.waiting if one.duty.id not in told]
    friday, waits = stalls[:None if is_all else MOST_STALLS], waiting[:None if is_all else MOST_WAITS]
    steps, days = _first_steps(facts, mends), days_of_week(facts, member, day)
    return {
        "may_edit": True, "paused_until": facts.paused_until if facts.paused_until and facts.paused_until > day else None,
        "lead": lead_words(len(todo) + len(own), week_ahead_words(len(stalls), len(waiting))), "todo": todo if is_all else todo[:MOST_TODO],
        "todo_left": 0 if is_all else max(len(todo) - MOST_TODO, 0), "friday": stall_lines(friday, facts, member=member, may_check_in=None),
        "friday_left": len(stalls) - len(friday), "calm": _calm(facts, owned, day), "days": days, "week_words": week_words(days),
        "waits": wait_lines(waits, facts, member=member), "waits_left": len(waiting) - len(waits), "waits_words": waits_words(waiting),
        "listed": listed_lines(facts.steering, facts.duties, member),
        "steps_done": [s for s in steps if s.is_done], "steps_left": [s for s in steps if not s.is_done]}


def _of_steering(member: Member, facts: WeekFacts, own: int) -> dict[str, Any]:
    return {"is_steering": True, "decisions": facts.decisions, "listed": listed_lines(facts.steering, facts.duties, member),
            "lead": lead_words(len(facts.decisions) + own)}


def _calm(facts: WeekFacts, owned: set[str], day: date) -> str:
    """Return what is said where nothing of others' may go wrong."""
    due = sum(duty.due_on is not None and day <= duty.due_on <= facts.friday_on for duty in facts.duties)
    return nothing_wrong_words(due, sum(one.days_late > 0 for one in facts.waiting), sum(one.duty.id in owned for one in facts.friday))


def _waited_for_by(facts: WeekFacts, actions: frozenset[str]) -> list[Waiting]:
    """Return what one's own actions wait for, whether it is late or not."""
    wanted = {on for duty in facts.duties if duty.id in actions for on in duty.waits_for} - actions
    late = {one.duty.id: one for one in facts.waiting}
    return [late.get(duty.id) or Waiting(duty, duty.last_sign_on or duty.made_on, 0, None) for duty in facts.duties if duty.id in wanted]


def _news(request: PageRequest, seen: Visit) -> dict[str, Any]:
    done = done_since(request.member.partnership, seen.since, but=str(request.member.user_id))
    changes = changes_by_day(done)
    count = sum(len(one.lines) + one.more for one in changes)
    return {"changes": changes, "changes_words": counted(count, "ny händelse", "nya händelser").capitalize() if count else "Inget nytt",
            "since_words": f"Sedan {date_words(local_day(seen.since))}"}


def _plans_words(facts: WeekFacts) -> str:
    opened, late = sum(one[1] for one in facts.plans), sum(one[2] for one in facts.plans)
    said = [counted(opened, "öppen åtgärd", "öppna åtgärder").capitalize(), *([f"{late} {'sen' if late == 1 else 'sena'}"] if late else [])]
    return ", ".join(said)


def _is_all(request: PageRequest) -> bool:
    return request.GET.get("visa") == "alla"


def _is_old(request: PageRequest, at: datetime) -> bool:
    return request.member.may(Right.EDIT_CHAIN) and is_copy_old(at)


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


def _first_steps(facts: WeekFacts, mends: MendFacts) -> list[FirstStep]:
    """The steps lead to the plan that was made last: the one that is new to whoever reads them."""
    newest = max((head for head, _, _ in facts.plans), key=lambda head: head.made_at)
    return first_steps(newest.id, mends.acts, members=mends.members, must_mend=mends.results[newest.id].must_be_mended)


def _mine(request: PageRequest, cards: list[PlanCard], day: date) -> list[tuple[PlanHead, chain.Action, int]]:
    return [(card.head, a, days_late(a, day)) for card in cards for a in card.values.actions if request.member.is_responsible_for(a) and not has_ended(a)]


def _all_late(cards: list[PlanCard], day: date) -> list[LateLine]:
    """Return what is late in all the plans, the latest first."""
    return sorted((line for card in cards for line in _late(card, day)), key=lambda line: -line.days)


def _late(card: PlanCard, day: date) -> list[LateLine]:
    late = ((a, days_late(a, day)) for a in card.values.actions)
    return [LateLine(card.head, a, days, late_reason_of(a)) for a, days in late if days]
