"""The answer to question 4: how many complete, and who drops out?"""

from __future__ import annotations

from samsyn.analysis.answer import Answer, Attrition, Table
from samsyn.analysis.disclosure import PROTECTED
from samsyn.analysis.guards import ENOUGH_FOLLOWED
from samsyn.analysis.loke_counts import UNSAID, word_of
from samsyn.analysis.loke_settings import folded_word
from samsyn.analysis.questions.completing import NOBODY_ENDED
from samsyn.analysis.questions.fidelity import NO_WORDS
from samsyn.analysis.questions.fidelity_answer import state_words
from samsyn.analysis.questions.profile_charts import flow_chart
from samsyn.analysis.questions.told import Told
from samsyn.analysis.questions.wording import (
    and_list, differs, of_words, percent, sentences_of, shown_interval, shown_share, uncertain,
)  # fmt: skip
from samsyn.analysis.written_numbers import written

TITLE = "Hur många fullföljer?"
CLEAR_DIFFERENCE = 0.25


def answer(told: Told) -> Answer:
    """Return how many of the ended were completed, why the others were not, and how many have an end score."""
    table = endings_table(told)
    return Answer(
        question=4, title=TITLE, sentences=_sentences(told), findings=told.of(4), tables=(table,), charts=flow_chart(told, table),
        attrition=_attrition(told), method=_method(told), group=told.group, cautions=sentences_of((uncertain(told["share_completed"]),)),
        warnings=_warnings(told),
    )  # fmt: skip


def _sentences(told: Told) -> tuple[str, ...]:
    completed = told["share_completed"]
    first = of_words(told.count("completed"), told.count("ended"), "avslutade", "fullföljde", completed)
    return sentences_of((
        first or _why_not(told),
        _reasons(told),
        _ongoing(told),
        _follow_up(told),
        _lost(told),
        _median(told),
        uncertain(completed) if first else "",
    ))  # fmt: skip


def _why_not(told: Told) -> str:
    reason = told["share_completed"].reason
    if reason == NO_WORDS:
        return f"Det går inte att säga hur många som fullföljer: underlaget säger inte vilka avslut som är fullföljda. {state_words(told)}"
    if reason == NOBODY_ENDED:
        return "Ingen insats har avslutats än: det går inte att säga hur många som fullföljer."
    return f"Det går inte att säga hur många som fullföljer. {reason}"


def other_reasons(told: Told) -> list[str]:
    """Return the names of the counts of endings that were not completed, the most common first."""
    words = told.settings.end_words
    if words is None:
        return []
    known = words.completed | words.ongoing
    return [name for name in told.named("reason") if word_of(name) != UNSAID and folded_word(word_of(name)) not in known]


def _reasons(told: Told) -> str:
    otherwise = told.count("ended_otherwise")
    if not otherwise:
        return ""
    shown = [(word_of(name), told.count(name)) for name in other_reasons(told)]
    listed = and_list(f"{word} {written(count)}" for word, count in shown if count)
    whole = all(count is not None for _, count in shown) and 0 < len(shown) <= 8
    return f"{written(otherwise)} avslutade på annat sätt{': ' + listed if whole else ''}."


def _ongoing(told: Told) -> str:
    ongoing = told.count("ongoing")
    return f"{written(ongoing)} pågår och räknas inte i andelen." if ongoing else ""


def _follow_up(told: Told) -> str:
    followed = told["follow_up_share"]
    if followed.value is None:
        return ""
    words = of_words(told.count("with_end"), told.count("ended_at_all"), "avslutade", "har ett slutvärde", followed)
    if followed.value < ENOUGH_FOLLOWED:
        words += f" Det är under {percent(ENOUGH_FOLLOWED)}: svaren om förändring kunde ha blivit andra om alla hade mätts."
    return words


def _lost(told: Told) -> str:
    away = told["kept_minus_lost_start"]
    if away.value is None or abs(away.value) < CLEAR_DIFFERENCE:
        return ""
    word = "högre" if away.value < 0 else "lägre"
    told_chance = "" if differs(away) else " Skillnaden kan inte skiljas från slump."
    return f"De som saknar slutvärde började på {word} poäng än de som mättes ({written(abs(away.value), 1)} standardavvikelser).{told_chance}"


def _median(told: Told) -> str:
    days, dropped, started = told["median_days_to_dropping_out"], told.count("ended_otherwise"), told.count("started")
    if days.value is not None and (dropped is None or started is None):
        return ""
    if days.value is not None and 2 * (dropped or 0) >= (started or 0):  # who completes leaves the curve, which may reach half before half drop out
        return f"Hälften hade avbrutit efter {written(days.value, 0)} dagar."
    return "Färre än hälften avbröt under den tid som följdes." if dropped and days.n and told.count("dated") else ""


def endings_table(told: Told) -> Table:
    """Return how the episodes stand, with shares of the ended."""
    ended = told.count("ended")
    known = told.settings.end_words is not None
    rows = [("Påbörjade", told.shown("started"), "", "")]
    if known:
        share = told["share_completed"]
        rows += [("Fullföljda", told.shown("completed"), shown_share(share) if ended != 0 else "", shown_interval(share))]
        rows += [("Avslutade på annat sätt", told.shown("ended_otherwise"), _of(told.count("ended_otherwise"), ended), "")]
        rows += [(f"– {word_of(name)}", told.shown(name), _of(told.count(name), ended), "") for name in other_reasons(told)]
    else:
        rows += [("Avslutade, okänt om fullföljda", told.shown("ended_at_all"), "", "")]
        rows += [(f"– {word_of(name)}", told.shown(name), "", "") for name in told.named("reason")
                 if word_of(name) != UNSAID and folded_word(word_of(name)) not in told.settings.ongoing_words]  # fmt: skip
    rows += [("Pågår", told.shown("ongoing"), "", "")]
    if told.count("ended_unknown") != 0 and known:
        rows += [("Har slutdatum men inget avslutsord", told.shown("ended_unknown"), "", "")]
    followed = told["follow_up_share"]
    rows += [("Avslutade med slutvärde", told.shown("with_end"), shown_share(followed) if followed.is_told else "", shown_interval(followed))]
    return Table("Hur insatserna har avslutats", ("Hur det gick", "Antal", "Andel av avslutade", "Intervall"), tuple(rows))


def _of(part: int | None, whole: int | None) -> str:
    if part is None or whole is None:
        return PROTECTED
    return percent(part / whole) if whole else ""


def _attrition(told: Told) -> Attrition:
    reasons = (("pågår", "ongoing"), ("okänt om insatsen är fullföljd", "ended_unknown"), ("okänt om insatsen har avslutats", "open_unknown"))
    lost = tuple((why, count) for why, name in reasons if (count := told.count(name)))
    return Attrition(told.count("started"), told.count("ended"), lost)


def _warnings(told: Told) -> tuple[str, ...]:
    return tuple(
        f"{'Ett fåtal' if count is None else written(count)} {'insats' if count == 1 else 'insatser'} har {why} och saknar därför tid."
        for why, count in told.left_out if "slut före" in why
    )  # fmt: skip


def _method(told: Told) -> tuple[str, ...]:
    words = told.settings.end_words
    listed = f"Fullföljd är den som har något av orden {told.spelled('reason', words.completed)}." if words else (
        "Inställningarna säger inte vilka ord som betyder fullföljd.")  # fmt: skip
    return sentences_of((
        "Andelen fullföljda räknas av avslutade; pågående visas bredvid. Den som flyttat eller hänvisats är avslutad men inte fullföljd.",
        listed,
        f"Intervall för andelar: Wilsons metod, {written(100 * told.settings.level, None)} %.",
        "Tiden till avbrott: Kaplan–Meier. Den som pågår följs så länge den har varit med. Den som fullföljt kan inte längre avbryta och "
        "räknas som kvar till sista dagen (Fine och Gray 1999)."
        if told.count("stays") else "",
        "Skillnaden mellan dem med och utan slutvärde räknas i standardavvikelser (roten ur medelvärdet av de två varianserna)."
        if told["kept_minus_lost_start"].is_told else "",
    ))  # fmt: skip
