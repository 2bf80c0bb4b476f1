"""A meeting is closed: its minutes are looked through first, and who gets them is chosen."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samsyn.chain.meeting_values import MeetingState
from samsyn.chain.wording import count_words, counted, listed
from samsyn.flows.closing import AlreadyClosed, Closed, NotOpened, StillWriting, close_meeting, draft
from samsyn.formats.minutes_view import view_of
from samsyn.formats.report_typst import ReportFailed, TypstMissing
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.meeting.minutes_reads import Concerned, points_left
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.base_url import base_url

NO_PAPER = "Protokollet gick inte att göra som PDF. Mötet är fortfarande öppet, och allt ni har skrivit är kvar. Säg till den som sköter servern."
log = logging.getLogger(__name__)
STILL_WRITING = "Någon skriver fortfarande i mötet. Vänta tills alla är klara och avsluta sedan."


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may get the minutes, as the page shows them. `key` is what the form sends; `is_chosen` whether the box is ticked."""

    key: str
    name: str
    email: str
    why: str
    is_chosen: bool


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def close(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Show what the minutes will say and who gets them; close the meeting when that is sent."""
    state = request.meeting.state
    if state is MeetingState.CLOSED and request.method == "GET":
        messages.info(request, str(AlreadyClosed(request.meeting.closed_by, request.meeting.closed_at)))
        return redirect("minutes", meeting=meeting)
    if request.method == "POST":
        return _closed(request)
    return _show(request)


def _closed(request: PageRequest) -> HttpResponse:
    head = request.meeting
    shown, chosen = set(request.POST.getlist("shown")), set(request.POST.getlist("to"))
    try:
        made = close_meeting(partnership=head.partnership, meeting=head.id, leave_out=shown - chosen, base_url=base_url(request),
                             actor=request.actor, at=now(), once=request.POST.get("once", "")[:64])
    except AlreadyDone:
        return redirect("minutes", meeting=head.id)
    except AlreadyClosed as already:
        messages.info(request, f"{already} Inget mer har skickats.")
        return redirect("minutes", meeting=head.id)
    except (NotOpened, StillWriting, TypstMissing) as fault:
        return _show(request, STILL_WRITING if isinstance(fault, StillWriting) else str(fault))
    except ReportFailed:
        log.exception("The paper of meeting %s could not be made", head.id)
        return _show(request, NO_PAPER)
    messages.success(request, _said(made))
    return redirect("minutes", meeting=head.id)


def _show(request: PageRequest, fault: str = "") -> HttpResponse:
    head = request.meeting
    if head.state is not MeetingState.LIVE:
        return render(request, "minutes/not_open.html", {"meeting": head}, status=409 if request.method == "POST" else 200)
    made = draft(head, by=request.actor.name, at=now())
    left_out = set(request.POST.getlist("shown")) - set(request.POST.getlist("to"))
    return render(request, "minutes/close.html", {
        "meeting": head, "minutes": view_of(made.content), "readers": [_reader(one, left_out) for one in made.concerned], "once": uuid4().hex,
        "left_words": _left_words(points_left(head.partnership, head.id)), "fault": fault}, status=409 if fault else 200)


def _left_words(left: int) -> str:
    """Return how many points are neither done nor parked; "" if none are."""
    if not left:
        return ""
    return "En punkt är varken klar eller parkerad." if left == 1 else f"{count_words(left).capitalize()} punkter är varken klara eller parkerade."


def _reader(one: Concerned, left_out: set[str]) -> Reader:
    why = [words for words in one.why if not one.assignments or words != one.why[-1]]
    if one.assignments:
        why.append(f"har fått {counted(len(one.assignments), 'uppdrag', 'uppdrag', neuter=True)}")
    return Reader(one.person.key, one.person.name, one.person.email, listed(why), one.person.key not in left_out)


def _said(made: Closed) -> str:
    """Return what happened, in a few sentences."""
    said = ["Mötet är avslutat och protokollet är sparat."]
    if made.letters:
        said.append(f"Det ligger bland utskicken till {counted(made.letters, 'person', 'personer')}.")
    if made.without_address:
        said.append(f"{listed(made.without_address)} har ingen adress: skicka texten på annat sätt.")
    if made.moved:
        said.append(f"{counted(made.moved, 'parkerad punkt', 'parkerade punkter').capitalize()} ligger på nästa möte.")
    return " ".join(said)
