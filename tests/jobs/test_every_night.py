"""A copy a night; a night that was missed is caught up at once, and a failure is tried again."""

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

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


NIGHT = """
from datetime import UTC, datetime
from pathlib import Path
from samsyn.cli.nightly import tonight
tonight(Path({folder!r}), datetime(2026, 12, {day}, 3, 0, tzinfo=UTC))
"""


@pytest.mark.parametrize(("day", "is_kept"), [(6, True), (8, False)], ids=["after thirteen days", "after fifteen days"])
def test_a_file_that_nobody_took_in_is_dropped_by_the_night_and_everything_is_copied(tmp_path: Path, day: int, is_kept: bool) -> None:
    environment = {**os.environ, "SAMSYN_FOLDER": str(tmp_path), "DJANGO_SETTINGS_MODULE": "samsyn.site.settings"}
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, str(root / "tests" / "flows" / "holds_a_file.py")], env=environment, check=True, cwd=root)  # received 2026-11-23
    environment.pop("DJANGO_SETTINGS_MODULE")
    subprocess.run([sys.executable, "-c", NIGHT.format(folder=str(tmp_path), day=day)], env=environment, check=True, cwd=root)
    with closing(sqlite3.connect(tmp_path / "samsyn.sqlite3")) as database:
        found = database.execute("SELECT content IS NOT NULL, length(sha256) FROM source_sourcefile WHERE name = 'vanlig.csv'").fetchall()
    assert found == [(int(is_kept), 64)]
    assert len(list((tmp_path / "backup").glob("samsyn-*.zip"))) == 1
