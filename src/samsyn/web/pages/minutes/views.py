"""The minutes of a closed meeting: on the page, on paper and in Word, and how its assignments have gone since."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from samsyn.chain.meeting_values import STEERS, Every, LineKind, MinutesContent
from samsyn.chain.minutes_json import NotMinutes, minutes_from_json
from samsyn.chain.wording import date_words
from samsyn.flows.agenda_making import suggested_day
from samsyn.formats.minutes_docx import minutes_docx
from samsyn.formats.minutes_view import view_of
from samsyn.records.access.redacted import redactions_of
from samsyn.records.meeting.line_reads import LineHead, answers, lines
from samsyn.records.meeting.minutes_reads import KeptMinutes, kept_minutes, minutes_letters, minutes_paper
from samsyn.records.meeting.reads import MeetingHead, group, next_meetings
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import today
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.download import download, table_download

HEADERS = ("Vem", "Uppdrag", "Klart senast", "Hur det gick", "Senaste svar", "Plan")
NO_PAPER = "Papperet är borttaget, för ord i det fick inte stå kvar."
NOT_READ = "Protokollet går inte att göra om till Word, för ord i det fick inte stå kvar."


@dataclass(frozen=True, slots=True)
class ShownAssignment:
    """An assignment as it stands now. `went` = how it has gone, in words; `said` = the latest answer with its text, "" if there is none."""

    line: LineHead
    went: str
    said: str
    is_late: bool


@page(Right.READ)
@require_GET
def minutes(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Show the minutes, and what has happened with the assignments since."""
    head = request.meeting
    kept = kept_minutes(head.partnership, meeting)
    if kept is None:
        return render(request, "minutes/not_closed.html", {"meeting": head, "may_run": request.member.may(Right.RUN_MEETINGS)})
    content = _content(kept)
    view = view_of(content) if content else None
    where = f". {view['place']}" if view and view["place"] else ""
    return render(request, "minutes/minutes.html", {
        "meeting": head, "kept": kept, "minutes": view, "title": view["title"] if view else "Protokoll",
        "lead": f"Protokoll, {head.group_name}. {view['when']}{where}" if view else head.group_name, "redacted": redactions_of(kept.id),
        "assignments": _assignments(head), "letters": minutes_letters(head.partnership, head.id),
        "may_run": request.member.may(Right.RUN_MEETINGS), "may_put": request.member.may(Right.EDIT_CHAIN), "may_nudge": request.member.may(Right.NUDGE),
        "is_deciding": head.kind in STEERS, **_next(request, head)})


@page(Right.READ)
@require_GET
def minutes_as_pdf(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Give the minutes on paper, as they were kept when the meeting was closed."""
    kept = _kept(request)
    if not kept.has_paper:
        messages.info(request, NO_PAPER)
        return redirect("minutes", meeting=meeting)
    return download(minutes_paper(request.meeting.partnership, meeting), "pdf", _name(request.meeting))


@page(Right.READ)
@require_GET
def minutes_as_word(request: PageRequest, meeting: UUID) -> HttpResponse:
    """Give the minutes as a Word file."""
    content = _content(_kept(request))
    if content is None:
        messages.info(request, NOT_READ)
        return redirect("minutes", meeting=meeting)
    return download(minutes_docx(content), "docx", _name(request.meeting))


@page(Right.READ)
@require_GET
def assignments_file(request: PageRequest, meeting: UUID, ending: str) -> HttpResponse:
    """Give the assignments of a meeting as they stand now."""
    rows = [(one.line.owner, one.line.text, one.line.due_on, one.went, one.said, one.line.plan_name) for one in _assignments(request.meeting)]
    return table_download(ending, f"Uppdrag {_name(request.meeting)}", HEADERS, rows)


def _kept(request: PageRequest) -> KeptMinutes:
    kept = kept_minutes(request.meeting.partnership, request.meeting.id)
    if kept is None:
        raise Http404
    return kept


def _content(kept: KeptMinutes) -> MinutesContent | None:
    try:
        return minutes_from_json(kept.content)
    except NotMinutes:
        return None


def _assignments(head: MeetingHead) -> list[ShownAssignment]:
    mine = [line for line in lines(head.partnership, head.id) if line.kind is LineKind.ASSIGNMENT]
    said = {answer.line: answer for answer in answers(head.partnership, [line.id for line in mine])}  # oldest first: the latest stays
    found = []
    for line in sorted(mine, key=lambda one: (one.due_on is None, one.due_on or today(), one.at)):
        answer = said.get(line.id)
        words = f"{answer.answer.label}{f': {answer.text}' if answer.text else ''}" if answer else ""
        found.append(ShownAssignment(line, _went(line), words, line.is_open and not line.became and line.due_on is not None and line.due_on < today()))
    return found


def _went(line: LineHead) -> str:
    if line.became:
        return f"Ligger i planen {line.plan_name}"
    if line.done_on:
        return f"Klart {date_words(line.done_on)}"
    return "Blir inte av" if line.dropped_on else "Öppet"


def _next(request: PageRequest, head: MeetingHead) -> dict[str, object]:
    """Return the group's next meeting, or else the day its rhythm gives."""
    coming = next(iter(next_meetings(head.partnership, today(), head.group)), None)
    owner = group(head.partnership, head.group)
    day = suggested_day(owner, today()) if owner and not coming and owner.every is not Every.NONE else None
    return {"coming": coming, "suggested": day, "has_group": owner is not None}


def _name(head: MeetingHead) -> str:
    return f"protokoll {head.group_name} {date_words(head.on)}"
