"""What all charts of the answers share: the look, the words of the numbers, and the frame of a specification (Vega-Lite)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samsyn.analysis.answer import Chart, Table

INK, QUIET, LINE, SHEET = "#221D3B", "#5A5473", "#D9D4DE", "#FFFFFF"
ACCENT, TINT, SUN, BAND = "#35337F", "#C9C6EE", "#C4631A", "#EAE7ED"
BETTER, SAME, WORSE = "#74C69A", "#FFD04F", "#EE7A5F"
FONT = "Hanken Grotesk"
WIDTH = 560
LABEL = 13
LOCALE: Mapping[str, Any] = {
    "number": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0kr"], "percent": "\u00a0%", "minus": "\u2212"},
}

Spec = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]


def framed(layers: Sequence[Spec], *, height: int | Mapping[str, int | str], width: int = WIDTH, **more: Any) -> Spec:
    """Return a specification of layers in our look; height in pixels, or {"step": pixels} a row; with "for": "position" a row of several marks."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": width, "height": height, "background": None,
        "config": _config(), "layer": list(layers), **more,
    }  # fmt: skip


def _config() -> Spec:
    return {
        "font": FONT, "locale": LOCALE, "view": {"stroke": None}, "padding": 4,
        "axis": {
            "labelColor": QUIET, "labelFontSize": LABEL, "titleColor": INK, "titleFontSize": LABEL, "titleFontWeight": "normal", "titlePadding": 10,
            "gridColor": LINE, "gridWidth": 1, "domain": False, "ticks": False, "labelPadding": 6, "labelLimit": 260,
        },
        "legend": {
            "labelColor": INK, "labelFontSize": LABEL, "titleColor": INK, "titleFontSize": LABEL, "orient": "top", "titleFontWeight": "normal",
            "symbolSize": 140, "labelLimit": 320, "columnPadding": 16, "offset": 12,
        },
        "text": {"color": INK, "fontSize": LABEL},
    }  # fmt: skip


def layer(rows: Rows, mark: str | Mapping[str, Any], **encoding: Any) -> Spec:
    """Return a layer with its own rows, mark and encoding."""
    return {"data": {"values": [dict(row) for row in rows]}, "mark": dict({"type": mark} if isinstance(mark, str) else mark), "encoding": encoding}


def numbers(field: str, title: str | None, **more: Any) -> Spec:
    """Return the encoding of numbers along an axis. title: Swedish; None for no title."""
    axis = {"title": title, **more.pop("axis", {})}
    return {"field": field, "type": "quantitative", "axis": axis, **more}


def kinds(field: str, order: Sequence[str], title: str | None = None, **more: Any) -> Spec:
    """Return the encoding of kinds along an axis, in the order given."""
    axis = {"title": title, **more.pop("axis", {})}
    return {"field": field, "type": "nominal", "sort": list(order), "axis": axis, **more}


def coloured(field: str, colours: Mapping[str, str], *, legend: bool = True, title: str | None = None) -> Spec:
    """Return the encoding of kinds as colours, name to colour in the order of the legend."""
    told: Spec = {"field": field, "type": "nominal", "scale": {"domain": list(colours), "range": list(colours.values())}}
    return told | ({"title": title} if legend else {"legend": None})


def charted(title: str, description: str, spec: Spec, table: Table) -> Chart:
    """Return a chart; the description stands in the specification too."""
    return Chart(title, description, {**spec, "description": description}, table)
