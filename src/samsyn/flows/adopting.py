"""A plan is adopted: what it says is kept, with the paper that the steering group decided on and the decision on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from samsyn.chain.plan_changes import RowChange, changes_between
from samsyn.chain.plan_json import plan_from_json
from samsyn.chain.report import build_report
from samsyn.chain.report_values import Report
from samsyn.chain.wording import date_words, local_day
from samsyn.formats.report_typst import report_pdf
from samsyn.records.access.acts import Actor
from samsyn.records.editing import Gone
from samsyn.records.follow_up.adoption_paper import adoption_paper
from samsyn.records.follow_up.adoption_reads import FrozenPlan, corrected_words, frozen_plan
from samsyn.records.follow_up.evaluation_writes import adopt, correct_adoption
from samsyn.records.follow_up.reads import adopted_plan, plan_values
from samsyn.records.plan.reads import PlanHead


def adopt_plan(*, head: PlanHead, adopted_on: date, body: str, decision: str, today: date, actor: Actor, at: datetime, once: str = "") -> UUID:
    """Keep the plan as it is now, in values and on paper. Raises Gone, AlreadyDone."""
    made = adoption_paper(head, adopted_on=adopted_on, body=body, decision=decision, written_by=actor.name, today=today, at=at)
    return adopt(partnership=head.partnership, plan=head.id, adopted_on=adopted_on, body=body, decision=decision, content=made.content, pdf=made.pdf,
                 actor=actor, at=at, once=once).id


def correct_decision(*, head: PlanHead, adoption: UUID, adopted_on: date, body: str, decision: str, why: str, actor: Actor, at: datetime,
                     once: str = "") -> UUID:
    """Correct the wording of a decision; its paper is made again, of what the plan said then. Raises Gone, AlreadyDone."""
    frozen = frozen_plan(head.partnership, adoption)
    if frozen is None or frozen.plan != head.id:
        raise Gone
    worded = replace(frozen.adopted, on=adopted_on, body=body, decision=decision,
                     corrected=corrected_words(date_words(local_day(at)), actor.name, why))
    return correct_adoption(partnership=head.partnership, plan=head.id, adoption=adoption, adopted_on=adopted_on, body=body, decision=decision, why=why,
                            pdf=report_pdf(report_of(replace(frozen, adopted=worded))), actor=actor, at=at, once=once).id


def report_of(frozen: FrozenPlan) -> Report:
    """Return the report of an adopted version, with the decision first. Raises NotAPlan if its values can no longer be read."""
    return build_report(plan_from_json(frozen.content), frozen.on, adopted=frozen.adopted)


def changes_since_adoption(head: PlanHead, adoption: UUID) -> tuple[RowChange, ...] | None:
    """Return what differs between an adopted version and the plan now, or None if there is no such adoption."""
    found = adopted_plan(head.partnership, head.id, adoption)
    return changes_between(plan_from_json(found[0]), plan_values(head)) if found else None
