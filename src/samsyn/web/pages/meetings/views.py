"""Meetings: which come next, planning one, and moving, calling to or cancelling it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from samsyn.chain.invitation_words import invitation_words, when_words
from samsyn.chain.meeting_rhythm import USUALLY_AT, oddities
from samsyn.chain.meeting_rows import MeetingWords
from samsyn.chain.meeting_values import Every, MeetingState
from samsyn.chain.wording import counted, in_sweden, listed
from samsyn.flows.agenda_making import agenda_of, plan_with_agenda, suggested_day
from samsyn.flows.calling import Called, NobodyToCall, call, call_off, told_of, which_call
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Edit, Saved
from samsyn.records.meeting import reads, writes
from samsyn.records.meeting.reads import GroupHead, MeetingHead
from samsyn.records.outbox.reads import letters_about
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.meetings.forms import MeetingForm, NewMeetingForm, PointForm, usual_time
from samsyn.web.pages.meetings.shown import ShownGroup, fits, point_rows, rhythm_words, shown_meeting, shown_people
from samsyn.web.parts.base_url import base_url
from samsyn.web.parts.download import table_download
from samsyn.web.parts.row_form import RowForm
from samsyn.web.parts.saving import saved_edit

HEADERS = ("Grupp", "Slags grupp", "Dag", "Börjar", "Minuter", "Var", "Läge", "Kallelse skickad", "Avslutat av")
PAST_SHOWN = 20
HAS_BEGUN = "Mötet har börjat eller är avslutat. Det går inte att flytta, kalla till eller ställa in längre."


@page(Right.READ)
@require_GET
def meetings(request: PageRequest) -> HttpResponse:
    """Show the next meeting first, then each group, then what has been."""
    partnership, day = request.member.partnership, today()
    every = [shown_meeting(head, day) for head in reads.meetings(partnership)]
    ahead = [one for one in reversed(every) if one.head.is_ahead and not one.is_forgotten]
    people = reads.people_by_group(partnership)
    grouped = [_shown_group(group, ahead, len(people.get(group.id, ())), day) for group in reads.groups(partnership)]
    past = [one for one in every if one not in ahead]
    return render(request, "meetings/meetings.html", {
        "next": ahead[0] if ahead else None, "next_points": reads.points(partnership, ahead[0].head.id) if ahead else (), "groups": grouped,
        "past": past[:PAST_SHOWN], "past_left": max(0, len(past) - PAST_SHOWN), "may_run": request.member.may(Right.RUN_MEETINGS), "any": bool(every)})


def _shown_group(group: GroupHead, ahead: list[Any], people: int, day: date) -> ShownGroup:
    own = [one for one in ahead if one.head.group == group.id]
    suggested = None if own or group.every is Every.NONE else suggested_day(group, day)
    return ShownGroup(group, rhythm_words(group), people, own, suggested)


@page(Right.READ)
@require_GET
def meetings_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give every meeting as a list."""
    rows = [(head.group_name, head.kind.label, head.on, f"{in_sweden(head.starts_at):%H.%M}", head.minutes, head.place, head.state.label,
             in_sweden(head.invited_at).date() if head.invited_at else None, head.closed_by) for head in reads.meetings(request.member.partnership)]
    return table_download(ending, f"Möten {request.member.partnership_name}", HEADERS, rows)


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def plan_meeting(request: PageRequest) -> HttpResponse:
    """Plan a meeting of one of the groups; the agenda makes itself."""
    known = reads.groups(request.member.partnership)
    if not known:
        messages.info(request, "Gör en grupp först: det är gruppen som träffas.")
        return redirect("new_group")
    chosen = next((group for group in known if str(group.id) == request.GET.get("grupp")), known[0])
    form = NewMeetingForm(request.POST or None, initial=_usual(chosen), choices={"group": [(str(group.id), group.name) for group in known]})
    if request.method == "POST" and form.is_valid() and not _asks_again(request, form):
        sent = form.row_values()
        try:
            made = plan_with_agenda(partnership=request.member.partnership, group=UUID(sent.pop("group")), today=today(), actor=request.actor, at=now(),
                                    once=form.cleaned_data["once"], **sent)
        except AlreadyDone:
            return redirect("meetings")
        messages.success(request, "Mötet är planerat, och dagordningen är gjord av det som finns i planerna. Ändra den som ni vill.")
        return redirect("meeting", meeting=made.id)
    return render(request, "meetings/plan_meeting.html", {
        "form": form, "back": reverse("meetings"), "odd": getattr(form, "odd", ())}, status=400 if form.errors else 200)


def _usual(group: GroupHead) -> dict[str, Any]:
    day = suggested_day(group, today())
    return {"group": str(group.id), "starts_at": usual_time(group.starts_at, day, USUALLY_AT), "minutes": group.minutes, "place": group.place}


def _asks_again(request: PageRequest, form: RowForm) -> bool:
    """Whether the moment is unusual and nobody has said that it is meant. The form is then shown once more, with what is odd."""
    form.odd = () if request.POST.get("menat") else oddities(form.cleaned_data["starts_at"], now())  # type: ignore[attr-defined]
    return bool(form.odd)  # type: ignore[attr-defined]


@page(Right.READ)
@require_GET
def meeting(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Show a meeting: its agenda, when and where it is, and who has been called."""
    return shown(request, PointForm() if request.member.may(Right.RUN_MEETINGS) else None)


def shown(request: PageRequest, form: RowForm | None, status: int = 200) -> HttpResponse:
    """Return the page of a meeting. `form` is the one for a point of one's own, with its faults if it has any."""
    head = request.meeting
    points = reads.points(head.partnership, head.id)
    is_planned = head.state is MeetingState.PLANNED
    may_run = request.member.may(Right.RUN_MEETINGS) and head.is_ahead
    words, fit = fits(points, head)
    agenda = agenda_of(head, today()) if is_planned and may_run else None
    standing = {point.key for point in (*points, *reads.removed_points(head.partnership, head.id))}
    return render(request, "meetings/meeting.html", {
        "meeting": head, "when": when_words(head.starts_at, head.minutes), "fits": words, "is_fitting": fit,
        "rows": point_rows(points, agenda.holds if agenda else None),
        "people": shown_people(reads.people(head.partnership, head.group), letters_about(head.partnership, head.id)), "form": form,
        "removed": reads.removed_points(head.partnership, head.id) if may_run else (), "is_planned": is_planned, "may_run": may_run,
        "may_write": request.member.may(Right.WRITE_IN_MEETINGS), "odd": oddities(head.starts_at, now()) if is_planned else (),
        "new": sum(point.key not in standing for point in agenda.points) if agenda else 0, "is_forgotten": is_planned and head.on < today(),
        "has_group": reads.group(head.partnership, head.group) is not None,
        "has_plans": bool(points) or bool(reads.plans_of_group(head.partnership, head.group)), "key": uuid4().hex}, status=status)


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def change_meeting(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Move a meeting in time or place."""
    head, done = request.meeting, reverse("meeting", args=[meeting])
    if head.state is not MeetingState.PLANNED:
        return has_begun(request, head)
    form = MeetingForm(request.POST or None, row=reads.editable_meeting(head))
    said = "Mötet är ändrat. Kallelsen som gick ut gäller inte längre: skicka den igen." if head.was_invited else "Mötet är ändrat."

    def change(edit: Edit, once: str) -> Saved:
        return writes.change_meeting(partnership=head.partnership, meeting=meeting, edit=edit, actor=request.actor, at=now(), once=once)

    answer = None
    if request.method == "POST" and form.is_valid() and not _asks_again(request, form):
        answer = guarded(request, head, lambda: saved_edit(request, form, change, row_class=MeetingWords, done=done, said=said))
    return answer or render(request, "meetings/change_meeting.html", {
        "form": form, "meeting": head, "back": done, "odd": getattr(form, "odd", ())}, status=400 if form.errors else 200)


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def call_to_meeting(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Show the call as it will be read, and send it."""
    head = request.meeting
    if head.state is not MeetingState.PLANNED:
        return has_begun(request, head)
    url = base_url(request) + reverse("meeting", args=[meeting])
    people = reads.people(head.partnership, head.group)
    if request.method == "POST":
        return guarded(request, head, lambda: _called(request, url)) or redirect("meeting", meeting=meeting)
    subject, text = invitation_words(told_of(head, request.member.partnership_name), by=request.actor.name, which=which_call(head), url=url)
    return render(request, "meetings/call.html", {
        "meeting": head, "people": people, "by_hand": [one.name for one in people if not one.email], "subject": subject, "text": text,
        "back": reverse("meeting", args=[meeting]), "key": uuid4().hex})


def _called(request: PageRequest, url: str) -> HttpResponse:
    try:
        called = call(meeting=request.meeting, partnership_name=request.member.partnership_name, url=url, actor=request.actor, at=now(),
                      once=request.POST.get("once", "")[:64])
    except NobodyToCall:
        messages.info(request, "Gruppen har ingen att kalla än. Skriv in vilka som är med.")
        return redirect("group", group=request.meeting.group)
    except AlreadyDone:
        return redirect("meeting", meeting=request.meeting.id)
    messages.success(request, _called_words("Kallelsen är skriven till", called))
    return redirect("meeting", meeting=request.meeting.id)


def _called_words(first: str, called: Called) -> str:
    said = f"{first} {counted(called.letters, 'person', 'personer')}."
    return f"{said} {listed(called.without_address)} har ingen e-post: lämna den för hand." if called.without_address else said


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def cancel_meeting(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Ask, and then cancel a meeting and tell those who have been called."""
    head = request.meeting
    if head.state is not MeetingState.PLANNED:
        return has_begun(request, head)
    if request.method == "POST":
        return guarded(request, head, lambda: _cancelled(request)) or redirect("meeting", meeting=meeting)
    return render(request, "meetings/cancel.html", {
        "meeting": head, "when": when_words(head.starts_at, head.minutes), "back": reverse("meeting", args=[meeting])})


def _cancelled(request: PageRequest) -> HttpResponse:
    called = call_off(meeting=request.meeting, partnership_name=request.member.partnership_name, actor=request.actor, at=now())
    messages.success(request, _called_words("Mötet är inställt. Ett besked är skrivet till", called) if called.letters else
                     "Mötet är inställt. Ingen hade fått kallelsen, så ingen behöver besked.")
    return redirect("meetings")


def guarded(request: PageRequest, head: MeetingHead, act: Callable[[], HttpResponse | None]) -> HttpResponse | None:
    """Do something with a meeting; if it has begun or ended meanwhile, say so kindly and lead back to it."""
    try:
        return act()
    except (writes.NotPlanned, writes.MeetingOver):
        return has_begun(request, head)


def has_begun(request: PageRequest, head: MeetingHead) -> HttpResponse:
    """Say that a meeting is no longer planned, and lead to it."""
    messages.info(request, "Mötet är inställt." if head.state is MeetingState.CANCELLED else HAS_BEGUN)
    return redirect("meeting", meeting=head.id)
