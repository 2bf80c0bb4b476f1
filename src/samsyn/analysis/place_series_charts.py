"""The charts of a series from a place: a run chart or control chart with the change marked, and the levels before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from samsyn.analysis.answer import Chart, Table
from samsyn.analysis.place_sentences import spans_of
from samsyn.analysis.questions.drawing import ACCENT, BAND, INK, LABEL, QUIET, SHEET, SUN, WIDTH, Rows, Spec, charted, coloured, framed, layer, numbers
from samsyn.analysis.segmented import Break, Segmented, segmented_design
from samsyn.analysis.spc import ChartKind, ChartRule, ControlChart
from samsyn.analysis.written_numbers import written

HEIGHT = 164
HEADROOM = 1.16  # over the highest, for the words at the change
A_LETTER = 7.6  # of a label, pixels
NEAR = 17  # pixels: two labels closer than this would lie on each other
VALUE, SIGNAL = "värde", "signal"
KINDS = {ChartKind.RUN: "Seriediagram", ChartKind.XMR: "Styrdiagram", ChartKind.C: "Styrdiagram", ChartKind.U: "Styrdiagram"}
CHANGE = "ändringen"


@dataclass(frozen=True, slots=True)
class SeriesPicture:
    """
    What a series is drawn from.

    chart         the points and their lines
    periods       labels of the points, as many; () where only their order is known
    last_before   how many points lie before the change; None: none is marked
    begun         Swedish: what began then; "" where it is not told
    what          Swedish: what is counted, with its unit
    control       the values of another place in the same periods; () if there is none
    control_name  what it is called
    """

    chart: ControlChart
    periods: tuple[str, ...]
    last_before: int | None
    begun: str
    what: str
    control: tuple[float, ...] = ()
    control_name: str = ""

    @property
    def is_never_below_zero(self) -> bool:
        """Whether the values, and so what is drawn of the lines, are 0 or more."""
        return min(self.chart.points) >= 0

    def name_of(self, point: int) -> str:
        """Return what a point is called, numbered from 1."""
        return self.periods[point - 1] if self.periods else f"punkt {point}"


@dataclass(frozen=True, slots=True)
class Levels:
    """The fitted levels, season taken out: one value a point; `expected` is where the time before led to, from the change on."""

    fitted: tuple[float, ...]
    expected: tuple[float, ...]


def signalled(chart: ControlChart) -> set[int]:
    """Return the numbers of the points that break a rule of their own; few crossings belong to no point."""
    return set(chart.points_that_broke(ChartRule.OUTSIDE_LIMITS)) | set(chart.points_that_broke(ChartRule.LONG_RUN))


def levels_of(found: Segmented, at: Break, n: int, *, are_counts: bool) -> Levels | None:
    """Return the levels of a fitted break over n points; None where they are no numbers that can be drawn."""
    if found.level_change.value is None:
        return None
    design = segmented_design(n, at)
    kept = [name for name in found.fit.names if name in ("intercept", "level", "trend", "slope")]
    parts = np.stack([design.columns[:, design.names.index(name)] * found.fit.of(name)[0] for name in kept])
    before_only = parts[[place for place, name in enumerate(kept) if name in ("intercept", "trend")]]
    with np.errstate(over="ignore"):
        fitted, expected = (np.exp(one.sum(axis=0)) if are_counts else one.sum(axis=0) for one in (parts, before_only))
    if not (np.isfinite(fitted).all() and np.isfinite(expected).all()):
        return None
    return Levels(tuple(fitted.tolist()), tuple(expected[at.last_before :].tolist()))


def series_charts(picture: SeriesPicture, levels: Levels | None, *, season: bool, table: Table) -> tuple[Chart, ...]:
    """Return the chart of the points with their lines, and where a break was fitted that of the levels; the other place is drawn once, last."""
    if levels is None or picture.last_before is None:
        return (_lined(picture, picture.control, table),)
    return _lined(picture, (), table), _levelled(picture, levels, picture.last_before, season=season, table=table)


def _lined(picture: SeriesPicture, control: Sequence[float], table: Table) -> Chart:
    """Return the run chart or control chart."""
    chart, phase = picture.chart, picture.chart.phases[0]
    ends = [*chart.points, *phase.ucl, *phase.lcl, *control, phase.centre]
    frame = _Frame(picture, ends)
    limits = [{"punkt": place, "undre": low, "övre": high} for place, (low, high) in enumerate(zip(phase.lcl, phase.ucl, strict=True), 1)]
    layers: list[Spec] = []
    if limits:
        layers.append(layer(limits, {"type": "area", "color": BAND, "interpolate": "step", "clip": True}, x=frame.x, y=frame.y("undre"), y2={"field": "övre"}))
    layers += [*_centre(frame, phase.centre), *_beside(frame, control), *_points(frame), *_change(frame), *_labels(frame)]
    layers += _right(frame, [*_line_words(picture), *_control_end(picture, control)])
    return charted(f"{KINDS[chart.kind]}: {picture.what}", " ".join(_line_description(picture, control)), framed(layers, height=HEIGHT), table)


def _line_words(picture: SeriesPicture) -> list[tuple[float, str]]:
    """Return the words at the right end: the centre line first, then the limits where they may be read apart."""
    phase = picture.chart.phases[0]
    name = "median" if not phase.lcl else "mittlinje"
    words = [(phase.centre, f"{name} {_figures(phase.centre)}")]
    if phase.lcl:
        words.append((phase.ucl[-1], f"övre styrgräns {_figures(phase.ucl[-1])}"))
        if phase.lcl[-1] > 0 or not picture.is_never_below_zero:
            words.append((phase.lcl[-1], f"undre styrgräns {_figures(phase.lcl[-1])}"))
    return words


def _line_description(picture: SeriesPicture, control: Sequence[float]) -> list[str]:
    chart, phase, marked = picture.chart, picture.chart.phases[0], sorted(signalled(picture.chart))
    n = len(chart.points)
    told = [f"{n} perioder, från {picture.name_of(1)} till {picture.name_of(n)}: {picture.what}, mellan {_figures(min(chart.points))} och "
            f"{_figures(max(chart.points))}.", f"{'Mittlinjen' if phase.lcl else 'Medianen'} är {_figures(phase.centre)}."]  # fmt: skip
    told += ["Det ljusa fältet ligger mellan styrgränserna."] if phase.lcl else []
    if picture.last_before is not None:
        told.append(f"Det lodräta strecket: {picture.begun or CHANGE}, efter {picture.name_of(picture.last_before)}. Linjerna är räknade från tiden före.")
    spans = ", ".join(spans_of(tuple(marked), [picture.name_of(point) for point in range(1, n + 1)]))
    told.append(f"Fyrkanterna är signaler: {spans}." if marked else "Ingen punkt är en signal.")
    return [*told, *_control_words(picture, control)]


def _control_words(picture: SeriesPicture, control: Sequence[float]) -> list[str]:
    return [f"Den streckade grå linjen är {picture.control_name}."] if control else []


def _control_end(picture: SeriesPicture, control: Sequence[float]) -> list[tuple[float, str]]:
    return [(control[-1], picture.control_name)] if control else []


def _levelled(picture: SeriesPicture, levels: Levels, at: int, *, season: bool, table: Table) -> Chart:
    """Return the points with the level before, the level after, and where the time before led to."""
    fitted, expected = levels.fitted, levels.expected
    frame = _Frame(picture, [*picture.chart.points, *fitted, *picture.control])
    steps = (("före", range(1, at + 1), fitted[:at]), ("efter", range(at + 1, len(fitted) + 1), fitted[at:]))
    rows = [{"punkt": place, "värde": value, "tid": when} for when, places, values in steps for place, value in zip(places, values, strict=True)]
    ahead = [{"punkt": place, "värde": value} for place, value in enumerate(expected, at + 1)]
    thin = {"type": "point", "filled": True, "size": 55, "color": QUIET, "opacity": 0.75}
    seen = [{"punkt": place, "värde": value} for place, value in enumerate(picture.chart.points, 1)]
    layers = [
        *_beside(frame, picture.control),
        layer(seen, thin, x=frame.x, y=frame.y("värde")),
        layer(ahead, {"type": "line", "color": ACCENT, "strokeWidth": 2, "strokeDash": [5, 5], "clip": True}, x=frame.x, y=frame.y("värde")),
        layer(rows, {"type": "line", "color": ACCENT, "strokeWidth": 3.5, "clip": True}, x=frame.x, y=frame.y("värde"),
              detail={"field": "tid", "type": "nominal"}),
        *_change(frame), *_labels(frame),
        *_right(frame, [(fitted[-1], "nivån efter"), (expected[-1], "dit tiden före pekade"), *_control_end(picture, picture.control)]),
    ]  # fmt: skip
    ends = f"från {_figures(fitted[0])} till {_figures(fitted[at - 1])} före och från {_figures(fitted[at])} till {_figures(fitted[-1])} efter"
    told = [f"De två tjocka linjerna är nivån, {ends}.", f"Den streckade linjen är dit tiden före pekade: {_figures(expected[-1])} i slutet.",
            "Årstiden är borträknad ur linjerna." if season else "", "Punkterna är värdena."]  # fmt: skip
    description = " ".join(words for words in (*told, *_control_words(picture, picture.control)) if words)
    return charted(f"Nivån före och efter: {picture.what}", description, framed(layers, height=HEIGHT), table)


class _Frame:
    """The axes of one chart: the points side by side, the values from a floor to a height with room for words."""

    def __init__(self, picture: SeriesPicture, ends: Sequence[float]) -> None:
        self.picture, self.n = picture, len(picture.chart.points)
        low, high = (0.0 if picture.is_never_below_zero else min(ends)), max(ends)
        room = (high - low) or 1.0
        self.low, self.high = (low if picture.is_never_below_zero else low - 0.06 * room), low + HEADROOM * room
        self.x: Spec = {
            "field": "punkt", "type": "quantitative", "scale": {"domain": [0.5, self.n + 0.5], "nice": False, "zero": False},
            "axis": {"title": None, "grid": False, "labels": not picture.periods, "values": self.labelled, "format": "d"},
        }  # fmt: skip

    @property
    def labelled(self) -> list[int]:
        """The numbers of the points that have room for their labels."""
        longest = max((len(period) for period in self.picture.periods), default=3)
        every = max(1, ceil((longest * A_LETTER + 14) * self.n / WIDTH))
        return list(range(1, self.n + 1, every))

    def y(self, field: str) -> Spec:
        """Return the encoding of values."""
        scale = {"domain": [self.low, self.high], "nice": False, "zero": False}
        return numbers(field, None, axis={"tickCount": 5}, scale=scale)

    def pixel(self, value: float) -> float:
        """Return how far down a value stands."""
        return HEIGHT * (self.high - value) / (self.high - self.low)


def _points(frame: _Frame) -> list[Spec]:
    """Return the points on their line; a signal has another shape, another colour and an edge."""
    marked, values = signalled(frame.picture.chart), frame.picture.chart.points
    rows = [{"punkt": place, "värde": value, "slag": SIGNAL if place in marked else VALUE} for place, value in enumerate(values, 1)]
    shape = {"field": "slag", "type": "nominal", "scale": {"domain": [VALUE, SIGNAL], "range": ["circle", "square"]}, "title": None}
    colour = coloured("slag", {VALUE: ACCENT, SIGNAL: SUN})
    if not marked:
        shape, colour = {**shape, "legend": None}, {**colour, "legend": None}
    return [
        layer(rows, {"type": "line", "color": ACCENT, "strokeWidth": 1.5, "opacity": 0.6}, x=frame.x, y=frame.y("värde")),
        layer(rows, {"type": "point", "filled": True, "opacity": 1, "size": 90, "stroke": SHEET, "strokeWidth": 1}, x=frame.x, y=frame.y("värde"),
              shape=shape, color=colour),
    ]  # fmt: skip


def _centre(frame: _Frame, centre: float) -> list[Spec]:
    """Return the centre line: whole where it is taken from, dashed where it goes on."""
    last = frame.picture.last_before or frame.n
    edge = frame.n + 0.5
    own: Rows = [{"punkt": 0.5, "till": min(last + 0.5, edge), "värde": centre}]
    on: Rows = [{"punkt": last + 0.5, "till": edge, "värde": centre}] if last < frame.n else []
    drawn = {"type": "rule", "color": QUIET, "strokeWidth": 2}
    layers = [layer(own, drawn, x=frame.x, x2={"field": "till"}, y=frame.y("värde"))]
    return layers + ([layer(on, {**drawn, "strokeDash": [5, 5]}, x=frame.x, x2={"field": "till"}, y=frame.y("värde"))] if on else [])


def _beside(frame: _Frame, control: Sequence[float]) -> list[Spec]:
    rows = [{"punkt": place, "värde": value} for place, value in enumerate(control, 1)]
    return [layer(rows, {"type": "line", "color": QUIET, "strokeWidth": 1.5, "strokeDash": [2, 3]}, x=frame.x, y=frame.y("värde"))] if rows else []


def _change(frame: _Frame) -> list[Spec]:
    """Return the line where something began, with its words on the side where there is room."""
    at = frame.picture.last_before
    if at is None:
        return []
    left = at > frame.n / 2
    rows = [{"punkt": at + 0.5, "text": frame.picture.begun or CHANGE}]
    text = {"type": "text", "color": SUN, "fontWeight": 600, "align": "right" if left else "left", "dx": -7 if left else 7, "y": 9, "limit": 270}
    return [
        layer(rows, {"type": "rule", "color": SUN, "strokeWidth": 2, "strokeDash": [6, 3]}, x=frame.x),
        layer(rows, text, x=frame.x, text={"field": "text"}),
    ]


def _labels(frame: _Frame) -> list[Spec]:
    """Return the periods under the axis: as text of their own, since an axis cannot show words from a file without reading them as a formula."""
    if not frame.picture.periods:
        return []
    rows = [{"punkt": point, "text": frame.picture.name_of(point)} for point in frame.labelled]
    return [layer(rows, {"type": "text", "color": QUIET, "fontSize": LABEL, "y": HEIGHT + 15, "limit": 150}, x=frame.x, text={"field": "text"})]


def _right(frame: _Frame, words: Sequence[tuple[float, str]]) -> list[Spec]:
    """Return words at the right end of lines; those that would lie on each other are moved down, just clear."""
    mark = {"type": "text", "align": "left", "x": WIDTH + 8, "color": INK}
    layers, free = [], 0.0
    for place, text in sorted((min(max(frame.pixel(value), 4.0), HEIGHT - 2.0), text) for value, text in words):
        down = max(place, free)
        free = down + NEAR
        layers.append(layer([{"text": text}], {**mark, "y": down}, text={"field": "text"}))
    return layers


def _figures(number: float) -> str:
    """Return a number as it is read in a chart: 12, 12,4 and 0,0031."""
    shown = written(number, 1 if abs(number) >= 10 else 2 if abs(number) >= 1 or number == 0 else 4)
    return shown.rstrip("0").rstrip(",") if "," in shown else shown
