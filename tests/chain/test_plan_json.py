"""An adopted plan is kept by field name for years."""

import json
from dataclasses import replace
from datetime import date

import pytest

from samsyn.chain.demo_town import demo_town
from samsyn.chain.plan_json import NotAPlan, plan_from_json, plan_to_json

PLAN = demo_town(date(2026, 11, 22)).partnerships[0].plans[0]


def test_a_plan_comes_back_as_it_was() -> None:
    assert plan_from_json(json.loads(json.dumps(plan_to_json(PLAN)))) == PLAN


def test_a_field_that_has_come_since_gets_its_default() -> None:
    raw = plan_to_json(PLAN)
    del raw["plan"]["summary"]
    assert plan_from_json(raw) == replace(PLAN, summary="")


def test_a_field_that_has_gone_is_left_out() -> None:
    raw = plan_to_json(PLAN)
    raw["plan"]["colour_of_the_cover"] = "blue"
    assert plan_from_json(raw) == PLAN


@pytest.mark.parametrize("raw", [{}, {"version": 99, "plan": {}}, {"version": 1, "plan": []}, {"version": 1, "plan": {"id": 3}}])
def test_something_else_is_no_plan(raw: dict) -> None:
    with pytest.raises(NotAPlan):
        plan_from_json(raw)
