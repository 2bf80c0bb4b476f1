"""Questions about files received and their readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from samsyn.chain.plan_diff_json import diff_from_json
from samsyn.chain.plan_diff_values import PlanDiff
from samsyn.chain.wording import local_day
from samsyn.records.source.models import FileState, ImportRun, RunState

CAN_BE_TAKEN_BACK = timedelta(days=30)
WAITS = timedelta(days=14)  # for somebody to accept it; then the file is dropped


@dataclass(frozen=True, slots=True)
class Run:
    """A reading of a file: where it stands, what was understood, and what it gave."""

    id: UUID
    state: str
    file_name: str
    file_state: str
    sha256: str
    size: int
    found: tuple[str, ...]
    received_at: datetime
    received_by: str
    received_by_id: str
    organisation: UUID
    reading: dict[str, Any] | None
    plan: UUID | None
    accepted_at: datetime | None
    accepted_by: str
    taken_back_at: datetime | None
    rows_added: int
    rows_known: int

    @property
    def is_waiting(self) -> bool:
        return self.state == RunState.PREVIEW

    @property
    def is_held(self) -> bool:
        return self.state == RunState.HELD

    @property
    def is_accepted(self) -> bool:
        return self.state == RunState.ACCEPTED

    @property
    def is_cleaned(self) -> bool:
        return self.file_state == FileState.CLEANED

    @property
    def has_original(self) -> bool:
        return self.file_state in (FileState.RECEIVED, FileState.KEPT, FileState.CLEANED)

    @property
    def written(self) -> PlanDiff | None:
        """What a file that came back changed in its plan; None if it brought ordinary rows, or has not been accepted."""
        kept = (self.reading or {}).get("written")
        return diff_from_json(kept) if kept else None

    @property
    def is_removed(self) -> bool:
        """Whether the file as it came was taken away afterwards."""
        return self.file_state == FileState.REMOVED

    @property
    def state_label(self) -> str:
        return RunState(self.state).label

    @property
    def file_state_label(self) -> str:
        return FileState(self.file_state).label

    @property
    def waits_until(self) -> date:
        """The last whole day that a reading waits for somebody to accept it. After that it is dropped, and the file's content with it."""
        return local_day(self.received_at + WAITS)

    def can_be_taken_back(self, now: datetime) -> bool:
        return self.is_accepted and self.accepted_at is not None and now - self.accepted_at <= CAN_BE_TAKEN_BACK


def run(partnership: UUID, run_id: UUID) -> Run | None:
    """Return a reading, or None if the partnership has none with that id."""
    row = ImportRun.objects.within(partnership).filter(id=run_id).select_related("file").defer("file__content").first()
    return _run(row) if row else None


def runs(partnership: UUID, *, plan: UUID | None = None, limit: int = 50) -> tuple[Run, ...]:
    """Return readings, newest first, without what was understood."""
    rows = ImportRun.objects.within(partnership).select_related("file").defer("file__content", "reading")
    if plan:
        rows = rows.filter(plan_id=plan)
    return tuple(_run(row, with_reading=False) for row in rows.order_by("-made_at")[:limit])


def original(partnership: UUID, run_id: UUID) -> bytes | None:
    """Return the bytes of a reading's file as they are kept."""
    row = ImportRun.objects.within(partnership).filter(id=run_id).select_related("file").first()
    return bytes(row.file.content) if row and row.file.content is not None else None


def runs_with_original(partnership: UUID) -> tuple[Run, ...]:
    """Return the readings whose file is kept, also of those that still wait, oldest first, without what was understood."""
    rows = ImportRun.objects.within(partnership).filter(file__content__isnull=False)
    return tuple(_run(row, with_reading=False) for row in rows.select_related("file").defer("file__content", "reading").order_by("made_at", "id"))


def earlier_run_of_same_file(partnership: UUID, sha256: str) -> Run | None:
    """Return an accepted reading of the same bytes, if there is one."""
    rows = ImportRun.objects.within(partnership).filter(file__sha256=sha256, state=RunState.ACCEPTED)
    row = rows.select_related("file").defer("file__content", "reading").order_by("-accepted_at").first()
    return _run(row, with_reading=False) if row else None


def _run(row: ImportRun, *, with_reading: bool = True) -> Run:
    file = row.file
    return Run(row.id, row.state, file.name, file.state, file.sha256, file.size, tuple(file.found), file.received_at, file.received_by,
               file.received_by_id, row.organisation_id, row.reading if with_reading else None, row.plan_id, row.accepted_at, row.accepted_by,
               row.taken_back_at, row.rows_added, row.rows_known)
