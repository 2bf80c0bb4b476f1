"""The answer to question 2: do we do what we say that we do?"""

from __future__ import annotations

from samsyn.analysis.answer import Answer, Attrition, Table
from samsyn.analysis.disclosure import PROTECTED
from samsyn.analysis.label_order import label_order
from samsyn.analysis.loke_counts import DOSES, UNSAID, word_of
from samsyn.analysis.loke_settings import NO_COLUMN
from samsyn.analysis.questions.fidelity import NO_WORDS
from samsyn.analysis.questions.profile_charts import dose_chart
from samsyn.analysis.questions.told import Told
from samsyn.analysis.questions.wording import NOT_TOLD, of_words, percent, sentences_of, shown_interval, shown_share, uncertain
from samsyn.analysis.written_numbers import written

TITLE = "Gör vi det vi säger att vi gör?"
DOSE_TABLE, DOSE_HEADS = "Genomfört av planerat, fullföljda insatser", ("Del av det planerade", "Antal", "Andel")
STATE_WORDS = "Skriv i inställningarna vilka ord som betyder fullföljd (completed)."


def answer(told: Told) -> Answer:
    """Return how much of the planned was delivered, to whom, after what waiting, and the core components."""
    tables = (_dose_table(told), *((_core_table(told),) if told.named("core_known") else ()))
    return Answer(
        question=2, title=TITLE, sentences=_sentences(told), findings=told.of(2), tables=tables, charts=dose_chart(told, tables[0]),
        attrition=_attrition(told), method=_method(told), group=told.group, cautions=sentences_of((uncertain(told["share_dose_80"]),)),
        warnings=(),
    )  # fmt: skip


def _sentences(told: Told) -> tuple[str, ...]:
    enough = told["share_dose_80"]
    words = "fullföljda insatser", "fick minst 80 procent av det planerade"
    first = of_words(told.count("enough"), told.count("dosed"), *words, enough)
    return sentences_of((
        first or _why_not(told),
        _delivered(told),
        _median(told, "waiting_median", "Från aktualisering till start gick det {}."),
        _median(told, "time_in_median", "Tiden från start till slut var {}."),
        *_cores(told),
        uncertain(enough) if first else "",
    ))  # fmt: skip


def _why_not(told: Told) -> str:
    reason = told["share_dose_80"].reason
    if reason == NO_WORDS:
        return f"Det går inte att säga hur mycket av det planerade som gavs: underlaget säger inte vilka insatser som är fullföljda. {state_words(told)}"
    return f"Det går inte att säga hur mycket av det planerade som gavs. {reason}"


def state_words(told: Told) -> str:
    """Return what to do where nothing says which endings are completed: name the words, or the column that holds them."""
    return STATE_WORDS if any(word_of(name) != UNSAID for name in told.named("reason")) else NO_COLUMN


def _delivered(told: Told) -> str:
    share, middle = told["share_delivered"], told["dose_median"]
    if share.value is None or middle.value is None:
        return ""
    return f"Tillsammans gavs {percent(share.value)} av allt som var planerat för dem. Medianen är {percent(middle.value)}."


def _median(told: Told, name: str, words: str) -> str:
    middle, low, high = (told[name + end] for end in ("", "_quartile_1", "_quartile_3"))
    if middle.value is None or low.value is None or high.value is None:
        return ""
    days = written(middle.value, 0)
    ends = written(low.value, 0), written(high.value, 0)
    between = f", för hälften mellan {ends[0]} och {ends[1]}" if middle.n > 1 and ends[0] != ends[1] else ""
    return words.format(f"{days} {'dag' if days == '1' else 'dagar'} i median{between}")


def _cores(told: Told) -> list[str]:
    names = [word_of(name) for name in told.named("core_known")]
    return [
        of_words(told.count(f"core_got:{name}"), told.count(f"core_known:{name}"), "som det är känt för", f"fick {name}", told[f"share_core_{name}"])
        for name in sorted(names, key=label_order)
    ]


def _dose_table(told: Told) -> Table:
    if told.settings.end_words is None:  # a nought would say that nobody got it
        return Table(DOSE_TABLE, DOSE_HEADS, (("alla fullföljda", NOT_TOLD, ""),))
    whole = told.count("dosed")
    rows = [(label, told.shown(f"dose:{label}"), _share(told.count(f"dose:{label}"), whole)) for label in DOSES]
    share = told["share_dose_80"]
    rows.append(("minst 80 %", told.shown("enough"), shown_share(share) if share.is_told or whole != 0 else ""))
    rows.append(("alla fullföljda med båda uppgifterna", told.shown("dosed"), ""))
    interval = shown_interval(share)
    notes = (f"Minst 80 %: {written(100 * told.settings.level, None)} % intervall {interval}.",) if interval else ()
    return Table(DOSE_TABLE, DOSE_HEADS, tuple(rows), notes)


def _share(count: int | None, whole: int | None) -> str:
    if count is None or whole is None:
        return PROTECTED
    return percent(count / whole) if whole else ""


def _core_table(told: Told) -> Table:
    names = sorted((word_of(name) for name in told.named("core_known")), key=label_order)
    rows = [
        (name, told.shown(f"core_got:{name}"), told.shown(f"core_known:{name}"), shown_share(told[f"share_core_{name}"]),
         shown_interval(told[f"share_core_{name}"]))
        for name in names
    ]  # fmt: skip
    return Table("Insatsens kärndelar", ("Kärndel", "Fick den", "Känt för", "Andel", "Intervall"), tuple(rows))


def _attrition(told: Told) -> Attrition:
    started, completed, dosed = told.count("started"), told.count("completed"), told.count("dosed")
    lost = []
    if told.settings.end_words is None:
        return Attrition(started, 0, () if started is None else (("okänt om insatsen är fullföljd", started),))
    if started is not None and completed is not None:
        lost.append(("inte fullföljda", started - completed))
    if (missing := told.count("not_dosed")) is not None:
        lost.append(("planerad eller genomförd omfattning saknas", missing))
    return Attrition(started, dosed, tuple(lost))


def _method(told: Told) -> tuple[str, ...]:
    return sentences_of((
        "Omfattningen räknas för fullföljda insatser där både planerat och genomfört är känt och något var planerat.",
        "Minst 80 procent betyder att det genomförda är minst 0,8 gånger det planerade.",
        f"Intervall för andelar: Wilsons metod, {written(100 * told.settings.level, None)} %.",
        "Median och kvartiler räknas som i R:s typ 7.",
        "Väntetiden är dagarna från aktualisering till start." if told["waiting_median"].is_told else "",
    ))  # fmt: skip
