"""What the benchmarks share: one figure beside its baseline, and the time and memory of a command with all its children."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One measured figure.

    name       what was measured
    value      the figure, in `unit`
    unit       "s", "MB", "times" ...
    baseline   the same run's comparison in the same unit; None if the figure is a comparison itself
    against    what the baseline is
    limit      what the project has promised; None if nothing is
    at_least   True if the promise is a floor instead of a ceiling
    """

    name: str
    value: float
    unit: str
    baseline: float | None = None
    against: str = ""
    limit: float | None = None
    at_least: bool = False

    @property
    def is_held(self) -> bool:
        """Whether the promise is kept; a figure without a promise always is."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost: seconds by the clock, and the most memory it and its children held at once, in MB (10^6 bytes)."""

    seconds: float
    megabytes: float


class CommandFailed(Exception):
    """The measured command did not end well, so that its figures would mean nothing."""


def cost_of(command: list[str], *, times: int = 3, exits: tuple[int, ...] = (0,), says: str = "") -> Cost:
    """
    Run a command some times; return the median of the seconds and the highest of the memory.

    says     what it must print: a program that gives up is quick
    raises   CommandFailed if it ends with another exit status than those in `exits`, or does not say that
    """
    costs = [_one_run(command, exits, says) for _ in range(times)]
    return Cost(median(cost.seconds for cost in costs), max(cost.megabytes for cost in costs))


def _one_run(command: list[str], exits: tuple[int, ...], says: str) -> Cost:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True)
    watch = _Watch(process.pid)
    watch.start()
    said, _ = process.communicate()
    seconds = time.perf_counter() - started
    watch.ended.set()
    watch.join()
    if process.returncode not in exits or says not in said:
        raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}: {said[-500:]}")
    return Cost(seconds, watch.highest / 1e6)


class _Watch(threading.Thread):
    """Adds up the memory of a process and its children every 5 ms. Shared pages are counted in each (a ceiling)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.highest, self.ended = pid, 0, threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.005):
            self.highest = max(self.highest, sum(map(resident, family(self.pid))))


def family(pid: int) -> list[int]:
    """Return a process and all its children, children's children included."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:  # it has just ended
        return [pid]
    return [pid, *(one for child in below for one in family(int(child)))]


def resident(pid: int) -> int:
    """Return the bytes of memory a process holds; 0 if it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # it has just ended
        return 0
