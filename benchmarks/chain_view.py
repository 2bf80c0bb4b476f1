"""The chain view: what a plan of 200 actions costs the server as page, as drawing and in time, against the page /stil."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._web_server import said_by
from benchmarks.measured import Figure

SIZES = ("60", "200", "400")
PLAIN = "/stil"  # a page without a plan
TIMES = 15


def run() -> Iterator[Figure]:
    """Measure the pages in an installation of its own, which is taken away afterwards."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        town = json.loads(said_by("_web_town", *SIZES, folder=folder))
        plans = {size: f"/planer/{plan}/" for size, plan in town["plans"].items()}
        paths = [PLAIN, *(plans[size] + "kedjan/" for size in SIZES), plans["200"] + "kedjan.svg", plans["200"] + "tidslinje/"]
        costs = json.loads(said_by("_web_cost", town["cookie"], str(TIMES), *paths, folder=folder))
        plain = costs[PLAIN]["milliseconds"]
        sixty, two_hundred, twice = (costs[plans[size] + "kedjan/"] for size in SIZES)
        yield Figure("chain view of 60, server CPU", sixty["milliseconds"], "ms", plain, "the page /stil")
        yield Figure("chain view of 200, server CPU", two_hundred["milliseconds"], "ms", plain, "the page /stil", 100)
        yield Figure("chain view, 400 against 200", twice["milliseconds"] / two_hundred["milliseconds"], "times", 2, "the rows", 2.4)
        yield Figure("chain view of 200, sent to the browser", two_hundred["size"] / 1000, "kB", costs[PLAIN]["size"] / 1000, "the page /stil")
        yield Figure("chain of 200 as SVG, server CPU", costs[paths[-2]]["milliseconds"], "ms", plain, "the page /stil")
        yield Figure("timeline of 200, server CPU", costs[paths[-1]]["milliseconds"], "ms", plain, "the page /stil")
