"""Questions about problems and causes that no later room answers."""

from __future__ import annotations

from uuid import UUID

from samsyn.records.situation.models import Problem


def problem_titles(partnership: UUID) -> tuple[tuple[UUID, str], ...]:
    """Return (id, title) of every problem in use."""
    return tuple(Problem.objects.within(partnership).filter(withdrawn_at=None).values_list("id", "title").order_by("title", "id"))
