"""What a report does not know, in words. What a file cannot carry is told apart from what nobody has written."""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.chain.choices import Changeability, GoalKind, Implementation, RestsOn, Result, Track
from samsyn.chain.facts import (
    FACT_BASELINE, FACT_CAUSE, FACT_DUE, FACT_GOAL, FACT_IMPLEMENTATION, FACT_INDICATOR, FACT_LABELS, FACT_LATE_REASON, FACT_RESPONSIBLE,
    FACT_RESULT, FACT_TARGET, FACTS_OF_WHOLE_PLAN,
)
from samsyn.chain.plan import Goal, Plan
from samsyn.chain.report_values import ReportedAction
from samsyn.chain.wording import counted, listed, sentence

ONLY_IN_SAMSYN = ("vad som har ändrats sedan sist", "vilka beslut ni ber om", "använd tid", "använda pengar")
FIGURES = {choice.label for choice in RestsOn if choice.is_figure}
TOLD_ELSEWHERE = {"form_face", "approach", "changeability", "contact", "start"} | FACTS_OF_WHOLE_PLAN


def unknowns_of(plan: Plan, actions: tuple[ReportedAction, ...]) -> tuple[str, ...]:
    """Return a sentence for each thing that is not known, those about actions first; none if all is known."""
    empty = [] if plan.actions else ["Planen har inga åtgärder än, så det finns inget att säga om dem"]
    of_actions = [*_of_actions(plan), *_of_what_was_said(plan, actions)]
    found = [*empty, *of_actions, *_of_goals(plan), *_of_amounts(plan, actions), *_of_the_file(plan)]
    return tuple(sentence(words) for words in found)


def _sees(plan: Plan, fact: str) -> bool:
    return not plan.from_file or fact in plan.knows


def _of_actions(plan: Plan) -> Iterator[str]:
    causes = {cause.id for cause in plan.causes}
    gaps = (
        (FACT_DUE, "har inget datum att räkna med", [a for a in plan.actions if a.due_on is None]),
        (FACT_RESPONSIBLE, "har ingen ansvarig", [a for a in plan.actions if not a.responsible]),
        (FACT_CAUSE, "hör inte till någon orsak", [a for a in plan.actions if not causes.intersection(a.causes)]),
        (FACT_GOAL, "har inget mål", [a for a in plan.actions if not a.goals and a.track is Track.DEVELOPMENT]),
    )
    for fact, words, found in gaps:
        if found and _sees(plan, fact):
            yield f"{_actions(len(found))} {words}"
    covered = {cause for action in plan.actions for cause in action.causes}
    bare = [c for c in plan.causes if c.id not in covered and c.changeability is not Changeability.NO]
    if bare:
        yield f"{counted(len(bare), 'orsak', 'orsaker')} har ingen åtgärd, och det står inte varför"


def _actions(count: int) -> str:
    return counted(count, "åtgärd", "åtgärder")


def _of_what_was_said(plan: Plan, actions: tuple[ReportedAction, ...]) -> Iterator[str]:
    silent = sum(not action.implementation.said for action in actions)
    if silent and _sees(plan, FACT_IMPLEMENTATION):
        yield f"Om {_actions(silent)} har ingen sagt hur långt {'den' if silent == 1 else 'de'} har kommit. De räknas som inte påbörjade"
    unmeasured = sum(action.result.code == Result.NOT_MEASURED for action in actions)
    if unmeasured and _sees(plan, FACT_RESULT):
        yield f"För {_actions(unmeasured)} har ingen mätt resultatet"
    unsupported = sum(map(_is_bare_verdict, actions))
    if unsupported:
        yield f"{counted(unsupported, 'resultat', 'resultat', neuter=True)} är satt utan en siffra bakom"
    reasonless = sum(action.days_late > 0 and not action.late_reason for action in actions)
    if reasonless and _sees(plan, FACT_LATE_REASON):
        yield f"{counted(reasonless, 'sen åtgärd har', 'sena åtgärder har')} inget skrivet skäl"
    dateless = sum(_ended(action) and action.done_on is None for action in actions)
    if dateless:
        yield f"När {counted(dateless, 'avslutad åtgärd', 'avslutade åtgärder')} blev klar är inte känt"
    yield from _of_quiet_work(plan, actions)


def _ended(action: ReportedAction) -> bool:
    return Implementation(action.implementation.code).is_ended


def _is_bare_verdict(action: ReportedAction) -> bool:
    return Result(action.result.code).is_verdict and action.result.rests_on not in FIGURES


def _of_quiet_work(plan: Plan, actions: tuple[ReportedAction, ...]) -> Iterator[str]:
    quiet = sum(a.implementation.code == Implementation.UNDER_WAY and not a.check_ins for a in actions)
    if quiet and not plan.from_file:
        yield f"{_actions(quiet)} pågår utan att någon har stämt av"


def _of_goals(plan: Plan) -> Iterator[str]:
    effect = [goal for goal in plan.goals if goal.kind in (None, GoalKind.EFFECT)]
    for fact, words, lacks in (
        (FACT_INDICATOR, "har ingen indikator", lambda goal: not goal.indicator),
        (FACT_BASELINE, "har inget utgångsläge", lambda goal: not goal.baseline),
        (FACT_TARGET, "har inget målvärde", lambda goal: not goal.target),
    ):
        found: list[Goal] = [goal for goal in effect if lacks(goal)]
        if found and _sees(plan, fact):
            yield f"{counted(len(found), 'mål', 'mål', neuter=True)} {words}"


def _of_amounts(plan: Plan, actions: tuple[ReportedAction, ...]) -> Iterator[str]:
    if plan.from_file or not actions:
        return
    for words, missing in (
        ("planerad tid", sum(a.planned_hours is None for a in actions)), ("planerad kostnad", sum(a.planned_cost is None for a in actions)),
    ):
        if missing:
            yield f"{_actions(missing)} har ingen {words}"


def _of_the_file(plan: Plan) -> Iterator[str]:
    if plan.from_file:
        hidden = [label for fact, label in FACT_LABELS.items() if fact not in plan.knows and fact not in TOLD_ELSEWHERE]
        yield f"Det här går inte att se i filen: {listed([*hidden, *ONLY_IN_SAMSYN])}"
