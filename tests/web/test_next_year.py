"""Next year's plan in use: its name, its days, and what is known of each action from the plan before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.chain.plan import Action, Plan
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan.reads import plan_head, plan_heads
from tests.web.conftest import Town

Continue = Callable[..., tuple[Any, Action]]


def the_plan(town: Town, plan: Any) -> Plan:
    head = plan_head(town.partnership, plan)
    assert head is not None
    return plan_values(head)


@pytest.fixture
def continued(town: Town, anna: Client) -> Continue:
    """Make next year's plan of Bo's action, which Anna has said is under way; returns its address and the new action."""
    anna.post(reverse("set_face", args=[town.plan, town.bo_action]), {
        "implementation": "under_way", "result": "too_early", "rests_on": "", "why": "Två lag går", "once": uuid4().hex})

    def make(**said: str) -> tuple[Any, Action]:
        anna.post(reverse("next_year", args=[town.plan]), {"name": "Nästa år", "period": "2028", "actions": [str(town.bo_action)], "once": uuid4().hex, **said})
        made = next(h for h in plan_heads(town.partnership) if h.name == "Nästa år")
        (action,) = the_plan(town, made.id).actions
        return made.id, action

    return make


def test_the_form_suggests_the_years_after_the_plans_own(town: Town, anna: Client) -> None:
    page = anna.get(reverse("next_year", args=[town.plan])).content.decode()
    assert 'value="Trygg kväll i centrum 2028–2031"' in page and 'value="2028–2031"' in page  # the plan's period is 2024–2027
    assert "Flytta datumen fyra år fram" in page and "Utan krysset följer alla datum med som de är" in page


@pytest.mark.parametrize(("ticked", "years"), [({"moves_days": "on"}, 4), ({}, 0)])
def test_days_are_moved_when_asked_and_otherwise_kept_and_the_page_says_which(
        town: Town, anna: Client, continued: Continue, ticked: dict[str, str], years: int) -> None:
    plan, action = continued(**ticked)
    old = next(a for a in the_plan(town, town.plan).actions if a.id == str(town.bo_action))
    assert old.due_on and action.due_on and old.due_on.year < 2028
    assert action.due_on.year == old.due_on.year + years
    assert action.start_on == old.start_on, "what is under way keeps the day it began"
    said = anna.get(reverse("board", args=[plan])).content.decode()
    assert ("Datumen är flyttade." if years else "Datumen är desamma som i den gamla planen.") in said


def test_what_was_under_way_is_not_said_to_be_unstarted(town: Town, anna: Client, continued: Continue) -> None:
    plan, action = continued()
    board = anna.get(reverse("board", args=[plan])).content.decode()
    row = board.partition(action.text)[2].partition("</tr>")[0]
    assert "Inte sagt" in row and "pågick 2024–2027 enligt Anna" in row and "Inte påbörjad" not in row
    page = anna.get(reverse("action", args=[plan, action.id])).content.decode()
    assert f'href="{reverse("action", args=[town.plan, town.bo_action])}">samma åtgärd i Trygg kväll i centrum</a>' in page
    assert "Åtgärden pågick 2024–2027 enligt Anna." in page
    assert "Pågick 2024–2027 enligt Anna." in anna.get(reverse("report", args=[plan])).content.decode()


def test_what_somebody_says_this_year_takes_over(town: Town, anna: Client, continued: Continue) -> None:
    plan, action = continued()
    anna.post(reverse("set_face", args=[plan, action.id]), {
        "implementation": "not_started", "result": "too_early", "rests_on": "", "why": "Börjar i mars", "once": uuid4().hex})
    row = anna.get(reverse("board", args=[plan])).content.decode().partition(action.text)[2].partition("</tr>")[0]
    assert "Inte påbörjad" in row and "pågick" not in row
