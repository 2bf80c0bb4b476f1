"""Minutes as the strings that paper, Word and page show: every day, count and sentence written out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samsyn.chain.meeting_values import Attended, LineKind, MinutesContent, MinutesPoint, WrittenLine
from samsyn.chain.minutes import HandedOutLine, attendance_words, finding, handed_out
from samsyn.chain.wording import clipped, date_words, in_sweden, local_day, sentence, week_words

IN_FULL, WHY = 2_000, 220  # characters; a line of a meeting is a line, but nobody is cut in the middle of a long one
WHO, POST = 120, 160
NO_NEXT = "Nästa möte är inte bestämt."
SIGNATURES = ("Vid protokollet", "Justeras")

View = dict[str, Any]
LABELS = {LineKind.NOTE: "", LineKind.DECISION: "Beslut", LineKind.ASSIGNMENT: "Uppdrag"}


def view_of(content: MinutesContent) -> View:
    """Return the words of minutes for a template, by name: only str, bool, int and lists and dicts of them."""
    said = [point for point in content.points if point.lines or point.is_parked]
    silent = [point for point in content.points if not point.lines and not point.is_parked]
    gone_through, left = ([_short(point) for point in silent if point.is_done is done] for done in (True, False))
    return {
        "title": finding(content), "document": f"Protokoll {clipped(content.group, WHO)} {date_words(local_day(content.starts_at))}",
        "stamp": [f"Protokoll. {clipped(content.group, WHO)}", clipped(content.partnership, WHO)],
        "when": when_words(content), "place": clipped(content.place, POST), "attendance": attendance_words(content.attended),
        "attended": [_attended(one) for one in content.attended],
        "points": [_point(point) for point in said], "silent": gone_through, "left": left,
        "loose": [_line(line) for line in content.loose], "loose_title": "Övrigt" if content.points else "Det som skrevs",
        "assignments": [_handed_out(row) for row in handed_out(content)],
        "next": f"Nästa möte: {moment(content.next_at)}." if content.next_at else NO_NEXT,
        "closed_by": clipped(content.closed_by, WHO), "signatures": list(SIGNATURES),
    }


def when_words(content: MinutesContent) -> str:
    """Return when the meeting was: "2026-12-01, v. 49, kl. 13.00–14.32"."""
    started, ended = in_sweden(content.starts_at), in_sweden(content.ended_at)
    until = f"–{ended:%H.%M}" if started < ended and started.date() == ended.date() else ""
    return f"{moment(content.starts_at)}{until}"


def moment(at: datetime) -> str:
    """Return a moment in Swedish time: "2026-12-01, v. 49, kl. 13.00"."""
    day = local_day(at)
    return f"{date_words(day)}, {week_words(day)}, kl. {in_sweden(at):%H.%M}"


def _attended(one: Attended) -> View:
    return {"name": clipped(one.name, WHO), "position": clipped(one.position, POST), "organisation": clipped(one.organisation, POST), "here": one.here.label}


def _short(point: MinutesPoint) -> str:
    return f"{point.number}. {clipped(point.title, POST)}"


def _point(point: MinutesPoint) -> View:
    title = f"{point.number}. {clipped(point.title, IN_FULL)}"
    return {"title": title, "why": sentence(clipped(point.why, WHY)), "lines": [_line(line) for line in point.lines],
            "parked": "Tas upp på nästa möte." if point.is_parked else ""}


def _line(line: WrittenLine) -> View:
    due = f"Klart senast {date_words(line.due_on)}." if line.due_on else ""
    return {"kind": str(line.kind), "label": LABELS[line.kind], "text": sentence(clipped(line.text, IN_FULL)), "owner": clipped(line.owner, WHO), "due": due}


def _handed_out(row: HandedOutLine) -> View:
    return {"owner": clipped(row.owner, WHO), "text": sentence(clipped(row.text, IN_FULL)), "due": date_words(row.due_on) if row.due_on else "inget datum",
            "has_due": row.due_on is not None, "point": str(row.number or "")}
