"""The clocks beside the server: one tick does what is due, a failing morning rests, and much memory is given back."""

import os
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from samsyn.cli import clocks, post_round
from samsyn.cli.clocks import LARGE, Clocks, memory_held, start_afresh_if_large
from samsyn.flows.notices.morning import MorningResult
from samsyn.site.one_sender import SomebodySends, only_sender

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_a_morning_that_fails_is_tried_again_after_half_an_hour_also_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[datetime] = []
    monkeypatch.setattr(post_round, "morning_since", lambda since, at: asked.append(at) or MorningResult(failed=1))
    ticking = Clocks(threading.Event())
    for moment in (AT, AT + timedelta(minutes=1), AT + timedelta(minutes=31), AT - timedelta(hours=5)):
        ticking._morning(moment)
    assert asked == [AT, AT + timedelta(minutes=31), AT - timedelta(hours=5)]


def test_a_tick_while_somebody_else_sends_is_left_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def taken(*given: Any, **more: Any) -> None:
        asked.append(given)
        raise SomebodySends

    monkeypatch.setattr(post_round, "post_round", taken)
    monkeypatch.setattr(Clocks, "_morning", lambda self, at: None)
    Clocks(threading.Event()).tick()
    assert len(asked) == 1


def test_one_process_at_a_time_holds_the_right_to_send(tmp_path: Any) -> None:
    with only_sender(tmp_path) as is_alone:
        assert is_alone
        with pytest.raises(SomebodySends), only_sender(tmp_path):
            pytest.fail("two hold it")
    with only_sender(tmp_path) as is_alone:
        assert is_alone


def test_a_process_that_holds_much_memory_becomes_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda program, words: begun.append(words))
    start_afresh_if_large(LARGE - 1)
    assert begun == []
    start_afresh_if_large(LARGE + 1)
    assert begun[0][1:] == ["-m", "samsyn.cli.clocks"] and clocks.__name__ == "samsyn.cli.clocks"
    assert memory_held() > 10e6
