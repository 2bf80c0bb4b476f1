"""The clocks beside the server: nothing is done when there is nothing to do, and nothing that is due is forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from samsyn.cli.clocks import Watch, latest_seven
from samsyn.site.one_sender import SomebodySends, only_sender

TEN = datetime(2026, 11, 23, 9, 0, 30, tzinfo=UTC)  # ten by the Swedish clock, and half a minute
MINUTE = timedelta(minutes=1)


class Clock:
    """A watch over a small database, and the moments when it found something to do."""

    def __init__(self, folder: Path, *, sends_mail: bool = True) -> None:
        self.database = folder / "samsyn.sqlite3"
        self.did: list[datetime] = []
        self.is_well = True
        self.watch = Watch(self.database, self._run, sends_mail=sends_mail)
        self.now = TEN
        with closing(sqlite3.connect(self.database)) as database:
            database.execute("CREATE TABLE outbox_letter (state TEXT, email TEXT, not_before_at TEXT, claimed_at TEXT)")
            database.execute("CREATE TABLE outbox_notice (letter_id TEXT, dropped_at TEXT, person TEXT)")

    def _run(self) -> bool:
        self.did.append(self.now)
        return self.is_well

    def at(self, now: datetime) -> bool:
        """Tick at a moment; return whether there was something to do."""
        self.now = now
        before = len(self.did)
        self.watch.tick(now)
        return len(self.did) > before

    def letter(self, not_before: datetime, *, state: str = "ready", email: str = "bo@granvik.example") -> None:
        self._add("INSERT INTO outbox_letter VALUES (?, ?, ?, ?)", state, email, f"{not_before:%Y-%m-%d %H:%M:%S}", f"{not_before:%Y-%m-%d %H:%M:%S}")

    def notice(self, person: str) -> None:
        self._add("INSERT INTO outbox_notice VALUES (NULL, NULL, ?)", person)

    def _add(self, words: str, *values: str) -> None:
        with closing(sqlite3.connect(self.database)) as database, database:
            database.execute(words, values)


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path)


def test_a_round_is_done_at_the_start_and_then_nothing_while_there_is_nothing_to_do(clock: Clock) -> None:
    assert clock.at(TEN)
    assert not any(clock.at(TEN + number * MINUTE) for number in range(1, 20 * 60))  # until six in the morning


def test_a_round_is_done_at_seven_by_the_swedish_clock(clock: Clock) -> None:
    clock.at(TEN)
    seven = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    assert not clock.at(seven - MINUTE) and clock.at(seven) and not clock.at(seven + MINUTE)
    assert latest_seven(datetime(2026, 7, 6, 5, 0, tzinfo=UTC)) == datetime(2026, 7, 6, 5, 0, tzinfo=UTC)  # summer time


def test_a_letter_that_somebody_asks_for_goes_within_the_minute_also_if_it_was_begun_before_the_last_round(clock: Clock) -> None:
    clock.at(TEN)
    assert not clock.at(TEN + 10 * MINUTE)
    clock.letter(TEN - MINUTE)
    assert clock.at(TEN + 11 * MINUTE)


def test_a_letter_whose_next_try_has_come_goes(clock: Clock) -> None:
    clock.at(TEN)
    clock.letter(TEN + 5 * MINUTE)
    assert [clock.at(TEN + number * MINUTE) for number in (4, 5)] == [False, True]


@pytest.mark.parametrize("given", [{"email": ""}, {"state": "sent"}, {"state": "failed"}])
def test_a_letter_that_nobody_is_to_send_wakes_nobody(clock: Clock, given: dict[str, Any]) -> None:
    clock.at(TEN)
    clock.letter(TEN + MINUTE, **given)
    assert not clock.at(TEN + 2 * MINUTE) and not clock.at(TEN + 60 * MINUTE)


@pytest.mark.parametrize("waits", [lambda clock: clock.notice("bo@granvik.example"), lambda clock: clock.letter(TEN - 60 * MINUTE)])
def test_what_waits_for_quiet_hours_or_for_a_week_is_looked_at_once_an_hour(clock: Clock, waits: Callable[[Clock], None]) -> None:
    clock.at(TEN)
    waits(clock)
    found = [number for number in range(1, 121) if clock.at(TEN + number * MINUTE)]
    assert found == [60, 120]


def test_where_there_is_no_mail_server_letters_wake_nobody_and_notices_do(tmp_path: Path) -> None:
    clock = Clock(tmp_path, sends_mail=False)
    clock.at(TEN)
    clock.letter(TEN + MINUTE)
    assert not clock.at(TEN + 2 * MINUTE) and not clock.at(TEN + 60 * MINUTE)
    clock.notice("bo@granvik.example")
    assert clock.at(TEN + 120 * MINUTE)


def test_the_steering_groups_list_wakes_nobody(clock: Clock) -> None:
    clock.at(TEN)
    clock.notice("styrgruppen")
    assert not clock.at(TEN + 60 * MINUTE)


def test_a_letter_that_was_left_in_the_midst_is_taken_care_of_after_ten_minutes(clock: Clock) -> None:
    clock.at(TEN)
    clock.letter(TEN, state="sending")
    assert [clock.at(TEN + number * MINUTE) for number in (9, 10)] == [False, True]


def test_a_round_that_fails_rests_for_ten_minutes_and_is_done_again(clock: Clock) -> None:
    clock.is_well = False
    assert clock.at(TEN)
    clock.letter(TEN + MINUTE)
    assert not clock.at(TEN + 2 * MINUTE)
    clock.is_well = True
    assert clock.at(TEN + 10 * MINUTE) and not clock.at(TEN + 13 * MINUTE)


def test_a_clock_that_is_set_back_begins_anew_and_one_that_is_set_forward_does_what_it_missed(clock: Clock) -> None:
    clock.at(TEN)
    assert clock.at(TEN - 60 * MINUTE) and not clock.at(TEN - 59 * MINUTE)
    assert clock.at(TEN + timedelta(days=31)) and clock.at(TEN)


def test_one_process_at_a_time_holds_the_right_to_send(tmp_path: Path) -> None:
    with only_sender(tmp_path) as is_alone:
        assert is_alone
        with pytest.raises(SomebodySends), only_sender(tmp_path):
            pytest.fail("two hold it")
    with only_sender(tmp_path) as is_alone:
        assert is_alone
