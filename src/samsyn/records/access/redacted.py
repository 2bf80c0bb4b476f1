"""
What a redaction can reach: every text that anybody has written, in every table there is, and in the log.

It is worked out from the models. A new table or column is reached without a word here; what is to be left alone is named
below with its reason, and a test keeps the list true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from samsyn.chain.words_out import without_in
from samsyn.records.access.models import Change, Event, Redaction
from samsyn.records.access.triggers import logged_models

# table, or table and column, or a column wherever it is -> why a redaction leaves it alone
LEFT_ALONE = {
    "access_user": "a person's own account, which they name themselves",
    "partnership_organisation": "a party's name is no word about an individual",
    "partnership_partnership": "the collaboration's own name",
    "partnership_invitation": "whom a coordinator has invited; it is revoked instead",
    "by": "who did it", "by_id": "who did it", "made_by": "who did it", "received_by": "who did it", "received_by_id": "who did it",
    "accepted_by": "who did it", "signed_by": "who did it", "sha256": "a hash, which proves what was removed",
    "by_email": "who did it", "revoked_by": "who did it", "ticked_by": "who did it", "closed_by": "who did it", "removed_by": "who did it",
    "subject_kind": "a code", "token_hash": "a hash", "message_id": "made by us", "outbox_notice.person": "an address, or a hash of a name",
    "outbox_notice.period": "a day and a code",
    "follow_up_facesetting.value": "the code of a face", "rule": "the id of a rule", "source_place": "a sheet and a cell, made by the reader",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand: a table's row and column, and what stands there (a text, or JSON)."""

    table: str
    row_id: UUID
    column: str
    value: Any


@dataclass(frozen=True, slots=True)
class Redacted:
    """That words were taken out of a row: when, by whom, and in which words it was said."""

    at: datetime
    by: str
    words: str


def reached_models() -> list[type[models.Model]]:
    """Return the models whose rows a redaction reaches."""
    return [model for model in logged_models() if model._meta.db_table not in LEFT_ALONE]


def reached_columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Return the columns of a model that hold somebody's own words, as text or in JSON."""
    table = model._meta.db_table
    return [column for column in model._meta.local_concrete_fields
            if isinstance(column, models.CharField | models.TextField | models.JSONField)
            and not column.choices and not column.is_relation and column.name not in LEFT_ALONE and f"{table}.{column.name}" not in LEFT_ALONE]


def places(partnership: UUID, pattern: re.Pattern[str]) -> Iterator[Place]:
    """Yield every place in a partnership's rows where the words stand."""
    for model in reached_models():
        names = [column.name for column in reached_columns(model)]
        if not names:
            continue
        rows: Any = model.unscoped  # type: ignore[attr-defined]
        for key, *values in rows.filter(partnership_id=partnership).values_list("pk", *names).iterator():
            yield from (Place(model._meta.db_table, key, name, value) for name, value in zip(names, values, strict=True)
                        if value and without_in(value, pattern) != value)


def logged_places(partnership: UUID, pattern: re.Pattern[str]) -> tuple[list[int], list[UUID]]:
    """Return the ids of the changes and of the events in which the words stand."""
    changes = Change.objects.filter(event__partnership_id=partnership, redacted_by=None).values_list("id", "old", "new")
    events = Event.objects.filter(partnership_id=partnership).values_list("id", "words")
    return ([key for key, old, new in changes.iterator() if any(value and pattern.search(value) for value in (old, new))],
            [key for key, words in events.iterator() if pattern.search(words)])


def redactions_of(row_id: UUID) -> tuple[Redacted, ...]:
    """Return the times words were taken out of a row or a document, oldest first."""
    rows = Redaction.objects.filter(row_id=row_id.hex).select_related("event").order_by("event__at", "id")
    return tuple(Redacted(row.event.at, row.event.actor_name, row.event.words) for row in rows)
