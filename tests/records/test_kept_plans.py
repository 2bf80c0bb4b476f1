"""A plan that is kept from one page to the next is the plan as it is now."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps

from samsyn.chain.plan import Action, Plan
from samsyn.records.access.triggers import logged_models
from samsyn.records.follow_up import kept
from samsyn.records.follow_up.kept import KEPT, KeptPlans
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan import models, writes
from tests.records.conftest import Room


@pytest.fixture
def committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rows of the test's transaction count as committed."""
    monkeypatch.setattr(kept, "connection", SimpleNamespace(in_atomic_block=False))
    KEPT.forget()


def plan_of(actions: int) -> Plan:
    return Plan(id="plan", actions=tuple(Action(id=str(n)) for n in range(actions)))


def key(with_story: bool = True) -> tuple[UUID, UUID, bool]:
    return uuid4(), uuid4(), with_story


def test_a_plan_is_found_after_the_same_event_and_no_other(committed: None) -> None:
    plans, here, event, plan = KeptPlans(10), key(), uuid4(), plan_of(3)
    plans.keep(here, event, plan)
    assert plans.find(here, event) is plan
    assert plans.find(here, uuid4()) is None
    assert plans.find(here, None) is None
    assert plans.find((uuid4(), *here[1:]), event) is None  # another partnership


def test_what_was_asked_for_longest_ago_is_forgotten_first(committed: None) -> None:
    plans, event, first, second, third = KeptPlans(10), uuid4(), key(), key(), key()
    plans.keep(first, event, plan_of(4))
    plans.keep(second, event, plan_of(4))
    assert plans.find(first, event)
    plans.keep(third, event, plan_of(4))
    assert plans.find(second, event) is None
    assert plans.find(first, event)
    assert plans.find(third, event)


def test_a_plan_that_is_too_large_is_not_kept(committed: None) -> None:
    plans, here, event = KeptPlans(10), key(), uuid4()
    plans.keep(here, event, plan_of(11))
    assert plans.find(here, event) is None


def test_inside_a_transaction_nothing_is_kept(db: None) -> None:
    plans, here, event = KeptPlans(10), key(), uuid4()
    plans.keep(here, event, plan_of(1))
    assert not plans.plans


def test_an_unchanged_plan_takes_one_query(room: Room, committed: None, django_assert_num_queries: Any) -> None:
    head = room.head
    first = plan_values(head, with_story=False)
    with django_assert_num_queries(1):
        assert plan_values(head, with_story=False) == first


def test_a_change_of_anything_is_seen_at_once(room: Room, committed: None) -> None:
    head = room.head
    before = {with_story: plan_values(head, with_story=with_story) for with_story in (True, False)}
    writes.add_check_in(action=room.action, organisation=room.organisation, values={"text": "Nytt sedan sist", "hindered": "Snön"}, **room.given)
    writes.add_action(plan=room.plan, values={"text": "Nattvandra"}, causes=[], goals=[], **room.given)
    for with_story, was in before.items():
        now = plan_values(head, with_story=with_story)
        assert {a.text for a in now.actions} - {a.text for a in was.actions} == {"Nattvandra"}
        assert any(c.hindered == "Snön" for a in now.actions for c in a.check_ins)


def test_the_head_that_is_given_is_the_one_that_is_shown(room: Room, committed: None) -> None:
    head = room.head
    plan_values(head)
    assert plan_values(replace(head, name="Nytt namn")).name == "Nytt namn"


def test_every_table_that_a_plan_is_made_of_leaves_its_changes_in_the_log() -> None:
    rooms = {"partnership", "situation", "plan", "follow_up"}
    tables = {model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in rooms}
    assert models.ActionCause in tables
    assert tables - set(logged_models()) == set()
