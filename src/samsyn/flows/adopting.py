"""A plan is adopted: what it says is frozen, with the paper that the steering group decided on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from samsyn.chain.plan_changes import RowChange, changes_between
from samsyn.chain.plan_json import plan_from_json, plan_to_json
from samsyn.chain.report import build_report
from samsyn.formats.report_typst import report_pdf
from samsyn.records.access.acts import Actor
from samsyn.records.follow_up.evaluation_writes import adopt
from samsyn.records.follow_up.reads import adopted_plan, plan_values
from samsyn.records.plan.reads import PlanHead


def adopt_plan(*, head: PlanHead, adopted_on: date, body: str, decision: str, today: date, actor: Actor, at: datetime, once: str = "") -> UUID:
    """Freeze the plan as it is now, in values and on paper. Raises Gone, AlreadyDone."""
    values = replace(plan_values(head), adopted_on=adopted_on)
    pdf = report_pdf(build_report(values, today))
    return adopt(partnership=head.partnership, plan=head.id, adopted_on=adopted_on, body=body, decision=decision, content=plan_to_json(values),
                 pdf=pdf, actor=actor, at=at, once=once).id


def changes_since_adoption(head: PlanHead, adoption: UUID) -> tuple[RowChange, ...] | None:
    """Return what differs between an adopted version and the plan now, or None if there is no such adoption."""
    found = adopted_plan(head.partnership, head.id, adoption)
    return changes_between(plan_from_json(found[0]), plan_values(head)) if found else None
