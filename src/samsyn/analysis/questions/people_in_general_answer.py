"""The answer to question 7: how are they doing compared with people in general?"""

from __future__ import annotations

from samsyn.analysis.answer import Answer, Table
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.norm import Norm
from samsyn.analysis.norm_fit import norm_warnings
from samsyn.analysis.norm_gap import GAP_UNSURE, NO_SPREAD_OF_CHANGE, SPREAD_UNKNOWN
from samsyn.analysis.questions.change_charts import norm_chart
from samsyn.analysis.questions.standing_answer import pairs_attrition, scale_warnings
from samsyn.analysis.questions.told import Told
from samsyn.analysis.questions.wording import (
    PERCENT, certainty, differs, percent, sentences_of, shown_interval, shown_number, shown_share, uncertain,
)  # fmt: skip
from samsyn.analysis.written_numbers import written

TITLE = "Hur är det jämfört med människor i allmänhet?"
COUNTRY = "Sverige"
STATE_NORM = (
    "Det går inte att jämföra med människor i allmänhet: ingen norm är angiven. Skriv normens medelvärde och standardavvikelse i "
    "inställningarna (norm), gärna med land, år, antal och åldrar."
)


def answer(told: Told) -> Answer:
    """Return the distance to the norm at start and end, how much of it has gone, and whether the norm fits."""
    norm, table = told.settings.norm, norm_table(told)
    return Answer(
        question=7, title=TITLE, sentences=_sentences(told), findings=told.of(7), tables=(table,), charts=norm_chart(told, table),
        attrition=pairs_attrition(told), method=_method(told), group=told.group,
        cautions=sentences_of((uncertain(told["norm_difference_start"], told["norm_difference_end"]),)),
        warnings=(*scale_warnings(told), *(() if norm is None else norm_warnings(norm, country=COUNTRY, year=None, ages=_ages(told)))),
    )  # fmt: skip


def _ages(told: Told) -> tuple[float, float] | None:
    """Return the youngest and the oldest, where single persons may be seen."""
    if told.tables is None or not told.tables.ages.n:
        return None
    ages = told.tables.ages.values
    return float(ages[0]), float(ages[-1])


def _sentences(told: Told) -> tuple[str, ...]:
    if told.settings.norm is None:
        return (STATE_NORM,)
    start, end = told["norm_difference_start"], told["norm_difference_end"]
    if start.value is None or end.value is None:
        return (f"Det går inte att jämföra med människor i allmänhet. {start.reason}",)
    return sentences_of((
        f"Vid start låg gruppen {_away(start, told)}, vid slut {_away(end, told)}.",
        _gap(told),
        _percentile(told),
        *_over(told),
        uncertain(start, end),
    ))  # fmt: skip


def _away(difference: Estimate, told: Told) -> str:
    assert difference.value is not None
    size = written(abs(difference.value), 1)
    if size == "0,0":
        return "på normens medelvärde"
    side = "under" if difference.value < 0 else "över"
    worse = ""
    if told.settings.direction is not None:
        worse = " (bättre)" if difference.value * told.settings.direction.sign > 0 else " (sämre)"
    return f"{size} standardavvikelser {side} människor i allmänhet{worse}"


def _gap(told: Told) -> str:
    gap = told["share_gap_closed"]
    if gap.value is None:
        return f"{gap.reason}" if told["norm_difference_start"].is_told and gap.reason else ""
    if gap.value < 0:
        return f"Avståndet till normen växte med {percent(abs(gap.value))}.{_gap_interval(gap)}"
    return f"{percent(gap.value)} av avståndet till normen har försvunnit.{_gap_interval(gap)}"


def _gap_interval(gap: Estimate) -> str:
    if gap.low is None or gap.high is None:
        return f" {gap.reason}" if gap.reason in (GAP_UNSURE, NO_SPREAD_OF_CHANGE, SPREAD_UNKNOWN) else ""
    chance = "" if differs(gap) else " Det kan inte skiljas från ingen förändring."
    low, high = percent(gap.low).removesuffix(PERCENT), percent(gap.high)
    level = certainty(gap)
    return f" {level[0].upper()}{level[1:]} ligger andelen mellan {low} och {high}.{chance}"


def _percentile(told: Told) -> str:
    start, end = told["percentile_start"], told["percentile_end"]
    if start.value is None or end.value is None:
        return ""
    return (
        f"Av människor i allmänhet har {_of_hundred(start.value)} lägre poäng än gruppens medelvärde vid start, "
        f"och {_of_hundred(end.value)} vid slut."
    )


def _of_hundred(percentile: float) -> str:
    return percent(percentile / 100)


def _over(told: Told) -> list[str]:
    """Return how much more common it is to be on the worse side of the cut-off than in the population."""
    said = []
    for occasion, when in (("start", "Vid start"), ("end", "Vid slut")):
        name = f"beyond_cutoff_difference_{occasion}"
        difference = told[name] if name in told.found else None
        if difference is None or difference.value is None:
            continue
        points = f"{written(abs(100 * difference.value), 0)} procentenheter"
        word = "vanligare" if difference.value > 0 else "ovanligare"
        chance = "" if differs(difference) else " Det kan inte skiljas från slump."
        said.append(f"{when} var det {points} {word} att ligga på den sämre sidan av gränsen än i befolkningen.{chance}")
    return said


def norm_table(told: Told) -> Table:
    """Return the group beside the norm at start and end."""
    rows = []
    for occasion, when in (("start", "Start"), ("end", "Slut")):
        mean, away = told[f"mean_{occasion}"], told[f"norm_difference_{occasion}"]
        place, within = told[f"percentile_{occasion}"], told[f"share_within_norm_{occasion}"]
        shown = shown_number(mean), shown_number(away, 2), shown_interval(away, 2), shown_number(place, 0), shown_share(within)
        rows.append((when, told.shown("pairs"), *shown))
    norm = told.settings.norm
    if norm is not None:
        rows.append(("Människor i allmänhet", "" if norm.n is None else written(norm.n), written(norm.mean, 1), "0,00", "", "50", ""))
    heads = ("Tillfälle", "n", "Medelvärde", "Avstånd till normen", "Intervall", "Percentil", "Nära normen")
    note = "Avståndet räknas i normens standardavvikelser. Nära normen: högst en standardavvikelse från den."
    return Table("Gruppen och människor i allmänhet", heads, tuple(rows), (note,))


def norm_words(norm: Norm) -> str:
    """Return a norm in words: mean, spread and where it comes from."""
    known = [f"medelvärde {written(norm.mean)}", f"standardavvikelse {written(norm.sd)}"]
    known += [f"{written(norm.n)} personer"] if norm.n is not None else []
    known += [norm.country] if norm.country else []
    known += [str(norm.year)] if norm.year is not None else []
    known += [f"{norm.ages[0]}–{norm.ages[1]} år"] if norm.ages is not None else []
    known += [f"källa: {norm.source}"] if norm.source else []
    return ", ".join(known)


def _method(told: Told) -> tuple[str, ...]:
    norm = told.settings.norm
    if norm is None:
        return ("Ingen norm är angiven i inställningarna.",)
    return sentences_of((
        f"Norm: {norm_words(norm)}." + ("" if norm.source else " Källan är inte angiven."),
        "Avståndet är gruppens medelvärde minus normens, delat med normens standardavvikelse. Normen tas som känd.",
        "Percentilen räknas med Crawford och Howells metod, som tar hänsyn till normens antal."
        if norm.n is not None else "Percentilen räknas med normalfördelningen.",
        "Minskat avstånd: förändringen delad med avståndet från starten till normens medelvärde, med Fiellers intervall.",
    ))  # fmt: skip
