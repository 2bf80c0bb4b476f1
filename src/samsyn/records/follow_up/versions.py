"""The versions of many rows at once: what an edit of each of them has to carry."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from samsyn.records.follow_up.kinds import KINDS


def versions(partnership: UUID, kind: str, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return the versions of rows of one kind that are in use: kind as in `editable`. One query."""
    rows = KINDS[kind].model.objects.within(partnership).filter(id__in=ids, withdrawn_at=None)
    return dict(rows.values_list("id", "version"))
