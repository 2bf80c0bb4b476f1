"""Changes of what has been received: a file and its readings."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain.plan_diff_json import diff_to_json
from samsyn.chain.plan_diff_values import PlanDiff
from samsyn.chain.wording import clipped
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.redaction_writes import KIND, forget_what_was_written, note_redaction
from samsyn.records.access.writes import found, writing
from samsyn.records.source.models import FileState, ImportRun, RunState, SourceFile


def receive_file(*, partnership: UUID, organisation: UUID, name: str, content: bytes, reading: dict[str, Any] | None, found_at: list[str],
                 is_cleaned: bool = False, actor: Actor, at: datetime, once: str = "") -> ImportRun:
    """
    Keep a file as received and what was understood of it, until somebody accepts or cancels.

    found_at   addresses of personal identity numbers; if any, the content and the reading are not kept
    """
    run_id, is_held = uuid4(), bool(found_at)
    state = FileState.HELD if is_held else FileState.CLEANED if is_cleaned else FileState.RECEIVED
    act = Act(kind="file.received", words=f"lämnade in filen {clipped(name, 80)}", partnership=partnership, organisation=organisation,
              subject_kind="import_run", subject=run_id, once=once)
    with writing(actor=actor, at=at, act=act):
        file = SourceFile.objects.create(
            partnership_id=partnership, organisation_id=organisation, name=name[:255], size=len(content),
            sha256=hashlib.sha256(content).hexdigest(), content=None if is_held else content, state=state, found=found_at,
            received_at=at, received_by=actor.name, received_by_id=actor.id)
        return ImportRun.objects.create(
            id=run_id, partnership_id=partnership, organisation_id=organisation, file=file, made_at=at,
            state=RunState.HELD if is_held else RunState.PREVIEW, reading=None if is_held else reading)


def waiting_run(*, partnership: UUID, run: UUID) -> ImportRun:
    """Return a reading that waits, for the act that is to accept it; called inside that act. Raises Gone."""
    return found(ImportRun.objects.within(partnership).filter(id=run, state=RunState.PREVIEW).select_related("file").first())


def change_reading(*, partnership: UUID, run: UUID, reading: dict[str, Any], actor: Actor, at: datetime) -> None:
    """Keep what was understood when a waiting file was read again, with other columns. Raises Gone."""
    act = Act(kind="import.read_again", words="läste om en fil med andra kolumner", partnership=partnership, subject_kind="import_run", subject=run)
    with writing(actor=actor, at=at, act=act):
        row = waiting_run(partnership=partnership, run=run)
        row.reading = reading
        row.save(update_fields=["reading"])


def accept_run(*, partnership: UUID, run: UUID, plan: UUID, rows_added: int, rows_known: int, actor: Actor, at: datetime) -> None:
    """Say that a reading has gone into a plan; called inside that act. Raises Gone if it is no longer waiting."""
    row = waiting_run(partnership=partnership, run=run)
    row.state, row.plan_id, row.accepted_at, row.accepted_by = RunState.ACCEPTED, plan, at, actor.name
    row.rows_added, row.rows_known = rows_added, rows_known
    row.save(update_fields=["state", "plan_id", "accepted_at", "accepted_by", "rows_added", "rows_known"])
    if row.file.state == FileState.RECEIVED:
        row.file.state = FileState.KEPT
        row.file.save(update_fields=["state"])


def accept_difference(*, partnership: UUID, run: UUID, plan: UUID, written: PlanDiff, rows_known: int, actor: Actor, at: datetime) -> None:
    """Say what a file that came back has changed in its plan, and keep that beside what was understood; called inside that act. Raises Gone."""
    accept_run(partnership=partnership, run=run, plan=plan, rows_added=len(written.new), rows_known=rows_known, actor=actor, at=at)
    row = found(ImportRun.objects.within(partnership).filter(id=run).first())
    row.reading = {**(row.reading or {}), "written": diff_to_json(written)}
    row.save(update_fields=["reading"])


def cancel_run(*, partnership: UUID, run: UUID, actor: Actor, at: datetime) -> None:
    """Drop a reading that waits, and the file's content with it. Raises Gone."""
    act = Act(kind="import.cancelled", words="avbröt en inläsning", partnership=partnership, subject_kind="import_run", subject=run)
    with writing(actor=actor, at=at, act=act):
        row = found(ImportRun.objects.within(partnership).filter(id=run, state__in=[RunState.PREVIEW, RunState.HELD]).select_related("file").first())
        row.state, row.reading = RunState.CANCELLED, None
        row.save(update_fields=["state", "reading"])
        if row.file.state != FileState.HELD:
            row.file.state, row.file.content = FileState.DROPPED, None
            row.file.save(update_fields=["state", "content"])


def take_back_run(*, partnership: UUID, run: UUID, actor: Actor, at: datetime) -> None:
    """Say that a reading has been taken back; called inside that act. Raises Gone."""
    row = found(ImportRun.objects.within(partnership).filter(id=run, state=RunState.ACCEPTED).first())
    row.state, row.taken_back_at = RunState.TAKEN_BACK, at
    row.save(update_fields=["state", "taken_back_at"])


def note_opened(*, partnership: UUID, run: UUID, actor: Actor, at: datetime) -> None:
    """Log that somebody has fetched a file as it came: an act that changes no value. Raises Gone."""
    name = found(ImportRun.objects.within(partnership).filter(id=run).values_list("file__name", flat=True).first())
    act = Act(kind="file.opened", words=f"hämtade filen {clipped(name, 80)}", partnership=partnership, subject_kind="import_run", subject=run)
    with writing(actor=actor, at=at, act=act):
        pass


def remove_original(*, partnership: UUID, run: UUID, why: str, actor: Actor, at: datetime) -> None:
    """
    Take away a file as it came, and what was understood of it. Its hash stays, and who did it, when and why. Raises Gone.

    Inside another redaction it is a part of that one. What the reading gave the plan stays there, and can be taken back as before.
    """
    act = Act(kind=KIND, words=f"tog bort originalet därför att {why}", partnership=partnership, subject_kind="import_run", subject=run)
    with writing(actor=actor, at=at, act=act) as event:
        rows = ImportRun.objects.within(partnership).filter(id=run, file__content__isnull=False, state__in=[RunState.ACCEPTED, RunState.TAKEN_BACK])
        row = found(rows.select_related("file").first())
        row.file.state, row.file.content = FileState.REMOVED, None
        row.file.save(update_fields=["state", "content"])
        row.reading = {key: value for key, value in (row.reading or {}).items() if key == "written"} or None
        row.save(update_fields=["reading"])
        note_redaction(event, "source_importrun", run, row.file.sha256)
        forget_what_was_written()
