"""A meeting of the invented town as values: three decisions and four assignments, with what can go wrong in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from samsyn.chain.meeting_values import Attended, GroupKind, Here, LineKind, MinutesPoint, PointKind, WrittenLine
from samsyn.chain.minutes import MeetingSaid
from samsyn.chain.wording import sweden

STARTS = datetime(2026, 12, 1, 13, 0, tzinfo=sweden())
ENDS = datetime(2026, 12, 1, 14, 32, tzinfo=sweden())
NEXT = datetime(2027, 1, 12, 13, 0, tzinfo=sweden())


def line(kind: LineKind, text: str, owner: str = "", due_on: date | None = None) -> WrittenLine:
    return WrittenLine(kind=kind, text=text, by="Anna", at=STARTS, owner=owner, due_on=due_on)


def point(title: str, kind: PointKind = PointKind.OWN, **more: Any) -> MinutesPoint:
    return MinutesPoint(number=0, title=title, kind=kind, **more)


SAID = MeetingSaid(
    group="Styrgruppen", kind=GroupKind.STEERING, partnership="Granvikens samverkan", starts_at=STARTS, place="Rådhuset, sal B",
    attended=(
        Attended("Carin Ek", "Kommundirektör", "Granvikens kommun", Here.PRESENT), Attended("Anna Lind", "Samordnare", "Granvikens kommun", Here.PRESENT),
        Attended("Dana Berg", "Enhetschef", "Socialförvaltningen", Here.ABSENT), Attended("Bo Åkesson", "Fastighetschef", "Granvikshus", Here.REMOTE)),
    points=(
        ("p1", point("Belysningen på Parkvägen har stått still i sex veckor", PointKind.SILENT, why="Ingen har sagt något sedan 2026-10-15.")),
        ("p2", point("Ska Granviken anta planen för centrum?", PointKind.DECISION_ASKED)),
        ("p3", point("Fältarbetet på fredagar", PointKind.LATE)),
        ("p4", point("Trygghetsvandring i maj", is_parked=True)),
        ("p5", point("Övriga frågor"))),
    lines=(
        ("p1", line(LineKind.NOTE, "leverantören har gått i konkurs och Granvikshus söker en ny")),
        ("p1", line(LineKind.ASSIGNMENT, "belysning Parkvägen", "Bo Åkesson", date(2027, 3, 15))),
        ("p1", line(LineKind.ASSIGNMENT, "fråga trafikkontoret om stolparna", "Anna Lind", date(2026, 12, 11))),
        ("p2", line(LineKind.DECISION, "Styrgruppen antar planen")),
        ("p2", line(LineKind.DECISION, "60 000 kr och 40 timmar sätts av till uppföljningen 2027")),
        ("p3", line(LineKind.ASSIGNMENT, "ta fram ett schema för våren", "Dana Berg")),
        ("p3", line(LineKind.DECISION, "Fältarbetet flyttas till lördagar från februari")),
        ("", line(LineKind.ASSIGNMENT, "boka sal", "Anna Lind", date(2026, 12, 11)))),
    next_at=NEXT)
EMPTY = replace(SAID, attended=(), points=(), lines=(), next_at=None, place="")
