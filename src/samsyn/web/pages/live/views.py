"""The live page of a meeting: walk through the points, write lines, say who is here. The same addresses serve a form and a script."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.chain.meeting_line import lines_in
from samsyn.chain.meeting_live import LineWords
from samsyn.chain.meeting_values import Here, MeetingState
from samsyn.chain.rows import label_of
from samsyn.flows.live_meeting import set_faces_in_meeting
from samsyn.formats.personal_numbers import has_certain
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Collided, Edit, Gone
from samsyn.records.follow_up.reads import EditableRow
from samsyn.records.meeting import line_writes as writes
from samsyn.records.meeting import live_writes as walking
from samsyn.records.meeting.line_reads import LineHead, line, nameable
from samsyn.records.meeting.reads import MeetingPoint, points
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.live.facts import facts_of
from samsyn.web.pages.live.forms import WHO_IS_IT, AttendantForm, LineForm, text_fault
from samsyn.web.pages.live.shown import parts_of
from samsyn.web.parts.face_form import FaceForm, face_now, faces_set
from samsyn.web.parts.row_form import NO_PERSONAL_NUMBER
from samsyn.web.parts.saving import saved_edit

ASKED_BY_SCRIPT = "HTTP_X_LIVE"
NOT_LIVE = {
    MeetingState.PLANNED: "Mötet är inte öppnat än. Inget sparades. Din text står kvar.",
    MeetingState.CLOSED: "Mötet är avslutat. Inget sparades. Din text står kvar så att du kan kopiera den.",
    MeetingState.CANCELLED: "Mötet är inställt. Inget sparades. Din text står kvar så att du kan kopiera den."}
GONE = "Punkten eller raden finns inte längre: någon har tagit bort den. Inget sparades. Din text står kvar."


@page(Right.READ)
@require_GET
def live(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Show the meeting as it is now, or before it is opened, or read only when it is over."""
    return _page(request)


@page(Right.READ)
@require_GET
def news(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Give what an open page shows, if anything has been written since `revision`; nothing (204) otherwise."""
    if request.GET.get("revision") == str(request.meeting.revision):
        return HttpResponse(status=204)
    return _parts(request)


@page(Right.RUN_MEETINGS)
@require_POST
def open_live(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Open the meeting on its first point. Opened twice is opened once."""
    try:
        walking.open_meeting(partnership=request.member.partnership, meeting=meeting, actor=request.actor, at=now())
    except writes.NotLive as over:
        messages.error(request, f"Mötet går inte att öppna. Det är {over.state.label.lower()}.")
    return redirect("live", meeting=meeting)


@page(Right.RUN_MEETINGS)
@require_POST
def step(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Walk: to the next point, back, to a certain one; or mark a point as done, parked or taken up again."""
    agenda = points(request.member.partnership, meeting)
    point = next((one for one in agenda if str(one.id) == request.POST.get("point")), None)
    if point is None:
        return _refused(request, GONE, 409)
    try:
        _walk(request, agenda, point, request.POST.get("act", ""))
    except writes.NotLive as over:
        return _refused(request, NOT_LIVE[over.state], 409)
    except Gone:
        return _refused(request, GONE, 409)
    return _done(request, reverse("live", args=[meeting]))


def _walk(request: PageRequest, agenda: tuple[MeetingPoint, ...], point: MeetingPoint, act: str) -> None:
    given: dict[str, Any] = {"partnership": request.member.partnership, "meeting": request.meeting.id, "actor": request.actor, "at": now()}
    marks = {"done": walking.finish_point, "park": walking.park_point, "reopen": walking.reopen_point}
    place = agenda.index(point)
    if act in marks:
        marks[act](point=point.id, **given)
    elif act == "next" and place + 1 < len(agenda):
        walking.go_to(point=agenda[place + 1].id, leaves=point.id, **given)
    elif act == "next":
        walking.finish_point(point=point.id, **given)
    else:
        walking.go_to(point=agenda[max(0, place - 1)].id if act == "previous" else point.id, **given)


@page(Right.WRITE_IN_MEETINGS)
@require_POST
def write(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Write a line under a point; several pasted lines are several rows. What cannot be kept is given back with the reason."""
    text = request.POST.get("text", "")
    fault = text_fault(text)
    if fault:
        return _refused(request, fault, 400, text)
    try:
        writes.add_lines(partnership=request.member.partnership, meeting=meeting, point=_point_sent(request), texts=lines_in(text), today=today(),
                         actor=request.actor, at=now(), once=request.POST.get("once", "")[:64])
    except AlreadyDone:
        pass  # the same form once more: its rows are there
    except writes.NotLive as over:
        return _refused(request, NOT_LIVE[over.state], 409, text)
    except Gone:
        return _refused(request, GONE, 409, text)
    return _done(request, _address(request))


@page(Right.WRITE_IN_MEETINGS)
@require_http_methods(["GET", "POST"])
def change(request: PageRequest, meeting: UUID, row: UUID) -> HttpResponse:
    """Change a line, choose who its owner is, or take it out. Where two change the same words both texts are shown."""
    held = line(request.member.partnership, meeting, row)
    if held is None:
        raise Http404
    act = request.POST.get("act", "")
    if act in ("remove", "owner"):
        return _act_on_line(request, held, act)
    agenda = points(request.member.partnership, meeting)
    options = [("", "Ingen punkt"), *((str(one.id), f"{number}. {one.title}") for number, one in enumerate(agenda, 1))]
    form = LineForm(request.POST or None, row=_editable(held), initial={"point": str(held.point or "")}, choices={"point": options})
    answer = _change(request, held, form) if request.POST else None
    return answer or render(request, "live/line.html", {
        "form": form, "meeting": request.meeting, "line": held, "back": _address(request),
        "names": [one.name for one in nameable(request.member.partnership, request.meeting.group, meeting)]}, status=400 if request.POST else 200)


def _change(request: PageRequest, held: LineHead, form: LineForm) -> HttpResponse | None:
    """Save a changed line; None if the form is to be shown again, with what is wrong."""
    def write_change(edit: Edit, once: str) -> Any:
        wanted = form.cleaned_data["point"]
        return writes.change_line(
            partnership=request.member.partnership, meeting=request.meeting.id, line=held.id, edit=edit, actor=request.actor, at=now(), once=once,
            is_moved=wanted != str(held.point or ""), point=UUID(wanted) if wanted else None)

    try:
        return saved_edit(request, form, write_change, row_class=LineWords, done=_address(request), said="Raden är ändrad.")
    except writes.NotLive as over:
        form.add_error(None, NOT_LIVE[over.state])
    except writes.NoOwner:
        form.add_error("owner", WHO_IS_IT)
    return None


def _act_on_line(request: PageRequest, held: LineHead, act: str) -> HttpResponse:
    given: dict[str, Any] = {"partnership": request.member.partnership, "meeting": request.meeting.id, "line": held.id, "actor": request.actor, "at": now()}
    owner = request.POST.get("owner", "").replace("\0", "")[:200]
    if act == "owner" and has_certain(owner):
        return _refused(request, NO_PERSONAL_NUMBER, 400)
    try:
        if act == "remove":
            writes.withdraw_line(**given)
        else:
            edit = Edit(values={"owner": owner}, base={"owner": request.POST.get("was", "")}, version=0)
            writes.change_line(edit=edit, **given)
    except writes.NotLive as over:
        return _refused(request, NOT_LIVE[over.state], 409)
    except (Gone, Collided, writes.NoOwner):
        return _refused(request, "Någon annan har ändrat raden. Se hur den är nu.", 409)
    return _done(request, _address(request))


@page(Right.WRITE_IN_MEETINGS)
@require_POST
def attend(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Say where somebody is: of the group, or one who came besides; that all others are here; or write down somebody new."""
    given: dict[str, Any] = {"partnership": request.member.partnership, "meeting": meeting, "actor": request.actor, "at": now()}
    act = request.POST.get("act", "")
    form = AttendantForm(request.POST) if act == "add" else None
    if form is not None and not form.is_valid():
        return _refused(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults), 400, attendant=form)
    try:
        if form is not None:
            sent = form.cleaned_data
            writes.add_attendant(**{**sent, "here": Here(sent["here"])}, **given)
        elif act == "rest":
            writes.set_rest_present(**given)
        else:
            _set_here(request, given)
    except AlreadyDone:
        pass  # the same form once more: the person is there
    except writes.NotLive as over:
        return _refused(request, NOT_LIVE[over.state], 409)
    except (Gone, ValueError):
        return _refused(request, "Personen finns inte längre i gruppen. Inget sparades.", 409)
    return _done(request, _address(request, "narvaro"))


def _set_here(request: PageRequest, given: dict[str, Any]) -> None:
    """Set where somebody is. Raises ValueError for what no button of ours sends."""
    here = Here(request.POST.get("here", ""))
    if request.POST.get("person"):
        writes.set_attendance(person=UUID(request.POST["person"]), here=here, **given)
    else:
        writes.change_attendant(row=UUID(request.POST.get("row", "")), values={"here": here}, **given)


@page(Right.SET_FACES)
@require_POST
def set_faces(request: PageRequest, meeting: UUID, point: UUID) -> HttpResponse:
    """Set the face of the action that a point is about, as the meeting has agreed; a line of it is written under the point."""
    about = next((one for one in points(request.member.partnership, meeting) if one.id == point), None)
    facts = facts_of(request.member.partnership, about, today())
    one = facts["action"]
    if about is None or one is None:
        raise Http404
    form = FaceForm(request.POST)

    def write_faces(**sent: Any) -> None:
        set_faces_in_meeting(partnership=request.member.partnership, meeting=meeting, point=point, action=UUID(one.id), name=label_of(one),
                             actor=request.actor, at=now(), **sent)

    try:
        is_set = form.is_valid() and faces_set(form, one, today(), write_faces)
    except writes.NotLive as over:
        return _refused(request, NOT_LIVE[over.state], 409)
    if not is_set:
        return _refused(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults), 400, face_form=form)
    return _done(request, _address(request))


def _point_sent(request: PageRequest) -> UUID | None:
    """Return the point that a line is to stand under. Raises Gone for what is no id."""
    sent = request.POST.get("point", "")
    try:
        return UUID(sent) if sent else None
    except ValueError as fault:
        raise Gone from fault


def _editable(held: LineHead) -> EditableRow:
    values = {"kind": held.kind.value, "text": held.text, "owner": held.owner, "due_on": held.due_on}
    return EditableRow(held.id, "line", values, held.version, "", None)


def _address(request: PageRequest, fragment: str = "") -> str:
    """Return where the person was: at the common point, or at the one they looked at by themselves."""
    look = request.GET.get("punkt") or request.POST.get("punkt") or ""
    known = {str(one.id) for one in points(request.member.partnership, request.meeting.id)} if look else set()
    return reverse("live", args=[request.meeting.id]) + (f"?punkt={look}" if look in known else "") + (f"#{fragment}" if fragment else "")


def _done(request: PageRequest, address: str) -> HttpResponse:
    """Answer a script with the page's parts as they are now, a form with the page."""
    if ASKED_BY_SCRIPT in request.META:
        _read_again(request)
        return _parts(request)
    return redirect(address)


def _refused(request: PageRequest, fault: str, status: int, text: str = "", **forms: Any) -> HttpResponse:
    """Answer a script with the reason alone, since it has the text; a form with the page, the reason and the text."""
    if ASKED_BY_SCRIPT in request.META:
        return HttpResponse(fault, status=status, content_type="text/plain; charset=utf-8")
    _read_again(request)
    return _page(request, status=status, fault=fault, text=text, **forms)


def _read_again(request: PageRequest) -> None:
    """Read the meeting anew after a write: its revision, state and point are others now."""
    from samsyn.records.meeting.reads import meeting_head

    request.meeting = meeting_head(request.member.partnership, request.meeting.id) or request.meeting


def _parts(request: PageRequest) -> HttpResponse:
    parts = parts_of(request, known_stamp=request.GET.get("fakta", "") or request.POST.get("fakta", ""))
    return render(request, "live/parts.html", {**parts, **({} if parts["is_same"] else _facts(request, parts))})


def _page(request: PageRequest, status: int = 200, **more: Any) -> HttpResponse:
    parts = parts_of(request)
    return render(request, "live/live.html", {
        "attendant": AttendantForm(initial={"once": uuid4().hex}), "once": uuid4().hex, **parts, **_facts(request, parts), **more}, status=status)


def _facts(request: PageRequest, parts: dict[str, Any]) -> dict[str, Any]:
    """The facts of the point that is shown, with the form of its face for those who may set it."""
    facts = facts_of(request.member.partnership, parts["point"], today())
    may_set = facts["action"] is not None and parts["is_live"] and request.member.may(Right.SET_FACES)
    owns = facts["action"] is not None and request.member.may(Right.CHECK_IN_OWN) and request.member.is_responsible_for(facts["action"])
    return {**facts, "face_form": FaceForm(initial=face_now(facts["action"], today())) if may_set else None, "may_check_in": owns and not may_set}
