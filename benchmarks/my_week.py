"""My week: how long a person waits for it in a partnership of realistic size, also while others write, and what it costs the server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks._web_load import waits
from benchmarks._web_server import ROOT, Server, environment, said_by, serving
from benchmarks.measured import Figure

ALIVE, PULSE = "/healthz", "/puls/"
WARM, TIMES = 10, 120
WRITES = 60  # one a second: more than thirty people write
LIMIT = 50  # ms
ROLES = {"coordinator": "a coordinator", "responsible": "a responsible", "steering": "a steering member"}


def run() -> Iterator[Figure]:
    """Measure in an installation of its own: ten plans of forty actions, thirty members, thirty meetings ahead."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        cookies = json.loads(said_by("_week_town", folder=folder))
        yield from cost_figures(folder, cookies)
        with serving(folder) as server:
            yield from wait_figures(server, folder, cookies)


def cost_figures(folder: Path, cookies: dict[str, str]) -> Iterator[Figure]:
    """What the page costs the first time after a change, and what it asks of the database."""
    for role, words in ROLES.items():
        found = json.loads(said_by("_web_cost", cookies[role], "15", "/stil", "/", PULSE, folder=folder))
        plain, week = found["/stil"], found["/"]
        yield Figure(f"my week of {words}, CPU after a change", week["milliseconds"], "ms", plain["milliseconds"], "the page /stil")
        yield Figure(f"my week of {words}, CPU when nothing has", week["again"], "ms", plain["milliseconds"], "the page /stil", LIMIT)
        yield Figure(f"my week of {words}, BEGIN on a GET", week["begins"] + found[PULSE]["begins"], "times", limit=0)


def wait_figures(server: Server, folder: Path, cookies: dict[str, str]) -> Iterator[Figure]:
    """How long a person waits: the median over one connection, in quiet and while somebody else writes every second."""
    for role, words in ROLES.items():
        alive, quiet = _median(server, cookies[role], ALIVE), _median(server, cookies[role], "/")
        yield Figure(f"my week of {words}, p50", quiet, "ms", alive, "an answer of /healthz", LIMIT)
    yield Figure("the pulse of a coordinator, p50", _median(server, cookies["coordinator"], PULSE), "ms", alive, "an answer of /healthz", LIMIT)
    for role, words in ROLES.items():
        writer = subprocess.Popen([sys.executable, "-m", "benchmarks._week_town", "--change", str(WRITES)], env=environment(folder), cwd=ROOT,
                                  stdout=subprocess.DEVNULL)
        try:
            yield Figure(f"the same of {words} while others write, p50", _median(server, cookies[role], "/"), "ms", alive, "an answer of /healthz", LIMIT)
        finally:
            writer.terminate()
            writer.wait(timeout=30)


def _median(server: Server, cookie: str, path: str) -> float:
    waits(server.port, cookie, path, WARM)
    return median(waits(server.port, cookie, path, TIMES))
