"""The agenda of a meeting, edited: points of one's own, order, and new proposals."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.chain.meeting_rows import PointWords
from samsyn.chain.wording import counted, listed
from samsyn.flows.agenda_making import bring_up_to_date
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Edit, Gone, Saved
from samsyn.records.meeting import reads, writes
from samsyn.records.meeting.agenda_writes import Refreshed
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.meetings.forms import PointForm
from samsyn.web.pages.meetings.views import guarded, has_begun, shown
from samsyn.web.parts.download import table_download
from samsyn.web.parts.saving import saved_edit

HEADERS = ("Nummer", "Punkt", "Varför", "Minuter", "Slag")
GONE_ALREADY = "Punkten är redan borttagen från dagordningen."


@page(Right.READ)
@require_GET
def agenda_file(request: PageRequest, meeting: UUID, ending: str) -> HttpResponse:
    """Give the agenda as a list."""
    rows = [(i, point.title, point.why, point.minutes, point.kind.label)
            for i, point in enumerate(reads.points(request.meeting.partnership, meeting), start=1)]
    return table_download(ending, f"Dagordning {request.meeting.group_name} {request.meeting.on}", HEADERS, rows)


@page(Right.RUN_MEETINGS)
@require_POST
def add_point(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Add a point of one's own last on the agenda."""
    form = PointForm(request.POST)
    if not form.is_valid():
        return shown(request, form, status=400)

    def add() -> HttpResponse:
        with suppress(AlreadyDone):  # the same press twice: the point is there
            writes.add_point(actor=request.actor, at=now(), once=form.cleaned_data["once"], partnership=request.meeting.partnership, meeting=meeting,
                             **form.row_values())
        return _back(meeting)

    return guarded(request, request.meeting, add) or _back(meeting)


@page(Right.RUN_MEETINGS)
@require_http_methods(["GET", "POST"])
def change_point(request: PageRequest, meeting: UUID, row: UUID) -> HttpResponse:
    """Change a point's words or minutes."""
    held = reads.editable_point(request.meeting.partnership, meeting, row)
    if held is None:
        return _removed_already(request, meeting, row)
    if not request.meeting.is_ahead:
        return has_begun(request, request.meeting)
    form = PointForm(request.POST or None, row=held)

    def change(edit: Edit, once: str) -> Saved:
        return writes.change_point(point=row, edit=edit, once=once, **_given(request))

    done = f"{reverse('meeting', args=[meeting])}#punkt-{row}"
    answer = request.POST and guarded(request, request.meeting, lambda: saved_edit(
        request, form, change, row_class=PointWords, done=done, said="Punkten är sparad."))
    return answer or render(request, "meetings/point.html", {
        "form": form, "meeting": request.meeting, "row": held, "back": done}, status=400 if form.errors else 200)


@page(Right.RUN_MEETINGS)
@require_POST
def move_point(request: PageRequest, meeting: UUID, row: UUID) -> HttpResponse:
    """Put a point before another, or last. The same by button and by drag."""
    before = request.POST.get("before", "")
    try:
        target = UUID(before) if before else None
    except ValueError as no_id:
        raise Http404 from no_id
    return _acted(request, row, lambda: writes.move_point(point=row, before=target, **_given(request)), also=target, at=f"punkt-{row}")


@page(Right.RUN_MEETINGS)
@require_POST
def remove_point(request: PageRequest, meeting: UUID, row: UUID) -> HttpResponse:
    """Take a point off the agenda. It does not come back by itself."""
    said = "Punkten är borttagen. Den kommer inte tillbaka av sig själv."
    return _acted(request, row, lambda: writes.withdraw_point(point=row, **_given(request)), said=said)


@page(Right.RUN_MEETINGS)
@require_POST
def take_up_point(request: PageRequest, meeting: UUID, row: UUID) -> HttpResponse:
    """Put a removed point back. One that stands there already is as was wished."""
    if any(point.id == row for point in reads.points(request.meeting.partnership, meeting)):
        return _back(meeting)
    said = "Punkten är tillbaka på dagordningen."
    return _acted(request, row, lambda: writes.take_up_point(point=row, **_given(request)), said=said, at=f"punkt-{row}")


@page(Right.RUN_MEETINGS)
@require_POST
def fetch_proposals(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Bring the agenda up to what is true now."""
    def fetch() -> HttpResponse:
        try:
            done = bring_up_to_date(meeting=request.meeting, today=today(), actor=request.actor, at=now(), once=request.POST.get("once", "")[:64])
        except AlreadyDone:
            return _back(meeting)
        messages.success(request, _refreshed_words(done))
        return _back(meeting)

    return guarded(request, request.meeting, fetch) or _back(meeting)


def _refreshed_words(done: Refreshed) -> str:
    parts = [f"{counted(done.added, 'punkt', 'punkter')} kom till"] if done.added else []
    parts += [f"{counted(done.changed, 'punkt', 'punkter')} fick nya uppgifter"] if done.changed else []
    parts += [f"{counted(done.gone, 'punkt', 'punkter')} som inte längre gäller togs bort"] if done.gone else []
    said = f"{listed(parts).capitalize()}. " if parts else "Det finns inget nytt att ta upp. "
    return said + "Det ni har skrivit eller tagit bort själva är som det var."


def _given(request: PageRequest) -> dict[str, Any]:
    return {"partnership": request.meeting.partnership, "meeting": request.meeting.id, "actor": request.actor, "at": now()}


def _acted(request: PageRequest, row: UUID, act: Callable[[], None], *, said: str = "", also: UUID | None = None, at: str = "dagordning") -> HttpResponse:
    """
    Do something with a point and lead back to the agenda, `at` a place on it.

    One that somebody has taken away is told of; one that never was is not here. `also` = another point that must be there.
    """
    meeting = request.meeting.id

    def acted() -> HttpResponse:
        try:
            act()
        except Gone as gone:
            if not any(reads.is_removed(request.meeting.partnership, meeting, one) for one in (row, also) if one):
                raise Http404 from gone
            messages.info(request, GONE_ALREADY)
            return _back(meeting)
        if said:
            messages.success(request, said)
        return _back(meeting, at)

    return guarded(request, request.meeting, acted) or _back(meeting)


def _removed_already(request: PageRequest, meeting: UUID, row: UUID) -> HttpResponse:
    if not reads.is_removed(request.meeting.partnership, meeting, row):
        raise Http404
    messages.info(request, GONE_ALREADY)
    return _back(meeting)


def _back(meeting: UUID, at: str = "dagordning") -> HttpResponse:
    return redirect(f"{reverse('meeting', args=[meeting])}#{at}")
