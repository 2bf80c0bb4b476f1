"""Each rule of the plan check from both sides: a plan that breaks it, and the same plan mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from samsyn.catalog.load import rules
from samsyn.chain.check import CheckResult, check
from samsyn.chain.choices import (
    Approach, Changeability, FormFace, GoalKind, Implementation, RestsOn, Result, Severity, Track,
)
from samsyn.chain.facts import ALL_FACTS
from samsyn.chain.plan import Cause, CheckIn, Face, Goal, Plan, Problem
from samsyn.chain.rules import RULE_FUNCTIONS
from tests.chain.whole_plan import TODAY, WHOLE


def with_action(**changes: Any) -> Plan:
    return replace(WHOLE, actions=(replace(WHOLE.actions[0], **changes),))


def with_goal(**changes: Any) -> Plan:
    return replace(WHOLE, goals=(replace(WHOLE.goals[0], **changes),))


def with_cause(**changes: Any) -> Plan:
    return replace(WHOLE, causes=(*WHOLE.causes, Cause(id="second", problem="problem", number=4, text="Mörkt", **changes)))


def face(value: Implementation | Result, **about: Any) -> Face:
    return Face(value=value, **about)


BROKEN: list[tuple[str, Plan, str]] = [
    ("problem-without-cause", replace(WHOLE, problems=(*WHOLE.problems, Problem(id="p2", title="Stölder"))),
     "Problemet ”Stölder” har ingen orsak."),
    ("cause-without-action", with_cause(), "Orsak 4 ”Mörkt” har ingen åtgärd."),
    ("cause-without-action", with_cause(changeability=Changeability.IN_PART), "Orsak 4 ”Mörkt” har ingen åtgärd."),
    ("action-without-cause", replace(WHOLE, actions=(*WHOLE.actions, replace(WHOLE.actions[0], id="a2", number="", causes=()))),
     "Nattvandring hör inte till någon orsak."),
    ("action-without-goal", with_action(goals=()), "2.3 Nattvandring har inget mål."),
    ("action-without-responsible", with_action(responsible=" - "), "2.3 Nattvandring har ingen ansvarig."),
    ("action-without-date", with_action(due_on=None), "2.3 Nattvandring har inget datum."),
    ("action-without-date", with_action(due_on=None, due_typed="?"), "2.3 Nattvandring har inget datum."),
    ("responsible-without-contact", with_action(responsible_email=""),
     "2.3 Nattvandring har Bo Ek som ansvarig, men ingen e-post eller telefon."),
    ("goal-without-indicator", with_goal(indicator=""), "Målet ”Färre slagsmål” har ingen indikator."),
    ("goal-without-baseline", with_goal(baseline=""), "Målet ”Färre slagsmål” har inget utgångsläge."),
    ("goal-without-target", with_goal(target=""), "Målet ”Färre slagsmål” har inget målvärde."),
    ("baseline-after-start", with_goal(baseline_on=date(2027, 1, 16)),
     "Målet ”Färre slagsmål” har ett utgångsläge från 2027-01-16, men 2.3 Nattvandring började 2027-01-15."),
    ("only-output-goals", with_goal(kind=GoalKind.OUTPUT), "Problemet ”Slagsmål på torget” har bara mål som säger hur mycket ni gör."),
    ("neither-situational-nor-social", with_action(approach=None), "2.3 Nattvandring är varken situationell eller social."),
    ("overdue-without-reason", with_action(due_on=date(2027, 2, 28)),
     "2.3 Nattvandring skulle ha varit klar 2027-02-28. Ingen har skrivit varför den är sen."),
    ("overdue-without-reason", with_action(due_on=date(2027, 2, 28), followed_up="Pågår"),
     "2.3 Nattvandring skulle ha varit klar 2027-02-28. Ingen har skrivit varför den är sen."),
    ("set-without-figure", with_action(form_face=FormFace.GREEN), "2.3 Nattvandring har en grön gubbe, men inget resultat bredvid."),
    ("set-without-figure", with_action(result=face(Result.BETTER)), "2.3 Nattvandring har resultatet ”bättre”, satt utan mätning."),
    ("set-without-figure", with_action(result=face(Result.UNCHANGED, rests_on=RestsOn.OBSERVED)),
     "2.3 Nattvandring har resultatet ”oförändrat”, satt utan mätning."),
    ("set-without-figure", with_action(result=face(Result.WORSE, rests_on=RestsOn.HEARD)),
     "2.3 Nattvandring har resultatet ”sämre”, satt utan mätning."),
    ("set-without-figure", with_action(form_face=FormFace.GREEN, result=face(Result.BETTER, by_file=True)),
     "2.3 Nattvandring har resultatet ”bättre”, satt utan mätning."),
]

MENDED: list[tuple[str, Plan]] = [
    ("problem-without-cause", replace(WHOLE, problems=())),
    ("cause-without-action", with_cause(changeability=Changeability.NO)),
    ("action-without-goal", with_action(goals=(), track=Track.LINE)),
    ("action-without-date", with_action(due_on=None, due_typed="löpande")),
    ("action-without-date", with_action(due_on=None, track=Track.LINE)),
    ("responsible-without-contact", with_action(responsible_email="", responsible_phone="070-123 45 67")),
    ("responsible-without-contact", with_action(responsible_email="", responsible_is_member=True)),
    ("responsible-without-contact", with_action(responsible="", responsible_email="")),
    ("goal-without-indicator", replace(with_goal(indicator=""), actions=(replace(WHOLE.actions[0], track=Track.LINE),))),
    ("goal-without-baseline", with_goal(kind=GoalKind.OUTPUT, baseline="")),
    ("baseline-after-start", with_goal(baseline_on=date(2027, 1, 15))),
    ("baseline-after-start", with_goal(baseline_on=None)),
    ("only-output-goals", replace(WHOLE, goals=(*WHOLE.goals, Goal(id="g2", problem="problem", kind=GoalKind.OUTPUT)))),
    ("only-output-goals", with_goal(kind=None)),
    ("only-output-goals", replace(WHOLE, goals=())),
    ("neither-situational-nor-social", with_action(approach=Approach.SITUATIONAL)),
    ("overdue-without-reason", with_action(due_on=TODAY)),
    ("overdue-without-reason", with_action(due_on=date(2027, 2, 28), late_reason="Lamporna kommer i maj")),
    ("overdue-without-reason", with_action(due_on=date(2027, 2, 28), followed_up="Gult. Lamporna kommer först i maj.")),
    ("overdue-without-reason", with_action(due_on=date(2027, 2, 28), form_face=FormFace.GREEN)),
    ("overdue-without-reason", with_action(due_on=date(2027, 2, 28), implementation=face(Implementation.NOT_DONE))),
    ("overdue-without-reason", with_action(due_on=date(2027, 2, 28), check_ins=(
        CheckIn(id="c", at=datetime(2027, 2, 1, tzinfo=UTC), hindered="Sjukdom"),))),
    ("set-without-figure", with_action(form_face=FormFace.YELLOW)),
    ("set-without-figure", with_action(form_face=FormFace.GREEN, result=face(Result.NOT_MEASURED))),
    ("set-without-figure", with_action(form_face=FormFace.GREEN, implementation=face(Implementation.UNDER_WAY))),
    ("set-without-figure", with_action(result=face(Result.BETTER, rests_on=RestsOn.MEASURED))),
    ("set-without-figure", with_action(result=face(Result.WORSE, rests_on=RestsOn.OWN_COUNT))),
    ("set-without-figure", with_action(result=face(Result.CANNOT_BE_TOLD, rests_on=RestsOn.HEARD))),
]


def sentences(result: CheckResult, rule_id: str) -> list[str]:
    return [remark.sentence for remark in result.remarks if remark.rule == rule_id]


def test_a_whole_plan_gets_no_remark_and_every_rule_is_fine() -> None:
    result = check(WHOLE, TODAY)
    assert result.remarks == ()
    assert [rule.id for rule in result.fine] == list(rules())


@pytest.mark.parametrize(("rule_id", "plan", "sentence"), BROKEN, ids=lambda value: value if isinstance(value, str) else "")
def test_a_plan_that_breaks_the_rule_is_told_so_by_the_row_s_name(rule_id: str, plan: Plan, sentence: str) -> None:
    assert sentences(check(plan, TODAY), rule_id) == [sentence]


@pytest.mark.parametrize(("rule_id", "plan"), MENDED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_plan_that_keeps_the_rule_gets_no_remark_of_it(rule_id: str, plan: Plan) -> None:
    result = check(plan, TODAY)
    assert rule_id in {rule.id for rule in result.fine}
    assert sentences(result, rule_id) == []


def test_every_definition_has_a_function_and_every_function_a_definition() -> None:
    assert set(RULE_FUNCTIONS) == set(rules())
    assert len(rules()) >= 30


def test_definitions_use_the_words_of_the_chain() -> None:
    looked_at = list(rules().values())
    assert looked_at
    for rule in looked_at:
        assert Severity(rule.severity).label
        assert set(rule.facts) <= ALL_FACTS
        assert {Track(track) for track in rule.tracks} <= set(Track)


@pytest.mark.parametrize(("rule_id", "plan", "sentence"), BROKEN, ids=lambda value: value if isinstance(value, str) else "")
def test_a_line_action_is_only_asked_what_the_rule_s_tracks_say(rule_id: str, plan: Plan, sentence: str) -> None:
    line = replace(plan, actions=tuple(replace(action, track=Track.LINE) for action in plan.actions))
    is_asked = "line" in rules()[rule_id].tracks
    assert bool(sentences(check(line, TODAY), rule_id)) is is_asked


def test_a_baseline_is_compared_with_the_first_development_action_to_start() -> None:
    plan = replace(with_goal(baseline_on=date(2027, 2, 1)), actions=(
        replace(WHOLE.actions[0], id="later", text="Senare", start_on=date(2027, 3, 1)),
        replace(WHOLE.actions[0], id="line", text="Linje", start_on=date(2020, 1, 1), track=Track.LINE),
        WHOLE.actions[0],
        replace(WHOLE.actions[0], id="undated", text="Utan start", start_on=None),
    ))
    assert sentences(check(plan, TODAY), "baseline-after-start") == [
        "Målet ”Färre slagsmål” har ett utgångsläge från 2027-02-01, men 2.3 Nattvandring började 2027-01-15."]


def test_goals_that_hang_on_no_problem_are_asked_of_the_whole_plan() -> None:
    plan = replace(with_goal(kind=GoalKind.OUTPUT, problem=None), actions=())
    remark, = [r for r in check(plan, TODAY).remarks if r.rule == "only-output-goals"]
    assert (remark.kind, remark.id) == ("plan", "plan")
    assert remark.sentence.startswith("Planen har bara mål")


def test_a_goal_without_problem_is_counted_to_the_problem_of_its_actions() -> None:
    plan = with_goal(kind=GoalKind.OUTPUT, problem=None)
    remark, = [r for r in check(plan, TODAY).remarks if r.rule == "only-output-goals"]
    assert (remark.kind, remark.id) == ("problem", "problem")


def test_a_link_to_a_row_that_does_not_exist_is_no_link() -> None:
    result = check(with_action(causes=("gone",), goals=("gone",)), TODAY)
    assert {"action-without-cause", "action-without-goal", "cause-without-action"} <= {remark.rule for remark in result.remarks}


NAMES: list[tuple[dict[str, str], str]] = [
    ({"text": "Måla  tunneln.\nVitt.", "number": ""}, "Måla tunneln. Vitt har ingen ansvarig."),
    ({"text": "", "number": "3.1"}, "Åtgärd 3.1 har ingen ansvarig."),
    ({"text": "-", "number": "", "place": "Blad Plan, rad 7"}, "Åtgärden i Blad Plan, rad 7 har ingen ansvarig."),
    ({"text": "", "number": ""}, "En åtgärd utan namn har ingen ansvarig."),
    ({"text": "{row} {0} %s", "number": ""}, "{row} {0} %s har ingen ansvarig."),
]


@pytest.mark.parametrize(("words", "sentence"), NAMES)
def test_a_row_is_named_so_that_it_can_be_found(words: dict[str, str], sentence: str) -> None:
    assert sentences(check(with_action(responsible="", **words), TODAY), "action-without-responsible") == [sentence]


