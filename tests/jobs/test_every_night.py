"""A copy a night; a night that was missed is caught up at once, and a failure is tried again."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from samsyn.jobs.every_night import next_run, run_nightly

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(("last", "due"), [
    (None, NOON),
    (NOON - timedelta(hours=25), NOON),
    (NOON - timedelta(hours=9), datetime(2026, 11, 23, 2, 0, tzinfo=UTC)),
])
def test_when_the_next_copy_is_due(last: datetime | None, due: datetime) -> None:
    assert next_run(NOON, last) == due


def test_daylight_saving_does_not_move_the_night() -> None:
    before = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    assert next_run(before, before).hour == 1  # three in the morning in summer time


def test_a_copy_is_made_and_then_the_clock_waits(caplog: pytest.LogCaptureFixture) -> None:
    stop, made = threading.Event(), []

    def make() -> None:
        made.append(datetime.now(UTC))
        stop.set()

    run_nightly(make, lambda: made[-1] if made else None, stop)
    assert len(made) == 1 and not caplog.records


def test_a_copy_that_fails_is_logged_and_does_not_end_the_clock(caplog: pytest.LogCaptureFixture) -> None:
    class Once(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            self.set()
            return True

    def fail() -> None:
        raise OSError("disk full")

    run_nightly(fail, lambda: None, Once())
    assert "disk full" in caplog.text
