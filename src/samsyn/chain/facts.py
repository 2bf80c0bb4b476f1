"""
What a plan can carry, by name. A rule of the plan check names the facts it needs.

A plan from the records knows them all. A plan from a file knows what its columns can say; a rule that needs
anything else is "går inte att se i filen", which is something other than missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samsyn.chain.plan import Plan

FACT_PROBLEM = "problem"
FACT_CAUSE = "cause"
FACT_ACTION = "action"
FACT_GOAL = "goal"
FACT_CHANGEABILITY = "changeability"
FACT_APPROACH = "approach"
FACT_RESPONSIBLE = "responsible"
FACT_CONTACT = "contact"
FACT_START = "start"
FACT_DUE = "due"
FACT_LATE_REASON = "late_reason"
FACT_IMPLEMENTATION = "implementation"
FACT_FORM_FACE = "form_face"
FACT_RESULT = "result"
FACT_RESTS_ON = "rests_on"
FACT_MEASUREMENT = "measurement"
FACT_GOAL_KIND = "goal_kind"
FACT_INDICATOR = "indicator"
FACT_BASELINE = "baseline"
FACT_BASELINE_DATE = "baseline_date"
FACT_TARGET = "target"
FACT_GOAL_LEVEL = "goal_level"
FACT_SMART = "smart"
FACT_HORIZON = "horizon"
FACT_EFFECT = "effect"
FACT_CHECK_IN = "check_in"
FACT_DEPENDS_ON = "depends_on"
FACT_BUNDLE = "bundle"
FACT_COST = "cost"
FACT_BUDGET_LINE = "budget_line"
FACT_PARTIES = "parties"
FACT_COMMITMENT = "commitment"
FACT_FOLLOW_UP = "follow_up"
FACT_ADOPTED = "adopted"
FACT_PERIOD = "period"

FACT_LABELS: dict[str, str] = {
    FACT_PROBLEM: "problem",
    FACT_CAUSE: "orsak",
    FACT_ACTION: "åtgärd",
    FACT_GOAL: "mål",
    FACT_CHANGEABILITY: "vilka orsaker som går att påverka",
    FACT_APPROACH: "vilket slags åtgärd det är",
    FACT_RESPONSIBLE: "ansvarig",
    FACT_CONTACT: "hur den ansvariga nås",
    FACT_START: "när åtgärden börjar",
    FACT_DUE: "när åtgärden ska vara klar",
    FACT_LATE_REASON: "varför en åtgärd är sen",
    FACT_IMPLEMENTATION: "hur långt åtgärden har kommit",
    FACT_FORM_FACE: "formulärets färg",
    FACT_RESULT: "resultat",
    FACT_RESTS_ON: "vad resultatet bygger på",
    FACT_MEASUREMENT: "mätningar",
    FACT_GOAL_KIND: "vilket slags mål det är",
    FACT_INDICATOR: "målets indikator",
    FACT_BASELINE: "målets utgångsläge",
    FACT_BASELINE_DATE: "när utgångsläget mättes",
    FACT_TARGET: "målets målvärde",
    FACT_GOAL_LEVEL: "om målet är övergripande eller operativt",
    FACT_SMART: "målets svar på SMART",
    FACT_HORIZON: "om effekten väntas genast eller på sikt",
    FACT_EFFECT: "när effekt väntas",
    FACT_CHECK_IN: "avstämningar",
    FACT_DEPENDS_ON: "vilka åtgärder som väntar på varandra",
    FACT_BUNDLE: "vilka åtgärder som hör ihop",
    FACT_COST: "planerad kostnad",
    FACT_BUDGET_LINE: "budgetpost",
    FACT_PARTIES: "vilka som är parter",
    FACT_COMMITMENT: "åtaganden",
    FACT_FOLLOW_UP: "uppföljningsplan",
    FACT_ADOPTED: "när planen antogs",
    FACT_PERIOD: "vilken tid planen gäller",
}
"""Fact -> the Swedish words for it, fit for "Filen säger inget om ..."."""

ALL_FACTS: frozenset[str] = frozenset(FACT_LABELS)

FACTS_OF_WHOLE_PLAN: frozenset[str] = frozenset({
    FACT_GOAL_LEVEL, FACT_SMART, FACT_HORIZON, FACT_EFFECT, FACT_CHECK_IN, FACT_DEPENDS_ON, FACT_BUNDLE, FACT_COST, FACT_BUDGET_LINE,
    FACT_PARTIES, FACT_COMMITMENT, FACT_FOLLOW_UP, FACT_ADOPTED, FACT_PERIOD})
"""What no column of the handbook's form asks for: a report need not name each of them as lacking in a file."""

FACTS_OF_COLUMN: dict[str, frozenset[str]] = {
    "problem": frozenset({FACT_PROBLEM}),
    "cause": frozenset({FACT_CAUSE}),
    "action": frozenset({FACT_ACTION}),
    "goal": frozenset({FACT_GOAL}),
    "start": frozenset({FACT_START}),
    "when": frozenset({FACT_DUE}),
    "responsible": frozenset({FACT_RESPONSIBLE, FACT_CONTACT}),
    "status": frozenset({FACT_IMPLEMENTATION, FACT_FORM_FACE, FACT_RESULT, FACT_RESTS_ON, FACT_LATE_REASON}),
    "extra": frozenset(),
}
"""
Column of a file (ReadColumn.field) -> the facts it can carry. The form's fifth column asks for responsible AND
contact. Its sixth holds a face and free words: how far, with what result, and why it is late.
"""


def facts_of_columns(columns: frozenset[str] | set[str] | tuple[str, ...]) -> frozenset[str]:
    """Return the facts that a file with these columns (ReadColumn.field) can carry. A column of another name carries none."""
    return frozenset().union(*(FACTS_OF_COLUMN.get(column, frozenset()) for column in columns))


def known_facts(plan: Plan) -> frozenset[str]:
    """Return what the plan can carry: what it says itself, or everything if it was not read from a file."""
    return plan.knows if plan.from_file or plan.knows else ALL_FACTS
