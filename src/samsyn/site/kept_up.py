"""
The web server kept up: when its workers die faster than it puts up with, it is started again.

Granian starts a worker that has died anew, but gives up at once when the same one dies twice within 5.5 seconds. On a
machine that is short of memory that can happen to a sound program. Here a new server takes over after a short rest; only
one that falls again and again without a minute's peace between is given up, for then something is wrong with the program.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

PEACE = 60.0            # seconds a server must have stood for its fall to be counted as the first
MOST_FALLS = 10         # in a row, before it is given up
FIRST_REST, LONGEST_REST = 0.2, 5.0  # seconds before the next server; doubled for each fall


class Fell(Exception):
    """The server fell time after time. The message says so, and what to do, in Swedish."""


class Server(Protocol):
    """What is kept up. `serve` returns when somebody has asked it to stop, and raises SystemExit when its workers died."""

    interrupt_signal: bool

    def serve(self) -> None: ...


def keep_up(
    make: Callable[[], Server], *, told: Callable[[str], None],
    clock: Callable[[], float] = time.monotonic, rest: Callable[[float], None] = time.sleep,
) -> None:
    """
    Serve until somebody asks for a stop, with a new server for each that falls.

    make     makes a server that has not been started
    told     takes a Swedish sentence for the one who runs the server
    raises   Fell   after MOST_FALLS in a row
    """
    falls = 0
    with suppress(KeyboardInterrupt):  # asked to stop between two servers
        while fell_after := _seconds_until_fall(make, clock):
            listen_between_servers()
            falls = falls + 1 if fell_after < PEACE else 1
            if falls >= MOST_FALLS:
                raise Fell("Samsyn stannade: serverns processer dog gång på gång. Läs felen ovanför, rätta det de säger och starta igen.")
            told("Serverns processer dog. Samsyn startar dem igen.")
            rest(min(FIRST_REST * 2 ** (falls - 1), LONGEST_REST))


def _seconds_until_fall(make: Callable[[], Server], clock: Callable[[], float]) -> float | None:
    """Serve with one server. Return how long it stood until its workers died, None if it was asked to stop."""
    server, started = make(), clock()
    try:
        server.serve()
    except SystemExit:
        return None if server.interrupt_signal else max(clock() - started, 0.001)  # asked to stop while it was falling
    return None


def listen_between_servers() -> None:
    """Let Ctrl+C and a request to end raise KeyboardInterrupt: a server listens itself only while it stands."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.default_int_handler)
