"""What somebody has chosen of a difference goes into the plan: one act, one transaction, compared once more before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samsyn.chain.plan_apply import YES, apply_diff, marks
from samsyn.chain.plan_diff_values import Change, Doing, Gone, Instruction, New, PlanDiff
from samsyn.chain.plan_findings import Findings, field_words
from samsyn.chain.wording import clipped
from samsyn.flows.intake.coming_again import Difference, again_of, difference
from samsyn.flows.intake.rows_written import RowsWritten
from samsyn.records import editing
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.plan.reads import plan_head
from samsyn.records.source import reads, writes

SEPARATOR = "."


class Stale(Exception):
    """The plan has been changed since the difference was shown: something that was chosen means something else now. Nothing is saved."""


class NothingChosen(ValueError):
    """Nothing was chosen, or nothing that changes anything."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form said of a difference: the choices that still mean what they did when it was shown, and whether some do not."""

    choices: dict[str, str]
    is_stale: bool


def as_sent(found: Difference, sent: Mapping[str, str]) -> Sent:
    """
    Return which of the choices that a form sends mean what they did when they were shown.

    sent   key of what was chosen -> its mark, and for a question the key of the answer after a full stop
    """
    marked = marks(found.diff, found.stored)
    questions = {question.key: {option.key for option in question.options} for question in found.diff.questions}
    choices: dict[str, str] = {}
    for key, said in sent.items():
        mark, _, answer = said.partition(SEPARATOR)
        if marked.get(key) == mark and (key not in questions or answer in questions[key]):
            choices[key] = answer if key in questions else YES
    return Sent(choices, len(choices) < len(sent))


def apply_difference(*, partnership: UUID, run: UUID, plan: UUID, sent: Mapping[str, str], actor: Actor, at: datetime, once: str = "") -> PlanDiff:
    """
    Write what somebody has chosen of a file that came back. Returns what was written: rows with their new ids, values before and after.

    sent     as in `as_sent`
    raises   Gone            if the reading no longer waits, or the plan is not there
             Stale           if the plan has changed so that a choice means something else than when it was shown
             NothingChosen   if nothing is to be written
             ChoicesClash    if two rows of the file are said to be the same row
             WouldWait       if an action would wait for itself
             AlreadyDone     if the same form has been received before
    """
    waiting = reads.run(partnership, run)
    again = again_of(waiting) if waiting else None
    if waiting is None or again is None:
        raise editing.Gone
    act = Act(kind="import.accepted", words=f"läste in ändringar ur filen {clipped(waiting.file_name, 80)}", partnership=partnership,
              subject_kind="import_run", subject=run, once=once)
    with writing(actor=actor, at=at, act=act):
        row = writes.waiting_run(partnership=partnership, run=run)
        head = plan_head(partnership, plan)
        if head is None:
            raise editing.Gone
        found = difference(head, again, waiting.file_name, waiting.received_at)
        chosen = as_sent(found, sent)
        if chosen.is_stale:
            raise Stale
        instructions = apply_diff(found.diff, chosen.choices)
        if not instructions:
            raise NothingChosen("Du har inte valt något. Kryssa i det som ska in i planen, eller avbryt.")
        rows = RowsWritten(partnership, plan, waiting.file_name, actor, at, run=row, names=_names(found), places=_places(found.diff),
                           numbers=frozenset(cause.number for cause in found.stored.causes if cause.number is not None))
        rows.write(instructions)
        written = _written(found, instructions, rows.ids)
        writes.accept_difference(partnership=partnership, run=run, plan=plan, written=written, rows_known=_actions_known(found), actor=actor, at=at)
    return written


def _actions_known(found: Difference) -> int:
    """Return how many of the file's actions were in the plan before, changed or not: rows are counted as actions, as in any file."""
    diff = found.diff
    seen = {*diff.same, *((one.kind, one.id) for one in diff.changed if one.id), *((one.kind, one.id) for one in diff.questions if one.id)}
    return sum(kind == "action" for kind, _ in seen)


def _names(found: Difference) -> dict[str, str]:
    findings = Findings(found.stored)
    return {key: findings.label(kind, key) for kind, key in findings.rows} | {new.id: new.label for new in found.diff.new}


def _places(diff: PlanDiff) -> dict[str, str]:
    return {new.id: new.place for new in diff.new} | {question.reference: question.place for question in diff.questions if question.reference}


def _written(found: Difference, instructions: tuple[Instruction, ...], ids: Mapping[str, str]) -> PlanDiff:
    """Return what was written as a difference: what is new under the ids it got, values as they were and as they are."""
    findings, places = Findings(found.stored), dict(_places_of_fields(found.diff))
    names = _names(found) | {question.reference: question.label for question in found.diff.questions if question.reference}
    added = {one.id: one.kind for one in instructions if one.doing is Doing.ADD}
    values: dict[str, list[tuple[str, object]]] = {reference: [] for reference in added}
    changed: list[Change] = []
    for one in instructions:
        value = _with_ids(one.value, ids)
        if one.doing is Doing.SET and one.id in added:
            values[one.id].append((one.field, value))
        elif one.doing is Doing.SET:
            place = places.get((one.kind, one.id, one.field), "")
            changed.append(Change(f"change:{one.kind}:{one.id}:{one.field}", one.kind, one.id, findings.label(one.kind, one.id), one.field,
                                  field_words(one.kind, one.field)[0], findings.value(one.kind, one.id, one.field), value, place))  # type: ignore[arg-type]
    sources = _places(found.diff)
    new = tuple(New(f"new:{reference}", kind, ids[reference], names.get(reference, ""), tuple(values[reference]), sources.get(reference, ""))  # type: ignore[arg-type]
                for reference, kind in added.items())
    out = dict.fromkeys((one.kind, one.id) for one in instructions if one.doing is Doing.WITHDRAW)
    changed += _let_go(found, {key for kind, key in out if kind == "bundle"}, findings)
    out |= dict.fromkeys(("cause", cause.id) for cause in found.stored.causes if ("problem", cause.problem) in out)
    gone = tuple(Gone(f"gone:{kind}:{key}", kind, key, findings.label(kind, key), "") for kind, key in out)
    return PlanDiff(found.diff.plan, new, tuple(changed), gone)


def _let_go(found: Difference, bundles: set[str], findings: Findings) -> Iterator[Change]:
    """Yield that the parts of the combinations that go stand alone: what must be put back if the reading is taken back."""
    for action in found.stored.actions:
        if action.bundle in bundles:
            yield Change(f"change:action:{action.id}:bundle", "action", action.id, findings.label("action", action.id), "bundle",
                         field_words("action", "bundle")[0], action.bundle, None, "")


def _places_of_fields(diff: PlanDiff) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Yield (kind, id, field) -> where in the file it stands, of all that may be written."""
    for change in (*diff.changed, *(one for question in diff.questions for one in question.follows)):
        yield (change.kind, change.id, change.field), change.place
    for question in diff.questions:
        for option in question.options:
            yield from (((one.kind, one.id, one.field), question.place) for one in option.instructions if one.doing is Doing.SET)


def _with_ids(value: object, ids: Mapping[str, str]) -> object:
    if isinstance(value, tuple):
        return tuple(ids.get(one, one) if isinstance(one, str) else one for one in value)
    return ids.get(value, value) if isinstance(value, str) and value in ids else value

