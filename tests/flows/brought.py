"""Files as people bring them, made here, and the shortest way of bringing them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from samsyn.flows.intake.accepting import Accepted
    from samsyn.flows.intake.understanding import Understood
    from samsyn.records.access.acts import Actor
    from samsyn.records.source import reads

NOW = datetime(2026, 11, 23, 8, 14, tzinfo=UTC)
TODAY = date(2026, 11, 23)

HEADER = ("Orsak", "Åtgärd", "Operativa mål", "När", "Vem", "Uppföljning")
THREE_ROWS = (
    ("1. Mörk gångväg vid torget", "1. Ny belysning", "Belysning på plats, 0 trasiga lampor", "2027-03-31", "Gatuchef Eva Ek", "grön"),
    ("2. Ungdomar samlas utan vuxna", "2. Nattvandring fre/lör", "Minst 2 vuxna 20 kvällar", "2027-06-15", "Fritidsgården, Åsa Öberg", "gul"),
    ("2. Ungdomar samlas utan vuxna", "3. Föräldramöte åk 7–9", "60 % av hemmen deltar", "2027-02-10", "Rektor", "röd"))
PERSONAL_NUMBER = "850709-9805"  # invented by Skatteverket for tests


class Where(Protocol):
    """Where something is brought: a partnership, and who is in it."""

    @property
    def partnership(self) -> UUID: ...
    @property
    def organisation(self) -> UUID: ...
    @property
    def users(self) -> Mapping[str, UUID]: ...


@dataclass(frozen=True)
class Room:
    """A partnership with one plan."""

    partnership: UUID
    organisation: UUID
    plan: UUID
    users: Mapping[str, UUID]


def workbook(rows: Sequence[Sequence[Any]] = THREE_ROWS, *, title: str = "", hidden: str = "", name: str = "Plan") -> bytes:
    """Return a workbook with the handbook's header and these rows; `hidden` stands in a hidden sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = name
    if title:
        page.append((title,))
    page.append(HEADER)
    for row in rows:
        page.append(tuple(row))
    if hidden:
        other = book.create_sheet("Dolt")
        other.append((hidden,))
        other.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def text_table(rows: Sequence[Sequence[str]] = THREE_ROWS) -> bytes:
    """Return the same as semicolon separated text."""
    return "\r\n".join(";".join(row) for row in (HEADER, *rows)).encode("utf-8")


def actor(town: Where, name: str = "Anna") -> Actor:
    from samsyn.records.access.acts import Actor, ActorKind

    return Actor(ActorKind.USER, str(town.users[name]), name)


def bring_file(town: Where, content: bytes, name: str = "åtgärdsplan centrum.xlsx", *, by: str = "Anna") -> reads.Run:
    """Bring a file as somebody. Returns the reading as it waits, or is held."""
    from samsyn.flows.intake.bringing import Received, bring

    run = bring(partnership=town.partnership, organisation=town.organisation, received=Received(name, content), today=TODAY,
                actor=actor(town, by), at=NOW)
    return waiting(town, run)


def waiting(town: Where, run: UUID) -> reads.Run:
    from samsyn.records.source import reads

    found = reads.run(town.partnership, run)
    assert found is not None
    return found


def understood(run: reads.Run) -> Understood:
    from samsyn.flows.intake.bringing import reading_of
    from samsyn.flows.intake.understanding import understand

    return understand(reading_of(run), run.file_name, TODAY)


def take_in(town: Where, run: reads.Run, **given: Any) -> Accepted:
    """Accept a reading as Anna, into a new plan about one problem unless something else is said."""
    from samsyn.flows.intake.accepting import accept
    from samsyn.flows.intake.answers import UNNAMED_PROBLEM, Answers

    once = given.pop("once", "")
    answers = Answers(**{"name": "Trygg kväll", "problems": {UNNAMED_PROBLEM: "Otrygghet på torget"}, **given})
    return accept(partnership=town.partnership, run=run.id, answers=answers, today=TODAY, actor=actor(town), at=NOW, once=once)
