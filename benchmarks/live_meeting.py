"""A meeting of ten who all write: how soon a row is seen by everybody, and whether any answer fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks._live_load import EVERY
from benchmarks._web_server import Server, said_by, serving
from benchmarks.measured import Figure

PEOPLE, LINES = 10, 150  # people in the meeting, and rows that stand there when it is measured
ALONE, TOGETHER = 12, 30  # seconds


def run() -> Iterator[Figure]:
    """Hold a meeting on a server of our own with two workers: first one writes and all look, then all write."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = json.loads(said_by("_live_town", str(PEOPLE), str(LINES), folder=folder))
        with serving(folder, workers=2) as server:
            alone = _held(folder, server, made, 1, ALONE)
            together = _held(folder, server, made, PEOPLE, TOGETHER)
    worst, usual = max(together["waits"]), median(together["waits"])
    failed = sum(count for status, count in together["answers"].items() if not 200 <= int(status) < 400)
    yield Figure(f"a row is seen by all, worst of {len(together['waits'])}", worst, "s", max(alone["waits"]), f"one writing, {PEOPLE} looking", 2)
    yield Figure("a row is seen by all, median", usual, "s", EVERY, "between a page's questions")
    yield Figure("a row is saved, median", median(together["saved"]) * 1000, "ms", median(alone["saved"]) * 1000, "one writing")
    yield Figure("rows that somebody never saw", together["unseen"], "rows", len(together["waits"]), "rows written", 0)
    yield Figure("answers that failed, 5xx or none", failed, "answers", sum(together["answers"].values()), "answers", 0)


def _held(folder: Path, server: Server, made: dict[str, Any], writers: int, seconds: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said_by("_live_load", str(server.port), made["meeting"], made["point"], str(writers), str(seconds),
                                               *made["cookies"], folder=folder))
    return found
