"""The versions of many rows at once: what an edit of each of them has to carry."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from samsyn.records.follow_up.models import DecisionAsked, FollowUpPlan, Lesson
from samsyn.records.plan.models import Action, ActionPlan, ActionStep, Bundle, Commitment, Goal
from samsyn.records.situation.models import Cause, Problem

MODELS: dict[str, Any] = {
    "plan": ActionPlan, "problem": Problem, "cause": Cause, "goal": Goal, "action": Action, "step": ActionStep, "bundle": Bundle,
    "commitment": Commitment, "follow_up": FollowUpPlan, "lesson": Lesson, "decision": DecisionAsked}


def versions(partnership: UUID, kind: str, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return the versions of rows of one kind that are in use: kind as in `editable`. One query."""
    rows = MODELS[kind].objects.within(partnership).filter(id__in=ids, withdrawn_at=None)
    return dict(rows.values_list("id", "version"))
