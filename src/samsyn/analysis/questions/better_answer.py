"""The answer to question 5: does it get better?"""

from __future__ import annotations

from samsyn.analysis.answer import Answer, Table
from samsyn.analysis.guards import FEWEST_FOR_INTERVAL, bounds_come_first
from samsyn.analysis.loke_counts import reliable_points_of
from samsyn.analysis.questions.change_charts import change_charts
from samsyn.analysis.questions.regression_words import regression_words
from samsyn.analysis.questions.standing import NO_DIRECTION
from samsyn.analysis.questions.standing_answer import pairs_attrition, scale_warnings
from samsyn.analysis.questions.told import HIDDEN, Told
from samsyn.analysis.questions.wording import (
    CHANCE, PERCENT, differs, in_brackets, interval_words, p_words, percent, sentences_of, share_words, shown_interval, shown_number,
    shown_share, uncertain,
)  # fmt: skip
from samsyn.analysis.reliable_change import ReliableChange, ChangeClass, classes, of_pairs, reliable_points
from samsyn.analysis.written_numbers import written

TITLE = "Blir det bättre?"
NO_CAUSE = "Ingen jämförelsegrupp är med: siffrorna visar vad som hände, inte varför."


def answer(told: Told) -> Answer:
    """Return how many got better, how many reliably so, how far the mean moved, and what those lost could change."""
    tables = (shares_table(told), _tests_table(told), *_classes_table(told))
    return Answer(
        question=5, title=TITLE, sentences=_sentences(told), findings=told.of(5), tables=tables, charts=change_charts(told, tables[0]),
        attrition=pairs_attrition(told), method=_method(told), group=told.group, warnings=scale_warnings(told),
        cautions=_cautions(told),
    )  # fmt: skip


def _sentences(told: Told) -> tuple[str, ...]:
    change, better = told["mean_change"], told["share_better"]
    if change.value is None:
        return (f"Det går inte att säga om det blir bättre. {change.reason}",)
    few = _few_followed(told)
    bounds, counts = _bounds(told), _counts(told)
    return sentences_of((
        *((bounds,) if few else ()),
        counts or _no_direction(told),
        _reliable(told),
        mean_words(told),
        *(() if few else (bounds,)),
        _unseen_lost(told),
        regression_words(told, change),
        NO_CAUSE,
        uncertain(better, change) if not counts.endswith(better.reason or "-") else "",
    ))  # fmt: skip


def _cautions(told: Told) -> tuple[str, ...]:
    """Return what keeps the first sentence from saying more than the numbers: error of measurement, those lost, regression, few."""
    change, better = told["mean_change"], told["share_better"]
    reliable = _reliable(told) if told["share_reliably_improved"].value is not None else ""
    return sentences_of((reliable, _unseen_lost(told), regression_words(told, change), uncertain(better, change)))


def _unseen_lost(told: Told) -> str:
    """Return that some may be lost, where the reader must not see how many: then no best and worst case can be shown."""
    if told["mean_change"].value is None or told["follow_up_share"].reason != HIDDEN:
        return ""
    return "Hur många som inte mättes vid slut är skyddat. Siffrorna gäller bara dem som mättes: för alla kan de vara bättre eller sämre."


def _few_followed(told: Told) -> bool:
    followed = told["follow_up_share"]
    if followed.value is None:
        return True
    return bounds_come_first(round(followed.value * followed.n), followed.n)


def _bounds(told: Told) -> str:
    """Return the worst and the best case for all whose episode ended with a start score; empty where nobody was lost."""
    least, most = (told.found[name].estimate if name in told.found else None for name in ("share_better_least", "share_better_most"))
    if least is None or most is None or least.value is None or most.value is None or least.value == most.value:
        return ""
    lost = told.count("lost")
    who = "de som saknar slutvärde" if lost is None else f"de {written(lost)} som saknar slutvärde" if lost > 1 else "den som saknar slutvärde"
    followed = told["follow_up_share"]
    only = f" Bara {percent(followed.value)} av de avslutade har slutvärde." if _few_followed(told) and followed.value is not None else ""
    return f"Om {who} hade mätts vore mellan {percent(least.value).removesuffix(PERCENT)} och {percent(most.value)} bättre.{only}"


def _counts(told: Told) -> str:
    better = told["share_better"]
    if better.value is None:
        return ""
    pairs, got_better, same, got_worse = (told.count(name) for name in ("pairs", told.better, "same", told.worse))
    if pairs is None or got_better is None:
        return ""
    if pairs < FEWEST_FOR_INTERVAL:
        return f"{written(got_better)} av {written(pairs)} fick det bättre. {better.reason}"
    rest = "" if same is None or got_worse is None else f" {_were(same, 'oförändrad', 'oförändrade')} och {written(got_worse)} fick det sämre."
    return f"{written(got_better)} av {written(pairs)} fick det bättre ({share_words(better)}).{rest}"


def _were(count: int, one: str, many: str) -> str:
    return f"{written(count)} var {one if count == 1 else many}"


def _no_direction(told: Told) -> str:
    if told["share_better"].reason == NO_DIRECTION:
        return (
            "Det går inte att säga vilka som fick det bättre: det är inte angivet om höga eller låga poäng är bra. "
            "Skriv det i inställningarna (direction)."
        )
    return ""


def _reliable(told: Told) -> str:
    better, worse = told["share_reliably_improved"], told["share_reliably_deteriorated"]
    if told.settings.reliability is None:
        return "Det går inte att säga vilka förändringar som är större än mätfelet: ange instrumentets tillförlitlighet (reliability) i inställningarna."
    if better.value is None or told.settings.direction is None:
        return ""
    improved, pairs, deteriorated = (told.count(name) for name in (f"reliable_{told.better}", "pairs", f"reliable_{told.worse}"))
    if improved is None or pairs is None:
        return ""
    rest = f" {written(deteriorated)} fick det sämre med mer än mätfelet." if worse.value is not None and deteriorated is not None else ""
    return (
        f"För {written(improved)} av {written(pairs)} är förbättringen större än mätfelet ({share_words(better)}).{rest}"
    )


def mean_words(told: Told) -> str:
    """Return how the mean moved, with its interval, and whether that can be told from chance."""
    change = told["mean_change"]
    if change.value is None:
        return ""
    way = "steg" if change.value > 0 else "sjönk"
    if change.value == 0:
        return f"Medelvärdet var detsamma vid start och slut{in_brackets(interval_words(change, 1))}."
    moved = f"Medelvärdet {way} med {written(abs(change.value), 1)} poäng"
    if change.low is None or change.high is None:
        return f"{moved}."
    if not differs(change):
        return f"{moved} ({interval_words(change, 1)}). {CHANCE}"
    low, high = sorted((abs(change.low), abs(change.high)))
    level = f"med {written(100 * change.level, None)}{PERCENT} säkerhet"
    return f"{moved} ({level} mellan {written(low, 1)} och {written(high, 1)})."


def shares_table(told: Told) -> Table:
    """Return better, same and worse with counts, shares and intervals, and those reliably so."""
    if told.settings.direction is None:
        ways = (("Högre", "rise"), ("Lika", "same"), ("Lägre", "fall"))
        changed = tuple((name, told.shown(key), _share(told, key)) for name, key in ways)
        return Table("Hur värdena ändrades från start till slut", ("Förändring", "Antal", "Andel av par"), changed)
    rows = []
    for label, key, name in (
        ("Bättre", told.better, "share_better"), ("Oförändrade", "same", "share_same"), ("Sämre", told.worse, "share_worse"),
    ):  # fmt: skip
        rows.append((label, told.shown(key), shown_share(told[name]), shown_interval(told[name])))
    if "reliable_rise" in told.names:
        for label, key, name in (
            ("Bättre, mer än mätfelet", f"reliable_{told.better}", "share_reliably_improved"),
            ("Sämre, mer än mätfelet", f"reliable_{told.worse}", "share_reliably_deteriorated"),
        ):  # fmt: skip
            rows.append((label, told.shown(key), shown_share(told[name]), shown_interval(told[name])))
    rows.append(("Alla med start och slut", told.shown("pairs"), "", ""))
    rows.append(("Avslutade med startvärde men utan slutvärde", told.shown("lost"), "", ""))
    return Table("Förändring från start till slut", ("Förändring", "Antal", "Andel av par", "Intervall"), tuple(rows))


def _share(told: Told, key: str) -> str:
    count, pairs = told.count(key), told.count("pairs")
    if count is None or pairs is None:
        return told.shown(key)
    return percent(count / pairs) if pairs else ""


def _tests_table(told: Told) -> Table:
    change, spread, rank = told["mean_change"], told["sd_change"], told["rank_biserial"]
    rows = (
        ("Förändring i medel, slut minus start (poäng)", shown_number(change), shown_interval(change)),
        ("Förändringens standardavvikelse (poäng)", shown_number(spread), shown_interval(spread)),
        ("Höjningar mot sänkningar (rangkorrelation)", shown_number(rank, 2), shown_interval(rank, 2)),
        ("Sannolikhet för minst så stora förändringar av en slump: Wilcoxon", p_words(told["p_wilcoxon"]), ""),
        ("Detsamma: parat t-test", p_words(told["p_paired_t"]), ""),
    )
    notes = tuple(dict.fromkeys(one.reason for one in (rank, told["p_wilcoxon"]) if one.value is None and one.reason))
    return Table("Förändringen i siffror", ("Mått", "Värde", "Intervall"), rows, notes)


def _chosen(told: Told) -> ReliableChange | None:
    """Return the settings of reliable change; only where the joint table may be seen."""
    settings = told.settings
    if told.tables is None or settings.direction is None or settings.reliability is None or reliable_points_of(told.tables.start_end, settings) is None:
        return None
    source = settings.reliability_source
    return of_pairs(told.tables.start_end, settings.direction, settings.reliability, settings.cutoff, reliability_source=source)


def _classes_table(told: Told) -> tuple[Table, ...]:
    """Return the classes of reliable and clinically significant change, where a cut-off parts them."""
    chosen = _chosen(told)
    if chosen is None or chosen.cutoff is None or told.tables is None:
        return ()
    found = classes(told.tables.start_end, chosen)
    rows = tuple((kind.value, written(found.counts[kind])) for kind in ChangeClass if kind in found.counts)
    note = "Återhämtad: bättre med mer än mätfelet och över gränsen till den bättre sidan. Skadad: tvärtom."
    return (Table("Säker förändring och gränsen", ("Klass", "Antal"), rows, (note,)),) if rows else ()


def _method(told: Told) -> tuple[str, ...]:
    chosen = _chosen(told)
    points = reliable_points(chosen).value if chosen is not None else None
    settings = told.settings
    source = f" ({settings.reliability_source})" if settings.reliability_source else " (källan är inte angiven)"
    return sentences_of((
        "Förändringen är slut minus start för dem som har båda värdena. Bättre och sämre följer instrumentets riktning; varje förändring räknas.",
        f"Större än mätfelet: mer än {written(points, 1)} poäng, 1,96 gånger differensens medelfel. Metod: Jacobson och Truax 1991."
        if points is not None else "",
        f"Mätfelet bygger på tillförlitligheten {written(settings.reliability, 2)}{source} och spridningen vid start i gruppen."
        if settings.reliability is not None else "",
        f"Intervall: Wilsons metod för andelar, t-fördelningen för medelvärdet, {written(100 * settings.level, None)} %.",
        "Gränserna för dem som saknar slutvärde: ingen av dem bättre, eller alla.",
        "Test: Wilcoxons teckenrangtest (exakt för få par) och parat t-test.",
        "Det väntade av sig självt: (1 − tillförlitligheten) gånger avståndet mellan starten och normens medelvärde."
        if told["expected_regression"].is_told else "",
    ))  # fmt: skip
