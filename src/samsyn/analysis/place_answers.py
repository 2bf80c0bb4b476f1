"""
One place, before and after: everything that is said of the counts, as an answer that may be printed.

The sentences are those of `place_sentences.py`. What the counts cannot show stands beside them as warnings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samsyn.analysis import counts, displacement, power
from samsyn.analysis import place_sentences as words
from samsyn.analysis.answer import Answer, Attrition, Finding, Table
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.frequency import Counts
from samsyn.analysis.place_charts import Area, counts_charts
from samsyn.analysis.refused import OutOfRange
from samsyn.analysis.written_numbers import written

TITLE = "Har antalet ändrats på platsen?"
REGRESSION = (
    "Valdes platsen för att det hände ovanligt mycket just före? Då brukar antalet sjunka av sig självt. "
    "Jämför med tidigare perioder eller med en liknande plats där inget gjordes."
)
ABOVE_EARLIER = "Perioden före låg över de tidigare: en del av en minskning efteråt är att vänta utan någon åtgärd."
REPORTED = "Antalet är det som har anmälts eller noterats. Ändras sättet att anmäla eller räkna, ändras antalet också."
METHOD = (
    "Antal har exakt intervall (Garwood 1936).",
    "Kvoten mellan tiden efter och tiden före har betingat mid-p-intervall (Lancaster 1961; Berry och Armitage 1995).",
)
METHOD_CONTROL = "Med jämförelse: kvoten mellan kvoterna, och skillnaden i skillnader (Wheeler och Ratcliffe 2018)."
METHOD_AROUND = "Området runt: viktad skillnad (Wheeler och Ratcliffe 2018) och kvoten för förflyttning (Bowers och Johnson 2003)."
METHOD_WIDENED = "Tidigare perioder varierar mer än slumpen: varje intervall är vidgat med {dispersion} gånger variansen."


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """
    What is asked about a place.

    place         its counts, with earlier periods where they are known
    control       of a place like it where nothing was done; None if there is none
    around        of the area round the place, where things may have moved; None: not looked at
    around_control of a control for that area
    control_name  Swedish, as in "Jämfört med Norra torget"
    what          Swedish plural of what is counted
    per           Swedish: the unit of time of the counts, with a space first (" i månaden"); "" when a period is the unit
    level         of the intervals
    name          Swedish name of the place itself
    """

    place: Counts
    control: Counts | None = None
    around: Counts | None = None
    around_control: Counts | None = None
    control_name: str = "jämförelseområdet"
    what: str = "händelser"
    per: str = ""
    level: float = 0.95
    name: str = "Platsen"

    def __post_init__(self) -> None:
        if self.around is not None and self.control is None:
            raise OutOfRange("Ett område runt platsen kan bara läsas bredvid en jämförelse. Ange också jämförelseområdets antal.")
        if self.around_control is not None and self.around is None:
            raise OutOfRange("En jämförelse till området runt platsen behöver också antalen i området.")


def place_answer(asked: PlaceQuestion) -> Answer:
    """Return what the counts say: sentences first, then the findings, a table, and what the counts cannot show."""
    found = tuple(_findings(asked))
    told = {one.name: one.estimate for one in found}
    place = asked.place
    everything = [area for area in (place, asked.control, asked.around, asked.around_control) if area is not None]
    n, table = sum(area.before + area.after for area in everything), _table(asked)
    charts = counts_charts(_areas(asked), asked.what, asked.per, asked.level, told.get("net_percent_change"), table)
    return Answer(
        0, TITLE, said_once(_sentences(asked, told)), found, (table,), charts, Attrition(n, n), tuple(_method(asked)),
        warnings=tuple(_warnings(asked)),
    )  # fmt: skip


def _findings(asked: PlaceQuestion) -> Iterator[Finding]:
    place, level = asked.place, asked.level
    spread, _ = counts.widening(place)
    yield _named("count_before", counts.count_with_interval(place.before, level, spread), f"{asked.what} före")
    yield _named("count_after", counts.count_with_interval(place.after, level, spread), f"{asked.what} efter")
    yield _named("rate_ratio", counts.rate_ratio_mid_p(place, level), "efter genom före, per lika lång tid")
    yield _named("percent_change", counts.percent_change(place, level), "förändring i procent")
    if place.before + place.after:
        yield _named("p_rate_ratio", counts.rate_ratio_mid_p_value(place), "sannolikhet för minst så stor skillnad av en slump")
    if place.earlier:
        yield _named("dispersion", counts.dispersion(place.earlier), "variation mellan tidigare perioder, 1 = som slumpen")
    if place.before:
        yield _named("smallest_visible_fall", power.smallest_visible_fall(place.before, _design(asked)), "minsta minskning som kan synas")
    if asked.control is not None:
        yield from _compared(asked, asked.control)


def _compared(asked: PlaceQuestion, control: Counts) -> Iterator[Finding]:
    place, level = asked.place, asked.level
    yield _named("ratio_of_rate_ratios", displacement.ratio_of_rate_ratios(place, control, level), "platsens kvot genom jämförelsens")
    yield _named("net_percent_change", displacement.net_percent_change(place, control, level), "förändring utöver jämförelsen, i procent")
    if not place.before + place.after + control.before + control.after:
        return
    difference = displacement.difference_in_differences(place, control, level)
    yield _named("difference_in_differences", difference, f"{asked.what}{asked.per}, utöver jämförelsen")
    if asked.around is None:
        return
    weighted = displacement.weighted_difference(place, control, asked.around, asked.around_control, level)
    yield _named("wdd_displaced", weighted.displaced, f"{asked.what}{asked.per} i området runt, utöver jämförelsen")
    yield _named("wdd_total", weighted.total, f"{asked.what}{asked.per}, platsen och området runt tillsammans")
    yield _named("p_wdd_total", weighted.p, "sannolikhet för minst så stor skillnad av en slump")
    if _same_periods(asked):
        quotient = displacement.displacement_quotient(place, asked.around, control)
        yield _named("wdq", quotient.quotient, "kvot för förflyttning")
        yield _named("total_net_effect", quotient.total_net_effect, f"{asked.what} färre än om allt hade följt jämförelsen")


def _same_periods(asked: PlaceQuestion) -> bool:
    return len({(area.time_before, area.time_after) for area in (asked.place, asked.control, asked.around) if area is not None}) == 1


def _named(name: str, estimate: Estimate, label: str) -> Finding:
    return Finding(0, name, estimate, label=label)


def _design(asked: PlaceQuestion) -> power.CountDesign:
    """Return how the place is followed, with its control and the variation of earlier periods."""
    place, control = asked.place, asked.control
    size = control.before / place.before if control is not None and control.before and place.before else None
    spread, _ = counts.widening(place)
    return power.CountDesign(place.time_after / place.time_before, size, spread, asked.level)


def _sentences(asked: PlaceQuestion, told: dict[str, Estimate]) -> Iterator[str]:
    place, name = asked.place, asked.control_name
    if asked.control is None:
        yield words.change_sentence(place, told["percent_change"], asked.what)
    else:
        yield words.net_change_sentence(told["net_percent_change"], name)
        yield from _of_each_area(asked)
    if "difference_in_differences" in told:
        yield words.difference_sentence(told["difference_in_differences"], name, asked.what + asked.per)
    if "wdd_total" in told and asked.control is not None and asked.around is not None:
        weighted = displacement.weighted_difference(place, asked.control, asked.around, asked.around_control, asked.level)
        yield words.displacement_sentence(weighted, name, asked.what + asked.per)
    if "wdq" in told and asked.control is not None and asked.around is not None:
        yield words.quotient_sentence(displacement.displacement_quotient(place, asked.around, asked.control), name)
    decisive = told["percent_change"] if asked.control is None else told["net_percent_change"]
    if place.before and not words.differs(decisive, 0.0):
        yield words.power_sentence(place.before, told["smallest_visible_fall"], asked.what, "före")


def said_once(sentences: Iterable[str]) -> tuple[str, ...]:
    """Return the sentences, with each reservation only where it is first said."""
    kept: list[str] = []
    for sentence in sentences:
        for again in (words.RESERVATION, words.NOT_WHY, words.NO_COMPARISON):
            if any(again in said for said in kept):
                sentence = sentence.replace(again, "")
        kept.append(sentence.replace("  ", " ").strip())
    return tuple(sentence for sentence in kept if sentence)


def _of_each_area(asked: PlaceQuestion) -> Iterator[str]:
    """Yield the bare counts of the place and its control, without any conclusion of their own."""
    for area in _areas(asked)[:2]:
        yield f"{area.name}: {written(area.counts.before, 0)} {asked.what} före och {written(area.counts.after, 0)} efter."


def _areas(asked: PlaceQuestion) -> list[Area]:
    """Return the areas that are known, by their names: the place first, its control second."""
    areas = (
        (_capital(asked.name), asked.place), (_capital(asked.control_name), asked.control), ("Området runt platsen", asked.around),
        ("Jämförelse till området runt", asked.around_control),
    )  # fmt: skip
    return [Area(name, area) for name, area in areas if area is not None]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _table(asked: PlaceQuestion) -> Table:
    areas = _areas(asked)
    rows = tuple(_row(area.name, area.counts, asked.level) for area in areas)
    notes = () if all(area.counts.time_before == area.counts.time_after for area in areas) else ("Förändringen är räknad per lika lång tid.",)
    return Table(f"Antal {asked.what} före och efter", ("Plats", "Före", "Efter", "Förändring", "Osäkerhetsintervall"), rows, notes)


def _row(name: str, area: Counts, level: float) -> tuple[str, ...]:
    change = counts.percent_change(area, level)
    if change.value is None or change.low is None or change.high is None:
        return name, written(area.before, 0), written(area.after, 0), "går inte att räkna ut", ""
    ends = f"{written(change.low, 0)} till {written(change.high, 0)} %"
    return name, written(area.before, 0), written(area.after, 0), f"{written(change.value, 0)} %", ends


def _warnings(asked: PlaceQuestion) -> Iterator[str]:
    place = asked.place
    if not place.earlier:
        if asked.control is None:
            yield REGRESSION
    elif place.before > sum(place.earlier) / len(place.earlier):
        yield f"{ABOVE_EARLIER} Tidigare perioder: i snitt {written(sum(place.earlier) / len(place.earlier), 1)}, perioden före {written(place.before, 0)}."
    if place.earlier and (found := counts.dispersion(place.earlier)).value is None:
        yield found.reason
    if asked.around is not None and not _same_periods(asked):
        yield "Kvoten för förflyttning räknas bara när alla områden är räknade under samma perioder."
    yield REPORTED


def _method(asked: PlaceQuestion) -> Iterator[str]:
    yield from METHOD
    if asked.control is not None:
        yield METHOD_CONTROL
    if asked.around is not None:
        yield METHOD_AROUND
    spread, _ = counts.widening(*(area for area in (asked.place, asked.control, asked.around, asked.around_control) if area is not None))
    if spread > 1:
        yield METHOD_WIDENED.format(dispersion=written(spread, 1))
