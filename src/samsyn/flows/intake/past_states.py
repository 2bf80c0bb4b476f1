"""A row's values as they were before each change of it, out of the change log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from samsyn.chain.field import Field, Kind, fields_of
from samsyn.chain.plan_details import Value
from samsyn.records.access.reads import history

MOST = 50  # acts that are looked back over


def past_states(partnership: UUID, row_id: UUID, row_class: type, now: Mapping[str, Value]) -> Iterator[dict[str, Value]]:
    """
    Yield the described values of a row before its latest change, before the one before that, and so on.

    now   field -> value as it is; what the log has lost by a redaction ends the look back
    """
    about = fields_of(row_class)
    state = dict(now)
    for event in history(partnership, [row_id], limit=MOST):
        changes = [change for change in event.changes if change.field in about]
        if any(change.is_redacted for change in changes):
            return
        for change in changes:
            state[change.field] = _value(about[change.field], change.old)
        if changes:
            yield dict(state)


def _value(about: Field, stored: str | None) -> Any:
    if about.choices:
        return about.choices(stored) if stored else None
    if about.kind is Kind.DATE:
        return date.fromisoformat(stored) if stored else None
    if about.kind is Kind.NUMBER:
        return Decimal(str(stored)) if stored not in (None, "") else None
    if about.kind is Kind.WHOLE:
        return int(stored) if stored not in (None, "") else None
    return stored or ""
