"""The pages: what a board costs the server, how many it gives in a second, what it weighs, and how all of it grows."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks._web_load import Load, load
from benchmarks._web_server import SAMSYN, Server, environment, said_by, serving
from benchmarks.measured import Figure, family

SIZES = ("50", "100", "1000", "10000")
PLAIN, ALIVE = "/stil", "/healthz"  # a page without a plan; an answer without a page
CONNECTIONS, WARM, SECONDS, ROUNDS = 6, 1.0, 3.0, 3
TEN_TIMES = 13  # ten times the rows, and a little for the noise of one run: what grew with the square would be a hundred


def run() -> Iterator[Figure]:
    """Measure everything in an installation of its own, which is taken away afterwards."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        town = json.loads(said_by("_web_town", *SIZES, folder=folder))
        boards = {size: f"/planer/{plan}/" for size, plan in town["plans"].items()}
        yield from cost_figures(folder, town, boards)
        with serving(folder) as server:
            yield from load_figures(server, town["cookie"], boards)
        yield from weight_figures(folder, town["cookie"], boards["100"])
        yield from intake_figures(folder)
    yield from start_figures()


def cost_figures(folder: Path, town: dict[str, Any], boards: dict[str, str]) -> Iterator[Figure]:
    """CPU and queries of the boards, their growth, and whether any page that is only read opens a transaction."""
    small = _costs(folder, town["cookie"], 25, PLAIN, boards["50"], boards["100"])
    large = _costs(folder, town["cookie"], 5, boards["1000"], boards["10000"], boards["10000"] + "?vy=lista&sida=7&klart=sena")
    plain, hundred, thousand, ten_thousand = small[PLAIN], small[boards["100"]], large[boards["1000"]], large[boards["10000"]]
    yield Figure("board of 100, queries", hundred["queries"], "asked", plain["queries"], "the page /stil", 12)
    yield Figure("board of 100, server CPU", hundred["milliseconds"], "ms", plain["milliseconds"], "the page /stil", 45)
    yield Figure("board of 100, when nothing has changed", hundred["again"], "ms", plain["milliseconds"], "the page /stil", 45)
    yield Figure("board of 50, server CPU", small[boards["50"]]["milliseconds"], "ms", plain["milliseconds"], "the page /stil")
    yield Figure("board of 50, when nothing has changed", small[boards["50"]]["again"], "ms", plain["milliseconds"], "the page /stil")
    yield Figure("board of 1,000, server CPU", thousand["milliseconds"], "ms", hundred["milliseconds"], "the board of 100")
    yield Figure("board of 10,000, server CPU", ten_thousand["milliseconds"], "ms", hundred["milliseconds"], "the board of 100")
    yield Figure("board, 10,000 against 1,000", ten_thousand["milliseconds"] / thousand["milliseconds"], "times", 10, "the rows", TEN_TIMES)
    read = _costs(folder, town["cookie"], 1, *pages_to_read(boards["50"], town["action"]))
    transaction = json.loads(said_by("_web_cost", "--control", folder=folder))["begins"]
    yield Figure(f"BEGIN on a GET, over {len(read)} pages", sum(page["begins"] for page in read.values()), "times", transaction, "one write", 0)


def pages_to_read(board: str, action: str) -> list[str]:
    """Return the addresses of a plan that are only read."""
    own = f"{board}atgarder/{action}/"
    ways = ("", "?vy=lista", "?klart=sena", "?sok=kvarter", "mal/", "kollen/", "rapport/", "plan.xlsx", "plan.csv", "atgarder/ny/", "uppgifter/")
    return ["/", "/planer/", "/plankollen/", "/installningar/", "/stil", "/healthz", "/readyz", *(board + way for way in ways),
            own, own + "kort/", own + "avstamning/", own + "gubbe/", own + "andra/"]


def load_figures(server: Server, cookie: str, boards: dict[str, str]) -> Iterator[Figure]:
    """Pages in a second with the load beside the server, and the memory after it: medians of some rounds, the baseline between them."""
    empty = server.megabytes
    for path in (ALIVE, boards["50"], boards["100"]):
        load(server.port, cookie, path, CONNECTIONS, WARM)
    alive, board, spent = [], [], []
    for _ in range(ROUNDS):
        alive.append(_rate(load(server.port, cookie, ALIVE, CONNECTIONS, SECONDS)))
        before = _spent(server)
        under = load(server.port, cookie, boards["50"], CONNECTIONS, SECONDS)
        spent.append((_spent(server) - before + under.spent) / under.pages)
        board.append(_rate(under))
    yield Figure("board of 50, two workers", median(board), "pages/s", median(alive), "answers of /healthz", 60, at_least=True)
    yield Figure("the same, if both cores had been ours", 2 / median(spent), "pages/s", median(alive), "answers of /healthz")
    yield Figure("two workers and their parent, memory", server.megabytes, "MB", empty, "before the first page", 350)
    for size in ("1000", "10000"):
        load(server.port, cookie, boards[size], 2, SECONDS)
        yield Figure(f"the same after two boards of {int(size):,} at once", server.megabytes, "MB", empty, "before the first page")


def weight_figures(folder: Path, cookie: str, board: str) -> Iterator[Figure]:
    """What the board of 100 weighs in a browser with an empty cache, and whether it is whole without JavaScript."""
    with serving(folder) as server:
        found = json.loads(said_by("_web_weight", str(server.port), cookie, PLAIN, board, folder=folder))
    yield Figure("board of 100 with everything", found[board]["kilobytes"], "kB", found[PLAIN]["kilobytes"], "the page /stil", 150)
    yield Figure("its actions without JavaScript", found[board]["rows_plain"], "rows", found[board]["rows"], "with it", 100, at_least=True)
    yield Figure("its text the same without JavaScript", float(found[board]["same_words"]), "yes", limit=1, at_least=True)


def intake_figures(folder: Path) -> Iterator[Figure]:
    """What it costs to bring and to accept a file, and how that grows."""
    found = json.loads(said_by("_web_intake", "500", "1000", "5000", folder=folder))
    yield Figure("accepting 1,000 rows, CPU", found["1000"]["accept"], "s", found["1000"]["bring"], "reading them")
    for half, name in (("bring", "reading"), ("accept", "accepting")):
        yield Figure(f"{name} an import, 5,000 against 500", found["5000"][half] / found["500"][half], "times", 10, "the rows", TEN_TIMES)


def start_figures() -> Iterator[Figure]:
    """How long `make run` takes once all is installed: the first time, when the town is made, and the second."""
    with TemporaryDirectory() as name:
        first, _ = _started(Path(name))
        second, said = _started(Path(name))
    yield Figure("second start (demo and serve)", second, "s", first, "the first start", 5)
    yield Figure("what was there is kept", float("kvar" in said), "yes", limit=1, at_least=True)


def _started(folder: Path) -> tuple[float, str]:
    """Return the seconds until an installation answers, and what `samsyn demo` said."""
    began = time.perf_counter()
    said = subprocess.run([SAMSYN, "demo"], env=environment(folder), check=True, capture_output=True, text=True).stdout
    with serving(folder):
        return time.perf_counter() - began, said


def _costs(folder: Path, cookie: str, times: int, *paths: str) -> dict[str, dict[str, Any]]:
    costs: dict[str, dict[str, Any]] = json.loads(said_by("_web_cost", cookie, str(times), *paths, folder=folder))
    return costs


def _rate(found: Load) -> float:
    return found.pages / found.seconds


def _spent(server: Server) -> float:
    """Return the CPU seconds that the server and its workers have used."""
    ticks = 0
    for pid in family(server.process.pid):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # user and system time; the name before may hold spaces
    return ticks / os.sysconf("SC_CLK_TCK")
