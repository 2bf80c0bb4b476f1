"""An accepted reading is taken back as one act, within 30 days: what nobody has touched is withdrawn or put back, the rest stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samsyn.chain.plan_diff_values import Change, Doing, Instruction, PlanDiff
from samsyn.chain.plan_findings import Findings, is_same
from samsyn.flows.intake.rows_written import FACES, LINKS, RowsWritten
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.editing import Gone
from samsyn.records.follow_up import file_writes
from samsyn.records.follow_up.reads import acted_on, editable, is_plan_used, plan_values
from samsyn.records.plan import order_writes
from samsyn.records.plan import writes as plan_writes
from samsyn.records.plan.reads import plan_head
from samsyn.records.plan.writes import withdraw_of_run, withdraw_plan_of_run
from samsyn.records.situation import writes as situation
from samsyn.records.source import reads, writes


class TooLate(Exception):
    """More than 30 days have gone since the reading was accepted."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came of it: texts of the rows and fields that stay because somebody has touched them, and whether the plan went too."""

    stays: tuple[str, ...]
    plan_withdrawn: bool


def take_back(*, partnership: UUID, run: UUID, actor: Actor, at: datetime, once: str = "") -> TakenBack:
    """
    Withdraw the rows that a reading brought, and put back the values it changed, where nobody has touched them since.

    Everything stays in the history; check-ins and faces are never undone.
    raises   Gone          if the reading is not there, or not accepted (any more)
             TooLate       if it was accepted more than 30 days ago
             AlreadyDone   if the same form has been received before
    """
    accepted = reads.run(partnership, run)
    if accepted is None or not accepted.is_accepted:
        raise Gone
    if not accepted.can_be_taken_back(at):
        raise TooLate
    act = Act(kind="import.taken_back", words=f"ångrade inläsningen av {accepted.file_name}", partnership=partnership,
              subject_kind="import_run", subject=run, once=once)
    with writing(actor=actor, at=at, act=act):
        stays = _put_back(accepted, accepted.written, partnership, actor, at) if accepted.written else []
        stays += withdraw_of_run(partnership=partnership, run=run, at=at, kept_actions=acted_on(partnership, run))
        is_used = accepted.plan is not None and is_plan_used(partnership, accepted.plan)
        gone = accepted.plan is not None and not is_used and withdraw_plan_of_run(partnership=partnership, plan=accepted.plan, run=run, at=at)
        writes.take_back_run(partnership=partnership, run=run, actor=actor, at=at)
    return TakenBack(tuple(stays), gone)


def fields_that_stay(partnership: UUID, run: reads.Run) -> tuple[str, ...]:
    """
    Return the fields of a file that came back that are not put back when its reading is taken back: those that somebody has
    changed since, and faces. Once it has been taken back: those that did not get their earlier value.
    """
    head = plan_head(partnership, run.plan) if run.plan else None
    if run.written is None or head is None:
        return ()
    findings = Findings(plan_values(head))
    there = _ids(findings)
    if run.is_accepted:
        return tuple(_field_words(change) for change in run.written.changed if not _is_untouched(findings, there, change))
    return tuple(_field_words(change) for change in run.written.changed if (change.kind, change.id) in findings.rows
                 and not is_same(change.field, findings.value(change.kind, change.id, change.field), change.stored))


def _put_back(accepted: reads.Run, written: PlanDiff, partnership: UUID, actor: Actor, at: datetime) -> list[str]:
    """Put back the values and rows that a file changed or took out. Returns what stays as the file left it."""
    head = plan_head(partnership, accepted.plan) if accepted.plan else None
    if head is None:
        return []
    stays = list(_take_up(written, partnership, head.id, actor, at))
    findings = Findings(plan_values(head))
    there = _ids(findings)
    untouched = {change.key: change for change in written.changed if _is_untouched(findings, there, change)}
    rows = RowsWritten(partnership, head.id, accepted.file_name, actor, at)
    rows.write([Instruction(Doing.SET, change.kind, change.id, change.field, change.stored) for change in untouched.values()])
    stays += [_field_words(change) for change in written.changed if change.key not in untouched]
    return stays + list(_take_out_small(written, partnership, head.id, actor, at))


def _ids(findings: Findings) -> frozenset[str]:
    return frozenset(key for _, key in findings.rows)


def _is_untouched(findings: Findings, there: frozenset[str], change: Change) -> bool:
    """Return whether a field still says what the file said, and can be put back. A face never is: it is set anew by a person."""
    if change.field in FACES or (change.kind, change.id) not in findings.rows:
        return False
    links = change.stored if isinstance(change.stored, tuple) and change.field in LINKS else ()
    return all(one in there for one in links) and is_same(change.field, findings.value(change.kind, change.id, change.field), change.read)


def _field_words(change: Change) -> str:
    return f"{change.field_label}: {change.label}"


def _take_up(written: PlanDiff, partnership: UUID, plan: UUID, actor: Actor, at: datetime) -> Iterator[str]:
    """Take up the rows that were taken out: problems before their causes. Yield those that somebody has taken up or moved already."""
    order = ("problem", "cause", "goal", "action")
    for gone in sorted(written.gone, key=lambda one: order.index(one.kind) if one.kind in order else len(order)):
        given: dict[str, Any] = {"partnership": partnership, "kind": gone.kind, "row_id": UUID(gone.id), "actor": actor, "at": at}
        try:
            if gone.kind in ("problem", "cause"):
                situation.take_up_row(**given)
            elif gone.kind in ("goal", "action"):
                plan_writes.take_up_row(plan=plan, **given)
            else:
                file_writes.take_up_small(plan=plan, **given)
        except Gone:  # it is in use again, or what it belonged to is not
            yield gone.label


def _take_out_small(written: PlanDiff, partnership: UUID, plan: UUID, actor: Actor, at: datetime) -> Iterator[str]:
    """Take out the new rows that do not know their reading: moments, commitments and the like. Yield those that somebody has changed."""
    for new in written.new:
        held = editable(partnership, plan, new.kind, UUID(new.id)) if new.kind in file_writes.SMALL or new.kind == "follow_up" else None
        if held is None:
            continue
        if held.version > 1 or new.kind == "follow_up":
            yield new.label
        elif new.kind == "bundle":
            order_writes.dissolve_bundle(partnership=partnership, plan=plan, bundle=held.id, actor=actor, at=at)
        else:
            file_writes.withdraw_small(partnership=partnership, plan=plan, kind=new.kind, row_id=held.id, actor=actor, at=at)
