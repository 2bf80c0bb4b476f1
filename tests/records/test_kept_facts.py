"""What is kept holds until anything changes, and never what may not be committed."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from samsyn.records.access import kept_facts
from samsyn.records.access.kept_facts import KeptFacts, latest_change
from samsyn.records.plan import writes
from tests.records.conftest import Room


@pytest.fixture
def committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what the test does count as committed."""
    monkeypatch.setattr(kept_facts, "connection", SimpleNamespace(in_atomic_block=False))


class Counter:
    """Something that is made anew every time it is asked for."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_the_same_is_given_after_the_same_change_and_made_anew_after_another(committed: None) -> None:
    kept, make, event = KeptFacts(3), Counter(), uuid4()
    assert [kept.get("a", event, make) for _ in range(3)] == [1, 1, 1]
    assert kept.get("b", event, make) == 2
    assert kept.get("a", uuid4(), make) == 3
    kept.forget()
    assert kept.get("b", event, make) == 4


def test_what_was_asked_for_longest_ago_is_forgotten_first(committed: None) -> None:
    kept, make, event = KeptFacts(2), Counter(), uuid4()
    for key in ("a", "b", "a", "c"):
        kept.get(key, event, make)
    assert list(kept.facts) == ["a", "c"]


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_kept() -> None:
    kept, make, event = KeptFacts(2), Counter(), uuid4()
    assert [kept.get("a", event, make) for _ in range(2)] == [1, 2]
    assert not kept.facts


def test_before_anything_was_ever_changed_nothing_is_kept(committed: None) -> None:
    kept, make = KeptFacts(2), Counter()
    assert [kept.get("a", None, make) for _ in range(2)] == [1, 2]


def test_every_change_has_a_name_of_its_own(room: Room) -> None:
    before = latest_change()
    assert isinstance(before, UUID)
    writes.add_goal(plan=room.plan, problem=None, values={"text": "Ett mål"}, **room.given)
    assert latest_change() not in (None, before)
