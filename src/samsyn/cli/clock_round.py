"""What the clocks of `samsyn serve` call when there is something to do: the morning's work if it is due, then the post."""

from __future__ import annotations

import signal
import sys
import threading
from datetime import UTC, datetime

from samsyn.site.parent import end_with_parent


def do_round(at: datetime, stop: threading.Event) -> bool:
    """
    Do the morning's work where it has not been done, then write and send what may go. Returns False if a partnership's morning failed.

    stop   set = the round ends after the letter in its hands
    """
    from django.conf import settings

    from samsyn.cli.post_round import morning_since, post_round
    from samsyn.jobs.every_morning import latest_morning
    from samsyn.site.one_sender import SomebodySends

    morning = morning_since(latest_morning(at), at)
    try:
        post_round(settings.CONFIG, at, is_stopping=stop.is_set)
    except SomebodySends:  # somebody's `samsyn remind`, which does the same
        return not morning.failed
    return not morning.failed


def main() -> None:
    """Do one round. Exit status 1 if a part of it failed."""
    end_with_parent()
    stop = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stop.set())
    from samsyn.site.start import set_up

    set_up()
    if not do_round(datetime.now(UTC), stop):
        sys.exit(1)


if __name__ == "__main__":
    main()
