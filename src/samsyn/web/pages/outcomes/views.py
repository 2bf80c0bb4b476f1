"""What a steering group decides in a meeting, carried out as it is written: a plan adopted, means set aside, days set, a question settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from samsyn.chain.meeting_values import STEERS, LineKind, MeetingState
from samsyn.chain.wording import clipped, date_words
from samsyn.flows.outcomes import DaysHaveChanged, MayNotDecide, adopt_in_meeting, days_now, set_aside, set_days, settle_in_meeting
from samsyn.formats.report_typst import TypstMissing
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Gone
from samsyn.records.follow_up.decision_reads import OpenDecision, decision_by_id, open_decisions
from samsyn.records.meeting.line_reads import lines
from samsyn.records.meeting.line_writes import NotLive
from samsyn.records.meeting.reads import MeetingHead, plans_of_group, points
from samsyn.records.partnership.rights import Right
from samsyn.records.plan.reads import PlanHead, plan_head, plan_heads
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.outcomes.forms import MOST_DAYS, AsideForm, DaysForm, DecisionForm

CHANGED = "Någon annan har ändrat dagarna sedan du öppnade sidan. Så här är de nu. Skriv in din ändring igen."


@page(Right.READ)
@require_GET
def outcomes(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Show the decisions of a meeting, and, while it goes on, what the group can decide."""
    head = request.meeting
    may = request.member.may(Right.RUN_MEETINGS) and head.state is MeetingState.LIVE and head.kind in STEERS
    plans = _plans(head)
    return render(request, "outcomes/outcomes.html", {
        "meeting": head, "decisions": [line for line in lines(head.partnership, head.id) if line.kind is LineKind.DECISION], "may_decide": may,
        "is_deciding": head.kind in STEERS, "plans": plans if may else (), "asked": _asked(head) if may else (),
        "may_run": request.member.may(Right.RUN_MEETINGS)})


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def adopt(request: PageRequest, meeting: UUID, plan: UUID) -> HttpResponse:
    """Let the group adopt a plan."""
    form = _form(request, DecisionForm, f"{request.meeting.group_name} antar planen {request.plan.name}")

    def decide(sent: dict[str, Any], given: dict[str, Any]) -> None:
        adopt_in_meeting(plan=request.plan, today=today(), **given)

    return _decided(request, form, decide, "outcomes/adopt.html", "Beslutet är skrivet i mötet. Planen är antagen, och en kopia är sparad.")


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def aside(request: PageRequest, meeting: UUID, plan: UUID) -> HttpResponse:
    """Let the group set money and time aside for following a plan up."""
    form = _form(request, AsideForm, f"{request.meeting.group_name} sätter av medel till uppföljningen av {request.plan.name}")

    def decide(sent: dict[str, Any], given: dict[str, Any]) -> None:
        set_aside(plan=request.plan, money=sent["money"], staff_hours=sent["staff_hours"], **given)

    return _decided(request, form, decide, "outcomes/aside.html", "Beslutet är skrivet i mötet, och det som sätts av står i planens uppföljning.")


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def days(request: PageRequest, meeting: UUID, plan: UUID) -> HttpResponse:
    """Let the group set which days it wants to be informed about a plan."""
    known = days_now(request.plan)
    shown = {"opened": " ".join(date_words(day) for day, _ in known)}
    for number, (day, what) in enumerate(known[:MOST_DAYS], 1):
        shown |= {f"on_{number}": day, f"what_{number}": what}  # type: ignore[dict-item]  # a day and its words
    form = _form(request, DaysForm, f"{request.meeting.group_name} vill bli informerad om {request.plan.name}", **shown)

    def decide(sent: dict[str, Any], given: dict[str, Any]) -> None:
        assert isinstance(form, DaysForm)
        set_days(plan=request.plan, days=[*form.days(), *known[MOST_DAYS:]], opened_with=_days_of(sent["opened"]), **given)

    return _decided(request, form, decide, "outcomes/days.html", "Beslutet är skrivet i mötet. Samordnaren påminns två veckor före varje dag.")


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def settle(request: PageRequest, meeting: UUID, decision: UUID) -> HttpResponse:
    """Write what the group decided on something it was asked for."""
    partnership = request.meeting.partnership
    asked = decision_by_id(partnership, decision)
    plan = plan_head(partnership, asked.plan) if asked else None
    if asked is None or plan is None:
        raise Http404
    is_open = any(one.id == decision for one in open_decisions(partnership))
    if not is_open and (request.method == "GET" or any(line.decision == decision for line in lines(partnership, meeting))):
        messages.info(request, "Det begärda beslutet är redan avgjort.")
        return redirect("outcomes", meeting=meeting)
    request.plan = plan
    form = _form(request, DecisionForm, "")

    def decide(sent: dict[str, Any], given: dict[str, Any]) -> None:
        settle_in_meeting(plan=plan, decision=decision, **given)

    return _decided(request, form, decide, "outcomes/settle.html", "Beslutet är skrivet i mötet, och frågan står inte kvar som begärd.", asked=asked)


def _form(request: PageRequest, form_class: type[DecisionForm], words: str, **shown: Any) -> DecisionForm:
    head = request.meeting
    numbered = [(str(point.id), f"{number}. {clipped(point.title, 80)}") for number, point in enumerate(points(head.partnership, head.id), 1)]
    return form_class(request.POST or None, initial={"words": clipped(words, 400), "point": str(head.current or ""), **shown},
                      choices={"point": [("", "Ingen punkt"), *numbered]})


def _decided(request: PageRequest, form: DecisionForm, decide: Callable[[dict[str, Any], dict[str, Any]], None], template: str, said: str,
             **more: Any) -> HttpResponse:
    """Carry a decision out from a valid form, or show the form. Where the meeting does not go on, the group's page says so."""
    head, done = request.meeting, redirect("outcomes", meeting=request.meeting.id)
    if head.state is not MeetingState.LIVE or head.kind not in STEERS:
        return _cannot(request)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        given = {"meeting": head, "words": sent["words"].strip(), "point": UUID(sent["point"]) if sent["point"] else None, "actor": request.actor,
                 "at": now(), "once": sent["once"]}
        try:
            decide(sent, given)
            messages.success(request, said)
            return done
        except AlreadyDone:
            return done
        except (NotLive, MayNotDecide):
            return _cannot(request)
        except Gone:
            form.add_error(None, "Punkten, planen eller frågan finns inte längre. Inget är sparat.")
        except DaysHaveChanged:
            messages.warning(request, CHANGED)
            return redirect(request.path)
        except TypstMissing as fault:
            form.add_error(None, str(fault))
    return render(request, template, {"form": form, "meeting": head, "plan": request.plan, "back": reverse("outcomes", args=[head.id]), **more},
                  status=400 if form.errors else 200)


def _cannot(request: PageRequest) -> HttpResponse:
    words = ("Mötet pågår inte. Beslut skrivs medan mötet är öppet." if request.meeting.kind in STEERS
             else "Bara en styrgrupp eller ett strategiskt råd beslutar om planer.")
    messages.warning(request, f"{words} Inget är sparat.")
    return redirect("outcomes", meeting=request.meeting.id)


def _plans(head: MeetingHead) -> tuple[PlanHead, ...]:
    """Return the plans the group works with; where none is named, every plan."""
    every, own = plan_heads(head.partnership), set(plans_of_group(head.partnership, head.group))
    return tuple(plan for plan in every if plan.id in own) or every


def _asked(head: MeetingHead) -> tuple[OpenDecision, ...]:
    ids = {plan.id for plan in _plans(head)}
    return tuple(one for one in open_decisions(head.partnership) if one.plan in ids)


def _days_of(text: str) -> list[date]:
    """Return the days that a form was opened with; what somebody has tampered with is no day, and then nothing is saved."""
    try:
        return [date.fromisoformat(word) for word in text.split()]
    except ValueError:
        return []
