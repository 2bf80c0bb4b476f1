"""The rules about order, follow-up and promises, each from both sides: a plan that breaks it, and one that keeps it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from samsyn.catalog.load import rules
from samsyn.chain.check import all_mends, check, three_first
from samsyn.chain.choices import GoalKind, GoalLevel, Horizon, Implementation, Regularity, Track
from samsyn.chain.facts import FACTS_OF_WHOLE_PLAN, facts_of_columns
from samsyn.chain.plan import Action, CheckIn, Commitment, Face, Goal, Plan
from samsyn.chain.public_holidays import public_holiday
from tests.chain.test_check_rules import BROKEN as BROKEN_ROWS
from tests.chain.test_check_rules import sentences, with_action, with_goal
from tests.chain.whole_plan import BUNDLE, FOLLOW_UP, TODAY, WALK, WHOLE

MIDSUMMER_EVE = date(2027, 6, 25)
UNDER_WAY = Face(value=Implementation.UNDER_WAY)
NOT_DONE = Face(value=Implementation.NOT_DONE)
DONE = Face(value=Implementation.DONE_AS_INTENDED)


def another(row_id: str, number: str, text: str, **about: Any) -> Action:
    return replace(WALK, id=row_id, number=number, text=text, **{"responsible": f"{text}s ägare", **about})


def with_more(*actions: Action, **first: Any) -> Plan:
    return replace(WHOLE, actions=(replace(WALK, **first), *actions))


def bundled(*actions: Action, **first: Any) -> Plan:
    return replace(with_more(*(replace(action, bundle="bundle") for action in actions), bundle="bundle", **first), bundles=(BUNDLE,))


def following_up(**changes: Any) -> Plan:
    return replace(WHOLE, follow_up=replace(FOLLOW_UP, **changes))


def with_overall(*goals: Goal) -> Plan:
    return replace(WHOLE, goals=(Goal(id="over", problem="problem", text="Lugnt torg", level=GoalLevel.OVERALL, indicator="x", baseline="1",
                                      target="2"), *goals))


def said(days_ago: int, row_id: str = "c", **about: Any) -> CheckIn:
    return CheckIn(id=row_id, at=datetime(2027, 3, 1, 12, tzinfo=UTC) - timedelta(days=days_ago), **about)


LAMPS, BUSHES = another("lamps", "1.1", "Lampor"), another("bushes", "1.2", "Sly")
OPERATIONAL = WHOLE.goals[0]
SAME_WEEK = [another(f"a{n}", f"3.{n}", f"Sak {n}", due_on=date(2027, 5, 10 + n)) for n in range(3)]  # Monday to Wednesday, v. 19
BOS = [another(f"b{n}", f"4.{n}", f"Sak {n}", responsible="bo  ek") for n in range(2)]

BROKEN: list[tuple[str, Plan, list[str]]] = [
    ("bundle-incomplete", bundled(replace(LAMPS, responsible="")), ["Kombinationen ”Vuxna ute” är inte hel: 1.1 Lampor har ingen ansvarig."]),
    ("bundle-incomplete", bundled(replace(LAMPS, implementation=NOT_DONE)), ["Kombinationen ”Vuxna ute” är inte hel: 1.1 Lampor blev inte av."]),
    ("bundle-incomplete", bundled(), ["Kombinationen ”Vuxna ute” är inte hel: bara 2.3 Nattvandring är kvar."]),
    ("bundle-incomplete", replace(WHOLE, bundles=(BUNDLE,)), ["Kombinationen ”Vuxna ute” är inte hel: den har inga delar."]),
    ("bundle-incomplete", bundled(replace(LAMPS, responsible=""), replace(BUSHES, responsible="-")),
     ["Kombinationen ”Vuxna ute” är inte hel: 1.1 Lampor har ingen ansvarig och 1.2 Sly har ingen ansvarig."]),
    ("dependency-impossible", with_action(depends_on=("action",)),
     ["2.3 Nattvandring kan aldrig börja: 2.3 Nattvandring väntar på sig själv."]),
    ("dependency-impossible", with_more(replace(LAMPS, depends_on=("action",)), depends_on=("lamps",)),
     ["2.3 Nattvandring kan aldrig börja: 2.3 Nattvandring väntar på 1.1 Lampor, som väntar på 2.3 Nattvandring."]),
    ("dependency-impossible", with_more(LAMPS, replace(BUSHES, due_on=date(2027, 7, 2)), depends_on=("lamps", "bushes")),
     ["2.3 Nattvandring ska vara klar 2027-06-30. Den väntar på 1.2 Sly, som är klar först 2027-07-02."]),
    ("nothing-at-once", with_action(horizon=Horizon.LONG), ["Planen har ingen åtgärd som väntas ge effekt genast."]),
    ("nothing-at-once", with_action(horizon=None), ["Planen har ingen åtgärd som väntas ge effekt genast."]),
    ("due-the-same-week", with_more(*SAME_WEEK), ["Planen har tre åtgärder som ska vara klara samma vecka, v. 19 2027."]),
    ("due-on-a-holiday", with_action(due_on=MIDSUMMER_EVE), ["2.3 Nattvandring ska vara klar 2027-06-25. Det är midsommarafton."]),
    ("due-on-a-holiday", with_action(due_on=date(2027, 5, 6)), ["2.3 Nattvandring ska vara klar 2027-05-06. Det är kristi himmelsfärdsdag."]),
    ("due-before-the-period", replace(WHOLE, period="2028–2029"), ["2.3 Nattvandring ska vara klar 2027-06-30, men planen gäller från 2028."]),
    ("silent-since-check-in", with_action(implementation=UNDER_WAY, start_on=date(2026, 6, 1), check_ins=(said(200, "early"), said(61))),
     ["2.3 Nattvandring pågår, men ingen har sagt något om den sedan 2026-12-30."]),
    ("silent-since-check-in", with_action(implementation=UNDER_WAY, start_on=date(2026, 6, 1)),
     ["2.3 Nattvandring pågår, men ingen har sagt något om den sedan 2026-06-01."]),
    ("silent-since-check-in",
     with_action(implementation=UNDER_WAY, start_on=None, check_ins=(said(90, "early"), said(5, "wrong"), said(80, corrects="wrong"))),
     ["2.3 Nattvandring pågår, men ingen har sagt något om den sedan 2026-12-11."]),
    ("organisation-not-a-party", with_action(responsible_organisation="Torgets kiosk"),
     ["2.3 Nattvandring har en ansvarig på Torgets kiosk, som inte är en part."]),
    ("no-follow-up-plan", replace(WHOLE, follow_up=None), ["Planen har ingen uppföljningsplan."]),
    ("follow-up-without-owner", following_up(owner=" "), ["Uppföljningsplanen säger inte vem som håller i uppföljningen."]),
    ("follow-up-without-hours", following_up(hours=None), ["Uppföljningsplanen säger inte hur mycket tid som går åt."]),
    ("follow-up-without-hours", following_up(staff_hours=None), ["Uppföljningsplanen räknar med 60 timmar, men styrgruppen har inte satt av någon tid."]),
    ("follow-up-without-hours", following_up(staff_hours=Decimal("37.5")),
     ["Uppföljningsplanen räknar med 60 timmar, men styrgruppen har bara satt av 37,5 timmar."]),
    ("follow-up-without-money", following_up(money=None), ["Uppföljningsplanen säger inte vilka pengar som är avsatta."]),
    ("follow-up-without-audience", following_up(audience="-"), ["Uppföljningsplanen säger inte för vem uppföljningen görs."]),
    ("follow-up-without-date", following_up(results_from=None), ["Uppföljningsplanen säger inte när det går att vänta sig resultat."]),
    ("follow-up-without-date", following_up(informed_on=()), ["Uppföljningsplanen har ingen dag då styrgruppen ska få veta hur det går."]),
    ("baseline-planned-too-late", following_up(before_on=date(2027, 1, 16)),
     ["Uppföljningsplanen har utgångsläget klart 2027-01-16, men 2.3 Nattvandring börjar 2027-01-15."]),
    ("effect-before-done", with_action(effect_from=date(2027, 6, 29)),
     ["2.3 Nattvandring väntas ge effekt 2027-06-29, men blir klar först 2027-06-30."]),
    ("effect-before-done", with_action(regularity=Regularity.ORDINARY, effect_from=date(2027, 1, 14)),
     ["2.3 Nattvandring väntas ge effekt 2027-01-14, men börjar först 2027-01-15."]),
    ("one-person-carries-all", with_more(*BOS, LAMPS), ["Bo Ek är ansvarig för tre av fyra åtgärder som inte är avslutade."]),
    ("overall-goal-unserved", with_overall(), ["Målet ”Lugnt torg” har inget operativt mål som leder dit."]),
    ("overall-goal-unserved", with_overall(replace(OPERATIONAL, level=None)), ["Målet ”Lugnt torg” har inget operativt mål som leder dit."]),
    ("overall-goal-unserved", with_overall(replace(OPERATIONAL, id="o2")),
     ["Målet ”Lugnt torg” har operativa mål under sig, men ingen åtgärd leder till dem."]),
    ("smart-answer-vague", with_goal(specific="Ökad trygghet"),
     ["Målet ”Färre slagsmål”: går ”Ökad trygghet” att säga mer exakt? Det står under specifikt."]),
    ("smart-answer-vague", with_goal(measurable="Det ska kännas bättre", time_bound="Snarast", kind=None),
     ["Målet ”Färre slagsmål”: går ”Det ska kännas bättre” att säga mer exakt? Det står under mätbart.",
      "Målet ”Färre slagsmål”: går ”Snarast” att säga mer exakt? Det står under tidsatt."]),
    ("cost-without-budget-line", with_action(budget_line="?"), ["2.3 Nattvandring kostar pengar, men ingen har sagt var de tas."]),
    ("commitment-without-date", replace(WHOLE, commitments=(Commitment(id="k", party="Polisen", text="Två kvällar"),)),
     ["Åtagandet från Polisen ”Två kvällar” har inget datum."]),
    ("commitment-without-date", replace(WHOLE, commitments=(Commitment(id="k"),)), ["Ett åtagande utan text har inget datum."]),
    ("plan-not-adopted", replace(WHOLE, adopted_on=None), ["Planen är inte antagen av styrgruppen."]),
]

NOTHING_TO_DO = replace(WHOLE, actions=(), follow_up=None, adopted_on=None)

KEPT: list[tuple[str, Plan]] = [
    ("bundle-incomplete", bundled(LAMPS)),
    ("bundle-incomplete", bundled(replace(LAMPS, implementation=DONE, responsible=""))),
    ("dependency-impossible", with_more(LAMPS, depends_on=("lamps", "gone"))),
    ("dependency-impossible", with_more(replace(LAMPS, due_on=date(2027, 7, 2), implementation=DONE), depends_on=("lamps",))),
    ("dependency-impossible", with_more(replace(LAMPS, due_on=date(2027, 7, 2)), depends_on=("lamps",), implementation=DONE)),
    ("dependency-impossible", with_more(replace(LAMPS, due_on=None, due_typed="våren"), depends_on=("lamps",))),
    ("nothing-at-once", with_more(LAMPS, horizon=Horizon.LONG)),
    ("nothing-at-once", NOTHING_TO_DO),
    ("due-the-same-week", with_more(*SAME_WEEK[:2])),
    ("due-the-same-week", with_more(LAMPS, *SAME_WEEK, due_on=date(2027, 8, 30))),
    ("due-the-same-week", with_more(*(replace(action, implementation=DONE) for action in SAME_WEEK))),
    ("due-on-a-holiday", with_action(due_on=date(2027, 6, 24))),
    ("due-on-a-holiday", with_action(due_on=date(2027, 6, 27))),  # an ordinary Sunday
    ("due-on-a-holiday", with_action(due_on=MIDSUMMER_EVE, implementation=DONE)),
    ("due-on-a-holiday", with_action(due_on=date(2026, 12, 25))),
    ("due-before-the-period", replace(WHOLE, period="2027")),
    ("due-before-the-period", replace(WHOLE, period="våren")),
    ("due-before-the-period", replace(with_action(implementation=DONE), period="2028")),
    ("due-before-the-period", replace(with_action(due_on=date(2027, 2, 1), late_reason="Regn hela veckan"), period="2028")),
    ("silent-since-check-in", with_action(implementation=UNDER_WAY, start_on=date(2026, 6, 1), check_ins=(said(60),))),
    ("silent-since-check-in", with_action(implementation=replace(UNDER_WAY, at=datetime(2027, 2, 1, tzinfo=UTC)), start_on=date(2026, 6, 1))),
    ("silent-since-check-in", with_action(implementation=UNDER_WAY, start_on=None)),
    ("silent-since-check-in", with_action(implementation=DONE, check_ins=(said(300),))),
    ("silent-since-check-in", with_action(start_on=date(2026, 1, 1))),
    ("organisation-not-a-party", with_action(responsible_organisation=" granvikshus")),
    ("organisation-not-a-party", with_action(responsible_organisation="")),
    ("organisation-not-a-party", replace(with_action(responsible_organisation="Torgets kiosk"), parties=())),
    ("no-follow-up-plan", NOTHING_TO_DO),
    ("follow-up-without-owner", replace(WHOLE, follow_up=None)),
    ("follow-up-without-hours", following_up(hours=Decimal(60), staff_hours=Decimal(61))),
    ("follow-up-without-hours", replace(WHOLE, follow_up=None)),
    ("follow-up-without-money", following_up(money=Decimal(0))),
    ("follow-up-without-audience", replace(WHOLE, follow_up=None)),
    ("follow-up-without-date", replace(WHOLE, follow_up=None)),
    ("baseline-planned-too-late", following_up(before_on=date(2027, 1, 15))),
    ("baseline-planned-too-late", following_up(before_on=None)),
    ("baseline-planned-too-late", replace(with_action(start_on=None), follow_up=replace(FOLLOW_UP, before_on=date(2030, 1, 1)))),
    ("effect-before-done", with_action(effect_from=date(2027, 6, 30))),
    ("effect-before-done", with_action(effect_from=date(2027, 2, 1), regularity=Regularity.ORDINARY)),
    ("effect-before-done", with_action(effect_from=None)),
    ("one-person-carries-all", with_more(*BOS)),
    ("one-person-carries-all", with_more(*BOS, replace(BOS[0], implementation=DONE))),
    ("one-person-carries-all", with_more(LAMPS, *(replace(bo, responsible_organisation="Polisen") for bo in BOS))),
    ("overall-goal-unserved", with_overall(OPERATIONAL)),
    ("overall-goal-unserved", with_goal(level=GoalLevel.OPERATIONAL)),
    ("overall-goal-unserved", with_goal(level=None)),
    ("smart-answer-vague", with_goal(specific="", measurable="", time_bound="")),
    ("smart-answer-vague", with_goal(specific="Ökad trygghet", kind=GoalKind.PROCESS)),
    ("cost-without-budget-line", with_action(budget_line="", cost=None)),
    ("cost-without-budget-line", with_action(budget_line="", cost=Decimal(0))),
    ("cost-without-budget-line", with_action(budget_line="", implementation=NOT_DONE)),
    ("commitment-without-date", replace(WHOLE, commitments=())),
    ("plan-not-adopted", NOTHING_TO_DO),
]


def test_two_remarks_on_one_row_are_counted_as_two() -> None:
    first = next(one for one in three_first(check(following_up(results_from=None, informed_on=()), TODAY)) if one.rule == "follow-up-without-date")
    assert first.concerns == "två anmärkningar" and len(first.mends) == 2


@pytest.mark.parametrize(("rule_id", "plan", "told"), BROKEN, ids=lambda value: value if isinstance(value, str) else "")
def test_a_plan_that_breaks_the_rule_is_told_so(rule_id: str, plan: Plan, told: list[str]) -> None:
    assert sentences(check(plan, TODAY), rule_id) == told


@pytest.mark.parametrize(("rule_id", "plan"), KEPT, ids=lambda value: value if isinstance(value, str) else "")
def test_a_plan_that_keeps_the_rule_gets_no_remark_of_it(rule_id: str, plan: Plan) -> None:
    assert rule_id in {rule.id for rule in check(plan, TODAY).fine}


def test_every_rule_is_broken_by_some_plan_and_every_new_one_kept_by_some() -> None:
    new = {rule_id for rule_id, _, _ in BROKEN}
    assert {rule_id for rule_id, _, _ in BROKEN_ROWS} | new == set(rules())
    assert {rule_id for rule_id, _ in KEPT} == new


@pytest.mark.parametrize(("rule_id", "plan", "told"), BROKEN, ids=lambda value: value if isinstance(value, str) else "")
def test_a_line_action_is_only_asked_what_the_rule_s_tracks_say(rule_id: str, plan: Plan, told: list[str]) -> None:
    line = replace(plan, actions=tuple(replace(action, track=Track.LINE) for action in plan.actions))
    goals_too = rule_id == "overall-goal-unserved"  # a goal that no action serves is of no track
    assert bool(sentences(check(line, TODAY), rule_id)) is ("line" in rules()[rule_id].tracks or goals_too)


@pytest.mark.parametrize(("rule_id", "plan", "told"), BROKEN, ids=lambda value: value if isinstance(value, str) else "")
def test_what_the_form_has_no_column_for_cannot_be_seen_in_a_file(rule_id: str, plan: Plan, told: list[str]) -> None:
    form = replace(plan, from_file=True, knows=facts_of_columns(("problem", "cause", "action", "goal", "start", "when", "responsible", "status")))
    result = check(form, TODAY)
    needs_more = not FACTS_OF_WHOLE_PLAN.isdisjoint(rules()[rule_id].facts)
    assert (rule_id in {one.rule.id for one in result.unseen}) is needs_more
    assert bool(sentences(result, rule_id)) is not needs_more


WHERE = [
    ("bundle-incomplete", ("bundle", "bundle", "parts")), ("dependency-impossible", ("action", "action", "depends_on")),
    ("nothing-at-once", ("plan", "plan", "horizon")), ("due-the-same-week", ("plan", "plan", "due_on")),
    ("silent-since-check-in", ("action", "action", "check_ins")),
    ("organisation-not-a-party", ("action", "action", "responsible_organisation")),
    ("no-follow-up-plan", ("follow_up", "plan", "owner")), ("follow-up-without-owner", ("follow_up", "follow-up", "owner")),
    ("one-person-carries-all", ("plan", "plan", "responsible")), ("overall-goal-unserved", ("problem", "problem", "goals")),
    ("smart-answer-vague", ("goal", "goal", "specific")), ("cost-without-budget-line", ("action", "action", "budget_line")),
    ("commitment-without-date", ("commitment", "k", "due_on")), ("plan-not-adopted", ("plan", "plan", "adopted_on")),
]


@pytest.mark.parametrize(("rule_id", "where"), WHERE)
def test_a_remark_leads_to_the_very_field(rule_id: str, where: tuple[str, str, str]) -> None:
    broken = next(plan for each, plan, _ in BROKEN if each == rule_id)
    remark, = [remark for remark in check(broken, TODAY).remarks if remark.rule == rule_id]
    assert (remark.kind, remark.id, remark.field) == where


def test_a_party_that_is_invited_frees_all_its_actions() -> None:
    kiosk = "Torgets kiosk"
    plan = with_more(replace(LAMPS, responsible_organisation=kiosk), replace(BUSHES, responsible_organisation="torgets  Kiosk"))
    mend, = [mend for mend in all_mends(check(plan, TODAY)) if mend.rule == "organisation-not-a-party"]
    assert (mend.sentence, mend.frees) == ("Torgets kiosk är inte en part i samverkan. Det gäller två åtgärder.", ("lamps", "bushes"))


def test_one_operational_goal_frees_every_overall_goal_of_the_problem() -> None:
    plan = with_overall(Goal(id="over2", problem="problem", text="Trivsamt torg", level=GoalLevel.OVERALL, indicator="x", baseline="1", target="2"))
    mend, = [mend for mend in all_mends(check(plan, TODAY)) if mend.rule == "overall-goal-unserved"]
    assert mend.sentence == "Problemet ”Slagsmål på torget” har övergripande mål men inga operativa. Det gäller två mål."
    assert mend.frees == ("problem", "over", "over2")


def test_an_overall_goal_of_no_problem_is_told_to_the_plan_and_named_once() -> None:
    plan = replace(WHOLE, goals=(Goal(id="over", text="Lugnt torg", level=GoalLevel.OVERALL),))
    remark, = [remark for remark in check(plan, TODAY).remarks if remark.rule == "overall-goal-unserved"]
    assert (remark.kind, remark.id, remark.field) == ("plan", "plan", "goals")


def test_a_long_ring_is_named_by_its_first_five() -> None:
    ring = [another(f"r{n}", f"5.{n}", "Led", depends_on=(f"r{(n + 1) % 9}",)) for n in range(9)]
    told, = sentences(check(with_more(*ring), TODAY), "dependency-impossible")
    assert told.endswith("5.3 Led, som väntar på 5.4 Led, som väntar på …, som väntar på 5.0 Led.")


HOLIDAYS = [
    (date(2026, 1, 6), "Trettondedag jul"), (date(2026, 4, 3), "Långfredagen"), (date(2026, 6, 19), "Midsommarafton"),
    (date(2026, 12, 24), "Julafton"), (date(2026, 12, 31), "Nyårsafton"), (date(2026, 6, 6), "Nationaldagen"),
    (date(2026, 4, 4), ""), (date(2026, 11, 22), ""), (date(1, 1, 1), ""), (date(9999, 12, 25), ""),
]


@pytest.mark.parametrize(("day", "name"), HOLIDAYS)
def test_public_holidays_have_their_swedish_names(day: date, name: str) -> None:
    assert public_holiday(day) == name
