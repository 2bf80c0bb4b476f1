"""A plan that the check has nothing to say about. Tests break it in one place at a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from samsyn.chain.choices import Approach, GoalKind, GoalLevel, Horizon
from samsyn.chain.plan import Action, Bundle, Cause, Commitment, FollowUpPlan, Goal, InformedOn, Plan, Problem

TODAY = date(2027, 3, 1)

FOLLOW_UP = FollowUpPlan(
    id="follow-up", owner="Anna", audience="Styrgruppen", hours=Decimal(60), staff_hours=Decimal(60), money=Decimal(0),
    before_on=date(2026, 12, 15), results_from=date(2027, 9, 1), informed_on=(InformedOn(on=date(2027, 5, 12)),))

WALK = Action(
    id="action", number="2.3", text="Nattvandring", causes=("cause",), goals=("goal",), approach=Approach.SOCIAL, horizon=Horizon.SHORT,
    responsible="Bo Ek", responsible_organisation="Granvikshus", responsible_email="bo.ek@exempel.se", start_on=date(2027, 1, 15),
    due_on=date(2027, 6, 30), effect_from=date(2027, 9, 1), cost=Decimal(40_000), budget_line="Trygghetsbudgeten")

WHOLE = Plan(
    id="plan", name="Trygg kväll i centrum", adopted_on=date(2027, 1, 20),
    problems=(Problem(id="problem", title="Slagsmål på torget"),),
    causes=(Cause(id="cause", problem="problem", number=2, text="Ingen vuxen finns på torget"),),
    goals=(Goal(
        id="goal", problem="problem", text="Färre slagsmål", kind=GoalKind.EFFECT, level=GoalLevel.OPERATIONAL, specific="Slagsmål på torget",
        measurable="Anmälningar per år", time_bound="Inom ett år", indicator="anmälda slagsmål", baseline="48", baseline_on=date(2026, 12, 1),
        target="30"),),
    actions=(WALK,), follow_up=FOLLOW_UP, parties=("Granvikshus", "Polisen"),
    commitments=(Commitment(id="commitment", party="Granvikshus", action="action", text="Bo leder vandringen", due_on=date(2027, 6, 30)),),
)

BUNDLE = Bundle(id="bundle", text="Vuxna ute")
