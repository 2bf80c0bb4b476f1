"""A file or a pasted table is brought: read in a child process, then kept until somebody accepts it, or held."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samsyn.chain.plan_details import Details
from samsyn.chain.plan_diff_json import details_to_json
from samsyn.flows.intake.coming_again import Origin, difference, origin_of, plans_to_choose
from samsyn.flows.intake.matching import match, target_of
from samsyn.formats.child import read_safely
from samsyn.formats.personal_numbers import redact
from samsyn.formats.plan_again import ReadAgain
from samsyn.formats.plan_from_reading import plan_from_reading
from samsyn.formats.problems import Refused
from samsyn.formats.reading import PlanReading
from samsyn.formats.reading_json import reading_from_json, reading_to_json
from samsyn.formats.received_file import PASTE_NAME, CleanCopy
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.editing import Gone
from samsyn.records.plan.reads import PlanHead
from samsyn.records.source import reads, writes

MAX_SIZE = 10 * 2 ** 20
MOST_WORDS = f"högst {MAX_SIZE // 2 ** 20} MB"
TOO_LARGE = f"Filen är större än {MAX_SIZE // 2 ** 20} MB. Ta bort bilder ur den, eller dela den i flera, och försök igen."
TOO_LONG = "Det är för mycket text att klistra in på en gång. Spara tabellen som en fil och läs in filen."
ANOTHER_FILE = ("Det är inte samma fil som nyss. Välj samma fil igen, så skriver Samsyn [person] där numren står. "
                "Har du rättat filen? Läs då in den på nytt.")

READER = "samsyn.formats.plan_again:read_again"
Chosen = Sequence[tuple[str, str, str]]
"""What the user says that columns are: (sheet, letter, field of ReadColumn)."""


class ReadBefore(Exception):
    """The same bytes have been read in before, and there is nothing new in them. `run` says when and by whom."""

    def __init__(self, run: reads.Run) -> None:
        super().__init__("Den här filen är redan inläst.")
        self.run = run


class Unchanged(Exception):
    """The file was taken out of a plan, and changes nothing there. Nothing is kept. `remarks` are sentences on what could not be read in."""

    def __init__(self, plan: PlanHead, exported_on: str, remarks: tuple[str, ...]) -> None:
        super().__init__("Inget är ändrat.")
        self.plan = plan
        self.exported_on = exported_on
        self.remarks = remarks


@dataclass(frozen=True, slots=True)
class Received:
    """What somebody brought: its name and its bytes. Pasted text is UTF-8 and has no name of its own."""

    name: str
    content: bytes
    is_paste: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def pasted(text: str) -> Received:
    """Return pasted text as it is kept, whatever line breaks the browser sent."""
    return Received(PASTE_NAME, text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace"), is_paste=True)


def bring(*, partnership: UUID, organisation: UUID, received: Received, today: date, actor: Actor, at: datetime, once: str = "",
          plan: PlanHead | None = None) -> UUID:
    """
    Read what was brought, and keep it with what was understood until somebody accepts. Returns the reading's id.

    plan     the plan that somebody brings it to, if they have said one

    With certain personal identity numbers it is held: the content is not kept, only its hash and where they stand.
    With such numbers in hidden sheets only, a copy without them is what is kept.
    raises   Refused       with one kind sentence; nothing is kept
             ReadBefore    if the same bytes are read in already and have nothing new; nothing is kept
             Unchanged     if it was taken out of a plan here and changes nothing in it; nothing is kept
             AlreadyDone   if the same form has been received before
    """
    again = _read(received, today)
    given: dict[str, Any] = {"partnership": partnership, "organisation": organisation, "actor": actor, "at": at, "once": once, "plan": plan}
    if again.reading.flags:
        del given["plan"]
        return writes.receive_file(name=redact(received.name), content=received.content, reading=None,
                                   found_at=[flag.place for flag in again.reading.flags], **given).id
    if again.reading.loose_flags:
        return _keep(_cleaned(received, today), is_cleaned=True, **given)
    return _keep((received, again), is_cleaned=False, **given)


def clean(*, partnership: UUID, organisation: UUID, held: reads.Run, received: Received, today: date, actor: Actor, at: datetime) -> UUID:
    """
    Take a held file again and keep a copy with [person] in place of every number. Returns the new reading's id.

    raises   Refused       if it is not the held file, or a number is left; nothing is kept
             ReadBefore    if that copy is read in already; nothing is kept
             Unchanged     if that copy changes nothing in the plan it was taken out of; nothing is kept
             Gone          if the reading is no longer held
    """
    if not held.is_held:
        raise Gone
    if received.sha256 != held.sha256:
        raise Refused(ANOTHER_FILE)
    copy = _cleaned(received, today)
    act = Act(kind="file.cleaned", words="lät Samsyn skriva [person] i en fil", partnership=partnership, organisation=organisation,
              subject_kind="import_run", subject=held.id)
    with writing(actor=actor, at=at, act=act):
        writes.cancel_run(partnership=partnership, run=held.id, actor=actor, at=at)
        return _keep(copy, is_cleaned=True, partnership=partnership, organisation=organisation, actor=actor, at=at, once="", plan=None)


def read_again(*, partnership: UUID, run: reads.Run, chosen: Chosen, today: date, actor: Actor, at: datetime) -> None:
    """
    Read a waiting file again, with what the user says that its columns are.

    raises   Refused   if no plan is found so; the reading stays as it was
             Gone      if it no longer waits
    """
    content = reads.original(partnership, run.id)
    if not run.is_waiting or content is None or run.reading is None:
        raise Gone
    is_paste = bool(run.reading["paste"])
    merged = {(sheet, letter): field for sheet, letter, field in (*map(tuple, run.reading["chosen"]), *chosen)}
    columns = [[sheet, letter, field] for (sheet, letter), field in merged.items()]
    again: ReadAgain = read_safely(READER, run.file_name, content, today=today, is_paste=is_paste, chosen=json.dumps(columns))
    kept = kept_json(again.reading, is_paste=is_paste, chosen=columns, details=again.details)
    writes.change_reading(partnership=partnership, run=run.id, reading=kept, actor=actor, at=at)


def reading_of(run: reads.Run) -> PlanReading:
    """Return what was understood of a file. Raises NotAReading."""
    return reading_from_json((run.reading or {}).get("plan"))


def kept_json(reading: PlanReading, *, is_paste: bool, chosen: Sequence[Sequence[str]] = (), details: Details | None = None) -> dict[str, Any]:
    """
    Return a reading as it is kept: what was understood, whether it was pasted, and which columns somebody has chosen.

    details   what the file says besides its form, kept if it has a sheet Detaljer
    """
    kept = {"plan": reading_to_json(reading), "paste": is_paste, "chosen": [list(one) for one in chosen]}
    return {**kept, "details": details_to_json(details)} if details and details.sheets else kept


def _read(received: Received, today: date) -> ReadAgain:
    if len(received.content) > MAX_SIZE:
        raise Refused(TOO_LONG if received.is_paste else TOO_LARGE)
    again: ReadAgain = read_safely(READER, received.name, received.content, today=today, is_paste=received.is_paste)
    return again


def _cleaned(received: Received, today: date) -> tuple[Received, ReadAgain]:
    copy: CleanCopy = read_safely("samsyn.formats.received_file:clean_received", received.name, received.content, today=today,
                                  is_paste=received.is_paste)
    made = Received(copy.name, copy.content)
    again: ReadAgain = read_safely(READER, made.name, made.content, today=today)
    return made, replace(again, reading=copy.reading)


def _keep(brought: tuple[Received, ReadAgain], *, is_cleaned: bool, partnership: UUID, organisation: UUID, actor: Actor, at: datetime,
          once: str, plan: PlanHead | None) -> UUID:
    received, again = brought
    origin = origin_of(partnership, again.details)
    if origin.is_ours:
        _refuse_unchanged(partnership, origin, again, received.name, at, plan)
    else:
        earlier = reads.earlier_run_of_same_file(partnership, received.sha256)
        if earlier and _has_nothing_new(partnership, earlier, received, again.reading):
            raise ReadBefore(earlier)
    return writes.receive_file(
        partnership=partnership, organisation=organisation, name=redact(received.name), content=received.content,
        reading=kept_json(again.reading, is_paste=received.is_paste, details=again.details), found_at=[], is_cleaned=is_cleaned,
        actor=actor, at=at, once=once).id


def _refuse_unchanged(partnership: UUID, origin: Origin, again: ReadAgain, name: str, at: datetime, plan: PlanHead | None) -> None:
    """Raise Unchanged if there is no doubt which plan a file was taken out of, and it changes nothing there."""
    heads = plans_to_choose(partnership, origin, plan)
    if len(heads) != 1:
        return
    diff = difference(heads[0], again, name, at).diff
    if diff.is_empty:
        raise Unchanged(heads[0], origin.exported_on, diff.remarks)


def _has_nothing_new(partnership: UUID, earlier: reads.Run, received: Received, reading: PlanReading) -> bool:
    plan = plan_from_reading(reading, received.name)
    target = target_of(partnership, earlier.plan, earlier.sha256)
    return target is not None and len(match(plan, target).actions) == len(plan.actions)
