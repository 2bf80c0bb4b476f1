"""Changes of the action plan: the plan itself, goals, actions, steps, check-ins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db.models import Max, Q

from samsyn.chain import plan as chain
from samsyn.chain.notice_values import Person
from samsyn.chain.wording import clipped, counted
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import apply_edit, found, take_up, withdraw, writing
from samsyn.records.editing import Edit, Gone, Saved
from samsyn.records.outbox.link_writes import revoke_answer_links
from samsyn.records.partnership.models import Membership
from samsyn.records.partnership.reads import coordinating_organisation
from samsyn.records.plan.models import (
    Action, ActionCause, ActionGoal, ActionPlan, ActionStep, CheckIn, Goal, PlanProblem, RuleSilence,
)
from samsyn.records.situation import writes as situation
from samsyn.records.situation.models import Cause, Problem
from samsyn.records.source.models import ImportRun

Made = TypeVar("Made", Goal, Action)
FIRST_TRACK = next(one.default for one in fields(chain.Action) if one.name == "track")  # of an action of which nobody has said


@dataclass(frozen=True, slots=True)
class RowFromFile:
    """A goal or an action that a reading brings: its columns by name, where it stood, and an action's causes and goals."""

    id: UUID
    values: Mapping[str, Any]
    source_place: str
    causes: tuple[UUID, ...] = ()
    goals: tuple[UUID, ...] = ()


def add_plan(*, partnership: UUID, values: Mapping[str, Any], actor: Actor, at: datetime, once: str = "",
             run: ImportRun | None = None) -> ActionPlan:
    """Add an action plan. `values` are described fields of chain.Plan by name."""
    row_id = uuid4()
    act = Act(kind="plan.added", words=f"skapade planen {clipped(values['name'], 80)}", partnership=partnership,
              subject_kind="plan", subject=row_id, once=once)
    with writing(actor=actor, at=at, act=act):
        return ActionPlan.objects.create(id=row_id, partnership_id=partnership, made_at=at, import_run=run,
                                         organisation_id=coordinating_organisation(partnership), **values)


def change_plan(*, partnership: UUID, plan: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """Change a plan's own fields. Raises Collided, Gone."""
    act = Act(kind="plan.changed", words="ändrade planens uppgifter", partnership=partnership, subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        merged = apply_edit(_plan(partnership, plan), edit)
    return Saved(merged.from_theirs)


def add_problem(*, partnership: UUID, plan: UUID, values: Mapping[str, Any], actor: Actor, at: datetime, once: str = "",
                run: ImportRun | None = None, source_place: str = "") -> Problem:
    """Add a problem and say that the plan is about it."""
    act = Act(kind="problem.added", words=f"lade till problemet {clipped(values['title'], 80)}", partnership=partnership,
              subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        owner = _plan(partnership, plan)
        problem = situation.add_problem(partnership=partnership, values=values, actor=actor, at=at, run=run, source_place=source_place)
        PlanProblem.objects.create(partnership_id=partnership, organisation_id=owner.organisation_id, plan=owner, problem=problem,
                                   position=_next(PlanProblem.objects.within(partnership).filter(plan=owner)))
    return problem


def add_cause(*, partnership: UUID, plan: UUID, problem: UUID, values: Mapping[str, Any], actor: Actor, at: datetime, once: str = "",
              run: ImportRun | None = None, source_place: str = "") -> Cause:
    """Add a cause to one of the plan's problems; without a number it gets the next one of the plan. Raises Gone."""
    act = Act(kind="cause.added", words=f"lade till orsaken {clipped(values['text'], 80)}", partnership=partnership,
              subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        problems = list(PlanProblem.objects.within(partnership).filter(plan_id=plan).values_list("problem_id", flat=True))
        if problem not in problems:
            raise Gone
        given = dict(values)
        if given.get("number") is None:
            causes = Cause.objects.within(partnership).filter(problem_id__in=problems, withdrawn_at=None)
            given["number"] = (causes.aggregate(top=Max("number"))["top"] or 0) + 1
        return situation.add_cause(partnership=partnership, problem=problem, values=given, actor=actor, at=at, run=run, source_place=source_place)


def add_goal(*, partnership: UUID, plan: UUID, problem: UUID | None, values: Mapping[str, Any], actor: Actor, at: datetime,
             once: str = "", run: ImportRun | None = None, source_place: str = "", actions: Iterable[UUID] = ()) -> Goal:
    """Add a goal to a plan, for one of its problems or none, that actions of the plan are to serve. Raises Gone."""
    act = Act(kind="goal.added", words=f"lade till målet {clipped(values['text'], 80)}", partnership=partnership,
              subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        if problem:
            found(PlanProblem.objects.within(partnership).filter(plan_id=plan, problem_id=problem, problem__withdrawn_at=None).first())
        row = _add_row(Goal, "goal", "målet", partnership, plan, {**values, "problem_id": problem}, actor, at, "", run, source_place)
        for one in dict.fromkeys(actions):
            serving = found(Action.objects.within(partnership).filter(id=one, plan_id=plan, withdrawn_at=None).first())
            _set_links(serving, "goals", (*(UUID(goal) for goal in _links_of(serving, "goals")), row.id))
    return row


def change_goal(*, partnership: UUID, goal: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """Change a goal. Raises Collided, Gone."""
    act = Act(kind="goal.changed", words="ändrade ett mål", partnership=partnership, subject_kind="goal", subject=goal, once=once)
    with writing(actor=actor, at=at, act=act):
        row = found(Goal.objects.within(partnership).filter(id=goal, withdrawn_at=None).first())
        merged = apply_edit(row, edit)
    return Saved(merged.from_theirs)


def add_action(*, partnership: UUID, plan: UUID, values: Mapping[str, Any], causes: Iterable[UUID], goals: Iterable[UUID], actor: Actor,
               at: datetime, once: str = "", run: ImportRun | None = None, source_place: str = "") -> Action:
    """Add an action that acts on causes and serves goals of the same partnership. What the values do not say is as the chain has it from the start."""
    given = {"track": FIRST_TRACK, **values, "responsible_member_id": _member_of(partnership, values)}
    act = Act(kind="action.added", words=f"lade till åtgärden {clipped(values['text'], 80)}", partnership=partnership,
              subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        row = _add_row(Action, "action", "åtgärden", partnership, plan, given, actor, at, "", run, source_place)
        _set_links(row, "causes", tuple(causes))
        _set_links(row, "goals", tuple(goals))
    return row


def add_actions(*, partnership: UUID, plan: UUID, texts: Sequence[str], values: Mapping[str, Any], causes: Sequence[UUID], actor: Actor,
                at: datetime, once: str = "") -> tuple[UUID, ...]:
    """
    Add an action of each text, as one act: all or none. Returns their ids in that order. Raises Gone, AlreadyDone.

    values   what they have in common, such as who is responsible
    """
    act = Act(kind="action.added", words=f"lade till {counted(len(texts), 'åtgärd', 'åtgärder')}", partnership=partnership,
              subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        return tuple(add_action(partnership=partnership, plan=plan, values={**values, "text": text}, causes=causes, goals=[], actor=actor, at=at).id
                     for text in texts)


def change_action(*, partnership: UUID, action: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """
    Change an action; `causes` and `goals` in the edit are tuples of ids as strings. Raises Collided, Gone.

    Whoever has the responsible's e-mail address among the members becomes the one who may check in; a link by which somebody else
    could answer until now is worthless.
    """
    act = Act(kind="action.changed", words="ändrade en åtgärd", partnership=partnership, subject_kind="action", subject=action, once=once)
    with writing(actor=actor, at=at, act=act):
        row = found(Action.objects.within(partnership).filter(id=action, withdrawn_at=None).first())
        links = {name: _links_of(row, name) for name in ("causes", "goals") if name in edit.values}
        before = Person(row.responsible, row.responsible_email)
        merged = apply_edit(row, edit, links=links)
        for name in links:
            if merged.values[name] != links[name]:
                _set_links(row, name, tuple(UUID(one) for one in merged.values[name]))
        _follow_responsible(row)
        if before.key != Person(row.responsible, row.responsible_email).key:
            revoke_answer_links(partnership=partnership, subject=action, person=before, actor=actor, at=at)
    return Saved(merged.from_theirs)


def withdraw_row(*, partnership: UUID, plan: UUID, kind: str, row_id: UUID, actor: Actor, at: datetime) -> None:
    """Take a goal or an action out of the plan; it stays in the history and can be taken up again. Raises Gone."""
    model, word = _KINDS[kind]
    with writing(actor=actor, at=at, act=Act(kind=f"{kind}.withdrawn", words=f"tog bort {word}", partnership=partnership,
                                             subject_kind=kind, subject=row_id)):
        withdraw(found(model.objects.within(partnership).filter(id=row_id, plan_id=plan, withdrawn_at=None).first()), at)


def take_up_row(*, partnership: UUID, plan: UUID, kind: str, row_id: UUID, actor: Actor, at: datetime) -> None:
    """Take a withdrawn goal or action into use again. Raises Gone."""
    model, _ = _KINDS[kind]
    with writing(actor=actor, at=at, act=Act(kind=f"{kind}.taken_up", words="tog tillbaka en borttagen rad", partnership=partnership,
                                             subject_kind=kind, subject=row_id)):
        take_up(found(model.objects.within(partnership).filter(id=row_id, plan_id=plan).exclude(withdrawn_at=None).first()))


def add_step(*, partnership: UUID, action: UUID, values: Mapping[str, Any], actor: Actor, at: datetime, once: str = "") -> ActionStep:
    """Add a step last in an action. Raises Gone."""
    act = Act(kind="step.added", words=f"lade till momentet {clipped(values['text'], 80)}", partnership=partnership,
              subject_kind="action", subject=action, once=once)
    with writing(actor=actor, at=at, act=act):
        owner = found(Action.objects.within(partnership).filter(id=action, withdrawn_at=None).first())
        return ActionStep.objects.create(partnership_id=partnership, organisation_id=owner.organisation_id, action=owner,
                                         position=_next(ActionStep.objects.within(partnership).filter(action=owner)), **values)


def change_step(*, partnership: UUID, step: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """Change a step. Raises Collided, Gone."""
    row = found(ActionStep.objects.within(partnership).filter(id=step, withdrawn_at=None).first())
    act = Act(kind="step.changed", words="ändrade ett moment", partnership=partnership, subject_kind="action", subject=row.action_id, once=once)
    with writing(actor=actor, at=at, act=act):
        row = found(ActionStep.objects.within(partnership).filter(id=step, withdrawn_at=None).first())
        merged = apply_edit(row, edit)
    return Saved(merged.from_theirs)


def tick_step(*, partnership: UUID, action: UUID, step: UUID, done_on: date | None, actor: Actor, at: datetime) -> None:
    """Say that a step is done (or not done after all). Raises Gone."""
    words = "bockade av ett moment" if done_on else "tog bort en bock för ett moment"
    with writing(actor=actor, at=at, act=Act(kind="step.ticked", words=words, partnership=partnership, subject_kind="action", subject=action)):
        row = found(ActionStep.objects.within(partnership).filter(id=step, action_id=action, withdrawn_at=None).first())
        apply_edit(row, Edit(values={"done_on": done_on}, base={"done_on": row.done_on}, version=row.version))


def withdraw_step(*, partnership: UUID, action: UUID, step: UUID, actor: Actor, at: datetime) -> None:
    """Take a step out of an action. Raises Gone."""
    with writing(actor=actor, at=at, act=Act(kind="step.withdrawn", words="tog bort ett moment", partnership=partnership,
                                             subject_kind="action", subject=action)):
        withdraw(found(ActionStep.objects.within(partnership).filter(id=step, action_id=action, withdrawn_at=None).first()), at)


def add_check_in(*, partnership: UUID, action: UUID, organisation: UUID, values: Mapping[str, Any], on_behalf_of: str = "",
                 corrects: UUID | None = None, actor: Actor, at: datetime, once: str = "") -> CheckIn:
    """
    Add what has happened with an action since last time. It is never altered: a correction names the one it corrects.

    organisation   the party whose check-in it is
    raises         Gone if the action, or the check-in to correct, is not there
    """
    row_id = uuid4()
    act = Act(kind="check_in.added", words="rättade en avstämning" if corrects else "stämde av", partnership=partnership,
              organisation=organisation, subject_kind="action", subject=action, once=once)
    with writing(actor=actor, at=at, act=act):
        owner = found(Action.objects.within(partnership).filter(id=action, withdrawn_at=None).first())
        if corrects:
            found(CheckIn.objects.within(partnership).filter(id=corrects, action=owner).first())
        return CheckIn.objects.create(id=row_id, partnership_id=partnership, organisation_id=organisation, action=owner, at=at, by=actor.name,
                                      by_id=actor.id, on_behalf_of=on_behalf_of, corrects_id=corrects, **values)


def silence_rule(*, partnership: UUID, plan: UUID, rule: str, reason: str, actor: Actor, at: datetime) -> None:
    """Silence a rule of the plan check for a plan, with the reason. A new reason replaces the old."""
    act = Act(kind="rule.silenced", words=f"tystade en regel i plankollen: {clipped(reason, 120)}", partnership=partnership,
              subject_kind="plan", subject=plan)
    with writing(actor=actor, at=at, act=act):
        owner = _plan(partnership, plan)
        RuleSilence.objects.within(partnership).filter(plan=owner, rule=rule).delete()
        RuleSilence.objects.create(partnership_id=partnership, organisation_id=owner.organisation_id, plan=owner, rule=rule, reason=reason,
                                   by=actor.name, at=at)


def let_rule_speak(*, partnership: UUID, plan: UUID, rule: str, actor: Actor, at: datetime) -> None:
    """Let a silenced rule speak again."""
    act = Act(kind="rule.speaks", words="lät en tystad regel tala igen", partnership=partnership, subject_kind="plan", subject=plan)
    with writing(actor=actor, at=at, act=act):
        RuleSilence.objects.within(partnership).filter(plan_id=plan, rule=rule).delete()


def adopt_responsibility(*, partnership: UUID, email: str, member: UUID, actor: Actor, at: datetime) -> int:
    """Let a new member own the actions whose responsible has their e-mail address and is nobody who takes part now. Returns how many."""
    nobodys = Q(responsible_member=None) | Q(responsible_member__ended_at__isnull=False)
    rows = Action.objects.within(partnership).filter(nobodys, responsible_email__iexact=email, withdrawn_at=None)
    ids = list(rows.values_list("id", flat=True))
    if ids:
        with writing(actor=actor, at=at, act=Act(kind="action.owned", words="kopplades till sina åtgärder", partnership=partnership)):
            Action.objects.within(partnership).filter(id__in=ids).update(responsible_member_id=member)
    return len(ids)


def add_rows_from_file(*, partnership: UUID, plan: UUID, run: ImportRun, goals: Sequence[RowFromFile], actions: Sequence[RowFromFile]) -> None:
    """Add the goals and actions that a reading brings, many at a time; called inside that act. Raises Gone."""
    owner = _plan(partnership, plan)
    scope = {"partnership_id": partnership, "organisation_id": owner.organisation_id}
    members = _members_by_email(partnership)
    for model, rows in ((Goal, goals), (Action, actions)):
        first = _next(model.objects.within(partnership).filter(plan=owner))
        extra = [{"responsible_member_id": members.get(row.values["responsible_email"].lower())} if model is Action else {} for row in rows]
        made: list[Any] = [
            model(id=row.id, plan=owner, import_run=run, source_place=row.source_place[:200], position=first + place, **scope, **row.values, **more)
            for place, (row, more) in enumerate(zip(rows, extra, strict=True))]
        model.objects.bulk_create(made)
    ActionCause.objects.bulk_create([ActionCause(action_id=row.id, cause_id=cause, **scope) for row in actions for cause in row.causes])
    ActionGoal.objects.bulk_create([ActionGoal(action_id=row.id, goal_id=goal, **scope) for row in actions for goal in row.goals])


def withdraw_plan_of_run(*, partnership: UUID, plan: UUID, run: UUID, at: datetime) -> bool:
    """Withdraw the plan that a reading made, if nobody has touched it and nothing is left in it; called inside that act. Returns whether."""
    row = ActionPlan.objects.within(partnership).filter(id=plan, import_run_id=run, version=1, withdrawn_at=None).first()
    left = any((
        Action.objects.within(partnership).filter(plan_id=plan, withdrawn_at=None).exists(),
        Goal.objects.within(partnership).filter(plan_id=plan, withdrawn_at=None).exists(),
        PlanProblem.objects.within(partnership).filter(plan_id=plan, problem__withdrawn_at=None).exists()))
    if row is None or left:
        return False
    withdraw(row, at)
    return True


def withdraw_of_run(*, partnership: UUID, run: UUID, at: datetime, kept_actions: set[UUID]) -> list[str]:
    """
    Withdraw the untouched rows that a reading brought; called inside that act. Returns the texts of those that stay.

    kept_actions   actions that somebody has acted on since (check-ins, faces, decisions)
    """
    stay: list[str] = []
    used_goals, used_causes, used_problems = set[UUID](), set[UUID](), set[UUID]()
    for row in Action.objects.within(partnership).filter(import_run_id=run, withdrawn_at=None):
        if row.version > 1 or row.id in kept_actions:
            stay.append(row.text)
        else:
            withdraw(row, at)
    live = Action.objects.within(partnership).filter(withdrawn_at=None)
    used_goals |= set(ActionGoal.objects.within(partnership).filter(action__in=live).values_list("goal_id", flat=True))
    used_causes |= set(ActionCause.objects.within(partnership).filter(action__in=live).values_list("cause_id", flat=True))
    for goal in Goal.objects.within(partnership).filter(import_run_id=run, withdrawn_at=None):
        if goal.version > 1 or goal.id in used_goals:
            stay.append(goal.text)
            used_problems |= {goal.problem_id} if goal.problem_id else set()
        else:
            withdraw(goal, at)
    for model in (Cause, Goal):
        own = model.objects.within(partnership).filter(withdrawn_at=None).exclude(problem__isnull=True).exclude(import_run_id=run)
        used_problems |= set(own.values_list("problem_id", flat=True))
    stay += situation.withdraw_of_run(partnership=partnership, run=run, at=at, keep_causes=used_causes, keep_problems=used_problems)
    return stay


_KINDS: dict[str, tuple[type[Goal] | type[Action], str]] = {"goal": (Goal, "ett mål"), "action": (Action, "en åtgärd")}


def _add_row(model: type[Made], kind: str, word: str, partnership: UUID, plan: UUID, values: Mapping[str, Any], actor: Actor, at: datetime,
             once: str, run: ImportRun | None, source_place: str) -> Made:
    row_id = uuid4()
    act = Act(kind=f"{kind}.added", words=f"lade till {word} {clipped(values['text'], 80)}", partnership=partnership,
              subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        owner = _plan(partnership, plan)
        return model.objects.create(id=row_id, partnership_id=partnership, organisation_id=owner.organisation_id, plan=owner, import_run=run,
                                    source_place=source_place, position=_next(model.objects.within(partnership).filter(plan=owner)), **values)


def _plan(partnership: UUID, plan: UUID) -> ActionPlan:
    return found(ActionPlan.objects.within(partnership).filter(id=plan, withdrawn_at=None).first())


def _next(rows: Any) -> int:
    return int(rows.aggregate(top=Max("position"))["top"] or 0) + 1


def _member_of(partnership: UUID, values: Mapping[str, Any]) -> UUID | None:
    email = values.get("responsible_email", "")
    if not email:
        return None
    return Membership.objects.within(partnership).filter(user__email__iexact=email, ended_at=None).values_list("id", flat=True).first()


def _members_by_email(partnership: UUID) -> dict[str, UUID]:
    rows = Membership.objects.within(partnership).filter(ended_at=None)
    return {email.lower(): member for email, member in rows.values_list("user__email", "id")}


def _follow_responsible(row: Action) -> None:
    member = _member_of(row.partnership_id, {"responsible_email": row.responsible_email})
    if member != row.responsible_member_id:
        row.responsible_member_id = member
        row.save(update_fields=["responsible_member"])


def _links_of(row: Action, name: str) -> tuple[str, ...]:
    model, field = (ActionCause, "cause_id") if name == "causes" else (ActionGoal, "goal_id")
    return tuple(sorted(str(one) for one in model.objects.within(row.partnership_id).filter(action=row).values_list(field, flat=True)))


def _set_links(row: Action, name: str, wanted: tuple[UUID, ...]) -> None:
    model, target, field = (ActionCause, Cause, "cause_id") if name == "causes" else (ActionGoal, Goal, "goal_id")
    links = model.objects.within(row.partnership_id).filter(action=row)
    have = set(links.values_list(field, flat=True))
    if len(set(wanted)) != target.objects.within(row.partnership_id).filter(id__in=wanted).count():
        raise Gone
    links.filter(**{f"{field}__in": have - set(wanted)}).delete()
    for one in dict.fromkeys(wanted):
        if one not in have:
            model.objects.create(partnership_id=row.partnership_id, organisation_id=row.organisation_id, action=row, **{field: one})
