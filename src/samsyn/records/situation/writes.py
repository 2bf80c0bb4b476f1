"""Changes of problems and causes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain.wording import clipped
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import apply_edit, found, take_up, withdraw, writing
from samsyn.records.editing import Edit, Gone, Saved
from samsyn.records.partnership.reads import coordinating_organisation
from samsyn.records.situation.models import Cause, Problem
from samsyn.records.source.models import ImportRun


def add_problem(*, partnership: UUID, values: Mapping[str, Any], actor: Actor, at: datetime, once: str = "",
                run: ImportRun | None = None, source_place: str = "") -> Problem:
    """Add a problem. `values` are described fields of chain.Problem by name."""
    row_id = uuid4()
    act = Act(kind="problem.added", words=f"lade till problemet {clipped(values['title'], 80)}", partnership=partnership,
              subject_kind="problem", subject=row_id, once=once)
    with writing(actor=actor, at=at, act=act):
        return Problem.objects.create(id=row_id, partnership_id=partnership, organisation_id=coordinating_organisation(partnership),
                                      import_run=run, source_place=source_place, **values)


def change_problem(*, partnership: UUID, problem: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """Change a problem. Raises Collided, Gone."""
    act = Act(kind="problem.changed", words="ändrade ett problem", partnership=partnership, subject_kind="problem", subject=problem, once=once)
    with writing(actor=actor, at=at, act=act):
        row = found(Problem.objects.within(partnership).filter(id=problem, withdrawn_at=None).first())
        merged = apply_edit(row, edit)
    return Saved(merged.from_theirs)


def add_cause(*, partnership: UUID, problem: UUID, values: Mapping[str, Any], actor: Actor, at: datetime, once: str = "",
              run: ImportRun | None = None, source_place: str = "") -> Cause:
    """Add a cause to a problem. Its number is the plan's to give: `plan.writes.add_cause` is the way in. Raises Gone."""
    row_id = uuid4()
    act = Act(kind="cause.added", words=f"lade till orsaken {clipped(values['text'], 80)}", partnership=partnership,
              subject_kind="cause", subject=row_id, once=once)
    with writing(actor=actor, at=at, act=act):
        found(Problem.objects.within(partnership).filter(id=problem, withdrawn_at=None).first())
        return Cause.objects.create(id=row_id, partnership_id=partnership, organisation_id=coordinating_organisation(partnership),
                                    problem_id=problem, import_run=run, source_place=source_place, **values)


def change_cause(*, partnership: UUID, cause: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """Change a cause. Raises Collided, Gone."""
    act = Act(kind="cause.changed", words="ändrade en orsak", partnership=partnership, subject_kind="cause", subject=cause, once=once)
    with writing(actor=actor, at=at, act=act):
        row = found(Cause.objects.within(partnership).filter(id=cause, withdrawn_at=None).first())
        merged = apply_edit(row, edit)
    return Saved(merged.from_theirs)


def withdraw_cause(*, partnership: UUID, cause: UUID, actor: Actor, at: datetime) -> None:
    """Take a cause out of the plan. Its actions stay and then stand without it."""
    with writing(actor=actor, at=at, act=Act(kind="cause.withdrawn", words="tog bort en orsak", partnership=partnership,
                                             subject_kind="cause", subject=cause)):
        withdraw(found(Cause.objects.within(partnership).filter(id=cause, withdrawn_at=None).first()), at)


def withdraw_problem(*, partnership: UUID, problem: UUID, actor: Actor, at: datetime) -> None:
    """Take a problem out of the plan, with its causes."""
    with writing(actor=actor, at=at, act=Act(kind="problem.withdrawn", words="tog bort ett problem", partnership=partnership,
                                             subject_kind="problem", subject=problem)):
        row = found(Problem.objects.within(partnership).filter(id=problem, withdrawn_at=None).first())
        for cause in Cause.objects.within(partnership).filter(problem=row, withdrawn_at=None):
            withdraw(cause, at)
        withdraw(row, at)


def take_up_row(*, partnership: UUID, kind: str, row_id: UUID, actor: Actor, at: datetime) -> None:
    """Take a withdrawn problem or cause into use again."""
    model = {"problem": Problem, "cause": Cause}[kind]
    with writing(actor=actor, at=at, act=Act(kind=f"{kind}.taken_up", words="tog tillbaka en borttagen rad", partnership=partnership,
                                             subject_kind=kind, subject=row_id)):
        row = found(model.objects.within(partnership).filter(id=row_id).exclude(withdrawn_at=None).first())
        if isinstance(row, Cause) and row.problem.withdrawn_at:
            raise Gone
        take_up(row)


def withdraw_of_run(*, partnership: UUID, run: UUID, at: datetime, keep_causes: set[UUID], keep_problems: set[UUID]) -> list[str]:
    """Withdraw the untouched rows a reading brought; called inside that act. Returns the texts of those that stay."""
    stay: list[str] = []
    for model, kept in ((Cause, keep_causes), (Problem, keep_problems)):
        for row in model.objects.within(partnership).filter(import_run_id=run, withdrawn_at=None):
            if row.version > 1 or row.id in kept:
                stay.append(row.text if isinstance(row, Cause) else row.title)
                if isinstance(row, Cause):
                    keep_problems.add(row.problem_id)
            else:
                withdraw(row, at)
    return stay
