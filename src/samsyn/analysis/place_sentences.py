"""
What a coordinator may print about a place: one or two sentences from the values of a result, and nothing beyond them.

No sentence says why. What lies within chance is said to; what it is compared with is named; a result that takes events to
be independent says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from samsyn.analysis.comparison import Overdispersion, Shrunk
from samsyn.analysis.counts import INDEPENDENT
from samsyn.analysis.displacement import DisplacementQuotient, WeightedDifference
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.frequency import Counts
from samsyn.analysis.refused import OutOfRange
from samsyn.analysis.segmented import Segmented
from samsyn.analysis.spc import ChartRule, ControlChart
from samsyn.analysis.spc_rules import FEWEST_USEFUL
from samsyn.analysis.trend import Trend
from samsyn.analysis.written_numbers import written

CHANCE = "Det kan inte skiljas från slump."
NO_COMPARISON = "Ingen annan plats är jämförd: siffrorna visar vad som hände, inte varför."
NOT_WHY = "Jämförelsen säger inte vad det beror på."
RESERVATION = "Intervallet förutsätter oberoende händelser. Kommer de i serier är osäkerheten större."


def change_sentence(counts: Counts, change: Estimate, what: str = "händelser") -> str:
    """
    Return what happened in one place, without comparison.

    counts   the events; change: `percent_change` of them
    what     Swedish plural of what is counted
    """
    numbers = f"{_whole(counts.before)} {what} före och {_whole(counts.after)} efter"
    alike = "" if counts.time_before == counts.time_after else "räknat per lika lång tid "
    if change.value is None:
        return f"{numbers}. {change.reason}"
    return _joined(f"{numbers}: {alike}{_change(change)}.", _chance(change, 0.0), NO_COMPARISON, _reservation(change))


def net_change_sentence(change: Estimate, comparison: str) -> str:
    """
    Return how a place developed beside its comparison.

    change       `net_percent_change`
    comparison   Swedish name of the comparison area, as in "Jämfört med Norra torget"
    """
    if change.value is None:
        return f"Jämfört med {_named(comparison)}: {change.reason}"
    stated = f"Jämfört med {_named(comparison)} hade platsen {_change(change)}."
    return _joined(stated, _chance(change, 0.0), NOT_WHY, _reservation(change))


def difference_sentence(difference: Estimate, comparison: str, what: str = "händelser") -> str:
    """
    Return the additive difference in differences.

    difference   events per unit of time and area, from `difference_in_differences`
    what         Swedish plural of what is counted, with the unit where a period is not 1: "händelser i månaden"
    """
    return _fewer(difference, "Platsen", comparison, what)


def displacement_sentence(difference: WeightedDifference, comparison: str, what: str = "händelser") -> str:
    """Return the weighted displacement difference: the place and the areas round it together, comparison named."""
    return _fewer(difference.total, "Platsen och området runt den, tillsammans,", comparison, what)


def _fewer(difference: Estimate, who: str, comparison: str, what: str) -> str:
    value, low, high = _whole_estimate(difference)
    word = "färre" if value < 0 else "fler"
    stated = (
        f"{who} fick {_amount(abs(value))} {what} {word} än om antalet hade ändrats lika mycket som för {_named(comparison)}"
        f" ({_percent(difference.level)} osäkerhetsintervall: {_ends_of(low, high)})."
    )
    return _joined(stated, _chance(difference, 0.0), NOT_WHY, _reservation(difference))


def _ends_of(low: float, high: float) -> str:
    """Return an interval of a difference: "47 till 167" where both ends lie on the same side, else "33 färre till 12 fler"."""
    if low * high > 0:
        return f"{_amount(min(abs(low), abs(high)))} till {_amount(max(abs(low), abs(high)))}"
    return f"{_amount(abs(low))} färre till {_amount(abs(high))} fler"


def quotient_sentence(quotient: DisplacementQuotient, comparison: str) -> str:
    """Return what the displacement quotient says of the area round the place, comparison named."""
    value = quotient.quotient.value
    if value is None or quotient.quotient.reason:
        return f"Jämfört med {_named(comparison)}: {quotient.quotient.reason}"
    if value > 0:
        read = "området runt platsen utvecklades också bättre än jämförelsen. Inget tyder på att problemet flyttade dit"
    elif value == 0:
        read = "området runt platsen utvecklades som jämförelsen"
    elif value >= -1:
        read = "området runt platsen utvecklades sämre än jämförelsen. Något kan ha flyttat dit, men inte mer än platsens egen minskning"
    else:
        read = "området runt platsen utvecklades så mycket sämre än jämförelsen att det överstiger platsens egen minskning"
    return f"Jämfört med {_named(comparison)}: {read} (kvot {written(value, 2)}). Måttet har inget osäkerhetsintervall: läs det med försiktighet."


def power_sentence(count: float, fall: Estimate, what: str = "brott", period: str = "om året") -> str:
    """
    Return what can be seen at all, before anything begins: "Med 38 brott om året kan bara en minskning på minst 54 procent synas".

    count   expected events in the period before; fall: `smallest_visible_fall`
    """
    if fall.value is None:
        return f"Med {written(count, 0)} {what} {period} går inget att se. {fall.reason}"
    return (
        f"Med {written(count, 0)} {what} {period} kan bara en minskning på minst {written(100 * fall.value, 0)} procent synas"
        f"{_beside(fall)}. En mindre minskning går troligen inte att skilja från slump."
    )


def count_needed_sentence(ratio: float, needed: Estimate, what: str = "brott") -> str:
    """Return how many events are needed to see a change; needed: `count_needed` for that ratio."""
    word = "minskning" if ratio < 1 else "ökning"
    change = f"en {word} på {written(abs(100 * (ratio - 1)), 0)} procent"
    if needed.value is None:
        return needed.reason
    return f"För att {change} ska synas behövs omkring {written(needed.value, 0)} {what} under tiden före{_beside(needed)}."


def _beside(planned: Estimate) -> str:
    """Return the words for a control area, when the design has one."""
    return ", räknat med ett jämförelseområde" if planned.settings.get("control_size") else ""


def chart_sentence(chart: ControlChart, periods: Sequence[str] = ()) -> str:
    """
    Return what a chart over time shows: signals by their points, or that nothing can be told from chance.

    periods   what each point is called ("2025-03"); () where only their order is known: they are then numbered
    """
    found = [text for text in (_outside(chart, periods), _long_runs(chart, periods), _few_crossings(chart, periods)) if text]
    reasons = list(dict.fromkeys(phase.reason for phase in chart.phases if phase.reason))
    if found:
        return _joined(*found, "Det tyder på att nivån har ändrats. Diagrammet säger inte varför.", *reasons)
    if all(phase.runs.useful < FEWEST_USEFUL and not phase.lcl for phase in chart.phases):
        return _joined(*reasons)
    return _joined("Inget tecken på att nivån har ändrats: variationen kan inte skiljas från slump.", *reasons)


def _outside(chart: ControlChart, periods: Sequence[str]) -> str:
    points = chart.points_that_broke(ChartRule.OUTSIDE_LIMITS)
    return f"{_points(points, periods)} ligger utanför styrgränserna." if points else ""


def _long_runs(chart: ControlChart, periods: Sequence[str]) -> str:
    runs = [signal.points for signal in chart.signals if signal.rule is ChartRule.LONG_RUN]
    told = (f"{periods[run[0] - 1]} till {periods[run[-1] - 1]}" if periods else f"Punkt {run[0]}–{run[-1]}" for run in runs)
    return " ".join(f"{_capital(span)} ligger alla på samma sida av mittlinjen: fler i rad än slumpen ger." for span in told)


def _few_crossings(chart: ControlChart, periods: Sequence[str]) -> str:
    phases = [signal.points for signal in chart.signals if signal.rule is ChartRule.FEW_CROSSINGS]
    told = ((periods[points[0] - 1], periods[points[-1] - 1]) if periods else (f"punkt {points[0]}", str(points[-1])) for points in phases)
    return " ".join(f"Mellan {first} och {last} korsar serien mittlinjen mer sällan än slumpen ger." for first, last in told)


def _points(points: tuple[int, ...], periods: Sequence[str]) -> str:
    names = spans_of(points, periods) if periods else [str(point) for point in points]
    told = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " och " + names[-1]
    return _capital(told) if periods else f"Punkt {told}"


def spans_of(points: tuple[int, ...], periods: Sequence[str]) -> list[str]:
    """Return points by their periods, three or more that follow on each other as one: "2025-02 till 2025-05", "2025-08"."""
    spans: list[list[int]] = []
    for point in points:
        if spans and spans[-1][-1] == point - 1:
            spans[-1].append(point)
        else:
            spans.append([point])
    return [
        name for span in spans
        for name in ([f"{periods[span[0] - 1]} till {periods[span[-1] - 1]}"] if len(span) > 2 else [periods[point - 1] for point in span])
    ]  # fmt: skip


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def trend_sentence(trend: Trend, slope: Estimate, unit: str = "per period") -> str:
    """Return whether a series goes one way; slope: `sen_slope` of the same series."""
    if trend.p.value is None or slope.value is None:
        return trend.p.reason or slope.reason
    if trend.p.value > 1 - slope.level:
        return _joined("Ingen trend syns.", CHANCE, _reservation(trend.p))
    way = "nedåt" if trend.s < 0 else "uppåt"
    ends = f"{_percent(slope.level)} osäkerhetsintervall: {written(slope.low or 0.0)} till {written(slope.high or 0.0)}"
    return _joined(f"Serien går {way}: {written(slope.value)} {unit} ({ends}).", "Trenden säger inte varför.", _reservation(trend.p))


def segmented_sentence(found: Segmented, *, compared: bool = False) -> str:
    """Return whether the level and the slope of a series changed at the break. Counts and values alike; compared: the totals are, elsewhere."""
    parts = [_part(found.level_change, "Nivån direkt efter")]
    if found.slope_change is not None:
        parts.append(_part(found.slope_change, "Lutningen därefter"))
    told = "Trenden är platsens egen." if compared else "Ingen annan plats är jämförd: serien visar om något ändrades då, inte varför."
    return _joined(*parts, told, _reservation(found.level_change))


def _part(estimate: Estimate, name: str) -> str:
    none = 1.0 if estimate.unit == "ratio" else 0.0
    if estimate.value is None:
        return f"{name}: {estimate.reason}"
    if not differs(estimate, none):
        return f"{name} kan inte skiljas från den tidigare trenden."
    low, high = estimate.low or 0.0, estimate.high or 0.0
    ends = f"{_percent(estimate.level)} osäkerhetsintervall"
    if estimate.unit == "ratio":
        change = written(abs(100 * (estimate.value - 1)), 1)
        word = "lägre" if estimate.value < 1 else "högre"
        nearest, farthest = sorted((abs(100 * (low - 1)), abs(100 * (high - 1))))  # both lie on the same side: it differs
        limits = f"{written(nearest, 1)} till {written(farthest, 1)} procent"
        return f"{name} var {change} procent {word} än den tidigare trenden ({ends}: {limits})."
    word = "lägre" if estimate.value < 0 else "högre"
    return f"{name} var {written(abs(estimate.value))} {word} än den tidigare trenden ({ends}: {written(low)} till {written(high)})."


def places_sentence(found: Overdispersion) -> str:
    """Return whether places differ more than chance."""
    return _spread(found.between, "Platserna skiljer sig mer än slumpen. Se vilka som ligger utanför gränserna.")


def shrunk_sentence(found: Shrunk) -> str:
    """Return whether rates differ more than chance; small places are then drawn towards the whole."""
    return _spread(found.between, "Platserna skiljer sig mer än slumpen. Små platser är dragna mot snittet, för där väger slumpen tyngst.")


def _spread(between: Estimate, apart: str) -> str:
    return apart if between.value else between.reason


def rank_sentence(place: str, rank: Estimate, places: int) -> str:
    """Return between which ranks a place lies; rank: its estimate from `rank_intervals`."""
    low, high = _whole(rank.low or 1.0), _whole(rank.high or float(places))
    if rank.low == 1 and rank.high == places:
        return f"{place}: platsens läge i listan kan inte skiljas från slump."
    if rank.low == rank.high:
        return f"{place} ligger på plats {low} av {places}, med {_percent(rank.level)} säkerhet."
    return f"{place} ligger någonstans mellan plats {low} och {high} av {places} ({_percent(rank.level)} osäkerhetsintervall)."


def expected_sentence(difference: Estimate, expected_from: str) -> str:
    """
    Return how the mean after lay beside what was to be expected: from a synthetic control, or from the series itself.

    expected_from   Swedish: "en blandning av jämförelseplatser", "seriens egen utveckling före"
    """
    if difference.value is None:
        return difference.reason
    word = "under" if difference.value < 0 else "över"
    stated = f"Snittet efter låg {written(abs(difference.value))} {word} det som {_named(expected_from)} gav skäl att vänta"
    if difference.low is None or difference.high is None:
        return _joined(f"{stated}.", "Det visar en skillnad, inte varför den finns.", _reservation(difference))
    ends = f"{_percent(difference.level)} osäkerhetsintervall: {written(difference.low)} till {written(difference.high)}"
    return _joined(
        f"{stated} ({ends}).", _chance(difference, 0.0), "Det visar en skillnad, inte varför den finns.", _reservation(difference)
    )


def _change(change: Estimate) -> str:
    """Return a change in per cent in words, with its interval."""
    value, low, high = _whole_estimate(change)
    if low * high > 0:
        nearest, farthest = sorted((abs(low), abs(high)))
        ends = f"{written(nearest, 0)} till {written(farthest, 0)} procent"
    else:
        ends = f"{_way(low)} till {_way(high)}"
    return f"{_way(value)} ({_percent(change.level)} osäkerhetsintervall: {ends})"


def _way(percent: float) -> str:
    """Return 12.3 as "en ökning med 12 procent"; what rounds to nothing as "ingen förändring"."""
    shown = written(abs(percent), 0)
    if shown == "0":
        return "ingen förändring"
    return f"en {'minskning' if percent < 0 else 'ökning'} med {shown} procent"


def _whole_estimate(estimate: Estimate) -> tuple[float, float, float]:
    """Return (value, low, high). Raises OutOfRange if the estimate lacks one of them."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        raise OutOfRange("En mening om en skillnad behöver både värde och osäkerhetsintervall.")
    return estimate.value, estimate.low, estimate.high


def differs(estimate: Estimate, none: float) -> bool:
    """Whether the interval leaves out the value that means no difference; an estimate without interval does not differ."""
    return estimate.low is not None and estimate.high is not None and not estimate.low <= none <= estimate.high


def _chance(estimate: Estimate, none: float) -> str:
    return "" if differs(estimate, none) else CHANCE


def _reservation(estimate: Estimate) -> str:
    return RESERVATION if estimate.reason == INDEPENDENT else estimate.reason


def _named(comparison: str) -> str:
    """Return the name of a comparison. Raises OutOfRange if it has none: a comparison that is not named says nothing."""
    if not comparison.strip():
        raise OutOfRange("Skriv vad platsen jämförs med.")
    return comparison.strip()


def _amount(number: float) -> str:
    """Return 195.6 as 196 and 3.46 as 3,5."""
    return written(number, 0) if abs(number) >= 10 else written(round(number, 1))


def _percent(level: float) -> str:
    return f"{written(100 * level)} %"


def _whole(number: float) -> str:
    return written(number, 0)


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
