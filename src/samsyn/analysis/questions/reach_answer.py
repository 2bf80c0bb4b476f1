"""The answer to question 1: who comes to us?"""

from __future__ import annotations

from samsyn.analysis.answer import Answer, Attrition, Table
from samsyn.analysis.disclosure import PROTECTED
from samsyn.analysis.guards import FEWEST_FOR_INTERVAL
from samsyn.analysis.loke_counts import AGES, UNSAID, named, word_of
from samsyn.analysis.proportion import share
from samsyn.analysis.questions.profile_charts import profile_chart
from samsyn.analysis.questions.told import Told
from samsyn.analysis.questions.wording import and_list, of_words, percent, sentences_of, uncertain
from samsyn.analysis.written_numbers import written

TITLE = "Vilka kommer till oss?"
NO_COLUMN = (
    "Det går inte att säga hur många som hör till målgruppen: underlaget har ingen målgrupp. Lägg till en kolumn för målgrupp i filen, "
    "och skriv i inställningarna vilka ord som betyder utanför målgruppen (outside_target_group)."
)


def answer(told: Told) -> Answer:
    """Return who started, whether they belong to the target group, and how the profile fits the one that was planned."""
    table = profile_table(told)
    return Answer(
        question=1, title=TITLE, sentences=_sentences(told), findings=told.of(1), tables=(table,), charts=profile_chart(told, table),
        attrition=_attrition(told), method=_method(told), group=told.group, cautions=sentences_of((uncertain(told["share_in_target_group"]),)),
        warnings=(),
    )  # fmt: skip


def _sentences(told: Told) -> tuple[str, ...]:
    started = told.count("started")
    if started == 0:
        return ("Ingen insats har påbörjats: det finns ingen att beskriva.",)
    first = of_words(told.count("target:inside"), started, "påbörjade", "hör till målgruppen", told["share_in_target_group"])
    return sentences_of((
        first or _not_in_target(told),
        _unknown(told),
        _planned(told),
        _sexes(told),
        _age(told),
        uncertain(told["share_in_target_group"]) if first else "",
    ))  # fmt: skip


def _not_in_target(told: Told) -> str:
    started, count = told.count("started"), told["share_in_target_group"]
    begun = "" if started is None else f"{written(started)} {'insats' if started == 1 else 'insatser'} har påbörjats. "
    if count.is_told:
        return begun
    return begun + (NO_COLUMN if told.count("target:unknown") == started else count.reason)


def _unknown(told: Told) -> str:
    unknown = told.count("target:unknown")
    if not unknown or unknown == told.count("started"):
        return ""
    return f"För {written(unknown)} av dem saknas uppgift om målgrupp; de räknas inte som målgrupp."


def _planned(told: Told) -> str:
    """Return how the profile fits the planned one: groups whose interval leaves out the planned share."""
    started = told.count("started")
    if not told.settings.planned_profile or not started or started < FEWEST_FOR_INTERVAL:
        return ""
    away = []
    for name, planned in told.settings.planned_profile:
        seen = _profile_count(told, name)
        if seen is None:
            return ""
        found = share(seen, started, told.settings.level)
        if found.value is not None and not (found.low or 0.0) <= planned <= (found.high or 1.0):
            away.append(f"{name} är {percent(found.value)} mot planerade {percent(planned)}")
    if not away:
        return "Fördelningen på målgrupper kan inte skiljas från den planerade."
    return f"Fördelningen skiljer sig från den planerade: {and_list(away)}."


def _profile_count(told: Told, name: str) -> int | None:
    """Return how many there are of a planned group: none if the sheet never has the word, None if it is protected."""
    key = named("target_group", name)
    return told.count(key) if key in told.names else 0


def _sexes(told: Told) -> str:
    known = [(word_of(name), told.count(name)) for name in told.named("sex") if word_of(name) != UNSAID]
    shown = [f"{written(count)} {f'”{word}”' if word[:1].isdigit() else word}" for word, count in known if count]
    return f"Kön: {and_list(shown)}." if len(shown) == len(known) and 0 < len(known) <= 4 else ""


def _age(told: Told) -> str:
    middle, low, high = told["age_median"], told["age_median_quartile_1"], told["age_median_quartile_3"]
    if middle.value is None or low.value is None or high.value is None or middle.n < 2:
        return ""
    median, first, third = (written(one.value or 0.0, 0) for one in (middle, low, high))
    started = told.count("started")
    of = f", av de {written(middle.n)} som den är känd för" if started is not None and middle.n < started else ""
    return f"Medianåldern vid start är {median} år{of}, och hälften är mellan {first} och {third} år."


def profile_table(told: Told) -> Table:
    """Return the profile by target group, sex and age, beside the planned one."""
    planned = dict(told.settings.planned_profile)
    rows = [("Alla", "påbörjade", told.shown("started"), "", ""), *_rows(told, "target_group", "Målgrupp", planned)]
    missing = [name for name in planned if named("target_group", name) not in told.names]
    rows += [("Målgrupp", name, "0", _share_cell(0, told.count("started")), percent(planned[name])) for name in missing]
    rows += _rows(told, "sex", "Kön", {})
    if told.count("aged") != 0:
        rows += [_row(told, "Ålder", label, f"age:{label}", {}) for _, label in AGES if told.count(f"age:{label}") != 0]
        rows += [_row(told, "Ålder", UNSAID, "not_aged", {})] if told.count("not_aged") != 0 else []
    if not planned:
        return Table("Vilka som påbörjat en insats", ("Uppgift", "Grupp", "Antal", "Andel"), tuple(row[:4] for row in rows))
    return Table("Vilka som påbörjat en insats, mot de planerade", ("Uppgift", "Grupp", "Antal", "Andel", "Planerat"), tuple(rows))


def _rows(told: Told, kind: str, label: str, planned: dict[str, float]) -> list[tuple[str, str, str, str, str]]:
    """Return a row for each word of a kind; none where the file has no such column."""
    words = told.named(kind)
    return [] if words == [named(kind, None)] else [_row(told, label, word_of(name), name, planned) for name in words]


def _row(told: Told, label: str, word: str, name: str, planned: dict[str, float]) -> tuple[str, str, str, str, str]:
    wanted = percent(planned[word]) if word in planned else ""
    return label, word, told.shown(name), _share_cell(told.count(name), told.count("started")), wanted


def _share_cell(count: int | None, whole: int | None) -> str:
    if count is None or whole is None:
        return PROTECTED
    return percent(count / whole) if whole else ""


def _attrition(told: Told) -> Attrition:
    unknown = told.count("target:unknown")
    started = told.count("started")
    lost = (("uppgift om målgrupp saknas, men de räknas", unknown),) if unknown and unknown != started else ()
    return Attrition(started, started, tuple((why, count) for why, count in lost))


def _method(told: Told) -> tuple[str, ...]:
    words = told.settings.outside_words
    outside = f"Utanför målgruppen är de med orden {told.spelled('target_group', words)}." if words else (
        "Inget ord betyder utanför målgruppen enligt inställningarna.")  # fmt: skip
    ages = told["age_median"]
    return sentences_of((
        "Alla påbörjade insatser räknas, en rad för varje.",
        f"Andelen i målgruppen räknas av alla påbörjade. {outside}",
        f"Intervall för andelar: Wilsons metod, {written(100 * told.settings.level, None)} %.",
        "Ålder är startåret minus födelseåret, om inte åldern själv står i filen." if ages.is_told else "",
        "Planerad fördelning kommer ur inställningarna." if told.settings.planned_profile else "",
    ))  # fmt: skip


