"""What a report does not know, in words. What a file cannot carry is told apart from what nobody has written."""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.chain.choices import Implementation, Result
from samsyn.chain.facts import FACT_DUE, FACT_IMPLEMENTATION, FACT_LABELS, FACT_RESULT, FACTS_OF_WHOLE_PLAN, known_facts
from samsyn.chain.face import is_bare_verdict
from samsyn.chain.plan import Plan
from samsyn.chain.report_values import ReportedAction
from samsyn.chain.rows import Rows
from samsyn.chain.rules import ids_breaking
from samsyn.chain.wording import counted, listed, sentence

ONLY_IN_SAMSYN = ("vad som har ändrats sedan sist", "vilka beslut ni ber om", "använd tid", "använda pengar")
TOLD_ELSEWHERE = {"form_face", "approach", "changeability", "contact", "start"} | FACTS_OF_WHOLE_PLAN


def unknowns_of(rows: Rows, actions: tuple[ReportedAction, ...]) -> tuple[str, ...]:
    """
    Return a sentence for each thing that is not known, those about actions first; none if all is known.

    What a row of the plan lacks is decided by the rules of the plan check, so that both count the same rows.
    """
    plan = rows.plan
    empty = [] if plan.actions else ["Planen har inga åtgärder än, så det finns inget att säga om dem"]
    of_actions = [*_of_actions(rows), *_of_what_was_said(rows, actions)]
    found = [*empty, *of_actions, *_of_goals(rows), *_of_amounts(plan, actions), *_of_the_file(plan)]
    return tuple(sentence(words) for words in found)


def _sees(plan: Plan, fact: str) -> bool:
    return fact in known_facts(plan)


def _of_actions(rows: Rows) -> Iterator[str]:
    dateless = sum(action.due_on is None for action in rows.plan.actions)
    if dateless and _sees(rows.plan, FACT_DUE):
        yield f"{_actions(dateless)} har inget datum att räkna med"
    for rule, words in (("action-without-responsible", "har ingen ansvarig"), ("action-without-cause", "hör inte till någon orsak"),
                        ("action-without-goal", "har inget mål")):
        if lacking := len(ids_breaking(rule, rows)):
            yield f"{_actions(lacking)} {words}"
    if bare := len(ids_breaking("cause-without-action", rows)):
        yield f"{counted(bare, 'orsak', 'orsaker')} har ingen åtgärd, och det står inte varför"


def _actions(count: int) -> str:
    return counted(count, "åtgärd", "åtgärder")


def _of_what_was_said(rows: Rows, actions: tuple[ReportedAction, ...]) -> Iterator[str]:
    plan = rows.plan
    silent = sum(not action.implementation.said for action in actions)
    if silent and _sees(plan, FACT_IMPLEMENTATION):
        yield f"Om {_actions(silent)} har ingen sagt hur långt {'den' if silent == 1 else 'de'} har kommit. De räknas som inte påbörjade"
    unmeasured = sum(action.result.code == Result.NOT_MEASURED for action in actions)
    if unmeasured and _sees(plan, FACT_RESULT):
        yield f"För {_actions(unmeasured)} har ingen mätt resultatet"
    if unsupported := sum(map(is_bare_verdict, plan.actions)):
        yield f"{counted(unsupported, 'resultat', 'resultat', neuter=True)} är satt utan en siffra bakom"
    if reasonless := len(ids_breaking("overdue-without-reason", rows)):
        yield f"{counted(reasonless, 'sen åtgärd har', 'sena åtgärder har')} inget skrivet skäl"
    dateless = sum(_ended(action) and action.done_on is None for action in actions)
    if dateless:
        yield f"När {counted(dateless, 'avslutad åtgärd', 'avslutade åtgärder')} blev klar är inte känt"
    yield from _of_quiet_work(plan, actions)


def _ended(action: ReportedAction) -> bool:
    return Implementation(action.implementation.code).is_ended


def _of_quiet_work(plan: Plan, actions: tuple[ReportedAction, ...]) -> Iterator[str]:
    quiet = sum(a.implementation.code == Implementation.UNDER_WAY and not a.check_ins for a in actions)
    if quiet and not plan.from_file:
        yield f"{_actions(quiet)} pågår utan att någon har stämt av"


def _of_goals(rows: Rows) -> Iterator[str]:
    for rule, words in (("goal-without-indicator", "har ingen indikator"), ("goal-without-baseline", "har inget utgångsläge"),
                        ("goal-without-target", "har inget målvärde")):
        if lacking := len(ids_breaking(rule, rows)):
            yield f"{counted(lacking, 'mål', 'mål', neuter=True)} {words}"


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
