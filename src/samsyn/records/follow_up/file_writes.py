"""Rows that stand on the sheet Detaljer only, taken out of the plan by a file and put back when its reading is taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import found, take_up, withdraw, writing
from samsyn.records.follow_up.kinds import KINDS

SMALL = {"step": "ett moment", "commitment": "ett åtagande", "lesson": "en lärdom", "decision": "ett beslut som begärdes", "bundle": "en kombination"}
"""Kinds that have no row of their own in the form, with what the history calls one."""


def withdraw_small(*, partnership: UUID, plan: UUID, kind: str, row_id: UUID, actor: Actor, at: datetime) -> None:
    """Take a moment, commitment, lesson or decision out of the plan. It stays in the history. Raises Gone."""
    act = Act(kind=f"{kind}.withdrawn", words=f"tog bort {SMALL[kind]}", partnership=partnership, subject_kind="plan", subject=plan)
    with writing(actor=actor, at=at, act=act):
        withdraw(found(KINDS[kind].of_plan(partnership, plan).filter(id=row_id, withdrawn_at=None).first()), at)


def take_up_small(*, partnership: UUID, plan: UUID, kind: str, row_id: UUID, actor: Actor, at: datetime) -> None:
    """Take a withdrawn moment, commitment, lesson, decision or combination into use again. Raises Gone."""
    act = Act(kind=f"{kind}.taken_up", words="tog tillbaka en borttagen rad", partnership=partnership, subject_kind="plan", subject=plan)
    with writing(actor=actor, at=at, act=act):
        take_up(found(KINDS[kind].of_plan(partnership, plan).filter(id=row_id).exclude(withdrawn_at=None).first()))
