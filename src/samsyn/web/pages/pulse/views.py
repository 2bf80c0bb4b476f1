"""The pulse: how many have said something since the last meeting, by party and over time; what is about to stall; and reminding by hand."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samsyn.chain.notice_values import Pace, Person
from samsyn.chain.pulse import Pulse
from samsyn.chain.stalling import stalls_by
from samsyn.flows.pulse_facts import pulse_now
from samsyn.flows.reminding import remind as write_reminder
from samsyn.flows.week_facts import WeekFacts, week_facts
from samsyn.formats.pulse_chart import pulse_chart
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Gone
from samsyn.records.meeting.line_reads import assignment
from samsyn.records.partnership.rights import Right
from samsyn.records.plan.asked_reads import asked_action
from samsyn.records.plan.own_reads import own_actions
from samsyn.web.clock import now, today
from samsyn.web.components.drawings import drawing
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.base_url import base_url
from samsyn.web.parts.download import table_download
from samsyn.web.parts.duty_lines import StallLine, stall_lines
from samsyn.web.parts.returning import return_address

PULSE_HEADERS = ("Vad", "Namn", "Har hört av sig", "Öppna åtgärder")
STALL_HEADERS = ("Plan", "Vad", "Ansvarig", "Organisation", "Varför", "I ord")


@page(Right.READ)
@require_GET
def pulse(request: PageRequest) -> HttpResponse:
    """Show the pulse, and what is about to stall."""
    day = today()
    found, facts = pulse_now(request.member.partnership, day), week_facts(request.member.partnership, day)
    return render(request, "pulse/pulse.html", {
        "pulse": found, "chart": drawing(pulse_chart(found.periods)), "headline": headline(found), "stalls": _stalls(request, facts),
        "has_plans": bool(facts.plans), "once": uuid4().hex, "back": reverse("pulse")})


@page(Right.READ)
@require_GET
def pulse_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give the pulse by party and over time as a list."""
    found = pulse_now(request.member.partnership, today())
    rows = [("Organisation", one.party, one.count.alive, one.count.open) for one in found.parties]
    rows += [("Period", one.period.words, one.count.alive, one.count.open) for one in found.periods]
    return table_download(ending, "Pulsen", PULSE_HEADERS, rows)


@page(Right.READ)
@require_GET
def stalls_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give what is about to stall as a list."""
    rows = [(one.plan_name, one.text, one.who, one.organisation, ", ".join(one.kinds), " ".join(one.words))
            for one in _stalls(request, week_facts(request.member.partnership, today()))]
    return table_download(ending, "På väg att stanna", STALL_HEADERS, rows)


@page(Right.NUDGE)
@require_POST
def remind(request: PageRequest) -> HttpResponse:
    """Write a reminder about one thing to whoever answers for it. The same press again writes nothing more."""
    done = return_address(request, reverse("pulse"))
    facts = week_facts(request.member.partnership, today())
    duty = next((one for one in facts.duties if one.id == request.POST.get("subject", "")), None)
    if duty is None:
        _refuse_unknown(request)
        messages.info(request, "Det är redan avslutat. Ingen påminnelse är skriven.")
        return redirect(done)
    if duty.id in facts.reminders:
        messages.info(request, "En påminnelse är redan skriven. Den ligger bland utskicken.")
        return redirect(done)
    try:
        person = write_reminder(
            partnership=request.member.partnership, duty=duty, pace=facts.paces.get(duty.plan, Pace()), today=today(), base_url=base_url(request),
            contact=Person(request.member.name, request.member.email), actor=request.actor, at=now(), once=_once(request, duty.id))
    except (AlreadyDone, Gone):
        return redirect(done)
    messages.success(request, f"Påminnelsen till {person.name} är skriven. {_goes(person)}")
    return redirect(done)


def _refuse_unknown(request: PageRequest) -> None:
    """Raise Http404 unless what somebody wants to remind about is, or was, something of the partnership."""
    try:
        subject = UUID(request.POST.get("subject", ""))
    except ValueError as fault:
        raise Http404 from fault
    if asked_action(request.member.partnership, subject) is None and assignment(request.member.partnership, subject) is None:
        raise Http404


def headline(found: Pulse) -> str:
    """Return what the pulse says, as a finding."""
    now_ = found.now
    if not now_.count.open:
        return "Ingen åtgärd är öppen"
    return f"Någon har hört av sig om {now_.count.words} åtgärder {now_.period.words}"


def _stalls(request: PageRequest, facts: WeekFacts) -> list[StallLine]:
    member = request.member
    own = None if member.may(Right.EDIT_CHAIN) else own_actions(member.partnership, member.id) if member.may(Right.CHECK_IN_OWN) else frozenset[str]()
    return stall_lines(stalls_by(facts.duties, facts.paces, today()), facts, member=member, may_check_in=own)


def _once(request: PageRequest, subject: str) -> str:
    """Return the key of this button on this page: another button of the same page is another act."""
    key = request.POST.get("once", "")[:40]
    return f"{key}:{subject}" if key else ""


def _goes(person: Person) -> str:
    if settings.CONFIG.sends_mail and person.email:
        return "Den går med nästa post."
    return "Den ligger bland utskicken, så att du kan skicka den."
