"""Readings that nobody accepted are dropped after a time, and the content of their files with them. The hash is kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import found, writing
from samsyn.records.editing import Gone
from samsyn.records.source.models import FileState, ImportRun, RunState
from samsyn.records.source.reads import WAITS


def drop_old_runs(*, actor: Actor, at: datetime) -> int:
    """Drop every reading, in every partnership, that has waited longer than WAITS. Returns how many. One act a reading."""
    waiting = ImportRun.objects.in_every_partnership().filter(state__in=[RunState.PREVIEW, RunState.HELD], made_at__lt=at - WAITS)
    return sum(_drop(partnership, run, actor, at) for partnership, run in list(waiting.values_list("partnership_id", "id")))


def _drop(partnership: UUID, run: UUID, actor: Actor, at: datetime) -> bool:
    act = Act(kind="import.dropped", words="tog bort en fil som ingen tog in i en plan", partnership=partnership, subject_kind="import_run", subject=run)
    rows = ImportRun.objects.within(partnership).filter(id=run, state__in=[RunState.PREVIEW, RunState.HELD])
    try:
        with writing(actor=actor, at=at, act=act):
            row = found(rows.select_related("file").first())
            row.state, row.reading = RunState.CANCELLED, None
            row.save(update_fields=["state", "reading"])
            if row.file.state != FileState.HELD:
                row.file.state, row.file.content = FileState.DROPPED, None
                row.file.save(update_fields=["state", "content"])
    except Gone:  # somebody accepted or cancelled it in the same moment: then it no longer waits
        return False
    return True
