"""Groups that meet: who is in them, how often they meet, and which plans they work with."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.chain.meeting_rows import GroupWords, PersonWords
from samsyn.chain.meeting_values import Every, GroupKind
from samsyn.chain.wording import counted
from samsyn.flows.agenda_making import suggested_day
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Edit, Gone, Saved
from samsyn.records.meeting import group_writes as writes
from samsyn.records.meeting import reads
from samsyn.records.partnership.reads import members
from samsyn.records.partnership.rights import Right
from samsyn.records.plan.reads import plan_heads
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.meetings.forms import GroupForm, NewGroupForm, PersonForm
from samsyn.web.pages.meetings.shown import rhythm_words, shown_meeting
from samsyn.web.parts.download import table_download
from samsyn.web.parts.saving import saved_edit, saved_new

HEADERS = ("Namn", "Befattning", "Organisation", "E-post", "Har konto")
USUAL_NAME = {GroupKind.STEERING: "Styrgruppen", GroupKind.WORKING: "Arbetsgruppen", GroupKind.PREPARATORY: "Beredningsgruppen",
              GroupKind.STRATEGIC_COUNCIL: "Strategiska rådet"}


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def new_group(request: PageRequest) -> HttpResponse:
    """Make a group with those who are in it."""
    kind = next((one for one in GroupKind if one.value == request.GET.get("slag")), None)
    plans = _plans(request)
    form = NewGroupForm(request.POST or None, initial={
        "kind": kind or "", "name": USUAL_NAME[kind] if kind else "", "every": Every.QUARTER if kind is GroupKind.STEERING else Every.MONTH,
        "minutes": 60, "plans": [plan for plan, _ in plans]}, choices={"plans": plans, "members": _members(request)})
    made: list[UUID] = []

    def add(sent: dict[str, Any], once: str) -> None:
        chosen = {name: [UUID(one) for one in sent.pop(name)] for name in ("plans", "members")}
        made.append(writes.add_group(partnership=request.member.partnership, values=sent, actor=request.actor, at=now(), once=once, **chosen).id)

    answer = saved_new(request, form, add, done=reverse("meetings"), said="Gruppen är gjord. Planera första mötet när ni vill.") if request.POST else None
    if answer and made:
        return redirect("group", group=made[0])
    return answer or render(request, "meetings/new_group.html", {"form": form, "back": reverse("meetings")}, status=400 if form.errors else 200)


@page(Right.READ)
@require_GET
def group(request: PageRequest, group: UUID) -> HttpResponse:
    """Show a group: who is in it, its plans and its meetings."""
    return _shown(request, PersonForm() if request.member.may(Right.RUN_MEETINGS) else None)


def _shown(request: PageRequest, form: PersonForm | None, status: int = 200) -> HttpResponse:
    head, partnership = request.group, request.member.partnership
    people = reads.people(partnership, head.id)
    there = {person.member for person in people}
    own = set(reads.plans_of_group(partnership, head.id))
    return render(request, "meetings/group.html", {
        "group": head, "rhythm": rhythm_words(head), "people": people, "form": form, "may_run": request.member.may(Right.RUN_MEETINGS),
        "others": [one for one in members(partnership) if one.id not in there], "plans": [plan for plan in plan_heads(partnership) if plan.id in own],
        "meetings": [shown_meeting(one, today()) for one in reads.meetings(partnership, head.id)], "suggested": suggested_day(head, today()),
        "key": uuid4().hex}, status=status)


@page(Right.READ)
@require_GET
def group_people_file(request: PageRequest, group: UUID, ending: str) -> HttpResponse:
    """Give the people of a group as a list."""
    rows = [(one.name, one.position, one.organisation_name, one.email, "Ja" if one.member else "Nej")
            for one in reads.people(request.member.partnership, group)]
    return table_download(ending, f"Med i {request.group.name}", HEADERS, rows)


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def change_group(request: PageRequest, group: UUID) -> HttpResponse:
    """Change a group, its rhythm and its plans."""
    form = GroupForm(request.POST or None, row=reads.editable_group(request.group), choices={"plans": _plans(request)})
    done = reverse("group", args=[group])

    def change(edit: Edit, once: str) -> Saved:
        return writes.change_group(partnership=request.member.partnership, group=group, edit=edit, actor=request.actor, at=now(), once=once)

    answer = saved_edit(request, form, change, row_class=GroupWords, done=done, said="Gruppen är sparad.") if request.POST else None
    return answer or render(request, "meetings/change_group.html", {"form": form, "group": request.group, "back": done},
                            status=400 if form.errors else 200)


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def close_group(request: PageRequest, group: UUID) -> HttpResponse:
    """Ask, and then take a group out of use, unless it has a meeting ahead."""
    if request.method == "GET":
        return render(request, "meetings/close_group.html", {"group": request.group, "back": reverse("group", args=[group])})
    try:
        writes.withdraw_group(partnership=request.member.partnership, group=group, actor=request.actor, at=now())
    except writes.HasMeetings:
        messages.info(request, "Gruppen har ett möte framför sig. Håll det eller ställ in det först.")
        return redirect("group", group=group)
    messages.success(request, f"{request.group.name} är nedlagd. Mötena och protokollen finns kvar.")
    return redirect("meetings")


@page(Right.RUN_MEETINGS)
@require_POST
def add_people(request: PageRequest, group: UUID) -> HttpResponse:
    """Put members of the partnership in a group."""
    try:
        chosen = [UUID(one) for one in request.POST.getlist("members")]
        came = writes.add_members(partnership=request.member.partnership, group=group, members=chosen, actor=request.actor, at=now(),
                                  once=request.POST.get("once", "")[:64])
    except AlreadyDone:
        return redirect("group", group=group)
    except (ValueError, Gone) as gone:
        raise Http404 from gone
    messages.success(request, f"{counted(came, 'person är', 'personer är').capitalize()} med i gruppen nu." if came else "Kryssa för vilka som ska vara med.")
    return redirect("group", group=group)


@page(Right.RUN_MEETINGS)
@require_POST
def add_person(request: PageRequest, group: UUID) -> HttpResponse:
    """Write in somebody who has no account."""
    form = PersonForm(request.POST)

    def add(sent: dict[str, Any], once: str) -> None:
        writes.add_member(partnership=request.member.partnership, group=group, values=sent, actor=request.actor, at=now(), once=once)

    return saved_new(request, form, add, done=reverse("group", args=[group]), said="Personen är med i gruppen nu.") or _shown(request, form, status=400)


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def change_person(request: PageRequest, group: UUID, row: UUID) -> HttpResponse:
    """Change somebody's name, position, organisation or address in a group."""
    held = reads.editable_person(request.member.partnership, group, row)
    if held is None:
        return _left_already(request, group, row)
    form = PersonForm(request.POST or None, row=held)
    done = reverse("group", args=[group])

    def change(edit: Edit, once: str) -> Saved:
        return writes.change_member(partnership=request.member.partnership, group=group, person=row, edit=edit, actor=request.actor, at=now(), once=once)

    answer = saved_edit(request, form, change, row_class=PersonWords, done=done, said="Uppgifterna är sparade.") if request.POST else None
    return answer or render(request, "meetings/person.html", {"form": form, "group": request.group, "row": held, "back": done},
                            status=400 if form.errors else 200)


@page(Right.RUN_MEETINGS)
@require_POST
def remove_person(request: PageRequest, group: UUID, row: UUID) -> HttpResponse:
    """Take a person out of a group. One who has left already has left."""
    try:
        writes.withdraw_member(partnership=request.member.partnership, group=group, person=row, actor=request.actor, at=now())
    except Gone:
        return _left_already(request, group, row)
    messages.success(request, "Personen är inte med i gruppen längre. Protokollen är som de var.")
    return redirect("group", group=group)


def _left_already(request: PageRequest, group: UUID, row: UUID) -> HttpResponse:
    if not reads.has_left(request.member.partnership, group, row):
        raise Http404
    messages.info(request, "Personen är redan borttagen ur gruppen.")
    return redirect("group", group=group)


def _plans(request: PageRequest) -> list[tuple[str, str]]:
    return [(str(head.id), head.name) for head in plan_heads(request.member.partnership)]


def _members(request: PageRequest) -> list[tuple[str, str]]:
    return [(str(one.id), f"{one.name}, {one.organisation_name}") for one in members(request.member.partnership)]
