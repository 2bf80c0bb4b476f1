"""A server of our own for the benchmarks: `samsyn serve` in a folder, on a free port, ended by its process id."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measured import family, resident

SAMSYN = str(Path(sys.executable).parent / "samsyn")
ROOT = Path(__file__).resolve().parent.parent
LONGEST_START = 60  # seconds until a server that does not answer is given up


class NotStarted(Exception):
    """The server ended, or does not answer. The message is what it said."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers. `seconds` is how long it took until it did."""

    process: subprocess.Popen[bytes]
    port: int
    seconds: float

    @property
    def megabytes(self) -> float:
        """What it and its workers hold of memory, in MB. Pages they share are counted in each (a ceiling)."""
        return sum(map(resident, family(self.process.pid))) / 1e6

    @property
    def workers(self) -> list[int]:
        return family(self.process.pid)[1:]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return this process's environment for an installation in that folder."""
    return {**os.environ, "SAMSYN_FOLDER": str(folder), "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))), **more}


def said_by(module: str, *arguments: str, folder: Path) -> str:
    """Run a module of the benchmarks for an installation, and return the last line it printed. Raises CalledProcessError."""
    done = subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *arguments], env=environment(folder), cwd=ROOT, check=True,
                          stdout=subprocess.PIPE, text=True)
    return done.stdout.splitlines()[-1]


@contextmanager
def serving(folder: Path, *, workers: int = 2) -> Iterator[Server]:
    """Start a server on a free port, and end it and its workers afterwards. Raises NotStarted."""
    port, started = free_port(), time.perf_counter()
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen([SAMSYN, "serve"], env=environment(folder, SAMSYN_PORT=str(port), SAMSYN_WORKERS=str(workers)), stdout=log, stderr=log)
    try:
        _wait(process, port, folder)
        yield Server(process, port, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    """Return a port of the loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    """Wait until the server answers. Asked directly: a proxy of the environment is not for the loopback."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.perf_counter() + LONGEST_START
    while time.perf_counter() < until and process.poll() is None:
        try:
            direct.open(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
        else:
            return
    process.kill()
    raise NotStarted((folder / "serve.log").read_text(encoding="utf-8", errors="replace")[-2000:])
