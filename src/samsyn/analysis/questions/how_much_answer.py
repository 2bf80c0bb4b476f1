"""The answer to question 6: how large are the changes?"""

from __future__ import annotations

from samsyn.analysis.answer import Answer, Table
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.questions.change_charts import effect_chart
from samsyn.analysis.questions.how_much import NO_IMPORTANT
from samsyn.analysis.questions.regression_words import regression_words
from samsyn.analysis.questions.standing_answer import pairs_attrition, scale_warnings
from samsyn.analysis.questions.told import Told
from samsyn.analysis.questions.wording import (
    CHANCE, certainty, differs, in_brackets, interval_words, sentences_of, shown_interval, shown_number, uncertain,
)  # fmt: skip
from samsyn.analysis.written_numbers import written

TITLE = "Hur stora är förändringarna?"
EFFECTS = (
    ("g_av", "g_av: förändring / spridningen vid start och slut, rättad för små grupper"),
    ("d_av", "d_av: förändring / spridningen vid start och slut"),
    ("d_z", "d_z: förändring / förändringarnas spridning"),
    ("d_pre", "d_pre: förändring / spridningen vid start"),
)


def answer(told: Told) -> Answer:
    """Return the standardised changes, each with its denominator named, and the change against the least that matters."""
    table = effects_table(told)
    return Answer(
        question=6, title=TITLE, sentences=_sentences(told), findings=told.of(6), tables=(table,), charts=effect_chart(told, table, dict(EFFECTS)),
        attrition=pairs_attrition(told), method=_method(told), group=told.group, cautions=sentences_of((uncertain(told["g_av"]),)),
        warnings=scale_warnings(told),
    )  # fmt: skip


def _sentences(told: Told) -> tuple[str, ...]:
    effect, change = told["g_av"], told["mean_change"]
    return sentences_of((
        _effect(told) if effect.value is not None else f"Det går inte att säga hur stor förändringen är i standardavvikelser. {effect.reason}",
        _important(told),
        regression_words(told, change) if effect.value is not None else "",
        uncertain(effect) if effect.value is not None else "",
    ))  # fmt: skip


def _effect(told: Told) -> str:
    effect = told["g_av"]
    assert effect.value is not None
    way = "en ökning" if effect.value > 0 else "en minskning"
    good = ""
    if told.settings.direction is not None and effect.value:
        good = ", åt det bättre hållet" if effect.value * told.settings.direction.sign > 0 else ", åt det sämre hållet"
    told_chance = "" if differs(effect) else f" {CHANCE}"
    return (
        f"Förändringen är {way} med {written(abs(effect.value), 2)} standardavvikelser{good}{in_brackets(_between(effect))}, "
        f"mätt mot spridningen vid start och slut (g_av).{told_chance}"
    )


def _important(told: Told) -> str:
    times = told["change_in_important_differences"]
    if times.value is None:
        if times.reason == NO_IMPORTANT:
            return (
                "Om förändringen är stor nog att märkas går inte att säga: ange den minsta förändring som betyder något (important) "
                "i inställningarna."
            )
        return ""
    least = written(told.settings.important or 0.0)
    return f"Medelförändringen är {written(abs(times.value), 1)} gånger den minsta förändring som betyder något ({least} poäng)."


def _between(effect: Estimate) -> str:
    """Return the interval in words, of the size of a rise or of a fall; with its signs where it may be either."""
    if effect.low is None or effect.high is None or not differs(effect):
        return interval_words(effect, 2)
    low, high = sorted((abs(effect.low), abs(effect.high)))
    return f"{certainty(effect)} mellan {written(low, 2)} och {written(high, 2)}"


def effects_table(told: Told) -> Table:
    """Return the effects with their denominators and intervals."""
    rows = [(label, shown_number(told[name], 2), shown_interval(told[name], 2)) for name, label in EFFECTS]
    change, times = told["mean_change"], told["change_in_important_differences"]
    rows.append(("Förändring i medel, poäng", shown_number(change), shown_interval(change)))
    if told.settings.important is not None:
        label = f"Förändring / minsta som betyder något ({written(told.settings.important)} poäng)"
        rows.append((label, shown_number(times), shown_interval(times)))
    notes = tuple(dict.fromkeys(told[name].reason for name, _ in EFFECTS if told[name].value is None and told[name].reason))
    return Table("Förändringens storlek", ("Mått", "Värde", "Intervall"), tuple(rows), notes)


def _method(told: Told) -> tuple[str, ...]:
    return sentences_of((
        "Minus betyder att poängen sjönk. Nämnaren står vid varje mått, för olika nämnare ger olika tal.",
        "Spridningen vid start och slut: roten ur medelvärdet av de två varianserna. Rättningen är Hedges exakta, n − 1 frihetsgrader.",
        f"Intervall: den icke-centrala t-fördelningen, exakt för d_z och ungefärlig för de andra, {written(100 * told.settings.level, None)} %.",
    ))  # fmt: skip
