"""The charts of an analysis, drawn in a process of their own: as SVG for paper and page, as PNG for Word."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from samsyn.analysis.answer import Chart
from samsyn.formats.chart_child import NOT_INSTALLED

FONTS = Path(__file__).parent / "fonts"
FONT = "Hanken Grotesk"
SECONDS = 120
_IDS = re.compile(r'(\bid="|url\(#|href="#)([\w-]+)')
_SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')

GROUND: Mapping[str, dict[str, Any]] = {"svg": {}, "png": {"background": "#FFFFFF"}}


class ChartsMissing(Exception):
    """The drawing engine is not installed. The message says in Swedish what to do."""


class ChartsFailed(Exception):
    """The drawing engine refused a chart, or did not end. The message holds its words; it is our fault, not the user's."""


def charts_as_svg(charts: Sequence[Chart]) -> list[str]:
    """Return the charts as SVG, with ids that are unique among them. Raises ChartsMissing or ChartsFailed."""
    return [_IDS.sub(rf"\g<1>chart{place}-\g<2>", drawing) for place, drawing in enumerate(_drawn(charts, "svg"))]


def charts_as_png(charts: Sequence[Chart]) -> list[bytes]:
    """Return the charts as PNG on white, two pixels a unit: without a ground what shines through becomes grey. Raises ChartsMissing or ChartsFailed."""
    return [base64.b64decode(drawing) for drawing in _drawn(charts, "png")]


def size_of(svg: str) -> tuple[float, float]:
    """Return the width and height of a drawing, in its own units."""
    found = _SIZE.search(svg)
    return (float(found[1]), float(found[2])) if found else (640.0, 320.0)


def dressed(spec: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return a specification in our own type, without a ground of its own and without words that are told beside it.

    raises   ChartsFailed   if it would fetch something
    """
    if _fetches(spec):
        raise ChartsFailed("Ett diagram vill hämta något. Allt som ritas ska stå i dess beskrivning.")
    config = {"font": FONT, "background": None, **spec.get("config", {}), "aria": False}
    return {**spec, "background": None, "config": config}


def _fetches(part: Any) -> bool:
    if isinstance(part, Mapping):
        return "url" in part or any(_fetches(value) for value in part.values())
    return isinstance(part, list | tuple) and any(_fetches(one) for one in part)


def _drawn(charts: Sequence[Chart], kind: str) -> list[str]:
    if not charts:
        return []
    job = {"fonts": str(FONTS), "kind": kind, "specs": [dressed(chart.spec) | GROUND[kind] for chart in charts]}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "samsyn.formats.chart_child"],
            input=json.dumps(job, ensure_ascii=True, allow_nan=False).encode(), capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ChartsFailed(f"Diagrammen blev inte färdiga på {SECONDS} sekunder.") from error
    if done.returncode == NOT_INSTALLED:
        raise ChartsMissing("För att rita diagram behövs samsyn[report].")
    if done.returncode:
        raise ChartsFailed(done.stderr.decode(errors="replace").strip() or f"Ritaren slutade med {done.returncode}.")
    drawings = json.loads(done.stdout)
    assert isinstance(drawings, list) and len(drawings) == len(charts)
    return drawings
