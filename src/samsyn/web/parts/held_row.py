"""A row of the plan that a page is about, as a form needs it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from samsyn.records.follow_up.reads import EditableRow, editable
from samsyn.web.gate import PageRequest


def held_row(request: PageRequest, kind: str, row: UUID) -> EditableRow:
    """Return a row of the request's plan. `kind` as in `editable`. Raises Http404 if the plan has no such row in use."""
    held = editable(request.member.partnership, request.plan.id, kind, row)
    if held is None:
        raise Http404
    return held
