"""
Charts of an operation over time: the run chart first, control charts where there are points enough.

A point is numbered from 1, as a person counts. `freeze` takes the lines from the first points alone; `splits` starts new
lines after a point; excluded points are drawn but counted nowhere. With fewer than 12 points to take the lines from there
is a run chart only, and the reason is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from samsyn.analysis.frequency import Numbers, Series, whole_counts
from samsyn.analysis.refused import OutOfRange, SettingMissing, TooFewPoints
from samsyn.analysis.spc_rules import FEWEST_USEFUL, Runs, runs_round

FEWEST_FOR_LIMITS = 12
RANGE_TO_SD = 1.128
"""Expected range of two normal values in standard deviations, to the three decimals of the printed tables (3 / 1.128 = 2.66)."""
RANGE_LIMIT = 3.267
"""Upper limit of the moving ranges, in mean moving ranges."""
SIGMAS = 3.0
WEIBULL = 3.6
"""Exponent that makes times between events nearly normal (Nelson 1994)."""

TOO_FEW_FOR_LIMITS = "Färre än 12 punkter: bara ett seriediagram, utan styrgränser."
TOO_FEW_FOR_RULES = "Färre än 10 punkter ligger vid sidan av mittlinjen: det går inte att skilja en förskjutning från slump."
NO_SPREAD = "Värdena som gränserna räknas från varierar inte: det går inte att räkna ut några styrgränser."


class ChartKind(Enum):
    """Which chart it is."""

    RUN = "run"
    XMR = "xmr"
    P = "p"
    U = "u"
    C = "c"
    T = "t"
    G = "g"


class ChartRule(Enum):
    """What makes a point or a phase a signal."""

    OUTSIDE_LIMITS = "outside limits"
    LONG_RUN = "long run"
    FEW_CROSSINGS = "few crossings"


@dataclass(frozen=True, slots=True)
class ChartSettings:
    """
    The choices of a chart.

    freeze    the lines are taken from the first so many points; None: from all points of the phase
    splits    new lines start AFTER each of these points
    excluded  numbers of points that are drawn but not counted
    """

    freeze: int | None = None
    splits: tuple[int, ...] = ()
    excluded: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.freeze is not None and self.splits:
            raise OutOfRange("Linjerna kan antingen frysas eller delas, inte båda på en gång.")
        if tuple(sorted(set(self.splits))) != tuple(self.splits):
            raise OutOfRange("Punkterna där linjerna delas ska stå i ordning, var och en en gång.")


WHOLE_CHART = ChartSettings()


@dataclass(frozen=True, slots=True)
class Signal:
    """One rule that has been broken: by these points, numbered from 1; few crossings: by the whole phase."""

    rule: ChartRule
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """
    The lines of one stretch of the chart.

    first, last   numbers of its points
    centre        mean, total rate or median, in the unit of the points
    lcl, ucl      one limit a point; () when there are none, and `reason` says why
    mean_range    XmR: the mean moving range; None for the other charts
    range_limit   XmR: upper limit of the moving ranges
    runs          how the points lie round the centre
    signals       what cannot be put down to chance
    reason        Swedish: what could not be judged
    """

    first: int
    last: int
    centre: float
    lcl: tuple[float, ...]
    ucl: tuple[float, ...]
    mean_range: float | None
    range_limit: float | None
    runs: Runs
    signals: tuple[Signal, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A chart as values: its kind, the points as drawn, the phases in order, and the settings."""

    kind: ChartKind
    points: tuple[float, ...]
    phases: tuple[Phase, ...]
    settings: ChartSettings

    @property
    def signals(self) -> tuple[Signal, ...]:
        """All signals, phase by phase."""
        return tuple(signal for phase in self.phases for signal in phase.signals)

    def points_that_broke(self, rule: ChartRule) -> tuple[int, ...]:
        """Return the numbers of the points that broke a rule."""
        return tuple(sorted({point for signal in self.signals if signal.rule is rule for point in signal.points}))


@dataclass(frozen=True, slots=True)
class _Lines:
    """Centre and limits for all points of the chart, taken from the points of the base."""

    centre: float
    lcl: Numbers | None = None
    ucl: Numbers | None = None
    mean_range: float | None = None
    reason: str = ""


Draw = Callable[[NDArray[np.bool_]], _Lines]


def run_chart(series: Series, settings: ChartSettings = WHOLE_CHART) -> ControlChart:
    """
    Return a run chart: the values round their median, with Anhoej's rules.

    series   values in order; what they were counted among is not used
    raises   TooFewPoints if nothing is left to take the median from; OutOfRange if a setting names a point that is not there
    source   Anhoej and Olesen (2014), PLoS ONE 9(11) e113825
    """
    return _chart(ChartKind.RUN, series.values, lambda base: _median(series.values, base), settings)


def xmr_chart(series: Series, settings: ChartSettings = WHOLE_CHART) -> ControlChart:
    """
    Return a chart of single values with limits from the mean moving range (3 / 1.128; ranges are not screened).

    series   values in order; a range goes from one counted point to the next counted
    source   Montgomery, Introduction to Statistical Quality Control, ch. 6
    """
    return _chart(ChartKind.XMR, series.values, lambda base: _xmr_lines(series.values, base), settings)


def t_chart(series: Series, settings: ChartSettings = WHOLE_CHART) -> ControlChart:
    """
    Return a chart of the times between rare events: single values after the power 1/3.6, drawn back.

    series   times, above 0, in one unit (days)
    raises   OutOfRange if a time is 0 or below
    source   Nelson (1994), Journal of Quality Technology 26, 239-241
    """
    if (series.values <= 0).any():
        raise OutOfRange("Tiden mellan två händelser måste vara över 0. Slå ihop händelser som hör till samma tillfälle.")

    def lines(base: NDArray[np.bool_]) -> _Lines:
        inner = _xmr_lines(series.values ** (1 / WEIBULL), base)
        lcl = None if inner.lcl is None else np.maximum(inner.lcl, 0.0) ** WEIBULL
        return _Lines(inner.centre**WEIBULL, lcl, None if inner.ucl is None else inner.ucl**WEIBULL, reason=inner.reason)

    return _chart(ChartKind.T, series.values, lines, settings)


def g_chart(series: Series, settings: ChartSettings = WHOLE_CHART) -> ControlChart:
    """
    Return a chart of how many events without it lie between two rare ones: limits by the geometric distribution round the
    mean, the centre line at the median, as the distribution is skew.

    series   whole counts, 0 or more
    source   Montgomery, ch. 7; Provost and Murray (2011), The Health Care Data Guide, p. 228
    """
    between = whole_counts(series.values, "Antalen mellan händelserna").astype(np.float64)

    def lines(base: NDArray[np.bool_]) -> _Lines:
        mean = float(between[base].mean())
        return _limits(float(np.median(between[base])), np.full(len(between), np.sqrt(mean * (mean + 1))), None, round_=mean)

    return _chart(ChartKind.G, between, lines, settings)


def c_chart(series: Series, settings: ChartSettings = WHOLE_CHART) -> ControlChart:
    """
    Return a chart of counts over equal periods; the lower limit is never below 0.

    series   whole counts
    source   Montgomery, ch. 7
    """
    counts = whole_counts(series.values, "Antalen").astype(np.float64)

    def lines(base: NDArray[np.bool_]) -> _Lines:
        centre = float(counts[base].mean())
        return _limits(centre, np.full(len(counts), np.sqrt(centre)), None)

    return _chart(ChartKind.C, counts, lines, settings)


def u_chart(series: Series, settings: ChartSettings = WHOLE_CHART) -> ControlChart:
    """
    Return a chart of counts per size (inhabitants, days); the lower limit is never below 0.

    series   whole counts, with the size each was counted among
    raises   SettingMissing if the series has no sizes
    source   Montgomery, ch. 7
    """
    counts, size = _with_size(series)

    def lines(base: NDArray[np.bool_]) -> _Lines:
        centre = float(counts[base].sum() / size[base].sum())
        return _limits(centre, np.sqrt(centre / size), None)

    return _chart(ChartKind.U, counts / size, lines, settings)


def p_chart(series: Series, settings: ChartSettings = WHOLE_CHART) -> ControlChart:
    """
    Return a chart of shares; the limits are never outside 0 to 1.

    series   whole counts, with the number each was counted among
    raises   SettingMissing if the series has no sizes; OutOfRange if a count is above its size
    source   Montgomery, ch. 7
    """
    counts, size = _with_size(series)
    if (counts > size).any():
        raise OutOfRange("I ett p-diagram kan antalet inte vara större än det räknades bland.")

    def lines(base: NDArray[np.bool_]) -> _Lines:
        centre = float(counts[base].sum() / size[base].sum())
        return _limits(centre, np.sqrt(centre * (1 - centre) / size), 1.0)

    return _chart(ChartKind.P, counts / size, lines, settings)


def _with_size(series: Series) -> tuple[Numbers, Numbers]:
    if series.size is None:
        raise SettingMissing("Ett p- eller u-diagram behöver veta vad varje antal räknades bland. Lägg till nämnaren för varje period.")
    return whole_counts(series.values, "Antalen").astype(np.float64), series.size


def _limits(centre: float, sd: Numbers, highest: float | None, *, round_: float | None = None) -> _Lines:
    """Return three-sigma lines round the centre (or round another value), never below 0 nor above the highest possible."""
    middle = centre if round_ is None else round_
    if not (sd > 0).all():
        return _Lines(centre, reason=NO_SPREAD)
    return _Lines(centre, np.clip(middle - SIGMAS * sd, 0.0, highest), np.clip(middle + SIGMAS * sd, 0.0, highest))


def _xmr_lines(values: Numbers, base: NDArray[np.bool_]) -> _Lines:
    centre = float(values[base].mean())
    mean_range = float(np.abs(np.diff(values[base])).mean()) if base.sum() > 1 else 0.0
    if not mean_range:
        return _Lines(centre, reason=NO_SPREAD)
    reach = SIGMAS * mean_range / RANGE_TO_SD
    return _Lines(centre, np.full(len(values), centre - reach), np.full(len(values), centre + reach), mean_range)


def _median(values: Numbers, base: NDArray[np.bool_]) -> _Lines:
    return _Lines(float(np.median(values[base])))


def _chart(kind: ChartKind, points: Numbers, lines: Draw, settings: ChartSettings) -> ControlChart:
    """Return the chart, phase by phase."""
    n = len(points)
    named = (*settings.excluded, *settings.splits, *(() if settings.freeze is None else (settings.freeze,)))
    if any(not 1 <= number <= n for number in named):
        raise OutOfRange(f"Diagrammet har {n} punkter; en inställning pekar på en punkt som inte finns.")
    edges = [0, *(split for split in settings.splits if split < n), n]
    counted = np.array([number not in settings.excluded for number in range(1, n + 1)], dtype=np.bool_)
    phases = tuple(_phase(kind, points, lines, counted, settings, start, stop) for start, stop in zip(edges[:-1], edges[1:], strict=True))
    return ControlChart(kind, tuple(float(point) for point in points), phases, settings)


def _phase(
    kind: ChartKind, points: Numbers, lines: Draw, counted: NDArray[np.bool_], settings: ChartSettings, start: int, stop: int
) -> Phase:
    order = np.arange(len(points))
    inside = (order >= start) & (order < stop)
    base = inside & counted & (order < (settings.freeze or len(points)))
    if not base.any():
        raise TooFewPoints("Det finns inga punkter att räkna mittlinjen från.")
    drawn = _lines_of(kind, points, lines, base)
    runs = runs_round(points[inside], drawn.centre, counted[inside], start + 1)
    reasons = [text for text in (drawn.reason, "" if runs.is_judged else TOO_FEW_FOR_RULES) if text]
    return Phase(
        first=start + 1,
        last=stop,
        centre=drawn.centre,
        lcl=() if drawn.lcl is None else tuple(float(limit) for limit in drawn.lcl[inside]),
        ucl=() if drawn.ucl is None else tuple(float(limit) for limit in drawn.ucl[inside]),
        mean_range=drawn.mean_range,
        range_limit=None if drawn.mean_range is None else RANGE_LIMIT * drawn.mean_range,
        runs=runs,
        signals=_signals(points, drawn, runs, inside & counted, (start + 1, stop)),
        reason=" ".join(reasons),
    )


def _lines_of(kind: ChartKind, points: Numbers, lines: Draw, base: NDArray[np.bool_]) -> _Lines:
    """Return the chart's own lines, or the median alone when the points are too few for limits."""
    if kind is ChartKind.RUN or base.sum() >= FEWEST_FOR_LIMITS:
        return lines(base)
    return _Lines(_median(points, base).centre, reason=TOO_FEW_FOR_LIMITS)


def _signals(points: Numbers, drawn: _Lines, runs: Runs, judged: NDArray[np.bool_], ends: tuple[int, int]) -> tuple[Signal, ...]:
    found: list[Signal] = []
    if drawn.lcl is not None and drawn.ucl is not None:
        outside = np.flatnonzero(judged & ((points < drawn.lcl) | (points > drawn.ucl)))
        if len(outside):
            found.append(Signal(ChartRule.OUTSIDE_LIMITS, tuple(int(place) + 1 for place in outside)))
    if runs.is_too_long:
        found.extend(Signal(ChartRule.LONG_RUN, run) for run in runs.long_runs)
    if runs.crosses_too_seldom:
        found.append(Signal(ChartRule.FEW_CROSSINGS, tuple(range(ends[0], ends[1] + 1))))
    return tuple(found)


__all__ = [
    "FEWEST_USEFUL", "ChartKind", "ChartRule", "ChartSettings", "ControlChart", "Phase", "Signal",
    "c_chart", "g_chart", "p_chart", "run_chart", "t_chart", "u_chart", "xmr_chart",
]  # fmt: skip
