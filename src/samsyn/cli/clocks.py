"""
The clocks of `samsyn serve`, in a process of their own that lives as long as the server: the morning's work and the post of every minute.

The workers are forked from the server's process, which must not open the database itself (see serve.copy_apart). One
process that stays costs its memory once; one a minute would load the whole program 1,440 times a day.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from samsyn.site.parent import end_with_parent

LARGE = 120e6  # bytes: at rest it holds some 75 MB
REST_AFTER_FAULT = timedelta(minutes=30)  # a morning that fails is not tried every minute


class Clocks:
    """What is done every minute. `stop` ends it between two letters."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._failed_at: datetime | None = None

    def tick(self) -> None:
        """Do the morning's work if it is time, then write and send what may go."""
        from django.conf import settings
        from django.db import connections

        from samsyn.cli.post_round import post_round
        from samsyn.site.one_sender import SomebodySends

        at = datetime.now(UTC)
        try:
            self._morning(at)
            post_round(settings.CONFIG, at, is_stopping=self._stop.is_set)
        except SomebodySends:
            pass  # somebody's `samsyn remind`: it does the same
        finally:
            connections.close_all()  # a copy that is put back, or a new version, finds nobody holding the old file

    def _morning(self, at: datetime) -> None:
        from samsyn.cli.post_round import morning_since
        from samsyn.jobs.every_morning import latest_morning

        if self._failed_at is not None and abs(at - self._failed_at) < REST_AFTER_FAULT:
            return
        self._failed_at = at if morning_since(latest_morning(at), at).failed else None


def start_afresh_if_large(held: float) -> None:
    """
    Become a new process of the same kind, with the same parent, if a large morning has left this one holding much memory.

    held   bytes of memory that this process holds now; Python gives little of it back
    """
    if held > LARGE:
        os.execv(sys.executable, [sys.executable, "-m", "samsyn.cli.clocks"])  # noqa: S606  our own program, no word of a user


def memory_held() -> float:
    """Return the bytes of memory that this process holds; 0 on a system that does not tell in this way."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") if pages.exists() else 0.0


def main() -> None:
    """Run the clocks until the server ends or asks for it."""
    end_with_parent()
    stop, parent = threading.Event(), os.getppid()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stop.set())
    from samsyn.jobs.every_minute import run_every_minute
    from samsyn.site.start import set_up

    set_up()
    clocks = Clocks(stop)

    def once() -> None:
        clocks.tick()
        if not stop.is_set():
            start_afresh_if_large(memory_held())

    run_every_minute(once, stop, is_wanted=lambda: os.getppid() == parent)


if __name__ == "__main__":
    main()
