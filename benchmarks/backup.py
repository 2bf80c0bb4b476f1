"""
Safety copies of a large installation, made while somebody writes without pause, and every one of them put back.

A copy counts only if what is put back has the very hashes the copy names, is whole, and holds every check-in that was
saved before the copy was begun. The baseline is a plain copy of the same bytes, which would be torn by the writing.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks._web_server import ROOT, SAMSYN, environment, free_port, said_by
from benchmarks.measured import CommandFailed, Figure

MEGABYTES, COPIES = 100, 20
DATABASE, KEY, MANIFEST = "samsyn.sqlite3", "secret_key", "manifest.json"
WRITTEN = "skriven under kopian "


@dataclass(frozen=True, slots=True)
class Round:
    """
    One copy, put back.

    copying, verifying, plain   seconds: `samsyn backup`, `samsyn restore --verify`, and a plain copy of the database's bytes
    is_same                     it came back with the hashes it names, whole, and lost nothing that was saved before it
    during                      how many check-ins were saved while it was made
    slowest_write               seconds
    """

    copying: float
    verifying: float
    plain: float
    is_same: bool
    during: int
    slowest_write: float


def run() -> list[Figure]:
    """Make an installation of 100 MB, copy it twenty times while a process writes, and put every copy back."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "var"
        folder.mkdir()
        town = said_by("_backup_town", "fill", str(MEGABYTES), folder=folder)
        with _writer(folder, town) as log:
            rounds = [_round(folder, Path(name), log) for _ in range(COPIES)]
        size = (folder / DATABASE).stat().st_size / 1e6
    plain, slowest = median(one.plain for one in rounds), max(one.copying for one in rounds)
    return [
        Figure("database that is copied", size, "MB", limit=MEGABYTES * 0.95, at_least=True),
        Figure("samsyn backup while somebody writes, median", median(one.copying for one in rounds), "s", plain, "plain copy of the bytes"),
        Figure(f"samsyn backup, slowest of {COPIES}", slowest, "s", plain, "plain copy of the bytes", 5),
        Figure("samsyn restore --verify", median(one.verifying for one in rounds), "s", plain, "plain copy of the bytes"),
        Figure("copies put back with identical hashes", sum(one.is_same for one in rounds), "copies", COPIES, "made", COPIES, at_least=True),
        Figure("check-ins saved during a copy, fewest", min(one.during for one in rounds), "rows", limit=1, at_least=True),
        Figure("slowest check-in during a copy", max(one.slowest_write for one in rounds), "s"),
    ]


@contextmanager
def _writer(folder: Path, town: str) -> Iterator[Path]:
    """Let a process write check-ins all the while; give the file where it notes each that is saved."""
    log = folder / "written.txt"
    with log.open("wb") as notes:
        writer = subprocess.Popen([sys.executable, "-m", "benchmarks._backup_town", "write", town], env=environment(folder), cwd=ROOT, stdout=notes)
    try:
        while not _notes(log):
            if writer.poll() is not None:
                raise CommandFailed("the writer ended before it had written anything")
            time.sleep(0.05)
        yield log
        if writer.poll() is not None:
            raise CommandFailed("the writer ended before the copies were made")
    finally:
        writer.terminate()
        writer.wait()


def _notes(log: Path) -> list[tuple[int, float, float]]:
    """Return number, when and seconds of each check-in that was noted; a line that is being written is left for the next time."""
    whole = log.read_text(encoding="ascii").rpartition("\n")[0]
    return [(int(number), float(at), float(took)) for number, at, took in (line.split() for line in whole.splitlines())]


def _round(folder: Path, scratch: Path, log: Path) -> Round:
    target, back = scratch / "copy.zip", scratch / "back"
    saved, began = len(_notes(log)), time.time()
    copying = _seconds([SAMSYN, "backup", "-o", str(target)], folder)
    ended = time.time()
    during = [took for _, at, took in _notes(log) if began <= at <= ended]
    verifying = _seconds([SAMSYN, "restore", str(target), "--verify"], folder)
    _seconds([SAMSYN, "restore", str(target)], back)
    is_same = _is_same(target, back, saved)
    plain = _plain_copy(back / DATABASE, scratch / "plain")
    shutil.rmtree(back)
    return Round(copying, verifying, plain, is_same, len(during), max(during, default=0.0))


def _seconds(command: list[str], folder: Path) -> float:
    """Run a command for an installation; return the seconds by the clock. Raises CommandFailed if it does not end well."""
    started = time.perf_counter()
    done = subprocess.run(command, env=environment(folder, SAMSYN_PORT=str(free_port())), capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandFailed(f"{' '.join(command)}: {done.stderr[-500:]}")
    return time.perf_counter() - started


def _is_same(copy: Path, back: Path, saved: int) -> bool:
    """Whether what was put back is to the byte what the copy names and holds, is whole, and has what was saved before."""
    with zipfile.ZipFile(copy) as packed:
        named = json.loads(packed.read(MANIFEST))["hashes"]
        held = {name: hashlib.sha256(packed.read(name)).hexdigest() for name in (DATABASE, KEY)}
    found = {name: hashlib.sha256((back / name).read_bytes()).hexdigest() for name in (DATABASE, KEY)}
    with closing(sqlite3.connect(f"file:{back / DATABASE}?mode=ro", uri=True)) as database:
        whole = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        numbers = {int(text.removeprefix(WRITTEN)) for (text,) in database.execute("SELECT text FROM plan_checkin WHERE text LIKE ?", (f"{WRITTEN}%",))}
    return named == held == found and whole and numbers >= set(range(1, saved + 1))


def _plain_copy(source: Path, target: Path) -> float:
    """Copy the bytes of a file to the disk and return the seconds."""
    started = time.perf_counter()
    shutil.copyfile(source, target)
    with target.open("rb") as written:
        os.fsync(written.fileno())
    return time.perf_counter() - started
