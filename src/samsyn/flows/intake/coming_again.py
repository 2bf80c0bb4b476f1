"""A file that Samsyn wrote comes back: which plan it belongs to, and what it would change there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samsyn.chain.field import fields_of
from samsyn.chain.plan import Plan
from samsyn.chain.plan_details import Details, Value
from samsyn.chain.plan_diff_cells import one_question_a_cell
from samsyn.chain.plan_diff_fit import storable
from samsyn.chain.plan_diff_json import details_from_json
from samsyn.chain.plan_diff_values import PlanDiff, Question
from samsyn.chain.plan_findings import Findings
from samsyn.chain.wording import local_day
from samsyn.flows.intake.past_states import past_states
from samsyn.formats.plan_again import ReadAgain, diff_again
from samsyn.formats.plan_at_export import value_at_export
from samsyn.formats.reading_json import reading_from_json
from samsyn.records.follow_up.kinds import KINDS
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan.reads import PlanHead, plan_continuing, plan_head
from samsyn.records.source.reads import Run


@dataclass(frozen=True, slots=True)
class Origin:
    """
    Where a file's sheet Detaljer says that it was taken out.

    plans        plans of this partnership that it names, as they are now
    elsewhere    names that the file has for plans that are not here; nothing is looked up about them
    exported_on  the day it was taken out, as the file says it; "" if it does not
    """

    plans: tuple[PlanHead, ...]
    elsewhere: tuple[str, ...]
    exported_on: str

    @property
    def is_ours(self) -> bool:
        return bool(self.plans)


@dataclass(frozen=True, slots=True)
class Difference:
    """A file beside a plan: the plan as it is, what the file would change, and what it says besides."""

    head: PlanHead
    stored: Plan
    diff: PlanDiff
    details: Details


def again_of(run: Run) -> ReadAgain | None:
    """Return what was read of a file with a sheet Detaljer; None if it has none."""
    kept = run.reading or {}
    return ReadAgain(reading_from_json(kept.get("plan")), details_from_json(kept["details"])) if kept.get("details") else None


def origin_of(partnership: UUID, details: Details) -> Origin:
    """Return which plans a file was taken out of. Another partnership's plan is no other than one that never was."""
    plans: dict[UUID, PlanHead] = {}
    elsewhere: list[str] = []
    for sheet in details.sheets:
        head = _head(partnership, sheet.plan)
        if head:
            plans[head.id] = head
        else:
            elsewhere.append(sheet.plan_name)
    days = sorted(sheet.exported_on for sheet in details.sheets if sheet.exported_on)
    return Origin(tuple(plans.values()), tuple(dict.fromkeys(elsewhere)), days[0] if days else "")


def plans_to_choose(partnership: UUID, origin: Origin, wanted: PlanHead | None) -> tuple[PlanHead, ...]:
    """
    Return the plans that a file may be meant for: one if there is no doubt, none if it was taken out of no plan here.

    There is doubt if the file comes from two plans, or from another plan than the one somebody brings it to, or from
    one that has been continued, as last year's.
    """
    if not origin.plans:
        return ()
    found = {head.id: head for head in origin.plans}
    if wanted is not None:
        found[wanted.id] = wanted
    elif len(found) == 1:
        found |= {head.id: head for head in _later(partnership, origin.plans[0])}
    return tuple(found.values())


def _later(partnership: UUID, head: PlanHead) -> list[PlanHead]:
    found: dict[UUID, PlanHead] = {}
    following = plan_continuing(partnership, head.id)
    while following and following.id not in found:
        found[following.id] = following
        following = plan_continuing(partnership, following.id)
    return list(found.values())


def difference(head: PlanHead, again: ReadAgain, file_name: str, received_at: datetime) -> Difference:
    """Return what a file would change in a plan, as the plan is now. `received_at` is when the file was read."""
    stored = plan_values(head)
    diff = diff_again(stored, again, file_name, local_day(received_at))
    return Difference(head, stored, one_question_a_cell(storable(diff, stored), stored), again.details)


def at_export(found: Difference, question: Question) -> Value:
    """Return what a field that both have changed said when the file was taken out; None if that is not known."""
    if not question.is_both or question.kind not in KINDS or question.kind == "step":  # a moment's fields are reached through its action
        return None
    row_class = KINDS[question.kind].values
    findings = Findings(found.stored)
    row = findings.rows.get((question.kind, question.id))
    if row is None:
        return None
    now = {name: getattr(row, name) for name in fields_of(row_class)}
    states = past_states(found.head.partnership, UUID(question.id), row_class, now)
    return value_at_export(found.stored, found.details, (question.kind, question.id), question.field, states)


def _head(partnership: UUID, key: str) -> PlanHead | None:
    try:
        return plan_head(partnership, UUID(key))
    except ValueError:
        return None
