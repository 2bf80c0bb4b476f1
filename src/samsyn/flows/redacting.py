"""Words about an individual are taken out of everything: the plan, its history, reports, adopted versions, minutes and files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from samsyn.chain.field import fields_of
from samsyn.chain.minutes_json import minutes_from_json
from samsyn.chain.plan_json import plan_from_json
from samsyn.chain.report import build_report
from samsyn.chain.report_json import from_json
from samsyn.chain.words_out import pattern_of, without, without_in
from samsyn.formats.child import read_safely
from samsyn.formats.minutes_typst import minutes_pdf
from samsyn.formats.problems import Refused
from samsyn.formats.report_typst import report_pdf
from samsyn.records.access.acts import Actor
from samsyn.records.access.redacted import Place, logged_places, places
from samsyn.records.access.redaction_writes import TakenOut, redaction_act, take_out_words
from samsyn.records.access.writes import writing
from samsyn.records.editing import Gone
from samsyn.records.follow_up.adoption_reads import frozen_plan
from samsyn.records.follow_up.document_writes import replace_paper
from samsyn.records.follow_up.kinds import KIND_OF_TABLE, KINDS, TABLE_WORDS
from samsyn.records.meeting.minutes_reads import minutes_by_id
from samsyn.records.meeting.minutes_writes import replace_paper as replace_minutes_paper
from samsyn.records.meeting.revision_writes import bump_live
from samsyn.records.source import reads
from samsyn.records.source.writes import cancel_run, remove_original

EXCERPT = 60  # characters on either side
ADOPTION, MINUTES = "follow_up_adoption", "meeting_minutes"  # the tables of what is kept with its paper


class WordsOfOurs(Exception):
    """The words are also such as a frozen report is built of: taken out, it could not be read any more."""


@dataclass(frozen=True, slots=True)
class FoundIn:
    """A row where the words stand: what it is called, and what stands around them ("" where that is no text)."""

    what: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Found:
    """
    Where the words stand.

    rows         in use, withdrawn or frozen
    log          lines of the history
    originals    files as they came that hold them: (reading, file name), also those that wait; they can only be removed whole
    unsearched   names of files that could not be searched
    """

    rows: tuple[FoundIn, ...]
    log: int
    originals: tuple[tuple[UUID, str], ...]
    unsearched: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        return not (self.rows or self.log or self.originals)


def find_words(partnership: UUID, words: Sequence[str]) -> Found:
    """Return where the words stand in all that a partnership has. Each kept file is opened in a process of its own."""
    pattern = pattern_of(words)
    rows = [FoundIn(_called(place), _excerpt(place, words)) for place in places(partnership, pattern)]
    changes, events = logged_places(partnership, pattern)
    holding, unsearched = [], []
    for run in reads.runs_with_original(partnership):
        try:
            if _holds(partnership, run, words):
                holding.append((run.id, run.file_name))
        except Refused:
            unsearched.append(run.file_name)
    return Found(tuple(rows), len(changes) + len(events), tuple(holding), tuple(unsearched))


def take_out(*, partnership: UUID, words: Sequence[str], originals: Iterable[UUID], why: str, actor: Actor, at: datetime) -> TakenOut:
    """
    Take the words out of everything, as one act, and remove the named originals. Adopted versions and minutes get their paper made again.

    A file that still waits to be read in is dropped whole: read once more, it would bring the words back.

    raises   WordsOfOurs    nothing is changed
    """
    pattern = pattern_of(words)
    _refuse_unreadable(partnership, words)
    frozen = {(place.table, place.row_id) for place in places(partnership, pattern) if place.table in PAPERS}
    papers = {(table, row): PAPERS[table](partnership, row, words) for table, row in frozen}
    given: dict[str, Any] = {"partnership": partnership, "why": why, "actor": actor, "at": at}
    with writing(actor=actor, at=at, act=redaction_act(partnership, why)):
        for run in originals:
            try:
                _remove_file(run, given)
            except Gone:  # somebody else has just removed it
                continue
        taken = take_out_words(pattern=pattern, **given)
        bump_live(partnership)  # a screen that shows a meeting is not to show the words until somebody writes
        for table, row in taken.rows:
            if table == ADOPTION:
                replace_paper(adoption=row, pdf=papers.get((table, row), b""), **given)
            elif table == MINUTES:
                replace_minutes_paper(minutes=row, pdf=papers.get((table, row), b""), **given)
    return taken


def _remove_file(run: UUID, given: dict[str, Any]) -> None:
    head = reads.run(given["partnership"], run)
    if head and head.is_waiting:
        cancel_run(partnership=given["partnership"], run=run, actor=given["actor"], at=given["at"])
    else:
        remove_original(run=run, **given)


def counted_words(taken: TakenOut) -> list[str]:
    """Return what was reached, as words: "avstämning: 2"."""
    return [f"{TABLE_WORDS[table]}: {count}" for table, count in sorted(Counter(table for table, _ in taken.rows).items())]


def _refuse_unreadable(partnership: UUID, words: Sequence[str]) -> None:
    """Raise WordsOfOurs if an adopted version, minutes or a report that holds the words could not be read without them."""
    pattern = pattern_of(words)
    for place in places(partnership, pattern):
        can_be_read = READ_AGAIN.get((place.table, place.column))
        if can_be_read and can_be_read(place.value) and not can_be_read(without_in(place.value, pattern)):
            raise WordsOfOurs


def _is_report(content: Any) -> bool:
    try:
        from_json(json.dumps(content))
    except ValueError:  # also of a version that this program no longer reads
        return False
    return True


def _is_plan(content: Any) -> bool:
    try:
        plan_from_json(content)
    except ValueError:
        return False
    return True


def _is_minutes(content: Any) -> bool:
    try:
        minutes_from_json(content)
    except ValueError:
        return False
    return True


READ_AGAIN = {("follow_up_savedreport", "content"): _is_report, (ADOPTION, "content"): _is_plan, (MINUTES, "content"): _is_minutes}


def _minutes_paper(partnership: UUID, minutes: UUID, words: Sequence[str]) -> bytes:
    """Return the paper of minutes without the words; nothing where they can no longer be read."""
    kept = minutes_by_id(partnership, minutes)
    cleaned = without_in(kept.content, pattern_of(words)) if kept else None
    return minutes_pdf(minutes_from_json(cleaned)) if _is_minutes(cleaned) else b""


def _adopted_paper(partnership: UUID, adoption: UUID, words: Sequence[str]) -> bytes:
    """Return the paper of an adopted version without the words; nothing where its values can no longer be read."""
    frozen, pattern = frozen_plan(partnership, adoption), pattern_of(words)
    if frozen is None:
        return b""
    cleaned, said = without_in(frozen.content, pattern), frozen.adopted
    if not _is_plan(cleaned):
        return b""
    adopted = replace(said, body=without(said.body, pattern), decision=without(said.decision, pattern), written_by=without(said.written_by, pattern),
                      corrected=without(said.corrected, pattern))
    return report_pdf(build_report(plan_from_json(cleaned), frozen.on, adopted=adopted))


PAPERS = {ADOPTION: _adopted_paper, MINUTES: _minutes_paper}


def _holds(partnership: UUID, run: reads.Run, words: Sequence[str]) -> bool:
    content = reads.original(partnership, run.id)
    found = read_safely("samsyn.formats.words_in_file:words_in_file", run.file_name, content or b"", words=json.dumps(list(words)))
    return bool(found.found)


def _called(place: Place) -> str:
    """Return what a place is called: "åtgärd, ansvarig"."""
    word = TABLE_WORDS[place.table]
    kind = KIND_OF_TABLE.get(place.table)
    about = fields_of(KINDS[kind].values).get(place.column) if kind else None
    return f"{word}, {about.label.lower()}" if about else word


def _excerpt(place: Place, words: Sequence[str]) -> str:
    if not isinstance(place.value, str):
        return ""
    hit = pattern_of(words).search(place.value)
    if hit is None:
        return ""
    start, end = max(0, hit.start() - EXCERPT), hit.end() + EXCERPT
    return f"{'…' if start else ''}{place.value[start:end]}{'…' if end < len(place.value) else ''}"
