"""The chain of a report: each problem with its goals, causes and actions, and what was used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from samsyn.chain.choices import Implementation, Result, labels_of
from samsyn.chain.face import earlier_words, implementation_of, standing_check_ins, suggest_result
from samsyn.chain.field import fields_of
from samsyn.chain.late import days_late, late_reason_of
from samsyn.chain.plan import Action, Cause, CheckIn, Face, Goal, Plan, Problem
from samsyn.chain.report_values import ReportedAction, ReportedCause, ReportedGoal, Section, Side, Used
from samsyn.chain.rows import can_be_changed, label_of
from samsyn.chain.wording import local_day, sentence

NO_PROBLEM = "Orsaker utan problem"
NO_PROBLEM_ALONE = "Problemet är inte skrivet"
NO_CAUSE = "Åtgärder utan orsak"
NO_CAUSE_TEXT = "Utan orsak"


@dataclass
class Shelf:
    """What of a plan is placed so far, and what is still to be. Each action and goal is shown in full once."""

    plan: Plan
    today: date
    actions_of: dict[str, list[Action]] = field(default_factory=dict)
    goal_by_id: dict[str, Goal] = field(default_factory=dict)
    goal_numbers: dict[str, int] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        known = {cause.id for cause in self.plan.causes}
        for action in self.plan.actions:
            for cause in dict.fromkeys(c for c in action.causes if c in known) or [""]:
                self.actions_of.setdefault(cause, []).append(action)
        self.goal_by_id = {goal.id: goal for goal in self.plan.goals}


def sections_of(plan: Plan, today: date) -> tuple[Section, ...]:
    """Return a section for each problem by priority, then one for causes without problem and one for actions without cause."""
    shelf = Shelf(plan, today)
    known = {problem.id for problem in plan.problems}
    loose = [cause for cause in plan.causes if cause.problem not in known]
    ordered = sorted(plan.problems, key=lambda p: (p.priority is None, p.priority or 0))
    sections = [_section(shelf, "problem", p.title, [c for c in plan.causes if c.problem == p.id], p) for p in ordered]
    if loose:
        sections.append(_section(shelf, "no_problem", NO_PROBLEM if sections else NO_PROBLEM_ALONE, loose))
    rest = [goal for goal in plan.goals if goal.id not in shelf.goal_numbers]
    if shelf.actions_of.get("") or rest:
        sections.append(_without_cause(shelf, rest))
    return tuple(sections)


def _section(shelf: Shelf, kind: str, title: str, causes: list[Cause], problem: Problem | None = None) -> Section:
    actions = _distinct(action for cause in causes for action in shelf.actions_of.get(cause.id, ()))
    new = [action for action in actions if action.id not in shelf.placed]
    own = [goal for goal in shelf.plan.goals if problem and goal.problem == problem.id]
    goals = _take_goals(shelf, own + _goals_of(shelf, actions))
    reported = tuple(_cause(shelf, cause) for cause in causes)
    return Section(kind=kind, title=title, facts=_facts(problem) if problem else (), goals=goals, causes=reported,
                   used=used_of(new, known=not shelf.plan.from_file))


def _without_cause(shelf: Shelf, rest: list[Goal]) -> Section:
    actions = shelf.actions_of.get("", [])
    goals = _take_goals(shelf, _goals_of(shelf, actions) + rest)
    title = NO_CAUSE if actions else "Mål utan åtgärd"
    placed = tuple(reported_action(shelf, action) for action in actions)
    causes = (ReportedCause(number=None, text=NO_CAUSE_TEXT, kind="", actions=placed, also=(), gap=""),) if placed else ()
    return Section(kind="no_cause", title=title, facts=(), goals=goals, causes=causes,
                   used=used_of(actions, known=not shelf.plan.from_file))


def _distinct(actions: Iterable[Action]) -> list[Action]:
    return list({action.id: action for action in actions}.values())


def _goals_of(shelf: Shelf, actions: Iterable[Action]) -> list[Goal]:
    return [shelf.goal_by_id[g] for action in actions for g in action.goals if g in shelf.goal_by_id]


def _take_goals(shelf: Shelf, goals: Iterable[Goal]) -> tuple[ReportedGoal, ...]:
    """Return those of the goals that no earlier section has shown."""
    taken = []
    for goal in goals:
        if goal.id not in shelf.goal_numbers:
            shelf.goal_numbers[goal.id] = len(shelf.goal_numbers) + 1
            taken.append(_goal(goal, shelf.goal_numbers[goal.id]))
    return tuple(taken)


def _goal(goal: Goal, number: int) -> ReportedGoal:
    return ReportedGoal(number=number, text=goal.text, kind=labels_of(goal.kind, goal.level), indicator=goal.indicator, baseline=goal.baseline,
                        baseline_on=goal.baseline_on, target=goal.target, due_on=goal.due_on)


def _facts(problem: Problem) -> tuple[tuple[str, str], ...]:
    about = fields_of(Problem)
    texts = ((about[name].label, str(getattr(problem, name) or "")) for name in about if name not in ("title", "priority"))
    order = ((about["priority"].label, str(problem.priority)),) if problem.priority is not None else ()
    return order + tuple((label, text) for label, text in texts if text)


def _cause(shelf: Shelf, cause: Cause) -> ReportedCause:
    actions = shelf.actions_of.get(cause.id, [])
    here = [action for action in actions if action.id not in shelf.placed]
    also = tuple(label_of(action) for action in actions if action.id in shelf.placed)
    return ReportedCause(number=cause.number, text=cause.text, kind=labels_of(cause.directness, cause.perspective),
                         actions=tuple(reported_action(shelf, action) for action in here), also=also,
                         gap="" if actions else _gap(cause))


def _gap(cause: Cause) -> str:
    if not can_be_changed(cause):
        return "Ingen åtgärd: parterna bedömer att orsaken inte går att påverka."
    return "Ingen åtgärd ändrar den här orsaken än."


def reported_action(shelf: Shelf, action: Action) -> ReportedAction:
    """Return an action as the report shows it, and mark it as placed."""
    shelf.placed.add(action.id)
    check_ins = standing_check_ins(action)
    last = check_ins[-1] if check_ins else None
    implementation = implementation_side(action)
    return ReportedAction(
        id=action.id, number=action.number, text=action.text,
        responsible=", ".join(part for part in (action.responsible, action.responsible_organisation) if part),
        implementation=implementation, result=result_side(action, shelf.today),
        colour=action.form_face.label if action.form_face else "",
        start_on=action.start_on, due_on=action.due_on, due_typed=action.due_typed,
        done_on=implementation.on if Implementation(implementation.code).is_ended else None,
        days_late=days_late(action, shelf.today), late_reason=late_reason_of(action),
        planned_hours=action.hours, planned_cost=action.cost,
        spent_hours=_total(c.hours for c in check_ins), spent_cost=_total(c.cost for c in check_ins),
        check_ins=len(check_ins), last_check_in_on=local_day(last.at) if last else None, last_check_in=last.text if last else "",
        goals=tuple(sorted({shelf.goal_numbers[g] for g in action.goals if g in shelf.goal_numbers})),
    )


def implementation_side(action: Action) -> Side:
    """Return how far the action has come. Nobody has said anything: not started, `said` False, and `why` how it stood in the plan before."""
    how_far = implementation_of(action)
    if how_far is None:
        return replace(_side(Implementation.NOT_STARTED, None, said=False), why=sentence(earlier_words(action)))
    if action.implementation is not None and action.implementation.value is how_far:
        return _side(how_far, action.implementation)
    check_in = _check_in_that_says(action, how_far)
    if check_in is not None:
        return Side(code=str(how_far), label=how_far.label, said=True, by=check_in.by, on=local_day(check_in.at))
    return Side(code=str(how_far), label=how_far.label, said=True, by_file=True)


def _check_in_that_says(action: Action, how_far: Implementation) -> CheckIn | None:
    return next((c for c in reversed(standing_check_ins(action)) if c.implementation is how_far), None)


def result_side(action: Action, today: date) -> Side:
    """Return what happened to the problem as somebody set it, else what Samsyn suggests with `said` False."""
    if action.result is None:
        return _side(suggest_result(action, today).value, None, said=False)
    return _side(Result(action.result.value), action.result)


def _side(value: Implementation | Result, face: Face | None, *, said: bool = True) -> Side:
    if face is None:
        return Side(code=str(value), label=value.label, said=said)
    return Side(code=str(value), label=value.label, said=said, by=face.by, on=local_day(face.at) if face.at else None,
                why=face.why, rests_on=face.rests_on.label if face.rests_on else "", by_file=face.by_file)


def _total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of those that are given, or None if none is."""
    given = [amount for amount in amounts if amount is not None]
    return sum(given, Decimal(0)) if given else None


def used_of(actions: list[Action], *, known: bool) -> tuple[Used, ...]:
    """Return hours and money of the actions. `known` False: what was spent cannot be seen."""
    return (_used("Tid", "timmar", actions, lambda a: a.hours, lambda c: c.hours, known=known),
            _used("Pengar", "kr", actions, lambda a: a.cost, lambda c: c.cost, known=known))


def _used(label: str, unit: str, actions: list[Action], planned: Callable[[Action], Decimal | None],
          spent: Callable[[CheckIn], Decimal | None], *, known: bool) -> Used:
    plans = [planned(action) for action in actions]
    spends = [_total(spent(c) for c in standing_check_ins(action)) for action in actions]
    return Used(label=label, unit=unit, planned=_total(plans), planned_from=sum(p is not None for p in plans),
                spent=_total(spends), spent_from=sum(s is not None for s in spends), of=len(actions), spent_known=known)
