"""What is done every minute: a fault is logged and does not end the clock, nor does a machine whose clock is set."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

MINUTE = 60.0
log = logging.getLogger(__name__)


def run_every_minute(task: Callable[[], object], stop: threading.Event, *, is_wanted: Callable[[], bool] = lambda: True) -> None:
    """
    Do a task, rest for a minute, and do it again, until told to stop or no longer wanted.

    is_wanted   False when the process that it is done for has ended
    """
    while not stop.is_set() and is_wanted():
        try:
            task()
        except Exception:
            log.exception("What is done every minute failed")
        stop.wait(MINUTE)


def start_beside(run: Callable[[], object]) -> threading.Event:
    """Start a task that goes on by itself, beside the server; if it ends, or cannot be started, it is started again after a minute."""
    stop = threading.Event()
    threading.Thread(target=run_every_minute, args=(run, stop), daemon=True, name="every minute").start()
    return stop
