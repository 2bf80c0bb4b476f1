"""
The morning's reminders of a large collaboration: 10,000 open actions and 3,000 people, in a process of their own, as `samsyn serve` does them.

The baseline reads the same actions and writes as many rows with plain SQL. Then the morning is done by two processes at once, and
its letters are handed to a mail server on loopback by two at once: nothing may be queued or come twice.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._web_server import ROOT, environment, said_by
from benchmarks.measured import CommandFailed, Figure
from tests.mail_server import mail_server

ACTIONS, PEOPLE = 10_000, 3_000
MAILED_ACTIONS, MAILED_PEOPLE = 400, 150  # enough for two processes to meet: each letter waits for the disk twice
MOST_SECONDS, MOST_MEGABYTES = 30, 200


def run() -> list[Figure]:
    """Measure one morning, then two at once, then two that post."""
    with TemporaryDirectory() as name:
        folder, second = Path(name) / "var", Path(name) / "second"
        made = json.loads(said_by("_notices_town", "fill", str(ACTIONS), str(PEOPLE), folder=folder))
        if (made["actions"], made["people"]) != (ACTIONS, PEOPLE):
            raise CommandFailed(f"the town is not what it is to be: {made}")
        shutil.copytree(folder, second)
        plain = json.loads(said_by("_notices_town", "baseline", folder=folder))
        once = json.loads(said_by("_notices_town", "morning", folder=folder))
        both = _at_once("morning", folder=second)
        twice = _repeated(second, "outbox_notice", "kind || subject_id || person || period")
        alike = _rows(second) == _rows(folder) == once["queued"]
    return [
        Figure(f"morning of {ACTIONS:,} actions, {PEOPLE:,} people", once["seconds"], "s", plain["seconds"], "plain SQL, no history", MOST_SECONDS),
        Figure("the same, most memory of its process", once["megabytes"], "MB", limit=MOST_MEGABYTES),
        Figure("two mornings at once, the slower", max(one["seconds"] for one in both), "s", once["seconds"], "one alone", MOST_SECONDS),
        Figure("two mornings at once, most memory of one", max(one["megabytes"] for one in both), "MB", once["megabytes"], "one alone", MOST_MEGABYTES),
        Figure("notices that two mornings queued twice", twice + (not alike), "notices", limit=0),
        *_posted(),
    ]


def _posted() -> list[Figure]:
    """Let two processes post the same letters at once."""
    with TemporaryDirectory() as name, mail_server() as box:
        folder = Path(name) / "var"
        said_by("_notices_town", "fill", str(MAILED_ACTIONS), str(MAILED_PEOPLE), folder=folder)
        said_by("_notices_town", "morning", folder=folder)
        asked = _asked(folder)
        both = _at_once("post", str(box.port), folder=folder)
        sent = sum(one["sent"] for one in both)
        seconds = max(one["seconds"] for one in both)
    return [
        Figure("letters that two processes posted at once", sent, "letters", len(box.ids), "came", limit=asked, at_least=True),
        Figure("letters that came twice, or were counted and not come", len(box.ids) - len(set(box.ids)) + abs(sent - len(box.ids)), "letters", limit=0),
        Figure("writing and posting one letter", seconds / max(sent, 1) * 1000, "ms"),
    ]


def _at_once(*words: str, folder: Path) -> list[dict[str, float]]:
    """Run a part of the town's work in two processes at once; return what each says. Raises CommandFailed."""
    command = [sys.executable, "-m", "benchmarks._notices_town", *words]
    running = [subprocess.Popen(command, env=environment(folder), cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[0] for process in running]
    if any(process.returncode for process in running):
        raise CommandFailed(f"{' '.join(words)} did not end well")
    return [json.loads(text.splitlines()[-1]) for text in said]


def _repeated(folder: Path, table: str, key: str) -> int:
    """Return how many rows of a table have a key that another has."""
    with closing(sqlite3.connect(folder / "samsyn.sqlite3")) as database:
        return int(database.execute(f"SELECT count(*) - count(DISTINCT {key}) FROM {table}").fetchone()[0])


def _rows(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "samsyn.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM outbox_notice").fetchone()[0])


def _asked(folder: Path) -> int:
    """Return how many people are to get a letter."""
    with closing(sqlite3.connect(folder / "samsyn.sqlite3")) as database:
        return int(database.execute("SELECT count(DISTINCT email) FROM outbox_notice WHERE email > ''").fetchone()[0])
