"""The rows of a file go into a plan: one act, one transaction, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain import plan as chain
from samsyn.chain.choices import Implementation, Result
from samsyn.chain.field import fields_of
from samsyn.chain.wording import clipped
from samsyn.flows.intake.answers import UNNAMED_PROBLEM, Answers, answered
from samsyn.flows.intake.bringing import reading_of
from samsyn.flows.intake.matching import Matched, Target, match, target_of
from samsyn.flows.intake.understanding import Understood, causes_and_goals, understand
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.editing import Gone, as_stored
from samsyn.records.follow_up import writes as follow_up
from samsyn.records.plan import writes as plan_writes
from samsyn.records.plan.writes import RowFromFile
from samsyn.records.source import reads, writes
from samsyn.records.source.models import ImportRun


class NoProblem(ValueError):
    """The file says no problem, and none was given. Causes and goals belong to a problem."""


class NoText(ValueError):
    """A row that is to come in has no action."""


class NothingNew(ValueError):
    """There is nothing to put into the plan: the file has no rows, or all were left out or are there already."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of it: the plan, and how many actions were added and how many it had already."""

    plan: UUID
    added: int
    known: int


@dataclass(frozen=True, slots=True)
class _Act:
    """What every write of the act is told."""

    partnership: UUID
    run: ImportRun
    actor: Actor
    at: datetime

    @property
    def given(self) -> dict[str, Any]:
        return {"partnership": self.partnership, "run": self.run, "actor": self.actor, "at": self.at}


def accept(*, partnership: UUID, run: UUID, answers: Answers, today: date, actor: Actor, at: datetime, once: str = "") -> Accepted:
    """
    Put a waiting reading into a plan, with what somebody has answered.

    A file that has been read in before goes into the same plan as then; the rows that are there are not added again.
    raises   Gone          if the reading no longer waits, or the plan is not there
             NoProblem     if a problem must be named
             NoText        if a row without an action is to come in
             NothingNew    if nothing is to come in
             AlreadyDone   if the same form has been received before
    """
    waiting = reads.run(partnership, run)
    if waiting is None:
        raise Gone
    act = Act(kind="import.accepted", words=f"läste in filen {clipped(waiting.file_name, 80)}", partnership=partnership,
              subject_kind="import_run", subject=run, once=once)
    with writing(actor=actor, at=at, act=act):
        row = writes.waiting_run(partnership=partnership, run=run)
        understood = understand(reading_of(waiting), waiting.file_name, today)
        accepted = _store(_Act(partnership, row, actor, at), waiting, understood, answers)
        writes.accept_run(partnership=partnership, run=run, plan=accepted.plan, rows_added=accepted.added, rows_known=accepted.known,
                          actor=actor, at=at)
    return accepted


def target_plan(partnership: UUID, run: reads.Run, wanted: UUID | None) -> UUID | None:
    """Return the plan that a reading goes into: the one its file was read into before, else the one that is wanted; None = a new one."""
    earlier = reads.earlier_run_of_same_file(partnership, run.sha256)
    if earlier and earlier.id != run.id and earlier.plan and target_of(partnership, earlier.plan, run.sha256):
        return earlier.plan
    return wanted


def _store(act: _Act, waiting: reads.Run, understood: Understood, answers: Answers) -> Accepted:
    incoming = answered(understood, answers)
    wanted = target_plan(act.partnership, waiting, answers.plan)
    target = target_of(act.partnership, wanted, waiting.sha256)
    if wanted and target is None:
        raise Gone
    matched = match(incoming, target)
    actions = [action for action in incoming.actions if action.id not in matched.actions]
    if any(not action.text for action in actions):
        raise NoText("En rad har ingen åtgärd.")
    new = _new_rows(incoming, matched, actions)
    if not (actions or new.causes or new.goals):
        raise NothingNew("Det finns inget nytt att läsa in.")
    plan = target.head.id if target else _new_plan(act, incoming)
    ids = _Ids(matched)
    _store_chain(act, plan, _numbered_apart(new, target), understood.places, ids)
    _store_actions(act, plan, new.goals, actions, understood.places, ids)
    _store_faces(act, actions, waiting.file_name, ids)
    return Accepted(plan, len(actions), len(incoming.actions) - len(actions))


class _Ids:
    """The id in the records of each row that comes in: the one that is there, or one made now."""

    def __init__(self, matched: Matched) -> None:
        self.found: dict[str, UUID] = {**matched.problems, **matched.causes, **matched.goals}

    def of(self, key: str) -> UUID:
        return self.found.setdefault(key, uuid4())


def _new_plan(act: _Act, incoming: chain.Plan) -> UUID:
    return plan_writes.add_plan(values={"name": clipped(incoming.name, _LONGEST_NAME), "period": incoming.period}, **act.given).id


def _new_rows(incoming: chain.Plan, matched: Matched, actions: list[chain.Action]) -> chain.Plan:
    """Return the plan with only those causes and goals that are new, and that a new action or no action names."""
    by_known = {row for action in incoming.actions if action.id in matched.actions for row in (*action.causes, *action.goals)}
    by_new = {row for action in actions for row in (*action.causes, *action.goals)}
    skipped = (by_known - by_new) | set(matched.causes) | set(matched.goals)
    return replace(incoming, causes=tuple(row for row in incoming.causes if row.id not in skipped),
                   goals=tuple(row for row in incoming.goals if row.id not in skipped))


def _numbered_apart(new: chain.Plan, target: Target | None) -> chain.Plan:
    """Return the plan where a cause whose number the target's plan already uses has none: it gets the next one."""
    taken = {cause.number for cause in target.plan.causes} if target else set()
    return replace(new, causes=tuple(replace(cause, number=None) if cause.number in taken else cause for cause in new.causes))


def _store_chain(act: _Act, plan: UUID, new: chain.Plan, places: Mapping[str, str], ids: _Ids) -> None:
    """Add the problems that new causes and goals belong to, and the causes. Of a problem that nothing belongs to only a new plan's is added."""
    needed = {row.problem for row in causes_and_goals(new)}
    if None in needed or (UNNAMED_PROBLEM in needed and all(problem.id != UNNAMED_PROBLEM for problem in new.problems)):
        raise NoProblem("Skriv vilket problem planen gäller.")
    for problem in new.problems:
        if problem.id in needed and problem.id not in ids.found:
            made = plan_writes.add_problem(plan=plan, values=as_stored(problem) | {"title": clipped(problem.title, _LONGEST_TITLE)},
                                           source_place=places.get(problem.id, ""), **act.given)
            ids.found[problem.id] = made.id
    for cause in new.causes:
        made_cause = plan_writes.add_cause(plan=plan, problem=ids.found[cause.problem or ""], values=as_stored(cause),
                                           source_place=places.get(cause.id, ""), **act.given)
        ids.found[cause.id] = made_cause.id


def _store_actions(act: _Act, plan: UUID, goals: tuple[chain.Goal, ...], actions: list[chain.Action], places: Mapping[str, str], ids: _Ids) -> None:
    plan_writes.add_rows_from_file(
        partnership=act.partnership, plan=plan, run=act.run,
        goals=[RowFromFile(ids.of(goal.id), as_stored(goal) | {"problem_id": ids.found[goal.problem or ""]}, places.get(goal.id, "")) for goal in goals],
        actions=[RowFromFile(ids.of(action.id), as_stored(action) | {"form_face": action.form_face or ""}, action.place,
                             tuple(ids.found[one] for one in action.causes), tuple(ids.found[one] for one in action.goals)) for action in actions])


def _store_faces(act: _Act, actions: list[chain.Action], file_name: str, ids: _Ids) -> None:
    said: list[tuple[UUID, Implementation | Result]] = []
    for action in actions:
        said += [(ids.found[action.id], face.value) for face in (action.implementation, action.result) if face]
    follow_up.add_faces_from_file(partnership=act.partnership, run=act.run.id, faces=said, file_name=file_name, at=act.at)


_LONGEST_NAME = fields_of(chain.Plan)["name"].max_length
_LONGEST_TITLE = fields_of(chain.Problem)["title"].max_length
