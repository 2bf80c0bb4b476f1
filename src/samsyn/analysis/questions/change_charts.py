"""The charts of how they are doing (question 3), of whether it gets better (5), of how much (6), and beside the norm (7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samsyn.analysis.answer import Chart, Table
from samsyn.analysis.direction import Direction
from samsyn.analysis.frequency import Pairs
from samsyn.analysis.loke_counts import reliable_points_of
from samsyn.analysis.questions.drawing import (
    ACCENT, BAND, BETTER, INK, QUIET, SAME, SHEET, SUN, TINT, WORSE, Spec, charted, coloured, framed, kinds, layer, numbers,
)  # fmt: skip
from samsyn.analysis.questions.told import Told
from samsyn.analysis.questions.wording import interval_words, percent
from samsyn.analysis.written_numbers import written

MOST_LINES = 600
OCCASIONS = {"start": "Start", "end": "Slut", "follow_up": "Uppföljning"}


def line_chart(told: Told, table: Table) -> tuple[Chart, ...]:
    """Return the group's line over the occasions; where single persons may be seen, every participant as a thin line."""
    means = {label: told[f"mean_{name}"] for name, label in OCCASIONS.items()}
    rows = [
        {"när": label, "poäng": one.value, "låg": one.value if one.low is None else one.low, "hög": one.value if one.high is None else one.high}
        for label, one in means.items() if one.value is not None
    ]  # fmt: skip
    if len(rows) < 2:
        return ()
    order = [str(row["när"]) for row in rows]
    x: Spec = kinds("när", order, axis={"labelAngle": 0, "grid": False}, scale={"type": "point", "padding": 0.35})
    y = numbers("poäng", "Poäng", axis={"tickCount": 6}, scale=_scale(told))
    thin = _thin_lines(told, order)
    layers = [layer(thin, {"type": "rule", "color": "#8F8AB8", "opacity": 0.6}, x=x, y=y, x2={"field": "sedan"}, y2={"field": "blev"},
                    strokeWidth=_weight(thin))] if thin else []  # fmt: skip
    first, later = rows[:2], rows[1:]
    layers += [
        layer(first, {"type": "line", "color": ACCENT, "strokeWidth": 4}, x=x, y=y),
        *([layer(later, {"type": "line", "color": ACCENT, "strokeWidth": 3, "strokeDash": [6, 5]}, x=x, y=y)] if len(rows) > 2 else []),
        layer(rows, {"type": "rule", "color": ACCENT, "strokeWidth": 2}, x=x, y={**y, "field": "låg"}, y2={"field": "hög"}),
        layer(rows, {"type": "point", "filled": True, "size": 130, "color": ACCENT, "stroke": SHEET, "strokeWidth": 2, "opacity": 1}, x=x, y=y),
        *_cutoff_line(told, "y"),
    ]
    values = ", ".join(f"{label.lower()} {written(one.value, 1)}" for label, one in means.items() if one.value is not None)
    persons = " Varje tunn linje är en deltagare, tjockare där flera är lika." if thin else ""
    dashed = " Streckad linje: uppföljningen, som inte är precis samma personer." if len(rows) > 2 else ""
    description = f"Gruppens medelvärde: {values}. De lodräta strecken är osäkerheten.{persons}{dashed}{_cutoff_words(told)}"
    return (charted("Från start till slut", description, framed(layers, height=300), table),)


def _scale(told: Told) -> Spec:
    scale = told.settings.scale
    return {"domain": [scale[0], scale[1]], "nice": False} if scale is not None else {"zero": False, "nice": True}


def _thin_lines(told: Told, order: list[str]) -> list[dict[str, Any]]:
    """Return one line a cell of the joint tables; none where they may not be seen, or are too many to be told apart."""
    if told.tables is None:
        return []
    steps: list[tuple[str, str, Pairs]] = [("Start", "Slut", told.tables.start_end), ("Slut", "Uppföljning", told.tables.end_follow_up)]
    steps = [step for step in steps if step[1] in order and step[0] in order]
    if sum(len(pairs.counts) for _, _, pairs in steps) > MOST_LINES:
        return []
    return [
        {"när": first, "sedan": then, "poäng": before, "blev": after, "antal": count}
        for first, then, pairs in steps
        for before, after, count in zip(pairs.before.tolist(), pairs.after.tolist(), pairs.counts.tolist(), strict=True)
    ]


def _weight(rows: list[dict[str, Any]]) -> Spec:
    most = max((row["antal"] for row in rows), default=1)
    return {"field": "antal", "type": "quantitative", "legend": None, "scale": {"domain": [1, max(most, 2)], "range": [1, 4 if most > 1 else 1]}}


def _cutoff_line(told: Told, axis: str) -> list[Spec]:
    """Return the cut-off as a dashed line with its words, along y or x."""
    cutoff = told.settings.cutoff
    if cutoff is None:
        return []
    rows = [{"gräns": cutoff, "text": f"gräns {written(cutoff)}"}]
    place = {axis: {"field": "gräns", "type": "quantitative"}}
    text = {"align": "right", "dy": -7, "x": "width"} if axis == "y" else {"align": "left", "dx": 5, "y": 10}
    return [
        layer(rows, {"type": "rule", "color": SUN, "strokeDash": [3, 3], "strokeWidth": 2}, **place),
        layer(rows, {"type": "text", "color": SUN, **text}, **place, text={"field": "text"}),
    ]


def _cutoff_words(told: Told) -> str:
    cutoff = told.settings.cutoff
    return "" if cutoff is None else f" Prickad linje: gränsen {written(cutoff)} poäng."


def change_charts(told: Told, table: Table) -> tuple[Chart, ...]:
    """Return the bar of better, same and worse, and the scatter of before and after where single persons may be seen."""
    return *_shares_bar(told, table), *_scatter(told, table)


def _shares_bar(told: Told, table: Table) -> tuple[Chart, ...]:
    if told.settings.direction is None:
        return ()
    parts = (("bättre", told.better, BETTER), ("oförändrade", "same", SAME), ("sämre", told.worse, WORSE))
    counts = [(label, told.count(name), colour) for label, name, colour in parts]
    pairs = told.count("pairs")
    if not pairs or any(count is None for _, count, _ in counts) or not told["share_better"].is_told:
        return ()
    rows, colours, before = [], {}, 0
    for label, count, colour in counts:
        if count:
            kind = f"{label} ({written(count)})"
            rows.append({"från": before / pairs, "till": (before + count) / pairs, "mitt": (before + count / 2) / pairs, "slag": kind,
                         "text": written(count) if count / pairs > 0.04 else "", "rad": "par"})  # fmt: skip
            colours[kind] = colour
            before += count
    y = kinds("rad", ["par"], axis={"labels": False})
    x = numbers("från", "Andel av dem med start och slut", axis={"format": ".0%", "tickCount": 5}, scale={"domain": [0, 1]})
    layers = [
        layer(rows, {"type": "bar", "height": 36, "stroke": INK, "strokeWidth": 0.6}, y=y, x=x, x2={"field": "till"}, color=coloured("slag", colours)),
        layer(rows, {"type": "text", "fontWeight": 600, "fontSize": 15}, y=y, x={"field": "mitt", "type": "quantitative"}, text={"field": "text"}),
    ]
    description = "Av dem med både start och slut: " + ", ".join(f"{percent((count or 0) / pairs)} {label}" for label, count, _ in counts) + "."
    return (charted("Bättre, oförändrade och sämre", description, framed(layers, height=56), table),)


BEYOND_ERROR = ", mer än mätfelet"  # the bar beside counts every change: one word must not mean both
SHAPES = {
    "bättre": ("circle", BETTER), "bättre" + BEYOND_ERROR: ("circle", BETTER), "inom mätfelet": ("square", SAME),
    "sämre": ("triangle-up", WORSE), "sämre" + BEYOND_ERROR: ("triangle-up", WORSE), "oförändrad": ("square", SAME),
}  # fmt: skip


def _scatter(told: Told, table: Table) -> tuple[Chart, ...]:
    """Return before against after, larger where there are more, with the band within which a change may be error of measurement."""
    if told.tables is None or told.tables.start_end.n < 2:
        return ()
    pairs, limit = told.tables.start_end, reliable_points_of(told.tables.start_end, told.settings)
    limit = limit if pairs.n >= 10 else None
    low, high = _span(told, pairs)
    cells = zip(pairs.before.tolist(), pairs.after.tolist(), pairs.counts.tolist(), strict=True)
    rows = [{"start": first, "slut": last, "antal": count, "slag": _kind(last - first, limit, told)} for first, last, count in cells]
    used = [kind for kind in (*SHAPES, "högre", "lägre") if any(row["slag"] == kind for row in rows)]
    look = {kind: SHAPES.get(kind, ("circle", TINT)) for kind in used}
    span: Spec = {"scale": {"domain": [low, high], "nice": False, "zero": False}, "axis": {"tickCount": 6}}
    x, y = numbers("start", "Poäng vid start", **dict(span)), numbers("slut", "Poäng vid slut", **dict(span))
    most = max(row["antal"] for row in rows)
    size: Spec = {"field": "antal", "type": "quantitative", "scale": {"domain": [0, max(most, 2)], "range": [0, 420 if most > 1 else 220]}, "legend": None}
    shape = {"field": "slag", "type": "nominal", "scale": {"domain": used, "range": [look[kind][0] for kind in used]}, "title": None}
    colour = coloured("slag", {kind: look[kind][1] for kind in used})
    layers = [
        *_band(limit, low, high, x, y),
        layer([{"start": low, "slut": low}, {"start": high, "slut": high}], {"type": "line", "color": QUIET, "strokeWidth": 1, "strokeDash": [4, 4]}, x=x, y=y),
        layer(rows, {"type": "point", "filled": True, "opacity": 0.9, "stroke": INK, "strokeWidth": 0.7}, x=x, y=y, size=size, shape=shape, color=colour),
        *_cutoff_line(told, "y"),
    ]
    counted = ", ".join(f"{written(sum(row['antal'] for row in rows if row['slag'] == kind))} {kind}" for kind in used)
    band = f" Det ljusa bandet: skillnader upp till {written(limit, 1)} poäng kan vara mätfel." if limit is not None else ""
    description = f"Start och slut för {written(pairs.n)} deltagare: {counted}. På den streckade linjen är start och slut lika.{band}{_cutoff_words(told)}"
    return (charted("Varje deltagare, före och efter", description, framed(layers, height=380, width=420), table),)


def _span(told: Told, pairs: Pairs) -> tuple[float, float]:
    if told.settings.scale is not None:
        return told.settings.scale
    ends = [float(end) for scores in (pairs.before, pairs.after) for end in (scores.min(), scores.max())]
    low, high = min(ends), max(ends)
    room = max((high - low) * 0.06, 1.0)
    return low - room, high + room


def _kind(change: float, limit: float | None, told: Told) -> str:
    direction = told.settings.direction
    if limit is not None and abs(change) <= limit:
        return "inom mätfelet"
    if change == 0:
        return "oförändrad"
    beyond = "" if limit is None else BEYOND_ERROR
    if direction is None:
        return "högre" if change > 0 else "lägre"
    return ("bättre" if (change > 0) == (direction is Direction.HIGHER_IS_BETTER) else "sämre") + beyond


def _band(limit: float | None, low: float, high: float, x: Spec, y: Spec) -> list[Spec]:
    if limit is None:
        return []
    rows = [{"start": start, "undre": max(low, min(high, start - limit)), "övre": max(low, min(high, start + limit))} for start in _corners(low, high, limit)]
    return [layer(rows, {"type": "area", "color": BAND, "opacity": 0.9}, x=x, y={**y, "field": "undre"}, y2={"field": "övre"})]


def _corners(low: float, high: float, limit: float) -> list[float]:
    inner = [corner for corner in (low + limit, high - limit) if low < corner < high]
    return sorted({low, *inner, high})


def effect_chart(told: Told, table: Table, effects: Mapping[str, str]) -> tuple[Chart, ...]:
    """Return the standardised changes as dots with intervals. effects: name of the finding to its words."""
    rows = [
        {"mått": name, "värde": one.value, "låg": one.low, "hög": one.high, "text": written(one.value, 2)}
        for name in effects if (one := told[name]).value is not None and one.low is not None and one.high is not None
    ]  # fmt: skip
    if not rows:
        return ()
    y = kinds("mått", [str(row["mått"]) for row in rows])
    ends = [float(str(row[end])) for row in rows for end in ("låg", "hög")]
    span = {"domain": [min(0.0, *ends), max(0.0, *ends)], "nice": True}
    x = numbers("värde", "Förändring i standardavvikelser (0 = ingen förändring)", scale=span, axis={"tickCount": 6})
    layers = [
        layer([{"noll": 0}], {"type": "rule", "color": INK, "strokeWidth": 1}, x={"field": "noll", "type": "quantitative"}),
        layer(rows, {"type": "rule", "color": ACCENT, "strokeWidth": 2.5}, y=y, x={**x, "field": "låg"}, x2={"field": "hög"}),
        layer(rows, {"type": "point", "filled": True, "size": 150, "color": ACCENT, "opacity": 1}, y=y, x=x),
        layer(rows, {"type": "text", "dy": -13}, y=y, x={"field": "värde", "type": "quantitative"}, text={"field": "text"}),
    ]
    main = told["g_av"] if told["g_av"].is_told else told[str(rows[0]["mått"])]
    description = (
        f"Förändringen mätt i standardavvikelser, med osäkerhet. {rows[0]['mått']}: {written(main.value or 0.0, 2)}, {interval_words(main, 2)}."
    )
    return (charted("Hur stor förändringen är", description, framed(layers, height={"step": 46}), table),)


def norm_chart(told: Told, table: Table) -> tuple[Chart, ...]:
    """Return the group's mean at start and end beside the norm's mean and one standard deviation to each side."""
    norm = told.settings.norm
    points = [(label, told[f"mean_{name}"]) for name, label in (("start", "Start"), ("end", "Slut"))]
    rows = [
        {"när": label, "poäng": one.value, "låg": one.value if one.low is None else one.low, "hög": one.value if one.high is None else one.high,
         "text": written(one.value, 1)}
        for label, one in points if one.value is not None
    ]  # fmt: skip
    if norm is None or not rows:
        return ()
    low, high = norm.mean - norm.sd, norm.mean + norm.sd
    band = [{"från": low, "till": high, "text": f"människor i allmänhet, medelvärde {written(norm.mean, 1)}", "mitt": norm.mean}]
    ends = [float(str(row[end])) for row in rows for end in ("låg", "hög")] + [low, high]
    ends += [told.settings.cutoff] if told.settings.cutoff is not None else []
    room = (max(ends) - min(ends)) * 0.06
    span = {"domain": list(told.settings.scale or (min(ends) - room, max(ends) + room)), "nice": False, "zero": False}
    y = kinds("när", [label for label, _ in points])
    x = numbers("poäng", "Poäng", scale=span, axis={"tickCount": 8})
    layers = [
        layer(band, {"type": "rect", "color": BAND}, x={**x, "field": "från"}, x2={"field": "till"}),
        layer(band, {"type": "rule", "color": QUIET, "strokeWidth": 2}, x={"field": "mitt", "type": "quantitative"}),
        layer(band, {"type": "text", "color": QUIET, "y": -10}, x={"field": "mitt", "type": "quantitative"}, text={"field": "text"}),
        *_cutoff_line(told, "x"),
        layer(rows, {"type": "rule", "color": ACCENT, "strokeWidth": 2.5}, y=y, x={**x, "field": "låg"}, x2={"field": "hög"}),
        layer(rows, {"type": "point", "filled": True, "size": 170, "color": ACCENT, "opacity": 1}, y=y, x=x,
              shape={"field": "när", "type": "nominal", "scale": {"domain": ["Start", "Slut"], "range": ["circle", "diamond"]}, "legend": None}),
        layer(rows, {"type": "text", "dy": -15}, y=y, x={"field": "poäng", "type": "quantitative"}, text={"field": "text"}),
    ]  # fmt: skip
    said = " och ".join(f"{str(row['när']).lower()} {row['text']}" for row in rows)
    description = (
        f"Gruppens medelvärde: {said}. Det ljusa fältet är människor i allmänhet, en standardavvikelse åt varje håll från "
        f"{written(norm.mean, 1)}.{_cutoff_words(told)}"
    )
    return (charted("Gruppen och människor i allmänhet", description, framed(layers, height={"step": 70}), table),)


