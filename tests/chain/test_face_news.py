"""A suggestion is shown again to somebody who has set the face only if it differs and something newer is known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from samsyn.chain.choices import Implementation, Result
from samsyn.chain.face_news import is_implementation_news, is_result_news
from samsyn.chain.plan import Action, CheckIn, Face, Step

TODAY = date(2027, 3, 1)
NOON = datetime(2027, 2, 10, 12, tzinfo=UTC)


def dial(value: Implementation, **about: Any) -> Action:
    return Action(id="a", implementation=Face(value=value, at=NOON, by="Anna"), **about)


def check_in(hour: int, day: int = 10, said: Implementation = Implementation.DONE_IN_PART) -> CheckIn:
    return CheckIn(id=f"{day}-{hour}", at=datetime(2027, 2, day, hour, tzinfo=UTC), implementation=said)


IMPLEMENTATIONS: list[tuple[Action, bool]] = [
    (Action(id="a"), True),
    (Action(id="a", implementation=Face(value=Implementation.DONE, by_file=True)), True),
    (dial(Implementation.UNDER_WAY), False),  # nothing is newer
    (dial(Implementation.UNDER_WAY, check_ins=(check_in(11),)), False),
    (dial(Implementation.UNDER_WAY, check_ins=(check_in(13),)), True),  # the same day, an hour later
    (dial(Implementation.DONE_IN_PART, check_ins=(check_in(13),)), False),  # it says the same
    (dial(Implementation.NOT_STARTED, steps=(Step(id="s", done_on=date(2027, 2, 10)),)), False),
    (dial(Implementation.NOT_STARTED, steps=(Step(id="s", done_on=date(2027, 2, 11)),)), True),
]


@pytest.mark.parametrize(("action", "is_news"), IMPLEMENTATIONS)
def test_the_dial_is_suggested_again_only_for_something_newer_that_differs(action: Action, is_news: bool) -> None:
    assert is_implementation_news(action, TODAY) is is_news


def face(value: Result, **about: Any) -> Action:
    going = Face(value=Implementation.UNDER_WAY, at=NOON, by="Anna")
    return Action(id="a", result=Face(value=value, at=NOON, by="Anna"), implementation=going, **about)


RESULTS: list[tuple[Action, tuple[date, ...], bool]] = [
    (Action(id="a"), (), True),
    (face(Result.BETTER), (), False),
    (face(Result.TOO_EARLY, effect_from=date(2027, 2, 20)), (), True),  # the day has come since
    (face(Result.TOO_EARLY, effect_from=date(2027, 2, 1)), (), False),  # it had come already
    (face(Result.TOO_EARLY, effect_from=date(2027, 4, 1)), (), False),
    (face(Result.BETTER), (date(2027, 2, 11),), True),
    (face(Result.BETTER), (date(2027, 2, 10),), False),
    (face(Result.TOO_EARLY), (date(2027, 2, 11),), False),  # it says the same
]


@pytest.mark.parametrize(("action", "known_on", "is_news"), RESULTS)
def test_the_result_is_suggested_again_only_for_something_newer_that_differs(action: Action, known_on: tuple[date, ...], is_news: bool) -> None:
    assert is_result_news(action, TODAY, known_on) is is_news
