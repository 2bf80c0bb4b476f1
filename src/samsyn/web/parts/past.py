"""What was done to a row, line by line: who, when, and which words changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samsyn.chain.field import Field, fields_of
from samsyn.records.access.reads import ChangedValue, PastEvent
from samsyn.records.follow_up.kinds import KIND_OF_TABLE, KINDS


@dataclass(frozen=True, slots=True)
class PastValue:
    """A field's words before and after; `is_long` folds them. `kind` and `row` say whose field it is."""

    field: str
    label: str
    old: str
    new: str
    is_long: bool
    kind: str
    row: UUID


@dataclass(frozen=True, slots=True)
class PastLine:
    at: datetime
    by: str
    words: str
    values: list[PastValue]


def past_lines(events: Iterable[PastEvent]) -> list[PastLine]:
    """Return events as lines, with the values a person can read; ids and versions are left out."""
    return [PastLine(e.at, e.by, e.words, [v for c in e.changes for v in _values(c)]) for e in events]


def _values(change: ChangedValue) -> list[PastValue]:
    kind = KIND_OF_TABLE.get(change.table)
    if kind is None or not change.field:
        return []
    about = fields_of(KINDS[kind].values).get(change.field)
    if about is None:
        return []
    row = UUID(change.row_id)
    if change.is_redacted:
        return [PastValue("", about.label, "borttaget ur historiken", "", False, kind, row)]
    old, new = _words(about, change.old), _words(about, change.new)
    return [PastValue(about.name, about.label, old, new, len(old) + len(new) > 160, kind, row)]


def _words(about: Field, stored: str | None) -> str:
    if stored in (None, ""):
        return "tomt"
    if about.choices:
        return {c.value: c.label for c in about.choices}.get(stored or "", stored or "")
    return stored or ""
