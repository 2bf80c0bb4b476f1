"""Questions about action plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samsyn.chain.swedish import sort_key
from samsyn.records.plan.models import Action, ActionPlan, ActionStep, Bundle, Commitment, Goal, PlanProblem
from samsyn.records.situation.models import Cause, Problem
from samsyn.records.source.models import RunState


@dataclass(frozen=True, slots=True)
class PlanHead:
    """A plan without its rows."""

    id: UUID
    partnership: UUID
    organisation: UUID
    name: str
    period: str
    summary: str
    adopted_on: date | None
    version: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """A row that has been taken out of the plan and can be taken up again."""

    kind: str
    kind_label: str
    id: UUID
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RowOfRun:
    """A row that a reading brought and that is still in use. `is_changed` says that somebody has changed it since."""

    kind_label: str
    id: UUID
    text: str
    is_changed: bool


def plan_head(partnership: UUID, plan: UUID) -> PlanHead | None:
    """Return a plan's head, or None if the partnership has no such plan."""
    row = ActionPlan.objects.within(partnership).filter(id=plan, withdrawn_at=None).first()
    return _head(row) if row else None


def plan_heads(partnership: UUID) -> tuple[PlanHead, ...]:
    """Return the heads of every plan, in Swedish order."""
    rows = ActionPlan.objects.within(partnership).filter(withdrawn_at=None)
    return tuple(sorted((_head(row) for row in rows), key=lambda head: sort_key(head.name)))


def plan_continuing(partnership: UUID, plan: UUID) -> PlanHead | None:
    """Return the plan that was made out of a plan, as next year's; the newest if there are several, None if there is none."""
    row = ActionPlan.objects.within(partnership).filter(continues_id=plan, withdrawn_at=None).order_by("-made_at").first()
    return _head(row) if row else None


def is_taken_out(partnership: UUID, plan: UUID, kind: str, row_id: UUID) -> bool:
    """Whether a row was in the plan and has been taken out of it: kind is action, bundle, step or commitment."""
    rows: dict[str, Any] = {
        "action": Action.objects.within(partnership).filter(plan_id=plan), "bundle": Bundle.objects.within(partnership).filter(plan_id=plan),
        "step": ActionStep.objects.within(partnership).filter(action__plan_id=plan),
        "commitment": Commitment.objects.within(partnership).filter(plan_id=plan)}
    return bool(rows[kind].filter(id=row_id).exclude(withdrawn_at=None).exists())


def withdrawn_rows(partnership: UUID, plan: UUID) -> tuple[WithdrawnRow, ...]:
    """Return what has been taken out of a plan, newest first."""
    problems = PlanProblem.objects.within(partnership).filter(plan_id=plan)
    found = [WithdrawnRow("problem", "Problem", link.problem_id, link.problem.title, _moment(link.problem))
             for link in problems.exclude(problem__withdrawn_at=None).select_related("problem")]
    about = [link.problem_id for link in problems]
    for cause in Cause.objects.within(partnership).filter(problem_id__in=about, problem__withdrawn_at=None).exclude(withdrawn_at=None):
        found.append(WithdrawnRow("cause", "Orsak", cause.id, cause.text, _moment(cause)))
    for kind, label, model in (("goal", "Mål", Goal), ("action", "Åtgärd", Action)):
        for row in model.objects.within(partnership).filter(plan_id=plan).exclude(withdrawn_at=None):
            found.append(WithdrawnRow(kind, label, row.id, row.text, _moment(row)))
    return tuple(sorted(found, key=lambda row: row.at, reverse=True))


def _moment(row: Any) -> datetime:
    """When a row that has been taken out was taken out."""
    at: datetime = row.withdrawn_at
    return at


def rows_of_run(partnership: UUID, run: UUID) -> tuple[RowOfRun, ...]:
    """Return the rows that a reading brought and that are in use."""
    found: list[RowOfRun] = []
    for label, model, field in (("Åtgärd", Action, "text"), ("Mål", Goal, "text"), ("Orsak", Cause, "text"), ("Problem", Problem, "title")):
        rows = model.objects.within(partnership).filter(import_run_id=run, withdrawn_at=None)
        found += [RowOfRun(label, row_id, text, version > 1) for row_id, text, version in rows.values_list("id", field, "version")]
    return tuple(found)


def places_of_file(partnership: UUID, plan: UUID, sha256: str) -> frozenset[str]:
    """Return where the actions stood that have been read into a plan from a file with these bytes, those removed since too."""
    rows = Action.objects.within(partnership).filter(plan_id=plan, import_run__file__sha256=sha256, import_run__state=RunState.ACCEPTED)
    return frozenset(rows.values_list("source_place", flat=True))


def _head(row: ActionPlan) -> PlanHead:
    return PlanHead(row.id, row.partnership_id, row.organisation_id, row.name, row.period, row.summary, row.adopted_on, row.version, row.made_at)
