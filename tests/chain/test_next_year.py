"""Next year's plan: its name, its years, and the days that go on into it."""

from __future__ import annotations

from datetime import date

import pytest

from samsyn.chain.next_year import a_year_ahead, moved, next_plan
from samsyn.chain.plan import Action, Goal

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(("name", "period", "wanted"), [
    ("Lillby plan 2027", "", ("Lillby plan 2028", "2028", 2028, 1)),
    ("Lillby plan 2027", "2027", ("Lillby plan 2028", "2028", 2028, 1)),
    ("Trygg kväll i centrum", "2024–2027", ("Trygg kväll i centrum 2028–2031", "2028–2031", 2028, 4)),
    ("Plan 2026-2027", "", ("Plan 2028-2029", "2028–2029", 2028, 2)),
    ("Trygg i Lillby", "", ("Trygg i Lillby 2027", "2027", 2027, 1)),
    ("Plan, dnr 120271", "2027", ("Plan, dnr 120271 2028", "2028", 2028, 1)),
])
def test_the_next_plan_comes_after_the_last_year_that_is_named(name: str, period: str, wanted: tuple[str, str, int, int]) -> None:
    found = next_plan(name, period, TODAY)
    assert (found.name, found.period, found.first_year, found.years) == wanted


def test_days_of_the_old_year_are_moved_and_others_kept() -> None:
    action = Action(id="1", start_on=date(2027, 2, 1), due_on=date(2027, 6, 15), effect_from=date(2028, 1, 1), due_typed="juni 2027")
    ahead = moved(action, 2028, 1)
    assert isinstance(ahead, Action)
    assert (ahead.start_on, ahead.due_on, ahead.effect_from, ahead.due_typed) == (date(2028, 2, 1), date(2028, 6, 15), date(2028, 1, 1), "juni 2028")


def test_what_is_under_way_keeps_the_day_it_began() -> None:
    ahead = moved(Action(id="1", start_on=date(2027, 2, 1), due_on=date(2027, 6, 15)), 2028, 1, has_begun=True)
    assert isinstance(ahead, Action)
    assert (ahead.start_on, ahead.due_on) == (date(2027, 2, 1), date(2028, 6, 15))


def test_the_day_of_a_measured_baseline_is_never_moved() -> None:
    ahead = moved(Goal(id="1", baseline_on=date(2026, 11, 10), due_on=date(2027, 12, 1)), 2028, 1)
    assert isinstance(ahead, Goal)
    assert (ahead.baseline_on, ahead.due_on) == (date(2026, 11, 10), date(2028, 12, 1))


def test_a_leap_day_becomes_the_day_before() -> None:
    assert a_year_ahead(date(2028, 2, 29)) == date(2029, 2, 28)
    assert a_year_ahead(date(2028, 2, 29), 4) == date(2032, 2, 29)
