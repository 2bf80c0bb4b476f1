"""Taking words out of everything: rows, what is frozen, and the log. The one act that may alter what is never altered."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import F

from samsyn.chain.words_out import without_in
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.models import Change, Event, Redaction
from samsyn.records.access.redacted import Place, logged_places, places
from samsyn.records.access.triggers import QUOTED_WORDS
from samsyn.records.access.writes import writing

KIND = "history.redacted"  # the triggers know it


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What a redaction reached: (table, row) of every row, and how many changes and events of the log."""

    rows: tuple[tuple[str, UUID], ...]
    changes: int
    events: int


def redaction_act(partnership: UUID, why: str) -> Act:
    """Return the act of taking words out. The words themselves are in it nowhere."""
    return Act(kind=KIND, words=f"tog bort ord därför att {why}", partnership=partnership)


def take_out_words(*, partnership: UUID, pattern: re.Pattern[str], why: str, actor: Actor, at: datetime) -> TakenOut:
    """Put [borttaget] where the words stand, in every row there is, and empty what the log holds of them."""
    with writing(actor=actor, at=at, act=redaction_act(partnership, why)) as event:
        found: defaultdict[tuple[str, UUID], list[Place]] = defaultdict(list)
        for place in places(partnership, pattern):
            found[place.table, place.row_id].append(place)
        for (table, row_id), those in found.items():
            _take_out_of_row(table, row_id, those, pattern)
            note_redaction(event, table, row_id, _hash(those))
        changes, events = logged_places(partnership, pattern)
        Change.objects.filter(id__in=changes).update(old=None, new=None, redacted_by=event)
        Event.objects.filter(id__in=[one for one in events if one != event.id]).update(words=QUOTED_WORDS)
        forget_what_was_written()
    return TakenOut(tuple(found), len(changes), len(events))


def note_redaction(event: Event, table: str, row_id: UUID, sha256: str = "") -> None:
    """Keep that a row or a document was redacted, with the hash of what stood there; called inside the act."""
    Redaction.objects.create(event=event, table=table, row_id=row_id.hex, sha256=sha256)


def forget_what_was_written() -> None:
    """After the commit, empty the file that SQLite writes ahead into: the old pages stand there until then."""
    transaction.on_commit(_truncate)


def _truncate() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _take_out_of_row(table: str, row_id: UUID, those: list[Place], pattern: re.Pattern[str]) -> None:
    model = _model(table)
    values: dict[str, Any] = {place.column: _cleaned(model._meta.get_field(place.column), place.value, pattern) for place in those}
    if any(column.name == "version" for column in model._meta.local_concrete_fields):
        values["version"] = F("version") + 1  # whoever has the row open in a form must not write the words back
    model.unscoped.filter(pk=row_id).update(**values)  # type: ignore[attr-defined]


def _cleaned(column: Any, value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(column, models.EmailField):
        return ""  # half an address is no address
    cleaned = without_in(value, pattern)
    return cleaned[: column.max_length] if isinstance(cleaned, str) and column.max_length else cleaned


def _model(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table)


def _hash(those: list[Place]) -> str:
    """Return the hash of what stood in a frozen document; "" for a row, whose words must not be guessed from one."""
    frozen = [place.value for place in those if not isinstance(place.value, str)]
    return hashlib.sha256(json.dumps(frozen, ensure_ascii=False, sort_keys=True).encode()).hexdigest() if frozen else ""
