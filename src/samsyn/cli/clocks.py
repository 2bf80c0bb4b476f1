"""
The clocks of `samsyn serve`: a small process that lives as long as the server, and calls a large one when there is something to do.

The workers are forked from the server's process, which must not open the database itself (see serve.copy_apart), so the
clocks are a process of their own. It asks the database once a minute, in SQL and without Django: some 20 MB instead of
75, and about a millisecond. What is found is done by `samsyn.cli.clock_round`, which ends when it is done: the memory of
a large morning is given back, and the program is loaded when it is needed instead of 1,440 times a day.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

from samsyn.jobs.every_minute import run_every_minute
from samsyn.site.parent import end_with_parent

SEVEN = time(7, 0)
HOUR = 3600
REST_AFTER_FAULT = timedelta(minutes=10)
OVERLAP = timedelta(minutes=2)  # a letter's moment is the request's first, and it is there when the request is done
KILLED_AFTER = timedelta(minutes=10)
SWEDEN = ZoneInfo("Europe/Stockholm")

NEW_LETTERS = "SELECT 1 FROM outbox_letter WHERE state = 'ready' AND email > '' AND not_before_at > ? AND not_before_at <= ? LIMIT 1"
LEFT_LETTERS = "SELECT 1 FROM outbox_letter WHERE state = 'sending' AND claimed_at <= ? LIMIT 1"
WAITING_LETTERS = "SELECT 1 FROM outbox_letter WHERE state = 'ready' AND email > '' AND not_before_at <= ? LIMIT 1"
WAITING_NOTICES = "SELECT 1 FROM outbox_notice WHERE letter_id IS NULL AND dropped_at IS NULL AND person <> 'styrgruppen' LIMIT 1"


class Watch:
    """
    Whether there is something to do, asked once a minute.

    sends_mail   False where there is no mail server: letters are then written, and nobody is woken to send them
    run          does it; False = it failed, and is tried again when it has rested
    """

    def __init__(self, database: Path, run: Callable[[], bool], *, sends_mail: bool = True) -> None:
        self._database, self._run, self._sends_mail = database, run, sends_mail
        self._last: datetime | None = None
        self._failed_at: datetime | None = None

    def tick(self, now: datetime) -> None:
        """Do what is due at a moment."""
        if self.is_due(now):
            self._last = now
            self._failed_at = None if self._run() else now

    def is_due(self, now: datetime) -> bool:
        """
        Return whether there is something to do: at the start, at seven, when a letter has come or its next try, or one was left in the midst.

        What waits for the quiet hours to end, or for its person's week, is looked at once an hour: they end at whole hours.
        A clock that has been set back begins anew.
        """
        if self._last is None or now < self._last:
            return True
        if self._failed_at is not None and now - self._failed_at < REST_AFTER_FAULT:
            return False
        if self._failed_at is not None or self._last < latest_seven(now) or self._finds(LEFT_LETTERS, now - KILLED_AFTER):
            return True
        is_new_hour = now.timestamp() // HOUR != self._last.timestamp() // HOUR
        if is_new_hour and (self._finds(WAITING_NOTICES) or (self._sends_mail and self._finds(WAITING_LETTERS, now))):
            return True
        return self._sends_mail and self._finds(NEW_LETTERS, self._last - OVERLAP, now)

    def _finds(self, question: str, *moments: datetime) -> bool:
        import pysqlite3

        with closing(pysqlite3.connect(f"file:{self._database}?mode=ro", uri=True, timeout=20)) as database:
            return database.execute(question, [_stored(moment) for moment in moments]).fetchone() is not None


def latest_seven(now: datetime) -> datetime:
    """Return the latest seven o'clock by the Swedish clock. Whether that day has a morning's work is for the one who does it to say."""
    day = now.astimezone(SWEDEN).date()
    seven = datetime.combine(day, SEVEN, SWEDEN)
    return seven if seven <= now else datetime.combine(day - timedelta(days=1), SEVEN, SWEDEN)


class Rounds:
    """The large process, one at a time. `stop` is set when it is to end after the letter in its hands."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._running: subprocess.Popen[bytes] | None = None

    def end(self, number: int, frame: FrameType | None) -> None:
        """Take a signal to end: pass it on, and begin no more."""
        self.stop.set()
        if self._running is not None:
            self._running.terminate()

    def run(self) -> bool:
        """Do one round, and return whether it went well."""
        if self.stop.is_set():
            return True
        self._running = subprocess.Popen([sys.executable, "-m", "samsyn.cli.clock_round"], stdout=subprocess.DEVNULL)
        is_well = self._running.wait() == 0
        self._running = None
        return is_well


def main() -> None:
    """Run the clocks until the server ends or asks for it."""
    end_with_parent()
    parent, rounds = os.getppid(), Rounds()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, rounds.end)
    from samsyn.site.config import read_config

    config = read_config()
    watch = Watch(config.database, rounds.run, sends_mail=config.sends_mail)
    run_every_minute(lambda: watch.tick(datetime.now(UTC)), rounds.stop, is_wanted=lambda: os.getppid() == parent)


def _stored(moment: datetime) -> str:
    """Return a moment as Django stores it in SQLite: UTC, without time zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


if __name__ == "__main__":
    main()
