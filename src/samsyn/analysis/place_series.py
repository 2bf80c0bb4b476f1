"""
A series from one place, with or without a day when something began: everything that is said of it, as an answer.

The chart comes first and needs least. A break is only fitted where there are periods enough on both sides, none missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, log10

import numpy as np

from samsyn.analysis import counts, spc
from samsyn.analysis import place_sentences as words
from samsyn.analysis.answer import Answer, Attrition, Chart, Finding, Table
from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import Counts, Series
from samsyn.analysis.place_answers import METHOD_CONTROL, REGRESSION, REPORTED, PlaceQuestion, place_answer, said_once
from samsyn.analysis.place_series_charts import SeriesPicture, levels_of, series_charts, signalled
from samsyn.analysis.refused import OutOfRange, TooFewPoints
from samsyn.analysis.regression import DidNotSettle
from samsyn.analysis.segmented import FEWEST_EACH_SIDE, UNCERTAIN_BELOW, Break, Season, Segmented, segmented_counts, segmented_values
from samsyn.analysis.trend import mann_kendall, sen_slope
from samsyn.analysis.written_numbers import written

TITLE = "Har nivån ändrats?"
GAPS = "Perioder saknas i serien: en ändring av trenden går inte att räkna ut. Fyll i dem, med 0 där inget hände."
TOO_FEW_SIDES = f"Det behövs minst {FEWEST_EACH_SIDE} perioder före och {FEWEST_EACH_SIDE} efter för att räkna på trenden."
NO_FIT = "Trenden går inte att räkna ut: det finns för få händelser på någon av sidorna."
COMPARED = ("ratio_of_rate_ratios", "net_percent_change", "difference_in_differences")
CHARTS = {
    spc.ChartKind.RUN: "Seriediagram kring medianen med Anhøjs två regler (2014).",
    spc.ChartKind.XMR: "XmR-diagram: styrgränser från medelvärdet av de rörliga variationsvidderna (Montgomery, kap. 6), och Anhøjs två regler.",
    spc.ChartKind.C: "c-diagram: styrgränser efter slumpen för antal (Montgomery, kap. 7), och Anhøjs två regler.",
    spc.ChartKind.U: "u-diagram: styrgränser efter slumpen för antal per storlek (Montgomery, kap. 7), och Anhøjs två regler.",
}
DRAWN = {spc.ChartKind.RUN: spc.run_chart, spc.ChartKind.XMR: spc.xmr_chart, spc.ChartKind.C: spc.c_chart, spc.ChartKind.U: spc.u_chart}


@dataclass(frozen=True, slots=True)
class SeriesQuestion:
    """
    What is asked about a series.

    series       values in order, with labels of their periods
    last_before  how many of the periods lie before the change; None: no change is asked about
    kind         RUN, XMR, C or U; None: chosen by how many points there are and whether they are counts
    season       None: no season is taken into account
    whole        whether the periods follow on each other without a gap
    what         Swedish plural of what is counted
    level        of the intervals
    control      counts of a place like it where nothing was done, in the same periods; None if there is none
    control_name Swedish, as in "Jämfört med Norra torget"
    name         Swedish name of the place itself
    begun        Swedish: what began at the change; "" where it is not told
    per          Swedish: what each value is of, with a space first: the period (" i månaden") or the size (" per invånare")
    """

    series: Series
    last_before: int | None = None
    kind: spc.ChartKind | None = None
    season: Season | None = None
    whole: bool = True
    what: str = "händelser"
    level: float = 0.95
    control: Series | None = None
    control_name: str = "jämförelseområdet"
    name: str = "Platsen"
    begun: str = ""
    per: str = " per period"

    def __post_init__(self) -> None:
        if self.last_before is not None and not 0 < self.last_before < len(self.series):
            raise OutOfRange("Det måste finnas minst en period före ändringen och minst en efter.")
        if self.kind is not None and self.kind not in DRAWN:
            raise OutOfRange(f"Diagrammet {self.kind.value} går inte att välja här.")
        if self.control is not None:
            self._check_control(self.control)

    def _check_control(self, control: Series) -> None:
        if self.last_before is None:
            raise OutOfRange("En jämförelse läses bredvid en ändring: ange dagen då något började.")
        if len(control) != len(self.series):
            raise OutOfRange("Jämförelsen måste ha lika många perioder som platsen.")
        if self.series.size is not None or not self.are_counts or not _whole(control):
            raise OutOfRange("En jämförelse görs av antal: hela tal, 0 eller fler, på båda platserna och utan storlek.")

    @property
    def are_counts(self) -> bool:
        """Whether every value is a whole count."""
        return _whole(self.series)


def _whole(series: Series) -> bool:
    return bool((series.values >= 0).all() and (series.values == np.floor(series.values)).all())


def series_answer(asked: SeriesQuestion) -> Answer:
    """
    Return what the series says.

    raises   TooFewPoints if it is empty
    """
    if not len(asked.series):
        raise TooFewPoints("Serien har inga värden.")
    chart, found = chart_of(asked), _break(asked)
    n, beside = len(asked.series), _compared(asked)
    findings = (*_findings(asked, chart, found), *(one for one in beside.findings if one.name in COMPARED)) if beside else _findings(asked, chart, found)
    table = _table(asked, chart)
    charts = (*(beside.charts[1:] if beside else ()), *_charts(asked, chart, found, table))
    return Answer(
        0, TITLE, said_once(_sentences(asked, chart, found, beside)), tuple(findings), (*(beside.tables if beside else ()), table), charts,
        Attrition(n, n), tuple(_method(asked, chart, found)), warnings=tuple(_warnings(asked, found)),
    )  # fmt: skip


def _compared(asked: SeriesQuestion) -> Answer | None:
    """Return what the totals before and after say beside those of the other place; None where there is none."""
    both, at = totals(asked), asked.last_before
    if both is None or at is None or asked.control is None:
        return None
    before, after = (int(part.sum()) for part in (asked.control.values[:at], asked.control.values[at:]))
    control = Counts(before, after, both.time_before, both.time_after)
    return place_answer(PlaceQuestion(both, control, control_name=asked.control_name, what=asked.what, per=asked.per, level=asked.level, name=asked.name))


def _charts(asked: SeriesQuestion, chart: spc.ControlChart, found: Segmented | str, table: Table) -> tuple[Chart, ...]:
    """Return the chart of the points, and that of the levels where a break was fitted."""
    at, control = asked.last_before, asked.control
    beside = () if control is None else tuple(control.values.tolist())
    picture = SeriesPicture(chart, _names(asked), at, asked.begun, asked.what + asked.per, beside, asked.control_name)
    levels = None
    if isinstance(found, Segmented) and at is not None:
        levels = levels_of(found, _broken(asked, at), len(asked.series), are_counts=asked.are_counts)
    return series_charts(picture, levels, season=asked.season is not None, table=table)


def _names(asked: SeriesQuestion) -> tuple[str, ...]:
    """Return what the periods are called; () where only their order is known."""
    return tuple(str(period) for period in asked.series.periods)


def chart_of(asked: SeriesQuestion) -> spc.ControlChart:
    """Return the chart, its lines taken from the periods before the change; below 12 of them a run chart."""
    base = asked.last_before or len(asked.series)
    kind = asked.kind or (spc.ChartKind.XMR if base >= spc.FEWEST_FOR_LIMITS else spc.ChartKind.RUN)
    return DRAWN[kind](_rates(asked, kind), spc.ChartSettings(freeze=asked.last_before))


def _rates(asked: SeriesQuestion, kind: spc.ChartKind) -> Series:
    """Return the series that is drawn: rates where there are sizes and the chart does not divide by them itself."""
    series = asked.series
    if series.size is None or kind is spc.ChartKind.U:
        return series
    return Series(series.values / series.size, None, series.periods)


def _break(asked: SeriesQuestion) -> Segmented | str:
    """Return the fitted break, or the reason why there is none; "" when no change is asked about."""
    at = asked.last_before
    if at is None:
        return ""
    after = len(asked.series) - at
    if not asked.whole:
        return GAPS
    if min(at, after) < FEWEST_EACH_SIDE:
        return TOO_FEW_SIDES
    broken = _broken(asked, at)
    try:
        if asked.are_counts:
            return segmented_counts(asked.series, broken, asked.level)
        return segmented_values(_rates(asked, spc.ChartKind.RUN), broken, level=asked.level)
    except TooFewPoints as few:
        return str(few)
    except DidNotSettle:
        return NO_FIT


def _broken(asked: SeriesQuestion, at: int) -> Break:
    """Return how the series may break after so many periods."""
    return Break(at, slope_change=min(at, len(asked.series) - at) >= UNCERTAIN_BELOW, season=asked.season)


def totals(asked: SeriesQuestion) -> Counts | None:
    """Return the events before and after with the lengths of time; None for what is no counts, or without a change."""
    at, series = asked.last_before, asked.series
    if at is None or not asked.are_counts:
        return None
    size = np.ones(len(series)) if series.size is None else series.size
    before, after = series.values[:at], series.values[at:]
    earlier = tuple(int(value) for value in before) if series.size is None else ()
    return Counts(int(before.sum()), int(after.sum()), float(size[:at].sum()), float(size[at:].sum()), earlier=earlier)


def _sentences(asked: SeriesQuestion, chart: spc.ControlChart, found: Segmented | str, beside: Answer | None) -> Iterator[str]:
    both = totals(asked)
    if beside is not None:
        yield from beside.sentences
    elif both is not None:
        yield words.change_sentence(both, counts.percent_change(both, asked.level), asked.what)
    yield words.chart_sentence(chart, _names(asked))
    if isinstance(found, Segmented):
        yield words.segmented_sentence(found, compared=beside is not None)
    elif found:
        yield found
    if asked.last_before is None and asked.whole:
        series = _rates(asked, spc.ChartKind.RUN)
        yield words.trend_sentence(mann_kendall(series), sen_slope(series, level=asked.level))


def _findings(asked: SeriesQuestion, chart: spc.ControlChart, found: Segmented | str) -> Iterator[Finding]:
    both, level = totals(asked), asked.level
    if both is not None:
        yield _named("percent_change", counts.percent_change(both, level), "förändring per lika lång tid, i procent")
        if both.earlier:
            yield _named("dispersion", counts.dispersion(both.earlier), "variation mellan perioderna före, 1 = som slumpen")
    phase = chart.phases[0]
    yield _named("centre", Estimate(phase.centre, len(asked.series), "points", f"{chart.kind.value}_chart"), "mittlinje")
    signals = {point for signal in chart.signals for point in signal.points}
    yield _named("points_signalled", Estimate(len(signals), len(asked.series), "count", "anhoej_and_limits"), "punkter som bryter mot en regel")
    if isinstance(found, Segmented):
        yield _named("level_change", found.level_change, "nivån direkt efter, mot den tidigare trenden")
        if found.slope_change is not None:
            yield _named("slope_change", found.slope_change, "lutningen efter, mot den tidigare trenden")
        yield _named("trend_before", found.trend_before, "trend före, per period")
    elif found:
        yield _named("level_change", cannot_be_told(found, n=len(asked.series), unit="ratio", method="segmented"), "nivån direkt efter")
    if asked.last_before is None and asked.whole:
        series = _rates(asked, spc.ChartKind.RUN)
        trend = mann_kendall(series)
        yield _named("sen_slope", sen_slope(series, level=level), "lutning per period")
        yield _named("p_trend", trend.p, "sannolikhet för minst så tydlig trend av en slump")


def _named(name: str, estimate: Estimate, label: str) -> Finding:
    return Finding(0, name, estimate, label=label)


def _table(asked: SeriesQuestion, chart: spc.ControlChart) -> Table:
    """Return the points with their lines, and what each breaks."""
    at, series, phase = asked.last_before, asked.series, chart.phases[0]
    marked = signalled(chart)
    own_limits = len(set(zip(phase.lcl, phase.ucl, strict=True))) > 1
    rows = []
    for place in range(len(series)):
        period = str(series.periods[place]) if series.periods else str(place + 1)
        side = () if at is None else ("före" if place < at else "efter",)
        limits = (_limits(phase, place),) if own_limits else ()
        signal = "signal" if place + 1 in marked else ""
        other = () if asked.control is None else (_figures(asked.control.values[place]),)
        rows.append((str(place + 1), period, _figures(chart.points[place]), *other, *side, *limits, signal))
    heads = ("Punkt", "Period", "Värde", *(() if asked.control is None else (asked.control_name,)), *(() if at is None else ("Tid",)),
             *(("Styrgränser",) if own_limits else ()), "Signal")  # fmt: skip
    same = (f"Styrgränser: {_limits(phase, 0)}.",) if phase.lcl and not own_limits else ()
    notes = (f"Mittlinje: {_figures(phase.centre)}.", *same, *((phase.reason,) if phase.reason else ()))
    return Table(f"Antal {asked.what}{asked.per}", heads, tuple(rows), notes)


def _limits(phase: spc.Phase, place: int) -> str:
    return f"{_figures(phase.lcl[place])} till {_figures(phase.ucl[place])}"


def _figures(number: float) -> str:
    """Return a number with at least three figures where it has them: 12,4 and 0,000307."""
    decimals = 2 if abs(number) >= 1 or number == 0 else min(8, 2 - floor(log10(abs(number))))
    shown = written(number, decimals)
    return shown.rstrip("0").rstrip(",") if "," in shown else shown


def _warnings(asked: SeriesQuestion, found: Segmented | str) -> Iterator[str]:
    if not asked.whole:
        yield "Perioder saknas i serien. Punkterna är lagda intill varandra."
    if asked.last_before is not None and asked.control is None:
        yield REGRESSION
    if isinstance(found, Segmented) and asked.season is None:
        yield "Ingen säsong är borträknad. Är det skillnad mellan årstider kan den se ut som en ändring."
    yield REPORTED


def _method(asked: SeriesQuestion, chart: spc.ControlChart, found: Segmented | str) -> Iterator[str]:
    yield CHARTS[chart.kind]
    if asked.last_before is not None:
        yield f"Mittlinjen räknas från de {asked.last_before} perioderna före."
    if asked.control is not None:
        yield METHOD_CONTROL
    if isinstance(found, Segmented):
        model = "Segmenterad quasi-Poissonregression" if asked.are_counts else "Segmenterad regression med Newey-Wests medelfel"
        yield f"{model} (Lopez Bernal m.fl. 2017){', med säsong' if asked.season else ''}{'' if found.slope_change else ', utan ändrad lutning'}."
    if asked.last_before is None and asked.whole:
        yield "Trend: Mann-Kendall med Sens lutning."
