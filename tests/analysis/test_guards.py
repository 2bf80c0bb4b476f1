"""When few are counted: the limits themselves, and just beside them."""

from __future__ import annotations

import pytest

from samsyn.analysis.estimate import Estimate
from samsyn.analysis.guards import UNCERTAIN, bounds_come_first, guarded, guarded_effect


def of(n: int, reason: str = "") -> Estimate:
    return Estimate(0.5, n, "share", "wilson", 0.3, 0.7, settings={"a": 1}, reason=reason)


@pytest.mark.parametrize(
    ("n", "interval", "said"),
    [(0, False, "Färre än 5"), (4, False, "Färre än 5"), (5, True, UNCERTAIN), (19, True, UNCERTAIN), (20, True, ""), (500, True, "")],
)
def test_a_number_of_few_has_no_interval_and_of_some_is_uncertain(n: int, interval: bool, said: str) -> None:
    told = guarded(of(n))
    assert told.value == 0.5 and (told.low is not None) is interval is (told.high is not None)
    assert told.reason.startswith(said) and bool(told.reason) is bool(said)


@pytest.mark.parametrize(("n", "is_told", "said"), [(4, False, "Färre än 10 par"), (9, False, "Färre än 10 par"), (10, True, UNCERTAIN), (20, True, "")])
def test_an_effect_of_fewer_than_ten_is_not_told_at_all(n: int, is_told: bool, said: str) -> None:
    told = guarded_effect(of(n))
    assert told.is_told is is_told and told.reason.startswith(said) and bool(told.reason) is bool(said)
    assert (told.n, told.unit, told.method, dict(told.settings)) == (n, "share", "wilson", {"a": 1})


def test_a_reason_that_is_there_is_kept() -> None:
    assert guarded(of(12, "Sagt förut.")).reason == "Sagt förut."
    assert guarded(of(30, "Sagt förut.")).reason == "Sagt förut."


def test_what_cannot_be_told_is_let_be() -> None:
    nothing = Estimate(None, 3, "sd", "d_av", reason="Varför.")
    assert guarded(nothing) is nothing and guarded_effect(nothing) is nothing


@pytest.mark.parametrize(("followed", "ended", "first"), [(69, 100, True), (70, 100, False), (0, 1, True), (1, 1, False), (0, 0, False)])
def test_the_bounds_come_first_below_seventy_per_cent(followed: int, ended: int, first: bool) -> None:
    assert bounds_come_first(followed, ended) is first
