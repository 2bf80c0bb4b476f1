"""Every field of every estimate is as the ledger holds it, and a level that is asked for is the level that is used."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from tests.analysis.every_estimate import LEDGER, LEVEL, calls, told_by

CALLS = dict(calls())


@cache
def ledger() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(LEDGER.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


def differences(held: Any, told: Any, place: str = "") -> Iterator[str]:
    """Yield where what came back is not what is held; what a mapping has beside what is held is let be."""
    if isinstance(held, dict) and isinstance(told, dict):
        for key, value in held.items():
            yield from differences(value, told.get(key, "missing"), f"{place}.{key}")
    elif isinstance(held, list) and isinstance(told, list) and len(held) == len(told):
        for number, (one, other) in enumerate(zip(held, told, strict=True)):
            yield from differences(one, other, f"{place}[{number}]")
    elif isinstance(held, int | float) and not isinstance(held, bool) and isinstance(told, int | float) and not isinstance(told, bool):
        if told != pytest.approx(held, rel=1e-6, abs=1e-9):
            yield f"{place}: {held} is held, {told} came"
    elif held != told or type(held) is not type(told):
        yield f"{place}: {held!r} is held, {told!r} came"


def test_the_ledger_holds_every_call_and_no_other() -> None:
    assert list(ledger()) == list(CALLS) and len(CALLS) > 400


@pytest.mark.parametrize("first", [name for place, name in enumerate(CALLS) if place % 12 == 0])
def test_what_comes_back_is_what_is_held(first: str) -> None:
    names = list(CALLS)
    place = names.index(first)
    found = [f"{name}{one}" for name in names[place : place + 12] for one in differences(ledger()[name], told_by(CALLS[name]))]
    assert found == []


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ({"value": 1.0}, {"value": 1.1}),
        ({"value": 1.0}, {"value": None}),
        ({"value": None}, {"value": 0.0}),
        ({"unit": "share"}, {"unit": None}),
        ({"settings": {"a": 1}}, {"settings": {}}),
        ({"reason": True}, {"reason": False}),
        ([1, 2], [1]),
        ([1], {"a": 1}),
        (True, 1),
    ],
)
def test_a_planted_difference_is_seen(held: Any, told: Any) -> None:
    assert list(differences(held, told)) and not list(differences(held, held))


def test_a_setting_more_is_no_difference() -> None:
    assert not list(differences({"a": 1}, {"a": 1 + 1e-12, "b": 2}))


def estimates(held: Any) -> Iterator[dict[str, Any]]:
    """Yield every estimate of what is held."""
    if isinstance(held, dict) and "unit" in held:
        yield held
    elif isinstance(held, dict | list):
        for one in held.values() if isinstance(held, dict) else held:
            yield from estimates(one)


def test_the_level_asked_for_is_the_level_of_every_interval() -> None:
    found = [(name, one) for name, held in ledger().items() for one in estimates(held) if one["low"] is not None]
    assert len(found) > 300
    assert [name for name, one in found if one["level"] != LEVEL and not name.startswith("guarded")] == []


def test_what_cannot_be_told_says_why_and_what_it_would_have_been() -> None:
    every = [(name, one) for name, held in ledger().items() for one in estimates(held)]
    assert [name for name, one in every if one["value"] is None and not one["reason"]] == []
    assert [name for name, one in every if not (one["unit"] and one["method"])] == []
