"""What is done every night inside `samsyn serve`: old files dropped and a safety copy made. A night that was missed is caught up at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from samsyn.chain.wording import sweden

AT_NIGHT = time(3, 0)
DAY = timedelta(days=1)
log = logging.getLogger(__name__)


def next_run(now: datetime, last: datetime | None) -> datetime:
    """Return when the next copy is to be made: at night, or now if the last is more than a day old or there is none."""
    if last is None or now - last > DAY:
        return now
    local = now.astimezone(sweden())
    tonight = local.replace(hour=AT_NIGHT.hour, minute=AT_NIGHT.minute, second=0, microsecond=0)
    return (tonight if tonight > local else tonight + DAY).astimezone(UTC)


def run_nightly(make_copy: Callable[[], object], last_copy: Callable[[], datetime | None], stop: threading.Event) -> None:
    """Make a copy when it is time, until told to stop. A copy that fails is logged and tried again within the hour."""
    while not stop.is_set():
        now = datetime.now(UTC)
        due = next_run(now, last_copy())
        if due > now:
            stop.wait(min((due - now).total_seconds(), 3600))
            continue
        try:
            make_copy()
        except Exception:
            log.exception("The nightly copy failed")
            stop.wait(3600)


def start_nightly(make_copy: Callable[[], object], last_copy: Callable[[], datetime | None]) -> threading.Event:
    """Start the clock beside the server. Setting the event that comes back stops it."""
    stop = threading.Event()
    threading.Thread(target=run_nightly, args=(make_copy, last_copy, stop), daemon=True, name="every night").start()
    return stop
