"""What can be seen at all, said before anything is begun: as an answer, of counts in a place and of persons measured twice."""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.analysis import place_sentences as words
from samsyn.analysis import power
from samsyn.analysis.answer import Answer, Attrition, Finding, Table
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.power import CountDesign
from samsyn.analysis.refused import OutOfRange
from samsyn.analysis.written_numbers import written

TITLE = "Vad går att se?"
FALLS = (0.9, 0.8, 0.7, 0.6, 0.5)
METHOD_COUNTS = "Kvadratrotsregeln för Poissonantal, tvåsidigt. Den följer det betingade mid-p-provet."
METHOD_PAIRS = "Parat t-test, tvåsidigt, med den icke-centrala t-fördelningen."
INDEPENDENT = "Räkningen förutsätter oberoende händelser. Kommer de i serier behövs fler. Ge åtta eller fler tidigare perioder för att ta hänsyn till det."
SCALE = "Förändringen räknas i förändringarnas egen standardavvikelse (d_z). Den är inte samma sak som d_av."


def power_of_counts(before: float | None, ratio: float | None, design: CountDesign, what: str = "brott", period: str = "om året") -> Answer:
    """
    Return what can be seen in a place.

    before   expected events in the period before, above 0; None when only `ratio` is asked about
    ratio    the rate after over before that is hoped for, 0 or more; None
    raises   OutOfRange
    """
    if before is None and ratio is None:
        raise OutOfRange("Ange hur många händelser som väntas, eller vilken kvot ni hoppas på.")
    found = {name: (estimate, label) for name, estimate, label in _of_counts(before, ratio, design)}
    sentences = []
    if before is not None:
        sentences.append(words.power_sentence(before, found["smallest_visible_fall"][0], what, period))
    if before is not None and "power" in found:
        sentences.append(_chance_sentence(found["power"][0], f"{_change(ratio or 0.0)} faktiskt sker"))
    if ratio is not None:
        sentences.append(words.count_needed_sentence(ratio, found["count_needed"][0], what))
    warnings = () if design.dispersion > 1 else (INDEPENDENT,)
    findings = tuple(Finding(0, name, estimate, label=label) for name, (estimate, label) in found.items())
    return Answer(0, TITLE, tuple(sentences), findings, (_needed_table(design, what),), (), Attrition(0, 0), tuple(_how(design)), warnings=warnings)


def _of_counts(before: float | None, ratio: float | None, design: CountDesign) -> Iterator[tuple[str, Estimate, str]]:
    if before is not None:
        yield "smallest_visible_fall", power.smallest_visible_fall(before, design), "minsta minskning som kan synas"
    if ratio is not None:
        yield "count_needed", power.count_needed(ratio, design), "händelser som behövs före"
    if before is not None and ratio is not None and ratio != 1:
        yield "power", power.power_by_square_root(before, ratio, design), "chans att den förändring ni hoppas på syns"


def _change(ratio: float) -> str:
    return f"en {'minskning' if ratio < 1 else 'ökning'} på {written(abs(100 * (ratio - 1)), 0)} procent"


def _chance_sentence(chance: Estimate, what: str) -> str:
    return f"Om {what} är chansen att det syns {written(100 * (chance.value or 0.0), 0)} procent."


def _needed_table(design: CountDesign, what: str) -> Table:
    rows = tuple(
        (f"{written(100 * (1 - ratio), 0)} %", written(power.count_needed(ratio, design).value or 0.0, 0)) for ratio in FALLS
    )  # fmt: skip
    return Table(f"Så många {what} behövs före", ("För att se en minskning på", "behövs omkring"), rows)


def _how(design: CountDesign) -> Iterator[str]:
    yield METHOD_COUNTS
    yield f"Styrka {written(100 * design.power, 0)} procent, test på nivån {written(100 * (1 - design.level))} procent."
    if design.dispersion > 1:
        yield f"Tidigare perioder varierar mer än slumpen: {written(design.dispersion, 1)} gånger."
    if design.time_ratio != 1:
        yield f"Tiden efter är {written(design.time_ratio)} gånger tiden före."


def power_of_pairs(pairs: int | None, d: float | None, wanted: float = 0.8, level: float = 0.95) -> Answer:
    """
    Return what can be seen of persons measured twice.

    pairs    how many, 2 or more; None when only `d` is asked about
    d        the change hoped for, in standard deviations of the changes; None
    raises   OutOfRange, TooFewPoints
    """
    found: list[tuple[str, Estimate, str]] = []
    sentences = []
    if pairs is not None:
        smallest = power.smallest_visible_d(pairs, wanted, level)
        found.append(("smallest_visible_change", smallest, "minsta förändring som kan synas, i standardavvikelser"))
        sentences.append(
            f"Med {written(pairs)} personer som mäts två gånger kan bara en förändring på minst {written(smallest.value or 0.0, 2)} "
            "standardavvikelser synas. En mindre går troligen inte att skilja från slump."
        )
    if pairs is not None and d is not None:
        chance = power.power_of_paired_t(d, pairs, level)
        found.append(("power", chance, "chans att den förändring ni hoppas på syns"))
        sentences.append(_chance_sentence(chance, f"förändringen är {written(abs(d), 2)} standardavvikelser"))
    if d is not None:
        needed = power.pairs_needed(d, wanted, level)
        found.append(("pairs_needed", needed, "personer som behövs"))
        count = written(float(needed.settings.get("pairs") or 0), 0)
        sentences.append(needed.reason or f"För att se {written(abs(d), 2)} standardavvikelser behövs {count} personer som mäts två gånger.")
    if not found:
        raise OutOfRange("Ange hur många personer som mäts två gånger, eller vilken förändring ni hoppas på.")
    method = METHOD_PAIRS, f"Styrka {written(100 * wanted, 0)} procent, test på nivån {written(100 * (1 - level))} procent."
    findings = tuple(Finding(0, name, estimate, label=label) for name, estimate, label in found)
    return Answer(0, TITLE, tuple(sentences), findings, (), (), Attrition(pairs or 0, pairs or 0), method, warnings=(SCALE,))
