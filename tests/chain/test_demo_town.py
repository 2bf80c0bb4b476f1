"""The demonstration town: fresh every day, invented through and through, with the gaps the plan check is to find."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

import pytest

from samsyn.chain.check import check
from samsyn.chain.choices import Implementation, Regularity, RestsOn, Result, Track, Worked
from samsyn.chain.demo_town import DemoTown, WrongDemo, demo_plan, demo_town
from samsyn.chain.order import blocked, bundles_standing, cycles, free_to_start, in_order
from samsyn.chain.plan import Plan

TODAY = date(2026, 11, 23)
RAW = {
    "key": "x", "name": "En plan", "years": [0, 1],
    "problems": [{"key": "p1", "title": "Ett problem"}],
    "causes": [{"key": 1, "problem": "p1", "text": "En orsak", "directness": "direct"}],
    "goals": [{"key": "m1", "problem": "p1", "text": "Ett mål", "baseline_on": -3}],
    "actions": [{"number": "1.1", "causes": [1], "goals": ["m1"], "text": "En åtgärd", "due_on": 10}],
}


@pytest.fixture(scope="module")
def town() -> DemoTown:
    return demo_town(TODAY)


@pytest.fixture(scope="module")
def evening(town: DemoTown) -> Plan:
    return town.partnerships[0].plans[0]


def values_in(row: Any) -> Iterator[Any]:
    if dataclasses.is_dataclass(row):
        for each in dataclasses.fields(row):
            yield from values_in(getattr(row, each.name))
    elif isinstance(row, (tuple, frozenset)):
        for each in row:
            yield from values_in(each)
    else:
        yield row


def test_the_cast_is_there_and_erik_belongs_to_another_collaboration(town: DemoTown) -> None:
    granviken, norrangen = town.partnerships
    assert {person.name: person.role.value for person in granviken.people} == {
        "Anna": "coordinator", "Bo": "responsible", "Carin": "steering_member", "Dana": "responsible"}
    assert [person.name for person in norrangen.people] == ["Erik"]
    assert not any("Erik" in value for plan in granviken.plans for value in values_in(plan) if isinstance(value, str))
    assert not any("Granvik" in value for plan in norrangen.plans for value in values_in(plan) if isinstance(value, str))


def test_every_place_says_that_it_is_invented(town: DemoTown) -> None:
    assert all("påhittad" in partnership.name for partnership in town.partnerships)


def test_addresses_and_telephone_numbers_reach_nobody(town: DemoTown) -> None:
    texts = [value for value in values_in(town) if isinstance(value, str) and not isinstance(value, Enum)]
    addresses = [found for text in texts for found in re.findall(r"\S+@\S+", text)]
    assert addresses and all(address.endswith(".example") for address in addresses)
    numbers = [found for text in texts for found in re.findall(r"\b0\d{1,3}-[\d ]{6,}", text)]
    assert numbers and all(re.fullmatch(r"070-174 06 (0[5-9]|[1-9]\d)", number) for number in numbers)


def test_the_plan_for_the_evening_is_rich(evening: Plan) -> None:
    check_ins = [check_in for action in evening.actions for check_in in action.check_ins]
    assert (len(evening.problems), len(evening.causes), len(evening.actions)) == (3, 9, 25)
    assert max(each.at for each in check_ins) - min(each.at for each in check_ins) > timedelta(days=600)
    assert len(check_ins) > 60
    assert any(each.corrects for each in check_ins)
    for said in ("hours", "cost", "helped", "hindered", "on_behalf_of"):
        assert sum(bool(getattr(each, said)) for each in check_ins) >= 10


@pytest.mark.parametrize(("side", "words"), [("implementation", Implementation), ("result", Result)])
def test_every_state_of_the_face_occurs_and_was_set_by_somebody_with_a_word_of_why(evening: Plan, side: str, words: type[Enum]) -> None:
    faces = [face for action in evening.actions if (face := getattr(action, side))]
    assert {face.value for face in faces} == set(words)
    assert all(face.by and face.at and (face.why or face.by_file) for face in faces)


def test_actions_of_every_kind_occur(evening: Plan) -> None:
    assert {action.track for action in evening.actions} == set(Track)
    assert {action.regularity for action in evening.actions} == set(Regularity)
    assert {face.rests_on for action in evening.actions for face in (action.implementation, action.result) if face} >= set(RestsOn)
    assert any(len(action.causes) > 1 for action in evening.actions) and any(len(action.goals) > 1 for action in evening.actions)
    assert any(action.steps for action in evening.actions) and any(action.horizon for action in evening.actions)


def test_the_plan_check_finds_the_gaps_that_are_meant_and_no_others(evening: Plan) -> None:
    result = check(evening, TODAY)
    assert {(remark.rule, remark.id) for remark in result.remarks} == {
        ("cause-without-action", "kvall-o6"), ("action-without-responsible", "kvall-2.3"), ("goal-without-baseline", "kvall-m8"),
        ("overdue-without-reason", "kvall-2.2"), ("set-without-figure", "kvall-5.2"), ("set-without-figure", "kvall-7.2"),
        ("neither-situational-nor-social", "kvall-9.1"), ("bundle-incomplete", "kvall-k2"), ("cost-without-budget-line", "kvall-2.3"),
        ("silent-since-check-in", "kvall-1.3"), ("silent-since-check-in", "kvall-2.2"), ("commitment-without-date", "kvall-t3"),
        ("follow-up-without-hours", "kvall-follow-up"), ("follow-up-without-money", "kvall-follow-up"), ("smart-answer-vague", "kvall-m8")}
    assert [silenced.rule.id for silenced in result.silenced] == ["baseline-after-start"]
    assert [action.number for action in evening.actions if action.due_typed == "våren" and action.due_on is None] == ["3.3"]


def test_without_its_silence_the_plan_has_one_remark_more(evening: Plan) -> None:
    told = check(dataclasses.replace(evening, silences=()), TODAY)
    assert [remark.id for remark in told.remarks if remark.rule == "baseline-after-start"] == ["kvall-m2"]


def test_the_steering_group_is_asked_for_two_decisions(evening: Plan) -> None:
    assert [asked.action for asked in evening.decisions_asked] == ["kvall-2.3", None]
    assert all(asked.text and asked.otherwise for asked in evening.decisions_asked)


def test_the_order_has_something_free_something_waiting_and_one_combination_that_is_whole(evening: Plan) -> None:
    assert [action.number for action in free_to_start(evening, TODAY)] == ["2.3"]
    assert {(waiting.action.number, waiting.waits_for[0].number) for waiting in blocked(evening)} == {("3.3", "3.1"), ("8.2", "8.1")}
    assert [(standing.is_complete, len(standing.parts)) for standing in bundles_standing(evening)] == [(True, 2), (False, 3)]
    assert in_order(evening) != ()
    assert cycles(evening) == ()


def test_commitments_are_of_every_kind(evening: Plan) -> None:
    made = evening.commitments
    assert {bool(each.signed_by) for each in made} == {each.on_behalf for each in made} == {each.due_on is None for each in made} == {True, False}
    assert all(each.signed_on and each.signed_on <= TODAY for each in made if each.signed_by)
    assert {each.party for each in made} <= set(evening.parties)
    assert {bool(each.goal) for each in made} == {True, False}


def test_lessons_tell_of_failures_too(evening: Plan) -> None:
    assert {lesson.worked for lesson in evening.lessons} == set(Worked)
    assert all(lesson.at and lesson.by and lesson.for_whom and lesson.conditions for lesson in evening.lessons)


def test_the_follow_up_is_planned_with_days_that_have_been_and_days_to_come(evening: Plan) -> None:
    assert evening.follow_up
    days = [each.on for each in evening.follow_up.informed_on]
    assert days == sorted(days) and days[0] < TODAY < days[-1]


def test_the_small_plans_hold_together(town: DemoTown) -> None:
    small = [town.partnerships[0].plans[1], town.partnerships[1].plans[0]]
    assert [plan.name for plan in small] == ["Trygg skolväg", "Lugn vid badplatsen"]
    assert [check(plan, TODAY).remarks for plan in small] == [(), ()]


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2028, 2, 29), date(2031, 12, 31)])
def test_the_town_is_as_fresh_on_any_day(today: date) -> None:
    then, now = demo_town(today), demo_town(TODAY)
    late = [[action.number for action in plan.actions if action.due_on and action.due_on < day]
            for day, town in ((today, then), (TODAY, now)) for plan in town.partnerships[0].plans[:1]]
    assert late[0] == late[1]
    assert then.partnerships[0].plans[0].period == f"{today.year - 2}–{today.year + 1}"


def test_nothing_has_happened_after_today(town: DemoTown) -> None:
    moments = [value for value in values_in(town) if isinstance(value, datetime)]
    assert moments and all(moment.date() <= TODAY and moment.tzinfo for moment in moments)
    steps = [step for plan in town.partnerships[0].plans for action in plan.actions for step in action.steps]
    assert all(step.done_on is None or step.done_on <= TODAY for step in steps)


def test_no_text_names_a_year_or_a_month_that_would_grow_old(town: DemoTown) -> None:
    texts = [value for partnership in town.partnerships for plan in partnership.plans for value in values_in(plan)
             if isinstance(value, str) and value != plan.period]
    months = "januari|februari|april|maj|juni|juli|augusti|september|oktober|november|december"
    assert [text for text in texts if re.search(rf"\b(?:20\d\d|{months})\b", text)] == []


def test_ids_are_never_used_twice(town: DemoTown) -> None:
    for plan in (plan for partnership in town.partnerships for plan in partnership.plans):
        ids = [plan.id] + [row.id for rows in (plan.problems, plan.causes, plan.goals, plan.actions, plan.decisions_asked, plan.bundles,
                                               plan.commitments, plan.lessons) for row in rows]
        ids += [row.id for action in plan.actions for row in (*action.steps, *action.check_ins)]
        assert len(ids) == len(set(ids))


def test_offsets_become_days() -> None:
    plan = demo_plan(RAW, TODAY)
    assert (plan.actions[0].due_on, plan.goals[0].baseline_on, plan.period) == (date(2026, 12, 3), date(2026, 11, 20), "2026–2027")


@pytest.mark.parametrize(("rows", "wrong", "told"), [
    ("actions", {"respnsible": "Bo"}, "Action has no respnsible"),
    ("causes", {"problem": "p9"}, "x-p9"),
    ("actions", {"causes": [7]}, "x-o7"),
    ("causes", {"directness": "sideways"}, "sideways"),
    ("actions", {"depends_on": ["9.9"]}, "x-9.9"),
    ("actions", {"bundle": "k9"}, "x-k9"),
])
def test_a_fault_in_the_yaml_stops_the_reading(rows: str, wrong: dict[str, object], told: str) -> None:
    raw = {**RAW, rows: [{**RAW[rows][0], **wrong}]}  # type: ignore[dict-item]
    with pytest.raises(ValueError, match=told) as stopped:
        demo_plan(raw, TODAY)
    assert isinstance(stopped.value, WrongDemo) or "sideways" in told
