"""Seven by the Swedish clock on working days; a morning that was missed is due at once, and a fault ends no clock."""

import threading
from datetime import UTC, datetime

import pytest

from samsyn.jobs.every_minute import run_every_minute, start_beside
from samsyn.jobs.every_morning import latest_morning


@pytest.mark.parametrize(("now", "morning"), [
    (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), datetime(2026, 11, 23, 6, 0, tzinfo=UTC)),    # Monday at seven, winter time
    (datetime(2026, 11, 23, 5, 59, tzinfo=UTC), datetime(2026, 11, 20, 6, 0, tzinfo=UTC)),   # a minute before: Friday's
    (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), datetime(2026, 11, 20, 6, 0, tzinfo=UTC)),   # Sunday: Friday's, if it was missed
    (datetime(2026, 7, 6, 5, 0, tzinfo=UTC), datetime(2026, 7, 6, 5, 0, tzinfo=UTC)),        # Monday at seven, summer time
    (datetime(2026, 3, 30, 5, 0, tzinfo=UTC), datetime(2026, 3, 30, 5, 0, tzinfo=UTC)),      # the Monday after the clocks went forward
    (datetime(2026, 10, 26, 5, 30, tzinfo=UTC), datetime(2026, 10, 23, 5, 0, tzinfo=UTC)),   # the Monday after they went back: not yet seven
    (datetime(2026, 12, 28, 5, 0, tzinfo=UTC), datetime(2026, 12, 23, 6, 0, tzinfo=UTC)),    # Christmas has no mornings
])
def test_the_latest_morning_that_was_to_be_done(now: datetime, morning: datetime) -> None:
    assert latest_morning(now) == morning


class Twice(threading.Event):
    """Stops a clock after its second rest."""

    rests = 0

    def wait(self, timeout: float | None = None) -> bool:
        self.rests += 1
        if self.rests == 2:
            self.set()
        return self.is_set()


def test_a_fault_is_logged_and_the_next_minute_comes(caplog: pytest.LogCaptureFixture) -> None:
    done = []

    def fail_once() -> None:
        done.append(1)
        if len(done) == 1:
            raise OSError("disk full")

    run_every_minute(fail_once, Twice())
    assert len(done) == 2 and "disk full" in caplog.text


def test_a_clock_ends_when_nobody_wants_it() -> None:
    done: list[int] = []
    run_every_minute(lambda: done.append(1), Twice(), is_wanted=lambda: not done)
    assert done == [1]


def test_a_clock_beside_the_server_is_stopped_by_its_event() -> None:
    began = threading.Event()
    stop = start_beside(began.set)
    assert began.wait(30)
    stop.set()
