"""The plan check over plans nobody would write: it never fails, and never says anything of a row that is not there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.catalog.load import rules
from samsyn.chain.check import WEIGHT, all_mends, check, three_first, three_of_several
from samsyn.chain.choices import (
    Approach, Changeability, FormFace, GoalKind, GoalLevel, Horizon, Implementation, Regularity, RestsOn, Result, Track,
)
from samsyn.chain.face import form_face, suggest_implementation, suggest_result
from samsyn.chain.facts import ALL_FACTS
from samsyn.chain.late import days_late, is_late
from samsyn.chain.plan import (
    Action, Bundle, Cause, CheckIn, Commitment, Face, FollowUpPlan, Goal, InformedOn, Plan, Problem, Silence, Step,
)
from tests.chain.whole_plan import FOLLOW_UP

TODAY = date(2027, 3, 1)
IDS = [f"r{n}" for n in range(6)]
calmly = settings(max_examples=50, deadline=None)

texts = st.one_of(st.sampled_from(["", " ", "-", "löpande", "Bo Ek", "{row} {0}", "a" * 200]), st.text(max_size=12))
days = st.one_of(st.none(), st.dates(TODAY - timedelta(40), TODAY + timedelta(40)))
moments = st.datetimes(datetime(2027, 1, 1), datetime(2027, 2, 28), timezones=st.just(UTC))
links = st.lists(st.sampled_from([*IDS, "gone"]), max_size=4).map(tuple)
one_link = st.sampled_from([None, "gone", *IDS])


def maybe(words: type[Enum]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.sampled_from(list(words)))


def faces(words: type[Enum]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.builds(Face, value=st.sampled_from(list(words)), rests_on=maybe(RestsOn), by_file=st.booleans()))


def rows_of(row_class: type, **about: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return rows of a class with ids of their own. A field that is not named here keeps its default."""
    row = st.builds(row_class, id=st.sampled_from(IDS), **about)
    return st.lists(row, max_size=5, unique_by=lambda made: made.id).map(tuple)


amounts = st.one_of(st.none(), st.decimals(0, 1000, places=1))
check_ins = rows_of(CheckIn, at=moments, corrects=one_link, text=texts, implementation=maybe(Implementation), hindered=texts)
actions = rows_of(
    Action, number=texts, text=texts, causes=links, goals=links, approach=maybe(Approach), track=st.sampled_from(Track),
    responsible=texts, responsible_email=texts, responsible_phone=texts, start_on=days, due_on=days, due_typed=texts, effect_from=days,
    late_reason=texts, implementation=faces(Implementation), result=faces(Result), form_face=maybe(FormFace), followed_up=texts,
    responsible_is_member=st.booleans(), responsible_organisation=texts, regularity=maybe(Regularity), horizon=maybe(Horizon), depends_on=links,
    bundle=one_link, cost=amounts, budget_line=texts, steps=rows_of(Step, done_on=days), check_ins=check_ins)
goals = rows_of(
    Goal, problem=one_link, text=texts, kind=maybe(GoalKind), level=maybe(GoalLevel), specific=texts, measurable=texts, time_bound=texts,
    indicator=texts, baseline=texts, baseline_on=days, target=texts)
follow_ups = st.builds(
    FollowUpPlan, id=st.just("follow-up"), owner=texts, audience=texts, hours=amounts, staff_hours=amounts, money=amounts, before_on=days,
    results_from=days, informed_on=st.sampled_from([(), (InformedOn(on=TODAY),)]))
plans = st.builds(
    Plan, id=st.just("plan"), problems=rows_of(Problem, title=texts),
    causes=rows_of(Cause, problem=one_link, text=texts, number=st.one_of(st.none(), st.integers(0, 9)), changeability=maybe(Changeability)),
    bundles=rows_of(Bundle, text=texts), commitments=rows_of(Commitment, party=texts, text=texts, action=one_link, due_on=days),
    follow_up=st.one_of(st.none(), follow_ups), parties=st.sampled_from([(), ("Bo Ek",), ("Polisen", "")]), adopted_on=days,
    goals=goals, actions=actions, from_file=st.booleans(), knows=st.frozensets(st.sampled_from(sorted(ALL_FACTS))),
    silences=st.lists(st.builds(Silence, rule=st.sampled_from(list(rules())), reason=texts), max_size=3).map(tuple))


@calmly
@given(plans)
def test_remarks_point_only_at_rows_that_exist(plan: Plan) -> None:
    there = {("plan", plan.id), ("follow_up", plan.follow_up.id if plan.follow_up else plan.id)}
    for kind, rows in (("problem", plan.problems), ("cause", plan.causes), ("goal", plan.goals), ("action", plan.actions),
                       ("bundle", plan.bundles), ("commitment", plan.commitments)):
        there |= {(kind, row.id) for row in rows}
    ids = {row_id for _, row_id in there}
    for remark in check(plan, TODAY).remarks:
        assert (remark.kind, remark.id) in there
        assert remark.frees
        assert set(remark.frees) <= ids


@calmly
@given(plans)
def test_a_silenced_rule_gives_no_remark(plan: Plan) -> None:
    silenced = {silence.rule for silence in plan.silences}
    result = check(plan, TODAY)
    assert silenced.isdisjoint(remark.rule for remark in result.remarks)
    assert silenced == {one.rule.id for one in result.silenced}


@calmly
@given(plans)
def test_the_mends_hold_every_remark_once_and_the_first_three_are_among_them(plan: Plan) -> None:
    result = check(plan, TODAY)
    mends = all_mends(result)
    assert sorted(map(repr, result.remarks)) == sorted(repr(remark) for mend in mends for remark in mend.remarks)
    assert {mend for first in three_first(result) for mend in first.mends} <= set(mends)


@calmly
@given(plans)
def test_the_first_three_are_of_different_rules_the_heaviest_that_free_most(plan: Plan) -> None:
    result = check(plan, TODAY)
    freed: dict[str, set[str]] = {}
    for remark in result.remarks:
        freed.setdefault(remark.rule, set()).update(remark.frees)
    weight = {remark.rule: WEIGHT[remark.severity] for remark in result.remarks}
    first = three_first(result)
    chosen = [mends.rule for mends in first]
    assert len(chosen) == len(set(chosen)) == min(3, len(freed))
    assert all(set(mends.frees) == freed[mends.rule] for mends in first)
    assert {remark for mends in first for remark in mends.remarks} == {remark for remark in result.remarks if remark.rule in chosen}
    last = max(((weight[rule], -len(freed[rule])) for rule in chosen), default=(0, 0))
    assert all((weight[rule], -len(rows)) >= last for rule, rows in freed.items() if rule not in chosen)


@calmly
@given(st.lists(plans, max_size=3))
def test_the_first_three_of_several_plans_are_of_different_rules_too(several: list[Plan]) -> None:
    results = [(number, check(plan, TODAY)) for number, plan in enumerate(several)]
    first = three_of_several(results)
    broken = {remark.rule for _, result in results for remark in result.remarks}
    assert len({mends.rule for _, mends in first}) == len(first) == min(3, len(broken))
    assert all(set(mends.remarks) <= set(dict(results)[number].remarks) for number, mends in first)
    if len(several) == 1:
        assert [mends for _, mends in first] == list(three_first(results[0][1]))


FILLED: dict[str, tuple[str, Callable[[Plan], dict[str, Any]]]] = {
    "action-without-cause": ("actions", lambda plan: {"causes": tuple(cause.id for cause in plan.causes)}),
    "action-without-goal": ("actions", lambda plan: {"goals": tuple(goal.id for goal in plan.goals)}),
    "action-without-responsible": ("actions", lambda plan: {"responsible": "Dana"}),
    "action-without-date": ("actions", lambda plan: {"due_typed": "våren"}),
    "responsible-without-contact": ("actions", lambda plan: {"responsible_phone": "070-1"}),
    "neither-situational-nor-social": ("actions", lambda plan: {"approach": Approach.SITUATIONAL}),
    "overdue-without-reason": ("actions", lambda plan: {"late_reason": "Sjukdom"}),
    "set-without-figure": ("actions", lambda plan: {"result": Face(value=Result.BETTER, rests_on=RestsOn.MEASURED)}),
    "cause-without-action": ("causes", lambda plan: {"changeability": Changeability.NO}),
    "goal-without-indicator": ("goals", lambda plan: {"indicator": "anmälda brott"}),
    "goal-without-baseline": ("goals", lambda plan: {"baseline": "48"}),
    "goal-without-target": ("goals", lambda plan: {"target": "30"}),
    "baseline-after-start": ("goals", lambda plan: {"baseline_on": date(2020, 1, 1)}),
    "only-output-goals": ("goals", lambda plan: {"kind": GoalKind.EFFECT}),
}


def remarked(plan: Plan, rule_id: str) -> set[tuple[str, str]]:
    return {(remark.kind, remark.id) for remark in check(plan, TODAY).remarks if remark.rule == rule_id}


def lacking(plan: Plan, rule_id: str) -> Plan:
    """Return the plan with every row lacking what the rule asks for, so that there is something to fill."""
    rows, filled = FILLED[rule_id]
    row_class = {"actions": Action, "causes": Cause, "goals": Goal}[rows]
    default = {f.name: f.default for f in fields(row_class)}
    return replace(plan, silences=(), from_file=False, knows=ALL_FACTS, **{
        rows: tuple(replace(row, **{name: default[name] for name in filled(plan)}) for row in getattr(plan, rows))})


@pytest.mark.parametrize("rule_id", FILLED)
@calmly
@given(plan=plans, place=st.integers(0, 4))
def test_a_missing_thing_that_is_added_never_adds_a_remark(rule_id: str, plan: Plan, place: int) -> None:
    before = lacking(plan, rule_id)
    rows, filled = FILLED[rule_id]
    after = replace(before, **{rows: tuple(
        replace(row, **filled(before)) if index == place else row for index, row in enumerate(getattr(before, rows)))})
    assert remarked(after, rule_id) <= remarked(before, rule_id)


@calmly
@given(plan=plans, place=st.integers(0, 4))
def test_a_cause_that_is_added_never_adds_a_remark_on_a_problem(plan: Plan, place: int) -> None:
    before = replace(plan, silences=(), from_file=False, knows=ALL_FACTS)
    problem = plan.problems[place].id if place < len(plan.problems) else None
    after = replace(before, causes=(*before.causes, Cause(id="new", problem=problem)))
    assert remarked(after, "problem-without-cause") <= remarked(before, "problem-without-cause") - {("problem", problem)}


def every_action(plan: Plan, **about: Any) -> Plan:
    return replace(plan, actions=tuple(replace(action, **about) for action in plan.actions))


def every_goal(plan: Plan, **about: Any) -> Plan:
    return replace(plan, goals=tuple(replace(goal, **about) for goal in plan.goals))


def own_responsible(plan: Plan) -> Plan:
    return replace(plan, actions=tuple(replace(action, responsible=f"Person {n}") for n, action in enumerate(plan.actions)))


MENDED_THROUGHOUT: dict[str, Callable[[Plan], Plan]] = {
    "bundle-incomplete": lambda plan: replace(plan, bundles=()),
    "dependency-impossible": lambda plan: every_action(plan, depends_on=()),
    "nothing-at-once": lambda plan: every_action(plan, horizon=Horizon.SHORT),
    "due-the-same-week": lambda plan: every_action(plan, due_on=None),
    "due-before-the-period": lambda plan: every_action(plan, due_on=None),
    "due-on-a-holiday": lambda plan: every_action(plan, due_on=date(2027, 4, 13)),
    "silent-since-check-in": lambda plan: every_action(plan, check_ins=(CheckIn(id="new", at=datetime(2027, 2, 28, tzinfo=UTC)),)),
    "organisation-not-a-party": lambda plan: replace(plan, parties=tuple(action.responsible_organisation for action in plan.actions)),
    "no-follow-up-plan": lambda plan: replace(plan, follow_up=FOLLOW_UP),
    **dict.fromkeys(("follow-up-without-owner", "follow-up-without-hours", "follow-up-without-money", "follow-up-without-audience",
                     "follow-up-without-date"), lambda plan: replace(plan, follow_up=FOLLOW_UP)),
    "baseline-planned-too-late": lambda plan: replace(plan, follow_up=replace(FOLLOW_UP, before_on=date(2020, 1, 1))),
    "effect-before-done": lambda plan: every_action(plan, effect_from=TODAY + timedelta(100)),
    "one-person-carries-all": own_responsible,
    "overall-goal-unserved": lambda plan: every_goal(plan, level=GoalLevel.OPERATIONAL),
    "smart-answer-vague": lambda plan: every_goal(plan, specific="Torget", measurable="Antal", accepted="Styrgruppen", realistic="", time_bound="2027"),
    "cost-without-budget-line": lambda plan: every_action(plan, budget_line="Trygghetsbudgeten"),
    "commitment-without-date": lambda plan: replace(plan, commitments=tuple(replace(each, due_on=TODAY) for each in plan.commitments)),
    "plan-not-adopted": lambda plan: replace(plan, adopted_on=TODAY),
}


@calmly
@given(plan=plans)
def test_a_plan_mended_throughout_has_no_remark_of_the_rule(plan: Plan) -> None:
    seen = replace(plan, silences=(), from_file=False, knows=ALL_FACTS)
    assert {rule_id: found for rule_id, mend in MENDED_THROUGHOUT.items() if (found := remarked(mend(seen), rule_id))} == {}


def test_every_rule_is_filled_by_one_of_the_three_tests_above() -> None:
    assert {*FILLED, *MENDED_THROUGHOUT, "problem-without-cause"} == set(rules())


@calmly
@given(actions)
def test_the_suggested_result_never_claims_to_know_and_always_says_why(made: tuple[Action, ...]) -> None:
    for action in made:
        result, how_far = suggest_result(action, TODAY), suggest_implementation(action, TODAY)
        assert result.value in {Result.TOO_EARLY, Result.NOT_MEASURED}
        assert result.reasons
        assert how_far.reasons
        assert all(reason.endswith(".") for reason in (*result.reasons, *how_far.reasons))


@calmly
@given(actions)
def test_an_action_is_late_when_days_have_passed_and_never_without_a_date(made: tuple[Action, ...]) -> None:
    for action in made:
        assert is_late(action, TODAY) == (days_late(action, TODAY) > 0)
        assert not is_late(replace(action, due_on=None), TODAY)
        assert form_face(action) in {None, *FormFace}
