"""Rows that stand on the sheet Detaljer only, taken out of the plan by a file and put back when its reading is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import found, take_up, withdraw, writing
from samsyn.records.follow_up.models import DecisionAsked, Lesson
from samsyn.records.plan.models import ActionStep, Bundle, Commitment

MODELS: dict[str, tuple[Any, str, str]] = {
    "step": (ActionStep, "action__plan_id", "ett moment"), "commitment": (Commitment, "plan_id", "ett åtagande"),
    "lesson": (Lesson, "plan_id", "en lärdom"), "decision": (DecisionAsked, "plan_id", "ett beslut som begärdes"),
    "bundle": (Bundle, "plan_id", "en kombination"),
}


def withdraw_small(*, partnership: UUID, plan: UUID, kind: str, row_id: UUID, actor: Actor, at: datetime) -> None:
    """Take a moment, commitment, lesson or decision out of the plan. It stays in the history. Raises Gone."""
    model, owner, word = MODELS[kind]
    act = Act(kind=f"{kind}.withdrawn", words=f"tog bort {word}", partnership=partnership, subject_kind="plan", subject=plan)
    with writing(actor=actor, at=at, act=act):
        withdraw(found(model.objects.within(partnership).filter(id=row_id, withdrawn_at=None, **{owner: plan}).first()), at)


def take_up_small(*, partnership: UUID, plan: UUID, kind: str, row_id: UUID, actor: Actor, at: datetime) -> None:
    """Take a withdrawn moment, commitment, lesson, decision or combination into use again. Raises Gone."""
    model, owner, _ = MODELS[kind]
    act = Act(kind=f"{kind}.taken_up", words="tog tillbaka en borttagen rad", partnership=partnership, subject_kind="plan", subject=plan)
    with writing(actor=actor, at=at, act=act):
        take_up(found(model.objects.within(partnership).filter(id=row_id, **{owner: plan}).exclude(withdrawn_at=None).first()))
