"""The answer to question 3: how are they doing, at the start, at the end, and when followed up?"""

from __future__ import annotations

from samsyn.analysis.answer import Answer, Attrition, Table
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.guards import FEWEST_FOR_CERTAIN
from samsyn.analysis.questions.change_charts import line_chart
from samsyn.analysis.questions.standing import OCCASIONS
from samsyn.analysis.questions.told import Told
from samsyn.analysis.questions.wording import (
    in_brackets, interval_words, of_words, sentences_of, shown_interval, shown_number, shown_share, uncertain,
)  # fmt: skip
from samsyn.analysis.written_numbers import written

TITLE = "Hur går det för dem?"
NAMES = {"start": "Start", "end": "Slut", "follow_up": "Uppföljning"}


def answer(told: Told) -> Answer:
    """Return mean, spread and the share beyond the cut-off at each occasion."""
    table = occasions_table(told)
    return Answer(
        question=3, title=TITLE, sentences=_sentences(told), findings=told.of(3), tables=(table,), charts=line_chart(told, table),
        attrition=pairs_attrition(told), method=_method(told), group=told.group, cautions=sentences_of((uncertain(told["mean_start"], told["mean_end"]),)),
        warnings=scale_warnings(told),
    )  # fmt: skip


def _sentences(told: Told) -> tuple[str, ...]:
    start, end, later = (told[f"mean_{occasion}"] for occasion, _ in OCCASIONS)
    if start.value is None or end.value is None:
        return sentences_of((f"Det går inte att säga hur det går från start till slut. {start.reason}", _later(told)))
    return sentences_of((
        f"Medelvärdet var {written(start.value, 1)} vid start och {written(end.value, 1)} vid slut, för {_who(start.n)} som mättes båda gångerna.",
        _later(told),
        *_beyond(told),
        uncertain(start, end),
        _few_followed_up(start, later),
    ))  # fmt: skip


def _who(n: int) -> str:
    return "den enda" if n == 1 else f"de {written(n)}"


def _few_followed_up(start: Estimate, later: Estimate) -> str:
    """Return that the follow-up alone rests on few; empty where the whole answer does."""
    if uncertain(start) or not uncertain(later):
        return ""
    return f"Uppföljningen är osäker: den bygger på färre än {FEWEST_FOR_CERTAIN} (n = {written(later.n)})."


def _later(told: Told) -> str:
    later = told["mean_follow_up"]
    if later.value is None:
        return ""
    spread = in_brackets(interval_words(later, 1))
    return f"Vid uppföljningen var medelvärdet {written(later.value, 1)}{spread}, för {_who(later.n)} som mättes då och vid start."


def _beyond(told: Told) -> list[str]:
    if told.settings.cutoff is None or told.settings.direction is None:
        return []
    limit = written(told.settings.cutoff)
    start, end = told["share_beyond_cutoff_start"], told["share_beyond_cutoff_end"]
    first, whole, last = told.count("beyond_start"), told.count("pairs"), told.count("beyond_end")
    who = "person" if whole == 1 else "personer"
    words = of_words(first, whole, who, f"låg på den sämre sidan av gränsen {limit} vid start", start)
    return [words, of_words(last, whole, who, "gjorde det vid slut", end)] if words and last is not None else []


def occasions_table(told: Told) -> Table:
    """Return n, mean, interval, SD, median and the share beyond the cut-off, one row an occasion."""
    has_cutoff = told.settings.cutoff is not None and told.settings.direction is not None
    rows = []
    for occasion, _ in OCCASIONS if told.count("followed_up") != 0 else OCCASIONS[:2]:
        mean, spread, middle = (told[f"{name}_{occasion}"] for name in ("mean", "sd", "median"))
        count = told.shown("followed_up" if occasion == "follow_up" else "pairs")
        beyond = (shown_share(told[f"share_beyond_cutoff_{occasion}"]),) if has_cutoff else ()
        rows.append((NAMES[occasion], count, shown_number(mean), shown_interval(mean), shown_number(spread), shown_number(middle), *beyond))
    heads = ("Tillfälle", "n", "Medelvärde", "Intervall", "Standardavvikelse", "Median", *(("Sämre än gränsen",) if has_cutoff else ()))
    later = "Uppföljning: de som mättes då och vid start." if told.count("followed_up") != 0 else "Ingen uppföljning är gjord."
    note = f"Start och slut: de som mättes båda gångerna. {later}"
    return Table(f"Poäng vid varje tillfälle{instrument_words(told)}", heads, tuple(rows), (note,))


def instrument_words(told: Told) -> str:
    """Return the name of the instrument after a comma; empty if it is not stated."""
    return f", {told.settings.instrument}" if told.settings.instrument else ""


def pairs_attrition(told: Told) -> Attrition:
    """Return who is among the pairs and why the others are not."""
    reasons = (
        ("avslutade med startvärde men utan slutvärde", "lost"),
        ("har startvärde, men inget slut är noterat", "under_way_start"),
        ("saknar startvärde", "no_start"),
        ("saknar både start- och slutvärde", "no_score"),
    )
    lost = tuple((why, count) for why, name in reasons if (count := told.count(name)))
    return Attrition(told.count("started"), told.count("pairs"), lost)


def scale_warnings(told: Told) -> tuple[str, ...]:
    """Return which values were left out before counting."""
    return tuple(_left_out(why, count) for why, count in told.left_out)


def _left_out(why: str, count: int | None) -> str:
    if count is None:
        return f"Ett fåtal {why.replace('slut före start', 'tider med slut före start')} är inte medräknade."
    if "slut före" in why:
        return f"{written(count)} {'tid' if count == 1 else 'tider'} med slut före start är inte {'medräknad' if count == 1 else 'medräknade'}."
    return f"1 {why.replace('värden', 'värde')} är inte medräknat." if count == 1 else f"{written(count)} {why} är inte medräknade."


def _method(told: Told) -> tuple[str, ...]:
    scale = told.settings.scale
    return sentences_of((
        "Start och slut räknas för dem som har båda värdena. Ingen saknad mätning är ifylld.",
        f"Intervall för medelvärden: t-fördelningen, {written(100 * told.settings.level, None)} %. Standardavvikelsen delas med n − 1.",
        f"Skala: {written(scale[0])} till {written(scale[1])}; värden utanför räknas inte." if scale else "Ingen skala är angiven: orimliga poäng syns inte.",
        f"Gräns: {written(told.settings.cutoff)} poäng, ur inställningarna. Den som ligger på gränsen räknas inte till den sämre sidan."
        if told.settings.cutoff is not None else "",
        "Gränsen kan inte användas: ange direction i inställningarna, om höga eller låga poäng är bättre."
        if told.settings.cutoff is not None and told.settings.direction is None else "",
    ))  # fmt: skip
